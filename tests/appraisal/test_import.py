"""The sheet of annual assessments: checked by cell, written wholly or not at all, taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cadre_app.appraisal.importing.annual import SHEET
from cadre_app.appraisal.models import AnnualAssessment, AssessmentYear
from cadre_app.appraisal.panels import annual as annual_panels
from cadre_app.appraisal.permissions import annual as permissions
from cadre_app.appraisal.rules import annual as rules
from cadre_app.appraisal.services import corrections, course, decisions, entries, years
from cadre_app.care.models import TalkTrigger
from cadre_app.core.importing import ImportRow
from cadre_app.handover.models import Material
from cadre_app.people.models import Trainee
from tests.appraisal.conftest import COMMENT, DAYS, NOTICE, Town
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


def test_what_was_sent_back_or_on_display_is_so_again(town: Town) -> None:
    """Taking a sheet back gives back all that entering changed."""
    town.approve(1)
    town.enter(0, "competent")
    course.record_course(town.row(0), **DAYS, actor=town.liaison)
    decisions.send_back_annual(town.row(0), reason="评语与事实不符", actor=town.leader)
    town.enter(1, "excellent")
    course.record_course(town.row(1), **DAYS, **NOTICE, actor=town.liaison)
    names = ("state", "grade", "entered_by", "entered_on", "hands", "return_reason", "returned_by", "returned_on",
             "notice_from", "notice_until", "comment")  # fmt: skip
    before = [[getattr(town.row(index), name) for name in names] for index in (0, 1)]
    rows = rows_of({"name": "林知远", "outcome": "basic_competent"}, {"name": "陈嘉穗", "outcome": "competent"})
    SHEET.check(rows, town.staff, quiet)
    done = SHEET.apply(rows, town.staff, quiet)
    assert (town.row(0).state, town.row(1).notice_from) == ("entered", None)
    assert SHEET.undo(done, town.staff, "误导入") == []
    assert [[getattr(town.row(index), name) for name in names] for index in (0, 1)] == before


def test_a_sheet_of_an_earlier_version_is_taken_back_as_far_as_it_was_kept(town: Town) -> None:
    rows = rows_of({"name": "林知远", "outcome": "competent", "comment": COMMENT})
    SHEET.check(rows, town.staff, quiet)
    [done] = SHEET.apply(rows, town.staff, quiet)
    undo = {"version": done.undo["version"], "before": {"outcome": "away", "case_note": "病假", "comment": ""}}
    assert SHEET.undo([replace(done, undo=undo)], town.staff, "误导入") == []
    assert (town.row(0).grade, town.row(0).no_grade, town.row(0).comment) == ("", "away", "")


PAPER = {"approved_by": "区委组织部", "approved_on": date(2026, 2, 10), "filed_on": date(2026, 2, 20)}


def test_what_was_filed_before_its_year_was_opened_comes_as_filed(town: Town, client_of: Any) -> None:
    """No account signed it, no quota was entered, nothing falls due after it."""
    wanted = {"name": "林知远", "outcome": "excellent", "filing_number": "望公考〔2026〕2号", **PAPER}
    rows = rows_of(wanted)
    SHEET.check(rows, town.staff, quiet)
    assert (rows[0].errors, rows[0].action) == ([], "update")
    done = SHEET.apply(rows, town.staff, quiet)
    one = town.row(0)
    assert (one.state, one.grade, one.paper_signatory, one.filed_on) == (
        "filed", "excellent", "区委组织部", date(2026, 2, 20),
    )  # fmt: skip
    assert (one.checked_by, one.confirmed_by, one.entered_by) == (None, None, town.staff)
    assert (town.quota.excellents, TalkTrigger.objects.count(), Material.objects.count()) == (0, 0, 0)
    assert not rules.unsigned(date(2027, 1, 1)).exists()
    assert not permissions.can_sign(town.own, one)
    assert not permissions.can_edit(town.liaison, one)
    with pytest.raises(ValidationError):
        town.enter(0, "competent")
    page = client_of(town.staff).get(reverse("appraisal:annual_detail", kwargs={"pk": one.pk})).content.decode()
    assert "区委组织部" in page
    again = rows_of(wanted)
    SHEET.check(again, town.staff, quiet)
    assert (again[0].errors, again[0].action) == ([], "same")
    other = rows_of({"name": "林知远", "outcome": "competent"})
    SHEET.check(other, town.staff, quiet)
    assert [key for key, _message in other[0].errors] == ["name"]
    assert SHEET.undo(done, town.staff, "误导入") == []
    assert (town.row(0).state, town.row(0).paper_signatory, town.row(0).hands) == ("not_started", "", [])


def test_what_a_correction_hangs_on_is_not_taken_back(town: Town) -> None:
    rows = rows_of({"name": "林知远", "outcome": "competent", **PAPER})
    SHEET.check(rows, town.staff, quiet)
    done = SHEET.apply(rows, town.staff, quiet)
    proposed = corrections.propose_correction(
        town.row(0), outcome="basic_competent", comment=COMMENT, reason="原件为基本称职", actor=town.staff
    )
    assert len(SHEET.undo(done, town.staff, "误导入")) == 1
    corrections.sign_correction(proposed, actor=town.leader)
    assert permissions.can_sign(town.own, town.row(0))


@pytest.mark.parametrize(
    ("values", "at"),
    [
        ({"approved_by": None}, "approved_by"),
        ({"approved_on": None}, "approved_on"),
        ({"filed_on": date(2026, 2, 1)}, "filed_on"),
        ({"filed_on": date(2027, 2, 1)}, "filed_on"),
        ({"filed_on": date(2026, 11, 23)}, "filed_on"),
        ({"approved_on": date(2024, 12, 20)}, "approved_on"),
        ({"approved_on": date(2025, 10, 31)}, "approved_on"),
        ({"approved_on": date(2026, 11, 23), "filed_on": None}, "approved_on"),
        ({"approved_on": date(2027, 2, 1), "filed_on": None}, "approved_on"),
    ],
)
def test_a_year_that_runs_here_is_not_gone_around(town: Town, values: dict[str, Any], at: str) -> None:
    known = {"name": "林知远", "outcome": "competent", **PAPER} | values
    rows = rows_of({key: value for key, value in known.items() if value is not None})
    SHEET.check(rows, town.staff, quiet)
    assert [key for key, _message in rows[0].errors] == [at]


def test_a_paper_of_a_year_that_is_not_over_is_refused(town: Town) -> None:
    days = {"starts_on": date(2026, 11, 1), "ends_on": date(2027, 1, 31)}
    years.open_year(unit=town.district.top, year=2026, **days, actor=town.staff)
    paper = {"approved_by": "区委组织部", "approved_on": date(2026, 11, 10), "filed_on": date(2026, 11, 12)}
    rows = rows_of({"name": "林知远", "year": 2026, "outcome": "excellent", **paper})
    SHEET.check(rows, town.staff, quiet)
    assert [key for key, _message in rows[0].errors] == ["approved_on"]
    assert rows[0].errors[0][1].startswith(("The year 2026 is not over", "2026年度尚未结束"))


def test_a_paper_of_the_last_november_comes_in(town: Town) -> None:
    rows = rows_of({"name": "林知远", "outcome": "competent", **PAPER, "approved_on": date(2025, 11, 1)})
    SHEET.check(rows, town.staff, quiet)
    assert rows[0].errors == []


@pytest.mark.parametrize("is_moved", [False, True])
def test_voiding_a_year_and_opening_it_anew_renews_nothing(town: Town, place: Any, is_moved: bool) -> None:
    """Neither for who stayed, nor for who moved meanwhile to a unit that opens it for the first time."""
    first = datetime(2026, 1, 2, tzinfo=UTC)
    AssessmentYear.objects.filter(pk=town.campaign.pk).update(created_at=first)
    if is_moved:
        AssessmentYear.objects.filter(pk=town.campaign.pk).update(unit=place.town)
    years.void_year(AssessmentYear.objects.get(pk=town.campaign.pk), reason="重开", actor=town.staff)
    if is_moved:
        Trainee.objects.filter(pk=town.people[0].pk).update(home_unit=place.other_town)
    else:
        AnnualAssessment.objects.update(year=2024)  # a file that is made after the first opening has no row in it
    unit = place.other_town if is_moved else place.top
    days = {"starts_on": date(2025, 12, 1), "ends_on": date(2026, 1, 31)}
    years.open_year(unit=unit, year=2025, **days, actor=town.staff)
    rows = rows_of({"name": "林知远", "outcome": "excellent", **PAPER})
    SHEET.check(rows, town.staff, quiet)
    assert [key for key, _message in rows[0].errors] == ["approved_on"]


def imported(town: Town, outcome: str, year: int = 2025) -> None:
    rows = rows_of({"name": "林知远", "outcome": outcome, "comment": "评语有误", **PAPER})
    SHEET.check(rows, town.staff, quiet)
    SHEET.apply(rows, town.staff, quiet)
    AnnualAssessment.objects.filter(trainee=town.people[0]).update(year=year)


def corrected(town: Town, outcome: str) -> AnnualAssessment:
    one = AnnualAssessment.objects.get(trainee=town.people[0])
    given = {"outcome": outcome, "comment": COMMENT, "reason": "与原件不符"}
    proposed = corrections.propose_correction(one, **given, actor=town.staff)
    corrections.sign_correction(proposed, actor=town.leader)
    return AnnualAssessment.objects.get(pk=one.pk)


def test_the_comment_of_who_was_excellent_on_paper_is_corrected(town: Town) -> None:
    """No second notice, no place of a quota that nobody entered."""
    imported(town, "excellent")
    one = corrected(town, "excellent")
    assert (one.comment, one.notice_until, town.quota.excellents) == (COMMENT, None, 0)


def test_who_becomes_excellent_by_a_correction_is_shown_also_after_a_paper(town: Town) -> None:
    imported(town, "competent")
    with pytest.raises(ValidationError) as error:
        corrected(town, "excellent")
    assert list(error.value.message_dict) == ["notice_from"]


@pytest.mark.parametrize(("year", "count"), [(2025, 1), (2024, 0)])
def test_a_correction_of_long_past_paper_calls_for_no_form_and_no_signature(town: Town, year: int, count: int) -> None:
    imported(town, "excellent", year)
    one = corrected(town, "competent")
    assert Material.objects.count() == count
    assert one.waits_for_signature == AnnualAssessment.objects.to_sign().filter(pk=one.pk).exists() == bool(count)
    steps = [str(row[0]) for row in annual_panels._paper_rows(one, office=True)]
    assert len(steps) == 4 + count


def test_people_are_told_apart_by_unit_and_number(town: Town, place: Any) -> None:
    rows = rows_of({"name": "林知远", "unit": place.other_town.name, "outcome": "competent"})
    SHEET.check(rows, town.staff, quiet)
    assert (rows[0].is_unchosen, [key for key, _text in rows[0].candidates]) == (True, [town.people[0].pk])
    rows = rows_of({"name": "林知远", "file_number": town.people[1].file_number, "outcome": "competent"})
    SHEET.check(rows, town.staff, quiet)
    assert [key for key, _message in rows[0].errors] == ["file_number"]


def test_long_past_years_call_for_no_talk_and_no_paper(town: Town) -> None:
    """A district that enters them here all the same has them signed off, and nothing else."""
    town.filed(1)
    assert (TalkTrigger.objects.count(), Material.objects.count()) == (1, 1)
    AnnualAssessment.objects.filter(pk=town.row(0).pk).update(year=2024)
    one = AnnualAssessment.objects.get(trainee=town.people[0])
    entries.edit_annual(one, status=one.status, outcome="competent", comment=COMMENT, actor=town.liaison)
    course.record_course(one, **DAYS, actor=town.liaison)
    decisions.check_annual(one, actor=town.staff)
    decisions.sign_off_annual(one, actor=town.leader)
    decisions.file_annual(one, filed_on=date(2026, 11, 23), actor=town.staff)
    assert (TalkTrigger.objects.count(), Material.objects.count()) == (1, 1)
