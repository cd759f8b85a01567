"""Places on the registry's pages that the apps above it fill at start-up.

The registry never looks upward: it offers a place, and an app that knows more registers itself
there in its `AppConfig.ready`, as with `projects.access.project_scopes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from django.db.models import Q
    from django.utils.functional import _StrPromise

    from accounts.models import User
    from projects.models import Project


@dataclass(frozen=True, slots=True)
class Panel:
    """A card on a project's page: its template, and what the template needs."""

    template: str
    context: Mapping[str, Any]


type PanelBuilder = Callable[[User, Project], Panel | None]
"""Builds a panel of what the user may see of a project; None: nothing for this user."""


class ProjectPanels:
    """Cards on a project's page, in the order in which the apps start up."""

    def __init__(self) -> None:
        self._builders: list[PanelBuilder] = []

    def register(self, builder: PanelBuilder) -> None:
        self._builders.append(builder)

    def build(self, *, user: User, project: Project) -> list[Panel]:
        panels = (builder(user, project) for builder in self._builders)
        return [panel for panel in panels if panel is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectGrouping:
    """A way of picking projects by something that only an app above knows.

    `options` gives the values that a user can choose from, with their labels; `condition` turns a
    chosen value into a condition on `Project` rows, free of joins that would double rows.
    """

    parameter: str
    label: _StrPromise
    options: Callable[[User], list[tuple[str, str]]]
    condition: Callable[[str], Q]


class ProjectGroupings:
    """More filters for lists of projects, by the name of their query parameter."""

    def __init__(self) -> None:
        self._groupings: dict[str, ProjectGrouping] = {}

    def register(self, grouping: ProjectGrouping) -> None:
        self._groupings[grouping.parameter] = grouping

    def __iter__(self) -> Iterator[ProjectGrouping]:
        return iter(self._groupings.values())


project_panels = ProjectPanels()
project_groupings = ProjectGroupings()
