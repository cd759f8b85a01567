"""What both kinds of report begin with: the round, its documents, the title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.chinese import chinese_number
from reports.snapshots import BasisDocument, Grade, RoundHead

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspections.models import GradeBand, Round
    from inspections.scoring import GradeBand as BandSpec


def round_head(round: Round) -> RoundHead:
    """One query."""
    return RoundHead(
        name=round.name,
        title=short_title(round),
        basis_documents=tuple(
            BasisDocument(number=document.number, title=document.title)
            for document in round.basis_documents.all()
        ),
        led_by=round.led_by,
        issuer=round.issuer,
        issued_on=round.issued_on,
    )


def short_title(round: Round) -> str:
    """`2016年度第二次督导巡查`."""
    return f"{round.year}年度第{chinese_number(round.sequence)}次督导巡查"


def project_title(project: str, round: Round) -> tuple[str, ...]:
    """The lines of a project report's title, broken by meaning."""
    return (project, f"{short_title(round)}报告")


def summary_title(round: Round) -> tuple[str, ...]:
    """The lines of the citywide summary's title, broken by meaning."""
    return (
        f"{round.year}年度{round.service_name}项目",
        f"第{chinese_number(round.sequence)}次督导巡查工作总结",
    )


def grades(bands: Iterable[GradeBand | BandSpec]) -> tuple[Grade, ...]:
    """Grades best first, from bands in any order."""
    ordered = sorted(bands, key=lambda band: -band.lower_percent)
    return tuple(
        Grade(key=band.key, name=band.name, level=level, lower_percent=band.lower_percent)
        for level, band in enumerate(ordered, start=1)
    )
