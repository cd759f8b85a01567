"""Why a report can't be made from the rows as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from inspections.actions.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspections.models import Visit


class NotSignedOffError(RefusedError):
    """Visits without a signed-off result; `visits` have their project loaded."""

    message = _("These visits are not signed off yet: %(visits)s.")

    def __init__(self, visits: Iterable[Visit]) -> None:
        self.visits = tuple(visits)
        super().__init__(visits="、".join(visit.project.short_name for visit in self.visits))


class NothingScoredError(RefusedError):
    """No indicator applied in a visit, so there is neither a score nor a grade to report."""

    message = _("No indicator applied to this project, so there is no score to report.")


class NothingVisitedError(RefusedError):
    """A round without visits has nothing to sum up."""

    message = _("This round has no visits, so there is nothing to sum up.")
