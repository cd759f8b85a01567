"""Every address of the resolver, visited as every role, against the tables of docs/access.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.urls import get_resolver, resolve, reverse

from inspections.models import Instrument
from tests.access import table
from tests.access.places import KINDS, find_admin_rows, find_pairs, find_panel_rows, find_rows
from tests.access.table import ROLES, SEATS, SIGN_IN, Outcome, Row, Url
from tests.access.world import BEYOND, BLIND, UNSUBMITTED, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from django.db.models import Model
    from django.test import Client
    from pytest_django import DjangoDbBlocker

    from tests.access.places import Pair
    from tests.access.table import Cell

pytestmark = pytest.mark.django_db

DOCUMENT = (Path(__file__).parent.parent / "docs" / "access.md").read_text(encoding="utf-8")
PAGES = {row.name: row for row in table.read_pages(DOCUMENT)}
ROWS = table.read_rows(DOCUMENT)
PANEL = table.read_panel(DOCUMENT)
SITE = table.read_site(DOCUMENT)
RULES = table.read_rules(DOCUMENT)
URLS = list(table.walk(get_resolver()))

GET, POST = "GET", "POST"
OK, REFUSED, NOT_THERE, NOT_ALLOWED = map(Outcome, (200, 403, 404, 405))
TO_SIGN_IN = Outcome(302, SIGN_IN)
# Where the admin site sends everybody whom it does not let in.
TO_DOOR = Outcome(302, "login")
# What an action answers to who may use it: it is done, or something was wrong with what was sent.
ANSWERED = {200, 302, 400, 409, 422}
# Sessions and the record of their ends are the server's own.
NO_WRITE = re.compile(
    r"\(?SELECT|SAVEPOINT|RELEASE|ROLLBACK"
    r'|(INSERT INTO|UPDATE|DELETE FROM) "(django_session|axes_accesslog)"'
)
# Words that no page may say to a role or seat.
HIDDEN = (
    dict.fromkeys(("admin", "bureau", "auditor"), (UNSUBMITTED,))
    | dict.fromkeys(("anonymous", "inspector", "district", "agency"), (BEYOND, BLIND, UNSUBMITTED))
    | dict.fromkeys(("lead", "not declared", "stood back"), (BLIND, UNSUBMITTED))
    # Whose draft it is.
    | {"member": (BLIND,)}
)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Made once; each test works in a savepoint of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def pairs(world: World) -> dict[str, Pair]:
    return find_pairs(world)


@pytest.fixture(scope="module")
def admin_rows(world: World, django_db_blocker: DjangoDbBlocker) -> dict[str, Model]:
    with django_db_blocker.unblock():
        return find_admin_rows(world)


@dataclass(frozen=True)
class Answer:
    """What came back, and the statements that wrote something."""

    outcome: Outcome
    text: str
    writes: list[str]


def ask(client: Client, method: str, url: str) -> Answer:
    writes: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        if not NO_WRITE.match(sql):
            writes.append(sql)
        return execute(sql, *args)

    with connection.execute_wrapper(watch):
        # A field that no form knows: an empty body would leave forms unbound.
        response = client.get(url) if method == GET else client.post(url, {"nothing": "at all"})
    target = ""
    if response.status_code == 302:
        target = resolve(urlsplit(response["Location"]).path).url_name or ""
    if response.streaming:
        response.getvalue()
    is_page = response.get("Content-Type", "").startswith("text/html")
    text = response.text if is_page else ""
    return Answer(Outcome(response.status_code, target), text, writes)


def check_reading(client: Client, url: str, expected: Outcome, role: str) -> None:
    answer = ask(client, GET, url)

    assert answer.outcome == expected, url
    assert answer.writes == [], url
    assert [word for word in HIDDEN[role] if word in answer.text] == [], url


def check_posting(client: Client, url: str, expected: Outcome) -> None:
    """Who may use the action gets an answer of it; for the others nothing is written."""
    with transaction.atomic():
        answer = ask(client, POST, url)
        transaction.set_rollback(True)

    if expected == OK:
        assert answer.outcome != TO_SIGN_IN, url
        assert answer.outcome.status in ANSWERED, url
    else:
        assert answer.outcome == expected, url
        assert answer.writes == [], url


def check_page(
    client: Client, url: str, name: str, verdicts: tuple[Outcome, Outcome], role: str
) -> None:
    """Read and post to one address; `verdicts` on both."""
    reading, posting = verdicts
    methods = PAGES[name].methods
    check_reading(client, url, reading if GET in methods else NOT_ALLOWED, role)
    if POST in methods:
        check_posting(client, url, posting)


def verdicts_by_address(
    row: Row, cell: Cell, pairs: dict[str, Pair]
) -> Iterator[tuple[str, tuple[Outcome, Outcome]]]:
    """A row in scope, one beyond it, and one that does not exist; without arguments the page."""
    within = (cell.reading.within, cell.posting.within)
    if "<" not in row.detail:
        yield reverse(row.name), within
        return
    pair = pairs[row.name]
    yield reverse(row.name, kwargs=pair.near), within
    yield reverse(row.name, kwargs=pair.far), (cell.reading.beyond, cell.posting.beyond)
    is_shut = cell.reading.within in {TO_SIGN_IN, REFUSED}
    gone = within if is_shut else (NOT_THERE, NOT_THERE)
    yield reverse(row.name, kwargs=pair.gone), gone


# Pages


def test_table_and_resolver_have_the_same_addresses() -> None:
    assert table.differences(list(PAGES.values()), URLS) == []


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", [name for name, row in PAGES.items() if not row.is_group])
def test_page_answers_by_role(world: World, pairs: dict[str, Pair], name: str, role: str) -> None:
    client, cell = world.client(role), PAGES[name].cells[role]
    assert cell is not None

    for url, verdicts in verdicts_by_address(PAGES[name], cell, pairs):
        check_page(client, url, name, verdicts, role)


@pytest.mark.parametrize("role", ["bureau", "inspector", "agency"])
@pytest.mark.parametrize("name", [name for name, row in PAGES.items() if POST not in row.methods])
def test_page_without_actions_takes_nothing_in(
    world: World, pairs: dict[str, Pair], name: str, role: str
) -> None:
    url = reverse(name, kwargs=pairs[name].near if name in pairs else None)
    shown = ask(world.client(role), GET, url)

    answer = ask(world.client(role), POST, url)

    assert answer.outcome in {shown.outcome, NOT_ALLOWED}
    assert answer.writes == []


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_row_with_rules_of_its_own_answers_by_role(world: World, row: Row, role: str) -> None:
    found = find_rows(world)[row.detail, KINDS[row.name]]

    check_row(world.client(role), row, found, role)


@pytest.mark.parametrize(
    ("row", "seat"),
    [
        pytest.param(row, seat, id=f"{row} {seat}")
        for row in PANEL
        for seat in SEATS
        if row.cells[seat]
    ],
)
def test_panel_answers_by_seat(world: World, row: Row, seat: str) -> None:
    found = find_panel_rows(world)[row.detail, KINDS[row.name]]

    check_row(world.client(seat), row, found, seat)


def check_row(client: Client, row: Row, found: Model, column: str) -> None:
    cell = row.cells[column]
    assert cell is not None
    verdicts = (cell.reading.within, cell.posting.within)
    check_page(client, reverse(row.name, args=[found.pk]), row.name, verdicts, column)


def test_only_who_has_not_declared_is_left_out_of_finished_panels(world: World) -> None:
    never = {seat for row in PANEL for seat, cell in row.cells.items() if cell is None}

    assert never == {"not declared"}
    assert world.users["not declared"].seats.get().visit == world.running.visit


@pytest.mark.parametrize("page", ["moderation", "sign-off"])
def test_lead_who_scores_a_project_again_reads_no_earlier_scores(world: World, page: str) -> None:
    url = reverse(f"inspections:{page}", args=[world.earlier.visit.pk])

    response = world.client("lead").get(url)

    assert response.status_code == 200
    assert response.templates[0].name == "inspections/moderation/waiting.html"


def test_writing_is_noticed(world: World) -> None:
    url = reverse("inspections:finding-delete", args=[world.running.finding.pk])

    answer = ask(world.client("inspector"), POST, url)

    assert [sql for sql in answer.writes if sql.startswith('DELETE FROM "inspections_finding"')]


def test_hidden_words_are_there_for_who_may_read_them(world: World) -> None:
    pages = [
        ("bureau", reverse("projects:projects"), BEYOND),
        ("bureau", world.running.colleague_sheet.get_absolute_url(), BLIND),
        ("member", world.draft_of_member.get_absolute_url(), UNSUBMITTED),
        *(
            (role, reverse("projects:projects"), world.projects[0].short_name)
            for role in ("inspector", "district", "agency")
        ),
    ]

    missing = [page for page in pages if page[2] not in world.client(page[0]).get(page[1]).text]

    assert missing == []


# The admin site

CHANGE = "<path:object_id>/change/"
MODEL_PAGES = {
    "": "view",
    "add/": "add",
    "<path:object_id>/history/": "view",
    CHANGE: "change",
    "<path:object_id>/delete/": "delete",
    "<id>/password/": "change",
    # An old address of the form.
    "<path:object_id>/": "redirect",
}


def model_page(url: Url) -> tuple[str, str, str]:
    """The model of an address of the admin site and which of its pages it is, both empty for any
    other address; and the path."""
    for model in admin.site._registry:
        start = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        if url.path.startswith(start):
            return model._meta.label_lower, url.path.removeprefix(start), url.path
    return "", "", url.path


def test_site_table_has_every_address_of_the_admin_site_that_belongs_to_no_model() -> None:
    own = {url.name for url in URLS if url.name.startswith("admin:") and not model_page(url)[0]}

    assert {row.name for row in SITE} == own


def test_rules_name_every_model_of_the_admin_site() -> None:
    models = {model._meta.label_lower for model in admin.site._registry}

    assert {label.removesuffix(" (published)") for label in RULES} == models


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("row", SITE, ids=str)
def test_admin_site_answers_by_role(world: World, row: Row, role: str) -> None:
    client, cell = world.client(role), row.cells[role]
    assert cell is not None

    answer = ask(client, GET, site_address(row.name, world))
    if answer.outcome == TO_DOOR:
        answer = ask(client, GET, reverse("admin:login"))

    assert answer.outcome == cell.reading.within
    assert answer.writes == []


def site_address(name: str, world: World) -> str:
    if name.startswith("admin:("):
        return "/admin/nothing-like-this/"
    arguments: list[Any] = []
    if name == "admin:app_list":
        arguments = ["accounts"]
    elif name == "admin:view_on_site":
        kind = ContentType.objects.get_for_model(Instrument)
        arguments = [kind.pk, world.instrument.pk]
    query = "?app_label=projects&model_name=contract&field_name=agency"
    return reverse(name, args=arguments) + (query if name == "admin:autocomplete" else "")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("label", RULES)
def test_admin_pages_of_a_model_follow_its_rules(
    world: World, admin_rows: dict[str, Model], label: str, role: str
) -> None:
    client, row, verbs = world.client(role), admin_rows[label], RULES[label].get(role)
    # Roles that the table does not name are kept out altogether.
    refused = TO_DOOR if verbs is None else REFUSED
    may = verbs or frozenset()

    for model, below, path in map(model_page, URLS):
        if model != label.removesuffix(" (published)"):
            continue
        url = re.sub("<.*?>", str(row.pk), path)
        verb = MODEL_PAGES[below]
        # A row's form is shown to who may only look, and takes nothing from them.
        is_shown = verb in may or ("view" in may and below == CHANGE)
        shown = Outcome(302, f"{model.replace('.', '_')}_change") if verb == "redirect" else OK
        is_let_in = verbs is not None if verb == "redirect" else is_shown
        check_reading(client, url, shown if is_let_in else refused, role)
        if verb not in {"view", "redirect"}:
            check_posting(client, url, OK if verb in may else refused)
