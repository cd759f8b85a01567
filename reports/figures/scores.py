"""The scores of a round's signed-off visits: means, medians, grades."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from inspections.scoring import round_half_up
from reports.chinese import chinese_count, score_text
from reports.figures.figure import Figure, Rows, Words
from reports.figures.record import GradeRow, PartRow, PartScoreRow, RoundRecord, VisitRow

MEDIAN_FROM = 3
"""With one score the median is that score, with two it is their mean: neither compares."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFigures:
    """A track or a section over the visits in which it applied; None: in too few."""

    part: PartRow
    mean: Figure[Decimal | None]
    median: Figure[Decimal | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreFigures:
    """`ranking` are the scored visits, highest total first, equals in the order of the visits.

    Means and medians are over the printed (rounded) scores and are rounded once, half up;
    there is no median of fewer than `MEDIAN_FROM` scores.
    `tracks` and `sections` leave out parts that applied nowhere. `by_grade` has every grade of
    the instrument, best first, those that nobody got with 0.
    """

    scored: Figure[int]
    mean: Figure[Decimal | None]
    median: Figure[Decimal | None]
    highest: Figure[Decimal | None]
    lowest: Figure[Decimal | None]
    tracks: tuple[PartFigures, ...]
    sections: tuple[PartFigures, ...]
    by_grade: tuple[tuple[GradeRow, Figure[int]], ...]
    ranking: tuple[VisitRow, ...]


def compute_scores(record: RoundRecord) -> ScoreFigures:
    scored = [visit for visit in record.visits if visit.total_percent is not None]
    totals = [visit.total_percent for visit in scored if visit.total_percent is not None]
    return ScoreFigures(
        scored=Figure(
            key="scores.scored",
            value=len(scored),
            unit="个",
            text=f"{len(scored)}个",
            how=_("Number of signed-off visits with a total score."),
            rows=_rows(record, scored),
        ),
        mean=_score(
            record, "scores.mean", mean(totals), scored, _("Mean of the projects' total scores.")
        ),
        median=_score(
            record,
            "scores.median",
            median(totals),
            scored,
            _("Median of the projects' total scores."),
        ),
        highest=_extreme(record, "scores.highest", max(totals, default=None), scored),
        lowest=_extreme(record, "scores.lowest", min(totals, default=None), scored),
        tracks=_parts(record, "track", record.tracks, record.track_scores),
        sections=_parts(record, "section", record.sections, record.section_scores),
        by_grade=tuple((grade, _of_grade(record, grade, scored)) for grade in record.grades),
        ranking=tuple(sorted(scored, key=lambda visit: -(visit.total_percent or 0))),
    )


def mean(values: Sequence[Decimal]) -> Decimal | None:
    """Rounded once, half up, to two decimals; None without values."""
    if not values:
        return None
    return round_half_up(sum(map(Fraction, values), Fraction(0)) / len(values))


def median(values: Iterable[Decimal]) -> Decimal | None:
    """Rounded once, half up, to two decimals; None of fewer than `MEDIAN_FROM` values."""
    ordered = sorted(values)
    if len(ordered) < MEDIAN_FROM:
        return None
    middle = ordered[(len(ordered) - 1) // 2 : len(ordered) // 2 + 1]
    return mean(middle)


def _parts(
    record: RoundRecord, kind: str, parts: tuple[PartRow, ...], scores: tuple[PartScoreRow, ...]
) -> tuple[PartFigures, ...]:
    visits = {visit.pk: visit for visit in record.visits}
    figures = []
    for part in parts:
        applied = [one for one in scores if one.key == part.key and one.percent is not None]
        values = [one.percent for one in applied if one.percent is not None]
        behind = [visits[one.visit] for one in applied]
        if values:
            figures.append(
                PartFigures(
                    part=part,
                    mean=_score(
                        record,
                        f"scores.{kind}.{part.key}.mean",
                        mean(values),
                        behind,
                        _("Mean of the projects' scores in this part."),
                    ),
                    median=_score(
                        record,
                        f"scores.{kind}.{part.key}.median",
                        median(values),
                        behind,
                        _("Median of the projects' scores in this part."),
                    ),
                )
            )
    return tuple(figures)


def _of_grade(record: RoundRecord, grade: GradeRow, scored: list[VisitRow]) -> Figure[int]:
    visits = [visit for visit in scored if visit.grade_key == grade.key]
    return Figure(
        key=f"scores.grade.{grade.key}",
        value=len(visits),
        unit="个",
        text=f"{chinese_count(len(visits))}个",
        how=_("Number of projects with this grade."),
        rows=_rows(record, visits),
    )


def _extreme(
    record: RoundRecord, key: str, value: Decimal | None, scored: list[VisitRow]
) -> Figure[Decimal | None]:
    visits = [visit for visit in scored if visit.total_percent == value]
    return _score(record, key, value, visits, _("The highest and the lowest total score."))


def _score(
    record: RoundRecord, key: str, value: Decimal | None, visits: list[VisitRow], how: Words
) -> Figure[Decimal | None]:
    return Figure(
        key=key,
        value=value,
        unit="分",
        text=f"{score_text(value)}分" if value is not None else "",
        how=how,
        rows=_rows(record, visits),
    )


def _rows(record: RoundRecord, visits: list[VisitRow]) -> Rows:
    return Rows(
        ids=tuple(visit.pk for visit in visits),
        page="projects:projects",
        query=(("round", record.name),),
    )
