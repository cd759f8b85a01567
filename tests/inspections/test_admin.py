from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from inspections.enums import Mode
from inspections.models import GradeBand, Indicator, Instrument, Track
from tests.factories import (
    FindingCategoryFactory,
    InspectionMethodFactory,
    InstrumentFactory,
    RecommendationFactory,
    UserFactory,
)

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _signed_in(client: Client) -> None:
    client.force_login(UserFactory(bureau=True))


def change_url(row: Any) -> str:
    return reverse(f"admin:inspections_{row._meta.model_name}_change", args=[row.pk])


def delete_url(row: Any) -> str:
    return reverse(f"admin:inspections_{row._meta.model_name}_delete", args=[row.pk])


def an_instrument(*, published: bool = False) -> Instrument:
    return InstrumentFactory(sections=1, indicators=2, modes=(Mode.LEVEL,), published=published)


def form_values(response: Any) -> dict[str, Any]:
    """What the browser would send back from an admin page without any change."""
    forms = [response.context["adminform"].form]
    for formset in response.context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    fields = [field for form in forms for field in form]
    values = {field.html_name: field.value() for field in fields}
    return {name: "" if value is None else value for name, value in values.items()}


@pytest.mark.parametrize(
    "factory", [FindingCategoryFactory, RecommendationFactory, InspectionMethodFactory]
)
def test_reference_data_can_be_changed(client: Client, factory: Any) -> None:
    row = factory()

    response = client.get(change_url(row))

    assert response.status_code == 200
    assert response.context["has_change_permission"] is True


@pytest.mark.parametrize("name", ["round", "visit", "scoresheet", "answer", "visitresult"])
def test_what_has_rules_of_its_own_is_not_there(client: Client, name: str) -> None:
    assert client.get(f"/admin/inspections/{name}/").status_code == 404


def test_weight_and_grade_of_a_draft_can_be_changed(client: Client) -> None:
    draft = an_instrument()
    values = form_values(client.get(change_url(draft)))
    values |= {"tracks-0-weight": "60", "tracks-1-weight": "40", "grade_bands-1-name": "较好"}

    response = client.post(change_url(draft), values)

    assert response.status_code == 302
    assert [track.weight for track in Track.objects.all()] == [60, 40]
    assert GradeBand.objects.filter(name="较好").count() == 1


def test_indicator_of_a_draft_can_be_changed(client: Client) -> None:
    draft = an_instrument()
    indicator = Indicator.objects.filter(section__instrument=draft)[0]
    values = form_values(client.get(change_url(indicator))) | {"name": "改后的指标"}

    response = client.post(change_url(indicator), values)

    assert response.status_code == 302
    assert Indicator.objects.get(pk=indicator.pk).name == "改后的指标"


def test_indicator_is_not_given_the_track_of_another_instrument(client: Client) -> None:
    indicator = Indicator.objects.filter(section__instrument=an_instrument())[0]
    foreign = an_instrument().tracks.first()
    values = form_values(client.get(change_url(indicator))) | {"track": foreign.pk}

    response = client.post(change_url(indicator), values)

    assert list(response.context["adminform"].form.errors) == ["track"]


def test_indicator_is_not_put_into_a_published_instrument(client: Client) -> None:
    frozen = an_instrument(published=True)

    form = client.get(reverse("admin:inspections_indicator_add")).context["adminform"].form

    assert not form.fields["section"].queryset.filter(instrument=frozen).exists()
    assert not form.fields["track"].queryset.filter(instrument=frozen).exists()


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("part", [Instrument, Indicator])
def test_published_instrument_is_shown_with_the_reason_why_it_is_frozen(
    client: Client, part: Any
) -> None:
    an_instrument(published=True)
    row = part.objects.first()

    response = client.get(change_url(row))

    assert response.context["has_change_permission"] is False
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "This instrument is published and can't change any more, so that scores stay "
        "comparable. Make a new version on its page."
    ]


@pytest.mark.parametrize("part", [Instrument, Indicator])
def test_published_instrument_takes_no_changes(client: Client, part: Any) -> None:
    an_instrument(published=True)
    row = part.objects.first()

    response = client.post(change_url(row), {"name": "改名"})

    assert response.status_code == 403
    assert part.objects.get(pk=row.pk).name == row.name


@pytest.mark.parametrize("part", [Instrument, Indicator])
def test_published_instrument_is_not_deleted(client: Client, part: Any) -> None:
    an_instrument(published=True)

    response = client.post(delete_url(part.objects.first()), {"post": "yes"})

    assert response.status_code == 403


def test_draft_is_deleted(client: Client) -> None:
    draft = an_instrument()

    response = client.post(delete_url(draft), {"post": "yes"})

    assert response.status_code == 302
    assert Instrument.objects.count() == 0


def test_draft_leads_to_its_indicators_and_its_page(client: Client) -> None:
    draft = an_instrument()

    response = client.get(change_url(draft))

    listed = reverse("admin:inspections_indicator_changelist")
    assert f'{listed}?section__instrument__id__exact={draft.pk}">2</a>' in response.text
    assert draft.get_absolute_url() in response.text
