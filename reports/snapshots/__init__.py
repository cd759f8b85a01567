"""What a report says, frozen: the plain structures from which PDFs are rendered.

A snapshot is built once from the rows (elsewhere), stored as JSON with the report, and
is all that the layouts ever see: no models, no queries, no clock. It holds facts and
finished sentences; how a number or a date is printed is the layout's affair. Percentages
are already rounded as they were graded (two decimals) and must be printed as they are.

Everywhere: money is `Decimal` yuan, percentages run 0..100, tuples are in printing
order, `None` means "not known" or "does not apply" as the field says, and an empty
string means that nothing is printed there. Chinese text uses Chinese punctuation.
"""

from reports.snapshots.city import (
    Align,
    AnnexTable,
    Cell,
    Chart,
    ChartKind,
    ChartRow,
    CitySummarySnapshot,
    Column,
    Paragraph,
    Part,
    Run,
    Subsection,
)
from reports.snapshots.codec import SnapshotError
from reports.snapshots.common import (
    SCHEMA_VERSION,
    BasisDocument,
    ReportState,
    RoundHead,
    Status,
)
from reports.snapshots.project import (
    Appraisal,
    ContractRow,
    Explanation,
    FindingRow,
    FundingRow,
    Grade,
    IndicatorScore,
    MemberAnswer,
    PanelMember,
    Photo,
    ProjectFacts,
    ProjectReportSnapshot,
    RegistryWarning,
    Result,
    SectionAppraisal,
    SectionScore,
    StaffFigure,
    TrackScore,
    ValueSource,
    VisitFacts,
)

__all__ = [
    "SCHEMA_VERSION",
    "Align",
    "AnnexTable",
    "Appraisal",
    "BasisDocument",
    "Cell",
    "Chart",
    "ChartKind",
    "ChartRow",
    "CitySummarySnapshot",
    "Column",
    "ContractRow",
    "Explanation",
    "FindingRow",
    "FundingRow",
    "Grade",
    "IndicatorScore",
    "MemberAnswer",
    "PanelMember",
    "Paragraph",
    "Part",
    "Photo",
    "ProjectFacts",
    "ProjectReportSnapshot",
    "RegistryWarning",
    "ReportState",
    "Result",
    "RoundHead",
    "Run",
    "SectionAppraisal",
    "SectionScore",
    "SnapshotError",
    "StaffFigure",
    "Status",
    "Subsection",
    "TrackScore",
    "ValueSource",
    "VisitFacts",
]
