"""A round's reports on several processes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.sample_snapshots import city_summary, project_report
from reports.rendering import RenderingError, batch, render_many, render_pdf
from reports.rendering.document import Document
from tests.reports import dying

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.snapshots import ProjectReportSnapshot


def short_report(seed: int = 7) -> ProjectReportSnapshot:
    snapshot = project_report(seed=seed)
    explanation = replace(snapshot.explanation, indicators=())
    return replace(snapshot, photos=(), problems=(), explanation=explanation)


@pytest.mark.parametrize("processes", [1, 2])
def test_every_report_comes_under_its_key_and_a_broken_one_as_its_error(processes: int) -> None:
    broken = project_report()
    snapshots = {"一": short_report(1), "坏": broken, "全市": city_summary()}

    made = dict(render_many(snapshots.items(), processes=processes))

    error = made.pop("坏")
    assert isinstance(error, RenderingError)
    assert str(error) == f"{broken.photos[0].caption}：照片缺失"
    assert made == {key: render_pdf(snapshots[key]) for key in ("一", "全市")}


def test_report_whose_process_dies_names_itself_and_stops_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batch, "_attempt", dying.attempt)
    titles = ["一", "二", "坏", "三", "四", "五", "六"]
    documents = [
        (title, Document(title=title, html="", stylesheet=Path("none.css"))) for title in titles
    ]

    made = dict(batch.render_documents(documents, processes=2))

    assert str(made.pop("坏")) == "坏: the rendering process died"
    assert made == {title: title.encode() for title in titles if title != "坏"}


def test_photographs_are_asked_for_by_key() -> None:
    asked: list[str] = []

    def photos(key: str) -> Mapping[str, bytes]:
        asked.append(key)
        return {}

    list(render_many([("一", short_report(1))], photos=photos, processes=1))

    assert asked == ["一"]


def test_nothing_to_render_gives_nothing() -> None:
    assert list(render_many([], processes=2)) == []
