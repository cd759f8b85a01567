"""Questionnaires, whole or piece by piece."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from inspections.enums import InstrumentStatus, Mode
from inspections.models import (
    GradeBand,
    Indicator,
    IndicatorLevel,
    Instrument,
    Section,
    Track,
    VolumeBand,
)
from tests.factories.projects import ServiceKindFactory

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
