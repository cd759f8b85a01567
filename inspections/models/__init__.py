from inspections.models.evidence import Photo
from inspections.models.findings import Finding, FindingCategory, Recommendation
from inspections.models.instruments import (
    GradeBand,
    Indicator,
    IndicatorLevel,
    Instrument,
    Section,
    Track,
    VolumeBand,
)
from inspections.models.results import Moderation, SectionScore, TrackScore, VisitResult
from inspections.models.rounds import BasisDocument, InspectionMethod, Round
from inspections.models.sheets import Answer, Scoresheet
from inspections.models.visits import PanelMember, Visit, VisitMethod

__all__ = [
    "Answer",
    "BasisDocument",
    "Finding",
    "FindingCategory",
    "GradeBand",
    "Indicator",
    "IndicatorLevel",
    "InspectionMethod",
    "Instrument",
    "Moderation",
    "PanelMember",
    "Photo",
    "Recommendation",
    "Round",
    "Scoresheet",
    "Section",
    "SectionScore",
    "Track",
    "TrackScore",
    "Visit",
    "VisitMethod",
    "VisitResult",
    "VolumeBand",
]
