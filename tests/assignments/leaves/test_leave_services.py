"""请销假: who decides what, what is refused, and what moves the end of the village term."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from cadre_app.accounts.models import User
from cadre_app.assignments.models import Leave, LeaveState, TermReview
from cadre_app.assignments.services import leave_returns, leaves
from cadre_app.assignments.services.leave_counting import counted, counted_kinds
from cadre_app.core.busy import busies
from cadre_app.core.days import start_of
from cadre_app.people.models import Interruption, Trainee, VillageTerm
from cadre_app.people.services import interruptions
from tests.assignments.factories import make_leave
from tests.assignments.leaves.conftest import Village
from tests.people.conftest import TODAY

SOON = TODAY + timedelta(days=10)
DUE = date(2027, 8, 31)


def after(days: int, first: date = SOON) -> date:
    return first + timedelta(days=days - 1)


def said(call: Any) -> dict[str, list[str]]:
    with translation.override("en"), pytest.raises(ValidationError) as error:
        call()
    found = error.value
    return found.message_dict if hasattr(found, "error_dict") else {"": found.messages}


def due_on() -> date | None:
    return VillageTerm.objects.get().due_on


def away(village: Village, days: int, *, kind: str = "sick", first: date = date(2026, 9, 1)) -> Leave:
    """Somebody is back from so many days away."""
    leave = make_leave(village.trainee, on=first, due_on=after(days, first), kind=kind, term=village.term)
    return leave_returns.return_from_leave(leave, ended_on=after(days, first), actor=village.staff)


@pytest.mark.parametrize(("days", "state"), [(3, LeaveState.APPROVED), (4, LeaveState.CONFIRMED)])
def test_the_word_of_the_unit_approves_short_leave_and_sends_longer_leave_on(
    village: Village, days: int, state: str
) -> None:
    asked = village.asks(SOON, after(days))
    done = leaves.confirm_leave(asked, actor=village.liaison)
    assert (asked.state, done.state, done.confirmed_by) == (LeaveState.REQUESTED, state, village.liaison)
    assert (done.approved_by == village.liaison) is (state == LeaveState.APPROVED)


def test_the_department_approves_what_the_unit_confirmed(village: Village) -> None:
    leave = leaves.confirm_leave(village.asks(SOON, after(9)), actor=village.liaison)
    done = leaves.approve_leave(leave, actor=village.staff)
    assert (done.state, done.approved_on, done.term) == (LeaveState.APPROVED, TODAY, village.term)


@pytest.mark.parametrize(
    ("who", "days", "state"),
    [("liaison", 9, LeaveState.CONFIRMED), ("liaison", 2, LeaveState.APPROVED), ("staff", 9, LeaveState.APPROVED)],
)
def test_whoever_enters_it_for_somebody_decides_by_it(village: Village, who: str, days: int, state: str) -> None:
    assert village.asks(SOON, after(days), by=getattr(village, who)).state == state


def test_a_declined_leave_says_why_and_frees_its_days(village: Village) -> None:
    leave = village.asks(SOON, after(2))
    assert list(said(lambda: leaves.decline_leave(leave, decline_reason=" ", actor=village.liaison))) == [
        "decline_reason"
    ]
    leaves.decline_leave(leave, decline_reason="防汛值守", actor=village.liaison)
    assert village.asks(SOON, after(2)).state == LeaveState.REQUESTED


def test_what_the_person_changes_has_to_be_confirmed_again(village: Village) -> None:
    leave = leaves.confirm_leave(village.asks(SOON, after(2)), actor=village.liaison)
    values: dict[str, Any] = {"kind": "annual", "started_on": SOON, "due_on": after(3), "reason": "探亲"}
    by_person = leaves.change_leave(leave, **values, actor=village.own)
    assert (by_person.state, by_person.approved_by) == (LeaveState.REQUESTED, None)
    assert leaves.change_leave(by_person, **values, actor=village.staff).state == LeaveState.APPROVED


def test_an_overlap_names_the_other_leave_and_its_days(village: Village) -> None:
    village.asks(SOON, after(3))
    found = said(lambda: village.asks(after(3), after(9), kind="sick"))
    text = "Annual leave from 3 Dec 2026 to 5 Dec 2026 (To be confirmed) covers these days."
    assert list(found) == ["started_on"]
    assert found["started_on"][0].startswith(text)


def test_an_overlap_with_a_leave_that_ended_does_not_ask_to_withdraw_it(village: Village) -> None:
    first = date(2026, 9, 1)
    make_leave(village.trainee, on=first, due_on=first, state=LeaveState.RETURNED, ended_on=first)
    (text,) = said(lambda: village.asks(first, after(1, first)))["started_on"]
    assert "Staff correct it" in text


def test_the_database_refuses_two_leaves_of_one_day(village: Village) -> None:
    make_leave(village.trainee, on=SOON)
    with pytest.raises(ValidationError) as error:
        Leave(
            trainee=village.trainee, kind="annual", started_on=SOON, due_on=SOON, reason="探亲",
            requested_by=village.own, requested_on=TODAY,
        ).full_clean()  # fmt: skip
    assert [single.code for single in error.value.error_dict["__all__"]] == ["started_on"]


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (SOON, SOON - timedelta(days=1), "due_on"),
        (SOON, SOON + timedelta(days=366), "due_on"),
        (TODAY + timedelta(days=367), TODAY + timedelta(days=368), "started_on"),
        (date(2024, 6, 30), date(2024, 7, 2), "started_on"),
        (date(1, 1, 1), date(1, 1, 2), "started_on"),
        (date(9999, 12, 30), date(9999, 12, 31), "started_on"),
    ],
)
def test_impossible_days_are_refused_beside_their_field(village: Village, first: date, last: date, field: str) -> None:
    assert list(said(lambda: village.asks(first, last))) == [field]


def test_a_leave_that_has_begun_is_ended_and_not_withdrawn(village: Village) -> None:
    leave = make_leave(village.trainee, on=TODAY)
    assert list(said(lambda: leaves.withdraw_leave(leave, actor=village.own))) == [""]
    assert list(said(lambda: leave_returns.return_from_leave(leave, ended_on=SOON, actor=village.own))) == ["ended_on"]
    done = leave_returns.return_from_leave(leave, ended_on=TODAY, actor=village.own)
    assert (done.state, done.days, done.returned_on) == (LeaveState.RETURNED, 1, TODAY)


def test_a_return_later_than_asked_does_not_run_into_the_next_leave(village: Village) -> None:
    first = make_leave(village.trainee, on=TODAY - timedelta(days=9), due_on=TODAY - timedelta(days=6))
    make_leave(village.trainee, on=TODAY - timedelta(days=2), due_on=TODAY)
    found = said(lambda: leave_returns.return_from_leave(first, ended_on=TODAY, actor=village.staff))
    assert list(found) == ["ended_on"]


@pytest.mark.parametrize(
    ("kind", "days", "added"), [("sick", 30, 30), ("sick", 29, 0), ("annual", 40, 0), ("maternity", 80, 80)]
)
def test_long_leave_of_counted_kinds_is_added_to_the_term(village: Village, kind: str, days: int, added: int) -> None:
    leave = away(village, days, kind=kind)
    assert (due_on(), Interruption.objects.count()) == (DUE + timedelta(days=added), 1 if added else 0)
    assert Trainee.objects.get().term_ends_on == due_on()
    assert counted(Leave.objects.select_related("term", "interruption").get(pk=leave.pk)).days == added


def test_pages_say_before_the_return_what_will_be_added(village: Village) -> None:
    leave = make_leave(village.trainee, on=date(2026, 11, 1), due_on=date(2026, 11, 30), kind="sick", term=village.term)
    with translation.override("en"):
        found = counted(leave)
    text = "If it lasts as asked for, 30 days are added to the village term. The term then ends on 30 Sep 2027."
    assert (found.days, found.before, found.after, found.text) == (30, DUE, date(2027, 9, 30), text)


def test_a_correction_moves_the_term_and_voiding_takes_it_out(village: Village) -> None:
    leave = away(village, 40)
    values: dict[str, Any] = {"kind": "sick", "started_on": date(2026, 9, 1), "actor": village.staff}
    leave_returns.correct_leave(leave, ended_on=date(2026, 9, 30), **values)
    assert due_on() == DUE + timedelta(days=30)
    leave_returns.correct_leave(leave, ended_on=date(2026, 9, 20), **values)
    assert (due_on(), Interruption.objects.standing().count()) == (DUE, 0)
    leave_returns.correct_leave(leave, ended_on=date(2026, 10, 10), **values)
    leave_returns.void_leave(Leave.objects.get(), reason="误录", actor=village.staff)
    assert (due_on(), Interruption.objects.standing().count()) == (DUE, 0)
    leave_returns.restore_leave(Leave.objects.get(), actor=village.staff)
    assert due_on() == DUE + timedelta(days=40)
    leave_returns.take_return_back(Leave.objects.get(), reason="误登", actor=village.staff)
    assert (due_on(), Leave.objects.get().state) == (DUE, LeaveState.APPROVED)


def test_what_the_person_reports_moves_the_term_once_the_unit_confirms_it(village: Village) -> None:
    leave = make_leave(village.trainee, on=date(2026, 9, 1), due_on=date(2026, 10, 10), kind="sick", term=village.term)
    done = leave_returns.return_from_leave(leave, ended_on=date(2026, 10, 5), actor=village.own)
    assert (done.return_waits, done.returned_by, due_on()) == (True, village.own, DUE)
    with translation.override("en"):
        assert counted(done).text == "Once the unit confirms the return, 35 days are added to the village term."
    done = leave_returns.confirm_return(done, actor=village.liaison)
    assert (done.return_waits, due_on()) == (False, DUE + timedelta(days=35))
    assert list(said(lambda: leave_returns.confirm_return(done, actor=village.liaison))) == [""]


@pytest.mark.parametrize(("days", "waits"), [(2, False), (1, True), (3, True)])
def test_short_leave_that_lasted_as_approved_needs_no_word_of_the_unit(
    village: Village, days: int, waits: bool
) -> None:
    first = date(2026, 9, 1)
    leave = make_leave(village.trainee, on=first, due_on=after(2, first), term=village.term)
    done = leave_returns.return_from_leave(leave, ended_on=after(days, first), actor=village.own)
    assert done.return_waits is waits


def test_leave_does_not_move_a_term_whose_review_is_filed(village: Village) -> None:
    leave = away(village, 40)
    TermReview.objects.create(
        term=village.term, due_on=DUE, conclusion="passed", filed_on=TODAY, handed_over_on=TODAY, signed_on=TODAY
    )
    moved = due_on()
    values: dict[str, Any] = {"kind": "sick", "started_on": date(2026, 9, 1), "actor": village.staff}
    correct = leave_returns.correct_leave
    assert list(said(lambda: correct(leave, ended_on=date(2026, 9, 20), **values))) == [""]
    assert list(said(lambda: leave_returns.void_leave(leave, reason="误录", actor=village.staff))) == [""]
    late = make_leave(village.trainee, on=date(2026, 1, 1), due_on=date(2026, 2, 9), kind="sick", term=village.term)
    done = leave_returns.return_from_leave(late, ended_on=date(2026, 2, 9), actor=village.staff)
    assert (done.state, done.interruption, due_on()) == (LeaveState.RETURNED, None, moved)


def test_an_interruption_entered_by_hand_is_named(village: Village) -> None:
    interruptions.interrupt_term(
        village.term, started_on=date(2026, 9, 10), ended_on=date(2026, 9, 20), reason="抽调", actor=village.staff
    )
    found = said(lambda: away(village, 40))
    assert list(found) == ["ended_on"]
    assert "10 Sep 2026 (抽调)" in found["ended_on"][0]


def test_the_kept_reason_is_in_the_language_of_the_house(village: Village) -> None:
    with translation.override("en"):
        away(village, 40)
    assert Interruption.objects.get().reason == "病假"


def test_a_leave_outside_of_village_terms_moves_nothing(village: Village) -> None:
    other = make_leave(village.trainee, on=date(2025, 7, 1), due_on=date(2025, 8, 20), kind="sick")
    done = leave_returns.return_from_leave(other, ended_on=date(2025, 8, 20), actor=village.staff)
    assert (done.term, due_on()) == (None, DUE)


def test_a_closed_file_takes_no_leave_but_what_waits_can_be_declined(village: Village) -> None:
    leave = village.asks(SOON, after(2))
    Trainee.objects.update(departed_on=TODAY)
    assert list(said(lambda: village.asks(after(5), after(6)))) == [""]
    assert list(said(lambda: leaves.confirm_leave(leave, actor=village.liaison))) == [""]
    done = leaves.decline_leave(leave, decline_reason="已调离", actor=village.staff)
    assert done.state == LeaveState.DECLINED


def test_codes_of_the_setting_are_read_however_they_are_set_apart(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "cadre_app.assignments.services.leave_counting.LEAVE_KINDS_COUNTED.__class__.on",
        lambda policy, day: "sick，personal、 nothing;away",
    )
    assert counted_kinds(TODAY) == {"sick", "personal", "away"}


def test_leave_takes_its_days_without_saying_what_it_is(village: Village) -> None:
    leave = make_leave(village.trainee, on=SOON, due_on=after(3), kind="sick")
    taken = busies["assignments.leaves"].taken([village.trainee.pk], start_of(after(3)), start_of(after(5)))
    with translation.override("en"):
        again = busies["assignments.leaves"].taken([village.trainee.pk], start_of(after(4)), start_of(after(5)))
    assert ([(one.key, one.text, one.is_whole) for one in taken], again) == ([(leave.pk, "请假", True)], [])


def test_leave_keeps_who_did_it(village: Village) -> None:
    leave = village.asks(SOON, after(2))
    assert User.objects.get(pk=leave.requested_by_id) == village.own


def spans() -> list[tuple[date, date | None]]:
    rows = Interruption.objects.standing().order_by("started_on")
    return [(one.started_on, one.ended_on) for one in rows]


def again(leave: Leave) -> Leave:
    return Leave.objects.select_related("trainee__person", "term", "interruption").get(pk=leave.pk)


def test_adjoining_leave_of_one_kind_is_one_stretch_of_the_term(village: Village) -> None:
    first = away(village, 20)
    assert spans() == []
    second = away(village, 20, first=date(2026, 9, 21))
    assert spans() == [(date(2026, 9, 1), date(2026, 9, 20)), (date(2026, 9, 21), date(2026, 10, 10))]
    assert due_on() == DUE + timedelta(days=40)
    assert [counted(again(one)).days for one in (first, second)] == [20, 20]


def test_a_weekend_between_does_not_part_a_stretch_and_a_working_day_does(village: Village) -> None:
    away(village, 18, first=date(2026, 8, 11))  # until a Friday
    second = away(village, 12, first=date(2026, 8, 31))
    assert len(spans()) == 2
    values = {"kind": "sick", "ended_on": date(2026, 9, 11), "actor": village.staff}
    leave_returns.correct_leave(again(second), started_on=date(2026, 9, 1), **values)
    assert (spans(), due_on()) == ([], DUE)


@pytest.mark.parametrize("kind", ["annual", "maternity"])
def test_another_kind_is_another_stretch(village: Village, kind: str) -> None:
    away(village, 20)
    away(village, 20, first=date(2026, 9, 21), kind=kind)
    assert spans() == []


def test_voiding_one_takes_the_whole_stretch_out_and_restoring_puts_it_in_again(village: Village) -> None:
    away(village, 20)
    second = away(village, 20, first=date(2026, 9, 21))
    leave_returns.void_leave(again(second), reason="误登", actor=village.staff)
    assert (spans(), due_on()) == ([], DUE)
    leave_returns.restore_leave(again(second), actor=village.staff)
    assert (len(spans()), due_on()) == (2, DUE + timedelta(days=40))


def test_what_was_taken_out_by_hand_stays_out_when_the_stretch_grows(village: Village) -> None:
    away(village, 30)
    interruptions.void_interruption(Interruption.objects.get(), reason="不计", actor=village.staff)
    away(village, 20, first=date(2026, 10, 1))
    assert spans() == [(date(2026, 10, 1), date(2026, 10, 20))]


def test_adjoining_leave_is_approved_by_the_department_once_it_is_long_together(village: Village) -> None:
    first = leaves.confirm_leave(village.asks(SOON, after(3)), actor=village.liaison)
    second = leaves.confirm_leave(village.asks(after(4), after(6)), actor=village.liaison)
    other = leaves.confirm_leave(village.asks(after(7), after(8), kind="sick"), actor=village.liaison)
    assert [one.state for one in (first, second, other)] == [
        LeaveState.APPROVED, LeaveState.CONFIRMED, LeaveState.APPROVED,
    ]  # fmt: skip
