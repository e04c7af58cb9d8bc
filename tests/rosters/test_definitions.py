"""The rules of the yearly return, one by one, on facts at hand."""

import uuid
from datetime import date
from decimal import Decimal

import pytest

from cadre_app.rosters.definitions import definition_of
from cadre_app.rosters.facts import Facts
from cadre_app.rosters.sheets import sheet_of

YEAR = 2025


def person(**facts):
    known = {
        "pk": uuid.uuid4(),
        "kind": "selected",
        "sub_kind": "central",
        "status": "civil_servant",
        "is_here": True,
        "arrival_year": 2023,
        "arrived_on": date(2023, 7, 1),
        "sex": "1",
        "age": 25,
        "political": "01",
        "education": "14",
    }
    return Facts(**known | facts)


def counted(*people):
    return {
        key: number
        for (key, column), number in sheet_of(definition_of("yearly", YEAR), list(people)).numbers.items()
        if column == "all"
    }


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({"sex": "2"}, "female"),
        ({"education": "21"}, "university"),
        ({"education": "31"}, "college"),
        ({"education": "61"}, "below"),
        ({"age": 26}, "age_30"),
        ({"age": 35}, "age_35"),
        ({"age": 36}, "age_36"),
        ({"political": "02"}, "communists"),
        ({"political": "03"}, "league"),
        ({"political": "05"}, "democrats"),
        ({"political": "13"}, "masses"),
        ({"arrival_year": 2025}, "year_2025"),
        ({"arrival_year": 2021}, "year_2021"),
        ({"arrival_year": 2020}, "year_to_2020"),
        ({"post_level": "132", "rank": "07"}, "level_county"),
        ({"post_level": "141"}, "level_chief"),
        ({"post_level": "142"}, "level_deputy"),
        ({"rank": "06"}, "rank_counsel"),
        ({"rank": "10"}, "rank_chief"),
        ({"rank": "11"}, "rank_member"),
        ({"post_grade": "管理九级"}, "institution"),
        ({}, "ungraded"),
        ({"term": "running"}, "term_running"),
        ({"term": "interrupted"}, "term_interrupted"),
        ({"term_ended": True}, "term_ended"),
        ({"grade": "qualified"}, "grade_competent"),
        ({"grade": "probation"}, "grade_no_grade"),
        ({"has_hours": True}, "hours_reached"),
        ({"has_hours": False}, "hours_short"),
    ],
)
def test_a_person_stands_in_the_line_of_the_rule(facts, line):
    assert counted(person(**facts))[line] == 1


def test_every_group_that_has_to_add_up_does_for_complete_files():
    people = [
        person(grade="excellent"),
        person(sex="2", education="31", age=40, political="13", arrival_year=2010, grade="away"),
    ]
    assert sheet_of(definition_of("yearly", YEAR), people).warnings == ()


def test_cases_are_counted_not_people_and_hours_are_summed():
    found = counted(person(outcomes=("promoted", "promoted"), hours=Decimal("90.5")), person(hours=Decimal("1.0")))
    assert (found["outcome_promoted"], found["hours"], found["here"]) == (2, 91.5, 2)


def test_who_left_counts_nowhere_else():
    known = {"hours": Decimal(90), "has_hours": True, "term_ended": True, "grade": "excellent"}
    found = counted(person(is_here=False, left="selection", outcomes=("promoted", "further"), **known))
    assert {line for line, number in found.items() if number} == {"left", "left_selection"}


def test_whom_another_unit_assesses_is_neither_assessed_here_nor_without_a_grade():
    sheet = sheet_of(definition_of("yearly", YEAR), [person(grade="transferred"), person(grade="case_open")])
    found = {line: number for (line, column), number in sheet.numbers.items() if column == "all"}
    assert (found["assessable"], found["grade_no_grade"]) == (1, 1)
    assert [one for one in sheet.warnings if one.line == "rest-grade"] == []


def test_who_came_in_the_year_is_not_assessed_for_the_one_before():
    assert counted(person(arrived_on=date(2025, 1, 2)))["assessable"] == 0
