from projects.models.agencies import Agency
from projects.models.contracts import Contract
from projects.models.funding import BudgetLine, FundingAllocation, Instalment
from projects.models.places import District
from projects.models.projects import Project
from projects.models.scopes import UserScope
from projects.models.services import ServiceKind, ServiceTarget
from projects.models.staff import Posting, Qualification, StaffMember
from projects.models.standards import CheckStandard

__all__ = [
    "Agency",
    "BudgetLine",
    "CheckStandard",
    "Contract",
    "District",
    "FundingAllocation",
    "Instalment",
    "Posting",
    "Project",
    "Qualification",
    "ServiceKind",
    "ServiceTarget",
    "StaffMember",
    "UserScope",
]
