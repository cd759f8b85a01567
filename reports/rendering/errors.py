"""What can go wrong between a snapshot and its PDF."""


class RenderingError(Exception):
    """The report cannot be made into a PDF; the message names what is at fault."""


class PhotographError(RenderingError):
    """A photograph is missing or is no image that can be read."""


class MissingGlyphWarning(UserWarning):
    """No report font has a character: it is printed as an empty box.

    A warning, because a report with one box is better than no report; tests turn
    warnings into errors.
    """
