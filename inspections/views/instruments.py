from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render

from accounts.access import requires, signed_in
from accounts.permissions import Permission
from inspections.models import Instrument

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires(Permission.VIEW_INSTRUMENTS)
def instruments(request: HttpRequest) -> HttpResponse:
    rows = Instrument.objects.visible_to(signed_in(request))
    return render(request, "inspections/instruments.html", {"instruments": rows})


@requires(Permission.VIEW_INSTRUMENTS)
def instrument(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(
        Instrument.objects.visible_to(signed_in(request)).with_content(), pk=pk
    )
    return render(request, "inspections/instrument.html", {"instrument": found})


@requires(Permission.MANAGE_INSTRUMENTS)
def instrument_import(request: HttpRequest) -> HttpResponse:
    return render(request, "inspections/instrument_import.html")


@requires(Permission.MANAGE_INSTRUMENTS)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Instrument.objects.visible_to(signed_in(request)), pk=pk)
    return render(request, "inspections/instrument_publish.html", {"instrument": found})


@requires(Permission.MANAGE_INSTRUMENTS)
def instrument_new_version(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Instrument.objects.visible_to(signed_in(request)), pk=pk)
    return render(request, "inspections/instrument_new_version.html", {"instrument": found})


@requires(Permission.VIEW_INSTRUMENTS)
def export(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Instrument.objects.visible_to(signed_in(request)), pk=pk)
    return render(request, "inspections/instrument.html", {"instrument": found})
