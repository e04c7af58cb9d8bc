"""`manage.py briefing`: the computed figures of the demo district equal those that the district published, on any day."""

import json
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from cadre_app.core.figures import Figure, figures
from cadre_app.runtime import environment
from cadre_app.runtime.say import Refusal
from tests.district import load_demo
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db

# PRODUCT.md, "The reference year".
REFERENCE = {
    "mentor_pairs": 7,
    "camp_grades": 3,
    "on_demand_sessions": 52,
    "headquarters_postings": 10,
    "secondments": 4,
    "research_prizes": 3,
    "outcomes": 28,
}


@pytest.fixture(autouse=True)
def _own_surroundings(monkeypatch):
    """What an earlier test found out about another data folder does not count here."""
    monkeypatch.setattr(environment, "_found", [])


@pytest.fixture
def invented(monkeypatch):
    """A figure of the briefing: how many days have passed of the year."""
    figure = Figure(
        label="测试数字",
        group="people",
        order=99,
        unit_word="天",
        count=lambda asked: (asked.as_of - date(asked.as_of.year, 1, 1)).days + (100_000 if asked.unit else 0),
        url=lambda asked: "",
        in_briefing=True,
    )
    only = {key: replace(known, in_briefing=False) for key, known in figures.items()}
    monkeypatch.setattr(figures, "_items", only | {"invented": figure})


def printed(*arguments):
    out = StringIO()
    call_command("briefing", *arguments, stdout=out)
    return out.getvalue()


def days():
    today = timezone.localdate()
    second = date(today.year, 1, 2)
    return {
        "today": today,
        "2 January": second if second <= today else date(today.year - 1, 1, 2),
        "29 February": date(2024, 2, 29),
    }


@pytest.mark.parametrize("day", ["today", "2 January", "29 February"])
def test_the_demo_district_has_the_figures_of_the_reference_year(day):
    as_of = days()[day]
    load_demo(as_of=as_of)
    found = json.loads(printed("--as-of", str(as_of), "--json"))
    assert found == {key: REFERENCE[key] for key in found}
    assert set(found) == set(REFERENCE)


def test_today_is_the_day_that_is_meant_where_none_is_named(invented):
    today = timezone.localdate()
    assert json.loads(printed("--json")) == {"invented": (today - date(today.year, 1, 1)).days}


def test_each_figure_is_a_line_in_the_language_of_the_command(invented):
    with translation.override("zh-hans"):
        assert printed("--as-of", "2024-03-01") == "测试数字：60天\n"
    with translation.override("en"):
        assert printed("--as-of", "2024-03-01") == "测试数字: 60 天\n"


def test_without_figures_it_says_so_and_prints_an_empty_object(monkeypatch):
    monkeypatch.setattr(figures, "_items", {})
    with translation.override("en"):
        assert (printed("--json"), printed()) == ("{}\n", "No figure of the briefing exists yet.\n")


def test_a_unit_is_named_by_its_name_short_name_or_key(invented):
    town = UnitFactory.create(name="梧岭镇", short_name="梧岭")
    asked = [printed("--as-of", "2024-01-01", "--json", "--unit", name) for name in ("梧岭镇", "梧岭", str(town.pk))]
    assert [json.loads(text) for text in asked] == [{"invented": 100_000}] * 3


def refused(*arguments):
    with translation.override("en"), pytest.raises(CommandError) as caught:
        printed(*arguments)
    return str(caught.value)


def test_a_name_of_two_units_is_answered_with_their_keys(db):
    top = UnitFactory.create(name="望屿区")
    towns = [UnitFactory.create(name=name, parent=top, order=order) for order, name in enumerate(("甲镇", "乙镇"))]
    pair = [UnitFactory.create(name="桥头村", parent=town) for town in towns]
    assert refused("--unit", "桥头村").splitlines() == [
        "More than one unit has this name; name one by its key:",
        f"{pair[0].pk}  甲镇 桥头村",
        f"{pair[1].pk}  乙镇 桥头村",
    ]


@pytest.mark.parametrize("name", ["没有这个单位", "", "00000000-0000-4000-8000-000000000000"])
def test_a_unit_that_does_not_exist_is_said(name):
    UnitFactory.create(name="望屿区")
    assert refused("--unit", name) == f"There is no unit of this name or key: {name}"


def test_of_a_unit_that_was_closed_by_the_day_nothing_is_counted(invented):
    UnitFactory.create(name="云坪乡", closed_on=date(2026, 3, 1))
    said = refused("--unit", "云坪乡", "--as-of", "2026-03-01")
    assert said.startswith("“云坪乡” was closed on 1 Mar 2026.")
    assert json.loads(printed("--unit", "云坪乡", "--as-of", "2026-02-28", "--json")) == {"invented": 100_058}


def test_of_a_unit_that_was_not_opened_by_the_day_nothing_is_counted(invented):
    UnitFactory.create(name="临港指挥部", opened_on=date(2023, 3, 1))
    said = refused("--unit", "临港指挥部", "--as-of", "2022-01-01")
    assert said == "“临港指挥部” was opened on 1 Mar 2023. Choose a last day from then on."
    assert json.loads(printed("--unit", "临港指挥部", "--as-of", "2023-03-01", "--json")) == {"invented": 100_059}


def test_a_day_that_has_not_come_is_said():
    tomorrow = timezone.localdate() + timedelta(days=1)
    said = refused("--as-of", str(tomorrow))
    assert said == "This day has not come yet. Figures stand as of today or an earlier day."


@pytest.mark.parametrize("day", ["2026-02-29", "x", ""])
def test_what_is_no_day_is_said(day):
    assert refused("--as-of", day) == "Error: argument --as-of: Write the day as 2026-11-23."


def test_a_folder_without_a_database_is_refused(monkeypatch, tmp_path):
    here = environment.Surroundings(tmp_path, chosen=True, given=frozenset())
    monkeypatch.setattr(environment, "_found", [here])
    with pytest.raises(Refusal, match="There is no database there"):
        printed("--json")
