"""From a round to the snapshot of its citywide summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.demonstration import is_demonstration_database
from inspections.enums import VisitStatus
from inspections.models import Visit
from reports.building.annexes import build_annexes
from reports.building.charts import build_charts
from reports.building.errors import NothingVisitedError, NotSignedOffError
from reports.building.head import round_head, summary_title
from reports.figures import compute
from reports.narrative import write_summary
from reports.queries import load_record, load_texts
from reports.snapshots import CitySummarySnapshot, Status

if TYPE_CHECKING:
    from inspections.models import Round


def build_city_summary(round: Round, *, status: Status) -> CitySummarySnapshot:
    """The summary of a round whose visits are all signed off, drafted from its rows as they are.

    At most 18 queries. Raises NotSignedOffError with every visit that is not signed off, and
    NothingVisitedError.
    """
    _refuse_unfinished(round)
    record = load_record(round)
    figures = compute(record)
    parts = write_summary(record, figures, load_texts(round))
    sections = {part.key for part in parts} | {
        section.key for part in parts for section in part.subsections
    }
    return CitySummarySnapshot(
        demonstration=is_demonstration_database(),
        title_lines=summary_title(round),
        round=round_head(round),
        status=status,
        parts=parts,
        annexes=build_annexes(record, figures),
        charts=build_charts(record, figures, sections),
    )


def _refuse_unfinished(round: Round) -> None:
    visits = list(Visit.objects.filter(round=round).select_related("project"))
    if not visits:
        raise NothingVisitedError
    unsigned = tuple(visit for visit in visits if visit.status != VisitStatus.SIGNED)
    if unsigned:
        raise NotSignedOffError(unsigned)
