"""结业证书: who gets one, what it says, and who opens it when."""

import uuid

import pytest
from django.urls import reverse

from cadre_app.accounts.models import AccountKind
from cadre_app.training.models import Assessment, CourseSession, Enrolment, Outcome, Result, SessionState
from cadre_app.training.papers.certificates import CERTIFICATE, numbers_of
from cadre_app.training.services.courses import change_course
from tests.documents.made import pdf_pages, word_lines
from tests.factories import UserFactory
from tests.people.conftest import TODAY
from tests.training.results.conftest import NAMES, places_of

pytestmark = pytest.mark.django_db(transaction=True)


def url(form: str, place: Enrolment) -> str:
    return reverse(f"documents:{form}", kwargs={"kind": CERTIFICATE, "pk": place.pk})


def fresh() -> dict[str, str]:
    return {"submission": str(uuid.uuid4())}


def passed(session) -> list[Enrolment]:
    Enrolment.objects.filter(session=session).update(result=Result.PASSED, result_on=TODAY)
    return places_of(session)


def own_account(place: Enrolment, unit):
    person = place.trainee.person
    person.account = UserFactory.create(kind=AccountKind.TRAINEE, unit=unit)
    person.save()
    return person.account


@pytest.mark.parametrize(
    ("assessment", "days", "words"),
    [
        (
            Assessment.PASS,
            0,
            "丁一鸣同志于2026年11月20日参加“课程pass”培训，共3学时，完成规定学习任务，考核合格，准予结业。",
        ),
        (
            Assessment.NONE,
            2,
            "丁一鸣同志于2026年11月20日至2026年11月22日参加“课程none”培训，共3学时，完成规定学习任务，准予结业。",
        ),
    ],
)
def test_word_and_pdf_say_the_same(client_of, place, held, assessment, days, words):
    session = held(assessment)
    CourseSession.objects.filter(pk=session.pk).update(ends_on=TODAY.replace(day=20 + days))
    if assessment == Assessment.PASS:
        passed(session)
    first, client = places_of(session)[0], client_of(place.staff)
    client.post(url("paper_number", first), fresh())
    lines = ["结业证书", "望青训〔2026〕1号", words, "特发此证。", "中共望屿区委组织部", "2026年11月23日"]
    assert word_lines(client.get(url("paper_word", first)).content) == lines
    pages = pdf_pages(client.get(url("paper_pdf", first)).content)
    assert pages == ["".join("".join(lines).split())]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"result": Result.PASSED, "result_on": TODAY}, 200),
        ({"result": Result.FAILED, "result_on": TODAY}, 404),
        ({}, 404),
        ({"outcome": Outcome.WITHDRAWN}, 404),
    ],
)
def test_only_whoever_completed_and_passed_has_one(client_of, place, held, change, status):
    session = held()
    Enrolment.objects.filter(session=session).update(**change)
    assert client_of(place.staff).get(url("paper", places_of(session)[0])).status_code == status


@pytest.mark.parametrize(
    ("was", "is_now", "result", "status"),
    [
        (Assessment.NONE, Assessment.MARKS, {}, 200),
        (Assessment.PASS, Assessment.NONE, {"result": Result.FAILED, "result_on": TODAY}, 404),
    ],
)
def test_a_finished_session_keeps_its_own_test(client_of, place, held, was, is_now, result, status):
    session = held(was)
    Enrolment.objects.filter(session=session).update(**result)
    change_course(session.course, teachers=[], assessment=is_now, actor=place.staff)
    assert client_of(place.staff).get(url("paper", places_of(session)[0])).status_code == status


def test_a_session_that_is_not_finished_follows_its_course(place, held):
    session = held(Assessment.NONE, state=SessionState.OPEN)
    change_course(session.course, teachers=[], assessment=Assessment.MARKS, actor=place.staff)
    session.refresh_from_db()
    assert (session.assessment, session.version) == (Assessment.MARKS, 2)


def test_the_own_certificate_opens_once_it_bears_a_number(client_of, place, held):
    first = passed(held())[0]
    account = own_account(first, place.town)
    assert client_of(account).get(url("paper", first)).status_code == 404
    client_of(place.staff).post(url("paper_number", first), fresh())
    assert [client_of(account).get(url(form, first)).status_code for form in ("paper", "paper_pdf")] == [200, 200]
    assert client_of(account).get(url("paper_number", first)).status_code == 403


def test_all_of_a_session_are_numbered_in_the_order_of_names(client_of, place, held):
    session = held()
    places = passed(session)
    Enrolment.objects.filter(pk=places[1].pk).update(result=Result.FAILED)
    client, address = client_of(place.staff), reverse("training:certificate_number_all", kwargs={"pk": session.pk})
    assert client.get(address).context["names"] == [NAMES[0], NAMES[2]]
    client.post(address, fresh())
    client.post(address, fresh())
    assert numbers_of(place.pk for place in places) == {
        places[0].pk: "望青训〔2026〕1号",
        places[2].pk: "望青训〔2026〕2号",
    }
