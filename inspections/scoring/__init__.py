"""How answers become a score: pure functions, no Django, no clock, no database.

Frozen dataclasses go in (`InstrumentSpec`, `SheetAnswers`, `ModeratedValue`), one comes
out (`Result`). Problems are codes; their words belong to the pages. The rules:

1. An answer is points on the indicator's step from 0 to its maximum, or not applicable
   where that is allowed, or blank. A sheet with blanks cannot be submitted, and points
   below the maximum need a reason.
2. The consolidated points are the lead's moderated value if there is one, else the mean of
   the submitted answers. Where some said N/A and some did not, or where (highest - lowest) /
   maximum reaches the spread limit, the lead must moderate, with a reason, before sign-off.
3. Track percent = 100 x sum of consolidated points / sum of maxima, over what applies.
4. Total = sum of weight x track percent / sum of weights, over tracks where anything applies.
5. Percents are rounded once, half up, to 2 decimals, and the grade is read from the rounded
   total, so that what is printed and what is graded never differ. Bands include their lower
   edge.
6. A critical indicator at 0 caps the grade; the score stays as computed.
7. The result carries its explanation: enough to recompute it by hand.
"""

from inspections.scoring.answers import (
    AnswerProblem,
    AnswerValue,
    ModeratedValue,
    SheetAnswers,
    SheetProblem,
    check_answer,
    check_moderation,
    check_sheet,
    missing,
)
from inspections.scoring.consolidation import (
    Consolidated,
    InputCode,
    InputProblem,
    InvalidInputError,
    MemberAnswer,
    Need,
    Source,
    consolidate,
    unsettled,
)
from inspections.scoring.explanation import (
    Explanation,
    GroupScore,
    InvalidExplanationError,
    Member,
)
from inspections.scoring.instrument import (
    GradeBand,
    Indicator,
    InstrumentSpec,
    InvalidInstrumentError,
    Section,
    SpecCode,
    SpecProblem,
    Track,
)
from inspections.scoring.numbers import round_half_up
from inspections.scoring.result import NotSettledError, Result, recompute, score
from inspections.scoring.volume import VolumeBand, VolumeSuggestion, suggest_points

__all__ = [
    "AnswerProblem",
    "AnswerValue",
    "Consolidated",
    "Explanation",
    "GradeBand",
    "GroupScore",
    "Indicator",
    "InputCode",
    "InputProblem",
    "InstrumentSpec",
    "InvalidExplanationError",
    "InvalidInputError",
    "InvalidInstrumentError",
    "Member",
    "MemberAnswer",
    "ModeratedValue",
    "Need",
    "NotSettledError",
    "Result",
    "Section",
    "SheetAnswers",
    "SheetProblem",
    "Source",
    "SpecCode",
    "SpecProblem",
    "Track",
    "VolumeBand",
    "VolumeSuggestion",
    "check_answer",
    "check_moderation",
    "check_sheet",
    "consolidate",
    "missing",
    "recompute",
    "round_half_up",
    "score",
    "suggest_points",
    "unsettled",
]
