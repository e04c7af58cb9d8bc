"""The board: who is on which front, what there is to do, and nobody outside one's scope."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from cadre_app.assignments.board import board_of
from cadre_app.assignments.models import Posting, PostingKind, PostingMode, PostingState
from cadre_app.core.roles import Role
from cadre_app.people.models import Relative
from tests.assignments.board.conftest import TODAY
from tests.assignments.factories import front, make_leave, make_posting

pytestmark = pytest.mark.django_db

BOARD = reverse("assignments:board")
DAY = timedelta(days=1)


def shown(board):
    """What stands under each heading of each front that has anything."""
    return {
        column.key: [(part.label, [card.posting.trainee.person.name for card in part.cards]) for part in column.parts]
        for column in (*board.fronts, *board.others)
        if column.cards
    }


def test_each_front_has_a_column_also_where_nobody_is(staff):
    page = staff.get(BOARD)
    assert [column.key for column in page.context["board"].fronts] == [
        "headquarters",
        "investment",
        "relief",
        "revitalisation",
        "petitions",
        "hygiene",
    ]
    assert page.content.decode().count("Nobody now.") == 10


def test_who_is_there_who_comes_and_whose_appraisal_is_due(place, somebody):
    now, coming, asked, back, closed, declined = (somebody(name) for name in ("甲", "乙", "丙", "丁", "戊", "己"))
    make_posting(now, on=TODAY)
    make_posting(coming, on=TODAY + DAY)
    make_posting(asked, on=TODAY + 2 * DAY, state=PostingState.PROPOSED)
    over = {"ended_on": TODAY - DAY, "due_on": TODAY - DAY}
    make_posting(back, on=TODAY - 40 * DAY, state=PostingState.RETURNED, **over)
    make_posting(closed, on=TODAY - 40 * DAY, state=PostingState.CLOSED, **over)
    make_posting(declined, state=PostingState.DECLINED, decline_reason="人手不足")
    with translation.override("en"):
        assert shown(board_of(place.staff, TODAY)) == {
            "headquarters": [("There now", ["甲"]), ("Appraisal due", ["丁"]), ("Planned", ["乙", "丙"])]
        }


def test_postings_outside_the_fronts_stand_by_their_kind(place, somebody):
    values = {"front": None, "kind": PostingKind.SHADOW, "host_name": "市发展和改革委员会", "host_level": "city"}
    make_posting(somebody("甲"), on=TODAY, **values)
    board = board_of(place.staff, TODAY)
    assert list(shown(board)) == ["shadow"]
    assert (board.people, board.elsewhere) == (0, 1)


def test_somebody_on_two_fronts_counts_once(place, somebody):
    person = somebody("甲")
    make_posting(person, on=TODAY, mode=PostingMode.HALF)
    make_posting(person, on=TODAY, mode=PostingMode.HALF, front=front("hygiene"))
    board = board_of(place.staff, TODAY)
    assert (board.people, [column.people for column in board.fronts]) == (1, [1, 0, 0, 0, 0, 1])


@pytest.mark.parametrize(
    ("due_in", "lines"),
    [
        (-1, ["Overstay 1", "Compliance notes 1"]),
        (0, ["Ending soon 1"]),
        (60, ["Ending soon 1"]),
        (61, []),
    ],
)
def test_what_there_is_to_do_by_the_planned_last_day(staff, somebody, due_in, lines):
    make_posting(somebody("甲"), on=TODAY - 20 * DAY, due_on=TODAY + due_in * DAY)
    board = staff.get(BOARD).context["board"]
    assert [one.label for one in board.to_do] == lines
    for one in board.to_do:
        assert staff.get(one.url).status_code == 200


def test_each_line_of_the_strip_opens_its_list(staff, somebody):
    make_posting(somebody("甲"), on=TODAY - 20 * DAY, due_on=TODAY - DAY)
    make_posting(somebody("乙"), on=TODAY + DAY, state=PostingState.CHECKED)
    make_posting(somebody("丙"), on=TODAY - 90 * DAY, mid_term_on=TODAY)
    found = {one.label: one.url for one in staff.get(BOARD).context["board"].to_do}
    urls = [found[label] for label in ("Overstay 1", "Waiting for approval 1", "Mid-term review 1")]
    tables = [staff.get(url).context["table"] for url in urls]
    assert [[row.object.trainee.person.name for row in table.rows] for table in tables] == [["甲"], ["乙"], ["丙"]]


def test_village_terms_and_leave_stand_beside_in_numbers(place, somebody, term):
    first, second = somebody("甲"), somebody("乙")
    term(first, TODAY - 730 * DAY, TODAY - DAY)
    term(second, TODAY - 30 * DAY, TODAY + 90 * DAY)
    make_leave(first, on=TODAY - 9 * DAY)
    make_leave(second, on=TODAY)
    board = board_of(place.staff, TODAY)
    assert board.village == {"people": 2, "ending": 1, "due": 1}
    assert board.leave == {"people": 2, "late": 1}


def test_a_unit_narrows_everything(staff, place, somebody):
    make_posting(somebody("甲"), on=TODAY)
    make_posting(somebody("乙", unit=place.other_town), on=TODAY)
    board = staff.get(BOARD, {"unit": str(place.other_town.pk)}).context["board"]
    assert board.people == 1


def test_a_liaison_sees_the_own_unit_and_nobody_sees_relatives(place, somebody):
    liaison = place.somebody(Role.LIAISON, place.town)
    mine, other = somebody("甲"), somebody("乙", unit=place.other_town)
    make_posting(mine, on=TODAY)
    make_posting(other, on=TODAY)
    assert board_of(liaison, TODAY).people == 1
    own = somebody("丙", unit=place.top)
    type(own.person).objects.filter(pk=own.person_id).update(account=place.staff)
    make_posting(own, on=TODAY)
    assert board_of(place.staff, TODAY).people == 2
    Relative.objects.create(person=own.person, other=mine.person, relation="兄弟", name="甲")
    assert board_of(type(place.staff).objects.get(pk=place.staff.pk), TODAY).people == 1


def test_voided_files_are_not_shown_and_who_left_is_marked(staff, somebody):
    gone, voided = somebody("甲"), somebody("乙")
    make_posting(gone, on=TODAY - DAY)
    make_posting(voided, on=TODAY - DAY)
    type(gone).objects.filter(pk=gone.pk).update(departed_on=TODAY)
    type(voided).objects.filter(pk=voided.pk).update(voided_at="2026-11-01T00:00:00Z")
    page = staff.get(BOARD).content.decode()
    assert ("甲" in page, "has left" in page, ">乙<" in page) == (True, True, False)


def test_queries_do_not_grow_with_the_postings(staff, somebody):
    counted = []
    for many in (1, 2):
        for number in range(many):
            make_posting(somebody(f"某{many}{number}"), on=TODAY)
        staff.get(BOARD)
        with CaptureQueriesContext(connection) as asked:
            staff.get(BOARD)
        counted.append(len(asked))
    assert counted == [10, 10]


def test_cards_beyond_the_twelfth_are_in_the_list(staff, somebody):
    for number in range(13):
        make_posting(somebody(f"某{number}"), on=TODAY)
    page = staff.get(BOARD)
    [part] = page.context["board"].fronts[0].parts
    assert (len(part.shown), part.more) == (12, 1)
    assert staff.get(part.url).context["table"].total == Posting.objects.count() == 13
