"""What tests of the report pages share: a printer that takes no time, and people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation

from accounts.permissions import Role
from projects.models import Project
from reports.actions import draft_project_report, publish_report
from reports.models import Report
from tests.factories import (
    ContractFactory,
    UserFactory,
    UserScopeFactory,
)
from tests.reports.signed_visits import AT, signed_visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client


PDF = b"%PDF-1.7 made up"


@pytest.fixture(autouse=True)
def printer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prints in no time."""
    monkeypatch.setattr("reports.actions.render_pdf", lambda *_args, **_kwargs: PDF)
    monkeypatch.setattr("reports.views.reports.render_pdf", lambda *_args, **_kwargs: PDF)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def bureau(client: Client) -> Client:
    client.force_login(UserFactory(bureau=True))
    client.cookies["django_language"] = "en"
    return client


def drafted(**visit: Any) -> Report:
    return draft_project_report(visit=signed_visit(9, **visit), by=UserFactory(), at=AT)


def published(**visit: Any) -> Report:
    return publish_report(report=drafted(**visit), by=UserFactory(), at=AT)


def account(role: Role, project: Project) -> Any:
    """Somebody to whom the project belongs in this role."""
    if role == Role.INSPECTOR:
        # Who scored it; somebody who is still scoring sees no earlier scores.
        return project.visits.get().panel.get().user
    user = UserFactory(role=role)
    if role == Role.DISTRICT:
        UserScopeFactory(user=user, district=project.district)
    elif role == Role.AGENCY:
        UserScopeFactory(user=user, agency=ContractFactory(project=project).agency)
    return user
