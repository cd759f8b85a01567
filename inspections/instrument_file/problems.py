"""What can be wrong with an instrument file, where, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext


class ProblemCode(StrEnum):
    NOT_UTF8 = "not_utf8"
    NOT_TOML = "not_toml"
    # Shape
    MISSING_TABLE = "missing_table"
    UNKNOWN_TABLE = "unknown_table"
    NOT_A_TABLE = "not_a_table"
    NOT_ROWS = "not_rows"
    MISSING_FIELD = "missing_field"
    UNKNOWN_FIELD = "unknown_field"
    # Single values
    NOT_TEXT = "not_text"
    NOT_TEXTS = "not_texts"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    NOT_A_FLAG = "not_a_flag"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"
    NOT_A_KEY = "not_a_key"
    OUT_OF_RANGE = "out_of_range"
    NOT_ABOVE_ZERO = "not_above_zero"
    TOO_MANY_DECIMALS = "too_many_decimals"
    # Rows among themselves
    DUPLICATE = "duplicate"
    UNKNOWN_NAME = "unknown_name"
    WEIGHTS_DO_NOT_ADD_UP = "weights_do_not_add_up"
    POINTS_DO_NOT_ADD_UP = "points_do_not_add_up"
    NO_INDICATORS = "no_indicators"
    NOT_DESCENDING = "not_descending"
    NOT_DOWN_TO_ZERO = "not_down_to_zero"
    NO_CAP_GRADE = "no_cap_grade"
    # Points of an indicator
    OFF_STEP = "off_step"
    TOO_MANY_STEPS = "too_many_steps"
    YES_NO_STEP = "yes_no_step"
    NOT_FOR_MODE = "not_for_mode"
    NEEDED_FOR_MODE = "needed_for_mode"
    TOO_FEW_LEVELS = "too_few_levels"
    LEVEL_UPSIDE_DOWN = "level_upside_down"
    LEVEL_GAP = "level_gap"
    LEVEL_OVERLAP = "level_overlap"
    BAND_BELOW_MAXIMUM = "band_below_maximum"


_MESSAGES = {
    ProblemCode.NOT_UTF8: gettext_lazy(
        "This is not a UTF-8 text file. Save it with the encoding UTF-8 and try again."
    ),
    ProblemCode.NOT_TOML: gettext_lazy(
        "The file can't be understood from here on. Check that quotation marks, equals signs "
        "and brackets are half-width and closed, and that nothing is stated twice."
    ),
    ProblemCode.MISSING_TABLE: gettext_lazy("This part of the file is missing."),
    ProblemCode.UNKNOWN_TABLE: gettext_lazy("There is no such part. Known are: %(known)s."),
    ProblemCode.NOT_A_TABLE: gettext_lazy("Write this part once, under [%(name)s]."),
    ProblemCode.NOT_ROWS: gettext_lazy("This must be a list of rows, each with its fields."),
    ProblemCode.MISSING_FIELD: gettext_lazy("This field is missing."),
    ProblemCode.UNKNOWN_FIELD: gettext_lazy("There is no such field. Known here: %(known)s."),
    ProblemCode.NOT_TEXT: gettext_lazy("This must be text in quotation marks."),
    ProblemCode.NOT_TEXTS: gettext_lazy(
        'This must be a list of texts in quotation marks, as in ["headcount", "lead_years"].'
    ),
    ProblemCode.NOT_A_NUMBER: gettext_lazy("This must be a number without quotation marks."),
    ProblemCode.NOT_WHOLE: gettext_lazy("This must be a whole number without quotation marks."),
    ProblemCode.NOT_A_FLAG: gettext_lazy("This must be true or false, without quotation marks."),
    ProblemCode.EMPTY: gettext_lazy("This must not be empty."),
    ProblemCode.TOO_LONG: gettext_lazy("At most %(limit)s characters fit; these are %(length)s."),
    ProblemCode.CONTROL_CHARACTER: gettext_lazy("There is an invisible control character in it."),
    ProblemCode.NOT_A_KEY: gettext_lazy(
        "“%(value)s” is no key: use unaccented letters, digits, hyphens and underscores."
    ),
    ProblemCode.OUT_OF_RANGE: gettext_lazy("This must be between %(lower)s and %(upper)s."),
    ProblemCode.NOT_ABOVE_ZERO: gettext_lazy("This must be above 0."),
    ProblemCode.TOO_MANY_DECIMALS: gettext_lazy("At most %(places)s decimals are kept."),
    ProblemCode.DUPLICATE: gettext_lazy("“%(value)s” is used already, in row %(row)s."),
    ProblemCode.UNKNOWN_NAME: gettext_lazy("“%(value)s” is not known. Known here: %(known)s."),
    ProblemCode.WEIGHTS_DO_NOT_ADD_UP: gettext_lazy(
        "The weights add up to %(sum)s; they must add up to 1 or to 100."
    ),
    ProblemCode.POINTS_DO_NOT_ADD_UP: gettext_lazy(
        "The indicators add up to %(sum)s points, not to the %(total)s stated here."
    ),
    ProblemCode.NO_INDICATORS: gettext_lazy("No indicator belongs to this track."),
    ProblemCode.NOT_DESCENDING: gettext_lazy(
        "%(value)s must be below %(before)s of the row before: begin with the highest."
    ),
    ProblemCode.NOT_DOWN_TO_ZERO: gettext_lazy("The last row must begin at 0, not at %(value)s."),
    ProblemCode.NO_CAP_GRADE: gettext_lazy(
        "Critical indicators need a grade to which they cap the result."
    ),
    ProblemCode.OFF_STEP: gettext_lazy("%(value)s is not a multiple of the step %(step)s."),
    ProblemCode.TOO_MANY_STEPS: gettext_lazy(
        "From 0 to %(maximum)s there would be %(count)s choices; at most %(limit)s fit on a page."
    ),
    ProblemCode.YES_NO_STEP: gettext_lazy(
        "A yes-or-no indicator has only one step: it must equal max_points (%(maximum)s)."
    ),
    ProblemCode.NOT_FOR_MODE: gettext_lazy("Mode %(mode)s does not have this field."),
    ProblemCode.NEEDED_FOR_MODE: gettext_lazy("Mode %(mode)s needs this field."),
    ProblemCode.TOO_FEW_LEVELS: gettext_lazy("There must be at least two levels."),
    ProblemCode.LEVEL_UPSIDE_DOWN: gettext_lazy(
        "Level %(row)s: %(lower)s to %(upper)s is the wrong way round."
    ),
    ProblemCode.LEVEL_GAP: gettext_lazy(
        "Level %(row)s: these points belong to no level: %(points)s."
    ),
    ProblemCode.LEVEL_OVERLAP: gettext_lazy(
        "Level %(row)s: it reaches up to %(value)s, more than the %(expected)s that are left."
    ),
    ProblemCode.BAND_BELOW_MAXIMUM: gettext_lazy(
        "The highest band must give the maximum of %(maximum)s points, not %(value)s."
    ),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file: each part may be unknown or not apply ("" or None).

    `row` counts the rows of `table` from 1; `label` is what the row calls itself, such as
    "3.4 专职人员持证情况"; `line` counts the lines of the file from 1.
    """

    table: str = ""
    row: int | None = None
    label: str = ""
    field: str = ""
    line: int | None = None

    def __str__(self) -> str:
        parts = []
        if self.line is not None:
            parts.append(_("line %(line)s") % {"line": self.line})
        if self.table:
            parts.append(self._row_text())
        if self.field:
            parts.append(self.field)
        return pgettext("between the parts of a place", ", ").join(parts)

    def _row_text(self) -> str:
        if self.row is None:
            return self.table
        values = {"table": self.table, "row": self.row, "label": self.label}
        if self.label:
            return _("%(table)s row %(row)s (%(label)s)") % values
        return _("%(table)s row %(row)s") % values


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `str()` gives place and message in the active language."""

    code: ProblemCode
    place: Place = Place()
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        return str(_MESSAGES[self.code]) % self.params

    def __str__(self) -> str:
        place = str(self.place)
        if not place:
            return self.message
        return _("%(place)s: %(message)s") % {"place": place, "message": self.message}


class InstrumentFileError(Exception):
    """The file is no usable instrument; `problems` has all that was found, in file order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)
