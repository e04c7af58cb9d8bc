"""上级报表 compared with the frozen one of the year before: which lines, on paper, kept with what is frozen."""

from datetime import date

import openpyxl
import pytest

from cadre_app.core.days import year_before
from cadre_app.people.models import SubKind
from cadre_app.rosters.models import ReportState, SuperiorReport
from cadre_app.rosters.services import reports
from tests.access.harness import readable
from tests.rosters.reported import graduate, page_of, submitted

pytestmark = pytest.mark.django_db


def test_the_difference_to_the_frozen_report_of_the_year_before(staff, place, leader, draft):
    graduate(place, sub_kind=SubKind.CENTRAL, arrived_on=date(2024, 7, 1))
    before = reports.start_report(unit=place.top, as_of=date(2024, 12, 31), actor=place.staff)
    assert staff.get(page_of(draft)).context["shown"].before is None
    reports.freeze_report(submitted(before, place), actor=leader)
    graduate(place, sub_kind=SubKind.CENTRAL, arrived_on=date(2025, 7, 1))
    page = staff.get(page_of(draft))
    cells = {cell.column: cell.change_text for cell in page.context["sheet"].groups[0].lines[0].cells}
    assert (page.context["shown"].before.pk, cells["all"], cells["city"]) == (before.pk, "+1", "")


@pytest.mark.parametrize(
    ("day", "before"),
    [
        ("2025-02-28", "2024-02-29"),
        ("2024-02-29", "2023-02-28"),
        ("2024-02-28", "2023-02-28"),
        ("2025-06-30", "2024-06-30"),
    ],
)
def test_the_last_of_february_is_the_same_day_in_every_year(day, before):
    assert year_before(date.fromisoformat(day)) == date.fromisoformat(before)


def test_beside_a_report_of_another_part_of_the_year_only_what_stands_is_compared(
    staff, place, leader, draft, tmp_path
):
    graduate(place, sub_kind=SubKind.CENTRAL, arrived_on=date(2024, 7, 1))
    reports.freeze_report(submitted(draft, place), actor=leader)
    half = reports.start_report(unit=place.top, as_of=date(2026, 6, 30), actor=place.staff)
    page = staff.get(page_of(half))
    found = changes(page)
    assert (found["here"], found["male"], found["hours"], found["left"], found["term_ended"]) == (
        0,
        0,
        None,
        None,
        None,
    )
    assert "that report counts another part of its year" in page.text
    assert "that report counts another part of its year" in staff.get(page_of(half, "print")).text
    path = tmp_path / "report.xlsx"
    path.write_bytes(staff.get(page_of(half, "workbook")).content)
    rows = {row[1]: row[-2] for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True) if len(row) > 2}
    assert (rows["男"], rows["培训学时合计"]) == (0, None)
    same = reports.start_report(unit=place.top, as_of=date(2026, 11, 23), actor=place.staff)
    assert changes(staff.get(page_of(same)))["hours"] is None


def changes(response):
    """By line the difference in the column of all."""
    lines = (line for group in response.context["sheet"].groups for line in group.lines)
    return {line.key: line.cells[0].change for line in lines}


def as_kept_before(report, leader):
    """A frozen report as they were kept before: years of arrival by their place, and nothing of a comparison."""

    def older(key):
        year = key.removeprefix("year_")
        return (
            f"year_{report.as_of.year - int(year)}" if year.isdigit() else key.replace("year_to_2019", "year_earlier")
        )

    report = reports.submit_report(report, actor=report.entered_by)
    kept = report.numbers
    kept["groups"] = [
        [key, label, [[older(line), *rest] for line, *rest in lines]] for key, label, lines in kept["groups"]
    ]
    SuperiorReport.objects.filter(pk=report.pk).update(
        numbers=kept, state=ReportState.FROZEN, frozen_by=leader, frozen_on=report.submitted_on
    )
    return SuperiorReport.objects.get(pk=report.pk)


@pytest.mark.parametrize("is_old", [False, True])
def test_years_of_arrival_are_compared_with_the_same_year(staff, place, leader, draft, is_old, tmp_path):
    for year, people in ((2019, 1), (2020, 2), (2024, 3)):
        for _ in range(people):
            graduate(place, sub_kind=SubKind.CENTRAL, arrived_on=date(year, 7, 1))
    before = reports.start_report(unit=place.top, as_of=date(2024, 12, 31), actor=place.staff)
    if is_old:
        before = as_kept_before(before, leader)
        assert changes(staff.get(page_of(before)))["year_2024"] is None
    else:
        reports.freeze_report(submitted(before, place), actor=leader)
    for year in (2024, 2025):
        graduate(place, sub_kind=SubKind.CENTRAL, arrived_on=date(year, 9, 1))
    found = changes(staff.get(page_of(draft)))
    years = {key: change for key, change in found.items() if key.startswith("year_")}
    assert years == {
        "year_2025": None, "year_2024": 1, "year_2023": 0, "year_2022": 0, "year_2021": 0, "year_to_2020": 0,
    }  # fmt: skip
    printed = staff.get(page_of(draft, "print"))
    assert {key: change for key, change in changes(printed).items() if key.startswith("year_")} == years
    path = tmp_path / "report.xlsx"
    path.write_bytes(staff.get(page_of(draft, "workbook")).content)
    rows = {row[1]: row[-2] for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True) if len(row) > 2}
    assert (rows["2025年"], rows["2024年"], rows["2020年及以前"]) == (None, 1, 0)


def test_paper_says_what_the_differences_are_and_against_which_day(staff, place, leader, draft):
    before = reports.start_report(unit=place.top, as_of=date(2024, 12, 31), actor=place.staff)
    assert "Numbers in brackets" not in staff.get(page_of(draft, "print")).text
    reports.freeze_report(submitted(before, place), actor=leader)
    graduate(place, sub_kind=SubKind.CENTRAL, arrived_on=date(2025, 7, 1))
    printed = staff.get(page_of(draft, "print")).text
    assert "Numbers in brackets: the difference to the frozen report as of 31 Dec 2024." in printed
    assert '<small class="change">(+1)</small>' in printed
    for name in ("pdf", "workbook"):
        assert "2024年12月31日" in readable(staff.get(page_of(draft, name)))


def test_a_frozen_report_keeps_what_it_was_compared_with(staff, place, leader, draft):
    graduate(place, sub_kind=SubKind.CENTRAL, arrived_on=date(2024, 7, 1))
    before = reports.start_report(unit=place.top, as_of=date(2024, 12, 31), actor=place.staff)
    before = reports.freeze_report(submitted(before, place), actor=leader)
    graduate(place, sub_kind=SubKind.CENTRAL, arrived_on=date(2025, 7, 1))
    frozen = reports.freeze_report(submitted(draft, place), actor=leader)
    was = changes(staff.get(page_of(frozen, "print")))
    assert was["here"] == 1
    reports.void_report(before, reason="学历漏填", actor=leader)
    second = reports.start_report(unit=place.top, as_of=date(2024, 6, 30), actor=place.staff)
    reports.freeze_report(submitted(second, place), actor=leader)
    page = staff.get(page_of(frozen))
    assert (changes(page), page.context["shown"].before.as_of) == (was, date(2024, 12, 31))
    assert changes(staff.get(page_of(frozen, "print"))) == was


def test_a_report_that_was_frozen_without_one_to_compare_stays_without(staff, place, leader, draft):
    frozen = reports.freeze_report(submitted(draft, place), actor=leader)
    before = reports.start_report(unit=place.top, as_of=date(2024, 12, 31), actor=place.staff)
    reports.freeze_report(submitted(before, place), actor=leader)
    assert staff.get(page_of(frozen)).context["shown"].before is None


def test_a_report_frozen_before_comparisons_were_kept_is_compared_with_what_there_is(staff, place, leader, draft):
    old = as_kept_before(draft, leader)
    before = reports.start_report(unit=place.top, as_of=date(2024, 12, 31), actor=place.staff)
    before = reports.freeze_report(submitted(before, place), actor=leader)
    assert staff.get(page_of(old)).context["shown"].before.pk == before.pk
