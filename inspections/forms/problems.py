"""What is wrong with an answer or a settled value, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from inspections.actions.sheets import SaveProblem
from inspections.scoring import AnswerProblem
from inspections.sheet_page import plain

if TYPE_CHECKING:
    from inspections.actions.sheets import Problem
    from inspections.models import Indicator


def problem_text(problem: Problem, indicator: Indicator, given: str = "") -> str:
    """The problem as a sentence. `given` is what was entered, as it was entered, or what it
    says elsewhere."""
    values = {
        "given": given,
        "maximum": plain(indicator.max_points),
        "step": plain(indicator.step),
    }
    return _TEXTS[problem]() % values


_TEXTS = {
    AnswerProblem.BLANK: lambda: _("Not answered yet."),
    AnswerProblem.POINTS_AND_NOT_APPLICABLE: lambda: _("Either points or not applicable."),
    AnswerProblem.NOT_APPLICABLE_NOT_ALLOWED: lambda: _(
        "This indicator always applies: choose points."
    ),
    AnswerProblem.NOT_A_NUMBER: lambda: _(
        "“%(given)s” is not a number. Choose from 0 to %(maximum)s points."
    ),
    AnswerProblem.BELOW_ZERO: lambda: _(
        "%(given)s points are below zero. Choose from 0 to %(maximum)s."
    ),
    AnswerProblem.OVER_MAXIMUM: lambda: _(
        "%(given)s points are more than the maximum of %(maximum)s."
    ),
    AnswerProblem.OFF_STEP: lambda: _(
        "%(given)s points are between the steps. Choose a multiple of %(step)s."
    ),
    AnswerProblem.REASON_MISSING: lambda: _("Give the reason for the value."),
    SaveProblem.NOT_ON_SHEET: lambda: _("This indicator is not on your sheet."),
    SaveProblem.CHANGED_ELSEWHERE: lambda: _(
        "This was also changed elsewhere since you opened the page: %(given)s. What you entered "
        "is still here: save again to keep it."
    ),
}
