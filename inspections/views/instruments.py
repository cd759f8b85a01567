from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires, signed_in
from accounts.permissions import Permission
from inspections import instrument_file
from inspections.actions.errors import RefusedError
from inspections.actions.instruments import (
    IncompleteInstrumentError,
    import_instrument,
    new_version,
    publish_instrument,
)
from inspections.forms.instruments import InstrumentFileForm
from inspections.instrument_rows import problems_of, to_file
from inspections.models import Instrument
from inspections.questionnaire import questionnaire

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import User


@requires(Permission.VIEW_INSTRUMENTS)
def instruments(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    context = {
        "instruments": Instrument.objects.visible_to(user).with_counts(),
        "may_manage": user.may(Permission.MANAGE_INSTRUMENTS),
        "may_view_rounds": user.may(Permission.VIEW_ROUNDS),
    }
    return render(request, "inspections/instruments.html", context)


@requires(Permission.VIEW_INSTRUMENTS)
def instrument(request: HttpRequest, pk: int) -> HttpResponse:
    found = _find(signed_in(request), pk)
    may_manage = signed_in(request).may(Permission.MANAGE_INSTRUMENTS)
    context = {
        "instrument": found,
        "questionnaire": questionnaire(found),
        "may_manage": may_manage,
        "problems": () if found.is_frozen or not may_manage else problems_of(found),
    }
    return render(request, "inspections/instrument.html", context)


@requires(Permission.MANAGE_INSTRUMENTS)
def instrument_import(request: HttpRequest) -> HttpResponse:
    form = InstrumentFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    problems: tuple[instrument_file.Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            made = import_instrument(text=form.cleaned_data["file"].read(), by=signed_in(request))
        except instrument_file.InstrumentFileError as error:
            problems = error.problems
        except RefusedError as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _("The file is imported as a draft."))
            return redirect(made)
    chosen = request.FILES.get("file")
    context = {"form": form, "problems": problems, "chosen": chosen.name if chosen else ""}
    return render(request, "inspections/instrument_import.html", context)


@requires(Permission.MANAGE_INSTRUMENTS)
def instrument_publish(request: HttpRequest, pk: int) -> HttpResponse:
    found = _find(signed_in(request), pk)
    problems: tuple[instrument_file.Problem, ...] = ()
    if request.method == "POST":
        try:
            publish_instrument(instrument=found, by=signed_in(request), at=timezone.now())
        except IncompleteInstrumentError as error:
            problems = error.problems
        except RefusedError as error:
            messages.error(request, str(error))
            return redirect(found)
        else:
            messages.success(request, _("The instrument is published."))
            return redirect(found)
    elif not found.is_frozen:
        problems = problems_of(found)
    context = {
        "instrument": found,
        "problems": problems,
        "questionnaire": questionnaire(found),
    }
    return render(request, "inspections/instrument_publish.html", context)


@require_POST
@requires(Permission.MANAGE_INSTRUMENTS)
def instrument_new_version(request: HttpRequest, pk: int) -> HttpResponse:
    found = _find(signed_in(request), pk)
    try:
        draft = new_version(instrument=found, by=signed_in(request))
    except RefusedError as error:
        messages.error(request, str(error))
        return redirect(found)
    messages.success(request, _("Version %(version)s is a draft now.") % {"version": draft.version})
    return redirect(draft)


@requires(Permission.VIEW_INSTRUMENTS)
def instrument_export(request: HttpRequest, pk: int) -> HttpResponse:
    found = _find(signed_in(request), pk)
    name = f"{found.name}-v{found.version}.toml"
    return HttpResponse(
        instrument_file.write(to_file(found)),
        content_type="application/toml; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


def _find(user: User, pk: int) -> Instrument:
    return get_object_or_404(Instrument.objects.visible_to(user).with_content(), pk=pk)
