from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from auditlog.models import LogEntry

from inspections.actions.findings import (
    CategoryOfOtherKindError,
    FindingContent,
    IncompleteProblemError,
    NoTextError,
    NotOwnFindingError,
    change_finding,
    delete_finding,
    write_finding,
)
from inspections.actions.progress import VisitSignedError
from inspections.actions.sheets import NotOwnSheetError
from inspections.enums import FindingKind, FindingStatus, Party, Severity
from inspections.models import Finding, Indicator, Photo
from tests.factories import (
    FindingCategoryFactory,
    FindingFactory,
    PhotoFactory,
    ScoresheetFactory,
    UserFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db

AT = dt.datetime(2016, 12, 13, 6, 0, tzinfo=dt.UTC)


def a_problem(**changes: Any) -> FindingContent:
    content = FindingContent(
        kind=FindingKind.PROBLEM,
        text="无人持证",
        category=FindingCategoryFactory(),
        severity=Severity.SERIOUS,
        responsible_party=Party.AGENCY,
    )
    return replace(content, **changes)


def test_write_finding_belongs_to_project_visit_and_member() -> None:
    sheet = ScoresheetFactory()
    indicator = Indicator.objects.scored_by(sheet.member)[0]

    finding = write_finding(
        sheet=sheet,
        content=a_problem(text=" 无人持证 ", indicator=indicator, due_on=dt.date(2017, 3, 1)),
        by=sheet.member.user,
        at=AT,
    )

    finding.refresh_from_db()
    assert (finding.project, finding.visit, finding.author) == (
        sheet.member.visit.project,
        sheet.member.visit,
        sheet.member,
    )
    assert (finding.text, finding.indicator, finding.due_on) == (
        "无人持证",
        indicator,
        dt.date(2017, 3, 1),
    )
    assert (finding.status, finding.created_at) == (FindingStatus.OPEN, AT)


def test_write_finding_of_a_strength_needs_only_its_text() -> None:
    sheet = ScoresheetFactory()

    finding = write_finding(
        sheet=sheet,
        content=FindingContent(kind=FindingKind.STRENGTH, text="队伍稳定"),
        by=sheet.member.user,
        at=AT,
    )

    assert (finding.category, finding.severity) == (None, "")


@pytest.mark.parametrize("left_out", ["category", "severity", "responsible_party"])
def test_write_finding_of_an_incomplete_problem_is_refused(left_out: str) -> None:
    sheet = ScoresheetFactory()
    empty = None if left_out == "category" else ""

    with pytest.raises(IncompleteProblemError):
        write_finding(
            sheet=sheet, content=a_problem(**{left_out: empty}), by=sheet.member.user, at=AT
        )


def test_write_finding_in_a_category_of_another_kind_is_refused() -> None:
    sheet = ScoresheetFactory()
    category = FindingCategoryFactory(kind=FindingKind.STRENGTH)

    with pytest.raises(CategoryOfOtherKindError):
        write_finding(
            sheet=sheet, content=a_problem(category=category), by=sheet.member.user, at=AT
        )


def test_write_finding_without_text_is_refused() -> None:
    sheet = ScoresheetFactory()

    with pytest.raises(NoTextError):
        write_finding(sheet=sheet, content=a_problem(text=" "), by=sheet.member.user, at=AT)


def test_write_finding_on_the_sheet_of_somebody_else_is_refused() -> None:
    with pytest.raises(NotOwnSheetError):
        write_finding(
            sheet=ScoresheetFactory(), content=a_problem(), by=UserFactory(inspector=True), at=AT
        )


def test_write_finding_after_submission_is_allowed_until_sign_off() -> None:
    submitted = ScoresheetFactory(submitted=True)
    signed = ScoresheetFactory(submitted=True, member__visit=VisitFactory(signed=True))

    write_finding(sheet=submitted, content=a_problem(), by=submitted.member.user, at=AT)

    with pytest.raises(VisitSignedError):
        write_finding(sheet=signed, content=a_problem(), by=signed.member.user, at=AT)


def test_change_finding_replaces_what_was_written_and_is_logged() -> None:
    sheet = ScoresheetFactory()
    finding = FindingFactory(author=sheet.member, text="原文")

    change_finding(
        finding=finding,
        content=FindingContent(kind=FindingKind.SUGGESTION, text="改文"),
        by=sheet.member.user,
    )

    finding.refresh_from_db()
    assert (finding.kind, finding.text, finding.category, finding.severity) == (
        FindingKind.SUGGESTION,
        "改文",
        None,
        "",
    )
    assert LogEntry.objects.get_for_object(finding).first().changes["text"] == ["原文", "改文"]


def test_change_finding_of_somebody_else_is_refused() -> None:
    finding = FindingFactory(author=ScoresheetFactory().member)
    other = ScoresheetFactory(member__visit=finding.visit).member.user

    with pytest.raises(NotOwnFindingError):
        change_finding(
            finding=finding, content=FindingContent(kind=FindingKind.STRENGTH, text="好"), by=other
        )


def test_delete_finding_takes_its_photographs_along() -> None:
    sheet = ScoresheetFactory()
    finding = FindingFactory(author=sheet.member)
    PhotoFactory(sheet=sheet, finding=finding)
    kept = PhotoFactory(sheet=sheet)

    delete_finding(finding=finding, by=sheet.member.user)

    assert not Finding.objects.exists()
    assert list(Photo.objects.all()) == [kept]


def test_delete_finding_of_a_signed_visit_is_refused() -> None:
    sheet = ScoresheetFactory(member__visit=VisitFactory(signed=True))
    finding = FindingFactory(author=sheet.member)

    with pytest.raises(VisitSignedError):
        delete_finding(finding=finding, by=sheet.member.user)


def test_delete_finding_of_somebody_else_is_refused() -> None:
    finding = FindingFactory(author=ScoresheetFactory().member)

    with pytest.raises(NotOwnFindingError):
        delete_finding(finding=finding, by=UserFactory(bureau=True))
