"""Anonymous feedback: what is kept, when it is taken, and what of it is ever shown."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.urls import reverse

from cadre_app.accounts.models import AccountKind, Draft, User
from cadre_app.core.models import Submission
from cadre_app.history.models import Entry
from cadre_app.training.models import CourseSession, Enrolment, FeedbackReceipt, FeedbackSheet, SessionState
from cadre_app.training.rules import feedback as rules
from cadre_app.training.services.feedback import give_feedback
from cadre_app.training.services.feedback_results import results_of
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import District, _on_the_day, place, sign_in
from tests.people.test_offices import refused
from tests.training.factories import enrol, make_session

__all__ = ["_on_the_day", "place", "sign_in"]

ENDED = date(2026, 11, 20)
LAST = date(2026, 12, 4)
ANSWERS = {"content": 4, "teaching": 3, "usefulness": 1, "text": "案例再多一点"}


@pytest.fixture
def session(place: District) -> CourseSession:
    return make_session(on=ENDED, state=SessionState.FINISHED)


def completed(session: CourseSession, place: District, **fields: Any) -> Enrolment:
    own = UserFactory.create(kind=AccountKind.TRAINEE, unit=place.town)
    file = TraineeFactory.create(person=PersonFactory.create(account=own), home_unit=place.town)
    return enrol(session, file, **{"outcome": "completed"} | fields)


def account(enrolment: Enrolment) -> User:
    return User.objects.get(pk=enrolment.trainee.person.account_id)


def sheets(session: CourseSession, number: int, **answers: Any) -> None:
    for one in range(number):
        FeedbackSheet.objects.create(session=session, **ANSWERS | {"text": f"建议{one}"} | answers)


def page(enrolment: Enrolment) -> str:
    return reverse("training:feedback_form", kwargs={"pk": enrolment.pk})


def kept() -> tuple[int, int, int]:
    return Entry.objects.count(), Submission.objects.count(), Draft.objects.count()


def test_handing_in_leaves_nothing_that_ties_the_sheet_to_its_author(
    session: CourseSession, place: District, sign_in: Any
) -> None:
    enrolment = completed(session, place)
    client = sign_in(account(enrolment))
    client.get(page(enrolment))
    before, version = kept(), Enrolment.objects.values("version", "updated_at").get(pk=enrolment.pk)
    assert client.post(page(enrolment), ANSWERS).status_code == 302
    sheet = FeedbackSheet.objects.values().get()
    assert {name for name in sheet if isinstance(sheet[name], UUID)} == {"id", "session_id"}
    assert set(sheet) == {"id", "session_id", "content", "teaching", "usefulness", "text"}
    assert list(FeedbackReceipt.objects.values()) == [{"enrolment_id": enrolment.pk}]
    assert (kept(), Enrolment.objects.values("version", "updated_at").get(pk=enrolment.pk)) == (before, version)


def test_the_sheets_of_a_session_are_mixed_with_each_new_one(session: CourseSession, place: District) -> None:
    sheets(session, 4)
    before = set(FeedbackSheet.objects.values_list("pk", flat=True))
    give_feedback(completed(session, place), **ANSWERS, actor=None)
    after = set(FeedbackSheet.objects.values_list("pk", flat=True))
    assert (len(after), before & after) == (5, set())
    assert sorted(FeedbackSheet.objects.values_list("text", flat=True)) == [
        "建议0", "建议1", "建议2", "建议3", "案例再多一点",
    ]  # fmt: skip


def test_nothing_of_the_form_is_kept_as_a_draft(session: CourseSession, place: District, sign_in: Any) -> None:
    enrolment = completed(session, place)
    client = sign_in(account(enrolment))
    text = client.get(page(enrolment)).content.decode()
    assert ("data-draft" in text, 'name="submission"' in text) == (False, False)
    client.logout()
    restricted = "content,teaching,usefulness,text"
    client.post(page(enrolment), ANSWERS | {"restricted": restricted})
    assert (Draft.objects.count(), FeedbackSheet.objects.count()) == (0, 0)


def test_a_second_sheet_is_refused_kindly(session: CourseSession, place: District, sign_in: Any) -> None:
    enrolment = completed(session, place)
    give_feedback(enrolment, **ANSWERS, actor=None)
    assert refused(lambda: give_feedback(enrolment, **ANSWERS, actor=None)) == [("", "handed_in")]
    client = sign_in(account(enrolment))
    response = client.post(page(enrolment), ANSWERS)
    assert (response.status_code, response.context["is_given"], FeedbackSheet.objects.count()) == (200, True, 1)


@pytest.mark.parametrize(
    ("day", "state", "taken"),
    [
        (LAST, SessionState.FINISHED, True),
        (LAST, SessionState.POSTED, True),
        (LAST + timedelta(days=1), SessionState.FINISHED, False),
        (LAST, SessionState.OPEN, False),
    ],
)
def test_sheets_are_taken_from_the_end_of_the_session_for_fourteen_days(
    session: CourseSession, place: District, day: date, state: str, taken: bool
) -> None:
    enrolment = completed(session, place)
    CourseSession.objects.update(state=state, posted_at="2026-11-21T00:00Z" if state == SessionState.POSTED else None)
    with time_machine.travel(f"{day}T12:00:00+08:00", tick=False):
        give = lambda: give_feedback(enrolment, **ANSWERS, actor=None)  # noqa: E731
        assert len(rules.open_sheets(LAST)) == taken
        assert (give() == enrolment) if taken else refused(give) == [("", "not_open")]


def test_who_did_not_complete_the_session_is_not_asked(session: CourseSession, place: District, sign_in: Any) -> None:
    enrolment = completed(session, place, outcome="withdrawn")
    assert sign_in(account(enrolment)).get(page(enrolment)).status_code == 403


def test_bad_answers_come_back_beside_their_questions(session: CourseSession, place: District, sign_in: Any) -> None:
    enrolment = completed(session, place)
    client = sign_in(account(enrolment))
    bad = {"content": "5", "teaching": "", "usefulness": "2", "text": "机密★" + "多" * 200}
    form = client.post(page(enrolment), bad).context["form"]
    assert (sorted(form.errors), form["text"].value()) == (["content", "teaching", "text"], bad["text"])
    assert FeedbackSheet.objects.count() == FeedbackReceipt.objects.count() == 0


@pytest.mark.parametrize(
    ("number", "day", "shown"),
    [(5, LAST + timedelta(days=1), True), (4, LAST + timedelta(days=1), False), (9, LAST, False)],
)
def test_results_are_shown_after_the_time_and_from_five_sheets_on(
    session: CourseSession, number: int, day: date, shown: bool
) -> None:
    sheets(session, number)
    with time_machine.travel(f"{day}T12:00:00+08:00", tick=False):
        results = results_of(session)
    assert (results.count, results.is_shown, bool(results.questions), len(results.texts)) == (
        number,
        shown,
        shown,
        number if shown else 0,
    )


def test_results_sum_up_each_question(session: CourseSession) -> None:
    sheets(session, 4, content=4, text="")
    sheets(session, 1, content=2)
    with time_machine.travel("2027-01-05T12:00:00+08:00", tick=False):
        first = results_of(session).questions[0]
        assert results_of(session).texts == ["建议0"]
    assert ([option.number for option in first.options], first.average) == ([4, 0, 1, 0], 3.6)


def test_the_reminder_runs_until_the_sheet_is_in(session: CourseSession, place: District) -> None:
    enrolment = completed(session, place)
    completed(session, place, outcome="absent")
    [row] = rules.open_sheets(LAST)
    assert (row.pk, row.due_day, row.doer_key) == (enrolment.pk, LAST, account(enrolment).pk)
    assert list(rules.open_sheets(LAST - timedelta(days=1))) == []
    words = rules.words(row, LAST, account(enrolment))
    assert (words.title, words.why) == ("“调研报告的问题与对策”训后评价", "匿名填写，共三题，截至2026年12月4日。")
    give_feedback(enrolment, **ANSWERS, actor=None)
    assert list(rules.open_sheets(LAST)) == []
