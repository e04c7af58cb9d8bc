"""What falls due with talks: from which day, for whom, in which words, and when no longer."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.utils import translation

from cadre_app.care.models import TalkTrigger
from cadre_app.care.services import plans, problems, recording, talks, triggers
from cadre_app.core.reminding import reminder_rules
from cadre_app.people.models import PostRecord, Trainee
from tests.care.conftest import TODAY, Care

pytestmark = pytest.mark.django_db
FAR = date(2099, 1, 1)
OFFICE_RULES = [key for key in reminder_rules if key.startswith(("care.talk_", "care.problem", "care.return"))]


def due(key: str, until: date = FAR) -> list[tuple[Any, ...]]:
    return list(reminder_rules[key].dues(until).values_list("due_day", "trainee_key", "doer_key"))


def words(key: str, care: Care, language: str = "en") -> Any:
    rule = reminder_rules[key]
    row = rule.rows().get(pk=rule.dues(FAR).get().pk)
    day = rule.dues(FAR).values_list("due_day", flat=True).get()
    with translation.override(language):
        return rule.words(row, day, care.user("staff"))


def test_a_regular_talk_is_due_by_the_plan(care: Care) -> None:
    assert due("care.talk_due") == [(date(2026, 1, 1), care.file.pk, None)]
    assert due("care.talk_due", date(2025, 12, 31)) == []
    assert words("care.talk_due", care).why == (
        "The next talk with 林知远 is to be held by 1 Jan 2026 (at least once every half year)."
    )


def test_it_is_not_due_while_a_talk_is_planned_for_about_that_time(care: Care) -> None:
    talk = care.planned()
    assert (due("care.talk_due"), due("care.talk_planned")) == ([], [(date(2026, 12, 1), care.file.pk, None)])
    type(talk).objects.filter(pk=talk.pk).update(planned_on=date(2026, 11, 1))
    assert (due("care.talk_due"), len(due("care.talk_planned"))) == ([], 1)
    assert words("care.talk_planned", care).why == (
        "A talk with 林知远 is planned for 1 Nov 2026: please agree on time and place."
    )
    talks.cancel_talk(talk, reason="出差", actor=care.staff)
    assert (len(due("care.talk_due")), due("care.talk_planned")) == (1, [])


def test_a_talk_planned_for_next_year_settles_neither_the_regular_one_nor_an_occasion(care: Care) -> None:
    trigger = triggers.add_trigger(care.file, occasion="setback", happened_on=date(2026, 11, 10), actor=care.staff)
    care.planned(planned_on=date(2027, 10, 1), trigger=trigger)
    assert [len(due(key)) for key in ("care.talk_due", "care.talk_trigger", "care.talk_planned")] == [1, 1, 1]


def test_a_held_talk_is_to_be_closed_once_nothing_is_left_to_follow(care: Care) -> None:
    talk = care.held()
    assert due("care.talk_closing") == [(date(2026, 12, 21), care.file.pk, None)]
    assert due("care.talk_closing", date(2026, 12, 20)) == []
    problem = care.raised(talk)
    assert due("care.talk_closing") == []
    problems.answer_problem(problem, answer="已更换", answered_on=TODAY, actor=care.staff)
    problems.revisit_problem(problem, revisited_on=TODAY, actor=care.staff)
    assert len(due("care.talk_closing")) == 1
    problems.close_problem(problem, actor=care.staff)
    recording.close_talk(talk, actor=care.staff)
    assert due("care.talk_closing") == []


def test_nothing_is_due_for_who_left(care: Care) -> None:
    care.raised(care.held())
    triggers.add_trigger(care.file, occasion="setback", happened_on=TODAY, actor=care.staff)
    Trainee.objects.filter(pk=care.file.pk).update(departed_on=TODAY)
    assert [key for key in reminder_rules if key.startswith("care.") and due(key)] == []


def test_an_occasion_is_due_until_its_talk_was_held(care: Care) -> None:
    trigger = triggers.add_trigger(care.file, occasion="setback", happened_on=date(2026, 11, 10), actor=care.staff)
    assert due("care.talk_trigger") == [(date(2026, 12, 10), care.file.pk, None)]
    assert words("care.talk_trigger", care).why == (
        "After a setback at work of 林知远 please arrange a talk by 10 Dec 2026 (within 30 days)."
    )
    care.held(trigger=trigger)
    assert due("care.talk_trigger") == []


def test_a_voided_talk_opens_its_occasion_again(care: Care) -> None:
    trigger = triggers.add_trigger(care.file, occasion="setback", happened_on=date(2026, 11, 10), actor=care.staff)
    talks.void_talk(care.held(trigger=trigger), reason="误录", actor=care.staff)
    assert len(due("care.talk_trigger")) == 1


def test_a_booked_talk_rings_its_interviewer_until_it_is_recorded(care: Care) -> None:
    talk = talks.book_talk(
        care.planned(),
        booked_on=TODAY,
        booked_time=time(9, 30),
        place="部里",
        interviewer=care.leader,
        actor=care.staff,
    )
    assert due("care.talk_booked") == [(TODAY, care.file.pk, care.leader.pk)]
    assert words("care.talk_booked", care).why == "The talk with 林知远 is at 09:30 on 23 Nov 2026, 部里."
    recording.record_talk(talk, held_on=TODAY, interviewer=care.leader, topics=["plans"], actor=care.staff)
    assert due("care.talk_booked") == []


def test_what_a_leader_holds_is_the_office_s_to_record(care: Care) -> None:
    care.raised(care.held(), handler=care.leader)
    office = [(date(2026, 12, 5), care.file.pk, None)]
    assert (due("care.problem_due"), due("care.return_visit")) == (office, office)


def test_a_return_visit_is_due_until_each_problem_was_visited(care: Care) -> None:
    talk = care.held()
    problem = care.raised(talk)
    problems.answer_problem(problem, answer="已更换", answered_on=TODAY, actor=care.staff)
    assert due("care.return_visit") == [(date(2026, 12, 5), care.file.pk, None)]
    problems.revisit_problem(problem, revisited_on=TODAY, actor=care.staff)
    assert due("care.return_visit") == []


def test_a_problem_rings_its_handler_until_it_is_answered_and_then_the_return_visit_waits(care: Care) -> None:
    talk = care.held()
    problem = care.raised(talk, handler=care.colleague)
    assert due("care.problem_due") == [(date(2026, 12, 5), care.file.pk, care.colleague.pk)]
    assert words("care.problem_due", care).why == (
        "“办公电脑老旧”, raised by 林知远, is with 澜桥街道党政办 and due by 5 Dec 2026: please report how it stands."
    )
    problems.answer_problem(problem, answer="已更换", answered_on=TODAY, actor=care.staff)
    assert due("care.problem_due") == []
    assert due("care.return_visit") == [(date(2026, 12, 5), care.file.pk, None)]
    problems.revisit_problem(problem, revisited_on=TODAY, actor=care.staff)
    problems.close_problem(problem, actor=care.staff)
    recording.close_talk(talk, actor=care.staff)
    assert due("care.return_visit") == []


@pytest.mark.parametrize("key", OFFICE_RULES)
def test_items_are_seen_by_staff_and_leaders_of_the_unit_alone(care: Care, key: str) -> None:
    talks.book_talk(
        care.planned(), booked_on=TODAY, booked_time=time(9), place="部里", interviewer=care.leader, actor=care.staff
    )
    care.raised(care.held())
    triggers.add_trigger(care.file, occasion="setback", happened_on=TODAY, actor=care.staff)
    rule = reminder_rules[key]
    names = ("staff", "leader", "liaison", "own", "other_staff")
    seen = {name: rule.visible(rule.rows(), care.user(name)).exists() for name in names}
    assert seen == {"staff": True, "leader": True, "liaison": False, "own": False, "other_staff": False}


def test_a_new_post_calls_for_a_talk_once(care: Care) -> None:
    known = {"trainee": care.file}
    PostRecord.objects.create(started_on=date(2025, 7, 1), post="党建办工作人员", **known)
    PostRecord.objects.create(started_on=date(2026, 11, 2), post="党建办工作人员", rank="12", **known)
    new = PostRecord.objects.create(started_on=date(2026, 11, 10), post="党建办主任", **known)
    PostRecord.objects.create(started_on=date(2026, 12, 10), post="副镇长", **known)
    assert [triggers.sweep_triggers(), triggers.sweep_triggers()] == [1, 0]
    trigger = TalkTrigger.objects.get()
    assert (trigger.post_record, trigger.due_on, trigger.subject) == (new, date(2026, 12, 10), "党建办主任")


def test_the_first_post_of_a_file_and_an_old_one_call_for_none(care: Care) -> None:
    other = Trainee.objects.get(pk=care.file.pk)
    PostRecord.objects.create(trainee=other, started_on=date(2026, 11, 10), post="党建办主任")
    assert triggers.sweep_triggers() == 0
    PostRecord.objects.create(trainee=other, started_on=date(2026, 9, 1), post="科员")
    PostRecord.objects.filter(started_on=date(2026, 11, 10)).update(started_on=date(2026, 10, 1))
    assert (triggers.sweep_triggers(), plans.sweep_plans()) == (0, 0)


def test_a_talk_about_the_same_occasion_answers_it_although_nobody_named_it(care: Care) -> None:
    triggers.add_trigger(care.file, occasion="setback", happened_on=date(2026, 11, 10), actor=care.staff)
    care.held(occasion="setback")
    assert due("care.talk_trigger", TODAY + timedelta(days=60)) == []
