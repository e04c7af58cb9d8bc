"""Figures of talks, symposiums and problems: which count in a period, for whom, and the lists behind them."""

from datetime import date
from typing import Any

import pytest

from cadre_app.accounts.models import User
from cadre_app.care.models import Problem, Talk
from cadre_app.care.services import problems, talks
from cadre_app.core.figures import Asked, count_all, figures
from cadre_app.people.services import transfers
from tests.care.conftest import TODAY, Care
from tests.care.symposiums import held
from tests.factories import TraineeFactory

pytestmark = pytest.mark.django_db

KEYS = ("talks", "symposiums", "problems", "problems_closed")


def counted(**asked: Any) -> list[int]:
    found = count_all(Asked.on(**{"as_of": TODAY} | asked), {key: figures[key] for key in KEYS})
    return [found[key] for key in KEYS]


def closed(care: Care, problem: Problem, day: date) -> Problem:
    problems.answer_problem(problem, answer="已更换", answered_on=TODAY, actor=care.staff)
    problems.revisit_problem(problem, revisited_on=TODAY, revisit_note="属实", actor=care.staff)
    problems.close_problem(problem, actor=care.staff)
    Problem.objects.filter(pk=problem.pk).update(closed_on=day)
    return problem


@pytest.fixture
def district(care: Care) -> Care:
    """Talks of two years and one that was voided, a symposium at the top, and what was raised."""
    first = care.held(held_on=date(2026, 11, 20))
    care.held(held_on=date(2025, 11, 23))
    talks.void_talk(care.held(held_on=date(2026, 11, 2)), reason="重复登记", actor=care.staff)
    care.planned()
    symposium = held(care)
    closed(care, care.raised(first), TODAY)
    care.raised(first, text="宿舍漏水")
    problems.add_problem(symposium, text="食堂过早停火", due_on=date(2026, 12, 5), actor=care.staff)
    return care


def test_each_counts_what_its_rule_names(district: Care) -> None:
    assert counted() == [1, 1, 3, 1]
    assert counted(since=date(2025, 11, 23)) == [2, 1, 3, 1]
    assert counted(since=TODAY) == [0, 1, 1, 0]
    assert counted(as_of=date(2026, 11, 22)) == [2, 0, 2, 0]


def test_problems_without_a_name_count_where_the_symposium_was_held(district: Care) -> None:
    place = district.district
    assert counted(unit=place.town) == [1, 0, 2, 1]
    assert counted(unit=place.top) == [1, 1, 3, 1]
    assert counted(unit=place.other_town) == [0, 0, 0, 0]


def test_a_talk_counts_in_the_unit_of_its_day(district: Care) -> None:
    place, file = district.district, district.file
    transfers.transfer_trainee(
        file, to_unit=place.other_town, effective_on=TODAY, document_number="望组干〔2026〕8号", actor=None
    )
    before = date(2026, 11, 22)
    assert [counted(as_of=before, unit=unit)[0] for unit in (place.town, place.other_town)] == [2, 0]
    assert [counted(unit=unit)[0] for unit in (place.town, place.other_town)] == [0, 1]


@pytest.mark.parametrize("asked", [{}, {"since": date(2024, 1, 1)}, {"as_of": date(2026, 11, 22)}, {"unit": "town"}])
def test_the_list_holds_exactly_what_was_counted(district: Care, client_of: Any, asked: dict[str, Any]) -> None:
    if "unit" in asked:
        asked = {"unit": getattr(district.district, asked["unit"])}
    staff = district.user("staff")
    client = client_of(staff)
    urls = {key: figures[key].url(Asked.on(**{"as_of": TODAY, "user": staff} | asked)) for key in KEYS}
    lists = [len(client.get(urls[key]).context["table"].rows) for key in KEYS]
    assert lists == counted(user=staff, **asked)


@pytest.mark.parametrize("asked", [{"as_of": date(2026, 11, 22), "unit": "town"}])
def test_a_past_period_of_a_unit_opens_the_lists_of_its_people_then(
    district: Care, client_of: Any, asked: dict[str, Any]
) -> None:
    place = district.district
    moved = {"document_number": "望组干〔2026〕8号", "actor": None}
    transfers.transfer_trainee(district.file, to_unit=place.other_town, effective_on=TODAY, **moved)
    asked |= {"unit": place.town, "user": district.user("staff")}
    client = client_of(asked["user"])
    urls = [figures[key].url(Asked.on(**asked)) for key in KEYS]
    assert [client.get(url).context["table"].total for url in urls] == counted(**asked)


def test_a_liaison_gets_none_of_them(district: Care) -> None:
    def gets(user: User) -> list[bool]:
        return [figures[key].is_for(Asked.on(TODAY, user=user)) for key in KEYS]

    assert gets(district.user("liaison")) == [False] * 4
    assert gets(district.user("leader")) == [True] * 4


@pytest.mark.parametrize("rows", [1, 3])
def test_two_queries_for_talks_and_problems(care: Care, rows: int, django_assert_num_queries: Any) -> None:
    for _ in range(rows):
        file = TraineeFactory.create(home_unit=care.district.town)
        care.raised(care.held())
        care.file = file
    assert Talk.objects.held().count() == rows
    with django_assert_num_queries(3):
        assert counted() == [rows, 0, rows, 0]
