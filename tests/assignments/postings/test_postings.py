"""What is refused when somebody is proposed, and why; what is kept."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from cadre_app.accounts.models import User
from cadre_app.assignments.models import Posting, PostingKind, PostingMode, PostingState
from cadre_app.assignments.posting_page import history_of
from cadre_app.assignments.rules.postings import appraisals
from cadre_app.assignments.services import approvals, posting_course, postings
from cadre_app.org.models import Unit
from cadre_app.people.models import Relative, Trainee
from tests.accounts.test_races import at_once
from tests.assignments.postings.conftest import DUE, START, upload
from tests.factories import TraineeFactory

pytestmark = pytest.mark.django_db

COMING = {"started_on": date(2026, 12, 1), "due_on": DUE}
SHADOW, LOAN, POST = PostingKind.SHADOW, PostingKind.LOAN, PostingKind.TEMPORARY_POST
OUTSIDE = {"unit": None, "host_name": "市委组织部", "host_level": "city"}
SHADOWING = {"kind": SHADOW, "plan": "跟岗学习公文办理", **OUTSIDE}


def codes(call) -> dict[str, list[str]]:
    """The codes of a refusal by field."""
    with pytest.raises(ValidationError) as caught:
        call()
    error = caught.value
    if not hasattr(error, "error_dict"):
        return {"": [error.code]}
    return {name: [single.code for single in errors] for name, errors in error.error_dict.items()}


def test_a_proposal_is_kept_with_its_mid_term_day_and_files(room):
    posting = room.proposed(document_files=[upload("通知.pdf")])
    assert (posting.state, posting.mid_term_on, posting.proposed_by) == ("proposed", date(2026, 11, 30), room.staff)
    told = [(entry.verb, entry.subject) for entry in history_of(posting, room.staff, None) or []]
    assert ("files.storedfile.added", "通知.pdf") in told


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({"started_on": date(2024, 6, 30)}, {"started_on": ["too_early"]}),
        ({"started_on": date(2028, 1, 1), "due_on": date(2028, 6, 1)}, {"started_on": ["too_late"]}),
        ({"due_on": START - timedelta(days=1)}, {"due_on": ["before_start"]}),
        ({"due_on": date(9999, 12, 31)}, {"due_on": ["too_long"]}),
        ({"kind": LOAN, "due_on": None}, {"due_on": ["due_on"]}),
        ({**SHADOWING, "due_on": date(2027, 3, 1)}, {"due_on": ["limit"]}),
        (
            {"kind": LOAN, "superior_document": "组〔2026〕3号", "due_on": START.replace(year=2027)},
            {"due_on": ["limit"]},
        ),
        ({"kind": POST, "post": "局长助理", "due_on": date(2027, 8, 30)}, {"due_on": ["limit"]}),
        ({"kind": POST, "post": "局长助理", "due_on": date(2028, 9, 1)}, {"due_on": ["limit"]}),
        ({"kind": POST, "due_on": date(2027, 8, 31)}, {"post": ["post"]}),
        ({**SHADOWING, "post": "科员"}, {"post": ["post"]}),
        ({"kind": LOAN}, {"superior_document": ["loan"]}),
        ({"host_name": "市委组织部"}, {"unit": ["unit"]}),
        ({"host_level": "city"}, {"host_level": ["host_level"]}),
    ],
)
def test_a_proposal_that_breaks_a_rule_is_refused_beside_its_field(room, values, refused):
    assert codes(lambda: room.proposed(**values)) == refused
    assert not Posting.objects.exists()


def test_half_a_year_from_29_february_ends_on_28_august(room):
    with_leap = {**SHADOWING, "started_on": date(2024, 2, 29)}
    Trainee.objects.filter(pk=room.trainee.pk).update(arrived_on=date(2023, 7, 1))
    assert codes(lambda: room.proposed(**with_leap, due_on=date(2024, 8, 29))) == {"due_on": ["limit"]}
    assert room.proposed(**with_leap, due_on=date(2024, 8, 28)).due_on == date(2024, 8, 28)


def test_a_host_that_is_closed_on_these_days_is_refused(room):
    Unit.objects.filter(pk=room.unit.pk).update(closed_on=DUE)
    room.unit.refresh_from_db()
    assert codes(room.proposed) == {"unit": ["closed"]}
    assert room.proposed(due_on=DUE - timedelta(days=1)).unit == room.unit


def test_an_overlap_names_the_other_posting_and_its_days(room):
    room.proposed()
    with pytest.raises(ValidationError) as caught, translation.override("en"):
        room.proposed(unit=None, host_name="市信访局", started_on=DUE, due_on=date(2027, 6, 30))
    assert caught.value.message_dict == {
        "started_on": [
            (
                "A full-time posting at “环湾大道工程建设指挥部” is proposed (1 Sep 2026 to 28 Feb 2027): the times overlap. "
                "Change the days, or change, decline or void that proposal first."
            )
        ]
    }
    assert room.proposed(mode=PostingMode.HALF).mode == "half"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda room: room.approved(), ("is posted full-time at", "or record the return first.")),
        (
            lambda room: room.approved(**COMING),
            ("is approved (1 Dec 2026 to 28 Feb 2027)", "or void that posting first."),
        ),
        (lambda room: room.returned(), ("was posted full-time at", "Change the days.")),
    ],
    ids=["under way", "to come", "over"],
)
def test_an_overlap_says_where_the_other_posting_stands_and_the_way_out(room, make, words):
    make(room)
    with pytest.raises(ValidationError) as caught, translation.override("en"):
        room.proposed(started_on=date(2026, 11, 1), due_on=date(2027, 6, 30))
    (text,) = caught.value.message_dict["started_on"]
    assert (words[0] in text, text.endswith(words[1])) == (True, True)


def test_nothing_is_dated_back_over_a_posting_that_is_closed(room):
    room.returned(started_on=date(2025, 3, 1), due_on=date(2025, 8, 31), ended_on=date(2025, 8, 31))
    Posting.objects.update(state=PostingState.CLOSED)
    back = {"started_on": date(2025, 1, 1), "due_on": date(2025, 3, 1)}
    assert codes(lambda: room.proposed(**back)) == {"started_on": ["overlap"]}


def test_whoever_should_be_back_is_not_sent_elsewhere_before_the_return_is_recorded(room):
    posting = room.approved(due_on=date(2026, 10, 31))
    values = {"unit": None, "host_name": "市信访局", "started_on": date(2026, 11, 20)}
    assert codes(lambda: room.proposed(**values)) == {"started_on": ["unreturned"]}
    tomorrow = values | {"started_on": date(2026, 11, 24)}
    assert codes(lambda: room.proposed(**tomorrow)) == {"started_on": ["unreturned"]}
    posting_course.return_posting(posting, ended_on=date(2026, 10, 31), actor=room.staff)
    assert room.proposed(**values).host == "市信访局"


@pytest.mark.parametrize("values", [SHADOWING, {"kind": LOAN}, {}], ids=["shadow", "loan", "full-time"])
def test_in_the_village_term_the_superior_document_and_its_file_are_needed(room, values):
    room.in_village()
    number = {"superior_document": "市委组〔2026〕7号"}
    assert codes(lambda: room.proposed(**values)) == {"superior_document": ["village_term"]}
    assert codes(lambda: room.proposed(**values, **number)) == {"superior_files": ["village_term"]}
    assert room.proposed(**values, **number, superior_files=[upload()]).state == "proposed"


@pytest.mark.parametrize(
    ("started_on", "due_on", "ended_on"),
    [(date(2024, 8, 1), date(2026, 8, 31), date(2026, 8, 31)), (date(2027, 3, 1), date(2029, 2, 28), None)],
    ids=["over", "later"],
)
def test_a_village_term_on_other_days_stands_against_nothing(room, started_on, due_on, ended_on):
    room.in_village(started_on, due_on, ended_on)
    assert room.proposed().state == "proposed"


def test_a_village_term_past_its_planned_end_goes_on_until_it_is_ended(room):
    room.in_village(date(2024, 8, 1), date(2026, 8, 31))
    assert codes(room.proposed) == {"superior_document": ["village_term"]}


def test_a_front_is_served_half_time_from_the_village(room):
    room.in_village()
    assert room.proposed(mode=PostingMode.BESIDE).mode == "beside"


def test_shadow_training_two_years_after_the_last_needs_the_superior_department(room):
    first = {**SHADOWING, "started_on": date(2024, 7, 1), "due_on": date(2024, 9, 1)}
    room.proposed(**first)
    assert codes(lambda: room.proposed(**SHADOWING)) == {"superior_document": ["cooling"]}
    assert room.proposed(**SHADOWING, superior_document="市委组〔2026〕7号").superior_document == "市委组〔2026〕7号"


def test_shadow_training_entered_before_a_later_one_or_on_the_same_day_waits_as_well(room):
    half = {**SHADOWING, "mode": PostingMode.HALF, "superior_document": "市委组〔2026〕7号"}
    posting = room.proposed(**half)
    without = {**half, "superior_document": ""}
    assert codes(lambda: room.proposed(**without)) == {"superior_document": ["cooling"]}
    earlier = {**without, "started_on": date(2025, 1, 1), "due_on": date(2025, 6, 30)}
    assert codes(lambda: room.proposed(**earlier)) == {"superior_document": ["cooling"]}
    assert posting.state == "proposed"


def test_shadow_training_has_a_plan(room):
    assert codes(lambda: room.proposed(**{**SHADOWING, "plan": ""})) == {"plan": ["plan"]}


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31), date(9999, 10, 31)])
def test_days_at_the_ends_of_the_calendar_are_refused_beside_their_field(room, day):
    with pytest.raises(ValidationError) as caught:
        room.proposed(started_on=day, due_on=day)
    assert set(caught.value.error_dict) == {"started_on"}


@pytest.mark.parametrize(("day", "code"), [(date(2026, 11, 24), "future"), (date(1, 1, 1), "too_early")])
def test_the_document_has_a_date_that_can_be(room, day, code):
    assert codes(lambda: room.proposed(document_on=day)) == {"document_on": [code]}


def test_the_own_unit_is_no_host_but_beside_the_own_post(room):
    own = room.trainee.home_unit
    assert codes(lambda: room.proposed(unit=own)) == {"unit": ["own_unit"]}
    assert room.proposed(unit=own, mode=PostingMode.BESIDE).unit == own
    assert codes(lambda: room.proposed(unit=room.district.top)) == {"unit": ["root"]}


def test_a_declared_relative_supervises_nobody(room):
    Relative.objects.create(person=room.host, other=room.trainee.person, relation="舅舅", name="林知远")
    assert codes(lambda: room.proposed(supervisor=room.host)) == {"supervisor": ["relative"]}


def test_a_relative_declared_later_sees_nothing_of_the_posting_and_staff_write_the_appraisal(room):
    posting = room.approved(supervisor=room.host)
    assert list(Posting.objects.hosted_by(room.host.account)) == [posting]
    Posting.objects.filter(pk=posting.pk).update(
        state="returned", ended_on=posting.due_on, returned_on=date(2026, 11, 1)
    )
    assert [row.doer_key for row in appraisals(date(2026, 12, 31))] == [room.host.account.pk]
    Relative.objects.create(person=room.host, other=room.trainee.person, relation="舅舅", name="林知远")
    assert not Posting.objects.hosted_by(User.objects.get(pk=room.host.account.pk)).exists()
    assert [row.doer_key for row in appraisals(date(2026, 12, 31))] == [None]


def test_nobody_supervises_their_own_posting(room):
    assert codes(lambda: room.proposed(supervisor=room.trainee.person)) == {"supervisor": ["own"]}


def test_no_posting_for_a_file_that_is_closed(room):
    left = TraineeFactory.create(home_unit=room.district.town, departed_on=date(2026, 11, 1))
    assert codes(lambda: room.proposed(trainee=left)) == {"": ["read_only"]}


def test_a_change_is_checked_anew_by_somebody_else(room):
    posting = approvals.check_posting(room.proposed(actor=room.liaison), actor=room.staff)
    values = {"kind": posting.kind, "mode": posting.mode, "started_on": START, "due_on": DUE, "unit": room.unit}
    posting = postings.change_posting(posting, **values, tasks="入户", actor=room.staff)
    assert (posting.state, posting.checked_by, posting.proposed_by) == ("proposed", None, room.staff)
    assert codes(lambda: approvals.check_posting(posting, actor=room.staff)) == {"": ["own_entry"]}


def test_what_is_signed_off_is_completed_and_gets_an_end_once(room):
    posting = room.approved(due_on=None)
    values = {"tasks": "入户", "document_number": "望委组〔2026〕20号"}
    posting = postings.complete_posting(posting, **values, due_on=DUE, actor=room.staff)
    assert (posting.due_on, posting.document_number, posting.mid_term_on) == (
        DUE,
        "望委组〔2026〕20号",
        date(2026, 11, 30),
    )
    late = DUE + timedelta(days=1)
    refused = codes(lambda: postings.complete_posting(posting, **values, due_on=late, actor=room.staff))
    assert refused == {"due_on": ["planned"]}


def test_a_voided_posting_comes_back_only_while_its_days_are_free(room):
    posting = postings.void_posting(room.approved(), reason="录错", actor=room.staff)
    other = room.proposed()
    assert codes(lambda: postings.restore_posting(posting, actor=room.staff)) == {"reason": ["overlap"]}
    postings.void_posting(other, reason="录错", actor=room.staff)
    assert not postings.restore_posting(posting, actor=room.staff).is_voided


def test_a_voided_posting_comes_back_only_by_the_rules_of_a_new_one(room):
    shadowing = SHADOWING | {"mode": PostingMode.HALF, "started_on": date(2026, 12, 10), "due_on": date(2027, 3, 9)}
    first = postings.void_posting(room.approved(**shadowing), reason="录错", actor=room.staff)
    room.approved(**shadowing)
    assert codes(lambda: postings.restore_posting(first, actor=room.staff)) == {"superior_document": ["cooling"]}


def test_a_voided_posting_at_a_unit_closed_meanwhile_does_not_come_back(room):
    posting = postings.void_posting(room.approved(), reason="录错", actor=room.staff)
    type(room.unit).objects.filter(pk=room.unit.pk).update(closed_on=date(2026, 11, 1))
    assert codes(lambda: postings.restore_posting(posting, actor=room.staff)) == {"unit": ["closed"]}


def test_an_end_that_is_past_is_no_plan(room):
    posting = room.approved(due_on=None)
    act = {"tasks": "入户", "due_on": date(2026, 11, 22), "actor": room.staff}
    assert codes(lambda: postings.complete_posting(posting, **act)) == {"due_on": ["past"]}


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_post_one_person_at_once_one_does_and_the_others_are_told_where(room):
    told = []

    def propose(number):
        def work():
            with translation.override("en"):
                try:
                    return room.proposed(unit=None, host_name=f"第{number}指挥部").pk
                except ValidationError as error:
                    told.append(error.message_dict)
                    raise

        return work

    outcomes = at_once(*[propose(number) for number in range(50)])
    message = (
        f"A full-time posting at “{Posting.objects.get().host}” is proposed (1 Sep 2026 to 28 Feb 2027): "
        "the times overlap. Change the days, or change, decline or void that proposal first."
    )
    assert (outcomes.count("refused"), told) == (49, [{"started_on": [message]}] * 49)
