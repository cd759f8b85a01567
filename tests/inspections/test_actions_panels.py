from __future__ import annotations

import pytest

from accounts.permissions import Role
from inspections.actions.panels import (
    AlreadyDeclaredError,
    ForeignTrackError,
    LeadNeededError,
    LeadTakenError,
    MemberHasWorkError,
    NoReasonError,
    NotInspectorError,
    NoTracksError,
    NotYourSeatError,
    OnPanelError,
    PanelsRefusedError,
    SeatPlan,
    StoodBackError,
    assign_member,
    assign_panels,
    change_member,
    declare,
    remove_member,
)
from inspections.actions.progress import VisitSignedError
from inspections.actions.rounds import RoundNotOpenError
from inspections.enums import Recusal, RoundStatus, VisitStatus
from inspections.models import PanelMember, Scoresheet, Track, Visit
from tests.factories import (
    NOON,
    AnswerFactory,
    FindingFactory,
    PanelMemberFactory,
    PhotoFactory,
    ScoresheetFactory,
    TrackFactory,
    UserFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db


def tracks_of(visit: Visit) -> list[Track]:
    return list(visit.round.instrument.tracks.all())


def assign(visit: Visit, *, is_lead: bool = True, **values: object) -> PanelMember:
    given = {"user": UserFactory(inspector=True), "tracks": tracks_of(visit)} | values
    return assign_member(visit=visit, is_lead=is_lead, by=UserFactory(), **given)  # type: ignore[arg-type]


def test_assigned_member_has_tracks_and_has_not_declared() -> None:
    visit = VisitFactory()
    user = UserFactory(inspector=True)

    member = assign(visit, user=user, tracks=tracks_of(visit)[:1])

    stored = PanelMember.objects.get()
    assert stored == member
    assert (stored.visit, stored.user, stored.is_lead) == (visit, user, True)
    assert list(stored.tracks.all()) == tracks_of(visit)[:1]
    assert (stored.recusal, stored.declared_at) == (Recusal.PENDING, None)


def test_first_member_must_be_the_lead() -> None:
    with pytest.raises(LeadNeededError):
        assign(VisitFactory(), is_lead=False)


def test_panel_has_one_lead() -> None:
    visit = VisitFactory()
    assign(visit)

    with pytest.raises(LeadTakenError):
        assign(visit)


def test_lead_who_stood_back_leaves_the_place_to_another() -> None:
    former = PanelMemberFactory(conflict=True)

    member = assign(former.visit)

    assert member.is_lead


def test_member_needs_tracks() -> None:
    with pytest.raises(NoTracksError):
        assign(VisitFactory(), tracks=[])


def test_track_of_another_instrument_is_refused() -> None:
    with pytest.raises(ForeignTrackError):
        assign(VisitFactory(), tracks=[TrackFactory()])


@pytest.mark.parametrize("role", [role for role in Role if role != Role.INSPECTOR])
def test_only_inspectors_sit_on_panels(role: Role) -> None:
    with pytest.raises(NotInspectorError):
        assign(VisitFactory(), user=UserFactory(role=role))


def test_closed_account_gets_no_seat() -> None:
    with pytest.raises(NotInspectorError):
        assign(VisitFactory(), user=UserFactory(inspector=True, is_active=False))


def test_nobody_sits_on_a_panel_twice() -> None:
    member = PanelMemberFactory(is_lead=True)

    with pytest.raises(OnPanelError):
        assign(member.visit, user=member.user, is_lead=False)


def test_who_declared_a_conflict_is_not_assigned_again() -> None:
    member = PanelMemberFactory(conflict=True)

    with pytest.raises(StoodBackError):
        assign(member.visit, user=member.user)


def test_signed_visit_takes_no_members() -> None:
    with pytest.raises(VisitSignedError):
        assign(VisitFactory(signed=True))


def test_member_who_comes_late_brings_the_visit_back_to_scoring() -> None:
    sheet = ScoresheetFactory(submitted=True, member__is_lead=True, member__visit__moderation=True)

    assign(sheet.member.visit, is_lead=False)

    assert Visit.objects.get().status == VisitStatus.SCORING


def test_member_gets_other_tracks() -> None:
    member = PanelMemberFactory(is_lead=True)
    wanted = tracks_of(member.visit)[1:]

    change_member(member=member, tracks=wanted, is_lead=True, by=UserFactory())

    assert list(member.tracks.all()) == wanted


def test_lead_is_handed_over() -> None:
    lead = PanelMemberFactory(is_lead=True)
    member = PanelMemberFactory(visit=lead.visit)

    change_member(member=member, tracks=tracks_of(lead.visit), is_lead=True, by=UserFactory())

    leads = PanelMember.objects.filter(is_lead=True)
    assert list(leads) == [member]


def test_lead_is_not_given_up_without_another() -> None:
    lead = PanelMemberFactory(is_lead=True)

    with pytest.raises(LeadNeededError):
        change_member(member=lead, tracks=tracks_of(lead.visit), is_lead=False, by=UserFactory())


def test_tracks_stay_once_the_member_has_answered() -> None:
    answer = AnswerFactory()
    member = answer.sheet.member

    with pytest.raises(MemberHasWorkError):
        change_member(
            member=member,
            tracks=tracks_of(member.visit)[:1],
            is_lead=member.is_lead,
            by=UserFactory(),
        )


def test_lead_may_go_to_a_member_who_has_answered() -> None:
    answer = AnswerFactory()
    member = answer.sheet.member

    change_member(member=member, tracks=tracks_of(member.visit), is_lead=True, by=UserFactory())

    assert PanelMember.objects.get().is_lead


def test_member_keeps_at_least_one_track() -> None:
    lead = PanelMemberFactory(is_lead=True)

    with pytest.raises(NoTracksError):
        change_member(member=lead, tracks=[], is_lead=True, by=UserFactory())


def test_seat_of_who_stood_back_does_not_change() -> None:
    member = PanelMemberFactory(conflict=True)

    with pytest.raises(StoodBackError):
        change_member(member=member, tracks=tracks_of(member.visit), is_lead=True, by=UserFactory())


def test_seat_on_a_signed_visit_does_not_change() -> None:
    member = PanelMemberFactory(visit__signed=True)

    with pytest.raises(VisitSignedError):
        change_member(member=member, tracks=tracks_of(member.visit), is_lead=True, by=UserFactory())


def test_removed_member_takes_the_empty_sheet_along() -> None:
    sheet = ScoresheetFactory()

    remove_member(member=sheet.member, by=UserFactory())

    assert (PanelMember.objects.count(), Scoresheet.objects.count()) == (0, 0)
    assert Visit.objects.get().status == VisitStatus.PLANNED


def test_member_with_a_blank_answer_only_can_be_removed() -> None:
    answer = AnswerFactory(points=None)

    remove_member(member=answer.sheet.member, by=UserFactory())

    assert PanelMember.objects.count() == 0


def test_visit_goes_to_moderation_when_the_last_who_owed_a_sheet_is_removed() -> None:
    submitted = ScoresheetFactory(submitted=True, member__is_lead=True)
    member = PanelMemberFactory(visit=submitted.member.visit)

    remove_member(member=member, by=UserFactory())

    assert Visit.objects.get().status == VisitStatus.MODERATION


def test_member_who_answered_stays() -> None:
    answer = AnswerFactory()

    with pytest.raises(MemberHasWorkError):
        remove_member(member=answer.sheet.member, by=UserFactory())


def test_member_who_gave_only_a_reason_stays() -> None:
    answer = AnswerFactory(points=None, reason="台账缺页")

    with pytest.raises(MemberHasWorkError):
        remove_member(member=answer.sheet.member, by=UserFactory())


def test_member_who_wrote_a_finding_stays() -> None:
    finding = FindingFactory()

    with pytest.raises(MemberHasWorkError):
        remove_member(member=finding.author, by=UserFactory())


def test_member_who_photographed_stays() -> None:
    photo = PhotoFactory()

    with pytest.raises(MemberHasWorkError):
        remove_member(member=photo.sheet.member, by=UserFactory())


def test_declared_conflict_stays_on_record() -> None:
    member = PanelMemberFactory(conflict=True)

    with pytest.raises(StoodBackError):
        remove_member(member=member, by=UserFactory())


def test_lead_does_not_leave_others_behind() -> None:
    lead = PanelMemberFactory(is_lead=True)
    PanelMemberFactory(visit=lead.visit)

    with pytest.raises(LeadNeededError):
        remove_member(member=lead, by=UserFactory())


def test_lead_may_leave_who_stood_back_behind() -> None:
    lead = PanelMemberFactory(is_lead=True)
    other = PanelMemberFactory(visit=lead.visit, conflict=True)

    remove_member(member=lead, by=UserFactory())

    assert list(PanelMember.objects.all()) == [other]


def test_member_of_a_signed_visit_stays() -> None:
    member = PanelMemberFactory(visit__signed=True)

    with pytest.raises(VisitSignedError):
        remove_member(member=member, by=UserFactory())


def test_declaring_no_conflict_makes_the_sheet_and_starts_scoring() -> None:
    member = PanelMemberFactory()

    sheet = declare(member=member, by=member.user, at=NOON, conflict=False)

    stored = PanelMember.objects.get()
    assert Scoresheet.objects.get() == sheet
    assert (stored.recusal, stored.declared_at, stored.recusal_reason) == (
        Recusal.CLEAR,
        NOON,
        "",
    )
    assert Visit.objects.get().status == VisitStatus.SCORING


def test_declaring_a_conflict_blocks_the_seat_and_frees_the_lead() -> None:
    member = PanelMemberFactory(is_lead=True)

    sheet = declare(
        member=member, by=member.user, at=NOON, conflict=True, reason=" 曾任该机构顾问 "
    )

    stored = PanelMember.objects.get()
    assert sheet is None
    assert Scoresheet.objects.count() == 0
    assert (stored.recusal, stored.recusal_reason, stored.is_lead) == (
        Recusal.CONFLICT,
        "曾任该机构顾问",
        False,
    )
    assert Visit.objects.get().status == VisitStatus.PLANNED


def test_visit_goes_to_moderation_when_the_last_who_owed_a_sheet_stands_back() -> None:
    submitted = ScoresheetFactory(submitted=True)
    member = PanelMemberFactory(visit=submitted.member.visit)

    declare(member=member, by=member.user, at=NOON, conflict=True, reason="亲属在该机构")

    assert Visit.objects.get().status == VisitStatus.MODERATION


def test_conflict_needs_a_reason() -> None:
    member = PanelMemberFactory()

    with pytest.raises(NoReasonError):
        declare(member=member, by=member.user, at=NOON, conflict=True, reason="  ")


def test_nobody_declares_for_another() -> None:
    member = PanelMemberFactory()

    with pytest.raises(NotYourSeatError):
        declare(member=member, by=UserFactory(), at=NOON, conflict=False)


@pytest.mark.parametrize("earlier", ["clear", "conflict"])
def test_declaration_is_made_once(earlier: str) -> None:
    member = PanelMemberFactory(**{earlier: True})

    with pytest.raises(AlreadyDeclaredError):
        declare(member=member, by=member.user, at=NOON, conflict=False)


@pytest.mark.parametrize("status", [RoundStatus.PLANNING, RoundStatus.CLOSED])
def test_declaration_needs_an_open_round(status: RoundStatus) -> None:
    member = PanelMemberFactory(visit__round__status=status)

    with pytest.raises(RoundNotOpenError):
        declare(member=member, by=member.user, at=NOON, conflict=False)


def test_declaration_comes_too_late_for_a_signed_visit() -> None:
    member = PanelMemberFactory(visit__signed=True)

    with pytest.raises(VisitSignedError):
        declare(member=member, by=member.user, at=NOON, conflict=False)


def test_panels_are_refused_with_the_reason_of_each_visit() -> None:
    lead = PanelMemberFactory(is_lead=True)
    free = VisitFactory(round=lead.visit.round)
    seats = [SeatPlan(UserFactory(inspector=True), tracks_of(free), is_lead=True)]

    with pytest.raises(PanelsRefusedError) as refused:
        assign_panels(visits=[free, lead.visit], seats=seats, by=UserFactory())

    assert [(visit, type(reason)) for visit, reason in refused.value.refusals] == [
        (lead.visit, LeadTakenError)
    ]
    assert list(PanelMember.objects.all()) == [lead]
