from __future__ import annotations

import datetime as dt
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from accounts.permissions import Role
from inspections.enums import Severity
from projects.enums import Employment
from reports.overview import load_whole_overview
from reports.overview_workbook import Stamp, write_workbook
from tests.factories import (
    FindingFactory,
    FundingAllocationFactory,
    InstalmentFactory,
    PanelMemberFactory,
    PostingFactory,
    ProjectFactory,
    QualificationFactory,
    RoundFactory,
    StaffMemberFactory,
    UserFactory,
    VisitFactory,
    VisitResultFactory,
)

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet
    from pytest_django.fixtures import SettingsWrapper

    from inspections.models import Round

pytestmark = pytest.mark.django_db

STAMP = Stamp(by="市局 李科", at=dt.datetime(2017, 1, 20, 16, 5, tzinfo=dt.UTC))


@pytest.fixture
def round_of_2016() -> Round:
    return RoundFactory(year=2016, sequence=2)


def export() -> Workbook:
    return load_workbook(write_workbook(load_whole_overview("2016-2"), STAMP))


def rows_of(sheet: Worksheet) -> list[dict[str, object]]:
    head, *rows = sheet.values
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_workbook_has_a_sheet_for_each_subject(round_of_2016: Round) -> None:
    book = export()

    assert book.sheetnames == ["总览", "得分", "发现", "资金", "队伍"]
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")


@pytest.mark.parametrize(("visits", "named"), [(1, False), (2, False), (3, True)])
def test_median_is_named_from_three_scores_on(
    client: Client, round_of_2016: Round, visits: int, named: bool
) -> None:
    client.force_login(UserFactory(role=Role.BUREAU))
    for _ in range(visits):
        VisitResultFactory(visit__round=round_of_2016)

    page = client.get("/rounds/2016-2/overview/").content.decode()

    assert ("<i>中位 " in page) is named
    labels = [row[0] for row in export()["总览"].iter_rows(values_only=True)]
    assert ("得分中位数" in labels) is named


def test_workbook_says_who_took_it_out_and_when(round_of_2016: Round) -> None:
    book = export()

    stamp = "导出人：市局 李科　导出时间：2017-01-20 16:05"
    assert book["总览"]["A2"].value == stamp
    assert book["得分"].oddFooter.left.text == f"2016-2 · {stamp}"
    assert book.properties.creator == "市局 李科"


@pytest.mark.parametrize(("demo", "mark"), [(True, "演示"), (False, None)])
def test_workbook_is_marked_in_the_demonstration(
    round_of_2016: Round, settings: SettingsWrapper, demo: bool, mark: str | None
) -> None:
    settings.DEMO = demo

    book = export()

    assert book["总览"]["A3"].value == mark
    assert book["队伍"].oddHeader.center.text == mark


def test_scores_are_numbers_by_project_and_section(round_of_2016: Round) -> None:
    result = VisitResultFactory(
        visit=VisitFactory(round=round_of_2016, signed=True), total_percent=Decimal("86.25")
    )
    result.sections.filter(section__key="s2").update(percent=None)
    planned = VisitFactory(round=round_of_2016)

    sheet = export()["得分"]

    first, second = rows_of(sheet)
    assert (first["项目"], first["总分"], first["等次"]) == (
        result.visit.project.name,
        86.25,
        "良好",
    )
    assert (first["专业服务"], first["内容1"], first["内容2"]) == (86.25, 86.25, None)
    assert first["巡查日期"] == dt.datetime(2016, 12, 13)  # noqa: DTZ001 - Excel knows no zones
    assert (second["项目"], second["总分"]) == (planned.project.name, None)
    formats = {
        cell.value: below.number_format for cell, below in zip(sheet[1], sheet[2], strict=True)
    }
    assert (formats["总分"], formats["巡查日期"]) == ("0.00", "yyyy-mm-dd")


def test_note_leaves_the_level_to_its_own_column(round_of_2016: Round) -> None:
    VisitFactory(round=round_of_2016, project__city=True)

    (row,) = rows_of(export()["得分"])

    assert (row["层级"], row["备注"]) == ("市级", "直接聘用")


def test_findings_are_told_in_full(round_of_2016: Round) -> None:
    member = PanelMemberFactory(visit=VisitFactory(round=round_of_2016, scoring=True), clear=True)
    finding = FindingFactory(
        author=member, severity=Severity.SERIOUS, text="台账缺页", due_on=dt.date(2017, 3, 1)
    )
    FindingFactory()

    (row,) = rows_of(export()["发现"])

    assert (row["项目"], row["内容"], row["类别"]) == (
        member.visit.project.name,
        "台账缺页",
        finding.category.short_name,
    )


@pytest.mark.parametrize("text", ['=HYPERLINK("http://example.org")', "+1", "-1", "@SUM(A1)"])
def test_text_never_becomes_a_formula(round_of_2016: Round, text: str) -> None:
    member = PanelMemberFactory(visit=VisitFactory(round=round_of_2016, scoring=True), clear=True)
    FindingFactory(author=member, text=text)

    sheet = export()["发现"]

    (cell,) = [cell for cell in sheet[2] if sheet.cell(1, cell.column).value == "内容"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_control_characters_are_left_out(round_of_2016: Round) -> None:
    member = PanelMemberFactory(visit=VisitFactory(round=round_of_2016, scoring=True), clear=True)
    FindingFactory(author=member, text="台账\x0b缺页")

    (row,) = rows_of(export()["发现"])

    assert row["内容"] == "台账缺页"


def test_funding_is_listed_by_source_with_its_arrival(round_of_2016: Round) -> None:
    project = ProjectFactory()
    allocation = FundingAllocationFactory(project=project, amount_yuan=Decimal("1000000.50"))
    InstalmentFactory(allocation=allocation, received=True)
    FundingAllocationFactory(project=project, fiscal_year=2015)

    sheet = export()["资金"]

    (row,) = rows_of(sheet)
    assert (row["项目"], row["拨付额（元）"], row["当时应到（元）"], row["其中已到（元）"]) == (
        project.name,
        1000000.5,
        500000,
        500000,
    )
    assert sheet["D2"].number_format == "#,##0.00"


def test_team_is_counted_by_project(round_of_2016: Round) -> None:
    project = ProjectFactory()
    certified = StaffMemberFactory(employment=Employment.FULL_TIME)
    QualificationFactory(staff=certified)
    part_time = StaffMemberFactory(employment=Employment.PART_TIME)
    for person in (certified, part_time):
        PostingFactory(project=project, staff=person)

    (row,) = rows_of(export()["队伍"])

    assert (row["项目"], row["人数"], row["持证"], row["持证比例"]) == (project.name, 2, 1, 0.5)


def test_export_is_a_download_with_a_telling_name(client: Client, round_of_2016: Round) -> None:
    client.force_login(UserFactory(bureau=True, name="李科"))

    response = client.get("/rounds/2016-2/overview.xlsx")

    book = load_workbook(BytesIO(b"".join(response.streaming_content)))
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''2016-2%20%E5%B7%A1%E6%9F%A5%E6%80%BB%E8%A7%88.xlsx"
    )
    assert response["Content-Type"] == (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    assert book.properties.creator == "市局 李科"


def test_command_writes_the_same_workbook(round_of_2016: Round, tmp_path: Path) -> None:
    out = tmp_path / "round.xlsx"

    call_command("export_round", "2016-2", "--out", str(out))

    assert load_workbook(out).sheetnames == export().sheetnames


@pytest.mark.parametrize(
    ("name", "file", "message"),
    [
        ("2016-9", "round.xlsx", "没有轮次 2016-9。现有轮次：2016-2。"),
        ("二〇一六", "round.xlsx", "没有轮次 二〇一六。现有轮次：2016-2。"),
        ("2016-2", "round.csv", "round.csv：文件名须以 .xlsx 结尾。"),
    ],
)
def test_command_says_what_is_wrong(
    round_of_2016: Round, tmp_path: Path, name: str, file: str, message: str
) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("export_round", name, "--out", str(tmp_path / file))

    assert str(caught.value).removeprefix(f"{tmp_path}/") == message
    assert not (tmp_path / file).exists()


def test_command_does_not_make_folders(round_of_2016: Round, tmp_path: Path) -> None:
    folder = tmp_path / "nowhere"

    with pytest.raises(CommandError, match="没有这个文件夹"):
        call_command("export_round", "2016-2", "--out", str(folder / "round.xlsx"))
