"""The starter instrument, and the way from text to instrument and back."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.enums import Mode
from inspections.instrument_file import (
    Indicator,
    InstrumentFile,
    read,
    read_bytes,
    write,
)
from projects.warning import Rule
from tests.inspections.instrument_text import SMALL

STARTER = Path(__file__).parents[2] / "fixtures" / "instrument-starter.toml"

# The starter instrument


def starter() -> InstrumentFile:
    return read_bytes(STARTER.read_bytes())


def test_starter_has_the_content_areas_of_the_2016_notice() -> None:
    assert [(section.number, section.name) for section in starter().sections] == [
        (1, "贯彻落实司法社工项目建设相关规定情况及党风廉政建设情况"),
        (2, "承办机构运营管理状况"),
        (3, "项目管理与运作状况"),
        (4, "项目绩效状况"),
        (5, "项目财务管理状况"),
        (6, "项目推进过程中存在的问题及意见建议"),
    ]


def test_starter_has_two_tracks_and_four_grades() -> None:
    instrument = starter()

    assert [track.name for track in instrument.tracks] == ["专业服务", "财务管理"]
    assert [(grade.name, grade.lower_percent) for grade in instrument.grades] == [
        ("优秀", 90),
        ("良好", 80),
        ("合格", 60),
        ("不合格", 0),
    ]
    assert instrument.spread_limit == Decimal("0.3")


def test_starter_says_that_its_weights_are_our_own_default() -> None:
    assert "本系统自带的默认设定，不是法规或文件的规定" in starter().source_note


def test_starter_uses_every_mode_several_times() -> None:
    indicators = starter().indicators

    assert 46 <= len(indicators) <= 60
    assert min(Counter(one.mode for one in indicators).values()) >= 3
    assert {one.mode for one in indicators} == set(Mode)


def test_starter_scores_five_sections_and_leaves_the_sixth_to_findings() -> None:
    instrument = starter()

    scored = Counter(one.section for one in instrument.indicators)
    assert [scored[section.key] for section in instrument.sections] == [6, 8, 14, 13, 12, 0]


def test_starter_states_what_points_add_up_to() -> None:
    instrument = starter()

    assert [track.total_points for track in instrument.tracks] == [100, 100]
    assert [s.total_points for s in instrument.sections] == [14, 17, 37, 32, 100, None]


def test_starter_has_not_applicable_and_critical_indicators() -> None:
    indicators = starter().indicators

    assert [one.number for one in indicators if one.critical] == ["1.5", "4.9", "5.1"]
    assert 0 < sum(one.allow_na for one in indicators) < len(indicators)


def test_starter_lets_a_project_without_money_of_its_own_leave_finance_out() -> None:
    finance = [one for one in starter().indicators if one.track == "finance"]

    assert [one.number for one in finance if not one.allow_na] == []


def test_starter_guides_and_asks_for_evidence_everywhere() -> None:
    indicators = starter().indicators

    assert [one.number for one in indicators if not (one.guidance and one.evidence)] == []


def test_starter_has_a_place_for_every_registry_check() -> None:
    named = [rule for one in starter().indicators for rule in one.checks]

    # A service is placed by the indicator that counts it.
    assert sorted(named) == sorted(set(Rule.values) - {Rule.SERVICE_BEHIND})


def test_starter_has_four_levels_wherever_it_has_levels() -> None:
    by_level = [one for one in starter().indicators if one.mode == Mode.LEVEL]

    assert [one.number for one in by_level if len(one.levels) != 4] == []


def test_starter_has_chinese_punctuation() -> None:
    text = "".join(line for line in STARTER.read_text().splitlines() if not line.startswith("#"))

    assert re.findall(r"[一-鿿][,;:?!()]|[,;:?!()][一-鿿]", text) == []


def test_starter_can_be_scored() -> None:
    spec = starter().to_spec()

    assert (spec.name, spec.version) == ("司法社会工作项目督导巡查评估工具（起始版）", 1)
    assert len(spec.indicators) == len(starter().indicators)
    assert spec.cap_grade_key == "pass"


# There and back


def test_small_instrument_is_read_as_written() -> None:
    instrument = read(SMALL)

    assert instrument.indicators[0] == Indicator(
        key="staff",
        number="1.1",
        name="人员配备",
        section="work",
        track="service",
        mode=Mode.POINTS,
        max_points=Decimal(3),
        step=Decimal("0.5"),
        guidance="看名册。",
        evidence="名册",
    )
    assert instrument.tracks[1].total_points is None


def test_registry_checks_are_read_once_each() -> None:
    checks = 'checks = ["lead_years", "headcount", "lead_years"]'

    instrument = read(SMALL.replace('evidence = "名册"', f'evidence = "名册"\n{checks}', 1))

    assert instrument.indicators[0].checks == ("lead_years", "headcount")


@pytest.mark.parametrize("text", [SMALL, STARTER.read_text()], ids=["small", "starter"])
def test_what_is_written_reads_the_same(text: str) -> None:
    instrument = read(text)

    assert read(write(instrument)) == instrument
    assert write(read(write(instrument))) == write(instrument)


texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters=[chr(n) for n in range(32)])
    | st.sampled_from('\n\t"\\'),
    max_size=80,
).map(lambda text: text.replace("\x7f", "").strip())


@given(texts, texts.filter(bool), texts.filter(bool), st.decimals("0.001", "1", places=3))
def test_any_text_and_number_comes_back(
    guidance: str, name: str, description: str, limit: Decimal
) -> None:
    small = read(SMALL)
    by_points, by_level, *others = small.indicators
    best, *worse = by_level.levels
    levels = (replace(best, description=description), *worse)
    instrument = replace(
        small,
        spread_limit=limit,
        indicators=(
            replace(by_points, guidance=guidance, name=name),
            replace(by_level, levels=levels),
            *others,
        ),
    )

    assert read(write(instrument)) == instrument


def test_file_of_windows_notepad_is_read() -> None:
    data = SMALL.replace("\n", "\r\n").encode("utf-8-sig")

    assert read_bytes(data) == read(SMALL)


def test_instrument_without_cap_is_read_when_nothing_is_critical() -> None:
    text = SMALL.replace('cap_grade = "pass"\n', "").replace("critical = true\n", "")

    instrument = read(text)

    assert (instrument.cap_grade, instrument.to_spec().cap_grade_key) == ("", None)
    assert read(write(instrument)) == instrument
