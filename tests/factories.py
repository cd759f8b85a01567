"""Makes rows for tests: each class fills in what a test does not care about."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import factory
from factory.django import DjangoModelFactory, Password

from accounts.models import User
from accounts.permissions import Role
from inspections.enums import (
    FindingKind,
    InstrumentStatus,
    Mode,
    Party,
    Recusal,
    RoundStatus,
    Severity,
    SheetStatus,
    VisitStatus,
)
from inspections.models import (
    Answer,
    BasisDocument,
    Finding,
    FindingCategory,
    GradeBand,
    Indicator,
    IndicatorLevel,
    InspectionMethod,
    Instrument,
    Moderation,
    PanelMember,
    Photo,
    Recommendation,
    Round,
    Scoresheet,
    Section,
    SectionScore,
    Track,
    TrackScore,
    Visit,
    VisitMethod,
    VisitResult,
    VolumeBand,
)
from projects.enums import (
    BudgetCategory,
    Education,
    Employment,
    FieldOfStudy,
    FundingSource,
    Level,
    PostingRole,
    Procurement,
    QualificationKind,
)
from projects.models import (
    Agency,
    BudgetLine,
    CheckStandard,
    Contract,
    District,
    FundingAllocation,
    Instalment,
    Posting,
    Project,
    Qualification,
    ServiceKind,
    ServiceTarget,
    StaffMember,
    UserScope,
)
from reports.enums import ReportKind, ReportStatus
from reports.models import Report

if TYPE_CHECKING:
    from collections.abc import Iterable

# Accounts

PASSWORD = "Chestnut-27"


class UserFactory(DjangoModelFactory[User]):
    """An account of the bureau unless a trait says otherwise: `UserFactory(inspector=True)`."""

    class Meta:
        model = User

    class Params:
        admin = factory.Trait(role=Role.ADMIN)
        bureau = factory.Trait(role=Role.BUREAU)
        inspector = factory.Trait(role=Role.INSPECTOR)
        district = factory.Trait(role=Role.DISTRICT)
        agency = factory.Trait(role=Role.AGENCY)
        auditor = factory.Trait(role=Role.AUDITOR)

    username = factory.Sequence(lambda n: f"user{n}")
    name = factory.Sequence(lambda n: f"用户{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    role = Role.BUREAU
    password = Password(PASSWORD)


# Projects


class DistrictFactory(DjangoModelFactory[District]):
    class Meta:
        model = District

    code = factory.Sequence(lambda n: f"{440200 + n}")
    name = factory.Sequence(lambda n: f"示例{n}区")
    short_name = factory.Sequence(lambda n: f"示例{n}")


class AgencyFactory(DjangoModelFactory[Agency]):
    class Meta:
        model = Agency

    name = factory.Sequence(lambda n: f"示例机构{n:02}")


class UserScopeFactory(DjangoModelFactory[UserScope]):
    """Covers nothing by itself, which the database refuses: pass a district or an agency."""

    class Meta:
        model = UserScope

    user = factory.SubFactory(UserFactory)


class ProjectFactory(DjangoModelFactory[Project]):
    """A district's project; `ProjectFactory(city=True)` is one of the city."""

    class Meta:
        model = Project

    class Params:
        city = factory.Trait(level=Level.CITY, district=None)

    name = factory.Sequence(lambda n: f"示例{n}司法社会工作项目")
    short_name = factory.Sequence(lambda n: f"项目{n}")
    level = Level.DISTRICT
    district = factory.SubFactory(DistrictFactory)


class ContractFactory(DjangoModelFactory[Contract]):
    class Meta:
        model = Contract

    project = factory.SubFactory(ProjectFactory)
    agency = factory.SubFactory(AgencyFactory)
    procurement = Procurement.OPEN_TENDER
    signed_on = dt.date(2016, 1, 4)
    starts_on = dt.date(2016, 1, 4)
    ends_on = dt.date(2017, 1, 3)
    amount_yuan = Decimal("1200000.00")


class StaffMemberFactory(DjangoModelFactory[StaffMember]):
    class Meta:
        model = StaffMember

    name = factory.Sequence(lambda n: f"示例人员{n:03}")
    agency = factory.SubFactory(AgencyFactory)
    employment = Employment.FULL_TIME
    education = Education.BACHELOR
    field_of_study = FieldOfStudy.SOCIAL_WORK


class QualificationFactory(DjangoModelFactory[Qualification]):
    class Meta:
        model = Qualification

    staff = factory.SubFactory(StaffMemberFactory)
    kind = QualificationKind.SOCIAL_WORKER
    issued_on = dt.date(2014, 9, 1)


class PostingFactory(DjangoModelFactory[Posting]):
    class Meta:
        model = Posting

    staff = factory.SubFactory(StaffMemberFactory)
    project = factory.SubFactory(ProjectFactory)
    role = PostingRole.WORKER
    starts_on = dt.date(2016, 1, 4)


class FundingAllocationFactory(DjangoModelFactory[FundingAllocation]):
    class Meta:
        model = FundingAllocation

    project = factory.SubFactory(ProjectFactory)
    fiscal_year = 2016
    source = FundingSource.DISTRICT
    amount_yuan = Decimal("1000000.00")


class InstalmentFactory(DjangoModelFactory[Instalment]):
    """Due and not received; `InstalmentFactory(received=True)` arrived in full on its day."""

    class Meta:
        model = Instalment

    class Params:
        received = factory.Trait(
            received_on=factory.SelfAttribute("due_on"),
            received_yuan=factory.SelfAttribute("due_yuan"),
        )

    allocation = factory.SubFactory(FundingAllocationFactory)
    sequence = factory.Sequence(lambda n: n + 1)
    due_on = dt.date(2016, 3, 31)
    due_yuan = Decimal("500000.00")


class BudgetLineFactory(DjangoModelFactory[BudgetLine]):
    class Meta:
        model = BudgetLine

    project = factory.SubFactory(ProjectFactory)
    fiscal_year = 2016
    category = BudgetCategory.PERSONNEL
    budgeted_yuan = Decimal("700000.00")
    spent_yuan = Decimal("350000.00")
    as_of = dt.date(2016, 6, 30)


class ServiceKindFactory(DjangoModelFactory[ServiceKind]):
    class Meta:
        model = ServiceKind

    key = factory.Sequence(lambda n: f"service-{n}")
    name = factory.Sequence(lambda n: f"服务{n}")
    unit = "次"
    position = factory.Sequence(lambda n: n)


class ServiceTargetFactory(DjangoModelFactory[ServiceTarget]):
    class Meta:
        model = ServiceTarget

    project = factory.SubFactory(ProjectFactory)
    kind = factory.SubFactory(ServiceKindFactory)
    year = 2016
    target = 100
    completed = 50
    as_of = dt.date(2016, 6, 30)


class CheckStandardFactory(DjangoModelFactory[CheckStandard]):
    class Meta:
        model = CheckStandard

    key = CheckStandard.Key.LEAD_YEARS
    value = Decimal(3)
    source = "示例办法第三条"


# Inspections

NOON = dt.datetime(2016, 12, 13, 4, 0, tzinfo=dt.UTC)
"""Noon of the first day of visits in Guangzhou, for tests that don't care which moment it is."""


class InstrumentFactory(DjangoModelFactory[Instrument]):
    """A questionnaire, empty unless asked for content.

    `sections` × `indicators` gives that many indicators in each of that many sections, over two
    tracks in turn (professional 70, finance 30), with the four starter grades and a cap at
    `pass`. Keys are `s1`, `s1-i1`, …; numbers are `1.1`, …; every indicator has 10 points on a
    step of 0.5, may not be N/A and is not critical. `modes` are given out in turn.
    `published=True` freezes it.
    """

    class Meta:
        model = Instrument

    name = factory.Sequence(lambda n: f"示例评估工具{n:03}")
    source_note = "测试用，分值与权重均为虚构。"

    @classmethod
    def _create(
        cls,
        model_class: type[Instrument],
        *args: Any,
        sections: int = 0,
        indicators: int = 0,
        modes: tuple[Mode, ...] = (Mode.POINTS,),
        published: bool = False,
        **kwargs: Any,
    ) -> Instrument:
        if sections:
            kwargs.setdefault("cap_grade_key", "pass")
        instrument = super()._create(model_class, *args, **kwargs)
        if sections:
            _fill(instrument, sections, indicators, modes)
        if published:
            instrument.status = InstrumentStatus.PUBLISHED
            instrument.published_at = NOON
            instrument.save()
        return instrument


def _fill(instrument: Instrument, sections: int, indicators: int, modes: tuple[Mode, ...]) -> None:
    tracks = Track.objects.bulk_create(
        [
            Track(
                instrument=instrument, key="professional", name="专业服务", weight=70, position=1
            ),
            Track(instrument=instrument, key="finance", name="财务管理", weight=30, position=2),
        ]
    )
    GradeBand.objects.bulk_create(
        GradeBand(instrument=instrument, key=key, name=name, lower_percent=edge)
        for key, name, edge in (
            ("excellent", "优秀", 90),
            ("good", "良好", 80),
            ("pass", "合格", 60),
            ("fail", "不合格", 0),
        )
    )
    made_sections = Section.objects.bulk_create(
        Section(
            instrument=instrument,
            key=f"s{number}",
            number=number,
            name=f"示例内容{number}",
            short_name=f"内容{number}",
        )
        for number in range(1, sections + 1)
    )
    service = ServiceKindFactory() if Mode.VOLUME in modes else None
    drafts = []
    for section in made_sections:
        for position in range(1, indicators + 1):
            mode = modes[len(drafts) % len(modes)]
            drafts.append(
                Indicator(
                    section=section,
                    track=tracks[len(drafts) % len(tracks)],
                    key=f"{section.key}-i{position}",
                    number=f"{section.number}.{position}",
                    name=f"示例指标{section.number}.{position}",
                    max_points=Decimal(10),
                    step=Decimal(10) if mode == Mode.YES_NO else Decimal("0.5"),
                    mode=mode,
                    guidance="示例评估标准",
                    evidence="示例材料",
                    service_kind=service if mode == Mode.VOLUME else None,
                    position=position,
                )
            )
    made = Indicator.objects.bulk_create(drafts)
    IndicatorLevel.objects.bulk_create(
        IndicatorLevel(indicator=one, lower_points=low, upper_points=high, description=text)
        for one in made
        if one.mode == Mode.LEVEL
        for low, high, text in (
            (8, 10, "完善"),
            (5, Decimal("7.5"), "较完善"),
            (0, Decimal("4.5"), "不完善"),
        )
    )
    VolumeBand.objects.bulk_create(
        VolumeBand(indicator=one, lower_percent=edge, points=points)
        for one in made
        if one.mode == Mode.VOLUME
        for edge, points in ((100, 10), (80, 7), (60, 4), (0, 0))
    )


class TrackFactory(DjangoModelFactory[Track]):
    class Meta:
        model = Track

    instrument = factory.SubFactory(InstrumentFactory)
    key = factory.Sequence(lambda n: f"track-{n}")
    name = factory.Sequence(lambda n: f"示例方面{n:03}")
    weight = Decimal(50)


class GradeBandFactory(DjangoModelFactory[GradeBand]):
    class Meta:
        model = GradeBand

    instrument = factory.SubFactory(InstrumentFactory)
    key = factory.Sequence(lambda n: f"grade-{n}")
    name = factory.Sequence(lambda n: f"示例等次{n:03}")
    lower_percent = Decimal(0)


class SectionFactory(DjangoModelFactory[Section]):
    class Meta:
        model = Section

    instrument = factory.SubFactory(InstrumentFactory)
    key = factory.Sequence(lambda n: f"section-{n}")
    number = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence(lambda n: f"示例内容{n:03}")
    short_name = factory.Sequence(lambda n: f"内容{n:03}")


class IndicatorFactory(DjangoModelFactory[Indicator]):
    """One indicator of 10 points; its track belongs to the same instrument as its section."""

    class Meta:
        model = Indicator

    section = factory.SubFactory(SectionFactory)
    track = factory.SubFactory(
        TrackFactory, instrument=factory.SelfAttribute("..section.instrument")
    )
    key = factory.Sequence(lambda n: f"indicator-{n}")
    number = factory.Sequence(lambda n: f"1.{n}")
    name = factory.Sequence(lambda n: f"示例指标{n:03}")
    max_points = Decimal(10)
    step = Decimal("0.5")
    mode = Mode.POINTS


class IndicatorLevelFactory(DjangoModelFactory[IndicatorLevel]):
    class Meta:
        model = IndicatorLevel

    indicator = factory.SubFactory(IndicatorFactory, mode=Mode.LEVEL)
    lower_points = Decimal(8)
    upper_points = Decimal(10)
    description = "完善"


class VolumeBandFactory(DjangoModelFactory[VolumeBand]):
    class Meta:
        model = VolumeBand

    indicator = factory.SubFactory(
        IndicatorFactory, mode=Mode.VOLUME, service_kind=factory.SubFactory(ServiceKindFactory)
    )
    lower_percent = Decimal(100)
    points = Decimal(10)


class InspectionMethodFactory(DjangoModelFactory[InspectionMethod]):
    class Meta:
        model = InspectionMethod

    name = factory.Sequence(lambda n: f"示例方式{n:03}")
    position = factory.Sequence(lambda n: n)


class RoundFactory(DjangoModelFactory[Round]):
    """A round under way by a small published instrument: two sections of three indicators."""

    class Meta:
        model = Round
        skip_postgeneration_save = True

    status = RoundStatus.OPEN
    year = factory.Sequence(lambda n: 2001 + n // 90)
    sequence = factory.Sequence(lambda n: n % 90 + 1)
    title = factory.LazyAttribute(lambda one: f"{one.year}年度第{one.sequence}次督导巡查")
    instrument = factory.SubFactory(InstrumentFactory, sections=2, indicators=3, published=True)
    city_name = "示例市"
    service_name = "司法社会工作"
    service_short_name = "司法社工"
    issuer = "示例市司法局"

    @factory.post_generation
    def methods(self: Any, create: bool, extracted: Iterable[InspectionMethod] | None) -> None:
        if extracted:
            self.methods.set(extracted)


class BasisDocumentFactory(DjangoModelFactory[BasisDocument]):
    class Meta:
        model = BasisDocument

    round = factory.SubFactory(RoundFactory)
    title = factory.Sequence(lambda n: f"示例通知{n:03}")
    number = factory.Sequence(lambda n: f"示发〔2016〕{n + 1}号")


class VisitFactory(DjangoModelFactory[Visit]):
    """A planned visit; `scoring=True` for one that took place and is being scored."""

    class Meta:
        model = Visit

    class Params:
        scoring = factory.Trait(status=VisitStatus.SCORING, visited_on=dt.date(2016, 12, 13))
        moderation = factory.Trait(status=VisitStatus.MODERATION, visited_on=dt.date(2016, 12, 13))
        signed = factory.Trait(status=VisitStatus.SIGNED, visited_on=dt.date(2016, 12, 13))

    round = factory.SubFactory(RoundFactory)
    project = factory.SubFactory(ProjectFactory)
    planned_on = dt.date(2016, 12, 13)


class VisitMethodFactory(DjangoModelFactory[VisitMethod]):
    class Meta:
        model = VisitMethod

    visit = factory.SubFactory(VisitFactory)
    method = factory.SubFactory(InspectionMethodFactory)
    used_on = dt.date(2016, 12, 13)


class PanelMemberFactory(DjangoModelFactory[PanelMember]):
    """An inspector on a panel, for all tracks unless `tracks=` names some.

    Not declared yet; `clear=True` without a conflict of interest, `conflict=True` with one.
    """

    class Meta:
        model = PanelMember
        skip_postgeneration_save = True

    class Params:
        clear = factory.Trait(recusal=Recusal.CLEAR, declared_at=NOON)
        conflict = factory.Trait(
            recusal=Recusal.CONFLICT, declared_at=NOON, recusal_reason="曾任该机构顾问"
        )

    visit = factory.SubFactory(VisitFactory)
    user = factory.SubFactory(UserFactory, inspector=True)

    @factory.post_generation
    def tracks(self: Any, create: bool, extracted: Iterable[Track] | None) -> None:
        every = self.visit.round.instrument.tracks.all()
        self.tracks.set(every if extracted is None else extracted)


class ScoresheetFactory(DjangoModelFactory[Scoresheet]):
    """An empty draft of a member without conflict; `submitted=True` for one that was handed in.

    `points=` answers every indicator of the member's tracks with that many points.
    """

    class Meta:
        model = Scoresheet
        skip_postgeneration_save = True

    class Params:
        submitted = factory.Trait(status=SheetStatus.SUBMITTED, submitted_at=NOON, saved_at=NOON)

    member = factory.SubFactory(
        PanelMemberFactory, clear=True, visit=factory.SubFactory(VisitFactory, scoring=True)
    )

    @factory.post_generation
    def points(self: Any, create: bool, extracted: Decimal | int | str | None) -> None:
        if extracted is None:
            return
        indicators = Indicator.objects.filter(track__in=self.member.tracks.all())
        Answer.objects.bulk_create(
            Answer(
                sheet=self,
                indicator=indicator,
                points=Decimal(extracted),
                reason="" if Decimal(extracted) == indicator.max_points else "示例扣分说明",
                updated_at=NOON,
            )
            for indicator in indicators
        )


class AnswerFactory(DjangoModelFactory[Answer]):
    """Full points for one indicator; the sheet's first one unless `indicator=` names it."""

    class Meta:
        model = Answer

    sheet = factory.SubFactory(ScoresheetFactory)
    indicator = factory.LazyAttribute(
        lambda answer: (
            Indicator.objects.filter(track__in=answer.sheet.member.tracks.all())
            .order_by("section__number", "position")
            .first()
        )
    )
    points = Decimal(10)
    updated_at = NOON


class FindingCategoryFactory(DjangoModelFactory[FindingCategory]):
    class Meta:
        model = FindingCategory

    key = factory.Sequence(lambda n: f"category-{n}")
    kind = FindingKind.PROBLEM
    title = factory.Sequence(lambda n: f"示例问题类别{n:03}有待改进")
    short_name = factory.Sequence(lambda n: f"示例类别{n:03}")
    position = factory.Sequence(lambda n: n)


class RecommendationFactory(DjangoModelFactory[Recommendation]):
    class Meta:
        model = Recommendation
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"示例建议{n:03}")
    text = "示例建议内容。"
    position = factory.Sequence(lambda n: n)

    @factory.post_generation
    def categories(self: Any, create: bool, extracted: Iterable[FindingCategory] | None) -> None:
        if extracted:
            self.categories.set(extracted)


class FindingFactory(DjangoModelFactory[Finding]):
    """A moderate problem; `kind=FindingKind.STRENGTH, category=None` for a strength."""

    class Meta:
        model = Finding

    author = factory.SubFactory(
        PanelMemberFactory, clear=True, visit=factory.SubFactory(VisitFactory, scoring=True)
    )
    visit = factory.SelfAttribute("author.visit")
    project = factory.SelfAttribute("visit.project")
    kind = FindingKind.PROBLEM
    category = factory.SubFactory(FindingCategoryFactory)
    severity = factory.LazyAttribute(
        lambda one: Severity.MODERATE if one.kind == FindingKind.PROBLEM else ""
    )
    responsible_party = factory.LazyAttribute(
        lambda one: Party.AGENCY if one.kind == FindingKind.PROBLEM else ""
    )
    text = factory.Sequence(lambda n: f"示例问题{n:03}")
    created_at = NOON


class PhotoFactory(DjangoModelFactory[Photo]):
    """A tiny picture as stored, about no indicator."""

    class Meta:
        model = Photo

    sheet = factory.SubFactory(ScoresheetFactory)
    image = factory.django.ImageField(width=8, height=6, format="JPEG")
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    width = 8
    height = 6
    uploaded_at = NOON


class ModerationFactory(DjangoModelFactory[Moderation]):
    """The lead's value for the first indicator of the visit's instrument."""

    class Meta:
        model = Moderation

    visit = factory.SubFactory(VisitFactory, moderation=True)
    indicator = factory.LazyAttribute(
        lambda one: (
            Indicator.objects.filter(section__instrument=one.visit.round.instrument)
            .order_by("section__number", "position")
            .first()
        )
    )
    points = Decimal(8)
    reason = "经组内讨论"
    by = factory.SubFactory(UserFactory, inspector=True)
    at = NOON


class VisitResultFactory(DjangoModelFactory[VisitResult]):
    """A signed visit's score: every track and section of the instrument got the total's percent.

    The grade is read from the total; the explanation is empty, for nothing was computed.
    """

    class Meta:
        model = VisitResult
        skip_postgeneration_save = True

    visit = factory.SubFactory(VisitFactory, signed=True)
    instrument = factory.SelfAttribute("visit.round.instrument")
    total_percent = Decimal("85.00")
    grade = factory.LazyAttribute(
        lambda one: (
            one.instrument.grade_bands.filter(lower_percent__lte=one.total_percent).first()
            if one.total_percent is not None
            else None
        )
    )
    explanation = factory.Dict({})
    signed_by = factory.SubFactory(UserFactory, inspector=True)
    signed_at = NOON

    @factory.post_generation
    def parts(self: Any, create: bool, extracted: object) -> None:
        points: dict[str, Any] = {"points": 0, "max_points": 100, "percent": self.total_percent}
        TrackScore.objects.bulk_create(
            TrackScore(result=self, track=track, **points) for track in self.instrument.tracks.all()
        )
        SectionScore.objects.bulk_create(
            SectionScore(result=self, section=section, **points)
            for section in self.instrument.sections.all()
        )


# Reports


class ReportFactory(DjangoModelFactory[Report]):
    """A draft of a project's report; `city=True` for a round's summary, `published=True`.

    The snapshot is empty and the PDF is named, not there.
    """

    class Meta:
        model = Report

    class Params:
        city = factory.Trait(
            kind=ReportKind.CITY, visit=None, round=factory.SubFactory(RoundFactory)
        )
        published = factory.Trait(
            status=ReportStatus.PUBLISHED,
            published_at=NOON,
            published_by=factory.SelfAttribute("drafted_by"),
            pdf="reports/example.pdf",
            pdf_sha256="0" * 64,
        )

    kind = ReportKind.PROJECT
    visit = factory.SubFactory(VisitFactory, signed=True)
    round = factory.SelfAttribute("visit.round")
    title = factory.Sequence(lambda n: f"示例报告{n:03}")
    snapshot = factory.Dict({})
    drafted_by = factory.SubFactory(UserFactory, bureau=True)
    drafted_at = NOON
