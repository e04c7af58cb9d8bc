"""A talk from the plan to its closing, and what it does to the plan."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from cadre_app.care.models import Talk, TalkPlan, TalkState
from cadre_app.care.services import bulk, plans, problems, recording, talks
from cadre_app.core.models import Stale
from cadre_app.history.models import Entry
from cadre_app.people.models import Person, Relative, Trainee
from tests.care.conftest import ANSWER, SECRET, TODAY, Care
from tests.factories import PersonFactory, TraineeFactory

pytestmark = pytest.mark.django_db


def test_everybody_in_development_gets_a_plan_from_the_arrival(care: Care) -> None:
    assert (care.plan.next_on, care.plan.months, care.plan.last_on) == (date(2026, 1, 1), 6, None)
    assert plans.sweep_plans() == 0


def test_who_left_gets_no_plan(care: Care) -> None:
    TraineeFactory.create(home_unit=care.district.town, departed_on=date(2026, 1, 5))
    assert plans.sweep_plans() == 0


def test_a_talk_that_was_held_moves_the_next_one(care: Care) -> None:
    care.held()
    assert (care.plan.last_on, care.plan.next_on) == (date(2026, 11, 20), date(2027, 5, 20))


def test_a_voided_talk_is_as_if_it_had_not_been_and_can_be_restored(care: Care) -> None:
    talk = care.held()
    talk = talks.void_talk(talk, reason="误录", actor=care.staff)
    assert care.plan.next_on == date(2026, 1, 1)
    talks.restore_talk(talk, actor=care.staff)
    assert care.plan.next_on == date(2027, 5, 20)


def test_a_pause_moves_the_next_talk_to_its_end(care: Care) -> None:
    plans.change_plan(care.plan, paused_until=date(2027, 1, 10), pause_reason="产假", actor=care.staff)
    assert care.plan.next_on == date(2027, 1, 10)
    plans.change_plan(care.plan, actor=care.staff)
    assert care.plan.next_on == date(2026, 1, 1)


def test_a_pause_needs_a_reason(care: Care) -> None:
    with pytest.raises(ValidationError) as refused:
        plans.change_plan(care.plan, paused_until=date(2027, 1, 10), actor=care.staff)
    assert list(refused.value.message_dict) == ["pause_reason"]


def test_another_cadence_of_one_person_counts(care: Care) -> None:
    plans.change_plan(care.plan, cadence_months=12, actor=care.staff)
    assert (care.plan.next_on, care.plan.months) == (date(2026, 7, 1), 12)


def test_from_planned_to_closed(care: Care) -> None:
    talk = care.planned()
    talk = talks.book_talk(
        talk, booked_on=TODAY, booked_time=time(15, 0), place="区委组织部", interviewer=care.leader, actor=care.staff
    )
    assert (talk.state, talk.planned_on, talk.booked_time) == (TalkState.BOOKED, TODAY, time(15, 0))
    talk = recording.record_talk(
        talk, held_on=TODAY, interviewer=care.leader, topics=["plans"], content=SECRET, actor=care.staff
    )
    assert (talk.state, talk.recorded_by, talk.has_texts) == (TalkState.HELD, care.staff, True)
    assert recording.close_talk(talk, actor=care.staff).state == TalkState.CLOSED


def test_a_talk_waits_for_the_return_visit_until_its_problems_are_settled(care: Care) -> None:
    talk = care.held()
    problem = care.raised(talk)
    talk.refresh_from_db()
    assert (talk.state, talk.follow_up_on) == (TalkState.FOLLOW_UP, date(2026, 12, 5))
    with pytest.raises(ValidationError) as refused:
        recording.close_talk(talk, actor=care.staff)
    assert refused.value.code == "unsettled"
    problems.answer_problem(problem, answer="已更换", answered_on=TODAY, actor=care.staff)
    problems.revisit_problem(problem, revisited_on=TODAY, actor=care.staff)
    problems.close_problem(problem, actor=care.staff)
    assert recording.close_talk(talk, actor=care.staff).state == TalkState.CLOSED


def test_an_explained_problem_is_settled_without_a_return_visit(care: Care) -> None:
    talk = care.held()
    problem = care.raised(talk)
    problems.answer_problem(problem, answer="暂无名额", answered_on=TODAY, is_explained=True, actor=care.staff)
    assert recording.close_talk(talk, actor=care.staff).state == TalkState.CLOSED


def test_the_last_problem_voided_leaves_a_talk_that_was_held(care: Care) -> None:
    talk = care.held()
    problem = care.raised(talk)
    problem = problems.void_problem(problem, reason="误录", actor=care.staff)
    talk.refresh_from_db()
    assert (talk.state, talk.follow_up_on) == (TalkState.HELD, None)
    problems.restore_problem(problem, actor=care.staff)
    talk.refresh_from_db()
    assert talk.state == TalkState.FOLLOW_UP


def test_a_problem_is_answered_only_once_it_is_in_hand(care: Care) -> None:
    problem = care.raised(care.held(), handling_unit="")
    with pytest.raises(ValidationError) as refused:
        problems.answer_problem(problem, answer="已办", answered_on=TODAY, actor=care.staff)
    assert refused.value.code == "wrong_state"
    problem = problems.assign_problem(
        problem, text=problem.text, handling_unit="潮音镇党政办", due_on=date(2026, 12, 8), actor=care.staff
    )
    problems.answer_problem(problem, answer="已办", answered_on=TODAY, actor=care.staff)
    problem = problems.reopen_problem(problem, reason="又坏了", actor=care.staff)
    assert problem.state == "in_hand"


def test_a_cancelled_talk_says_why_and_can_be_taken_up_again(care: Care) -> None:
    talk = talks.cancel_talk(care.planned(), reason="本人出差", actor=care.staff)
    assert (talk.state, talk.cancel_reason) == (TalkState.CANCELLED, "本人出差")
    talk = talks.reopen_talk(talk, reason="已返回", actor=care.staff)
    assert (talk.state, talk.cancel_reason) == (TalkState.PLANNED, "")


def test_a_closed_talk_goes_back_to_where_it_was(care: Care) -> None:
    talk = recording.close_talk(care.held(), actor=care.staff)
    assert talks.reopen_talk(talk, reason="误点", actor=care.staff).state == TalkState.HELD


@pytest.mark.parametrize("name", ["liaison", "own", "other_staff"])
def test_only_staff_and_leaders_of_the_unit_hold_talks(care: Care, name: str) -> None:
    with pytest.raises(ValidationError) as refused:
        care.held(interviewer=getattr(care, name))
    assert list(refused.value.message_dict) == ["interviewer"]


def test_nobody_talks_with_a_declared_relative(care: Care) -> None:
    kin = PersonFactory.create(name="林父", account=care.leader)
    Relative.objects.create(person=care.file.person, relation="父亲", name="林父", other=kin)
    with pytest.raises(ValidationError) as refused:
        care.held()
    assert list(refused.value.message_dict) == ["interviewer"]


def test_the_person_is_never_a_named_reader(care: Care) -> None:
    with pytest.raises(ValidationError) as refused:
        recording.name_readers(care.held(), readers=[care.own], actor=care.staff)
    assert list(refused.value.message_dict) == ["readers"]


def test_no_talk_was_held_tomorrow_or_before_the_arrival(care: Care) -> None:
    for day in (date(2026, 11, 24), date(2025, 6, 30)):
        with pytest.raises(ValidationError) as refused:
            care.held(held_on=day)
        assert list(refused.value.message_dict) == ["held_on"]


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2028, 1, 1), date(9999, 12, 31)])
def test_a_talk_is_planned_for_the_coming_year(care: Care, day: date) -> None:
    with pytest.raises(ValidationError) as refused:
        care.planned(planned_on=day)
    assert list(refused.value.message_dict) == ["planned_on"]


def test_an_old_version_is_stale(care: Care) -> None:
    talk = care.planned()
    talks.cancel_talk(talk, reason="出差", version=1, actor=care.staff)
    with pytest.raises(Stale):
        talks.reopen_talk(talk, version=1, actor=care.staff)


def test_the_database_and_the_history_never_hold_the_text_in_clear(care: Care) -> None:
    talk = care.held()
    recording.write_texts(talk, content=SECRET + "，已轮休", actor=care.staff)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content || response FROM care_talk")
        stored = cursor.fetchone()[0]
    told = [str((entry.before, entry.after)) for entry in Entry.objects.all()]
    assert [text for text in (stored, *told) if SECRET in text or ANSWER in text] == []
    assert Entry.objects.get(verb="care.talk.texts_written").sealed == ["content"]


def test_a_text_that_is_left_empty_stays(care: Care) -> None:
    talk = recording.write_texts(care.held(), content="改写", actor=care.staff)
    talk = Talk.objects.get(pk=talk.pk)
    assert (talk.content, talk.response) == ("改写", ANSWER)


@pytest.mark.django_db(transaction=True)
def test_each_reading_is_on_record_before_it_is_answered(care: Care) -> None:
    talk = care.held()
    texts = recording.read_texts(talk, actor=care.staff)
    assert (texts.content, texts.response) == (SECRET, ANSWER)
    recording.reveal_texts(talk, reason="了解情况", actor=care.leader)
    read = Entry.objects.filter(kind=Entry.Kind.READING).order_by("reason")
    assert [(entry.verb, entry.actor, entry.reason) for entry in read] == [
        ("care.talk.read", care.staff, ""),
        ("care.talk.revealed", care.leader, "了解情况"),
    ]


def test_talks_are_planned_for_many_without_those_who_have_one(care: Care) -> None:
    other = TraineeFactory.create(home_unit=care.district.town)
    plans.sweep_plans()
    care.planned()
    made = bulk.plan_talks_many(
        TalkPlan.objects.planned_by(care.user("staff")), planned_on=date(2026, 12, 10), actor=care.staff
    )
    assert [talk.trainee for talk in made] == [other]
    with pytest.raises(ValidationError) as refused:
        bulk.plan_talks_many(
            TalkPlan.objects.planned_by(care.user("staff")), planned_on=date(2026, 12, 10), actor=care.staff
        )
    assert refused.value.code == "nobody"


def test_a_closed_file_is_not_worked_on(care: Care) -> None:
    talk = care.planned()
    Trainee.objects.filter(pk=care.file.pk).update(departed_on=TODAY)
    with pytest.raises(ValidationError) as refused:
        talks.cancel_talk(talk, reason="离职", actor=care.staff)
    assert refused.value.code == "read_only"
    assert Person.objects.filter(pk=care.file.person_id).exists()
