"""The lists of talks, people and problems: what they hold, how they are narrowed, what they cost, their workbooks."""

import re
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import escape

from cadre_app.care.models import TalkTrigger
from cadre_app.care.services import plans, problems, talks, triggers
from cadre_app.core.registries import job_kinds
from tests.care.conftest import ANSWER, SECRET, Care
from tests.factories import TraineeFactory

pytestmark = pytest.mark.django_db


def listed(client: Any, name: str, query: str = "") -> int:
    return len(client.get(reverse(f"care:{name}") + query).context["table"].rows)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2),
        ("?q=林知", 2),
        ("?q=lzy", 2),
        ("?q=陈", 0),
        ("?month=2026-12", 1),
        ("?month=2026-11", 1),
        ("?month=9999-99", 2),
        ("?state=planned", 1),
        ("?state=held", 1),
        ("?state=voided", 0),
        ("?kind=routine", 2),
        ("?kind=care", 0),
        ("?occasion=routine", 2),
        ("?case=late", 0),
        ("?case=return", 0),
        ("?case=mine", 0),
        ("?sort=planned_on", 2),
        ("?sort=content", 2),
        ("?after=xyz", 2),
    ],
)
def test_what_the_list_of_talks_is_narrowed_to(care: Care, client_of: Any, query: str, found: int) -> None:
    care.held()
    care.planned()
    assert listed(client_of(care.user("staff")), "talk_list", query) == found


def test_the_list_is_narrowed_to_unit_and_interviewer(care: Care, client_of: Any) -> None:
    care.held()
    client = client_of(care.user("staff"))
    queries = [
        f"?unit={care.district.town.pk}",
        f"?unit={care.district.other_town.pk}",
        f"?interviewer={care.leader.pk}",
        f"?interviewer={care.staff.pk}",
    ]
    assert [listed(client, "talk_list", query) for query in queries] == [1, 0, 1, 0]


def test_a_planned_talk_is_late_once_its_day_has_passed(care: Care, client_of: Any) -> None:
    talk = care.planned()
    type(talk).objects.filter(pk=talk.pk).update(planned_on=date(2026, 11, 1))
    assert listed(client_of(care.user("staff")), "talk_list", "?case=late") == 1


@pytest.mark.parametrize(
    ("query", "found"), [("", 1), ("?case=late", 1), ("?case=near", 1), ("?case=bare", 1), ("?case=paused", 0)]
)
def test_what_the_list_of_people_is_narrowed_to(care: Care, client_of: Any, query: str, found: int) -> None:
    assert listed(client_of(care.user("staff")), "plan_list", query) == found


def test_the_list_of_people_shows_what_is_planned_and_open(care: Care, client_of: Any) -> None:
    care.planned()
    triggers.add_trigger(care.file, occasion="setback", happened_on=date(2026, 11, 20), actor=care.staff)
    client = client_of(care.user("staff"))
    assert [listed(client, "plan_list", query) for query in ("?case=bare", "?case=occasion")] == [0, 1]
    [row] = client.get(reverse("care:plan_list")).context["table"].rows
    shown = {cell.column.key: cell.value for cell in row.cells}
    assert (shown["waiting"], shown["occasions"]) == ("1 Dec 2026 Planned", "Talk after a setback at work")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 1),
        ("?state=in_hand", 1),
        ("?state=closed", 0),
        ("?case=late", 0),
        ("?case=open", 1),
        ("?case=visit", 0),
        ("?month=2026-12", 1),
    ],
)
def test_what_the_list_of_problems_is_narrowed_to(care: Care, client_of: Any, query: str, found: int) -> None:
    care.raised(care.held())
    assert listed(client_of(care.user("staff")), "problem_list", query) == found


@pytest.mark.parametrize(
    ("query", "on"), [("", "Not settled"), ("?case=late", "Answer overdue"), ("?case=", "Everything")]
)
def test_the_list_of_problems_opens_on_what_is_not_settled_and_everything_shows_everything(
    care: Care, client_of: Any, query: str, on: str
) -> None:
    talk = care.held(held_on=date(2026, 10, 1))
    care.raised(talk, due_on=date(2026, 11, 1))
    problem = care.raised(talk, text="已办", due_on=date(2026, 10, 5))
    problems.answer_problem(
        problem, answer="已说明", answered_on=date(2026, 10, 6), is_explained=True, actor=care.staff
    )
    page = client_of(care.user("staff")).get(reverse("care:problem_list") + query)
    assert [label for _url, label, is_on in page.context["cases"] if is_on] == [on]
    [everything] = [url for url, label, _is_on in page.context["cases"] if label == "Everything"]
    found = [listed(client_of(care.user("staff")), "problem_list", asked) for asked in ("", everything)]
    assert found == [1, 2]


def test_a_printed_list_names_the_condition_that_it_opens_with(care: Care, client_of: Any) -> None:
    care.raised(care.held())
    text = client_of(care.user("staff")).get(reverse("care:problem_list")).content.decode()
    assert '<p class="only-print printed">Conditions: To look at: Not settled</p>' in text
    assert '<p class="only-print printed">1 in all</p>' in text


def test_unsettled_problems_stand_the_most_overdue_first_with_their_next_step(care: Care, client_of: Any) -> None:
    talk = care.held(held_on=date(2026, 10, 1))
    late = care.raised(talk, text="热水不足", due_on=date(2026, 11, 1))
    care.raised(talk, text="网络不稳定", due_on=date(2026, 12, 20), handling_unit="")
    settled = care.raised(talk, text="已办", due_on=date(2026, 10, 5))
    problems.answer_problem(
        settled, answer="已说明", answered_on=date(2026, 10, 6), is_explained=True, actor=care.staff
    )

    page = client_of(care.user("staff")).get(reverse("care:problem_list") + "?case=open")

    assert [row.object.text for row in page.context["table"].rows] == ["热水不足", "网络不稳定"]
    next_step = escape(reverse("care:problem_answer", kwargs={"pk": late.pk}))
    leader = client_of(care.user("leader")).get(reverse("care:problem_list"))
    assert [next_step in answer.content.decode() for answer in (page, leader)] == [True, False]
    cells = re.findall(r'<t[hd][^>]*class="no-print"[^>]*>\s*([^<]*)', page.content.decode())
    assert [cell.strip() for cell in cells] == ["Actions", "", ""]  # no buttons on paper


@pytest.mark.parametrize("name", ["talk_list", "plan_list", "problem_list"])
def test_nobody_else_finds_rows_of_other_units(care: Care, client_of: Any, name: str) -> None:
    care.raised(care.held())
    found = {who: listed(client_of(care.user(who)), name) for who in ("staff", "leader", "other_staff")}
    assert found == {"staff": 1, "leader": 1, "other_staff": 0}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("talk_list", 9), ("plan_list", 10), ("problem_list", 9)])
def test_the_lists_cost_the_same_whatever_their_length(
    care: Care, client_of: Any, rows: int, name: str, queries: int, django_assert_num_queries: Any
) -> None:
    care.raised(care.held())
    for _number in range(rows - 1):
        other = TraineeFactory.create(home_unit=care.district.town, arrived_on=date(2025, 8, 1))
        plans.sweep_plans()
        talks.plan_talk(other, kind="routine", planned_on=date(2026, 12, 1), actor=care.staff)
        care.raised(care.held())
        triggers.add_trigger(other, occasion="setback", happened_on=date(2026, 11, 20), actor=care.staff)
    client = client_of(care.user("staff"))
    client.get(reverse(f"care:{name}"))
    with django_assert_num_queries(queries):
        client.get(reverse(f"care:{name}"))


@pytest.mark.parametrize("kind", ["care.talks", "care.plans", "care.problems"])
def test_the_workbook_holds_what_the_list_shows_and_no_text(care: Care, kind: str) -> None:
    care.raised(care.held())
    table = job_kinds[kind].table
    assert table is not None
    everything = QueryDict("columns=planned_on,name,topics,state,text,answer,next_on,waiting,occasions")
    told = [str(cell) for row in table(care.user("staff"), everything).export_rows() for cell in row]
    assert (SECRET in told, ANSWER in told, "林知远" in told) == (False, False, True)


def test_the_empty_list_says_how_to_begin(care: Care, client_of: Any) -> None:
    page = client_of(care.user("staff")).get(reverse("care:talk_list")).content.decode()
    assert ("No talk is planned this quarter." in page, "Plans can be made for whole units at once." in page) == (
        True,
        True,
    )
    assert TalkTrigger.objects.count() == 0
