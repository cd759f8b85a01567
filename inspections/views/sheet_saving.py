"""What a posted scoring form does, whichever button sent it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from inspections.actions.photos import attach_photo, remove_photo
from inspections.actions.sheets import SaveProblem, answer_text, save_answers
from inspections.forms.problems import problem_text
from inspections.models import Answer, Photo
from inspections.pictures import PictureError
from inspections.scoring_input import answer_value

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from accounts.models import User
    from inspections.actions.sheets import Problem
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
    stored = _stored_elsewhere(sheet, problems)
    for item in form.items:
        pk = item.indicator.pk
        for problem in problems.get(pk, ()):
            given = stored.get(pk, form.given(pk))
            form.add_error(f"points-{pk}", problem_text(problem, item.indicator, given))
    for indicator, uploads in form.uploads().items():
        for upload in uploads:
            try:
                attach_photo(sheet=sheet, upload=upload, by=by, at=at, indicator=indicator)
            except PictureError as error:
                form.add_error(f"photos-{indicator.pk}", str(error))


def _stored_elsewhere(
    sheet: Scoresheet, problems: Mapping[int, tuple[Problem, ...]]
) -> dict[int, str]:
    """What answers that were also changed elsewhere say by now, in words, by indicator pk."""
    changed = [pk for pk, found in problems.items() if SaveProblem.CHANGED_ELSEWHERE in found]
    rows = Answer.objects.filter(sheet=sheet, indicator__in=changed) if changed else []
    return {row.indicator_id: answer_text(answer_value(row)) or _("blank") for row in rows}


def remove_named_photo(sheet: Scoresheet, name: str, *, by: User) -> None:
    """Take away the photograph whose id the form names, unless that was done already."""
    try:
        wanted = UUID(name)
    # Not an id at all, as when no photograph is to be removed.
    except ValueError:
        return
    photo = Photo.objects.filter(sheet=sheet, pk=wanted).first()
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
