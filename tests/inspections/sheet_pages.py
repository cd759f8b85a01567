"""Asks the scoring page and reads what it shows and stores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspections.models import Answer, Indicator, Scoresheet
from tests.factories import InstrumentFactory, ScoresheetFactory, VisitFactory

if TYPE_CHECKING:
    from django.test import Client

SESSION_AND_USER = 2


def a_sheet(indicators: int = 3, **kwargs: Any) -> Scoresheet:
    instrument = InstrumentFactory(sections=2, indicators=indicators, published=True, **kwargs)
    return ScoresheetFactory(member__visit=VisitFactory(scoring=True, round__instrument=instrument))


def indicators_of(sheet: Scoresheet) -> list[Indicator]:
    return list(Indicator.objects.scored_by(sheet.member))


def stored(sheet: Scoresheet) -> dict[int, str]:
    return {
        answer.indicator_id: "N/A" if answer.not_applicable else f"{answer.points} {answer.reason}"
        for answer in Answer.objects.filter(sheet=sheet)
    }


def _sign_in(client: Client, sheet: Scoresheet) -> None:
    client.force_login(sheet.member.user)
    client.cookies["django_language"] = "en"


def get(client: Client, sheet: Scoresheet) -> Any:
    _sign_in(client, sheet)
    return client.get(sheet.get_absolute_url())


def post(client: Client, sheet: Scoresheet, data: dict[str, Any], **kwargs: Any) -> Any:
    _sign_in(client, sheet)
    form = {"go": "save", "anchor": "", "seen": "{}"} | data
    return client.post(sheet.get_absolute_url(), form, **kwargs)


def card_of(response: Any, indicator: Indicator) -> Any:
    (card,) = [card for card in response.context["page"].cards if card.pk == indicator.pk]
    return card
