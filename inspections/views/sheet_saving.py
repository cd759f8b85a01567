"""What a posted scoring form does, whichever button sent it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.http import urlencode

from inspections.actions.photos import attach_photo, remove_photo
from inspections.actions.sheets import save_answers
from inspections.forms.problems import problem_text
from inspections.models import Photo
from inspections.pictures import PictureError

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User
    from inspections.forms.sheets import ScoringForm
    from inspections.models import Scoresheet

_ANCHOR = re.compile(r"[A-Za-z][\w-]{0,80}", re.ASCII)


def take_in(form: ScoringForm, sheet: Scoresheet, *, by: User, at: dt.datetime) -> None:
    """Save what is sound in the form, and put a message at everything else.

    Raises what `save_answers` raises.
    """
    form.is_valid()
    problems = save_answers(
        sheet=sheet,
        answers=form.answers(),
        by=by,
        at=at,
        seen=form.cleaned_data.get("seen"),
    )
    for item in form.items:
        pk = item.indicator.pk
        for problem in problems.get(pk, ()):
            text = problem_text(problem, item.indicator, form.given(pk))
            form.add_error(f"points-{pk}", text)
    for indicator, uploads in form.uploads().items():
        for upload in uploads:
            try:
                attach_photo(sheet=sheet, upload=upload, by=by, at=at, indicator=indicator)
            except PictureError as error:
                form.add_error(f"photos-{indicator.pk}", str(error))


def remove_named_photo(sheet: Scoresheet, name: str, *, by: User) -> None:
    """Take away the photograph whose id the form names, unless that was done already."""
    try:
        photo = Photo.objects.filter(sheet=sheet, pk=name).first()
    # Not an id at all: nothing is there to be removed.
    except ValueError:
        return
    if photo is not None:
        remove_photo(sheet=sheet, photo=photo, by=by)


def next_address(sheet: Scoresheet, go: str, anchor: str) -> str:
    """Where a saved form leads: to the submission, to a finding, or back to where one was."""
    verb, _, target = go.partition(":")
    if verb == "submit":
        return reverse("inspections:sheet-submit", args=[sheet.pk])
    if verb == "finding":
        query = f"?indicator={target}" if target.isascii() and target.isdigit() else ""
        return reverse("inspections:finding-new", args=[sheet.pk]) + query
    if verb == "hint":
        return (
            reverse("inspections:finding-new", args=[sheet.pk]) + f"?{urlencode({'hint': target})}"
        )
    place = target if verb == "next" else anchor
    return sheet.get_absolute_url() + (f"#{place}" if _ANCHOR.fullmatch(place) else "")
