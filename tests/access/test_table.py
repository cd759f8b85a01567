"""The reader of docs/access.md and the walker, on a document and a resolver made up for it."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, include, path
from django.urls.resolvers import RegexPattern

from tests.access.table import (
    ROLES,
    Cell,
    Outcome,
    UnreadableTableError,
    Url,
    Verdict,
    differences,
    read_pages,
    read_rules,
    walk,
)


def view(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError


def resolver() -> URLResolver:
    rooms = [path("", view, name="rooms"), path("<int:pk>/", view, name="room")]
    cellar = [path("lamp/", view, name="lamp"), path("dark/", view)]
    return URLResolver(
        RegexPattern(r"^/"),
        [
            path("", view, name="door"),
            path("rooms/", include((rooms, "house"))),
            path("house/", include([path("cellar/", include((cellar, "cellar")))])),
        ],
    )


EVERYTHING = {
    "`door`": "`/`",
    "`house:rooms`": "`/rooms/`",
    "`house:room`": "`/rooms/<int:pk>/`",
    "`cellar:*`": "`/house/cellar/…`",
}


def document(pages: dict[str, str] = EVERYTHING, cells: tuple[str, ...] = ("200",) * 7) -> str:
    head = ("Page", "Path", "Methods", "What", *ROLES)
    lines = [head, ("---",) * len(head)]
    lines += [(name, place, "GET, POST", "words", *cells) for name, place in pages.items()]
    return "Words.\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n\nMore.\n"


def cell_of(text: str) -> Cell | None:
    return read_pages(document(cells=(text,) * 7))[0].cells["auditor"]


def test_walk_finds_every_address_however_deep_and_also_without_a_name() -> None:
    assert list(walk(resolver())) == [
        Url("door", "/"),
        Url("house:rooms", "/rooms/"),
        Url("house:room", "/rooms/<int:pk>/"),
        Url("cellar:lamp", "/house/cellar/lamp/"),
        Url("cellar:(/house/cellar/dark/)", "/house/cellar/dark/"),
    ]


def test_complete_table_differs_in_nothing() -> None:
    assert differences(read_pages(document()), list(walk(resolver()))) == []


@pytest.mark.parametrize(
    ("missing", "found"),
    [
        ("`door`", ["door: not in the table"]),
        ("`house:room`", ["house:room: not in the table"]),
        (
            "`cellar:*`",
            [
                "cellar:(/house/cellar/dark/): not in the table",
                "cellar:lamp: not in the table",
            ],
        ),
    ],
)
def test_missing_row_is_noticed(missing: str, found: list[str]) -> None:
    pages = {name: place for name, place in EVERYTHING.items() if name != missing}

    assert differences(read_pages(document(pages)), list(walk(resolver()))) == found


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"`house:attic`": "`/attic/`"}, ["house:attic: no such address"]),
        ({"`attic:*`": "`/attic/…`"}, ["attic:*: no such address"]),
        ({"`door`": "`/front/`"}, ["door: /front/ is /"]),
        (
            {"`cellar:*`": "`/house/cellar/lamp/…`"},
            ["cellar:(/house/cellar/dark/): /house/cellar/dark/ is not below /house/cellar/lamp/"],
        ),
    ],
)
def test_row_that_leads_nowhere_is_noticed(more: dict[str, str], found: list[str]) -> None:
    pages = EVERYTHING | more

    assert differences(read_pages(document(pages)), list(walk(resolver()))) == found


def test_second_address_under_a_name_is_noticed() -> None:
    urls = [*walk(resolver()), Url("door", "/back/")]

    assert differences(read_pages(document()), urls) == ["door: / is /, /back/"]


@pytest.mark.parametrize(
    ("text", "within", "beyond"),
    [
        ("200", Outcome(200), Outcome(200)),
        ("302", Outcome(302, "sign-in"), Outcome(302, "sign-in")),
        ("→ home", Outcome(302, "home"), Outcome(302, "home")),
        ("own", Outcome(200), Outcome(404)),
        ("own → home", Outcome(302, "home"), Outcome(404)),
    ],
)
def test_cell_holds_for_reading_and_posting(text: str, within: Outcome, beyond: Outcome) -> None:
    verdict = Verdict(within, beyond)

    assert cell_of(text) == Cell(verdict, verdict)


@pytest.mark.parametrize(
    ("text", "beyond"), [("200 / 403", Outcome(403)), ("own / 403", Outcome(404))]
)
def test_cell_with_a_slash_tells_posting_from_reading(text: str, beyond: Outcome) -> None:
    cell = cell_of(text)

    assert cell is not None
    assert cell.reading.within == Outcome(200)
    assert cell.posting == Verdict(Outcome(403), beyond)


@pytest.mark.parametrize("text", ["–", "rules"])
def test_cell_may_be_told_elsewhere(text: str) -> None:
    assert cell_of(text) is None


@pytest.mark.parametrize("text", ["maybe", "own 200", "→", "200 / –"])
def test_cell_outside_the_legend_is_refused(text: str) -> None:
    with pytest.raises(UnreadableTableError, match="legend"):
        cell_of(text)


@pytest.mark.parametrize("text", ["", document() + document()])
def test_document_needs_exactly_one_table_of_pages(text: str) -> None:
    with pytest.raises(UnreadableTableError, match="tables begin with"):
        read_pages(text)


def test_rules_are_read_by_model_and_role() -> None:
    text = "| Rows | admin | bureau |\n|---|---|---|\n| `a.one`, `a.two` (old) | view, add | – |\n"

    expected = {"admin": frozenset({"view", "add"}), "bureau": frozenset()}
    assert read_rules(text) == {"a.one": expected, "a.two (old)": expected}
