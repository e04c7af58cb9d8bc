"""Pairings seen from units and from mentors."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from cadre_app.core.roles import Role
from cadre_app.mentorship.loads import mentor_table
from cadre_app.mentorship.models import MentorKind
from cadre_app.mentorship.services import pairings
from tests.mentorship.pairings.conftest import STARTED, newcomer

GAPS = reverse("mentorship:gap_matrix")
MENTORS = reverse("mentorship:mentor_list")


@pytest.fixture
def staff(client_of, place):
    return client_of(place.staff)


def numbers(client):
    """Unit, people and the ten numbers of each line."""
    matrix = client.get(GAPS).context["matrix"]
    return [(line.unit.name, line.people, [place.count for place in line.places]) for line in matrix.lines]


def test_units_show_how_pairings_go_and_who_lacks_which_mentor(staff, place, pairing):
    newcomer(place, "陈嘉穗")
    assert numbers(staff) == [("梧岭镇", 2, [0, 0, 1, 0, 1, 0, 0, 0, 0, 2])]
    total = staff.get(GAPS).context["matrix"].total
    assert (total.people, sum(each.count for each in total.places)) == (2, 4)


def test_each_number_leads_to_its_list(staff, place, pairing):
    [line] = staff.get(GAPS).context["matrix"].lines
    behind, lacking = line.places[2], line.places[9]
    assert len(staff.get(behind.url).context["table"].rows) == behind.count == 1
    assert len(staff.get(lacking.url).context["found"].lines) == lacking.count == 1
    assert staff.get(line.people_url).context["table"].total == line.people


def test_who_reads_without_confirming_gets_no_way_to_the_suggestions(client_of, place, pairing):
    liaison = client_of(place.somebody(Role.LIAISON, place.town))
    [line] = liaison.get(GAPS).context["matrix"].lines
    assert (line.places[9].count, line.places[9].url) == (1, "")


def test_staff_of_another_unit_see_none_of_it(client_of, place, pairing):
    stranger = client_of(place.somebody(Role.STAFF, place.other_town))
    assert (numbers(stranger), stranger.get(MENTORS).context["table"].rows) == ([], [])


def test_a_mentor_stands_with_all_whom_they_guide(staff, place, head, pairing):
    pairings.create_pairing(
        newcomer(place, "陈嘉穗"), kind=MentorKind.POLITICAL, mentor=head.person, office=head.office, started_on=STARTED,
        actor=place.staff,
    )  # fmt: skip
    with translation.override("en"):
        rows = list(mentor_table(place.staff, QueryDict("")).export_rows())
    assert rows[1] == [
        "庄世恒", "梧岭镇党委书记", "2 of at most 6", "陈嘉穗（Political mentor）; 林知远（Political mentor）",
    ]  # fmt: skip


def test_mentors_are_narrowed_and_cannot_be_ranked(staff, place, pairing, head):
    def shown(query):
        return [row.object.name for row in staff.get(f"{MENTORS}?{query}").context["table"].rows]

    assert [shown(query) for query in ("q=zsh", "q=吴", "kind=community", f"unit={place.other_town.pk}", "sort=load")] == [
        ["庄世恒"], [], [], [], ["庄世恒"],
    ]  # fmt: skip
    headings = staff.get(MENTORS).context["table"].headings
    assert [heading.column.key for heading in headings if heading.sort_param] == ["mentor"]


@pytest.mark.parametrize("rows", [1, 3])
def test_both_pages_cost_the_same_queries_however_many_there_are(staff, place, head, rows, django_assert_num_queries):
    for number in range(rows):
        pairings.create_pairing(
            newcomer(place, f"林同志{number}"), kind=MentorKind.POLITICAL, mentor=head.person, office=head.office,
            started_on=STARTED, actor=place.staff,
        )  # fmt: skip
    staff.get(GAPS)
    with django_assert_num_queries(10):
        staff.get(GAPS)
    with django_assert_num_queries(9):
        staff.get(MENTORS)
