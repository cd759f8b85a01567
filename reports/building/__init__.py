"""From rows to snapshots: what a report says is fixed here, before anything is laid out."""

from reports.building.city import build_city_summary
from reports.building.errors import NothingScoredError, NothingVisitedError, NotSignedOffError
from reports.building.project import build_project_report

__all__ = [
    "NotSignedOffError",
    "NothingScoredError",
    "NothingVisitedError",
    "build_city_summary",
    "build_project_report",
]
