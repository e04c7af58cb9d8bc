"""From the sign-off to the appraisal: checks, extensions, mid-term review, return, the host's words."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from cadre_app.assignments.models import Front, FrontTask, Posting
from cadre_app.assignments.services import appraisals, approvals, fronts, posting_course, posting_files, postings
from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.core.signing import another_needed_text
from cadre_app.files.models import StoredFile
from cadre_app.handover.models import Material
from tests.assignments.factories import make_posting
from tests.assignments.postings.conftest import DUE, upload
from tests.assignments.postings.test_postings import SHADOWING, codes
from tests.people.conftest import TODAY

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 20)
WORDS = {"duties": "参与征迁入户", "opinion": "作风扎实", "signatory": "郑工", "days_away": Decimal("1.5")}


def extend(posting, room, due_on, **values):
    known = {"document_number": "望委组〔2026〕30号", "reason": "任务未完成"} | values
    return posting_course.extend_posting(posting, due_on=due_on, **known, actor=room.staff)


def test_a_proposal_is_checked_then_signed_off_with_its_document(room):
    posting = approvals.check_posting(room.proposed(actor=room.liaison), actor=room.staff)
    assert (posting.state, posting.checked_by, posting.checked_on) == ("checked", room.staff, date(2026, 11, 23))
    number = {"document_number": "望委组〔2026〕18号", "document_on": date(2026, 8, 28)}
    posting = approvals.sign_off_posting(posting, **number, document_files=[upload()], actor=room.leader)
    assert (posting.state, posting.signed_by, posting.document_number) == (
        "approved",
        room.leader,
        "望委组〔2026〕18号",
    )


def test_nobody_takes_a_step_with_their_own_proposal_or_before_its_turn(room):
    posting = room.proposed(actor=room.leader)
    assert codes(lambda: approvals.check_posting(posting, actor=room.leader)) == {"": ["own_entry"]}
    assert codes(lambda: approvals.sign_off_posting(posting, actor=room.staff)) == {"": ["not_waiting"]}
    approvals.check_posting(posting, actor=room.staff)
    assert codes(lambda: approvals.sign_off_posting(posting, actor=room.leader)) == {"": ["own_entry"]}
    assert codes(lambda: approvals.decline_posting(posting, reason="不妥", actor=room.leader)) == {"": ["own_entry"]}


def test_whoever_checked_it_neither_signs_nor_declines_it(room):
    posting = approvals.check_posting(room.proposed(), actor=room.chief)
    assert codes(lambda: approvals.sign_off_posting(posting, actor=room.chief)) == {"": ["own_check"]}
    assert codes(lambda: approvals.decline_posting(posting, reason="不妥", actor=room.chief)) == {"": ["own_check"]}
    assert approvals.sign_off_posting(posting, actor=room.leader).signed_by == room.leader


def test_the_database_knows_that_two_check_and_sign_and_leaves_what_was_before(room):
    posting = room.approved()
    with pytest.raises(IntegrityError, match="checked and signed off by the same account"), transaction.atomic():
        Posting.objects.filter(pk=posting.pk).update(signed_by=room.chief)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE assignments_posting DISABLE TRIGGER assignments_signed_by_another")
        Posting.objects.filter(pk=posting.pk).update(signed_by=room.chief)
        cursor.execute("ALTER TABLE assignments_posting ENABLE TRIGGER assignments_signed_by_another")
    before = posting_course.return_posting(
        Posting.objects.get(pk=posting.pk), ended_on=DAY, return_reason="任务完成", actor=room.staff
    )
    assert (before.state, before.signed_by) == ("returned", before.checked_by)


def test_a_village_term_recorded_meanwhile_stops_the_sign_off(room):
    posting = approvals.check_posting(room.proposed(), actor=room.chief)
    room.in_village()
    refused = codes(lambda: approvals.sign_off_posting(posting, actor=room.leader))
    assert refused == {"superior_document": ["village_term"]}


def test_a_declined_proposal_takes_no_days(room):
    posting = approvals.decline_posting(room.proposed(), reason="另有安排", actor=room.leader)
    assert (posting.state, posting.decline_reason) == ("declined", "另有安排")
    assert room.proposed().state == "proposed"


def test_an_extension_moves_the_end_and_the_mid_term_day(room):
    posting = room.approved()
    extension = extend(posting, room, date(2027, 4, 30))
    posting.refresh_from_db()
    assert (extension.was_due_on, posting.due_on, posting.extensions) == (DUE, date(2027, 4, 30), 1)
    assert posting.mid_term_on == date(2026, 12, 30)
    assert codes(lambda: extend(posting, room, date(2027, 4, 30))) == {"due_on": ["not_further"]}


def test_shadow_training_is_extended_once_by_its_longest_time_at_most(room):
    posting = room.approved(**SHADOWING, due_on=date(2026, 12, 31))
    assert codes(lambda: extend(posting, room, date(2027, 9, 1))) == {"due_on": ["limit"]}
    assert codes(lambda: extend(posting, room, date(2026, 11, 1))) == {"due_on": ["not_further"]}
    extend(posting, room, date(2027, 8, 31))
    assert codes(lambda: extend(posting, room, DUE)) == {"": ["extended"]}


def test_an_end_is_not_moved_into_the_next_posting(room):
    posting = room.approved()
    room.proposed(started_on=date(2027, 4, 1), due_on=date(2027, 9, 30))
    assert codes(lambda: extend(posting, room, date(2027, 4, 1))) == {"due_on": ["overlap"]}
    assert extend(posting, room, date(2027, 3, 31)).due_on == date(2027, 3, 31)


def test_the_mid_term_review_lies_in_the_time_that_is_past(room):
    posting = room.approved()

    def hold(day):
        values = {"mid_term_held_on": day, "mid_term_text": "适应较快"}
        return posting_course.hold_mid_term(posting, **values, actor=room.staff)

    assert codes(lambda: hold(date(2026, 8, 31))) == {"mid_term_held_on": ["too_early"]}
    assert codes(lambda: hold(date(2026, 11, 24))) == {"mid_term_held_on": ["future"]}
    assert hold(DAY).mid_term_held_on == DAY


def test_an_early_return_says_why(room):
    posting = room.approved()

    def back(day, reason=""):
        return posting_course.return_posting(posting, ended_on=day, return_reason=reason, actor=room.staff)

    assert codes(lambda: back(DAY)) == {"return_reason": ["required"]}
    assert codes(lambda: back(date(2026, 11, 24))) == {"ended_on": ["future"]}
    assert codes(lambda: back(date(2026, 8, 31))) == {"ended_on": ["before_start"]}
    posting = back(DAY, "本单位工作需要")
    assert (posting.state, posting.is_recalled, posting.returned_on) == ("returned", True, date(2026, 11, 23))


def test_a_late_return_is_recorded_unless_it_runs_into_another_posting(room):
    posting = room.approved(due_on=date(2026, 10, 31))
    make_posting(room.trainee, on=date(2026, 11, 24), due_on=DUE, state="proposed")
    posting = posting_course.return_posting(posting, ended_on=DAY, actor=room.staff)
    assert (posting.ended_on, posting.is_recalled) == (DAY, False)
    posting = posting_course.take_return_back(posting, reason="录错", actor=room.staff)
    assert (posting.state, posting.ended_on) == ("approved", None)


def test_an_appraisal_closes_the_posting_and_holds_it(room):
    posting = room.returned()
    appraisal = appraisals.write_appraisal(posting, **WORDS, actor=room.host.account)
    assert codes(lambda: postings.void_posting(posting, reason="录错", actor=room.staff)) == {"": ["appraised"]}
    appraisals.return_appraisal(appraisal, reason="请补充任务", actor=room.staff)
    assert codes(lambda: appraisals.confirm_appraisal(appraisal, actor=room.staff)) == {"": ["asked_back"]}
    appraisal = appraisals.write_appraisal(posting, **WORDS | {"duties": "入户43户"}, actor=room.host.account)
    appraisals.confirm_appraisal(appraisal, actor=room.staff)
    assert (Posting.objects.get().state, Posting.objects.get().stage) == ("closed", "recalled")
    assert codes(lambda: appraisals.write_appraisal(posting, **WORDS, actor=room.staff)) == {"": ["not_returned"]}


def test_a_confirmation_is_taken_back_before_an_appraisal_is_voided(room):
    posting = room.returned()
    appraisal = appraisals.write_appraisal(posting, **WORDS, actor=room.staff)
    appraisals.confirm_appraisal(appraisal, actor=room.staff)
    assert [paper.kind for paper in Material.objects.waiting()] == ["appraisal"]
    assert codes(lambda: appraisals.void_appraisal(appraisal, reason="录错", actor=room.staff)) == {"": ["confirmed"]}
    appraisals.reopen_appraisal(appraisal, reason="录错", actor=room.staff)
    assert not Material.objects.waiting().exists()
    appraisals.void_appraisal(appraisal, reason="录错", actor=room.staff)
    assert postings.void_posting(posting, reason="录错", actor=room.staff).is_voided


def test_the_host_confirms_no_appraisal_of_their_own(room):
    appraisal = appraisals.write_appraisal(room.returned(), **WORDS, actor=room.staff)
    assert codes(lambda: appraisals.confirm_appraisal(appraisal, actor=room.host.account)) == {"": ["own"]}


def test_a_front_keeps_its_key_under_another_name_and_its_tasks_in_order(room):
    front = Front.objects.get(key="relief")
    texts = list(front.tasks.order_by("order").values_list("text", flat=True))
    names = {"name_zh": "防汛抗旱第一线", "name_en": "Flood control"}
    front = fronts.change_front(front, **names, tasks=f"{texts[1]}\n\n{texts[0]}\n物资保障", actor=room.staff)
    kept = FrontTask.objects.standing().filter(front=front).order_by("order").values_list("text", flat=True)
    assert (front.key, str(front.name_zh), list(kept)) == ("relief", "防汛抗旱第一线", [texts[1], texts[0], "物资保障"])
    fronts.change_front(front, **names, tasks=texts[2], actor=room.staff)
    assert [task.text for task in FrontTask.objects.standing().filter(front=front)] == [texts[2]]


def test_only_the_last_extension_is_taken_back(room):
    posting = room.approved()
    first, second = extend(posting, room, date(2027, 4, 30)), extend(posting, room, date(2027, 6, 30))
    back = posting_course.take_extension_back
    assert codes(lambda: back(first, reason="录错", actor=room.staff)) == {"": ["not_last"]}
    back(second, reason="录错", actor=room.staff)
    posting.refresh_from_db()
    assert (posting.due_on, posting.extensions) == (date(2027, 4, 30), 1)


def test_a_voided_appraisal_comes_back_until_another_one_is_written(room):
    posting = room.returned()
    appraisal = appraisals.write_appraisal(posting, **WORDS, actor=room.staff)
    voided = appraisals.void_appraisal(appraisal, reason="录错", actor=room.staff)
    other = appraisals.write_appraisal(posting, **WORDS, actor=room.host.account)
    assert codes(lambda: appraisals.restore_appraisal(voided, actor=room.staff)) == {"__all__": [None]}
    appraisals.void_appraisal(other, reason="录错", actor=room.staff)
    assert not appraisals.restore_appraisal(voided, actor=room.staff).is_voided


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({"document_on": date(9999, 12, 31)}, {"document_on": ["future"]}),
        ({"document_on": date(2026, 11, 24)}, {"document_on": ["future"]}),
        ({"document_on": date(1990, 1, 1)}, {"document_on": ["too_early"]}),
        ({"signed_on": date(2026, 11, 24)}, {"signed_on": ["future"]}),
        ({"signed_on": date(1, 1, 1)}, {"signed_on": ["too_early"]}),
    ],
)
def test_the_days_of_a_sign_off_can_be(room, values, refused):
    posting = approvals.check_posting(room.proposed(), actor=room.chief)
    assert codes(lambda: approvals.sign_off_posting(posting, **values, actor=room.leader)) == refused
    assert Posting.objects.get().state == "checked"


def test_what_was_signed_on_paper_keeps_its_day(room):
    posting = approvals.check_posting(room.proposed(), actor=room.chief)
    assert approvals.sign_off_posting(posting, signed_on=date(2026, 8, 30), actor=room.leader).signed_on == date(
        2026, 8, 30
    )


def test_a_proposal_for_days_to_come_is_not_signed_off_before_it_was_made(room):
    posting = approvals.check_posting(
        room.proposed(started_on=date(2026, 12, 1), due_on=date(2027, 3, 1)), actor=room.chief
    )
    early = {"signed_on": date(2026, 11, 22), "actor": room.leader}
    assert codes(lambda: approvals.sign_off_posting(posting, **early)) == {"signed_on": ["too_early"]}
    assert approvals.sign_off_posting(posting, actor=room.leader).signed_on == date(2026, 11, 23)


def test_after_the_planned_end_only_what_was_approved_before_it_is_recorded_and_stays_noted(room, sign_in):
    posting = room.approved(due_on=date(2026, 11, 3))
    until = date(2026, 12, 31)
    assert codes(lambda: extend(posting, room, until)) == {"document_on": ["required"]}
    for day, code in ((date(2026, 11, 4), "too_late"), (date(2026, 11, 24), "future"), (date(2026, 8, 1), "too_early")):
        assert codes(lambda day=day: extend(posting, room, until, document_on=day)) == {"document_on": [code]}
    extension = extend(posting, room, until, document_on=date(2026, 11, 3))
    assert (extension.days_late, extension.document_on) == (20, date(2026, 11, 3))
    page = sign_in(room.staff).get(reverse("assignments:posting_detail", kwargs={"pk": posting.pk}))
    assert [one.days_late for one in page.context["extensions"]] == [20]


def test_an_extension_before_the_end_needs_no_day_of_its_document(room):
    assert extend(room.approved(), room, date(2027, 4, 30)).days_late == 0


def test_an_extension_into_the_village_term_says_where_the_approval_is_entered(room):
    posting = room.approved()
    room.in_village()
    assert codes(lambda: extend(posting, room, date(2027, 4, 30))) == {"due_on": ["superior"]}


def test_a_document_taken_off_a_checked_proposal_takes_it_back_to_the_check(room):
    posting = approvals.check_posting(room.proposed(document_files=[upload()]), actor=room.chief)
    [file] = StoredFile.objects.of(posting_files.DOCUMENT_FILES, [posting.pk])
    posting_files.remove_file(file, reason="传错", actor=room.staff)
    posting = Posting.objects.get(pk=posting.pk)
    assert (posting.state, posting.checked_by, posting.proposed_by) == ("proposed", None, room.staff)


def test_the_database_knows_that_others_check_and_sign_than_proposed(room):
    posting = room.approved()
    for values, said in (
        ({"checked_by": posting.proposed_by}, "by whoever proposed it"),
        ({"signed_by": posting.proposed_by}, "by whoever proposed it"),
        ({"checked_by": None}, "signed off unchecked"),
    ):
        with pytest.raises(IntegrityError, match=said), transaction.atomic():
            Posting.objects.filter(pk=posting.pk).update(**values)


def test_staff_see_to_it_that_another_leader_signs(room):
    approvals.check_posting(room.proposed(), actor=room.chief)
    rule = reminder_rules["assignments.posting_sign"]
    told = {user: list(rule.visible(rule.dues(TODAY), user)) for user in (room.staff, room.chief, room.leader)}
    assert [len(rows) for rows in told.values()] == [1, 0, 1]
    assert rule.words(told[room.staff][0], TODAY, room.staff).why == another_needed_text()
    assert (rule.attention, rule.supervisors) == (3, (Role.STAFF,))
