"""Why a report cannot be made from the rows as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspections.models import Visit


class NotSignedOffError(Exception):
    """Visits without a signed-off result; `visits` have their project loaded."""

    def __init__(self, visits: tuple[Visit, ...]) -> None:
        super().__init__(", ".join(str(visit.project) for visit in visits))
        self.visits = visits


class NothingScoredError(Exception):
    """No indicator applied in a visit, so there is neither a score nor a grade to report."""


class NothingVisitedError(Exception):
    """A round without visits has nothing to sum up."""
