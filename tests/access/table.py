"""Reads the tables of docs/access.md, and lists every address of a resolver to compare with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import URLPattern, URLResolver

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SIGN_IN = "sign-in"
ROLES = ("anonymous", "admin", "bureau", "inspector", "district", "agency", "auditor")
SEATS = ("lead", "member", "not declared", "stood back")
NEVER = "–"
_BY_RULES = "rules"


@dataclass(frozen=True, slots=True)
class Url:
    """An address by its namespaced name; one without a name goes by its path."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a request leads to; `target` is the last part of the name of the page that a redirect
    leads to."""

    status: int
    target: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody gets for rows in scope, and for rows beyond it."""

    within: Outcome
    beyond: Outcome


@dataclass(frozen=True, slots=True)
class Cell:
    """Verdicts on reading and on posting."""

    reading: Verdict
    posting: Verdict


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table. `detail` is the path, or which row of the page is meant.

    A cell is None where the document says that it can't occur or is told by rules elsewhere.
    """

    name: str
    detail: str
    methods: frozenset[str]
    cells: Mapping[str, Cell | None]

    def __str__(self) -> str:
        return f"{self.name} {self.detail}"

    @property
    def is_group(self) -> bool:
        return self.name.endswith(":*")


class UnreadableTableError(Exception):
    """The document lacks a table, or has a cell that is not in its legend."""


def read_pages(text: str) -> list[Row]:
    return [
        _row(line, "Path", ROLES, frozenset(line["Methods"].split(", ")))
        for line in read_table(text, "Page", "Path")
    ]


def read_rows(text: str) -> list[Row]:
    return [_row(line, "Row", ROLES) for line in read_table(text, "Page", "Row", ROLES[0])]


def read_panel(text: str) -> list[Row]:
    return [_row(line, "Row", SEATS) for line in read_table(text, "Page", "Row", SEATS[0])]


def read_site(text: str) -> list[Row]:
    return [_row(line, "What", ROLES) for line in read_table(text, "Address")]


def read_rules(text: str) -> dict[str, dict[str, frozenset[str]]]:
    """What roles may do with the models of the admin site: model → role → verbs."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for line in read_table(text, "Rows"):
        for model in line["Rows"].replace("`", "").split(", "):
            found[model] = {
                role: frozenset() if verbs == NEVER else frozenset(verbs.split(", "))
                for role, verbs in line.items()
                if role != "Rows"
            }
    return found


def read_table(text: str, *headers: str) -> list[dict[str, str]]:
    """The lines of the one table whose first headers are these, by header."""
    tables: list[list[list[str]]] = [[]]
    for line in text.splitlines():
        if line.startswith("|"):
            tables[-1].append([cell.strip() for cell in line.strip("|").split("|")])
        elif tables[-1]:
            tables.append([])
    wanted = [table for table in tables if table and tuple(table[0][: len(headers)]) == headers]
    if len(wanted) != 1:
        raise UnreadableTableError(f"{len(wanted)} tables begin with {headers}")
    head, _rule, *lines = wanted[0]
    return [dict(zip(head, line, strict=True)) for line in lines]


def _row(
    line: Mapping[str, str],
    detail: str,
    columns: tuple[str, ...],
    methods: frozenset[str] = frozenset(),
) -> Row:
    name = next(iter(line.values())).strip("`")
    cells = {column: _cell(line[column]) for column in columns}
    return Row(name, line[detail].strip("`"), methods, cells)


def _cell(text: str) -> Cell | None:
    if text in {NEVER, _BY_RULES}:
        return None
    first, slash, second = text.partition(" / ")
    reading = _verdict(first)
    if not slash:
        return Cell(reading, reading)
    posting = _verdict(second)
    # What can't be read can't be refused for posting either: it is not there.
    return Cell(reading, Verdict(posting.within, _beyond(reading, posting)))


def _beyond(reading: Verdict, posting: Verdict) -> Outcome:
    return reading.beyond if reading.beyond.status == 404 else posting.beyond


def _verdict(text: str) -> Verdict:
    words = text.split()
    is_scoped = words[0] == "own"
    match words[1:] if is_scoped else words:
        case ["→", target]:
            within = Outcome(302, target)
        case ["302"]:
            within = Outcome(302, SIGN_IN)
        case [status] if status.isdigit() and not is_scoped:
            within = Outcome(int(status))
        case [] if is_scoped:
            within = Outcome(200)
        case _:
            raise UnreadableTableError(f"not in the legend: {text!r}")
    return Verdict(within, Outcome(404) if is_scoped else within)


def walk(resolver: URLResolver, namespace: str = "", path: str = "/") -> Iterator[Url]:
    """Every address below a resolver, however deep."""
    for pattern in resolver.url_patterns:
        here = path + str(pattern.pattern)
        match pattern:
            case URLResolver():
                inner = f"{pattern.namespace}:" if pattern.namespace else ""
                yield from walk(pattern, namespace + inner, here)
            case URLPattern():
                yield Url(namespace + (pattern.name or f"({here})"), here)
            case _:
                raise TypeError(f"{here}: neither an address nor a group of addresses")


def differences(rows: list[Row], urls: list[Url]) -> list[str]:
    """What a table of pages and a resolver do not have in common, a sentence each."""
    paths: dict[str, set[str]] = {}
    for url in urls:
        paths.setdefault(url.name, set()).add(url.path)
    found = []
    for row in rows:
        if row.is_group:
            group = row.name.removesuffix("*")
            own = {name for name in paths if name.startswith(group)}
            start = row.detail.removesuffix("…")
            if not own:
                found.append(f"{row.name}: no such address")
            found += [
                f"{name}: {path} is not below {start}"
                for name in sorted(own)
                for path in sorted(paths.pop(name))
                if not path.startswith(start)
            ]
        elif row.name not in paths:
            found.append(f"{row.name}: no such address")
        elif (actual := paths.pop(row.name)) != {row.detail}:
            found.append(f"{row.name}: {row.detail} is {', '.join(sorted(actual))}")
    return found + [f"{name}: not in the table" for name in sorted(paths)]
