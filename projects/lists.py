"""The registry's lists: a filtered, sorted, paged table for one user on one day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import django_tables2
from django.db.models import Prefetch, Sum

from projects.filters import AgencyFilter, FundingFilter, ProjectFilter, StaffFilter
from projects.models import Agency, FundingAllocation, Posting, Project, StaffMember
from projects.queries import load_own_rows, load_standards, with_registry
from projects.tables import AgencyTable, FundingTable, ProjectTable, StaffTable

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

    from django.http import HttpRequest

    from accounts.models import User
    from projects.filters import RegistryFilterSet

ROWS_PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list as its template shows it. Wrong values in the address are told at their field."""

    filter: RegistryFilterSet
    table: django_tables2.Table


def list_projects(request: HttpRequest, *, user: User, today: dt.date) -> ListPage:
    filter_set = ProjectFilter(
        request.GET, queryset=Project.objects.visible_to(user), user=user, today=today
    )
    table = ProjectTable(
        with_registry(filter_set.qs),
        own=load_own_rows(user),
        standards=load_standards(),
        today=today,
    )
    return _page(request, filter_set, table)


def list_agencies(request: HttpRequest, *, user: User, today: dt.date) -> ListPage:
    filter_set = AgencyFilter(
        request.GET,
        queryset=Agency.objects.visible_to(user).with_counts(user),
        user=user,
        today=today,
    )
    return _page(request, filter_set, AgencyTable(filter_set.qs))


def list_staff(request: HttpRequest, *, user: User, today: dt.date) -> ListPage:
    postings = Posting.objects.visible_to(user).select_related("project")
    staff = (
        StaffMember.objects.visible_to(user)
        .select_related("agency")
        .prefetch_related(
            "qualifications", Prefetch("postings", queryset=postings, to_attr="seen_postings")
        )
    )
    filter_set = StaffFilter(request.GET, queryset=staff, user=user, today=today)
    return _page(request, filter_set, StaffTable(filter_set.qs))


@dataclass(frozen=True, slots=True)
class FundingPage(ListPage):
    total_yuan: Decimal | None
    """Sum of all rows that fit, on every page of the list; None when there are none."""


def list_funding(request: HttpRequest, *, user: User, today: dt.date) -> FundingPage:
    allocations = (
        FundingAllocation.objects.visible_to(user)
        .select_related("project")
        .prefetch_related("instalments")
    )
    filter_set = FundingFilter(request.GET, queryset=allocations, user=user, today=today)
    table = FundingTable(filter_set.qs, standards=load_standards(), today=today)
    page = _page(request, filter_set, table)
    total = filter_set.qs.aggregate(total=Sum("amount_yuan"))["total"]
    return FundingPage(page.filter, page.table, total_yuan=total)


def _page(request: HttpRequest, filter_set: RegistryFilterSet, table: Any) -> ListPage:
    django_tables2.RequestConfig(request, paginate={"per_page": ROWS_PER_PAGE}).configure(table)
    return ListPage(filter_set, table)
