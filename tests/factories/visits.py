"""Rounds, their visits and the panels that make them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import factory
from factory.django import DjangoModelFactory

from inspections.enums import Recusal, RoundStatus, VisitStatus
from inspections.models import (
    BasisDocument,
    InspectionMethod,
    PanelMember,
    Round,
    Track,
    Visit,
    VisitMethod,
)
from tests.factories.accounts import UserFactory
from tests.factories.instruments import NOON, InstrumentFactory
from tests.factories.projects import ProjectFactory

if TYPE_CHECKING:
    from collections.abc import Iterable


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
