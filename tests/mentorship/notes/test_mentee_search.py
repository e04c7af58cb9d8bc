"""What mentors and trainees find: the own mentees by name, texts they read; and the box says no more than that."""

from typing import Any

import pytest
from django.urls import reverse

from cadre_app.core.roles import Role
from cadre_app.mentorship.search import find_mentees
from cadre_app.people.models import Relative
from tests.factories import GrantFactory, TraineeFactory
from tests.mentorship.notes.conftest import Pair, pairing_of

RESULTS, SUGGESTIONS = reverse("search:results"), reverse("search:suggestions")
OFFICE, MENTOR, TEXTS = "Name, pinyin initials, unit, number or words", "s name, initials or words", "Words in records"


def titles(client: Any, text: str) -> list[str]:
    found = client.get(RESULTS, {"q": text}).context["found"]
    return [hit.title for group in found for hit in group.hits]


@pytest.mark.parametrize("text", ["陈嘉穗", "嘉穗", "cjs", "ＣＪＳ", "chenjia"])
def test_a_mentor_finds_the_own_mentee(pair: Pair, client_of: Any, text: str) -> None:
    [hit] = find_mentees(pair.mentor, text, 5)
    assert (hit.title, hit.detail) == ("陈嘉穗", pair.pairing.trainee.home_unit.name)
    client = client_of(pair.mentor)
    assert client.get(hit.url).status_code == 200
    assert titles(client, text) == ["陈嘉穗"]


def test_others_and_former_mentees_are_not_found(pair: Pair, client_of: Any) -> None:
    TraineeFactory.create(person__name="陈嘉禾", home_unit=pair.pairing.trainee.home_unit)
    assert titles(client_of(pair.mentor), "陈嘉") == ["陈嘉穗"]
    type(pair.pairing).objects.filter(pk=pair.pairing.pk).update(ended_on=pair.pairing.started_on, end_kind="completed")
    assert find_mentees(pair.mentor, "陈嘉", 5) == []


def test_a_relative_is_not_found(pair: Pair) -> None:
    mentor = pair.pairing.mentor
    Relative.objects.create(person=mentor, relation="外甥女", name="陈嘉穗", other=pair.pairing.trainee.person)
    assert find_mentees(pair.mentor, "陈嘉穗", 5) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_queries_however_many_are_found(
    pair: Pair, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows - 1):
        pairing_of(TraineeFactory.create(person__name=f"陈嘉{'禾苗'[number]}"), pair.pairing.mentor)
    find_mentees(pair.mentor, "陈嘉", 5)
    with django_assert_num_queries(1):
        assert len(find_mentees(pair.mentor, "陈嘉", 5)) == rows


def test_the_box_says_what_each_can_find(pair: Pair, client_of: Any) -> None:
    said = [client_of(user).get(RESULTS).text for user in (pair.staff, pair.mentor, pair.trainee)]
    assert [[words in text for words in (OFFICE, MENTOR, TEXTS)] for text in said] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]


def test_a_mentor_with_a_role_finds_by_the_roster(pair: Pair, client_of: Any) -> None:
    GrantFactory.create(user=pair.mentor, role=Role.STAFF, unit=pair.pairing.trainee.home_unit)
    client = client_of(pair.mentor)
    groups = client.get(RESULTS, {"q": "陈嘉穗"}).context["found"]
    assert [group.key for group in groups] == ["people.trainees"]


@pytest.mark.parametrize("address", [RESULTS, SUGGESTIONS])
def test_nobody_is_sent_to_initials_that_find_nothing(pair: Pair, client_of: Any, address: str) -> None:
    def told(user: Any) -> tuple[bool, bool]:
        text = client_of(user).get(address, {"q": "黄雨桐"}).text
        return "Try the initials" in text, "Looked for in" in text

    assert [told(user) for user in (pair.staff, pair.mentor, pair.trainee)] == [
        (True, False),
        (True, True),
        (False, True),
    ]
