"""What sessions give to the growth file, and who is asked for missing results when."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from cadre_app.accounts.models import AccountKind
from cadre_app.core.reminding import reminder_rules
from cadre_app.documents.services.numbers import give_number
from cadre_app.training.models import Assessment, Enrolment, HoursEntry, Outcome, Result, Teacher
from cadre_app.training.papers.certificates import CERTIFICATE
from cadre_app.training.services.courses import change_course
from cadre_app.training.services.outcomes import post_hours
from tests.factories import UserFactory
from tests.people.conftest import TODAY
from tests.training.results.conftest import places_of

pytestmark = pytest.mark.django_db
DUE = TODAY + timedelta(days=4)  # a week after the last day, three days ago


def dues(until=DUE):
    return [(row.due_day, row.doer_key) for row in reminder_rules["training.result_missing"].dues(until)]


def shown(client, trainee) -> list[tuple[str, str, str, str]]:
    page = client.get(reverse("growth:file", kwargs={"pk": trainee.pk}), {"kind": "training"})
    entries = [entry for year in page.context["years"] for entry in year.entries]
    return [(entry.title, entry.text, entry.source, entry.label) for entry in entries]


def test_results_are_asked_of_the_teacher_a_week_after_the_last_day(held, teacher):
    session = held()
    assert (dues(DUE - timedelta(days=1)), dues()) == ([], [(DUE, teacher.pk)])
    Enrolment.objects.filter(session=session).update(result=Result.PASSED, result_on=TODAY)
    assert dues() == []


@pytest.mark.parametrize("kind", [Assessment.NONE, Assessment.MARKS])
def test_courses_without_a_test_ask_for_nothing(held, teacher, kind):
    held(kind)
    assert len(dues()) == (kind == Assessment.MARKS)


def test_a_test_added_to_the_course_later_asks_for_nothing_of_finished_sessions(held, place):
    change_course(held(Assessment.NONE).course, teachers=[], assessment=Assessment.MARKS, actor=place.staff)
    assert dues() == []


def test_without_an_account_of_the_teacher_staff_are_asked(held, teacher, place):
    session = held()
    Teacher.objects.update(account=None)
    rule = reminder_rules["training.result_missing"]
    words = rule.words(rule.rows().get(pk=session.pk), DUE, place.staff)
    assert dues() == [(DUE, None)]
    assert (words.url, words.subject) == (reverse("training:result_list", kwargs={"pk": session.pk}), "课程pass")
    seen = {user: list(rule.visible(rule.rows(), user)) for user in (place.staff, teacher)}
    assert seen == {place.staff: [session], teacher: []}


def test_the_file_tells_outcome_hours_result_and_certificate(client_of, place, held):
    session = held(Assessment.MARKS)
    one, two, three = places_of(session)
    Enrolment.objects.filter(pk=one.pk).update(result=Result.PASSED, marks=Decimal(88), result_on=TODAY)
    give_number(one, kind=CERTIFICATE, actor=place.staff)
    client = client_of(place.staff)
    course, kept = "Training “课程marks”", "Other training · Classroom"
    certificate = "Certificate 望青训〔2026〕1号"
    assert shown(client, one.trainee) == [(course, f"{kept} · 88, Passed", certificate, "Completed")]
    post_hours(session, actor=place.staff)
    Enrolment.objects.filter(pk=two.pk).update(outcome=Outcome.WITHDRAWN, missed_hours=Decimal("1.5"))
    Enrolment.objects.filter(pk=three.pk).update(outcome="")
    HoursEntry.objects.filter(enrolment=two).update(voided_at=timezone.now())
    assert [shown(client, each.trainee) for each in (one, two, three)] == [
        [(course, f"{kept} · 3 training hours · 88, Passed", certificate, "Completed")],
        [(course, f"{kept} · 1.5 of 3 hours missed", "", "Withdrawn")],
        [],
    ]


@pytest.mark.parametrize(
    ("assessment", "change"),
    [
        (Assessment.PASS, {"result": Result.FAILED, "result_on": TODAY}),
        (Assessment.NONE, {"outcome": Outcome.ABSENT}),
    ],
)
def test_a_certificate_that_no_longer_holds_is_claimed_nowhere_and_asked_back(
    client_of, place, held, assessment, change
):
    session = held(assessment)
    one = places_of(session)[0]
    give_number(one, kind=CERTIFICATE, actor=place.staff)
    Enrolment.objects.filter(pk=one.pk).update(**change)
    person = one.trainee.person
    person.account = UserFactory.create(kind=AccountKind.TRAINEE, unit=place.town)
    person.save()
    client = client_of(place.staff)
    assert [certificate for _title, _text, certificate, _label in shown(client, one.trainee)] == [""]
    mine = client_of(person.account).get(reverse("training:own_training")).context["results"]
    assert [line.paper for line in mine] == [""]
    page = client_of(place.staff).get(reverse("training:result_list", kwargs={"pk": session.pk}))
    assert page.context["lapsed"] == (
        "Certificates with a number that no longer hold: 丁一鸣 望青训〔2026〕1号. Take back what was handed out."
    )
    again = client_of(place.staff).get(reverse("training:session_unfinish", kwargs={"pk": session.pk}))
    assert again.context["is_numbered"] is True
