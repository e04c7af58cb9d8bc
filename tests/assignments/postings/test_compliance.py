"""合规提示: of one posting in Python and of many in the database, the same notes with the rule's text."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone, translation

from cadre_app.assignments.compliance import NoteKey, noted_as, notes_on, with_compliance
from cadre_app.assignments.models import Posting, PostingKind, PostingMode, PostingState
from cadre_app.assignments.rules import postings as rules
from cadre_app.core.days import add_months
from cadre_app.people.models import Kind, TermRole, VillageTerm
from cadre_app.policy import snapshot
from tests.assignments.factories import make_posting
from tests.factories import TraineeFactory, UnitFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 15)
FULL, HALF = PostingMode.FULL, PostingMode.HALF
SHADOW, LOAN, POST = PostingKind.SHADOW, PostingKind.LOAN, PostingKind.TEMPORARY_POST
CLOSED = {"state": PostingState.CLOSED}
CASES = {
    "a task force with its document": ({}, []),
    "no number on the last day it is asked for": ({"document_number": "", "on": date(2026, 6, 5)}, []),
    "no number a day later": ({"document_number": "", "on": date(2026, 6, 4)}, ["document"]),
    "no number, only proposed": ({"document_number": "", "state": PostingState.PROPOSED}, []),
    "no number, declined": (
        {"document_number": "", "state": PostingState.DECLINED, "decline_reason": "不妥"},
        [],
    ),
    "ends with its task": ({"due_on": None}, ["end"]),
    "planned until today": ({"due_on": DAY}, []),
    "planned until yesterday": ({"due_on": DAY - timedelta(days=1)}, ["overstay"]),
    "six months of shadow training": ({"kind": SHADOW, "on": date(2026, 1, 1), "due_on": date(2026, 6, 30)}, []),
    "a day more": ({"kind": SHADOW, "on": date(2026, 1, 1), "due_on": date(2026, 7, 1)}, ["limit"]),
    "shadow training from the last of August to the end of February": (
        {"kind": SHADOW, "on": date(2025, 8, 31), "due_on": date(2026, 2, 27), "ended_on": date(2026, 2, 27), **CLOSED},
        [],
    ),
    "shadow training that went on": (
        {"kind": SHADOW, "on": date(2025, 10, 1), "due_on": date(2026, 3, 31)},
        ["limit", "overstay"],
    ),
    "borrowed for a year": (
        {"kind": LOAN, "superior_document": "望组〔2026〕2号", "on": date(2026, 1, 1), "due_on": date(2026, 12, 31)},
        [],
    ),
    "borrowed for longer": (
        {"kind": LOAN, "superior_document": "望组〔2026〕2号", "on": date(2026, 1, 1), "due_on": date(2027, 1, 1)},
        ["limit"],
    ),
    "borrowed without approval": (
        {"kind": LOAN, "on": date(2026, 1, 1), "due_on": date(2026, 12, 31)},
        ["superior"],
    ),
    "an extended shadow training": (
        {"kind": SHADOW, "on": date(2026, 1, 1), "due_on": date(2026, 12, 31), "extensions": 1},
        [],
    ),
    "an extended shadow training, too long": (
        {"kind": SHADOW, "on": date(2026, 1, 1), "due_on": date(2027, 1, 1), "extensions": 1},
        ["limit"],
    ),
    "a temporary post of one year from 29 February": (
        {
            "kind": POST,
            "post": "村支书助理",
            "on": date(2024, 2, 29),
            "due_on": date(2025, 2, 27),
            "ended_on": date(2025, 2, 27),
            **CLOSED,
        },
        [],
    ),
    "a temporary post that is too short": (
        {"kind": POST, "post": "局长助理", "on": date(2026, 1, 1), "due_on": date(2026, 12, 30)},
        ["limit"],
    ),
    "a temporary post that ended early": (
        {
            "kind": POST,
            "post": "局长助理",
            "on": date(2026, 1, 1),
            "due_on": date(2026, 12, 31),
            "ended_on": date(2026, 3, 1),
            "is_recalled": True,
            "return_reason": "工作需要",
            **CLOSED,
        },
        [],
    ),
}


def someone():
    """An introduced graduate: only selected ones owe time in the village."""
    return TraineeFactory.create(kind=Kind.INTRODUCED)


def keys(posting: Posting, day: date = DAY) -> list[str]:
    """What Python says, after it was compared with what the database says."""
    row = with_compliance(Posting.objects.all(), day).get(pk=posting.pk)
    found = [note.key for note in notes_on(row, day)]
    rows = with_compliance(Posting.objects.filter(pk=posting.pk), day)
    assert [key.value for key in NoteKey if rows.filter(noted_as(key, day)).exists()] == found
    assert row.is_noted is bool(found)
    return found


@pytest.mark.parametrize("case", CASES)
def test_notes_of(case):
    values, expected = CASES[case]
    fields = {"on": date(2026, 6, 1), "mode": HALF} | values
    assert keys(make_posting(someone(), **fields)) == expected


@pytest.mark.parametrize(
    ("started_on", "expected"), [(date(2026, 3, 31), ["cooling"]), (date(2026, 4, 1), [])], ids=["last day", "after"]
)
def test_shadow_training_waits_two_years_after_the_last(started_on, expected):
    trainee = someone()
    last = {"kind": SHADOW, "on": date(2023, 10, 1), "due_on": date(2024, 3, 31), "ended_on": date(2024, 3, 31)}
    make_posting(trainee, **last, **CLOSED)
    assert keys(make_posting(trainee, kind=SHADOW, on=started_on, due_on=date(2026, 8, 31))) == expected


@pytest.mark.parametrize(
    ("term", "mode", "expected"),
    [
        ({"started_on": date(2024, 6, 2)}, FULL, ["village"]),
        ({"started_on": date(2024, 6, 1)}, FULL, []),
        ({"started_on": date(2024, 6, 2)}, HALF, []),
        ({"started_on": date(2025, 1, 1), "ended_on": date(2025, 12, 31)}, FULL, []),
        ({"started_on": date(2025, 1, 1), "ended_on": date(2025, 12, 31), "is_cut_short": True}, FULL, ["village"]),
        ({"started_on": date(2024, 5, 1), "due_on": date(2026, 6, 29)}, FULL, ["village"]),
        ({"started_on": date(2026, 12, 1)}, FULL, ["village"]),
        ({"started_on": date(2026, 12, 1)}, HALF, []),
    ],
    ids=[
        "a day short",
        "two years",
        "half-time",
        "a term that was completed",
        "a term cut short",
        "two years with two months of interruption",
        "a later term",
        "half-time before a later term",
    ],
)
def test_two_years_in_the_village_come_before_a_full_time_posting(term, mode, expected):
    trainee = TraineeFactory.create()
    planned = add_months(term["started_on"], 24) - timedelta(days=1)
    values = {"village": UnitFactory.create(), "role": TermRole.DIRECTOR, "months": 24, "due_on": planned}
    VillageTerm.objects.create(trainee=trainee, **values | term)
    posting = make_posting(trainee, on=date(2026, 6, 1), mode=mode, superior_document="望组〔2026〕2号")
    assert keys(posting) == expected


@pytest.mark.parametrize(
    ("started_on", "ended_on", "expected"),
    [
        (date(2026, 6, 20), None, ["village", "superior"]),
        (date(2024, 5, 1), None, ["superior"]),
        (date(2024, 5, 1), date(2026, 5, 31), []),
    ],
    ids=["begins meanwhile", "past its planned end", "ended the day before"],
)
def test_what_falls_into_the_village_term_needs_the_superior_department(started_on, ended_on, expected):
    """In whatever order they were entered."""
    trainee = TraineeFactory.create()
    planned = add_months(started_on, 24) - timedelta(days=1)
    values = {"village": UnitFactory.create(), "role": TermRole.DIRECTOR, "months": 24, "due_on": planned}
    posting = make_posting(trainee, on=date(2026, 6, 1), mode=FULL)
    VillageTerm.objects.create(trainee=trainee, started_on=started_on, ended_on=ended_on, **values)
    assert keys(posting) == expected


def test_a_host_that_closed_is_noted_while_somebody_is_there():
    unit = UnitFactory.create(closed_on=DAY)
    posting = make_posting(someone(), on=date(2026, 6, 1), mode=HALF, unit=unit)
    assert keys(posting, DAY - timedelta(days=1)) == []
    assert keys(posting) == ["host"]


def test_selected_graduates_owe_time_in_the_village():
    assert keys(make_posting(TraineeFactory.create(), on=date(2026, 6, 1), mode=FULL)) == ["village"]
    assert keys(make_posting(TraineeFactory.create(), on=date(2026, 6, 1), mode=HALF)) == []


def test_each_note_tells_the_rule_with_its_source():
    posting = make_posting(someone(), kind=SHADOW, on=date(2026, 1, 1), due_on=date(2026, 7, 1))
    with translation.override("en"):
        [note] = notes_on(with_compliance(Posting.objects.all(), DAY).get(pk=posting.pk), DAY)
    assert (note.text, note.rule) == (
        "The longest time ends on 30 Jun 2026.",
        "Shadow training lasts at most 6 months (Superior department's notice on shadow training)",
    )


def test_rows_that_know_their_notes_take_one_query_beside_the_settings(django_assert_num_queries):
    for _ in range(3):
        make_posting(someone())
    with snapshot.held(), django_assert_num_queries(2):
        day = timezone.localdate()
        assert [notes_on(row, day) for row in with_compliance(Posting.objects.all(), day)] == [[], [], []]


@pytest.mark.parametrize("by", ["the rule", "the list"])
def test_missing_documents_are_found_by_an_index_of_their_own(by: str) -> None:
    rows = Posting.objects.filter(noted_as(NoteKey.DOCUMENT, DAY)) if by == "the list" else rules.documents(DAY)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "posting_without_document" in rows.order_by("started_on", "pk").explain()


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"ended_on": date(2024, 12, 31)}, {"started_on": date(2026, 1, 1)}, []),
        ({"ended_on": date(2024, 12, 31), "is_cut_short": True}, {"started_on": date(2026, 1, 1)}, ["village"]),
        ({"ended_on": date(2024, 12, 31), "is_cut_short": True}, {"started_on": date(2024, 12, 31)}, ["superior"]),
    ],
    ids=["one was completed", "together too short", "together long enough"],
)
def test_all_village_terms_before_a_posting_are_asked(first, second, expected):
    trainee = TraineeFactory.create()
    values = {"village": UnitFactory.create(), "role": TermRole.DIRECTOR, "months": 24, "trainee": trainee}
    begun = date(2024, 1, 1)
    VillageTerm.objects.create(started_on=begun, due_on=add_months(begun, 24) - timedelta(days=1), **values | first)
    again = second["started_on"] + timedelta(days=1)
    VillageTerm.objects.create(started_on=again, due_on=add_months(again, 24) - timedelta(days=1), **values)
    number = "" if expected == ["superior"] else "望组〔2026〕2号"
    assert keys(make_posting(trainee, on=date(2026, 6, 1), mode=FULL, superior_document=number)) == expected
