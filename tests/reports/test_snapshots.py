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


@pytest.mark.parametrize("snapshot", [project_report(), city_summary()])
def test_snapshot_survives_a_json_column(
    snapshot: ProjectReportSnapshot | CitySummarySnapshot,
) -> None:
    # PostgreSQL keeps the keys of an object in an order of its own.
    stored = json.loads(json.dumps(snapshot.to_data(), sort_keys=True))

    assert type(snapshot).from_data(stored) == snapshot


def test_decimals_and_dates_are_stored_as_text() -> None:
    snapshot = project_report()
    result = replace(snapshot.result, total_percent=Decimal("88.10"))
    head = replace(snapshot.round, issued_on=date(2017, 1, 23))

    data = replace(snapshot, result=result, round=head).to_data()

    assert data["result"]["total_percent"] == "88.10"
    assert data["round"]["issued_on"] == "2017-01-23"


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
    data = project_report().to_data()
    place = data
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value

    with pytest.raises(SnapshotError) as error:
        ProjectReportSnapshot.from_data(data)

    assert message in str(error.value)


def test_missing_and_unknown_fields_are_refused() -> None:
    data = project_report().to_data()
    del data["visit"]["methods"]

    with pytest.raises(SnapshotError, match="visit: missing field methods"):
        ProjectReportSnapshot.from_data(data)

    data = project_report().to_data()
    data["visit"]["weather"] = "sunny"

    with pytest.raises(SnapshotError, match="visit: unknown field weather"):
        ProjectReportSnapshot.from_data(data)


def test_paragraph_text_joins_its_runs() -> None:
    paragraph = Paragraph(runs=(Run(text="合计投入"), Run(text="2022.06万元", figure="funding")))

    assert paragraph.text == "合计投入2022.06万元"
