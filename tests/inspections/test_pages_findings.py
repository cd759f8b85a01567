from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages
from django.db.models import QuerySet
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from inspections.enums import FindingKind, FindingStatus, Party, Severity
from inspections.models import Finding, Indicator, Photo
from tests.factories import (
    FindingCategoryFactory,
    FindingFactory,
    InstalmentFactory,
    PanelMemberFactory,
    PhotoFactory,
    PostingFactory,
    ScoresheetFactory,
    UserFactory,
    VisitFactory,
)
from tests.inspections.uploads import no_picture, picture

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries, SettingsWrapper

    from inspections.models import Scoresheet

pytestmark = pytest.mark.django_db

LIST = "/findings/"


@pytest.fixture(autouse=True)
def _own_media(settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def new_url(sheet: Scoresheet) -> str:
    return reverse("inspections:finding-new", args=[sheet.pk])


def edit_url(finding: Finding) -> str:
    return reverse("inspections:finding-edit", args=[finding.pk])


def a_problem(**changes: Any) -> dict[str, Any]:
    return {
        "kind": FindingKind.PROBLEM,
        "text": "无人持证",
        "category": FindingCategoryFactory().pk,
        "severity": Severity.SERIOUS,
        "responsible_party": Party.AGENCY,
        "due_on": "2017-03-01",
    } | changes


def own_finding(client: Client, **kwargs: Any) -> Finding:
    """A finding of the inspector who is signed in from here on."""
    sheet = ScoresheetFactory(**kwargs)
    client.force_login(sheet.member.user)
    return FindingFactory(author=sheet.member)


# Writing


def test_finding_is_written_and_leads_back_to_its_indicator(client: Client) -> None:
    sheet = ScoresheetFactory()
    indicator = Indicator.objects.scored_by(sheet.member)[0]
    client.force_login(sheet.member.user)

    response = client.post(new_url(sheet), a_problem(indicator=indicator.pk, photos=[picture()]))

    finding = Finding.objects.get()
    assert response["Location"] == f"{sheet.get_absolute_url()}#i-{indicator.pk}"
    assert (finding.author, finding.indicator, finding.text) == (
        sheet.member,
        indicator,
        "无人持证",
    )
    assert [photo.finding for photo in Photo.objects.all()] == [finding]


def test_form_starts_from_the_indicator_of_the_address(client: Client) -> None:
    sheet = ScoresheetFactory()
    indicator = Indicator.objects.scored_by(sheet.member)[0]
    client.force_login(sheet.member.user)

    form = client.get(f"{new_url(sheet)}?indicator={indicator.pk}").context["form"]

    assert form["indicator"].value() == str(indicator.pk)
    assert form["kind"].value() == FindingKind.PROBLEM


@pytest.mark.usefixtures("english")
def test_form_starts_from_a_hint_of_the_registry(client: Client) -> None:
    sheet = ScoresheetFactory()
    PostingFactory(project=sheet.member.visit.project, starts_on=None, staff__name="示例人员")
    client.force_login(sheet.member.user)
    hints = client.get(reverse("inspections:sheet-hints", args=[sheet.pk])).context["hints"]

    url = f"{new_url(sheet)}?hint={hints[0].key}"
    form = client.get(url).context["form"]

    assert form["text"].value() == (
        "The one person in post as lead or frontline social worker holds no social worker's "
        "certificate."
    )
    assert form["severity"].value() == Severity.SERIOUS
    assert form["evidence"].value() == "Registry check · No certified staff · 示例人员"
    assert form["responsible_party"].value() == Party.AGENCY
    assert form["category"].value() is None


def test_form_from_a_hint_proposes_the_usual_category_of_its_indicator(client: Client) -> None:
    sheet = ScoresheetFactory()
    indicator = Indicator.objects.scored_by(sheet.member)[0]
    # Past the guard of published instruments.
    QuerySet(Indicator).filter(pk=indicator.pk).update(registry_checks="no_certified_staff")
    usual, rare, draft = FindingCategoryFactory.create_batch(3, kind=FindingKind.PROBLEM)
    signed = PanelMemberFactory(visit=VisitFactory(signed=True))
    for author, category in [(signed, rare), (signed, usual), (signed, usual)] + 3 * [
        (sheet.member, draft)
    ]:
        FindingFactory(author=author, indicator=indicator, category=category)
    PostingFactory(project=sheet.member.visit.project, starts_on=None)
    client.force_login(sheet.member.user)
    hints = client.get(reverse("inspections:sheet-hints", args=[sheet.pk])).context["hints"]

    form = client.get(f"{new_url(sheet)}?hint={hints[0].key}").context["form"]

    assert form["category"].value() == usual.pk
    assert form["indicator"].value() == indicator.pk


def test_form_from_a_hint_about_money_names_the_purchaser(client: Client) -> None:
    sheet = ScoresheetFactory()
    InstalmentFactory(allocation__project=sheet.member.visit.project, due_on=dt.date(2015, 1, 1))
    client.force_login(sheet.member.user)
    hints = client.get(reverse("inspections:sheet-hints", args=[sheet.pk])).context["hints"]
    hint = next(each for each in hints if each.key.startswith("instalment_overdue"))

    form = client.get(f"{new_url(sheet)}?hint={hint.key}").context["form"]

    assert form["responsible_party"].value() == Party.PURCHASER


def test_form_with_a_hint_that_is_gone_starts_empty(client: Client) -> None:
    sheet = ScoresheetFactory()
    client.force_login(sheet.member.user)

    form = client.get(f"{new_url(sheet)}?hint=headcount-99").context["form"]

    assert form["text"].value() is None


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("field", ["category", "severity", "responsible_party"])
def test_problem_that_is_incomplete_is_told_at_the_field(client: Client, field: str) -> None:
    sheet = ScoresheetFactory()
    client.force_login(sheet.member.user)

    response = client.post(new_url(sheet), a_problem(**{field: ""}))

    assert response.status_code == 422
    assert response.context["form"].errors == {field: ["A problem needs this."]}
    assertContains(response, "无人持证", status_code=422)
    assert not Finding.objects.exists()


@pytest.mark.usefixtures("english")
def test_category_of_another_kind_is_told_at_the_field(client: Client) -> None:
    sheet = ScoresheetFactory()
    client.force_login(sheet.member.user)
    category = FindingCategoryFactory(kind=FindingKind.STRENGTH)

    response = client.post(new_url(sheet), a_problem(category=category.pk))

    assert response.context["form"].errors == {
        "category": ["This category belongs to another kind of finding."]
    }


@pytest.mark.usefixtures("english")
def test_form_offers_categories_under_their_kind_and_only_the_sheets_indicators(
    client: Client,
) -> None:
    sheet = ScoresheetFactory()
    ScoresheetFactory()
    problem = FindingCategoryFactory(short_name="人员")
    strength = FindingCategoryFactory(kind=FindingKind.STRENGTH, short_name="制度")
    client.force_login(sheet.member.user)

    form = client.get(new_url(sheet)).context["form"]

    assert form.fields["category"].choices == [
        ("", "—"),
        ("Strength", [(strength.pk, "制度")]),
        ("Problem", [(problem.pk, "人员")]),
    ]
    assert set(form.fields["indicator"].queryset) == set(Indicator.objects.scored_by(sheet.member))


@pytest.mark.usefixtures("english")
def test_finding_with_a_bad_photograph_is_saved_and_the_photograph_asked_for_again(
    client: Client,
) -> None:
    sheet = ScoresheetFactory()
    client.force_login(sheet.member.user)

    response = client.post(new_url(sheet), a_problem(photos=[no_picture(), picture()]))

    finding = Finding.objects.get()
    assert response["Location"] == edit_url(finding)
    assert [str(note) for note in get_messages(response.wsgi_request)] == [
        "“证书.jpg” is not a picture, or it is damaged."
    ]
    assert finding.photos.count() == 1


def test_writing_on_the_sheet_of_somebody_else_is_not_found(client: Client) -> None:
    sheet = ScoresheetFactory()
    client.force_login(UserFactory(inspector=True))

    assert client.post(new_url(sheet), a_problem()).status_code == 404


@pytest.mark.usefixtures("english")
def test_writing_on_a_signed_visit_is_told(client: Client) -> None:
    sheet = ScoresheetFactory(submitted=True, member__visit=VisitFactory(signed=True))
    client.force_login(sheet.member.user)

    response = client.post(new_url(sheet), a_problem())

    assert response.context["form"].non_field_errors() == [
        "This visit is signed off: nothing about it changes any more."
    ]
    assertContains(response, "无人持证", status_code=422)


# Changing and deleting


def test_own_finding_is_changed(client: Client) -> None:
    finding = own_finding(client)

    response = client.post(edit_url(finding), a_problem(text="改文"))

    finding.refresh_from_db()
    assert response.status_code == 302
    assert finding.text == "改文"


def test_photograph_of_a_finding_is_removed_and_the_text_saved(client: Client) -> None:
    finding = own_finding(client)
    photo = PhotoFactory(sheet=finding.author.sheet, finding=finding)

    response = client.post(edit_url(finding), a_problem(text="改文", remove=str(photo.pk)))

    finding.refresh_from_db()
    assert response["Location"] == edit_url(finding)
    assert (finding.text, finding.photos.count()) == ("改文", 0)


def test_own_finding_is_deleted_after_a_question(client: Client) -> None:
    finding = own_finding(client)
    url = reverse("inspections:finding-delete", args=[finding.pk])

    asked = client.get(url)
    assertContains(asked, finding.text)
    assert Finding.objects.exists()
    done = client.post(url)

    assert done["Location"] == finding.author.sheet.get_absolute_url()
    assert not Finding.objects.exists()


@pytest.mark.parametrize("name", ["finding-edit", "finding-delete"])
def test_finding_of_another_member_is_not_changed(client: Client, name: str) -> None:
    finding = FindingFactory(author=ScoresheetFactory(submitted=True).member)
    reader = ScoresheetFactory(submitted=True, member__visit=finding.visit)
    client.force_login(reader.member.user)

    assert client.get(finding.get_absolute_url()).status_code == 200
    assert client.post(reverse(f"inspections:{name}", args=[finding.pk])).status_code == 403


@pytest.mark.parametrize("name", ["finding-edit", "finding-delete"])
def test_finding_of_a_signed_visit_is_not_changed(client: Client, name: str) -> None:
    finding = own_finding(client, member__visit=VisitFactory(signed=True))

    assertNotContains(client.get(finding.get_absolute_url()), edit_url(finding))
    assert client.post(reverse(f"inspections:{name}", args=[finding.pk])).status_code == 403


# Reading


def test_finding_shows_what_was_written(client: Client) -> None:
    finding = FindingFactory(evidence="名册", recommendation="组织考证")
    client.force_login(UserFactory(bureau=True))

    response = client.get(finding.get_absolute_url())

    for text in (finding.text, "名册", "组织考证", finding.project.short_name):
        assertContains(response, text)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"people", "money", "praise"}),
        ("q=账目", {"money"}),
        ("round=2016-2", {"people"}),
        ("kind=strength", {"praise"}),
        ("category=staffing", {"people"}),
        ("severity=serious", {"money"}),
        ("status=verified", {"money"}),
        ("status=open", {"people"}),
        ("indicator=s1-i1", {"people"}),
        ("round=1999-1", set()),
        ("kind=unknown", set()),
        ("project=999999", set()),
    ],
)
def test_list_is_narrowed_down(client: Client, query: str, expected: set[str]) -> None:
    author = PanelMemberFactory(
        visit=VisitFactory(scoring=True, round__year=2016, round__sequence=2), clear=True
    )
    indicator = Indicator.objects.filter(section__instrument=author.visit.round.instrument)[0]
    made = {
        "people": FindingFactory(
            author=author,
            category__key="staffing",
            indicator=indicator,
        ),
        "money": FindingFactory(
            text="账目不清", severity=Severity.SERIOUS, status=FindingStatus.VERIFIED
        ),
        "praise": FindingFactory(kind=FindingKind.STRENGTH, category=None),
    }
    client.force_login(UserFactory(bureau=True))

    response = client.get(f"{LIST}?{query}")

    found = {row.record for row in response.context["table"].rows}
    assert found == {made[name] for name in expected}


def test_list_by_project_shows_its_findings(client: Client) -> None:
    finding, _ = FindingFactory(), FindingFactory()
    client.force_login(UserFactory(bureau=True))

    response = client.get(f"{LIST}?project={finding.project.pk}")

    assert [row.record for row in response.context["table"].rows] == [finding]


def test_list_takes_as_many_queries_for_30_findings_as_for_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(UserFactory(bureau=True))
    for count in (1, 29):
        for _ in range(count):
            FindingFactory(author=ScoresheetFactory(submitted=True).member)
        # Session, user; choices of rounds, projects and categories; how many; the page's rows.
        with django_assert_num_queries(7):
            client.get(LIST)
