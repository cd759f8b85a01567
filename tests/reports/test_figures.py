"""Figures of a round, from plain rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from inspections.enums import FindingStatus, Severity
from projects.enums import DatePrecision, Education, Employment, FieldOfStudy, FundingSource
from reports.figures import RoundRecord, compute
from reports.figures.procurement import area_unit
from reports.figures.scores import mean, median
from reports.figures.services import compute_services
from reports.figures.visits import compute_visits
from tests.reports.record_builder import (
    ASSISTANT,
    EAST,
    KNOWLEDGE,
    NORTH,
    SCHOOL,
    SOUTH,
    WEST,
    contract,
    finding,
    late,
    person,
    posting,
    project,
    small_round,
    texts,
    visit,
    without_projects,
)

# Visits


def test_visits_are_counted_by_level_and_named_in_the_order_in_which_they_took_place() -> None:
    visits = compute(small_round()).visits

    assert visits.district_projects.value == 4
    assert visits.district_projects.text == "四个区级项目"
    assert visits.city_projects.text == "一个市级项目"
    assert visits.districts.value == ("北", "南", "西", "东")
    assert visits.first_day.value == dt.date(2016, 12, 13)
    assert visits.last_day.value == dt.date(2016, 12, 20)
    assert [one.pk for one in visits.projects] == [NORTH, SOUTH, WEST, EAST, SCHOOL]


def test_visit_that_has_not_taken_place_counts_as_planned_only() -> None:
    record = small_round()
    waiting = replace(record.visits[0], visited_on=None, status="planned", total_percent=None)

    visits = compute(replace(record, visits=(waiting, *record.visits[1:]))).visits

    assert visits.planned.value == 5
    assert visits.carried_out.value == 4
    assert visits.signed.value == 4
    assert visits.districts.value == ("南", "西", "东")


def test_project_that_runs_and_is_not_in_the_round_is_left_out() -> None:
    record = small_round()

    visits = compute_visits(replace(record, visits=record.visits[1:]))

    assert visits.left_out.value == ("北区项目",)
    assert visits.left_out.rows.ids == (NORTH,)


def test_project_without_contract_and_team_is_not_missed() -> None:
    record = small_round()
    idle = replace(record, projects=(*record.projects, project(9, "中")))

    assert compute(idle).visits.left_out.value == ()


# Procurement


def test_tenders_are_ordered_by_their_first_signing() -> None:
    procurement = compute(small_round()).procurement

    assert procurement.open_tender_districts.value == ("东", "南")
    assert procurement.earliest.value == ("东区",)
    assert procurement.earliest_on.value == "2015年10月"
    assert procurement.latest.value == ("南区",)
    assert procurement.latest_on.value == "2016年9月"


def test_tenders_signed_together_keep_the_order_of_the_registry() -> None:
    record = small_round()
    contracts = tuple(
        replace(one, signed_on=dt.date(2016, 1, 5), signed_precision=DatePrecision.DAY)
        for one in record.contracts
    )

    procurement = compute(replace(record, contracts=contracts)).procurement

    assert procurement.open_tender_districts.value == ("东", "南")
    assert procurement.earliest.value == procurement.latest.value == ("东区", "南区")
    assert procurement.earliest_on.value == procurement.latest_on.value == "2016年1月5日"


def test_tender_without_a_date_comes_last_and_is_neither_first_nor_last() -> None:
    record = small_round()
    contracts = tuple(
        replace(one, signed_on=None) if one.project == EAST else one for one in record.contracts
    )

    procurement = compute(replace(record, contracts=contracts)).procurement

    assert procurement.open_tender_districts.value == ("南", "东")
    assert procurement.earliest.value == ("南区",)


def test_agency_is_counted_once_however_many_contracts_it_has() -> None:
    record = small_round()
    again = contract(20, SOUTH, 1)

    assert compute(record).procurement.agencies.value == 6
    assert compute(record).procurement.agencies.text == "6家"
    assert (
        compute(replace(record, contracts=(*record.contracts, again))).procurement.agencies.value
        == 6
    )


def test_three_party_contracts_count_areas_and_agencies() -> None:
    (west,) = compute(small_round()).procurement.three_party

    assert west.project.pk == WEST
    assert west.areas.text == "3个街道"
    assert west.agencies.text == "2个"
    assert west.first_signed.signed_text == "2016年4月"


@pytest.mark.parametrize(
    ("areas", "unit"),
    [
        (["甲街道", "乙街"], "个街道"),
        (["甲镇", "乙镇"], "个镇"),
        (["甲街道", "乙镇"], "个镇街"),
        (["北片区", "甲街道"], "个服务区域"),
        ([], "个服务区域"),
    ],
)
def test_area_unit_follows_the_names(areas: list[str], unit: str) -> None:
    assert area_unit(areas) == unit


def test_project_with_a_team_and_no_contract_employs_directly() -> None:
    procurement = compute(small_round()).procurement

    assert procurement.direct_employment.value == ("北区",)
    assert procurement.contracted.value == 4
    assert procurement.projects.value == 5


def test_project_is_named_in_full_where_its_district_has_another() -> None:
    record = small_round()
    second = project(9, "南二", district=SOUTH)

    figures = compute(late(replace(record, projects=(*record.projects, second)), {SOUTH: None}))

    assert figures.funding.late_projects.value == ("南区项目",)


# Money


def test_funding_is_the_sum_of_all_allocations() -> None:
    funding = compute(small_round()).funding

    assert funding.total.value == Decimal(3_020_600)
    assert funding.total.text == "302.06万元"
    assert funding.by_source[FundingSource.CITY].text == "92.05万元"
    assert funding.by_source[FundingSource.DISTRICT].text == "210.01万元"
    assert funding.total.rows.ids == (1, 2, 3, 4, 5, 6)


def test_late_projects_are_told_with_their_days() -> None:
    funding = compute(small_round()).funding

    assert funding.late_projects.value == ("南区",)
    (south,) = funding.late
    assert south.due.text == "50.00万元"
    assert south.received.text == "50.00万元"
    assert south.days_late.value == 125
    assert [one.project.pk for one in funding.on_time] == [NORTH, WEST, EAST, SCHOOL]


def test_days_of_grace_are_not_late() -> None:
    funding = compute(late(small_round(), {SOUTH: 30})).funding

    assert funding.late == ()
    assert funding.judged_projects.value == 5


def test_instalment_that_is_not_due_is_not_judged() -> None:
    record = replace(small_round(), as_of=dt.date(2016, 6, 1))

    funding = compute(late(record, dict.fromkeys((EAST, SOUTH, WEST, NORTH, SCHOOL), None))).funding

    assert funding.judged == ()
    assert funding.late == ()
    assert funding.on_time == ()


# Teams


def test_people_are_counted_once_however_many_postings_they_have() -> None:
    record = small_round()
    shared = posting(SCHOOL, record.postings[0].staff)

    team = compute(replace(record, postings=(*record.postings, shared))).team

    assert team.staff.value == 19
    assert team.postings.value == 20


def test_team_is_broken_down() -> None:
    team = compute(small_round()).team

    assert {kind: figure.value for kind, figure in team.by_employment.items()} == {
        Employment.FULL_TIME: 16,
        Employment.PART_TIME: 1,
        Employment.GOVERNMENT: 2,
    }
    assert [(field, figure.value) for field, figure in team.by_field.items()] == [
        (FieldOfStudy.SOCIAL_WORK, 12),
        (FieldOfStudy.LAW, 4),
        (FieldOfStudy.SOCIOLOGY, 2),
        (FieldOfStudy.OTHER, 1),
    ]
    assert {degree: figure.value for degree, figure in team.by_education.items()} == {
        Education.MASTER: 4,
        Education.BACHELOR: 15,
    }
    assert team.certified.value == 13
    assert team.masters.value == 4


def test_teams_that_stand_out_are_found_by_rule() -> None:
    team = compute(small_round()).team

    assert [one.name for one in team.many_masters] == ["技校项目"]
    assert [one.name for one in team.fully_certified] == ["技校项目", "东区项目（北片区）"]
    assert [one.name for one in team.uncertified] == ["南区项目"]


def test_fully_certified_project_is_not_named_again_by_its_parts() -> None:
    record = small_round()
    postings = tuple(
        replace(one, staff=person(one.staff.pk, ASSISTANT)) if one.project == EAST else one
        for one in record.postings
    )

    team = compute(replace(record, postings=postings)).team

    assert [one.name for one in team.fully_certified] == ["东区项目", "技校项目"]


def test_team_of_four_is_too_small_to_stand_out() -> None:
    record = small_round()
    postings = tuple(one for one in record.postings if one.staff.pk not in (5, 19))

    team = compute(replace(record, postings=postings)).team

    assert team.many_masters == ()
    assert team.fully_certified == ()


def test_lapsed_certificate_does_not_count() -> None:
    record = small_round()
    held = record.postings[-1].staff
    lapsed = replace(
        held,
        qualifications=(
            replace(held.qualifications[0], valid_until=record.as_of - dt.timedelta(days=1)),
        ),
    )
    postings = (*record.postings[:-1], replace(record.postings[-1], staff=lapsed))

    assert compute(replace(record, postings=postings)).team.certified.value == 12


def test_former_government_employees_are_found() -> None:
    (south,) = compute(small_round()).team.taken_over

    assert south.project.pk == SOUTH
    assert south.formerly_government.text == "1名"


# Findings


def test_problems_are_grouped_worst_first() -> None:
    findings = compute(small_round()).findings

    assert findings.problems.value == 3
    assert findings.projects_with_problems.value == 2
    assert [group.category.key for group in findings.problem_groups] == ["knowledge", "staffing"]
    knowledge = findings.problem_groups[0]
    assert [one.severity for one in knowledge.findings] == [Severity.MODERATE, Severity.MINOR]
    assert [one.pk for one in knowledge.projects] == [NORTH, SOUTH]
    assert findings.by_severity[Severity.SERIOUS].value == 1
    assert findings.suggestions.value == 1


def test_verified_problems_are_counted_apart() -> None:
    record = small_round()
    verified = replace(record.findings[0], status=FindingStatus.VERIFIED)

    findings = compute(replace(record, findings=(verified, *record.findings[1:]))).findings

    assert findings.problems.value == 3
    assert findings.verified.value == 1


def test_strength_seen_in_most_projects_comes_first() -> None:
    record = small_round()
    stable = record.categories[3]
    more = tuple(finding(20 + pk, pk, stable) for pk in (NORTH, WEST))

    groups = compute(replace(record, findings=(*record.findings, *more))).findings.strength_groups

    assert [(one.category.key, one.project_count.value) for one in groups] == [
        ("stable", 3),
        ("rules", 2),
    ]


def test_category_without_findings_is_no_group() -> None:
    record = small_round()
    findings = tuple(one for one in record.findings if one.category != KNOWLEDGE.key)

    groups = compute(replace(record, findings=findings)).findings.problem_groups

    assert [group.category.key for group in groups] == ["staffing"]


# Scores


def test_scores_are_rounded_once_half_up() -> None:
    assert mean([Decimal("0.01"), Decimal("0.02")]) == Decimal("0.02")
    assert median([Decimal("80.00"), Decimal("80.01"), Decimal("90.00")]) == Decimal("80.01")
    middle = [Decimal("80.00"), Decimal("80.01")]
    assert median([Decimal("70.00"), *middle, Decimal("90.00")]) == Decimal("80.01")
    assert mean([]) is None


@pytest.mark.parametrize(
    ("values", "expected"), [([], None), ([80], None), ([80, 90], None), ([80, 90, 70], 80)]
)
def test_median_needs_three_scores(values: list[int], expected: int | None) -> None:
    assert median(map(Decimal, values)) == expected


def test_scores_of_the_round() -> None:
    scores = compute(small_round()).scores

    assert scores.mean.value == Decimal("83.30")
    assert scores.median.value == Decimal("85.00")
    assert scores.highest.rows.ids == (EAST,)
    assert scores.lowest.rows.ids == (SOUTH,)
    assert [(one.part.key, one.mean.value, one.median.value) for one in scores.tracks] == [
        ("professional", Decimal("85.20"), Decimal("85.00")),
        ("finance", Decimal("80.50"), Decimal("85.00")),
    ]
    assert [(grade.key, count.value) for grade, count in scores.by_grade] == [
        ("excellent", 2),
        ("good", 2),
        ("pass", 1),
        ("fail", 0),
    ]
    assert [one.project for one in scores.ranking] == [EAST, SCHOOL, NORTH, WEST, SOUTH]


def test_part_that_applied_nowhere_is_left_out() -> None:
    record = small_round()
    without_finance = tuple(one for one in record.track_scores if one.key != "finance")

    scores = compute(replace(record, track_scores=without_finance)).scores

    assert [one.part.key for one in scores.tracks] == ["professional"]
    assert [one.part.key for one in scores.sections] == ["rules"]


def test_visit_without_a_total_is_not_scored() -> None:
    record = small_round()
    unscored = visit(NORTH, 13, None, "")

    scores = compute(replace(record, visits=(unscored, *record.visits[1:]))).scores

    assert scores.scored.value == 4
    assert scores.mean.value == Decimal("82.88")


# Services


def test_services_are_measured_against_the_sum_of_their_targets() -> None:
    investigations, groups = compute_services(texts().services)

    assert investigations.is_reached
    assert investigations.completed.text == "103宗"
    assert not groups.is_reached
    assert groups.percent.text == "93.3%"
    assert groups.percent.value == Decimal("93.3")


# All of them


@pytest.mark.parametrize(
    "record",
    [
        small_round(),
        without_projects(small_round(), EAST, SOUTH, WEST, NORTH, SCHOOL),
        replace(small_round(), contracts=(), allocations=(), postings=(), findings=()),
    ],
    ids=["everything", "nothing", "visits only"],
)
def test_every_figure_has_a_name_of_its_own(record: RoundRecord) -> None:
    figures = compute(record)

    named = figures.named()

    assert all(key == figure.key for key, figure in named.items())
    assert named["funding.total"] is figures.funding.total
    assert all(figure.rows.page for figure in named.values())


def test_rows_lead_to_a_list_with_its_filter() -> None:
    figures = compute(small_round())

    assert figures.funding.late_projects.rows.url == "/funding/?year=2016&late=true"
    assert figures.team.certified.rows.url == "/staff/?certified=true&on=2016-12-20"
    assert figures.visits.district_projects.rows.url == "/projects/?level=district&round=2016-2"
    assert figures.findings.problem_groups[0].count.rows.url == (
        "/findings/?round=2016-2&kind=problem&category=knowledge"
    )
