"""The sheet of annual assessments: checked by cell, written wholly or not at all, taken back."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cadre_app.appraisal.importing.annual import SHEET
from cadre_app.appraisal.services import years
from cadre_app.core.importing import ImportRow
from cadre_app.people.models import Trainee
from tests.appraisal.conftest import COMMENT, Town
from tests.factories import PersonFactory, TraineeFactory


def rows_of(*values: dict[str, Any]) -> list[ImportRow]:
    return [
        ImportRow(number, cells={key: str(value) for key, value in known.items()}, values={"year": 2025, **known})
        for number, known in enumerate(values, start=2)
    ]


def quiet(done: int, total: int) -> None:
    return None


def test_a_sheet_is_checked_written_and_taken_back(town: Town) -> None:
    rows = rows_of(
        {"name": "林知远", "outcome": "competent", "comment": COMMENT}, {"name": "蔡文琪", "outcome": "qualified"}
    )
    SHEET.check(rows, town.staff, quiet)
    assert [(row.errors, row.action) for row in rows] == [([], "update"), ([], "update")]
    applied = SHEET.apply(rows, town.staff, quiet)
    assert (town.row(0).grade, town.row(3).grade) == ("competent", "qualified")
    assert SHEET.undo(applied, town.staff, "误导入") == []
    assert (town.row(0).outcome, town.row(0).comment) == ("", "")
    SHEET.check(rows, town.staff, quiet)
    applied = SHEET.apply(rows, town.staff, quiet)
    town.enter(0, "basic_competent")
    assert len(SHEET.undo(applied, town.staff, "误导入")) == 1
    assert town.row(3).grade == "qualified"


def test_errors_stand_at_their_cells(town: Town) -> None:
    rows = rows_of(
        {"name": "林知远", "outcome": "qualified"},
        {"name": "陈嘉穗", "outcome": "away"},
        {"name": "无此人", "outcome": "competent"},
        {"name": "黄雨桐", "outcome": "case_open", "comment": COMMENT, "case_note": "立案"},
        {"name": "黄雨桐", "outcome": "competent"},
    )
    SHEET.check(rows, town.staff, quiet)
    assert [[key for key, _message in row.errors] for row in rows] == [
        ["outcome"], ["case_note"], ["name"], ["comment", "name"], ["name"],
    ]  # fmt: skip


def test_namesakes_are_chosen_from_and_nobody_outside_the_scope_is_found(town: Town, place: Any) -> None:
    TraineeFactory.create(person=PersonFactory.create(name="林知远"), home_unit=place.other_town)
    years.complete_year(town.campaign, actor=None)
    rows = rows_of({"name": "林知远", "outcome": "competent"})
    SHEET.check(rows, town.staff, quiet)
    assert (len(rows[0].candidates), rows[0].is_unchosen) == (2, True)
    clerk = place.somebody("staff", place.other_town)
    rows = rows_of({"name": "陈嘉穗", "outcome": "competent"})
    SHEET.check(rows, clerk, quiet)
    assert [key for key, _message in rows[0].errors] == ["name"]


def test_who_is_above_the_quota_is_marked_before_the_sheet_is_confirmed(town: Town) -> None:
    town.approve(1)
    town.enter(2, "excellent")
    rows = rows_of(
        {"name": "林知远", "outcome": "excellent"},
        {"name": "陈嘉穗", "outcome": "competent"},
        {"name": "黄雨桐", "outcome": "excellent"},
    )
    SHEET.check(rows, town.staff, quiet)
    assert [[key for key, _message in row.errors] for row in rows] == [["outcome"], [], []]
    assert rows[0].errors[0][1].startswith("优秀等次人数超出核定名额")
    with pytest.raises(ValidationError):
        SHEET.apply(rows, town.staff, quiet)
    assert town.row(1).grade == ""


def test_a_sheet_may_pass_the_place_of_excellent_on(town: Town) -> None:
    town.approve(1)
    town.enter(2, "excellent")
    rows = rows_of({"name": "林知远", "outcome": "excellent"}, {"name": "黄雨桐", "outcome": "competent"})
    SHEET.check(rows, town.staff, quiet)
    assert [row.errors for row in rows] == [[], []]
    SHEET.apply(rows, town.staff, quiet)
    assert (town.row(0).grade, town.row(2).grade) == ("excellent", "competent")


def test_a_sheet_whose_quota_changed_meanwhile_is_refused_wholly(town: Town) -> None:
    town.approve(2)
    rows = rows_of({"name": "林知远", "outcome": "excellent"}, {"name": "陈嘉穗", "outcome": "excellent"})
    SHEET.check(rows, town.staff, quiet)
    assert [row.errors for row in rows] == [[], []]
    town.approve(1)
    with pytest.raises(ValidationError):
        SHEET.apply(rows, town.staff, quiet)
    assert town.row(0).grade == ""


def test_probation_is_asked_in_the_sheet_too(town: Town) -> None:
    Trainee.objects.filter(pk=town.people[0].pk).update(probation_ends_on=date(2026, 5, 1))
    rows = rows_of({"name": "林知远", "outcome": "competent"}, {"name": "陈嘉穗", "outcome": "probation"})
    SHEET.check(rows, town.staff, quiet)
    assert [[key for key, _message in row.errors] for row in rows] == [["outcome"], ["outcome"]]
