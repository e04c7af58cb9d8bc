"""The weekly message on compliance notes: to whom, on which day, what it says, and not where nothing is the matter."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from cadre_app.accounts.models import User
from cadre_app.assignments.lists.compliance import weekly_list
from cadre_app.assignments.models import Posting
from cadre_app.assignments.rules import compliance as rules
from cadre_app.core.roles import Role
from cadre_app.people.models import Person, Relative, Trainee
from cadre_app.policy import snapshot
from cadre_app.reminders.models import Notice
from cadre_app.reminders.services.sweeping import sweep
from tests.assignments.factories import make_posting
from tests.people.conftest import TODAY, District

MONDAY = TODAY
Somebody = Callable[..., Trainee]


def late(trainee: Trainee, **fields: Any) -> Posting:
    """Overstayed, and without a document."""
    values = {"on": TODAY - timedelta(days=90), "due_on": TODAY - timedelta(days=5), "document_number": ""} | fields
    return make_posting(trainee, **values)


def told() -> set[tuple[str, date]]:
    return {(row.username, row.due_day) for row in rules.weekly(TODAY)}


def said(user: User) -> tuple[str, str]:
    row = rules.as_own(rules.clerks(), user).get()
    with translation.override("en"):
        words = rules.weekly_words(row, TODAY, user)
    return words.title, words.why


def test_staff_of_the_units_are_told_on_monday_and_nobody_else(place: District, somebody: Somebody) -> None:
    assert TODAY.isoweekday() == 1
    late(somebody("林知远"))
    town, other = place.somebody(Role.STAFF, place.town), place.somebody(Role.STAFF, place.other_town)
    for role in (Role.LEADER, Role.LIAISON):
        place.somebody(role, place.top)
    assert told() == {(place.staff.username, MONDAY), (town.username, MONDAY)}
    assert said(other) == ("0 compliance notes", "Nothing stands against the postings of your units any more.")


def test_it_counts_by_kind_what_the_list_of_the_week_shows(place: District, somebody: Somebody) -> None:
    late(somebody("林知远"))
    late(somebody("陈予安"), document_number="1号")
    late(somebody("郑一川", unit=place.other_town))
    late(somebody("周闻溪"), state="closed", ended_on=TODAY - timedelta(days=5))
    town = place.somebody(Role.STAFF, place.town)
    assert said(town) == ("4 compliance notes", "Document missing 2, Overstay 2")
    assert weekly_list(town, TODAY).notes == 4
    assert said(place.staff)[0] == "6 compliance notes"


def test_the_bell_rings_them_once(place: District, somebody: Somebody, client_of: Any) -> None:
    late(somebody("林知远"))
    for _minute in range(2):
        sweep()
    found = Notice.objects.filter(occurrence__rule="assignments.compliance", recipient=place.staff, channel="inbox")
    assert found.count() == 1
    assert "2 compliance notes" in client_of(place.staff).get(reverse("reminders:inbox")).text


def test_there_is_none_when_nothing_is_the_matter(place: District, somebody: Somebody) -> None:
    make_posting(somebody("林知远"))
    assert told() == set()


def test_own_postings_and_those_of_relatives_are_not_counted(place: District, somebody: Somebody) -> None:
    own, kin = somebody("林知远"), somebody("林知微")
    Person.objects.filter(pk=own.person_id).update(account=place.staff)
    Relative.objects.create(person=own.person, relation="妹妹", name="林知微", other=kin.person)
    late(own), late(kin)
    town = place.somebody(Role.STAFF, place.town)
    assert (told(), said(place.staff)[0], said(town)[0]) == (
        {(town.username, MONDAY)}, "0 compliance notes", "4 compliance notes",
    )  # fmt: skip


@pytest.mark.parametrize(("today", "due"), [("2026-11-29", date(2026, 11, 23)), ("2026-11-30", date(2026, 11, 30))])
def test_it_stands_until_the_next_monday_and_comes_anew(
    place: District, somebody: Somebody, today: str, due: date
) -> None:
    late(somebody("林知远"))
    with time_machine.travel(f"{today}T12:00:00+08:00"):
        assert [row.due_day for row in rules.weekly(date.fromisoformat(today))] == [due]
        assert list(rules.weekly(due - timedelta(days=1))) == []


def test_the_number_of_rows_does_not_change_the_number_of_queries(place: District, somebody: Somebody) -> None:
    def asked() -> tuple[int, int]:
        with snapshot.held(), CaptureQueriesContext(connection) as found:
            titles = [rules.weekly_words(row, TODAY, place.staff).title for row in rules.weekly(TODAY)]
        return len(titles), len(found)

    late(somebody("林知远"))
    people, queries = asked()
    for name in ("陈予安", "郑一川"):
        late(somebody(name))
        place.somebody(Role.STAFF, place.town)
    assert (people, asked()) == (1, (3, queries))
