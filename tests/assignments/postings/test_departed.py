"""Somebody leaves while posted: until when they were there is recorded afterwards, and nothing else is changed."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation

from cadre_app.assignments.board import board_of
from cadre_app.assignments.compliance import notes_on, with_compliance
from cadre_app.assignments.left_open import at_unit, of_person
from cadre_app.assignments.models import Posting, PostingStage
from cadre_app.assignments.services import approvals, posting_course, postings
from cadre_app.assignments.stretches import postings_within
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


COMING = {"started_on": date(2026, 12, 20), "due_on": date(2027, 6, 20)}
STAGE = PostingStage.NEVER_BEGAN


def left(room: Room, on: date = LEFT) -> None:
    Trainee.objects.filter(pk=room.trainee.pk).update(departed_on=on)


def again(posting: Posting) -> Posting:
    return Posting.objects.select_related("trainee").get(pk=posting.pk)


@pytest.mark.parametrize("made", ["proposed", "checked", "approved"])
def test_what_never_began_is_voided_and_counted_nowhere(room: Room, sign_in, made: str) -> None:
    posting = room.approved(**COMING) if made == "approved" else room.proposed(**COMING)
    if made == "checked":
        approvals.check_posting(posting, actor=room.chief)
    client = sign_in(room.staff)
    left(room)
    with time_machine.travel("2027-07-01T12:00:00+08:00"):
        today = timezone.localdate()
        stages = [stage for stage in PostingStage if Posting.objects.in_stage(stage, today).exists()]
        assert (stages, again(posting).stage_on(today)) == ([STAGE], STAGE)
        (row,) = with_compliance(Posting.objects.all(), today)
        assert (notes_on(row, today), row.is_noted) == ([], False)
        board = board_of(room.staff, today)
        assert ([column.cards for column in board.fronts + board.others if column.cards], board.to_do) == ([], [])
        assert not Posting.objects.on(today).exists()
        assert not postings_within(today, today, today).exists()
    text = client.get(address("posting_detail", posting)).text
    assert address("posting_void", posting) in text
    assert "staff void it, with the reason" in text or "由工作人员" in text
    done = client.post(address("posting_void", posting), {"version": again(posting).version, "reason": "已调离"})
    assert (done.status_code, again(posting).is_voided) == (302, True)


def test_a_proposal_of_somebody_who_left_is_declined_and_no_longer_checked(room: Room, sign_in) -> None:
    posting = room.proposed(actor=room.liaison, **COMING)
    left(room)
    client = sign_in(room.staff)
    text = client.get(address("posting_detail", posting)).text
    assert [address(name, posting) in text for name in ("posting_decline", "posting_check")] == [True, False]
    client.post(address("posting_decline", posting), {"version": posting.version, "reason": "已调离"})
    assert again(posting).state == "declined"


def test_a_liaison_voids_nothing_of_somebody_who_left(room: Room, sign_in) -> None:
    posting = room.proposed(actor=room.liaison, **COMING)
    left(room)
    assert sign_in(room.liaison).get(address("posting_void", posting)).status_code == 403


def test_the_page_of_the_departure_names_what_is_open(room: Room, sign_in) -> None:
    room.approved()
    room.proposed(**COMING | {"started_on": date(2027, 3, 1)})
    room.approved(started_on=date(2027, 8, 1), due_on=date(2027, 9, 30))
    page = sign_in(room.staff).get(reverse("people:depart", kwargs={"pk": room.trainee.pk}))
    where = "环湾大道工程建设指挥部"
    with translation.override("en"):
        assert of_person(room.staff, room.trainee.pk) == [
            f"The posting at “{where}” since 1 Sep 2026 is not over with it: record the return.",
            f"The proposal of a posting at “{where}” from 1 Mar 2027 is not decided: decline or void it.",
            f"The posting at “{where}” is approved from 1 Aug 2027 on: void it, it is not taken up any more.",
        ]
    assert len(page.context["left_open"]) == 3


def test_the_page_that_closes_a_unit_names_who_is_posted_there(room: Room, sign_in) -> None:
    client = sign_in(room.staff)
    address_of_closing = reverse("org:unit_close", kwargs={"pk": room.unit.pk})
    assert client.get(address_of_closing).context["left_open"] == []
    room.approved()
    with translation.override("en"):
        assert at_unit(room.staff, room.unit.pk) == [
            "林知远 is posted here since 1 Sep 2026: record the return, or propose a posting elsewhere."
        ]
    assert "林知远" in client.get(address_of_closing).text
