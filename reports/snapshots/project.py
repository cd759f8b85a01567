"""The report on one project in one round."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from reports.snapshots.common import SCHEMA_VERSION, RoundHead, Status, Stored


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRow:
    """One contract. `signed_on_text` is printed as known ("2015年10月"), "" if unknown.

    `parties_text` is "三方" or "双方"; `procurement_text` is "公开招标" and the like;
    `amount_yuan` is None where the amount is not known.
    """

    agency: str
    service_area: str
    parties_text: str
    procurement_text: str
    signed_on_text: str
    amount_yuan: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingRow:
    """Money of one fiscal year from one source ("市级财政").

    `on_time` is None where no instalment was due yet; `note` says what is behind False.
    """

    fiscal_year: int
    source: str
    allocated_yuan: Decimal
    received_yuan: Decimal
    on_time: bool | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffFigure:
    """One counted fact of the team: label "专职人员", count 10, unit "人"."""

    label: str
    count: int
    unit: str = "人"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFacts:
    """The project as it stood. `district` is "" for a city-level project.

    `level_text` is "区级项目" or "市级项目". `agencies` is empty where the bureau employs
    the staff itself; then `contracts` is empty too and `staffing_note` says so.
    """

    name: str
    level_text: str
    district: str
    agencies: tuple[str, ...]
    contracts: tuple[ContractRow, ...]
    service_model: str
    service_focus: str
    funding: tuple[FundingRow, ...]
    staff: tuple[StaffFigure, ...]
    staffing_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelMember:
    """Who inspected: name, the name of the track scored (专业服务), and who led."""

    name: str
    track_name: str
    is_lead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts:
    """The visit: `ended_on` equals `started_on` for one day; `methods` as used on site."""

    started_on: date
    ended_on: date
    methods: tuple[str, ...]
    panel: tuple[PanelMember, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A grade band with its lower edge included. `level` is 1 for the best, then 2, 3 …"""

    key: str
    name: str
    level: int
    lower_percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackScore:
    """One track (专业服务). `percent` is None where no indicator applied.

    `weight` as the instrument states it (weights need not add up to 100); `points` and
    `max_points` are sums over the `applicable_count` of `indicator_count` indicators.
    `median_percent` is over the round's signed-off visits, None while there is none.
    """

    key: str
    name: str
    weight: Decimal
    points: Decimal
    max_points: Decimal
    percent: Decimal | None
    indicator_count: int
    applicable_count: int
    median_percent: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionScore:
    """One section of the instrument; `short_name` (≤ 6 characters) is for charts.

    `percent` is None where no indicator applied, `median_percent` as in TrackScore.
    """

    key: str
    name: str
    short_name: str
    points: Decimal
    max_points: Decimal
    percent: Decimal | None
    median_percent: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The visit's result as signed off.

    `grade` is what counts; `grade_before_cap` is None unless a critical indicator capped
    it, and then `cap_reason` says why. `round_median_percent` is None when unknown;
    `round_rank` is the place among `round_size` projects of the round, None if not shown.
    """

    total_percent: Decimal
    grade: Grade
    grade_before_cap: Grade | None
    cap_reason: str
    tracks: tuple[TrackScore, ...]
    sections: tuple[SectionScore, ...]
    round_median_percent: Decimal | None
    round_rank: int | None = None
    round_size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """A finding as printed. `number` counts within its kind, from 1.

    Everything but `text` may be empty; `due_on` is None where no date was set.
    `photo_keys` refer to `ProjectReportSnapshot.photos`.
    """

    key: str
    number: int
    category: str
    severity: str
    text: str
    indicator_number: str
    indicator_name: str
    recommendation: str
    responsible_party: str
    due_on: date | None
    photo_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionAppraisal:
    """What the panel wrote about one section, paragraph by paragraph."""

    section_key: str
    section_name: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """The lead's overall appraisal and the appraisals of sections; any may be empty."""

    overall: tuple[str, ...]
    sections: tuple[SectionAppraisal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryWarning:
    """A warning of the registry checks at sign-off, with the rows that it rests on."""

    text: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A photograph of the evidence; its bytes are given to the renderer under `key`.

    `width` and `height` are pixels of the stored original; `sha256` is its hash in hex.
    """

    key: str
    caption: str
    sha256: str
    width: int
    height: int
    taken_on: date | None = None


class ValueSource(StrEnum):
    """Where an indicator's consolidated points come from."""

    MEAN = "mean"
    MODERATED = "moderated"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberAnswer:
    """One member's answer: `points` is None exactly when `not_applicable`."""

    member: str
    points: Decimal | None
    not_applicable: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorScore:
    """One indicator: every answer and the consolidated `value` (None: not applicable).

    `source_reason` is the lead's reason for a moderated value, otherwise "".
    """

    key: str
    number: str
    name: str
    section_key: str
    track_key: str
    max_points: Decimal
    is_critical: bool
    answers: tuple[MemberAnswer, ...]
    source: ValueSource
    value: Decimal | None
    source_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Enough to recompute the score by hand, with `Result.tracks` for the denominators.

    `source_note` says whose the instrument is (our own starter, or the document it comes
    from). `members` are the columns of the answers, names or 督导员甲, 督导员乙.
    `grades` is best first; `spread_limit` is a share of the maximum (0.3).
    """

    instrument_name: str
    instrument_version: str
    source_note: str
    members: tuple[str, ...]
    indicators: tuple[IndicatorScore, ...]
    grades: tuple[Grade, ...]
    spread_limit: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectReportSnapshot(Stored):
    """One project's report in one round.

    `title_lines` is the title broken by meaning, one entry a printed line.
    `demonstration` puts the 演示 watermark on every page.
    """

    demonstration: bool
    title_lines: tuple[str, ...]
    round: RoundHead
    status: Status
    project: ProjectFacts
    visit: VisitFacts
    result: Result
    problems: tuple[FindingRow, ...]
    strengths: tuple[FindingRow, ...]
    suggestions: tuple[FindingRow, ...]
    appraisal: Appraisal
    registry_warnings: tuple[RegistryWarning, ...]
    photos: tuple[Photo, ...]
    explanation: Explanation
    schema_version: int = SCHEMA_VERSION
