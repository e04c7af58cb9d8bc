"""季度谈话计划: who is due, the days and interviewers proposed, the table, planning once, taking back."""

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cadre_app.accounts.models import User
from cadre_app.care.models import Talk, TalkBatch, TalkPlan, TalkState
from cadre_app.care.quarters import Quarter, proposals, quarters, spread
from cadre_app.care.services import batches, bulk, plans, talks, triggers
from cadre_app.care.services.batches import Wanted, cell
from cadre_app.core.busy import Busy, Taken, busies
from cadre_app.core.registry import Registry
from cadre_app.core.reminding import reminder_rules
from cadre_app.people.models import Relative, Trainee
from cadre_app.policy.workdays import is_workday
from tests.care.conftest import Care, Somebody
from tests.factories import PersonFactory, TraineeFactory

pytestmark = pytest.mark.django_db
URL = reverse("care:quarter_plan")
FOURTH = Quarter(date(2026, 10, 1))
NEXT = Quarter(date(2027, 1, 1))


@pytest.fixture(autouse=True)
def _in_english(care: Care) -> None:
    User.objects.update(language="en")


def added(care: Care, number: int) -> list[Trainee]:
    """Others of the town whose first talk is overdue."""
    files = [
        TraineeFactory.create(
            person=PersonFactory.create(name=f"到期{one}"),
            home_unit=care.district.town,
            arrived_on=date(2026, 1, 1 + one),
        )
        for one in range(number)
    ]
    plans.sweep_plans()
    return files


def found(care: Care, quarter: Quarter = FOURTH) -> list[Any]:
    return proposals(TalkPlan.objects.planned_by(care.staff), quarter, actor=care.staff)


def planned(care: Care, **given: Any) -> TalkBatch:
    wanted = Wanted(planned_on=date(2026, 11, 30), **given)
    return batches.plan_quarter(
        TalkPlan.objects.planned_by(care.staff),
        quarter_on=FOURTH.first,
        unit=care.district.town,
        given={care.plan.pk: wanted},
        actor=care.staff,
    )


def sent(care: Care, *files: Trainee, day: str = "2026-11-30", **values: Any) -> dict[str, Any]:
    data: dict[str, Any] = {"submission": uuid.uuid4()}
    for file in files or (care.file,):
        key = file.talk_plan.pk
        data |= {cell("pick", key): "on", cell("day", key): day, cell("who", key): str(care.leader.pk)}
    return data | values


def test_the_quarters_to_choose_are_this_one_and_the_next_three():
    assert [one.key for one in quarters(date(2026, 11, 23))] == ["2026-4", "2027-1", "2027-2", "2027-3"]
    assert (FOURTH.last, NEXT.last) == (date(2026, 12, 31), date(2027, 3, 31))


def test_days_are_spread_evenly_over_the_workdays():
    days = [date(2026, 11, 2) + timedelta(days=number) for number in range(4)]
    late = [date(2026, 1, 1)] * 4
    assert spread(late, days, [set()] * 4) == days
    assert spread(late * 2, days, [set()] * 8) == [day for day in days for _twice in range(2)]


def test_nobody_is_planned_after_the_due_day_or_on_a_day_that_is_taken():
    days = [date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)]
    assert spread([days[0], days[0], days[2]], days, [set(), set(), {days[2]}]) == [days[0], days[0], days[1]]
    assert spread([days[0]], days, [set(days)]) == [days[0]]
    assert spread([days[0]], [], [set()]) == [None]


@pytest.mark.parametrize(("day", "number"), [(date(2026, 12, 20), 0), (date(2027, 10, 1), 1)])
def test_a_talk_of_next_year_settles_nothing_that_is_due_now(care: Care, client_of: Somebody, day: date, number: int):
    care.planned(planned_on=day)
    plan = TalkPlan.objects.filter(pk=care.plan.pk)
    assert (len(found(care)), bulk.plannable(plan).count()) == (number, number)
    page = client_of(care.user("staff")).get(reverse("growth:file", kwargs={"pk": care.file.pk}))
    assert ["A talk was due" in gap.text for gap in page.context["gaps"] if "talk" in gap.text] == [True] * number
    if number:
        bulk.plan_talks_many(plan, planned_on=date(2027, 1, 20), actor=care.staff)
        with pytest.raises(ValidationError):
            bulk.plan_talks_many(plan, planned_on=date(2027, 1, 20), actor=care.staff)


def test_an_occasion_due_now_is_proposed_although_a_talk_waits_next_year(care: Care):
    care.held()
    care.planned(planned_on=date(2027, 10, 1))
    assert found(care) == []
    triggers.add_trigger(care.file, occasion="setback", happened_on=date(2026, 11, 10), actor=care.staff)
    assert [one.due_on for one in found(care)] == [date(2026, 12, 10)]


def test_whoever_is_due_by_the_end_of_the_quarter_is_proposed_a_workday(care: Care):
    added(care, 5)
    rows = found(care)
    assert [row.plan.trainee.person.name for row in rows] == ["林知远", *[f"到期{one}" for one in range(5)]]
    assert all(row.day is not None and is_workday(row.day) and row.day >= timezone.localdate() for row in rows)
    assert len({row.day for row in rows}) == 6


def test_an_open_occasion_makes_somebody_due_whose_regular_talk_is_not(care: Care):
    care.held(held_on=date(2026, 11, 1))
    assert found(care) == []
    trigger = triggers.add_trigger(care.file, occasion="setback", happened_on=date(2026, 11, 10), actor=care.staff)
    [row] = found(care)
    assert (row.trigger, row.due_on) == (trigger, trigger.due_on)
    assert row.day is not None
    assert row.day <= trigger.due_on


def test_the_last_interviewer_is_proposed_else_whoever_plans(care: Care):
    [other] = added(care, 1)
    care.held(held_on=date(2026, 2, 1), interviewer=care.leader)
    proposed = {row.plan.trainee_id: row.interviewer for row in found(care)}
    assert proposed == {care.file.pk: care.leader.pk, other.pk: care.staff.pk}


def test_a_declared_relative_is_not_among_the_interviewers(care: Care):
    person = PersonFactory.create(name="经办亲属", account=care.staff)
    Relative.objects.create(person=care.file.person, relation="兄", name=person.name, other=person)
    [row] = proposals(TalkPlan.objects.filter(pk=care.plan.pk), FOURTH, actor=care.staff)
    assert care.staff.pk not in row.workers
    assert care.leader.pk in row.workers


def test_a_day_that_is_taken_is_avoided_and_told(care: Care, sign_in: Somebody, monkeypatch):
    [row] = found(care)
    taken = datetime.combine(row.day, time(9), tzinfo=timezone.get_current_timezone())
    busy: Registry[Busy] = Registry("times that are taken")
    busy.register(
        "test",
        Busy(
            "leave",
            lambda keys, *span: [Taken(care.file.pk, taken, taken + timedelta(hours=1), "外出培训", uuid.uuid4())],
        ),
    )
    monkeypatch.setattr("cadre_app.core.busy.busies", busy)
    assert busies.keys()

    [other] = found(care)
    assert other.day != row.day
    page = sign_in(care.user("staff")).post(URL, sent(care, day=row.day.isoformat(), look_again="1")).content.decode()
    assert ("外出培训" in page, Talk.objects.exists()) == (True, False)


def test_the_table_plans_for_whoever_is_picked(care: Care, sign_in: Somebody):
    first, second = added(care, 2)
    client = sign_in(care.user("staff"))
    data = sent(care, care.file, first) | {cell("day", second.talk_plan.pk): "2026-11-30"}

    answer = client.post(URL, data)

    assert answer.status_code == 302
    rows = Talk.objects.values_list("trainee", "planned_on", "interviewer", "state", "batch")
    [batch] = TalkBatch.objects.all()
    day = date(2026, 11, 30)
    assert sorted(rows, key=str) == sorted(
        [(file.pk, day, care.leader.pk, "planned", batch.pk) for file in (care.file, first)], key=str
    )


def test_pressing_twice_plans_once(care: Care, sign_in: Somebody):
    client, data = sign_in(care.user("staff")), sent(care)
    assert [client.post(URL, data).status_code for _twice in range(2)] == [302, 302]
    assert (Talk.objects.count(), TalkBatch.objects.count()) == (1, 1)


def test_two_pages_plan_one_person_once(care: Care):
    planned(care)
    with pytest.raises(ValidationError) as raised:
        planned(care)
    assert (raised.value.code, Talk.objects.count()) == ("nobody", 1)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-29", "Nobody works on this day."),
        ("2026-10-01", "A talk is planned for today or later."),
        ("2027-01-04", "This day lies outside the quarter."),
        ("", "Say for which day, or leave the person out."),
        ("30.11.", "Enter a valid date"),
    ],
)
def test_a_day_that_does_not_fit_is_told_beside_it_and_nothing_typed_is_lost(
    care: Care, sign_in: Somebody, day: str, said: str
):
    answer = sign_in(care.user("staff")).post(URL, sent(care, day=day))
    page = answer.content.decode()
    assert (answer.status_code, said in page, Talk.objects.exists()) == (200, True, False)
    assert f'value="{day}"' in page or not day


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_the_last_and_the_first_year_are_told_beside_the_day_of_whoever_is_taken(
    care: Care, sign_in: Somebody, monkeypatch: pytest.MonkeyPatch, day: str
):
    at = datetime(2026, 12, 1, 9, tzinfo=timezone.get_current_timezone())
    taken = [Taken(care.file.pk, at, at + timedelta(hours=1), "座谈", uuid.uuid4())]
    rooms: Registry[Busy] = Registry("busy")
    rooms.register("test", Busy("测试", lambda trainees, starts, ends: taken))
    monkeypatch.setattr("cadre_app.core.busy.busies", rooms)
    answer = sign_in(care.user("staff")).post(URL, sent(care, day=day))
    page = answer.content.decode()
    assert (answer.status_code, f'value="{day}"' in page, Talk.objects.exists()) == (200, True, False)
    assert "Please check the year of this date." in page


def test_an_interviewer_who_may_not_talk_with_the_person_is_refused(care: Care):
    with pytest.raises(ValidationError) as raised:
        planned(care, interviewer=care.other_staff)
    assert list(raised.value.error_dict) == [cell("who", care.plan.pk)]


def test_nothing_is_planned_where_nobody_is_picked(care: Care, sign_in: Somebody):
    answer = sign_in(care.user("staff")).post(URL, {"submission": uuid.uuid4()})
    assert ("Nobody is picked." in answer.content.decode(), TalkBatch.objects.exists()) == (True, False)


def test_a_talk_answers_the_occasion_that_the_table_named(care: Care):
    trigger = triggers.add_trigger(care.file, occasion="setback", happened_on=date(2026, 11, 10), actor=care.staff)
    planned(care, trigger=trigger.pk)
    talk = Talk.objects.get()
    assert (talk.trigger, talk.occasion, talk.kind) == (trigger, "setback", "care")


def test_a_batch_is_taken_back_while_nothing_was_held(care: Care, sign_in: Somebody):
    batch = planned(care)
    client = sign_in(care.user("staff"))
    url = reverse("care:batch_undo", kwargs={"pk": batch.pk})

    answer = client.post(url, {"submission": uuid.uuid4(), "version": batch.version, "reason": "重排"})

    assert answer.status_code == 302
    assert (Talk.objects.get().is_voided, TalkBatch.objects.get().is_voided) == (True, True)
    assert [row.plan for row in found(care)] == [care.plan]
    assert client.get(url).status_code == 403


def test_whoever_was_asked_to_come_is_told_when_the_batch_is_taken_back(care: Care, sign_in: Somebody):
    batch = planned(care)
    talks.book_talk(
        batch.talks.get(),
        booked_on=date(2026, 11, 30),
        booked_time=time(15),
        place="谈话室二",
        interviewer=care.leader,
        actor=care.staff,
    )
    url = reverse("care:batch_undo", kwargs={"pk": batch.pk})
    assert "1 of them is arranged already" in sign_in(care.user("staff")).get(url).content.decode()
    batches.undo_batch(batch, reason="改期", actor=care.staff)
    dues = reminder_rules["care.own_talk_off"].dues(date(2026, 12, 31))
    assert list(dues.values_list("trainee_key", "doer_key")) == [(care.file.pk, care.own.pk)]


def test_a_batch_with_a_talk_that_was_held_stays(care: Care):
    batch = planned(care)
    Talk.objects.update(state=TalkState.HELD, held_on=date(2026, 11, 20), interviewer=care.leader)
    with pytest.raises(ValidationError) as raised:
        batches.undo_batch(batch, reason="重排", actor=care.staff)
    assert raised.value.code == "held"


def test_nobody_else_takes_it_back(care: Care, sign_in: Somebody):
    url = reverse("care:batch_undo", kwargs={"pk": planned(care).pk})
    assert [sign_in(care.user(who)).get(url).status_code for who in ("leader", "liaison", "other_staff", "own")] == [
        404
    ] * 4


def test_a_quarter_that_cannot_be_planned_is_told_beside_it(care: Care, sign_in: Somebody):
    page = sign_in(care.user("staff")).get(f"{URL}?quarter=1999-1").content.decode()
    assert "Select a valid choice" in page


def test_a_unit_narrows_the_plan(care: Care, sign_in: Somebody):
    client = sign_in(care.user("staff"))
    pages = [
        client.get(f"{URL}?quarter=2026-4&unit={unit.pk}").content.decode()
        for unit in (care.district.town, care.district.other_town)
    ]
    assert ["林知远" in page for page in pages] == [True, False]


def test_the_page_costs_the_same_for_one_and_for_three(care: Care, sign_in: Somebody):
    client, counts = sign_in(care.user("staff")), []
    client.get(URL)
    for more in (0, 2):
        added(care, more)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(URL).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
