"""The stored form of reports: what goes in comes out, and nothing else is accepted."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from benchmarks.sample_snapshots import city_summary, project_report
from reports.snapshots import (
    SCHEMA_VERSION,
    CitySummarySnapshot,
    Paragraph,
    ProjectReportSnapshot,
    Run,
    SnapshotError,
)


def test_project_report_survives_json() -> None:
    snapshot = project_report()

    assert ProjectReportSnapshot.from_json(snapshot.to_json()) == snapshot


def test_city_summary_survives_json() -> None:
    snapshot = city_summary()

    assert CitySummarySnapshot.from_json(snapshot.to_json()) == snapshot


def test_snapshot_survives_a_json_column() -> None:
    snapshot = city_summary()

    stored = json.loads(json.dumps(snapshot.to_data(), sort_keys=True))

    assert CitySummarySnapshot.from_data(stored) == snapshot


def test_decimals_and_dates_are_stored_as_text() -> None:
    snapshot = project_report()
    result = replace(snapshot.result, total_percent=Decimal("88.10"))
    head = replace(snapshot.round, issued_on=date(2017, 1, 23))

    data = json.loads(replace(snapshot, result=result, round=head).to_json())

    assert data["result"]["total_percent"] == "88.10"
    assert data["round"]["issued_on"] == "2017-01-23"


def test_same_snapshot_gives_the_same_text() -> None:
    assert project_report().to_json() == project_report().to_json()


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("schema_version",), SCHEMA_VERSION + 1, "schema version 2, this program reads 1"),
        (("result", "total_percent"), 88.1, "text is needed, not 88.1"),
        (("result", "total_percent"), "much", "'much' is no Decimal"),
        (("round", "issued_on"), "2017-02-30", "'2017-02-30' is no date"),
        (("status", "state"), "finished", "'finished' is no ReportState"),
        (("status", "version"), True, "int is needed, not True"),
        (("problems",), {}, "ProjectReportSnapshot.problems: a list is needed"),
        (("visit",), [], "ProjectReportSnapshot.visit: an object is needed"),
    ],
)
def test_wrong_value_is_refused_with_its_place(
    path: tuple[str, ...], value: object, message: str
) -> None:
    data = json.loads(project_report().to_json())
    place = data
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value

    with pytest.raises(SnapshotError) as error:
        ProjectReportSnapshot.from_json(json.dumps(data))

    assert message in str(error.value)


def test_missing_and_unknown_fields_are_refused() -> None:
    data = json.loads(project_report().to_json())
    del data["visit"]["methods"]

    with pytest.raises(SnapshotError, match="visit: missing field methods"):
        ProjectReportSnapshot.from_json(json.dumps(data))

    data = json.loads(project_report().to_json())
    data["visit"]["weather"] = "sunny"

    with pytest.raises(SnapshotError, match="visit: unknown field weather"):
        ProjectReportSnapshot.from_json(json.dumps(data))


def test_text_that_is_no_json_is_refused() -> None:
    with pytest.raises(SnapshotError, match="not JSON"):
        CitySummarySnapshot.from_json("{")


def test_paragraph_text_joins_its_runs() -> None:
    paragraph = Paragraph(runs=(Run(text="合计投入"), Run(text="2022.06万元", figure="funding")))

    assert paragraph.text == "合计投入2022.06万元"
