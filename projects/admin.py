"""The registry's rows as bureau staff keep them. Pages only read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin import AccountAdmin
from accounts.models import User
from projects.models import (
    Agency,
    BudgetLine,
    CheckStandard,
    Contract,
    District,
    FundingAllocation,
    Instalment,
    Posting,
    Project,
    Qualification,
    ServiceKind,
    ServiceTarget,
    StaffMember,
    UserScope,
)
from projects.standards import Standards
from projects.templatetags.registry import wan

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class UserScopeInline(admin.TabularInline):  # type: ignore[type-arg]
    """Which districts or agencies an account covers, on the account's own page."""

    model = UserScope
    extra = 0
    autocomplete_fields = ("district", "agency")

    def get_queryset(self, request: HttpRequest) -> QuerySet[UserScope]:
        return super().get_queryset(request).select_related("district", "agency")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._keeps_accounts(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._keeps_accounts(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._keeps_accounts(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._keeps_accounts(request)

    @staticmethod
    def _keeps_accounts(request: HttpRequest) -> bool:
        return request.user.has_perm("accounts.change_user")


admin.site.unregister(User)


@admin.register(User)
class ScopedAccountAdmin(AccountAdmin):
    """The accounts' page, which knows nothing of districts, together with what they cover."""

    inlines = (UserScopeInline,)


@admin.register(District)
class DistrictAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "short_name", "code")
    search_fields = ("name", "short_name", "code")


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "short_name", "credit_code", "contact")
    search_fields = ("name", "short_name", "credit_code")


class ContractInline(admin.TabularInline):  # type: ignore[type-arg]
    """The contract in short; its own page has the rest."""

    model = Contract
    extra = 0
    show_change_link = True
    autocomplete_fields = ("agency",)
    fields = ("agency", "service_area", "procurement", "signed_on", "amount_yuan")


class ServiceTargetInline(admin.TabularInline):  # type: ignore[type-arg]
    model = ServiceTarget
    extra = 0
    fields = ("kind", "year", "target", "completed", "as_of")


class BudgetLineInline(admin.TabularInline):  # type: ignore[type-arg]
    model = BudgetLine
    extra = 0
    fields = ("fiscal_year", "category", "budgeted_yuan", "spent_yuan", "as_of")


@admin.register(Project)
class ProjectAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("short_name", "name", "level", "district", "contracted_headcount")
    list_display_links = ("short_name", "name")
    list_filter = ("level", "district")
    list_select_related = ("district",)
    search_fields = ("name", "short_name", "district__name")
    autocomplete_fields = ("district",)
    inlines = (ContractInline, ServiceTargetInline, BudgetLineInline)


@admin.register(Contract)
class ContractAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("project", "agency", "service_area", "procurement", "signed", "amount")
    list_filter = ("procurement", "parties", "project")
    list_select_related = ("project", "agency")
    search_fields = ("number", "service_area", "agency__name", "project__name")
    autocomplete_fields = ("project", "agency")

    @admin.display(description=_("signed on"), ordering="signed_on")
    def signed(self, contract: Contract) -> str:
        return contract.signed_text

    @admin.display(description=_("amount (10,000 yuan)"), ordering="amount_yuan")
    def amount(self, contract: Contract) -> str:
        return wan(contract.amount_yuan)


class QualificationInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Qualification
    extra = 0


class PostingInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Posting
    extra = 0
    autocomplete_fields = ("project", "contract")


@admin.register(StaffMember)
class StaffMemberAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "agency", "employment", "education", "field_of_study")
    list_filter = ("employment", "education", "field_of_study")
    list_select_related = ("agency",)
    search_fields = ("name", "agency__name")
    autocomplete_fields = ("agency",)
    inlines = (QualificationInline, PostingInline)


class InstalmentInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Instalment
    extra = 0


@admin.register(FundingAllocation)
class FundingAllocationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("project", "fiscal_year", "source", "amount")
    list_display_links = ("project", "fiscal_year")
    list_filter = ("fiscal_year", "source")
    list_select_related = ("project",)
    search_fields = ("project__name", "project__short_name")
    autocomplete_fields = ("project",)
    inlines = (InstalmentInline,)

    @admin.display(description=_("amount (10,000 yuan)"), ordering="amount_yuan")
    def amount(self, allocation: FundingAllocation) -> str:
        return wan(allocation.amount_yuan)


@admin.register(ServiceKind)
class ServiceKindAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "unit", "key", "position")
    search_fields = ("name", "key")


@admin.register(CheckStandard)
class CheckStandardAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("key", "value", "default", "source")

    @admin.display(description=_("Duxun's own default"))
    def default(self, standard: CheckStandard) -> str:
        limit = getattr(Standards(), standard.key)
        return f"{limit.value.normalize():f}"
