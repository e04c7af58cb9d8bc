from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.utils import translation

from cadre_app.core.growth import growth_sources
from cadre_app.core.roles import Role
from cadre_app.growth.places import Place, read_place
from cadre_app.growth.timeline import Timeline
from cadre_app.people.access import resolve
from cadre_app.people.services import family
from tests.factories import PersonFactory

NOBODY = UUID(int=7)


def told(user, trainee, **narrowed) -> list[tuple[str, str]]:
    """Day and title of every entry, as English readers see them."""
    access = resolve(user, trainee)
    page = Timeline(trainee, access).page(size=50, **narrowed)
    with translation.override("en"):
        return [(str(row.day), growth_sources[row.source].words(row, access).title) for row in page.rows]


WHOLE = [
    ("2026-10-08", "Transferred from 梧岭镇 to 潮音镇"),
    ("2025-03-01", "Village term interrupted: 病假"),
    ("2024-09-01", "Went to 梧头村 for the village term as Assistant to the village Party secretary"),
    ("2024-07-01", "Became a full Party member"),
    ("2024-07-01", "Post or rank: 党建办科员"),
    ("2024-07-01", "Reported for duty at 梧岭镇"),
    ("2023-06-01", "Admitted by the branch meeting as a probationary member"),
]


@pytest.mark.parametrize("role", [Role.STAFF, Role.LEADER, Role.LIAISON])
def test_business_roles_see_everything_and_a_day_in_the_course_of_things(place, trainee, role):
    assert told(place.somebody(role, place.other_town), trainee) == WHOLE


def test_the_person_sees_everything(place, trainee, own):
    assert told(own, trainee) == WHOLE


def test_a_mentor_sees_in_which_village_and_since_when(place, trainee, tied):
    mentor = tied(trainee, "mentor")

    assert told(mentor, trainee) == [("2024-09-01", "Went to 梧头村 for the village term")]
    [row] = Timeline(trainee, resolve(mentor, trainee)).page(size=5).rows
    assert row.data == {"village": "梧头村"}


def test_who_is_shown_the_name_alone_sees_no_entry(place, trainee, tied):
    assert told(tied(trainee, "name"), trainee) == []


def test_a_role_elsewhere_sees_no_entry(place, trainee):
    assert told(place.somebody(Role.STAFF, place.town), trainee) == []


def test_an_avoided_relative_sees_no_entry(place, trainee):
    user = place.somebody(Role.STAFF, place.top)
    sister = PersonFactory.create(account=user)
    family.add_relative(trainee.person, relation="姐姐", other=sister, actor=place.staff)

    assert told(user, trainee) == []


@pytest.mark.parametrize(
    ("kind", "year", "days"),
    [
        ("practice", None, ["2025-03-01", "2024-09-01"]),
        ("", 2024, ["2024-09-01", "2024-07-01", "2024-07-01", "2024-07-01"]),
        ("posts", 2024, ["2024-07-01", "2024-07-01"]),
        ("party", 2026, []),
        ("", 1, []),
        ("", 9999, []),
    ],
)
def test_kind_and_year_narrow(place, trainee, kind, year, days):
    found = told(place.staff, trainee, kind=kind, year=year)

    assert [day for day, _title in found] == days


def test_the_census_counts_kinds_and_years(place, trainee):
    census = Timeline(trainee, resolve(place.staff, trainee)).census

    assert census.kinds() == [("practice", 2), ("posts", 3), ("party", 2)]
    assert census.years() == [(2026, 1), (2025, 1), (2024, 4), (2023, 1)]
    assert (census.total(), census.total(kind="posts", year=2024)) == (7, 2)


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_pages_put_together_are_the_whole(place, trainee, size):
    timeline = Timeline(trainee, resolve(place.staff, trainee))
    rows, after = [], None
    while True:
        page = timeline.page(size=size, after=after)
        rows += page.rows
        if page.next is None:
            break
        after = read_place(page.next.cursor())

    assert rows == timeline.page(size=50).rows


def test_a_place_is_read_back_as_it_was_written():
    place = Place(date(1, 1, 1), 3, datetime(2026, 11, 23, 4, tzinfo=UTC), NOBODY)

    assert read_place(place.cursor()) == place


@pytest.mark.parametrize("text", ["", "x", "%%%", "MjAyNi0xMS0yMw", "中", "a" * 500, "MHwwfDB8MA"])
def test_what_is_no_place_is_none(text):
    assert read_place(text) is None


def test_everything_costs_two_queries(place, trainee, django_assert_num_queries):
    access, person = resolve(place.staff, trainee), trainee.person
    with django_assert_num_queries(2):
        told_rows = Timeline(trainee, access).page(size=50).rows
    assert (len(told_rows), person.name) == (len(WHOLE), "林知远")


def test_access_costs_two_queries_at_most(place, trainee, django_assert_num_queries):
    user = type(place.staff).objects.get(pk=place.staff.pk)
    assert user.standing_grants
    assert not user.__dict__.get("_avoided_persons")
    with django_assert_num_queries(2):
        resolve(user, trainee)
