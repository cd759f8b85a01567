"""What an inspector found: strengths, problems, suggestions."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from inspections.actions.errors import RefusedError
from inspections.actions.photos import remove_photo
from inspections.actions.sheets import own_sheet
from inspections.enums import FindingKind
from inspections.models import Finding

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User
    from inspections.enums import Party, Severity
    from inspections.models import FindingCategory, Indicator, Scoresheet


class IncompleteProblemError(RefusedError):
    message = _("A problem needs a category, a severity and a responsible party.")


class CategoryOfOtherKindError(RefusedError):
    message = _("The category belongs to another kind of finding.")


class NoTextError(RefusedError):
    message = _("Say what was found.")


class NotOwnFindingError(RefusedError, PermissionDenied):
    message = _("Only the inspector who wrote a finding changes it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingContent:
    """What is written in a finding. Empty text and None: not given."""

    kind: FindingKind
    text: str
    category: FindingCategory | None = None
    indicator: Indicator | None = None
    severity: Severity | str = ""
    evidence: str = ""
    recommendation: str = ""
    responsible_party: Party | str = ""
    due_on: dt.date | None = None


@transaction.atomic
def write_finding(
    *, sheet: Scoresheet, content: FindingContent, by: User, at: dt.datetime
) -> Finding:
    """Write a finding down, in the name of the sheet's member.

    Raises IncompleteProblemError, CategoryOfOtherKindError, NoTextError, NotOwnSheetError,
    VisitSignedError.
    """
    owned = own_sheet(sheet=sheet, by=by)
    visit = owned.member.visit
    finding = Finding(project_id=visit.project_id, visit=visit, author=owned.member, created_at=at)
    _fill(finding, content)
    finding.save(force_insert=True)
    return finding


@transaction.atomic
def change_finding(*, finding: Finding, content: FindingContent, by: User) -> None:
    """Write one's finding anew, until the visit is signed off.

    Raises NotOwnFindingError and what `write_finding` raises.
    """
    if finding.author.user_id != by.pk:
        raise NotOwnFindingError
    own_sheet(sheet=finding.author.sheet, by=by)
    _fill(finding, content)
    finding.save()


@transaction.atomic
def delete_finding(*, finding: Finding, by: User) -> None:
    """Take one's finding back, with its photographs, until the visit is signed off.

    Raises NotOwnFindingError, NotOwnSheetError, VisitSignedError.
    """
    if finding.author.user_id != by.pk:
        raise NotOwnFindingError
    sheet = own_sheet(sheet=finding.author.sheet, by=by)
    for photo in finding.photos.all():
        remove_photo(sheet=sheet, photo=photo, by=by)
    finding.delete()


def _fill(finding: Finding, content: FindingContent) -> None:
    if not content.text.strip():
        raise NoTextError
    if content.category is not None and content.category.kind != content.kind:
        raise CategoryOfOtherKindError
    is_complete = content.category and content.severity and content.responsible_party
    if content.kind == FindingKind.PROBLEM and not is_complete:
        raise IncompleteProblemError
    for field in fields(content):
        value = getattr(content, field.name)
        setattr(finding, field.name, value.strip() if isinstance(value, str) else value)
