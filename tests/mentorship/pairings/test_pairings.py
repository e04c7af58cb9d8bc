from datetime import date, timedelta

import pytest

from cadre_app.core.models import Stale
from cadre_app.core.registries import relations
from cadre_app.history.models import Entry
from cadre_app.mentorship.models import CheckIn, MentorKind, Pairing
from cadre_app.mentorship.services import check_ins, notes, pairings
from cadre_app.mentorship.services.refusals import problems_of
from cadre_app.people.models import OfficeHolding, Relative, Trainee
from cadre_app.people.services import transfers
from tests.factories import PersonFactory, TraineeFactory
from tests.mentorship.pairings.conftest import STARTED, account_of
from tests.people.conftest import TODAY
from tests.people.test_offices import refused

DUE = date(2028, 8, 19)


def pair(place, trainee, mentor, **values):
    """A call that pairs the trainee with somebody chosen."""
    known = {"kind": MentorKind.POLITICAL, "mentor": mentor, "choice_reason": "熟悉业务", "started_on": STARTED}
    return lambda: pairings.create_pairing(trainee, **known | values, actor=place.staff)


def end(place, pairing, day=TODAY, kind="early", reason="工作调动"):
    return lambda: pairings.end_pairing(pairing, ended_on=day, end_kind=kind, reason=reason, actor=place.staff)


def leave(place, trainee, day):
    transfers.record_departure(
        Trainee.objects.get(pk=trainee.pk), kind="other", effective_on=day, document_number="一", approval="同意",
        actor=place.staff,
    )  # fmt: skip


def test_a_pairing_lasts_two_years_and_first_asks_for_a_check_in_after_thirty_days(pairing):
    assert (pairing.due_on, pairing.check_in_days, pairing.next_check_in_on) == (DUE, 30, date(2026, 9, 19))


def test_length_and_cadence_can_differ(place, trainee, head):
    pairing = pair(place, trainee, head.person, months=12, check_in_days=14)()
    assert (pairing.due_on, pairing.next_check_in_on) == (date(2027, 8, 19), date(2026, 9, 3))


def test_a_second_mentor_of_a_kind_is_refused_by_name_at_the_first_day(place, trainee, pairing, elder):
    other = pair(place, trainee, elder.person)
    assert refused(other) == [("started_on", "already_paired")]
    end(place, pairing, date(2026, 9, 1))()
    assert refused(other) == [("started_on", "already_paired")]
    assert pair(place, trainee, elder.person, started_on=date(2026, 9, 2))().mentor == elder.person


def test_the_other_kind_stands_beside_it(place, trainee, pairing, elder):
    both = pair(place, trainee, elder.person, kind=MentorKind.COMMUNITY, office=elder.office, choice_reason="")()
    assert sorted(Pairing.objects.running().values_list("kind", flat=True)) == ["community", "political"]
    assert both.office == elder.office


def test_nobody_is_their_own_mentor(place, trainee):
    assert refused(pair(place, trainee, trainee.person)) == [("mentor", "own")]


@pytest.mark.parametrize("declared_by", ["trainee", "mentor"])
def test_a_declared_relative_is_refused_either_way(place, trainee, head, declared_by):
    one, other = trainee.person, head.person
    if declared_by == "mentor":
        one, other = other, one
    Relative.objects.create(person=one, relation="叔侄", name=other.name, other=other)
    assert refused(pair(place, trainee, head.person)) == [("mentor", "relative")]


def test_a_mentor_who_has_left_or_is_voided_is_refused(place, trainee):
    former = TraineeFactory.create(home_unit=place.town)
    leave(place, former, TODAY)
    assert refused(pair(place, trainee, former.person)) == [("mentor", "left")]
    voided = PersonFactory.create(voided_at="2026-01-01T00:00:00Z")
    assert refused(pair(place, trainee, voided)) == [("mentor", "voided_person")]


def test_a_closed_file_takes_no_pairing(place, trainee, head, pairing):
    leave(place, trainee, TODAY)
    assert refused(pair(place, trainee, head.person, kind=MentorKind.COMMUNITY)) == [("", "read_only")]
    change = {"due_on": DUE, "check_in_days": 20, "actor": place.staff}
    assert refused(lambda: pairings.change_pairing(pairing, **change)) == [("", "read_only")]


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(2026, 8, 2), "too_early"), (TODAY + timedelta(days=32), "too_late"), (date(9999, 12, 1), "too_late")],
)
def test_the_first_day_lies_between_the_arrival_and_a_month_ahead(place, trainee, head, day, code):
    assert refused(pair(place, trainee, head.person, started_on=day)) == [("started_on", code)]


def test_by_office_only_who_held_it_on_the_first_day(place, trainee, head):
    by_office = {"office": head.office, "choice_reason": ""}
    OfficeHolding.objects.update(since=date(2026, 8, 21))
    assert refused(pair(place, trainee, head.person, **by_office)) == [("started_on", "not_in_office")]
    OfficeHolding.objects.update(since=date(2026, 8, 1), until=date(2026, 8, 19))
    assert refused(pair(place, trainee, head.person, **by_office)) == [("started_on", "not_in_office")]
    OfficeHolding.objects.update(until=date(2026, 8, 20))
    assert pair(place, trainee, head.person, **by_office)().office == head.office


def test_somebody_chosen_needs_a_reason(place, trainee, head):
    assert refused(pair(place, trainee, head.person, choice_reason="")) == [("choice_reason", "choice_reason")]


@pytest.mark.parametrize(("values", "field"), [({"months": 61}, "due_on"), ({"check_in_days": 6}, "check_in_days")])
def test_length_and_cadence_have_bounds(place, trainee, head, values, field):
    assert refused(pair(place, trainee, head.person, **values))[0][0] == field


def test_a_planned_last_day_and_a_cadence_are_changed(place, pairing):
    changed = pairings.change_pairing(pairing, due_on=date(2027, 1, 1), check_in_days=14, version=1, actor=place.staff)
    assert (changed.due_on, changed.next_check_in_on, changed.version) == (date(2027, 1, 1), date(2026, 9, 3), 2)
    before = {"due_on": STARTED - timedelta(days=1), "check_in_days": 14}
    call = lambda: pairings.change_pairing(pairing, **before, actor=place.staff)  # noqa: E731
    assert refused(call) == [("due_on", "due_on")]
    with pytest.raises(Stale):
        pairings.change_pairing(pairing, due_on=DUE, check_in_days=14, version=1, actor=place.staff)


def test_an_early_end_has_a_reason_and_leaves_no_check_in_open(place, pairing):
    check_ins.arrange_check_in(pairing, planned_on=TODAY, actor=place.staff)
    assert refused(end(place, pairing, reason="")) == [("reason", "reason")]
    ended = end(place, pairing)()
    called_off = CheckIn.objects.get()
    assert (ended.end_kind, ended.end_reason, ended.next_check_in_on) == ("early", "工作调动", None)
    assert (called_off.called_off_on, bool(called_off.called_off_reason)) == (TODAY, True)
    assert refused(end(place, pairing)) == [("", "already_ended")]


def test_a_pairing_is_completed_on_the_day_planned_or_later(place, pairing):
    assert refused(end(place, pairing, kind="completed", reason="")) == [("end_kind", "not_due")]
    Pairing.objects.update(due_on=TODAY)
    assert end(place, pairing, kind="completed", reason="")().end_kind == "completed"


@pytest.mark.parametrize(
    ("day", "code"),
    [(TODAY + timedelta(days=1), "future"), (STARTED - timedelta(days=1), "too_early"), (date(1, 1, 1), "too_early")],
)
def test_it_ends_on_a_day_of_its_own(place, pairing, day, code):
    assert refused(end(place, pairing, day)) == [("ended_on", code)]


def test_it_does_not_end_before_a_note_that_others_know_of(place, pairing):
    def note(day, visibility):
        notes.add_note(pairing, happened_on=day, way="phone", text="谈心", visibility=visibility, actor=None)

    note(date(2026, 10, 2), "private")
    end(place, pairing, date(2026, 10, 1))()
    pairings.reopen_pairing(pairing, actor=place.staff)
    note(date(2026, 10, 2), "shared")
    assert refused(end(place, pairing, date(2026, 10, 1))) == [("ended_on", "noted_after")]


def test_who_left_ends_their_pairing_on_the_last_day_at_the_latest(place, trainee, pairing):
    leave(place, trainee, date(2026, 11, 1))
    assert refused(end(place, pairing)) == [("ended_on", "after_departure")]
    assert end(place, pairing, date(2026, 11, 1))().ended_on == date(2026, 11, 1)


def test_an_end_is_taken_back_unless_somebody_followed(place, trainee, pairing, elder):
    end(place, pairing, date(2026, 9, 1))()
    back = pairings.reopen_pairing(pairing, reason="误录", actor=place.staff)
    assert (back.ended_on, back.end_kind, back.next_check_in_on) == (None, "", date(2026, 9, 19))
    end(place, pairing, date(2026, 9, 1))()
    pair(place, trainee, elder.person, started_on=date(2026, 9, 2))()
    call = lambda: pairings.reopen_pairing(pairing, reason="误录", actor=place.staff)  # noqa: E731
    assert refused(call) == [("started_on", "started_on")]


def test_a_pairing_entered_by_mistake_is_voided_and_restored(place, trainee, pairing, elder):
    voided = pairings.void_pairing(pairing, reason="误录", actor=place.staff)
    assert (voided.is_voided, voided.next_check_in_on) == (True, None)
    other = pair(place, trainee, elder.person)()
    restore = lambda: pairings.restore_pairing(pairing, actor=place.staff)  # noqa: E731
    assert refused(restore) != []
    pairings.void_pairing(other, reason="误录", actor=place.staff)
    assert restore().next_check_in_on == date(2026, 9, 19)


def test_a_pairing_with_notes_is_not_voided(place, pairing):
    notes.add_note(pairing, happened_on=TODAY, way="phone", text="谈心", actor=None)
    call = lambda: pairings.void_pairing(pairing, reason="误录", actor=place.staff)  # noqa: E731
    assert refused(call) == [("", "has_notes")]


def test_the_file_is_tied_to_the_mentor_while_the_pairing_runs(place, trainee, pairing, head):
    user = account_of(head.person)
    tied = lambda: list(relations["mentor"].trainee_ids(user))  # noqa: E731
    assert tied() == [{"trainee": trainee.pk}]
    assert Trainee.objects.visible_to(user).get() == trainee
    end(place, pairing, date(2026, 9, 1))()
    assert (tied(), Trainee.objects.visible_to(user).exists()) == ([], False)


def test_the_history_tells_each_step(place, pairing):
    pairings.change_pairing(pairing, due_on=DUE, check_in_days=14, actor=place.staff)
    end(place, pairing)()
    pairings.reopen_pairing(pairing, actor=place.staff)
    pairings.void_pairing(pairing, reason="误录", actor=place.staff)
    pairings.restore_pairing(pairing, actor=place.staff)
    verbs = Entry.objects.filter(object_id=pairing.pk).values_list("verb", flat=True)
    steps = ["changed", "ended", "reopened", "restored", "started", "voided"]
    assert sorted(verb.rpartition(".")[2] for verb in verbs) == steps


def test_an_end_taken_back_has_the_meeting_that_was_arranged_wait_again(place, pairing):
    arranged = check_ins.arrange_check_in(pairing, planned_on=date(2026, 12, 3), actor=place.staff)
    end(place, pairing)()
    back = pairings.reopen_pairing(pairing, actor=place.staff)
    assert (list(CheckIn.objects.open()), back.next_check_in_on) == ([arranged], date(2026, 12, 3))


def test_a_meeting_that_somebody_called_off_stays_called_off(place, pairing):
    arranged = check_ins.arrange_check_in(pairing, planned_on=date(2026, 12, 3), actor=place.staff)
    check_ins.call_off_check_in(arranged, reason="下乡", actor=place.staff)
    end(place, pairing)()
    pairings.reopen_pairing(pairing, actor=place.staff)
    assert CheckIn.objects.open().count() == 0


def test_nobody_is_both_mentors_of_one_trainee(place, trainee, pairing, head):
    other = pair(place, trainee, head.person, kind=MentorKind.COMMUNITY)
    assert refused(other) == [("mentor", "both_kinds")]
    end(place, pairing, date(2026, 9, 1))()
    assert other().mentor == head.person
    call = lambda: pairings.reopen_pairing(pairing, actor=place.staff)  # noqa: E731
    assert refused(call) == [("mentor", "both_kinds")]


def test_nobody_becomes_both_mentors_with_one_confirmation(place, trainee, head):
    wanted = [pairings.build_pairing(trainee, kind=kind, mentor=head.person, started_on=STARTED) for kind in MentorKind]
    assert [[each.code for each in some] for some in problems_of(wanted)] == [["both_kinds"], ["both_kinds"]]
