"""Which rows of the world stand for what the tables of docs/access.md describe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.models import Group

from inspections.models import Indicator
from tests.factories import CheckStandardFactory, RecommendationFactory, ServiceKindFactory

if TYPE_CHECKING:
    from django.db.models import Model

    from tests.access.world import Panel, World

type Arguments = dict[str, Any]
"""What an address is made from besides its name."""

KINDS = {
    "projects:project": "project",
    "projects:agency": "agency",
    "projects:staff-member": "person",
    "inspections:visit": "visit",
    "inspections:visit-record": "visit",
    "inspections:declare": "visit",
    "inspections:moderation": "visit",
    "inspections:sign-off": "visit",
    "reports:visit-report": "visit",
    "inspections:sheet": "sheet",
    "inspections:sheet-submit": "sheet",
    "inspections:sheet-hints": "sheet",
    "inspections:finding-new": "sheet",
    "inspections:finding": "finding",
    "inspections:finding-edit": "finding",
    "inspections:finding-delete": "finding",
    "inspections:photo": "photo",
    "reports:report": "report",
    "reports:report-pdf": "report",
}
"""What kind of row a page shows, for pages in the tables of rows and of panels."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Arguments for a row in the scope of every role that has one, and for a row beyond it."""

    near: Arguments
    far: Arguments

    @property
    def gone(self) -> Arguments:
        """Arguments for a row that does not exist."""
        nothing = {int: 987654321, str: "1999-9"}
        return {
            name: nothing.get(type(value), "00000000-0000-4000-8000-000000000000")
            for name, value in self.near.items()
        }


def find_pairs(world: World) -> dict[str, Pair]:
    """By page; pages without arguments are not in it."""
    near, far = world.running, world.far_running
    groups = [
        ("projects", "project", world.projects[0], world.far_projects[0]),
        ("projects", "agency", world.agency, world.far_agency),
        ("projects", "staff-member", world.person, world.far_person),
        (
            "inspections",
            "instrument instrument-export instrument-publish instrument-new-version",
            world.instrument,
            world.draft_instrument,
        ),
        ("inspections", "visit visit-record visit-plan visit-remove panel", near.visit, far.visit),
        (
            "inspections",
            "panel-member panel-member-remove",
            near.sheet.member,
            far.sheet.member,
        ),
        ("inspections", "declare", world.undeclared, far.visit),
        ("inspections", "sheet", world.complete.sheet, far.sheet),
        ("inspections", "sheet-submit sheet-hints finding-new", near.sheet, far.sheet),
        ("inspections", "finding", world.signed.finding, world.far_signed.finding),
        ("inspections", "finding-edit finding-delete", near.finding, far.finding),
        ("inspections", "photo", world.signed.photo, world.far_signed.photo),
        ("inspections", "moderation sign-off", world.complete.visit, world.far_complete.visit),
        ("reports", "report report-pdf", world.report, world.far_report),
        ("reports", "visit-report draft-report", world.signed.visit, world.far_signed.visit),
        ("reports", "publish", world.draft, world.far_report),
    ]
    pairs = {
        f"{app}:{name}": Pair({"pk": within.pk}, {"pk": beyond.pk})
        for app, names, within, beyond in groups
        for name in names.split()
    }
    rounds = Pair({"name": world.present.name}, {"name": world.past.name})
    for app, names in (
        ("inspections", "round round-edit visits-add panels-assign round-open round-close"),
        ("reports", "overview overview-export draft-summary"),
    ):
        pairs |= {f"{app}:{name}": rounds for name in names.split()}
    return pairs


def find_rows(world: World) -> dict[tuple[str, str], Model]:
    """By what a line of the table of rows describes, and its kind."""
    running, complete, signed = world.running, world.complete, world.signed
    return {
        ("a project of the city", "project"): world.city_project,
        ("another agency on the same project", "agency"): world.partner,
        ("of another agency on the same project", "person"): world.partner_person,
        ("the inspector's draft", "sheet"): running.sheet,
        ("another member's draft", "sheet"): world.draft_of_member,
        ("the inspector's, after the visit is signed off", "finding"): signed.finding,
        ("after the visit is signed off", "visit"): signed.visit,
        ("a draft", "report"): world.draft,
        ("the citywide summary, published", "report"): world.summary,
        ("with nothing but a draft", "visit"): world.drafted.visit,
        ("while the inspector scores the project again", "report"): world.earlier_report,
        **_colleagues("while the inspector scores the project again", world.earlier),
        **_colleagues("handed in while the inspector still scores", running),
        **_colleagues("before the visit is signed off", complete),
    }


def find_panel_rows(world: World) -> dict[tuple[str, str], Model]:
    """By what a line of the table of panels describes, and its kind."""
    return {
        ("under way", "visit"): world.running.visit,
        ("under way", "project"): world.running.visit.project,
        ("after everybody handed in", "visit"): world.complete.visit,
        ("signed off", "visit"): world.signed.visit,
        ("signed off", "report"): world.report,
        **_colleagues("a colleague's, before one's own sheet is in", world.running),
        **_colleagues("of the project's earlier visit", world.earlier),
        **_colleagues("a colleague's, after everybody handed in", world.complete),
        **_colleagues("a colleague's, signed off", world.signed),
    }


def _colleagues(description: str, panel: Panel) -> dict[tuple[str, str], Model]:
    return {
        (description, "visit"): panel.visit,
        (description, "sheet"): panel.colleague_sheet,
        (description, "finding"): panel.colleague_finding,
        (description, "photo"): panel.photo,
    }


def _there[Row](row: Row | None) -> Row:
    assert row is not None
    return row


def find_admin_rows(world: World) -> dict[str, Model]:
    """A row for each model of the admin site, by the words of the table of rules."""
    Group.objects.create(name="示例组")
    for factory in (CheckStandardFactory, ServiceKindFactory, RecommendationFactory):
        factory()
    draft, published = (
        Indicator.objects.filter(section__instrument=instrument)[0]
        for instrument in (world.draft_instrument, world.instrument)
    )
    rows = {
        model._meta.label_lower: model._default_manager.first() for model in admin.site._registry
    }
    return {label: _there(row) for label, row in rows.items()} | {
        "inspections.instrument": world.draft_instrument,
        "inspections.indicator": draft,
        "inspections.instrument (published)": world.instrument,
        "inspections.indicator (published)": published,
    }
