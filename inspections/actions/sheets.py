"""Answers of one member: save a draft as often as wanted, hand it in once."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import TYPE_CHECKING

from auditlog.models import LogEntry
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from inspections.actions.errors import RefusedError
from inspections.actions.progress import VisitSignedError, lock_visit, update_status
from inspections.enums import Recusal, SheetStatus, VisitStatus
from inspections.models import Answer, Indicator, Scoresheet, Visit
from inspections.scoring import AnswerProblem, check_answer
from inspections.scoring import AnswerValue as AnswerInput
from inspections.scoring_input import answer_value, indicator_spec

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from accounts.models import User

__all__ = [
    "AlreadySubmittedError",
    "AnswerInput",
    "IncompleteSheetError",
    "NotOwnSheetError",
    "SaveProblem",
    "answer_mark",
    "answer_text",
    "incomplete_answers",
    "own_sheet",
    "save_answers",
    "submit_sheet",
]


class SaveProblem(StrEnum):
    """What keeps an answer from being saved besides being invalid by itself."""

    NOT_ON_SHEET = "not_on_sheet"
    CHANGED_ELSEWHERE = "changed_elsewhere"


type Problem = AnswerProblem | SaveProblem


class NotOwnSheetError(RefusedError, PermissionDenied):
    message = _("Only the inspector whose sheet it is writes on it.")


class AlreadySubmittedError(RefusedError):
    """The sheet was handed in before; nothing was changed."""

    message = _("This sheet was handed in before. Nothing was changed.")


class IncompleteSheetError(RefusedError):
    """Answers or reasons are missing; `problems` is by the indicators' pk, in their order."""

    message = _("The sheet can't be handed in yet: %(count)s answers are incomplete.")

    def __init__(self, problems: Mapping[int, tuple[AnswerProblem, ...]]) -> None:
        super().__init__(count=len(problems))
        self.problems = problems


def answer_mark(value: AnswerInput) -> str:
    """A short text that differs for different answers; empty for a blank without a reason.

    A page carries the marks of the answers that it was made from, so that saving it can tell
    what the person changed from what somebody changed elsewhere meanwhile.
    """
    if value == AnswerInput():
        return ""
    points = "" if value.points is None else f"{value.points.normalize():f}"
    text = "\0".join((points, "n/a" if value.not_applicable else "", value.reason))
    return hashlib.blake2s(text.encode(), digest_size=6).hexdigest()


def own_sheet(*, sheet: Scoresheet, by: User) -> Scoresheet:
    """The sheet, locked and freshly read with its member and visit, for its owner to write on.

    Raises NotOwnSheetError, VisitSignedError.
    """
    locked = (
        Scoresheet.objects.select_for_update(of=("self",))
        .select_related("member__visit")
        .get(pk=sheet.pk)
    )
    if locked.member.user_id != by.pk or locked.member.recusal != Recusal.CLEAR:
        raise NotOwnSheetError
    if locked.member.visit.status == VisitStatus.SIGNED:
        raise VisitSignedError
    return locked


@transaction.atomic
def save_answers(
    *,
    sheet: Scoresheet,
    answers: Mapping[int, AnswerInput],
    by: User,
    at: dt.datetime,
    seen: Mapping[int, str] | None = None,
) -> dict[int, tuple[Problem, ...]]:
    """Save the answers (by indicator pk) that changed and are valid; return what is wrong with
    the others.

    A draft may be incomplete: blanks and missing reasons are no problems here. `seen` has the
    marks of the answers that the writer saw (none for blanks). With it, an answer that the
    writer left as it was is not touched, and one that was changed both here and elsewhere comes
    back as CHANGED_ELSEWHERE. Without it, every answer given counts as the writer's change.

    Raises NotOwnSheetError, AlreadySubmittedError, VisitSignedError.
    """
    draft = own_sheet(sheet=sheet, by=by)
    if draft.is_submitted:
        raise AlreadySubmittedError
    indicators = {one.pk: one for one in Indicator.objects.scored_by(draft.member)}
    stored = {row.indicator_id: answer_value(row) for row in Answer.objects.filter(sheet=draft)}
    problems: dict[int, tuple[Problem, ...]] = {}
    changes: dict[Indicator, tuple[AnswerInput, AnswerInput]] = {}
    for pk, given in answers.items():
        if pk not in indicators:
            problems[pk] = (SaveProblem.NOT_ON_SHEET,)
            continue
        old = stored.get(pk, AnswerInput())
        new = AnswerInput(given.points, given.not_applicable, given.reason.strip())
        if new == old:
            continue
        if seen is not None:
            mark = seen.get(pk, "")
            if answer_mark(new) == mark:
                continue
            if answer_mark(old) != mark:
                problems[pk] = (SaveProblem.CHANGED_ELSEWHERE,)
                continue
        found = check_answer(indicator_spec(indicators[pk]), new, final=False)
        if found:
            problems[pk] = found
        else:
            changes[indicators[pk]] = (old, new)
    if changes:
        _write(draft, changes, by=by, at=at)
        sheet.revision, sheet.saved_at = draft.revision, draft.saved_at
    return problems


def _write(
    sheet: Scoresheet,
    changes: Mapping[Indicator, tuple[AnswerInput, AnswerInput]],
    *,
    by: User,
    at: dt.datetime,
) -> None:
    Answer.objects.bulk_create(
        [
            Answer(
                sheet=sheet,
                indicator=indicator,
                points=new.points,
                not_applicable=new.not_applicable,
                reason=new.reason,
                updated_at=at,
            )
            for indicator, (_, new) in changes.items()
        ],
        update_conflicts=True,
        unique_fields=["sheet", "indicator"],
        update_fields=["points", "not_applicable", "reason", "updated_at"],
    )
    before = sheet.revision
    sheet.revision, sheet.saved_at = before + 1, at
    # Past the model's own logging: the save is one entry, whatever it changed.
    Scoresheet.objects.filter(pk=sheet.pk).update(revision=before + 1, saved_at=at)
    # The history is for all its readers, whatever language the writer has chosen.
    with translation.override(settings.LANGUAGE_CODE):
        told = {
            f"{indicator.number} {indicator.name}": [answer_text(old), answer_text(new)]
            for indicator, (old, new) in changes.items()
        }
    LogEntry.objects.log_create(
        sheet,
        action=LogEntry.Action.UPDATE,
        actor=by,
        changes={"revision": [str(before), str(before + 1)]} | told,
    )


def answer_text(value: AnswerInput) -> str:
    """An answer in short, as in the change history: "2.5 · reason", "N/A", "" for a blank."""
    points = "" if value.points is None else f"{value.points.normalize():f}"
    if value.not_applicable:
        points = str(_("N/A"))
    return " · ".join(filter(None, (points, value.reason)))


@transaction.atomic
def submit_sheet(*, sheet: Scoresheet, by: User, at: dt.datetime) -> Scoresheet:
    """Hand the sheet in, for good. The panel's last one opens the moderation.

    Raises IncompleteSheetError, NotOwnSheetError, AlreadySubmittedError, VisitSignedError.
    """
    # The visit first: of two members who submit at once, the second must see the first's sheet.
    visit = Visit.objects.get(panel__sheet=sheet.pk)
    lock_visit(visit)
    draft = own_sheet(sheet=sheet, by=by)
    if draft.is_submitted:
        raise AlreadySubmittedError
    problems = incomplete_answers(draft)
    if problems:
        raise IncompleteSheetError(problems)
    draft.status = SheetStatus.SUBMITTED
    draft.submitted_at = at
    draft.revision += 1
    draft.save()
    update_status(visit)
    return draft


def incomplete_answers(sheet: Scoresheet) -> dict[int, tuple[AnswerProblem, ...]]:
    """What keeps the sheet from being handed in, by indicator pk in the instrument's order."""
    stored = {row.indicator_id: row for row in Answer.objects.filter(sheet=sheet)}
    found = {}
    for indicator in Indicator.objects.scored_by(sheet.member):
        value = answer_value(stored.get(indicator.pk))
        problems = check_answer(indicator_spec(indicator), value, final=True)
        if problems:
            found[indicator.pk] = problems
    return found
