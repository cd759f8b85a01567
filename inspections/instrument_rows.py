"""Between an instrument's rows and `instrument_file`, which reads, checks and writes the file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspections import instrument_file
from inspections.enums import Mode
from inspections.models import (
    GradeBand,
    Indicator,
    IndicatorLevel,
    Instrument,
    Section,
    Track,
    VolumeBand,
)
from projects.models import ServiceKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspections.instrument_file import InstrumentFile, Problem


def to_file(instrument: Instrument) -> InstrumentFile:
    """What a file of this instrument says, checked or not.

    Needs the instrument `with_content`. Services are those that its indicators count.
    """
    sections = list(instrument.sections.all())
    indicators = [one for section in sections for one in section.indicators.all()]
    services = {
        one.service_kind.key: one.service_kind for one in indicators if one.service_kind is not None
    }
    return instrument_file.InstrumentFile(
        name=instrument.name,
        version=instrument.version,
        source_note=instrument.source_note,
        spread_limit=instrument.spread_limit,
        cap_grade=instrument.cap_grade_key,
        tracks=tuple(
            instrument_file.Track(key=row.key, name=row.name, weight=row.weight)
            for row in instrument.tracks.all()
        ),
        sections=tuple(
            instrument_file.Section(
                key=row.key, number=row.number, name=row.name, short_name=row.short_name
            )
            for row in sections
        ),
        grades=tuple(
            instrument_file.Grade(key=row.key, name=row.name, lower_percent=row.lower_percent)
            for row in instrument.grade_bands.all()
        ),
        services=tuple(
            instrument_file.Service(key=row.key, name=row.name, unit=row.unit)
            for row in sorted(services.values(), key=lambda row: (row.position, row.key))
        ),
        indicators=tuple(
            _indicator_to_file(one, section.key)
            for section in sections
            for one in section.indicators.all()
        ),
    )


def _indicator_to_file(one: Indicator, section_key: str) -> instrument_file.Indicator:
    return instrument_file.Indicator(
        key=one.key,
        number=one.number,
        name=one.name,
        section=section_key,
        track=one.track.key,
        mode=Mode(one.mode),
        max_points=one.max_points,
        step=one.step,
        allow_na=one.allow_na,
        critical=one.critical,
        guidance=one.guidance,
        evidence=one.evidence,
        levels=tuple(
            instrument_file.Level(
                lower_points=row.lower_points,
                upper_points=row.upper_points,
                description=row.description,
            )
            for row in one.levels.all()
        ),
        bands=tuple(
            instrument_file.Band(lower_percent=row.lower_percent, points=row.points)
            for row in one.volume_bands.all()
        ),
        service=one.service_kind.key if one.service_kind is not None else "",
        checks=tuple(one.registry_checks.split()),
    )


def problems_of(instrument: Instrument) -> tuple[Problem, ...]:
    """What keeps the instrument from being published, by the same checks as for a file.

    Needs the instrument `with_content`. Places name the rows; there are no lines.
    """
    try:
        instrument_file.read(instrument_file.write(to_file(instrument)))
    except instrument_file.InstrumentFileError as error:
        return tuple(
            replace(problem, place=replace(problem.place, line=None)) for problem in error.problems
        )
    return ()


def store(content: InstrumentFile, services: Mapping[str, ServiceKind]) -> Instrument:
    """Make the rows of a draft; `services` has each service of the content by its key."""
    instrument = Instrument.objects.create(
        name=content.name,
        version=content.version,
        source_note=content.source_note,
        spread_limit=content.spread_limit,
        cap_grade_key=content.cap_grade,
    )
    tracks = Track.objects.bulk_create(
        Track(
            instrument=instrument,
            key=row.key,
            name=row.name,
            weight=row.weight,
            position=position,
        )
        for position, row in enumerate(content.tracks, start=1)
    )
    GradeBand.objects.bulk_create(
        GradeBand(
            instrument=instrument, key=row.key, name=row.name, lower_percent=row.lower_percent
        )
        for row in content.grades
    )
    sections = Section.objects.bulk_create(
        Section(
            instrument=instrument,
            key=row.key,
            number=row.number,
            name=row.name,
            short_name=row.short_name,
        )
        for row in content.sections
    )
    _store_indicators(
        content,
        {track.key: track for track in tracks},
        {section.key: section for section in sections},
        services,
    )
    return instrument


def _store_indicators(
    content: InstrumentFile,
    tracks: Mapping[str, Track],
    sections: Mapping[str, Section],
    services: Mapping[str, ServiceKind],
) -> None:
    rows = Indicator.objects.bulk_create(
        Indicator(
            section=sections[one.section],
            track=tracks[one.track],
            key=one.key,
            number=one.number,
            name=one.name,
            max_points=one.max_points,
            step=one.step,
            mode=one.mode,
            guidance=one.guidance,
            evidence=one.evidence,
            allow_na=one.allow_na,
            critical=one.critical,
            service_kind=services[one.service] if one.service else None,
            registry_checks=" ".join(one.checks),
            position=position,
        )
        for position, one in enumerate(content.indicators, start=1)
    )
    pairs = list(zip(rows, content.indicators, strict=True))
    IndicatorLevel.objects.bulk_create(
        IndicatorLevel(
            indicator=row,
            lower_points=level.lower_points,
            upper_points=level.upper_points,
            description=level.description,
        )
        for row, one in pairs
        for level in one.levels
    )
    VolumeBand.objects.bulk_create(
        VolumeBand(indicator=row, lower_percent=band.lower_percent, points=band.points)
        for row, one in pairs
        for band in one.bands
    )
