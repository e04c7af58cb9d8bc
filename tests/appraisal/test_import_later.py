"""The sheet of annual assessments beyond one file: the words of ledgers, one import after another, files that came later."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import formats, translation

from cadre_app.appraisal.importing.annual import SHEET
from cadre_app.appraisal.models import AnnualAssessment, NoGrade
from cadre_app.appraisal.services import course, decisions, years
from cadre_app.imports.reading.cells import choice_reader
from tests.appraisal.conftest import COMMENT, DAYS, Town
from tests.appraisal.test_import import PAPER, quiet, rows_of
from tests.factories import PersonFactory, TraineeFactory


def outcome_of(typed: str) -> str:
    return choice_reader(next(each for each in SHEET.columns() if each.key == "outcome"))(typed)


@pytest.mark.parametrize(
    "typed", ["不确定等次", "不定等次", "参加考核不定等次", "参加考核，不定等次", "参加考核不确定等次"]
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_cases_without_a_grade_are_understood_and_asked_for(town: Town, language: str, typed: str) -> None:
    with translation.override(language):
        assert outcome_of("不确定等次（试用期）") == "probation"
        with pytest.raises(ValidationError) as vague:
            outcome_of(typed)
        with pytest.raises(ValidationError) as unknown:
            outcome_of("良好")
        names = [str(NoGrade(case).label) for case in ("probation", "away", "case_open", "transferred")]
    assert [name in vague.value.messages[0] for name in names] == [True, True, True, False]
    assert all(name in unknown.value.messages[0] for name in names)


def test_what_a_later_sheet_changed_and_gave_back_is_taken_back(town: Town) -> None:
    """Only what still stands upon a sheet is against taking it back."""

    def sheet(**values: Any) -> list[Any]:
        rows = rows_of({"name": "林知远", **values}, {"name": "陈嘉穗", "outcome": "competent", **PAPER})
        SHEET.check(rows, town.staff, quiet)
        return SHEET.apply([row for row in rows if row.action == "update"], town.staff, quiet)

    first = sheet(outcome="competent", comment=COMMENT)
    second = sheet(outcome="basic_competent", **PAPER)
    assert len(SHEET.undo(first, town.staff, "误导入")) == 1
    assert SHEET.undo(second, town.staff, "误导入") == []
    assert SHEET.undo(first, town.staff, "误导入") == []
    assert [town.row(index).state for index in (0, 1)] == ["not_started", "not_started"]


@pytest.mark.parametrize("step", ["days", "edited", "checked"])
def test_what_was_built_upon_a_sheet_stays_also_after_a_later_one(town: Town, step: str) -> None:
    def sheet(outcome: str) -> list[Any]:
        rows = rows_of({"name": "林知远", "outcome": outcome, "comment": COMMENT})
        SHEET.check(rows, town.staff, quiet)
        return SHEET.apply(rows, town.staff, quiet)

    first, second = sheet("competent"), sheet("basic_competent")
    assert SHEET.undo(second, town.staff, "误导入") == []
    if step == "edited":
        town.enter(0, "incompetent")
    else:
        course.record_course(town.row(0), **DAYS, actor=town.liaison)
    if step == "checked":
        decisions.check_annual(town.row(0), actor=town.leader)
    assert len(SHEET.undo(first, town.staff, "误导入")) == 1


def test_a_file_that_came_later_gets_into_a_year_that_is_long_over(town: Town, client_of: Any) -> None:
    """The sheet says how; then it comes in, with the people of a unit that the year did not know."""
    days = {"starts_on": date(2024, 12, 1), "ends_on": date(2025, 1, 31)}
    campaign = years.open_year(unit=town.district.top, year=2024, **days, actor=town.staff)
    new = PersonFactory.create(name="沈听澜")
    file = TraineeFactory.create(person=new, home_unit=town.district.other_town, arrived_on=date(2024, 7, 1))
    TraineeFactory.create(
        person=PersonFactory.create(name="许望舒"), home_unit=town.district.town, arrived_on=date(2025, 7, 1)
    )
    rows = rows_of(
        {"name": "沈听澜", "year": 2024, "outcome": "competent"}, {"name": "许望舒", "year": 2024, "outcome": "competent"},
        {"name": "沈听澜", "year": 2023, "outcome": "competent"},
    )  # fmt: skip
    with translation.override("en"):
        SHEET.check(rows, town.staff, quiet)
        came = formats.date_format(date(2025, 7, 1))
    page = client_of(town.staff).get(reverse("appraisal:year_board") + "?year=2024").content.decode()
    assert [key for row in rows for key, _text in row.errors] == ["year"] * 3
    assert [row.errors[0][1].split(":")[0] for row in rows] == [
        "The year 2024 is open in 望屿区, but 沈听澜 came later",
        f"许望舒 reported for duty on {came} only",
        "沈听澜 has no assessment of 2023 in your scope. The year has to be opened first.",
    ]
    assert years.sweep_years() >= 0
    assert not AnnualAssessment.objects.filter(trainee=file, year=2024).exists()
    url = reverse("appraisal:year_complete", kwargs={"pk": campaign.pk})
    assert url in page
    assert "沈听澜" in client_of(town.staff).get(url).content.decode()
    assert client_of(town.staff).post(url, {"version": campaign.version}).status_code == 302
    assert AnnualAssessment.objects.filter(year=2024).count() == 5
    rows = rows_of({"name": "沈听澜", "year": 2024, "outcome": "excellent", **EARLIER})
    SHEET.check(rows, town.staff, quiet)
    assert rows[0].errors == []
    SHEET.apply(rows, town.staff, quiet)
    assert AnnualAssessment.objects.get(trainee=file, year=2024).state == "filed"
    one = decisions.void_annual(
        AnnualAssessment.objects.get(trainee=town.people[0], year=2024), reason="不考核", actor=town.staff
    )
    rows = rows_of({"name": "林知远", "year": 2024, "outcome": "competent"})
    with translation.override("en"):
        SHEET.check(rows, town.staff, quiet)
    assert one.is_voided
    assert rows[0].errors[0][1].startswith("The assessment of 林知远 of 2024 is voided")


EARLIER = {"approved_by": "区委组织部", "approved_on": date(2025, 2, 10)}
