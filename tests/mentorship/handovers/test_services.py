from datetime import date, timedelta

import pytest

from cadre_app.history.models import Entry
from cadre_app.mentorship.models import (
    CarriedStep,
    CheckIn,
    GuidanceNote,
    MentorKind,
    Pairing,
    PairingGoal,
    PairingReview,
)
from cadre_app.mentorship.services import agreements, check_ins, goals, handover_undo, handovers, notes, pairings
from cadre_app.mentorship.services.picks import parsed
from cadre_app.people.models import OfficeHolding, Trainee
from cadre_app.people.services import offices
from tests.factories import PersonFactory, TraineeFactory
from tests.mentorship.handovers.conftest import (
    CHANGED,
    STARTED,
    TODAY,
    YESTERDAY,
    keys,
    limited,
    newcomer,
    paired,
    succeed,
    wait,
)
from tests.people.test_offices import refused

pytestmark = pytest.mark.django_db


def confirm(place, *, day=YESTERDAY, picks=None, actor=None, **values):
    some = [parsed(key) for key in (picks or keys())]
    return lambda: handovers.hand_over_many(picks=some, ended_on=day, actor=actor or place.staff, **values)


def step(pairing, text, *, visibility="shared", due=date(2026, 12, 20)):
    return notes.add_note(
        pairing, happened_on=date(2026, 10, 8), way="phone", text="谈了近况", next_step=text, next_step_on=due,
        visibility=visibility, actor=None,
    )  # fmt: skip


def test_the_former_pairing_ends_early_with_the_reason_and_the_next_one_begins_the_day_after(place, pairing, successor):
    [made] = confirm(place)()
    former = Pairing.objects.get(pk=pairing.pk)
    assert (former.ended_on, former.end_kind, "庄世恒" in former.end_reason) == (YESTERDAY, "early", True)
    assert (made.mentor, made.office, made.started_on, made.due_on) == (
        successor, pairing.office, TODAY, pairing.due_on,
    )  # fmt: skip
    assert (made.follows, made.check_in_days, made.kind) == (former, pairing.check_in_days, "political")
    assert wait() == []


def test_a_length_moves_the_planned_last_day(place, successor):
    [made] = confirm(place, months=12)()
    assert made.due_on == date(2027, 11, 22)


def test_goals_go_over_with_their_progress_and_are_to_be_signed_again(place, pairing, successor):
    agreements.sign_agreement(pairing, signed_on=STARTED, actor=place.staff)
    goal = PairingGoal.objects.filter(pairing=pairing).first()
    goals.set_progress(goal, state="under_way", progress="已开展两次", progressed_on=CHANGED, actor=place.staff)
    before = PairingGoal.objects.filter(pairing=pairing)
    [made] = confirm(place)()
    columns = ("position", "side", "text", "state", "progress", "progressed_on")
    after = PairingGoal.objects.filter(pairing=made)
    assert list(after.values_list(*columns)) == list(before.values_list(*columns))
    assert (set(after.values_list("is_agreed")), set(before.values_list("is_agreed"))) == ({(False,)}, {(True,)})
    assert made.signed_on is None


def test_the_check_in_keeps_its_day_and_place_and_the_former_one_is_called_off(place, pairing, successor):
    check_ins.arrange_check_in(pairing, planned_on=date(2026, 12, 3), place="村部", actor=None)
    [made] = confirm(place)()
    moved = CheckIn.objects.open().get()
    assert (moved.pairing, moved.planned_on, moved.place) == (made, date(2026, 12, 3), "村部")
    assert Pairing.objects.get(pk=made.pk).next_check_in_on == date(2026, 12, 3)
    assert CheckIn.objects.get(pairing=pairing).called_off_on == YESTERDAY


def test_a_check_in_whose_day_has_passed_does_not_burden_the_next_mentor(place, pairing, successor):
    CheckIn.objects.create(pairing=pairing, planned_on=date(2026, 10, 1))
    [made] = confirm(place)()
    assert (CheckIn.objects.open().count(), made.next_check_in_on) == (0, TODAY + timedelta(days=30))


def test_only_open_steps_of_shared_notes_go_over(place, pairing, successor):
    shared = step(pairing, "走访六户")
    step(pairing, "请示部里", visibility="department")
    step(pairing, "自己留意", visibility="private")
    done = step(pairing, "已办妥")
    GuidanceNote.objects.filter(pk=done.pk).update(next_step_done_on=CHANGED)
    [made] = confirm(place)()
    assert [(each.pairing, each.note) for each in CarriedStep.objects.all()] == [(made, shared)]


def test_steps_go_over_a_second_time_as_long_as_they_are_open(place, pairing, successor):
    shared = step(pairing, "走访六户")
    [made] = confirm(place, day=CHANGED - timedelta(days=1))()
    OfficeHolding.objects.filter(person=successor).update(until=date(2026, 11, 10))
    third = PersonFactory.create(name="第三位")
    offices.appoint(made.office, person=third, since=date(2026, 11, 11), actor=None)
    [last] = confirm(place)()
    assert list(CarriedStep.objects.filter(pairing=last).values_list("note", flat=True)) == [shared.pk]


def test_the_open_review_of_the_former_pairing_is_closed_and_the_next_one_has_its_own(place, pairing, successor):
    [made] = confirm(place)()
    assert list(PairingReview.objects.open().values_list("pairing", flat=True)) == [made.pk]


def test_history_tells_both_sides(place, pairing, successor):
    [made] = confirm(place)()
    told = Entry.objects.about_any([pairing, made]).values_list("object_id", "verb")
    assert {(pairing.pk, "mentorship.pairing.ended"), (made.pk, "mentorship.pairing.started")} <= set(told)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (TODAY + timedelta(days=1), "future"),
        (STARTED - timedelta(days=1), "too_early"),
        (date(2026, 10, 1), "noted_after"),
    ],
)
def test_the_last_day_lies_neither_ahead_nor_before_what_is_recorded(place, pairing, successor, day, code):
    step(pairing, "走访六户")
    assert refused(confirm(place, day=day)) == [("ended_on", code)]
    assert Pairing.objects.running().count() == 1


def test_nobody_follows_before_they_took_the_office(place, pairing, successor):
    assert refused(confirm(place, day=date(2026, 10, 20))) == [("ended_on", "not_in_office")]


def test_one_that_is_planned_to_end_first_is_not_handed_over(place, pairing, successor):
    Pairing.objects.update(due_on=TODAY + timedelta(days=1))
    call = confirm(place, day=TODAY)
    Pairing.objects.update(due_on=TODAY + timedelta(days=1))
    assert call()[0].started_on == TODAY + timedelta(days=1)
    assert Pairing.objects.running().count() == 1


def test_all_or_nothing_by_name(place, head):
    first, second = newcomer(place, "林知远"), newcomer(place, "陈嘉穗")
    paired(place, first, head)
    step(paired(place, second, head), "一", due=TODAY)
    succeed(head)
    picks = keys()
    GuidanceNote.objects.update(happened_on=TODAY)
    with pytest.raises(Exception, match="陈嘉穗"):
        confirm(place, picks=picks)()
    assert Pairing.objects.running().count() == 2


def test_who_was_looked_at_is_who_follows(place, pairing, head, successor):
    picks = keys()
    OfficeHolding.objects.filter(person=successor).update(person=PersonFactory.create(name="又一位"))
    assert refused(confirm(place, picks=picks)) == [("picks", "changed_since")]
    OfficeHolding.objects.filter(person__name="又一位").update(until=YESTERDAY)
    assert refused(confirm(place, picks=picks)) == [("picks", "changed_since")]


def test_a_pairing_that_ended_meanwhile_is_named(place, pairing, successor):
    picks = keys()
    pairings.end_pairing(pairing, ended_on=TODAY, end_kind="early", reason="调动", actor=place.staff)
    with pytest.raises(Exception, match="2026"):
        confirm(place, picks=picks)()
    assert Pairing.objects.count() == 1


def test_out_of_scope_nothing_is_handed_over(place, pairing, successor):
    stranger = place.somebody("staff", place.other_town)
    assert refused(confirm(place, actor=stranger)) == [("picks", "changed_since")]


def test_nobody_is_handed_over_to_themselves(place, pairing, head):
    office = offices.create_office(unit=place.other_town, name="党委书记", is_political_source=True, actor=None)
    offices.appoint(office, person=head.person, since=CHANGED, actor=None)
    Trainee.objects.update(home_unit=place.other_town)
    staff = place.somebody("staff", place.top)
    picks = [f"{pairing.pk}.{head.person.pk}"]
    assert refused(confirm(place, picks=picks, actor=staff)) == [("picks", "changed_since")]
    kept = handovers.keep_mentor(pairing, office=office.pk, actor=staff)
    assert (kept.office, kept.is_running, wait()) == (office, True, [])
    assert "mentorship.pairing.kept" in Entry.objects.about(kept).values_list("verb", flat=True)


def test_a_mentor_is_kept_only_by_the_office_that_counts(place, pairing, head, successor):
    call = lambda: handovers.keep_mentor(pairing, office=head.office.pk, actor=place.staff)  # noqa: E731
    assert refused(call) == [("", "changed_since")]


def test_somebody_else_is_chosen_with_a_reason(place, pairing, head, successor):
    chosen = PersonFactory.create(name="另一位")
    made = handovers.hand_over(
        pairing, mentor=chosen, choice_reason="熟悉业务", ended_on=YESTERDAY, version=1, actor=place.staff
    )
    assert (made.mentor, made.office, made.choice_reason, made.follows_id) == (chosen, None, "熟悉业务", pairing.pk)
    assert Pairing.objects.get(pk=pairing.pk).is_running is False


def test_the_mentor_is_not_chosen_to_follow_themselves(place, pairing, head):
    call = lambda: handovers.hand_over(  # noqa: E731
        pairing, mentor=head.person, choice_reason="一", ended_on=YESTERDAY, actor=place.staff
    )
    assert refused(call) == [("mentor", "same_mentor")]
    assert Pairing.objects.get().is_running


def test_taken_back_the_former_pairing_runs_with_its_check_in_and_its_review(place, pairing, successor):
    check_ins.arrange_check_in(pairing, planned_on=date(2026, 12, 3), place="村部", actor=None)
    step(pairing, "走访六户")
    [made] = confirm(place)()
    check_ins.change_check_in(
        CheckIn.objects.open().get(), planned_on=date(2026, 12, 8), place="镇里", actor=place.staff
    )
    former = handover_undo.take_back_hand_over(made, reason="误办", actor=place.staff)
    assert (former.pk, former.is_running, former.next_check_in_on) == (pairing.pk, True, date(2026, 12, 8))
    assert Pairing.objects.get(pk=made.pk).is_voided
    assert list(PairingReview.objects.open().values_list("pairing", flat=True)) == [pairing.pk]
    assert (CarriedStep.objects.told().count(), [each.successor for each in wait()]) == (0, [successor])
    [again] = confirm(place)()
    assert (again.follows_id, CarriedStep.objects.told().count()) == (pairing.pk, 1)


def _noted(made, place):
    notes.add_note(made, happened_on=TODAY, way="face", text="初次见面", actor=None)


def _held(made, place):
    check_in = check_ins.arrange_check_in(made, planned_on=TODAY, actor=place.staff)
    check_ins.hold_check_in(check_in, held_on=TODAY, actor=place.staff)


def _signed(made, place):
    agreements.sign_agreement(made, signed_on=TODAY, actor=place.staff)


def _ended(made, place):
    pairings.end_pairing(made, ended_on=TODAY, end_kind="early", reason="调动", actor=place.staff)


def _added(made, place):
    goals.add_goal(made, side="trainee", text="学会做群众工作", actor=place.staff)


def _reached(made, place):
    goal = PairingGoal.objects.filter(pairing=made).exclude(side="both").first()
    goals.set_progress(goal, state="reached", progress="已完成", progressed_on=TODAY, actor=place.staff)


def _arranged(made, place):
    check_ins.arrange_check_in(made, planned_on=TODAY, actor=place.staff)


@pytest.mark.parametrize("begin", [_noted, _held, _signed, _added, _reached, _arranged])
def test_what_has_begun_is_not_taken_back(place, pairing, successor, begin):
    [made] = confirm(place)()
    begin(made, place)
    assert handover_undo.undo_problem(Pairing.objects.get(pk=made.pk)) != ""
    call = lambda: handover_undo.take_back_hand_over(made, reason="误办", actor=place.staff)  # noqa: E731
    assert refused(call) == [("", "begun")]


def test_what_has_ended_or_was_never_handed_over_is_not_taken_back(place, pairing, successor):
    take = lambda made: handover_undo.take_back_hand_over(made, reason="误办", actor=place.staff)  # noqa: E731
    assert refused(lambda: take(pairing)) == [("", "begun")]
    [made] = confirm(place)()
    _ended(made, place)
    assert refused(lambda: take(made)) == [("", "ended")]


def test_a_chosen_mentor_who_left_takes_the_pairing_back_all_the_same(place, trainee, head):
    file = TraineeFactory.create(home_unit=place.other_town, arrived_on=date(2020, 1, 1))
    pairings.create_pairing(
        trainee, kind=MentorKind.POLITICAL, mentor=file.person, choice_reason="业务对口", started_on=STARTED,
        actor=place.staff,
    )  # fmt: skip
    Trainee.objects.filter(pk=file.pk).update(departed_on=date(2026, 11, 10))
    [made] = confirm(place)()
    assert made.mentor == head.person
    assert handover_undo.take_back_hand_over(made, reason="误办", actor=place.staff).is_running


def test_many_who_would_together_pass_the_limit_are_refused_with_both_numbers(place, head):
    limited(place, 2)
    for name in ("林知远", "陈嘉穗"):
        paired(place, newcomer(place, name), head)
    person = succeed(head)
    assert len(confirm(place)()) == 2
    paired_now = Pairing.objects.running().filter(mentor=person).count()
    assert paired_now == 2


def test_three_together_pass_a_limit_of_two(place, head):
    for name in ("林知远", "陈嘉穗", "何向阳"):
        paired(place, newcomer(place, name), head)
    limited(place, 2)
    succeed(head)
    with pytest.raises(Exception, match=r"3.*2") as error:
        confirm(place)()
    assert set(error.value.error_dict) == {"mentor"}
    assert Pairing.objects.running().filter(follows=None).count() == 3


def test_on_the_planned_last_day_a_pairing_is_completed_not_handed_over(place, pairing):
    Pairing.objects.update(due_on=TODAY)
    call = lambda: handovers.hand_over(  # noqa: E731
        pairing, mentor=PersonFactory.create(), choice_reason="一", ended_on=YESTERDAY, actor=place.staff
    )
    assert refused(call) == [("ended_on", "completed_instead")]
    assert Pairing.objects.get().is_running


def test_nobody_who_is_the_mentor_of_the_other_kind_is_chosen(place, trainee, pairing, elder):
    paired(place, trainee, elder, MentorKind.COMMUNITY)
    call = lambda: handovers.hand_over(  # noqa: E731
        pairing, mentor=elder.person, choice_reason="一", ended_on=YESTERDAY, actor=place.staff
    )
    assert refused(call) == [("mentor", "both_kinds")]
