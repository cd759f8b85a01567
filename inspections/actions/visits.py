from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from inspections.actions.progress import lock_visit
from inspections.models import VisitMethod

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from accounts.models import User
    from inspections.models import InspectionMethod, Visit


@transaction.atomic
def replan_visit(*, visit: Visit, planned_on: dt.date | None, by: User) -> None:
    """Plan the visit for another day, or for none yet. Raises VisitSignedError."""
    lock_visit(visit)
    visit.planned_on = planned_on
    visit.save(update_fields=["planned_on"])


@transaction.atomic
def record_visit(
    *, visit: Visit, visited_on: dt.date, methods: Mapping[InspectionMethod, dt.date], by: User
) -> None:
    """Record when the visit took place, and which methods it used on which day.

    `methods` replaces what was recorded before. Raises VisitSignedError.
    """
    lock_visit(visit)
    visit.visited_on = visited_on
    visit.save(update_fields=["visited_on"])
    wanted = {(method.pk, used_on) for method, used_on in methods.items()}
    for row in visit.methods_used.all():
        if (row.method_id, row.used_on) in wanted:
            wanted.remove((row.method_id, row.used_on))
        else:
            row.delete()
    for method, used_on in methods.items():
        if (method.pk, used_on) in wanted:
            VisitMethod.objects.create(visit=visit, method=method, used_on=used_on)
