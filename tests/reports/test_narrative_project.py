"""What a project report says of each section, and what is to be put right."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from reports.narrative.project import appraise_section, what_to_rectify
from reports.snapshots import FindingRow, IndicatorScore, SectionScore, ValueSource

SECTION = SectionScore(
    key="rules",
    name="规定落实情况",
    short_name="规定",
    points=Decimal("16.5"),
    max_points=Decimal(20),
    percent=Decimal("82.50"),
    median_percent=Decimal("80.00"),
)


def indicator(name: str, value: str | None, maximum: str = "10") -> IndicatorScore:
    return IndicatorScore(
        key=name,
        number="1.1",
        name=name,
        section_key="rules",
        track_key="professional",
        max_points=Decimal(maximum),
        is_critical=False,
        answers=(),
        source=ValueSource.MEAN if value else ValueSource.NOT_APPLICABLE,
        value=Decimal(value) if value else None,
    )


def finding(number: int, **more: object) -> FindingRow:
    return replace(
        FindingRow(
            key=str(number),
            number=number,
            category="人员管理",
            severity="一般",
            text=f"第{number}项。",
            indicator_number="",
            indicator_name="",
            recommendation="",
            responsible_party="承办机构",
            due_on=None,
        ),
        **more,
    )


def appraise(
    section: SectionScore = SECTION,
    *indicators: IndicatorScore,
    problems: tuple[FindingRow, ...] = (),
    strengths: tuple[FindingRow, ...] = (),
) -> str:
    (text,) = appraise_section(section, indicators, problems=problems, strengths=strengths)
    return text


@pytest.mark.parametrize(
    ("median", "sentence"),
    [
        ("80.00", "本部分得82.50分，高于本轮中位数2.50分。"),
        ("85.25", "本部分得82.50分，低于本轮中位数2.75分。"),
        ("82.50", "本部分得82.50分，与本轮中位数持平。"),
        (None, "本部分得82.50分。"),
    ],
)
def test_score_beside_the_median(median: str | None, sentence: str) -> None:
    section = replace(SECTION, median_percent=Decimal(median) if median else None)

    assert appraise(section) == sentence


def test_section_in_which_nothing_applied() -> None:
    section = replace(SECTION, percent=None)

    assert appraise(section, indicator("考勤", None)) == "本部分指标均不适用，不计分。"


def test_all_points() -> None:
    text = appraise(SECTION, indicator("考勤", "10"), indicator("培训", "5", "5"))

    assert text.endswith("中位数2.50分。各项指标均得满分。")


def test_all_points_of_the_only_indicator() -> None:
    assert appraise(SECTION, indicator("考勤", "10")).endswith("该项指标得满分。")


def test_lost_points() -> None:
    text = appraise(SECTION, indicator("考勤", "9.5"), indicator("培训", "2", "4"))

    assert text.endswith("失分的指标是“培训”（2/4）和“考勤”（9.5/10）。")


def test_only_the_weakest_of_many_are_named() -> None:
    indicators = [indicator(name, value) for name, value in zip("甲乙丙丁", "9785", strict=True)]

    assert appraise(SECTION, *indicators).endswith(
        "失分较多的指标是“丁”（5/10）、“乙”（7/10）和“丙”（8/10）。"
    )


def test_means_are_printed_with_two_decimals_at_most() -> None:
    assert appraise(SECTION, indicator("考勤", "8.6667")).endswith(
        "失分的指标是“考勤”（8.67/10）。"
    )


def test_findings_of_the_section() -> None:
    text = appraise(SECTION, strengths=(finding(1), finding(2)), problems=(finding(3), finding(5)))

    assert text == (
        "本部分得82.50分，高于本轮中位数2.50分。亮点：第1项；第2项。存在的问题见问题3、5。"
    )


def test_rectification_by_party_and_day() -> None:
    problems = (
        finding(1, due_on=dt.date(2017, 3, 1)),
        finding(2, responsible_party="购买方", due_on=dt.date(2017, 2, 1)),
        finding(3, due_on=dt.date(2017, 2, 1)),
        finding(4, due_on=dt.date(2017, 3, 1)),
        finding(5, responsible_party="购买方"),
    )

    assert what_to_rectify(problems) == (
        "针对上述问题，请承办机构于2017年2月1日前完成问题3的整改，"
        "于2017年3月1日前完成问题1、4的整改；"
        "请购买方于2017年2月1日前完成问题2的整改，尽快完成问题5的整改。"
        "整改完成后，请提交整改报告和佐证材料。",
    )


def test_rectification_without_a_party() -> None:
    assert what_to_rectify((finding(1, responsible_party=""),))[0].startswith(
        "针对上述问题，请有关方面尽快完成问题1的整改。"
    )


def test_nothing_to_rectify() -> None:
    assert what_to_rectify(()) == ("本次巡查未发现需要整改的问题，请继续保持。",)
