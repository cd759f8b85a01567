from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from inspections.actions.progress import VisitSignedError
from inspections.actions.rounds import (
    Basis,
    InstrumentInUseError,
    InstrumentNotPublishedError,
    NoVisitsError,
    ProjectInRoundError,
    RoundClosedError,
    RoundExistsError,
    RoundNameFixedError,
    RoundNotOpenError,
    RoundOpenError,
    RoundPlan,
    UnsignedVisitsError,
    VisitScoredError,
    add_visit,
    add_visits,
    change_round,
    close_round,
    open_round,
    plan_round,
    remove_visit,
)
from inspections.enums import RoundStatus
from inspections.models import Instrument, PanelMember, Round, Scoresheet, Visit
from tests.factories import (
    BasisDocumentFactory,
    FindingFactory,
    InspectionMethodFactory,
    InstrumentFactory,
    PanelMemberFactory,
    PhotoFactory,
    ProjectFactory,
    RoundFactory,
    ScoresheetFactory,
    UserFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db


def a_plan(instrument: Instrument) -> RoundPlan:
    return RoundPlan(
        year=2016,
        sequence=2,
        title="2016年度第二次督导巡查",
        instrument=instrument,
        city_name="示例市",
        service_name="司法社会工作",
        service_short_name="司法社工",
        scheme_title="示例方案",
        purpose="以评促建",
        led_by="示例小组",
        issuer="示例协会",
        issued_on=dt.date(2017, 1, 23),
    )


def plan_of(round: Round) -> RoundPlan:
    return RoundPlan(**{name: getattr(round, name) for name in RoundPlan.__dataclass_fields__})


def published() -> Instrument:
    return InstrumentFactory(sections=1, indicators=2, published=True)


def test_planned_round_keeps_what_was_given() -> None:
    plan = a_plan(published())
    methods = InspectionMethodFactory.create_batch(2)

    round = plan_round(
        by=UserFactory(),
        data=plan,
        basis_documents=[Basis("示例通知", "示发〔2016〕7号"), Basis("示例方案")],
        methods=methods,
    )

    stored = Round.objects.named("2016-2")
    assert stored == round
    assert plan_of(stored) == plan
    assert stored.status == RoundStatus.PLANNING
    assert list(stored.methods.all()) == methods
    assert [str(row) for row in stored.basis_documents.all()] == [
        "《示例通知》（示发〔2016〕7号）",
        "《示例方案》",
    ]


def test_plan_with_taken_name_is_refused() -> None:
    taken = RoundFactory()

    with pytest.raises(RoundExistsError) as refused:
        plan_round(by=UserFactory(), data=plan_of(taken))

    assert refused.value.values == {"name": taken.name}


def test_plan_by_a_draft_instrument_is_refused() -> None:
    with pytest.raises(InstrumentNotPublishedError):
        plan_round(by=UserFactory(), data=a_plan(InstrumentFactory()))


def test_changed_round_has_the_new_data_documents_and_methods() -> None:
    document = BasisDocumentFactory(round__methods=[InspectionMethodFactory()])
    round = document.round
    method = InspectionMethodFactory()

    change_round(
        round=round,
        by=UserFactory(),
        data=replace(plan_of(round), title="改名"),
        basis_documents=[Basis("新通知")],
        methods=[method],
    )

    stored = Round.objects.get(pk=round.pk)
    assert stored.title == "改名"
    assert [row.title for row in stored.basis_documents.all()] == ["新通知"]
    assert list(stored.methods.all()) == [method]


def test_basis_documents_keep_their_rows_when_nothing_changed() -> None:
    document = BasisDocumentFactory()

    change_round(
        round=document.round,
        by=UserFactory(),
        data=plan_of(document.round),
        basis_documents=[Basis(document.title, document.number)],
    )

    assert list(document.round.basis_documents.all()) == [document]


def test_change_to_a_taken_name_is_refused() -> None:
    round = RoundFactory(status=RoundStatus.PLANNING)
    taken = RoundFactory()
    wanted = replace(plan_of(round), year=taken.year, sequence=taken.sequence)

    with pytest.raises(RoundExistsError):
        change_round(round=round, by=UserFactory(), data=wanted)


def test_round_in_planning_may_be_renamed() -> None:
    round = RoundFactory(status=RoundStatus.PLANNING, year=2016, sequence=2)

    change_round(round=round, by=UserFactory(), data=replace(plan_of(round), sequence=3))

    assert Round.objects.get().name == "2016-3"


def test_opened_round_keeps_its_name() -> None:
    round = RoundFactory(year=2016, sequence=2)

    with pytest.raises(RoundNameFixedError):
        change_round(round=round, by=UserFactory(), data=replace(plan_of(round), sequence=3))


def test_round_with_panels_keeps_its_instrument() -> None:
    round = PanelMemberFactory().visit.round

    with pytest.raises(InstrumentInUseError):
        change_round(
            round=round, by=UserFactory(), data=replace(plan_of(round), instrument=published())
        )


def test_round_without_panels_may_go_by_another_instrument() -> None:
    round = VisitFactory().round
    other = published()

    change_round(round=round, by=UserFactory(), data=replace(plan_of(round), instrument=other))

    assert Round.objects.get().instrument == other


@pytest.mark.parametrize("status", [RoundStatus.PLANNING, RoundStatus.CLOSED])
def test_round_with_visits_can_be_opened(status: RoundStatus) -> None:
    round = VisitFactory(round__status=status).round

    open_round(round=round, by=UserFactory())

    assert Round.objects.get().status == RoundStatus.OPEN


def test_round_without_visits_is_not_opened() -> None:
    round = RoundFactory(status=RoundStatus.PLANNING)

    with pytest.raises(NoVisitsError):
        open_round(round=round, by=UserFactory())


def test_open_round_is_not_opened_again() -> None:
    round = VisitFactory().round

    with pytest.raises(RoundOpenError):
        open_round(round=round, by=UserFactory())


def test_round_closes_when_all_is_signed() -> None:
    round = VisitFactory(signed=True).round

    close_round(round=round, by=UserFactory())

    assert Round.objects.get().status == RoundStatus.CLOSED


def test_round_does_not_close_over_unsigned_visits() -> None:
    round = VisitFactory(signed=True).round
    open_visits = VisitFactory.create_batch(2, round=round)

    with pytest.raises(UnsignedVisitsError) as refused:
        close_round(round=round, by=UserFactory())

    names = [visit.project.short_name for visit in open_visits]
    assert refused.value.values == {"projects": "、".join(names)}


def test_round_in_planning_does_not_close() -> None:
    round = VisitFactory(signed=True, round__status=RoundStatus.PLANNING).round

    with pytest.raises(RoundNotOpenError):
        close_round(round=round, by=UserFactory())


def test_added_visit_is_planned() -> None:
    round, project = RoundFactory(), ProjectFactory()

    visit = add_visit(
        round=round, project=project, planned_on=dt.date(2016, 12, 13), by=UserFactory()
    )

    stored = Visit.objects.get()
    assert stored == visit
    assert (stored.round, stored.project, stored.planned_on, stored.status) == (
        round,
        project,
        dt.date(2016, 12, 13),
        "planned",
    )


def test_project_is_in_a_round_once() -> None:
    visit = VisitFactory()

    with pytest.raises(ProjectInRoundError):
        add_visit(round=visit.round, project=visit.project, planned_on=None, by=UserFactory())


def test_closed_round_takes_no_visits() -> None:
    with pytest.raises(RoundClosedError):
        add_visit(
            round=RoundFactory(status=RoundStatus.CLOSED),
            project=ProjectFactory(),
            planned_on=None,
            by=UserFactory(),
        )


def test_visits_are_added_all_or_none() -> None:
    visit = VisitFactory()

    with pytest.raises(ProjectInRoundError):
        add_visits(
            round=visit.round,
            projects=[ProjectFactory(), visit.project],
            planned_on=None,
            by=UserFactory(),
        )

    assert list(Visit.objects.all()) == [visit]


def test_removed_visit_takes_its_panel_and_empty_sheets_along() -> None:
    sheet = ScoresheetFactory()

    remove_visit(visit=sheet.member.visit, by=UserFactory())

    counts = [model.objects.count() for model in (Visit, PanelMember, Scoresheet)]
    assert counts == [0, 0, 0]


def test_answered_visit_stays() -> None:
    sheet = ScoresheetFactory(points=8)

    with pytest.raises(VisitScoredError):
        remove_visit(visit=sheet.member.visit, by=UserFactory())


def test_visit_with_findings_stays() -> None:
    finding = FindingFactory()

    with pytest.raises(VisitScoredError):
        remove_visit(visit=finding.visit, by=UserFactory())


def test_visit_with_photographs_stays() -> None:
    photo = PhotoFactory()

    with pytest.raises(VisitScoredError):
        remove_visit(visit=photo.sheet.member.visit, by=UserFactory())


def test_signed_visit_stays() -> None:
    with pytest.raises(VisitSignedError):
        remove_visit(visit=VisitFactory(signed=True), by=UserFactory())
