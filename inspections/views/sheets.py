from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import requires, signed_in
from accounts.permissions import Permission
from inspections.actions.errors import RefusedError
from inspections.actions.sheets import (
    AlreadySubmittedError,
    IncompleteSheetError,
    submit_sheet,
)
from inspections.enums import VisitStatus
from inspections.forms.sheets import ScoringForm
from inspections.hints import inspected_on, load_hints
from inspections.queries.sheets import load_content, load_items, sheets_for
from inspections.sheet_page import build_page
from inspections.views.sheet_saving import next_address, remove_named_photo, take_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.http import HttpRequest

    from accounts.models import User
    from inspections.models import Scoresheet
    from inspections.queries.sheets import Item
    from inspections.sheet_page import Card, SheetPage


@requires()
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One's own sheet as a form until it is submitted; otherwise for reading."""
    user = signed_in(request)
    found = get_object_or_404(sheets_for(user), pk=pk)
    if request.method == "HEAD":
        # The page asks before it sends a form whether it would arrive.
        return HttpResponse()
    items = load_items(found)
    if request.method == "POST":
        return _save(request, found, items)
    page = build_page(items, load_content(found))
    if _is_open(found, user):
        return _show_form(request, found, ScoringForm(items=items), page)
    return _show_answers(request, found, page)


def _save(request: HttpRequest, sheet: Scoresheet, items: list[Item]) -> HttpResponse:
    user = signed_in(request)
    if sheet.member.user_id != user.pk:
        raise PermissionDenied
    form = ScoringForm(request.POST, request.FILES, items=items)
    before = sheet.revision
    try:
        take_in(form, sheet, by=user, at=timezone.now())
        remove_named_photo(sheet, request.POST.get("remove", ""), by=user)
    except AlreadySubmittedError as error:
        return _show_too_late(request, sheet, form, error)
    except RefusedError as error:
        form.add_error(None, str(error))
    if form.errors:
        return _show_again(request, sheet, form)
    if sheet.revision != before:
        messages.success(request, _("The draft is saved."))
    go, anchor = request.POST.get("go", ""), form.cleaned_data["anchor"]
    return redirect(next_address(sheet, go, anchor))


def _show_form(
    request: HttpRequest,
    sheet: Scoresheet,
    form: ScoringForm,
    page: SheetPage,
    status: int = 200,
) -> HttpResponse:
    context = _head(sheet, form.items) | {
        "form": form.laid_out(page),
        "page": page,
        "is_open": True,
        "error_cards": [card for card in page.cards if card.errors],
    }
    return render(request, "inspections/sheets/sheet.html", context, status=status)


def _show_again(request: HttpRequest, sheet: Scoresheet, form: ScoringForm) -> HttpResponse:
    """The form with its messages, over what is stored by now."""
    fresh = load_items(sheet)
    page = build_page(fresh, load_content(sheet), entered=form.entered(), errors=form.card_errors())
    form.refresh_marks(fresh)
    return _show_form(request, sheet, form, page, status=422)


def _show_answers(
    request: HttpRequest, sheet: Scoresheet, page: SheetPage, status: int = 200, **more: object
) -> HttpResponse:
    context = _head(sheet, page.cards) | {"page": page, "is_open": False} | more
    return render(request, "inspections/sheets/answers.html", context, status=status)


def _show_too_late(
    request: HttpRequest, sheet: Scoresheet, form: ScoringForm, error: RefusedError
) -> HttpResponse:
    """The submitted sheet, and what came too late for it, so that it can be copied."""
    sheet.refresh_from_db(fields=["status", "submitted_at"])
    items = load_items(sheet)
    content = load_content(sheet)
    entered = form.entered()
    changed = [item for item in items if entered[item.indicator.pk] != item.value]
    late = build_page(changed, content, entered=entered)
    return _show_answers(
        request, sheet, build_page(items, content), status=409, error=error, late=late.cards
    )


def _is_open(sheet: Scoresheet, user: User) -> bool:
    is_own = sheet.member.user_id == user.pk
    return is_own and not sheet.is_submitted and sheet.member.visit.status != VisitStatus.SIGNED


def _head(sheet: Scoresheet, items: Sequence[Item | Card]) -> dict[str, object]:
    """What the bar of the page names; asks no database."""
    tracks = dict.fromkeys(item.indicator.track.name for item in items)
    return {
        "sheet": sheet,
        "track_names": _(", ").join(tracks),
        "back_url": reverse("inspections:visit", args=[sheet.member.visit_id]),
    }


@requires(Permission.SCORE)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is handed in, or what is missing; then the submission itself."""
    user = signed_in(request)
    found = get_object_or_404(sheets_for(user), pk=pk)
    if found.member.user_id != user.pk:
        raise PermissionDenied
    status = 200
    if request.method == "POST":
        try:
            submit_sheet(sheet=found, by=user, at=timezone.now())
        except IncompleteSheetError:
            status = 422
        except RefusedError as error:
            messages.error(request, str(error))
            return redirect(found)
        else:
            messages.success(request, _("Your sheet is submitted. Thank you."))
            return redirect(found)
    if found.is_submitted:
        return redirect(found)
    items = load_items(found)
    context = _head(found, items) | {
        "page": build_page(items, load_content(found)),
        "base": found.get_absolute_url(),
        "back_url": found.get_absolute_url(),
    }
    return render(request, "inspections/sheets/submit.html", context, status=status)


@requires(Permission.SCORE)
def sheet_hints(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The registry's warnings on the project, as a page or, with `?part=1`, for the form."""
    user = signed_in(request)
    found = get_object_or_404(sheets_for(user), pk=pk)
    if found.member.user_id != user.pk:
        raise PermissionDenied
    items = load_items(found)
    context = _head(found, items) | {
        "hints": load_hints(found, items, day=inspected_on(found, timezone.localdate())),
        "is_open": _is_open(found, user),
        "back_url": found.get_absolute_url(),
    }
    name = "_hints" if "part" in request.GET else "hints"
    return render(request, f"inspections/sheets/{name}.html", context)
