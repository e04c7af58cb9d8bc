"""年度小结: what it holds of which year, for whom, what it costs, and the same on paper."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cadre_app.core.growth import Fact, GrowthSource, HeadLine, Words, YearPart, growth_sources, year_parts
from cadre_app.core.roles import Role
from cadre_app.growth.years import year_view
from cadre_app.history.models import Entry
from cadre_app.people.access import access_of, with_ties
from cadre_app.people.file.opening import with_head
from cadre_app.people.models import Trainee
from cadre_app.people.services import posts
from tests.access.harness import pdf_text

pytestmark = pytest.mark.django_db


def page(trainee, year: int, name: str = "year") -> str:
    return reverse(f"growth:{name}", kwargs={"pk": trainee.pk, "year": year})


def view_of(user, trainee, year: int):
    files = with_head(with_ties(user, Trainee.objects.select_related("person", "home_unit")))
    found = files.get(pk=trainee.pk)
    return year_view(found, access_of(user, found), year)


def test_a_year_holds_its_own_entries_by_kind_with_their_counts(place, trainee):
    found = view_of(place.staff, trainee, 2025)
    days = {entry.day for one in found.sections for entry in one.entries}
    assert date(2025, 3, 1) in days
    assert {day.year for day in days} == {2025}
    assert [one.count for one in found.sections] == [len(one.entries) for one in found.sections]
    assert found.total == sum(one.count for one in found.sections)
    assert (found.is_present, list(found.coming), list(found.gaps)) == (False, [], [])


def test_what_lies_ahead_is_no_fact_of_the_year_yet(place, trainee):
    before = view_of(place.staff, trainee, 2026)
    fact = Fact(date(2026, 12, 20), "posts", {})
    words = GrowthSource(("posts",), lambda row, access: Words("ahead"), facts=lambda file, access: [fact])
    growth_sources.register("tests.ahead", words)
    try:
        found = view_of(place.staff, trainee, 2026)
    finally:
        growth_sources._items.pop("tests.ahead")
    assert (found.total, [one.count for one in found.sections]) == (
        before.total,
        [one.count for one in before.sections],
    )
    assert "ahead" not in [entry.title for one in found.sections for entry in one.entries]


def test_entries_stand_in_the_order_of_their_days(place, trainee):
    days = [entry.day for one in view_of(place.staff, trainee, 2024).sections for entry in one.entries]
    by_kind = [[entry.day for entry in one.entries] for one in view_of(place.staff, trainee, 2024).sections]
    assert all(found == sorted(found) for found in by_kind)
    assert {day.year for day in days} == {2024}


def test_the_years_to_choose_are_those_with_entries_and_the_present_one(place, trainee):
    years = view_of(place.staff, trainee, 2025).years
    assert years == sorted(years, reverse=True)
    assert {2023, 2024, 2025, 2026} <= set(years)
    assert all(view_of(place.staff, trainee, year).total for year in years if year != 2026)


def test_the_present_year_tells_what_comes_next_and_what_is_missing(place, trainee, client_of):
    found = view_of(place.staff, trainee, 2026)
    text = client_of(place.staff).get(page(trainee, 2026)).content.decode()
    assert (found.is_present, "What is missing in the file" in text) == (True, bool(found.gaps))


def test_rooms_add_lines_about_the_year(place, trainee, client_of):
    year_parts.register("tests", YearPart(order=1, lines=lambda file, access, year: [HeadLine("judged", f"in {year}")]))
    try:
        text = client_of(place.staff).get(page(trainee, 2025)).content.decode()
    finally:
        year_parts._items.pop("tests")
    assert "in 2025" in text


def test_a_year_without_entries_says_so(place, trainee, client_of):
    text = client_of(place.staff).get(page(trainee, 1999)).content.decode()
    assert "Nothing is on record for this year." in text


@pytest.mark.parametrize(("role", "status"), [(Role.STAFF, 200), (Role.LEADER, 200), (Role.LIAISON, 200)])
def test_those_who_read_the_head_read_the_year(place, trainee, client_of, role, status):
    assert client_of(place.somebody(role, place.top)).get(page(trainee, 2025)).status_code == status


def test_the_person_concerned_sees_the_own_year(trainee, own, client_of):
    assert client_of(own).get(page(trainee, 2025)).status_code == 200


def test_a_mentor_sees_no_year_view(trainee, tied, client_of):
    user = tied(trainee, "mentor")
    assert [
        client_of(user).get(page(trainee, 2025, name)).status_code for name in ("year", "year_print", "year_pdf")
    ] == [403] * 3


@pytest.mark.parametrize("year", [0, 1, 2099, 10_000, 99_999_999])
def test_what_is_no_year_is_not_found(place, trainee, client_of, year):
    assert client_of(place.staff).get(page(trainee, year)).status_code == 404


@pytest.mark.parametrize("name", ["year_print", "year_pdf"])
def test_the_paper_tells_what_the_data_show_and_is_on_record(place, trainee, client_of, name):
    answer = client_of(place.staff).get(page(trainee, 2025, name))
    text = pdf_text(answer.content) if name == "year_pdf" else answer.content.decode()
    assert ("林知远同志2025年度小结" in text, "本年度共记载" in text) == (True, True)
    assert Entry.objects.filter(verb="growth.year.printed", object_id=trainee.pk).count() == 1


def test_the_paper_of_an_empty_year_claims_nothing(place, trainee, client_of):
    text = client_of(place.staff).get(page(trainee, 1999, "year_print")).content.decode()
    assert ("本年度没有记载。" in text, "记载事项" in text) == (True, False)


def test_the_year_costs_the_same_for_one_entry_and_for_three(place, trainee, client_of):
    client, counts = client_of(place.staff), []
    client.get(page(trainee, 2025))
    for more in (0, 2):
        for number in range(more):
            posts.add_post_record(
                trainee,
                started_on=date(2025, 5, 1 + number),
                post=f"岗位{number}",
                document_number="",
                actor=place.staff,
            )
            trainee.refresh_from_db()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page(trainee, 2025)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


@pytest.mark.usefixtures("three_entries")
def test_the_paper_counts_facts_alone_with_state_and_source_and_holds_nothing_restricted(place, trainee, client_of):
    client = client_of(place.staff)
    answer = client.get(page(trainee, 2025, "year_print"))
    text = answer.content.decode()
    assert "6月1日　事项verified（verified，区委组织部核实）" in text
    assert ("事项draft" in text, "事项restricted" in text, "另有1项尚未核实，不计入。" in text) == (False, False, True)
    assert [count for _label, count, lines in answer.context["v"]["sections"] if "事项verified" in lines[0]] == [1]
    shown = client.get(page(trainee, 2025)).content.decode()
    assert ("事项draft" in shown, "事项restricted" in shown) == (True, True)


def test_the_paper_of_a_past_year_is_headed_with_the_unit_and_post_of_its_end(place, trainee, client_of):
    client = client_of(place.staff)
    posts.add_post_record(
        trainee, started_on=date(2026, 10, 9), post="综治办主任", document_number="", actor=place.staff
    )
    past, present = (client.get(page(trainee, year, "year_print")).context["v"] for year in (2025, 2026))
    assert (past["unit"], past["post"]) == (place.town.name, "党建办科员")
    assert (present["unit"], present["post"]) == (place.other_town.name, "综治办主任")
    before = client.get(page(trainee, 2023, "year_print")).context["v"]
    assert (before["unit"], before["post"]) == ("", "")


def test_what_a_part_tells_of_the_year_it_judges_does_not_stand_by_its_day(place, trainee):
    before = view_of(place.staff, trainee, 2025)
    year_parts.register("tests", YearPart(order=1, lines=lambda *given: [], sources=("people.interruption",)))
    try:
        after = view_of(place.staff, trainee, 2025)
    finally:
        year_parts._items.pop("tests")
    assert after.total == before.total - 1 == sum(one.count for one in after.sections)
