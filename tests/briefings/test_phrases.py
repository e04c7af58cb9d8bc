"""A number is found again by the words around it, also where other numbers stand beside it."""

import pytest

from cadre_app.briefings.phrases import PHRASES, clauses_with, places, replaced, strays
from cadre_app.briefings.snapshots import KEYS
from tests.briefings.test_composing import NUMBERS, composed

TEXT = "全区现有引进生、选调生29名，其中引进生9名、选调生20名，现有结对7对，17个年级。"


def test_every_figure_of_the_briefing_has_words():
    assert set(PHRASES) == set(KEYS)


def test_every_number_of_the_template_is_found_once():
    text = composed()
    whole = f"{text.opening}\n{text.stages}\n{text.practice}\n{text.following}"
    found = places(whole, NUMBERS)
    assert [key for _begin, _end, key in found] == list(KEYS)
    assert [int(whole[begin:end]) for begin, end, _key in found] == [NUMBERS[key] for key in KEYS]


def test_a_new_number_takes_the_place_of_the_old_one_alone():
    assert replaced(TEXT, "people_total", 29, 30) == TEXT.replace("选调生29名", "选调生30名")
    assert replaced(TEXT, "selected", 20, 21) == TEXT.replace("选调生20名", "选调生21名")
    assert replaced(TEXT, "camp_grades", 7, 8) == TEXT


def test_what_was_rewritten_by_hand_is_left_alone():
    edited = TEXT.replace("现有结对7对", "共有7对结对")
    assert places(edited, {"mentor_pairs": 7}) == []
    assert replaced(edited, "mentor_pairs", 7, 8) == edited


def test_numbers_of_the_text_that_are_not_those_of_the_figures_are_found():
    text = "开展点单课程 45 场次、现场教学3 批次，谈心谈话12人次，其中3个年级。"
    numbers = {"on_demand_sessions": 50, "study_visits": 0, "talks": 12, "camp_grades": 3, "symposiums": 7}
    assert strays(text, numbers) == [("点单课程 45 场次", 50), ("现场教学3 批次", 0)]


@pytest.mark.parametrize("numbers", [{}, {"outcomes": 0}, {"on_demand_sessions": 0, "study_visits": 1}])
def test_what_the_template_writes_contradicts_no_figure(numbers):
    text = composed(**numbers)
    whole = "\n".join(getattr(text, name) for name in ("opening", "stages", "practice", "following"))
    assert strays(whole, NUMBERS | numbers) == []


def test_clauses_with_a_number_are_those_of_people_alone():
    text = "现有结对7对，另有7名导师、7名联络员，17人参加；7月7日小结，均分7.5，占 7 成。"
    assert clauses_with(text, 7, {"mentor_pairs": 7}) == ["另有7名导师", "7名联络员", "占 7 成"]
