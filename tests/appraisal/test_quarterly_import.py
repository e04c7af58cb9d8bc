"""The sheet of quarterly assessments: entered, confirmed by others, taken back while nobody confirmed them."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadre_app.appraisal.importing.quarterly import SHEET
from cadre_app.appraisal.models import QuarterlyAssessment
from cadre_app.appraisal.services import quarterly
from cadre_app.core.importing import ImportRow
from cadre_app.people.models import Trainee
from tests.appraisal.conftest import Town
from tests.importing_rows import applied, checked, faults, row


def quarter(number: int = 2, **values: Any) -> ImportRow:
    return row(number, **({"name": "林知远", "year": 2025, "quarter": 2, "grade": "good"} | values))


def test_quarters_come_as_entered_and_are_taken_back(town: Town) -> None:
    done = applied(SHEET, town.staff, quarter(remark="主动担当"), quarter(3, quarter=3), quarter(4, name="陈嘉穗"))
    one = QuarterlyAssessment.objects.get(trainee=town.people[0], quarter=2)
    assert (one.grade, one.remark, one.entered_by, one.confirmed_on) == ("good", "主动担当", town.staff, None)
    assert [each.action for each in checked(SHEET, town.staff, quarter())] == ["same"]
    assert faults(checked(SHEET, town.staff, quarter(grade="fair"))) == [["grade"]]
    assert quarterly.confirm_quarter(town.district.town, year=2025, quarter=2, actor=town.staff).count == 0
    assert SHEET.undo(done, town.staff, "误导入") == []
    assert not QuarterlyAssessment.objects.standing().exists()


def test_what_is_confirmed_stays(town: Town) -> None:
    done = applied(SHEET, town.staff, quarter())
    leader = town.district.somebody("leader", town.district.town)
    assert quarterly.confirm_quarter(town.district.town, year=2025, quarter=2, actor=leader).count == 1
    assert len(SHEET.undo(done, town.staff, "误导入")) == 1
    assert QuarterlyAssessment.objects.standing().count() == 1


@pytest.mark.parametrize(
    ("values", "at"),
    [
        ({"name": "蔡文琪"}, "name"),
        ({"name": "无此人"}, "name"),
        ({"year": 2026, "quarter": 4}, "quarter"),
        ({"year": 2023}, "quarter"),
    ],
)
def test_errors_stand_at_their_cells(town: Town, values: dict[str, Any], at: str) -> None:
    assert faults(checked(SHEET, town.staff, quarter(**values))) == [[at]]


def test_one_quarter_twice_is_told_at_both_rows_with_the_same_queries(town: Town) -> None:
    with CaptureQueriesContext(connection) as one:
        checked(SHEET, town.staff, quarter())
    with CaptureQueriesContext(connection) as three:
        rows = checked(SHEET, town.staff, quarter(), quarter(3), quarter(4, name="陈嘉穗"))
    assert (len(one), faults(rows)) == (len(three), [["quarter"], ["quarter"], []])
    Trainee.objects.filter(pk=town.people[0].pk).update(arrived_on=date(2025, 8, 1))
    assert faults(checked(SHEET, town.staff, quarter())) == [["quarter"]]
