"""A round's reports on several processes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from benchmarks.sample_snapshots import city_summary, project_report
from reports.rendering import RenderingError, render_many, render_pdf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.snapshots import ProjectReportSnapshot


def short_report(seed: int = 7) -> ProjectReportSnapshot:
    snapshot = project_report(seed=seed)
    explanation = replace(snapshot.explanation, indicators=())
    return replace(snapshot, photos=(), problems=(), explanation=explanation)


@pytest.mark.parametrize("processes", [1, 2])
def test_every_report_comes_under_its_key(processes: int) -> None:
    snapshots = {"一": short_report(1), "二": short_report(2), "全市": city_summary()}

    made = dict(render_many(snapshots.items(), processes=processes))

    assert made == {key: render_pdf(snapshot) for key, snapshot in snapshots.items()}


@pytest.mark.parametrize("processes", [1, 2])
def test_broken_report_names_itself_and_stops_no_other(processes: int) -> None:
    broken = project_report()
    snapshots = [("一", short_report(1)), ("坏", broken), ("二", short_report(2))]

    made = dict(render_many(snapshots, processes=processes))

    assert sorted(made) == ["一", "二", "坏"]
    assert isinstance(made["坏"], RenderingError)
    assert str(made["坏"]).startswith(broken.photos[0].caption)
    assert made["一"] == render_pdf(short_report(1))


def test_photographs_are_asked_for_by_key() -> None:
    asked: list[str] = []

    def photos(key: str) -> Mapping[str, bytes]:
        asked.append(key)
        return {}

    list(render_many([("一", short_report(1))], photos=photos, processes=1))

    assert asked == ["一"]


def test_nothing_to_render_gives_nothing() -> None:
    assert list(render_many([], processes=2)) == []
