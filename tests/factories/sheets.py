"""What panels leave behind: answers, photographs, findings, moderated values and results."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import factory
from factory.django import DjangoModelFactory

from inspections.enums import FindingKind, Party, Severity, SheetStatus
from inspections.models import (
    Answer,
    Finding,
    FindingCategory,
    Indicator,
    Moderation,
    Photo,
    Recommendation,
    Scoresheet,
    SectionScore,
    TrackScore,
    VisitResult,
)
from tests.factories.accounts import UserFactory
from tests.factories.instruments import NOON
from tests.factories.visits import PanelMemberFactory, VisitFactory

if TYPE_CHECKING:
    from collections.abc import Iterable


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
