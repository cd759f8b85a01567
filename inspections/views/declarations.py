from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires, signed_in
from accounts.permissions import Permission
from inspections.actions.errors import RefusedError
from inspections.actions.panels import declare
from inspections.enums import Recusal, RoundStatus
from inspections.forms.panels import DeclarationForm
from inspections.models import PanelMember
from projects.models import Agency

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires(Permission.SCORE)
def declaration(request: HttpRequest, pk: int) -> HttpResponse:
    """The user's own declaration for the visit `pk`, made once, before the form is seen."""
    user = signed_in(request)
    seats = PanelMember.objects.filter(user=user).select_related("visit__round", "visit__project")
    member = get_object_or_404(seats, visit=pk)
    form = DeclarationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sheet = declare(member=member, by=user, at=timezone.now(), **form.cleaned_data)
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            if sheet is not None:
                return redirect(sheet)
            text = _("You stand back from this visit; the bureau can assign somebody else.")
            messages.success(request, text)
            return redirect("inspections:my-visits")
    project = member.visit.project
    context = {
        "member": member,
        "form": form,
        "agencies": Agency.objects.filter(contracts__project=project).distinct(),
        "is_due": member.recusal == Recusal.PENDING,
        "is_open": member.visit.round.status == RoundStatus.OPEN,
    }
    return render(request, "inspections/declaration.html", context)
