"""What can go wrong between a snapshot and its PDF."""


class RenderingError(Exception):
    """The report cannot be made into a PDF; the message names what is at fault."""


class PhotographError(RenderingError):
    """A photograph is missing or is no image that can be read."""


class RenderingWarning(UserWarning):
    """The PDF was made, but not as it should look; it is logged too.

    A warning, because a report with a flaw is better than no report. Tests turn
    warnings into errors, so that no layout of ours causes one.
    """


class MissingGlyphWarning(RenderingWarning):
    """No report font has a character: it is printed as an empty box."""
