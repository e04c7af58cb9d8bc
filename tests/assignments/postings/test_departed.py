"""Somebody leaves while posted: until when they were there is recorded afterwards, and nothing else is changed."""

from datetime import date

import pytest
from django.urls import reverse

from cadre_app.assignments.models import Posting
from cadre_app.assignments.services import posting_course, postings
from cadre_app.people.models import Trainee
from tests.assignments.postings.conftest import Room
from tests.assignments.postings.test_postings import codes

pytestmark = pytest.mark.django_db

LEFT = date(2026, 11, 10)
WHY = {"return_reason": "调离"}


@pytest.fixture
def posting(room: Room) -> Posting:
    made = room.approved()
    Trainee.objects.filter(pk=room.trainee.pk).update(departed_on=LEFT)
    return made


def address(name: str, posting: Posting) -> str:
    return reverse(f"assignments:{name}", kwargs={"pk": posting.pk})


def test_the_return_is_recorded_on_the_day_of_the_departure_or_before_it(room: Room, posting: Posting) -> None:
    late = {"ended_on": date(2026, 11, 11), **WHY, "actor": room.staff}
    assert codes(lambda: posting_course.return_posting(posting, **late)) == {"ended_on": ["after_departure"]}
    done = posting_course.return_posting(posting, ended_on=LEFT, **WHY, actor=room.staff)
    assert (done.state, done.ended_on, done.is_recalled) == ("returned", LEFT, True)
    back = posting_course.take_return_back(done, reason="日期有误", actor=room.staff)
    assert (back.state, back.ended_on) == ("approved", None)


def test_nothing_else_of_the_posting_is_changed(room: Room, posting: Posting) -> None:
    acts = [
        lambda: posting_course.extend_posting(
            posting, due_on=date(2027, 3, 31), document_number="一", reason="二", actor=room.staff
        ),
        lambda: posting_course.hold_mid_term(posting, mid_term_held_on=LEFT, mid_term_text="好", actor=room.staff),
        lambda: postings.void_posting(posting, reason="误登", actor=room.staff),
        lambda: postings.complete_posting(posting, tasks="入户", actor=room.staff),
    ]
    assert [codes(act) for act in acts] == [{"": ["read_only"]}] * 4


def test_a_voided_file_takes_no_return(room: Room, posting: Posting) -> None:
    Trainee.objects.update(voided_at="2026-11-11T00:00:00Z")
    act = {"ended_on": LEFT, **WHY, "actor": room.staff}
    assert codes(lambda: posting_course.return_posting(posting, **act)) == {"": ["read_only"]}


def test_the_page_offers_the_return_and_says_until_which_day(room: Room, posting: Posting, sign_in) -> None:
    client = sign_in(room.staff)
    text = client.get(address("posting_detail", posting)).text
    assert [address(name, posting) in text for name in ("posting_return", "posting_extend", "posting_void")] == [
        True, False, False,
    ]  # fmt: skip
    page = client.get(address("posting_return", posting))
    assert (page.context["form"]["ended_on"].value(), len(page.context["page"].notices)) == (LEFT, 1)
    data = {"version": posting.version, "ended_on": LEFT.isoformat(), **WHY}
    assert client.post(address("posting_return", posting), data).status_code == 302
    text = client.get(address("posting_detail", posting)).text
    assert f'{address("posting_return", posting)}"' not in text
    assert address("posting_take_return_back", posting) in text


def test_a_posting_that_was_to_begin_after_the_departure_offers_no_return(room: Room, sign_in) -> None:
    posting = room.approved()
    Trainee.objects.update(departed_on=date(2026, 8, 31))
    assert address("posting_return", posting) not in sign_in(room.staff).get(address("posting_detail", posting)).text


def test_readers_are_offered_nothing(room: Room, posting: Posting, sign_in) -> None:
    for reader in (room.leader, room.liaison):
        assert sign_in(reader).get(address("posting_return", posting)).status_code == 403
