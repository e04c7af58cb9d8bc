"""Achievements in the bell, the growth file, the figures and the search."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from cadre_app.accounts.models import User
from cadre_app.achievements.models import Achievement
from cadre_app.core.figures import Asked, figures
from cadre_app.core.reminding import reminder_rules
from cadre_app.people.models import Relative
from tests.achievements.conftest import Town
from tests.achievements.factories import make_achievement
from tests.factories import PersonFactory
from tests.people.conftest import TODAY
from tests.search.looking import finders, look


def due(key: str, until: date) -> list[tuple[str, date]]:
    found = reminder_rules[key].dues(until).order_by("title")
    return [(row.title, row.due_day) for row in found]


def test_the_unit_has_a_week_and_the_department_two(town: Town) -> None:
    make_achievement(town.trainee, title="甲", state="unit", since=TODAY - timedelta(days=7))
    make_achievement(town.trainee, title="乙", state="unit", since=TODAY - timedelta(days=6))
    make_achievement(town.trainee, title="丙", state="department", since=TODAY - timedelta(days=15))
    assert due("achievements.unit", TODAY) == [("甲", TODAY)]
    assert due("achievements.unit", TODAY + timedelta(days=1)) == [("乙", TODAY + timedelta(days=1)), ("甲", TODAY)]
    assert due("achievements.department", TODAY) == [("丙", TODAY)]


def test_what_waits_is_told_to_business_roles_and_never_about_a_relative(town: Town) -> None:
    make_achievement(town.trainee, state="unit", since=TODAY - timedelta(days=9))
    rule = reminder_rules["achievements.unit"]
    seen = [rule.visible(rule.rows(), user).count() for user in (town.liaison, town.staff, town.own, town.mentor)]
    kin = PersonFactory.create(name="叔叔", account=town.liaison)
    Relative.objects.create(person=town.trainee.person, relation="叔叔", name="叔叔", other=kin)
    liaison = User.objects.get(pk=town.liaison.pk)
    assert (seen, rule.visible(rule.rows(), liaison).count()) == ([1, 1, 0, 0], 0)


@pytest.mark.parametrize(
    ("state", "title"),
    [
        (
            "department",
            "Your achievement “撂荒地复耕86亩” was verified by the unit; the organization department is looking at it.",
        ),
        ("verified", "Your achievement “撂荒地复耕86亩” was verified by the organization department."),
    ],
)
def test_the_person_is_told_of_each_step_once_it_is_done(town: Town, state: str, title: str) -> None:
    entry = make_achievement(town.trainee, state=state, since=TODAY)
    make_achievement(town.trainee, state=state, since=TODAY - timedelta(days=15), title="早就说过的")
    rule = reminder_rules["achievements.news"]
    assert [(row.pk, row.doer_key) for row in rule.dues(TODAY)] == [(entry.pk, town.own.pk)]
    with translation.override("en"):
        assert rule.words(entry, TODAY, town.own).title == title


def test_what_was_returned_waits_for_its_author(town: Town) -> None:
    entry = make_achievement(town.trainee, state="returned", since=TODAY - timedelta(days=2))
    rule = reminder_rules["achievements.returned"]
    assert [(row.pk, row.due_day) for row in rule.dues(TODAY)] == [(entry.pk, TODAY - timedelta(days=2))]
    assert rule.visible(rule.rows(), town.staff).count() == 0
    words = rule.words(entry, TODAY, town.own)
    assert ("请补充村账截图。" in words.why, words.url) == (True, page(entry))


def page(entry: Any) -> str:
    return reverse("achievements:achievement_detail", kwargs={"pk": entry.pk})


def test_others_find_verified_entries_alone_in_the_file(town: Town, client_of: Any) -> None:
    for state in ("draft", "unit", "returned", "verified", "superseded"):
        make_achievement(town.trainee, state=state, title=state)

    def told(user: Any) -> list[str]:
        url = reverse("growth:file", kwargs={"pk": town.trainee.pk})
        body = client_of(user).get(url, {"kind": "achievement"}).content.decode()
        return [state for state in ("draft", "unit", "returned", "verified", "superseded") if f">{state}<" in body]

    assert [told(user) for user in (town.staff, town.leader, town.liaison, town.mentor)] == [["verified"]] * 4
    assert told(town.own) == ["draft", "unit", "returned", "verified"]


def test_the_own_year_on_paper_counts_verified_entries_alone(town: Town, client_of: Any) -> None:
    for state in ("draft", "unit", "returned", "verified"):
        make_achievement(town.trainee, state=state, title=f"实绩{state}")
    ended = Achievement.objects.values_list("ended_on", flat=True)[0]
    address = reverse("growth:year_print", kwargs={"pk": town.trainee.pk, "year": ended.year})
    body = client_of(town.own).get(address).content.decode()
    found = [state for state in ("draft", "unit", "returned", "verified") if f"实绩{state}" in body]
    assert (found, "另有3项尚未核实，不计入。" in body) == (["verified"], True)


def test_the_figure_counts_the_list_that_it_opens(town: Town, client_of: Any) -> None:
    make_achievement(town.trainee)
    make_achievement(town.trainee, state="superseded")
    make_achievement(town.trainee, since=TODAY - timedelta(days=366))
    figure = figures["achievements"]
    asked = Asked.on(TODAY, user=town.staff, unit=town.district.town)
    assert (figure.count(asked), figure.count(Asked.on(TODAY, unit=town.district.other_town))) == (1, 0)
    assert client_of(town.staff).get(figure.url(asked)).context["table"].total == 1
    assert figure.url(Asked.on(TODAY, user=town.own)) == ""


def test_the_search_finds_what_its_reader_reads(town: Town) -> None:
    entry = make_achievement(town.trainee, title="水渠修复", state="unit")
    make_achievement(town.trainee, title="水渠还没写完", state="draft")
    stranger = town.district.somebody("staff", town.district.other_town)
    everybody = (town.staff, town.leader, town.liaison, town.mentor, town.own, stranger)
    assert finders("achievements.achievements", "水渠", *everybody) == [1, 1, 1, 1, 1, 0]
    [hit] = look("achievements.achievements", town.staff, "水渠").hits
    assert (hit.place.title, hit.place.url, hit.place.day) == ("林知远", page(entry), entry.ended_on)


@pytest.mark.parametrize("typed", ["水渠", "牵头", "投工", "1.3公里", "１４０亩"])
def test_every_text_of_an_achievement_is_looked_through(town: Town, typed: str) -> None:
    town.writes()
    assert finders("achievements.achievements", typed, town.staff, town.own) == [1, 1]


def test_voided_achievements_and_who_can_confirm_are_not_found(town: Town) -> None:
    entry = town.writes()
    assert finders("achievements.achievements", "梧头村党支部书记", town.staff) == [0]
    Achievement.objects.filter(pk=entry.pk).update(voided_at=timezone.now())
    assert finders("achievements.achievements", "水渠", town.staff, town.own, town.mentor) == [0, 0, 0]
