"""What rings about postings and stops again, and what the growth file says of them."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.utils import translation

from cadre_app.accounts.models import User
from cadre_app.assignments.models import Posting, PostingAppraisal
from cadre_app.assignments.services import appraisals, approvals, posting_course, postings
from cadre_app.core.growth import growth_sources, head_parts
from cadre_app.core.reminding import reminder_rules
from cadre_app.growth.timeline import Timeline
from cadre_app.people.access import resolve
from cadre_app.people.models import Person, Trainee
from tests.assignments.postings.conftest import DUE, Room

pytestmark = pytest.mark.django_db

NOW = date(2026, 11, 23)
FAR = date(2027, 6, 1)
WORDS = {"duties": "参与征迁入户", "opinion": "作风扎实", "signatory": "郑工"}


def due(key: str, until: date = FAR) -> list[tuple[Any, ...]]:
    rows = reminder_rules[f"assignments.{key}"].dues(until)
    return list(rows.values_list("due_day", "trainee_key", "doer_key"))


def days(key: str, until: date = FAR) -> list[date]:
    return [day for day, _trainee, _doer in due(key, until)]


def test_an_end_rings_until_it_is_past_then_the_return_is_asked_for(room: Room) -> None:
    posting = room.approved()
    assert (days("end"), days("overstay"), days("end", date(2027, 2, 27))) == ([DUE], [], [])
    with time_machine.travel("2027-03-05T12:00:00+08:00", tick=False):
        assert (days("end"), days("overstay")) == ([], [date(2027, 3, 1)])
        posting_course.return_posting(posting, ended_on=DUE, actor=room.staff)
        assert days("overstay") == []


def test_the_person_is_rung_before_the_end_of_the_own_posting(room: Room) -> None:
    room.approved()
    rule = reminder_rules["assignments.own_end"]
    assert due("own_end") == [(DUE, room.trainee.pk, room.own.pk)]
    assert [len(rule.visible(rule.dues(FAR), user)) for user in (room.own, room.staff, room.host.account)] == [1, 0, 0]
    Person.objects.filter(pk=room.trainee.person_id).update(account=None)
    assert due("own_end") == []


def test_a_mid_term_review_rings_half_way_until_it_is_held(room: Room) -> None:
    posting = room.approved(started_on=date(2026, 7, 1), due_on=date(2026, 12, 31))
    assert days("mid_term") == [date(2026, 9, 30)]
    posting_course.hold_mid_term(posting, mid_term_held_on=NOW, mid_term_text="适应较快", actor=room.staff)
    assert days("mid_term") == []


def test_the_host_is_rung_for_the_appraisal_then_staff_for_its_confirmation(room: Room) -> None:
    posting = room.returned()
    assert due("appraisal") == [(date(2026, 12, 8), room.trainee.pk, room.host.account_id)]
    appraisal = appraisals.write_appraisal(posting, **WORDS, actor=room.host.account)
    assert (days("appraisal"), days("appraisal_confirm")) == ([], [date(2026, 11, 30)])
    appraisals.return_appraisal(appraisal, reason="请补充", actor=room.staff)
    assert (days("appraisal"), days("appraisal_confirm")) == ([date(2026, 12, 8)], [])
    appraisal = appraisals.write_appraisal(posting, **WORDS, actor=room.host.account)
    appraisals.confirm_appraisal(appraisal, actor=room.staff)
    assert (days("appraisal"), days("appraisal_confirm")) == ([], [])


def test_without_an_account_of_the_host_staff_are_rung(room: Room) -> None:
    room.returned(supervisor=None)
    assert due("appraisal") == [(date(2026, 12, 8), room.trainee.pk, None)]


def test_a_missing_number_rings_ten_days_after_the_start(room: Room) -> None:
    posting = room.approved()
    Posting.objects.update(document_number="")
    assert days("document") == [date(2026, 9, 11)]
    postings.complete_posting(posting, tasks="入户", document_number="望委组〔2026〕1号", actor=room.staff)
    assert days("document") == []


@pytest.mark.parametrize("over", ["voided", "departed"])
def test_nothing_rings_of_what_is_voided_or_of_somebody_who_left(room: Room, over: str) -> None:
    posting = room.approved(document_files=())
    Posting.objects.update(document_number="")
    if over == "voided":
        postings.void_posting(posting, reason="录错", actor=room.staff)
    else:
        Trainee.objects.update(departed_on=NOW)
    assert [due(key) for key in ("end", "own_end", "mid_term", "document")] == [[], [], [], []]


@pytest.mark.parametrize(
    ("key", "title", "why"),
    [
        (
            "end",
            "Task force at 环湾大道工程建设指挥部 ends",
            "Planned until 28 Feb 2027. Record the return, or extend it with approval; nobody extends on their own.",
        ),
        (
            "own_end",
            "Your posting at 环湾大道工程建设指挥部 ends",
            "Planned until 28 Feb 2027: hand your work over and report back to your unit; only the department extends it.",
        ),
        (
            "mid_term",
            "Mid-term review of a posting",
            "Half of the time at 环湾大道工程建设指挥部 is over on 30 Nov 2026.",
        ),
        (
            "document",
            "Document of the posting at 环湾大道工程建设指挥部 missing",
            "Enter the number by 11 Sep 2026; after that it stands among the weekly compliance notes.",
        ),
    ],
)
def test_each_item_names_its_reason(room: Room, key: str, title: str, why: str) -> None:
    room.approved()
    Posting.objects.update(document_number="")
    rule = reminder_rules[f"assignments.{key}"]
    reader, subject = (room.own, "") if key == "own_end" else (room.staff, "林知远")
    [item] = rule.visible(rule.dues(FAR), reader)
    with translation.override("en"):
        said = rule.words(rule.rows().get(pk=item.pk), item.due_day, reader)
    assert (said.title, said.why, said.subject) == (title, why, subject)


def entries(room: Room, user: Any) -> list[tuple[str, str]]:
    """Titles and texts of the kind, newest first, as `user` reads them."""
    access = resolve(user, room.trainee)
    rows = Timeline(room.trainee, access).page(size=50, kind="posting").rows
    with translation.override("en"):
        found = [growth_sources[row.source].words(row, access) for row in rows]
    return [(words.title, words.text) for words in found]


def test_the_growth_file_tells_start_return_and_appraisal(room: Room) -> None:
    posting = room.returned()
    appraisals.confirm_appraisal(
        appraisals.write_appraisal(posting, **WORDS, actor=room.host.account), actor=room.staff
    )
    assert PostingAppraisal.objects.get().confirmed_on == NOW
    told = [
        ("Appraisal of 环湾大道工程建设指挥部", "作风扎实"),
        ("Returned early from 环湾大道工程建设指挥部 (Task force)", "任务完成"),
        ("Task force at 环湾大道工程建设指挥部", "Full-time · 工程建设宣传"),
    ]
    assert [entries(room, user) for user in (room.staff, room.own, room.host.account)] == [told, told, []]


def test_a_proposal_is_no_entry_and_the_head_names_where_somebody_is(room: Room) -> None:
    room.proposed(started_on=date(2025, 1, 1), due_on=date(2025, 6, 30))
    assert entries(room, room.staff) == []
    room.approved()
    access = resolve(room.own, room.trainee)
    [line] = head_parts["assignments.posting"].lines(room.trainee, access)
    assert (line.text, line.state) == ("环湾大道工程建设指挥部", "")


def seen(key: str, *users: User) -> list[int]:
    rule = reminder_rules[f"assignments.{key}"]
    return [len(rule.visible(rule.dues(FAR), user)) for user in users]


def test_a_proposal_rings_until_it_is_checked_and_then_until_it_is_signed_off(room: Room) -> None:
    posting = room.proposed(actor=room.liaison)
    assert (due("posting_check"), days("posting_sign")) == ([(NOW, room.trainee.pk, None)], [])
    assert seen("posting_check", room.staff, room.leader, room.liaison, room.own) == [1, 1, 0, 0]
    posting = approvals.check_posting(posting, actor=room.staff)
    assert (days("posting_check"), days("posting_sign")) == ([], [NOW])
    approvals.sign_off_posting(posting, actor=room.leader)
    assert days("posting_sign") == []


def test_nobody_is_asked_to_check_their_own_proposal_nor_that_of_somebody_who_left(room: Room) -> None:
    room.proposed()
    assert seen("posting_check", room.staff, room.leader) == [0, 1]
    Trainee.objects.filter(pk=room.trainee.pk).update(departed_on=NOW)
    assert days("posting_check") == []


def test_whoever_checked_it_is_not_told_to_sign_it(room: Room) -> None:
    approvals.check_posting(room.proposed(), actor=room.chief)
    assert seen("posting_sign", room.chief, room.leader) == [0, 1]
    # Staff are told after some days, for another leader may have to be found.
    assert seen("posting_sign", room.staff) == [1]


def test_whoever_proposed_is_told_that_it_was_declined_until_it_is_proposed_again(room: Room) -> None:
    posting = approvals.decline_posting(room.proposed(actor=room.liaison), reason="人选再研究", actor=room.leader)
    assert due("posting_declined") == [(NOW, room.trainee.pk, room.liaison.pk)]
    assert seen("posting_declined", room.liaison, room.staff, room.own) == [1, 0, 0]
    words = reminder_rules["assignments.posting_declined"].words(posting, NOW, room.liaison)
    assert "人选再研究" in words.why
    values = {"kind": posting.kind, "mode": posting.mode, "tasks": posting.tasks, "unit": posting.unit}
    postings.propose_again(posting, **values, started_on=posting.started_on, due_on=posting.due_on, actor=room.liaison)
    assert due("posting_declined") == []
