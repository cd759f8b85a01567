from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from accounts.access import requires, signed_in
from accounts.permissions import Permission
from inspections.queries.seats import seats_of
from inspections.seat_cards import seat_card

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires(Permission.SCORE)
def my_visits(request: HttpRequest) -> HttpResponse:
    cards = [seat_card(seat) for seat in seats_of(signed_in(request))]
    context = {
        "ahead": [card for card in cards if not card.state.is_over],
        "over": [card for card in reversed(cards) if card.state.is_over],
    }
    return render(request, "inspections/sheets/my_visits.html", context)
