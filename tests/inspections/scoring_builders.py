"""Small instruments and sheets, told as in a table: "1=9.5 2=N/A 3=" (3 is blank)."""

from __future__ import annotations

from decimal import Decimal

from inspections.scoring import (
    AnswerValue,
    GradeBand,
    Indicator,
    InstrumentSpec,
    ModeratedValue,
    Section,
    SheetAnswers,
    Track,
)

SERVICE, FINANCE = "service", "finance"

GRADE_BANDS = (
    GradeBand("excellent", "优秀", Decimal(90)),
    GradeBand("good", "良好", Decimal(80)),
    GradeBand("pass", "合格", Decimal(60)),
    GradeBand("fail", "不合格", Decimal(0)),
)

SECTIONS = (Section("management", 3, "项目管理"), Section("money", 5, "财务管理"))


def an_indicator(
    key: str,
    max_points: str = "10",
    step: str = "0.5",
    *,
    track: str = SERVICE,
    section: str | None = None,
    allow_na: bool = True,
    critical: bool = False,
) -> Indicator:
    return Indicator(
        key=key,
        number=key,
        name=f"指标{key}",
        section_key=section or ("money" if track == FINANCE else "management"),
        track_key=track,
        max_points=Decimal(max_points),
        step=Decimal(step),
        allow_na=allow_na,
        critical=critical,
    )


def a_spec(
    *indicators: Indicator,
    weights: tuple[str, str] = ("70", "30"),
    spread_limit: str = "0.3",
    cap: str | None = "pass",
    grade_bands: tuple[GradeBand, ...] = GRADE_BANDS,
) -> InstrumentSpec:
    return InstrumentSpec(
        name="示例评估工具",
        version=1,
        tracks=(
            Track(SERVICE, "专业服务", Decimal(weights[0])),
            Track(FINANCE, "财务管理", Decimal(weights[1])),
        ),
        sections=SECTIONS,
        indicators=indicators,
        grade_bands=grade_bands,
        spread_limit=Decimal(spread_limit),
        cap_grade_key=cap,
    )


def an_answer(told: str, reason: str = "") -> AnswerValue:
    if told in ("", "N/A"):
        return AnswerValue(not_applicable=bool(told), reason=reason)
    return AnswerValue(points=Decimal(told), reason=reason)


def a_sheet(told: str) -> SheetAnswers:
    """From "甲 1=9 5=N/A", or "甲:service 1=9" for a member of one track."""
    member, *answers = told.split()
    label, _, track = member.partition(":")
    pairs = (answer.split("=") for answer in answers)
    return SheetAnswers(
        member_key=label,
        member_label=f"督导员{label}",
        track_keys=frozenset({track} if track else {SERVICE, FINANCE}),
        answers={key: an_answer(value) for key, value in pairs},
    )


def sheets_of(told: str) -> list[SheetAnswers]:
    """From "甲 1=9; 乙 1=8"; none from an empty text."""
    return [a_sheet(part) for part in told.split(";") if part]


def moderated(told: str, reason: str = "现场复核后商定") -> ModeratedValue:
    value = an_answer(told)
    return ModeratedValue(value.points, value.not_applicable, reason)


def moderations_of(told: str) -> dict[str, ModeratedValue]:
    """From "1=6 2=N/A"."""
    pairs = (settled.split("=") for settled in told.split())
    return {key: moderated(value) for key, value in pairs}
