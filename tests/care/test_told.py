"""Who is told of a talk that is off and of a symposium that nobody recorded; what is open stands first; holidays."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.urls import reverse

from cadre_app.accounts.models import Grant, User
from cadre_app.care.models import Symposium, TalkPlan
from cadre_app.care.quarters import Quarter, workdays_left
from cadre_app.care.services import batches, problems, talks, visits
from cadre_app.care.services.batches import Wanted
from cadre_app.core.roles import Role
from cadre_app.people.models import Relative
from cadre_app.policy.models import Holiday
from cadre_app.policy.workdays import is_arranged
from tests.care.conftest import TODAY, Care
from tests.care.symposiums import due, held, invited, made
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
FIRST, SECOND = Quarter(date(2027, 1, 1)), Quarter(date(2027, 4, 1))


def test_the_person_is_told_that_a_booked_talk_is_cancelled(care: Care) -> None:
    talks.cancel_talk(care.planned(planned_on=date(2026, 12, 9)), reason="领导有会", actor=care.staff)
    assert due("care.own_talk_off") == []
    booked = {"booked_on": date(2026, 12, 4), "booked_time": time(15), "place": "谈话室九", "interviewer": care.leader}
    talk = talks.book_talk(care.planned(), **booked, actor=care.staff)
    talk = talks.cancel_talk(talk, reason="领导有会", actor=care.staff)
    assert due("care.own_talk_off") == [(TODAY, care.file.pk, care.own.pk)]
    talks.reopen_talk(talk, actor=care.staff)
    assert due("care.own_talk_off") == []


OFFICE = ("care.problem_due", "care.return_visit", "care.visit_due", "care.symposium_record")


@pytest.mark.parametrize("how", ["disabled", "elsewhere"])
def test_what_hangs_on_an_account_is_the_office_s_once_it_works_here_no_more(care: Care, how: str) -> None:
    colleague = care.district.somebody(Role.STAFF, care.district.top)
    talk = care.held(interviewer=colleague, held_on=date(2026, 10, 1))
    care.raised(talk, handler=colleague)
    visits.plan_visit(care.file, planned_on=TODAY, occasion="01", visitor=colleague, actor=care.staff)
    problem = {"text": "食堂", "handler": colleague, "handling_unit": "部里", "due_on": date(2026, 12, 5)}
    problems.add_problem(held(care), **problem, actor=care.staff)
    made(care, day=TODAY - timedelta(days=3))
    Symposium.objects.update(prepared_by=colleague)
    doers = {key: {doer for _day, _file, doer in due(key)} for key in OFFICE}
    assert doers == {key: {colleague.pk} for key in OFFICE}
    if how == "disabled":
        User.objects.filter(pk=colleague.pk).update(is_active=False)
    else:
        Grant.objects.filter(user=colleague).update(unit=care.district.other_town)
    doers = {key: {doer for _day, _file, doer in due(key)} for key in OFFICE}
    assert doers == {key: {None} for key in OFFICE}


def test_the_office_records_a_symposium_whose_preparer_is_staff_no_more(care: Care) -> None:
    made(care, day=TODAY - timedelta(days=3))
    assert [doer for _day, _file, doer in due("care.symposium_record")] == [care.staff.pk]
    Grant.objects.filter(user=care.staff).delete()
    assert [doer for _day, _file, doer in due("care.symposium_record")] == [None]


def test_the_office_records_a_symposium_that_is_kept_from_its_preparer(care: Care) -> None:
    symposium = made(care)
    invited(care, symposium)
    Symposium.objects.update(day=TODAY - timedelta(days=3))
    kin = PersonFactory.create(name="林母", account=care.staff)
    Relative.objects.create(person=care.file.person, relation="母亲", name="林母", other=kin)
    assert [doer for _day, _file, doer in due("care.symposium_record")] == [None]


@pytest.mark.parametrize(
    ("query", "found"), [("", ["热水不足"]), ("?case=", ["热水不足", "已办"]), ("?state=explained", ["已办"])]
)
def test_the_list_of_problems_opens_on_what_is_open(care: Care, client_of: Any, query: str, found: list[str]) -> None:
    talk = care.held(held_on=date(2026, 10, 1))
    care.raised(talk, text="热水不足", due_on=date(2026, 11, 1))
    settled = care.raised(talk, text="已办", due_on=date(2026, 10, 5))
    problems.answer_problem(
        settled, answer="已说明", answered_on=date(2026, 10, 6), is_explained=True, actor=care.staff
    )
    page = client_of(care.user("staff")).get(reverse("care:problem_list") + query)
    assert sorted(row.object.text for row in page.context["table"].rows) == sorted(found)


def test_holidays_of_a_fixed_date_are_no_workdays_before_their_notice(care: Care) -> None:
    days = {*workdays_left(FIRST), *workdays_left(SECOND)}
    assert {date(2027, 1, 1), date(2027, 5, 1), date(2027, 5, 3)} & days == {date(2027, 5, 3)}
    with pytest.raises(batches.ValidationError):
        batches.plan_quarter(
            TalkPlan.objects.planned_by(care.staff),
            quarter_on=FIRST.first,
            unit=None,
            given={care.plan.pk: Wanted(planned_on=date(2027, 1, 1))},
            actor=care.staff,
        )


def test_whoever_plans_a_quarter_is_told_that_its_holidays_are_not_entered(care: Care, client_of: Any) -> None:
    User.objects.update(language="en")
    Holiday.objects.filter(day__year=2027).delete()
    url, said = reverse("care:quarter_plan") + "?quarter=2027-1", "The holidays of 2027 are not entered yet"
    client = client_of(care.user("staff"))
    assert (is_arranged(2027), said in client.get(url).content.decode()) == (False, True)
    Holiday.objects.create(day=date(2027, 2, 8), kind="holiday", name="春节", source="国办发明电〔2026〕1号")
    assert said not in client.get(url).content.decode()
