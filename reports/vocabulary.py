"""The words that reports use for the registry's and the inspections' terms.

Reports are in Chinese whatever language the page is shown in, and they outlast a change of the
interface's wording: so these are not taken from the translations.
"""

from __future__ import annotations

from collections.abc import Mapping

from inspections.enums import Party, Severity
from projects.enums import (
    Education,
    Employment,
    FieldOfStudy,
    FundingSource,
    Level,
    Procurement,
    QualificationKind,
)

LEVELS: Mapping[Level, str] = {Level.CITY: "市级", Level.DISTRICT: "区级"}

PROCUREMENTS: Mapping[Procurement, str] = {
    Procurement.OPEN_TENDER: "公开招标",
    Procurement.INVITED_TENDER: "邀请招标",
    Procurement.NEGOTIATION: "竞争性谈判",
    Procurement.CONSULTATION: "竞争性磋商",
    Procurement.SINGLE_SOURCE: "单一来源采购",
    Procurement.INQUIRY: "询价",
    Procurement.AGREEMENT: "协议委托",
}

FUNDING_SOURCES: Mapping[FundingSource, str] = {
    FundingSource.CITY: "市级财政",
    FundingSource.DISTRICT: "区级财政",
}

EMPLOYMENTS: Mapping[Employment, str] = {
    Employment.FULL_TIME: "专职人员",
    Employment.PART_TIME: "兼职人员",
    Employment.GOVERNMENT: "政府雇员",
}

EDUCATIONS: Mapping[Education, str] = {
    Education.DOCTOR: "博士研究生",
    Education.MASTER: "硕士研究生",
    Education.BACHELOR: "本科",
    Education.COLLEGE: "大专",
    Education.SECONDARY: "中专及以下",
}
"""Highest first, as documents list them."""

FIELDS: Mapping[FieldOfStudy, str] = {
    FieldOfStudy.SOCIAL_WORK: "社会工作",
    FieldOfStudy.LAW: "法学",
    FieldOfStudy.SOCIOLOGY: "社会学",
    FieldOfStudy.PSYCHOLOGY: "心理学",
    FieldOfStudy.EDUCATION: "教育学",
    FieldOfStudy.OTHER: "其他专业",
}

QUALIFICATIONS: Mapping[QualificationKind, str] = {
    QualificationKind.ASSISTANT_SOCIAL_WORKER: "助理社会工作师",
    QualificationKind.SOCIAL_WORKER: "社会工作师",
    QualificationKind.SENIOR_SOCIAL_WORKER: "高级社会工作师",
    QualificationKind.COUNSELLOR_3: "三级心理咨询师",
    QualificationKind.COUNSELLOR_2: "二级心理咨询师",
    QualificationKind.COUNSELLOR_1: "一级心理咨询师",
    QualificationKind.OTHER: "其他证书",
}

SEVERITIES: Mapping[Severity, str] = {
    Severity.SERIOUS: "严重",
    Severity.MODERATE: "一般",
    Severity.MINOR: "轻微",
}
"""Worst first."""

PARTIES: Mapping[Party, str] = {
    Party.AGENCY: "承办机构",
    Party.PURCHASER: "购买方",
    Party.JUDICIAL_OFFICE: "司法所",
    Party.CITY_BUREAU: "市局",
}
