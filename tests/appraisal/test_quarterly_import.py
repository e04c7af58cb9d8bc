"""The sheet of quarterly assessments: entered, confirmed by others, taken back while nobody confirmed them."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from cadre_app.appraisal.importing.quarterly import SHEET
from cadre_app.appraisal.models import QuarterlyAssessment
from cadre_app.appraisal.panels import desk
from cadre_app.appraisal.services import quarterly
from cadre_app.core.importing import ImportRow
from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit, UnitKind
from cadre_app.people.models import Trainee
from cadre_app.people.services import transfers
from tests.appraisal.conftest import Town
from tests.factories import UnitFactory
from tests.importing_rows import applied, checked, faults, row
from tests.people.conftest import TODAY


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


def moved(town: Town, index: int, unit: Unit, day: date) -> None:
    one = Trainee.objects.get(pk=town.people[index].pk)
    given = {"effective_on": day, "to_unit": unit, "document_number": "望委组〔2026〕9号"}
    transfers.transfer_trainee(one, **given, actor=town.staff)


def test_a_quarter_belongs_to_the_unit_of_its_last_day(town: Town, place: Any) -> None:
    """Also of somebody who moved twice; what nobody knows of lies in the unit of today."""
    third = UnitFactory.create(name="溪口镇", kind=UnitKind.TOWN, parent=place.top, order=3)
    moved(town, 0, place.other_town, date(2025, 9, 30))
    moved(town, 0, third, date(2026, 3, 1))
    paper = {"approved_by": "区委组织部", "approved_on": date(2026, 2, 10)}
    rows = [quarter(number, quarter=number - 1, **paper) for number in (2, 3, 4, 5)]
    with translation.override("en"):
        applied(SHEET, town.staff, *rows, quarter(6, name="陈嘉穗", **paper))
    units = dict(QuarterlyAssessment.objects.filter(trainee=town.people[0]).values_list("quarter", "unit__name"))
    assert units == {1: "梧岭镇", 2: "梧岭镇", 3: "潮音镇", 4: "潮音镇"}
    assert QuarterlyAssessment.objects.get(trainee=town.people[1]).unit == town.district.town
    said = "Recorded for %s, the unit of the person at the end of that quarter."
    assert [said % "梧岭镇" in rows[0].notes, said % "潮音镇" in rows[3].notes] == [True, True]


def test_a_quarter_of_another_unit_is_confirmed_where_the_person_is_now(town: Town, place: Any) -> None:
    """The desk, the reminder and the table of the unit lead to the same page."""
    moved(town, 0, place.other_town, date(2026, 3, 1))
    applied(SHEET, town.staff, quarter())
    assert QuarterlyAssessment.objects.get().unit == place.town
    leader = place.somebody(Role.LEADER, place.other_town)
    page = reverse("appraisal:quarter_confirm", kwargs={"pk": place.other_town.pk, "year": 2025, "quarter": 2})
    rule = reminder_rules["appraisal.quarter_confirm"]
    due = rule.visible(rule.dues(TODAY), leader).get()
    assert rule.words(due, TODAY, leader).url == page
    assert [item.url for item in desk._quarters_to_confirm(leader)] == [page]
    assert quarterly.confirm_quarter(place.other_town, year=2025, quarter=2, actor=leader).count == 1
    assert QuarterlyAssessment.objects.get().unit == place.town
