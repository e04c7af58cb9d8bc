"""The sheet of dispatches: history on paper, proposals, what stands against a row, and taking it back."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cadre_app.assignments.importing.postings import SHEET
from cadre_app.assignments.models import Posting, PostingAppraisal
from cadre_app.assignments.services import approvals, postings
from cadre_app.core.importing import ImportRow
from cadre_app.imports.reading.cells import choice_reader
from cadre_app.org.models import Unit
from tests.assignments.postings.conftest import Room
from tests.importing_rows import applied, checked, faults, row

PAPER = {"document_number": "望委组〔2024〕21号", "document_on": date(2025, 3, 1), "approved_by": "区委组织部"}
OVER = {"started_on": date(2025, 3, 11), "due_on": date(2025, 9, 10), "ended_on": date(2025, 9, 10)} | PAPER
RUNS = {"started_on": date(2026, 9, 1), "due_on": date(2027, 2, 28)}
SHADOW = {"kind": "shadow", "host_level": "city", "plan": "学习"}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _named(room: Room) -> None:
    type(room.trainee.person).objects.filter(pk=room.trainee.person_id).update(name="林知远")


def posting(number: int = 2, **values: Any) -> ImportRow:
    known: dict[str, Any] = {"name": "林知远", "kind": "task_force", "host": "环湾大道指挥部", "tasks": "征迁协调"}
    return row(number, **(known | values))


def test_what_is_over_comes_as_decided_on_paper(room: Room) -> None:
    done = applied(SHEET, room.staff, posting(**OVER, front="headquarters", opinion="工作主动。"))
    made = Posting.objects.get()
    assert (made.state, made.checked_by, made.signed_by, made.signed_on) == ("closed", None, None, date(2025, 3, 1))
    assert (made.paper_signatory, made.host_name, made.proposed_by) == ("区委组织部", "环湾大道指挥部", room.staff)
    appraisal = PostingAppraisal.objects.get()
    assert (appraisal.opinion, appraisal.signatory, appraisal.confirmed_on) == (
        "工作主动。", "环湾大道指挥部", date(2025, 9, 10),
    )  # fmt: skip
    assert [each.outcome for each in done] == ["Closed"]
    assert SHEET.undo(done, room.staff, "mistake") == []
    assert not Posting.objects.standing().exists()
    assert not PostingAppraisal.objects.standing().exists()


def test_what_runs_waits_to_be_checked_and_signed_off(room: Room) -> None:
    done = applied(SHEET, room.staff, posting(**RUNS, host=room.unit.name))
    made = Posting.objects.get()
    assert (made.state, made.unit, made.paper_signatory) == ("proposed", room.unit, "")
    checked_one = approvals.check_posting(made, actor=room.chief)
    approvals.sign_off_posting(checked_one, document_number="望委组〔2026〕18号", actor=room.leader)
    [obstacle] = SHEET.undo(done, room.staff, "mistake")
    assert obstacle.endswith("somebody has changed it since.")


def test_whoever_came_back_lately_waits_for_the_appraisal(room: Room) -> None:
    days = {"started_on": date(2026, 9, 1), "due_on": date(2026, 11, 20), "ended_on": date(2026, 11, 20)}
    applied(SHEET, room.staff, posting(**PAPER | {"document_on": date(2026, 8, 20)} | days))
    assert Posting.objects.get().state == "returned"


def test_the_same_file_once_more_changes_nothing(room: Room) -> None:
    applied(SHEET, room.staff, posting(**OVER))
    assert [each.action for each in checked(SHEET, room.staff, posting(**OVER))] == ["same"]


@pytest.mark.parametrize(
    ("values", "at", "said"),
    [
        ({"due_on": date(2025, 9, 1)}, "due_on", "10 Sep 2025"),
        ({"kind": "temporary_post", "post": "副主任"}, "kind", "Task force"),
        ({"mode": "half"}, "mode", "Full-time"),
        ({"front": "investment"}, "front", "headquarters"),
        ({"host_level": "city"}, "host_level", "District or below"),
        ({"post": "联络员"}, "post", "—"),
        ({"tasks": "宣传"}, "tasks", "征迁协调"),
        ({"document_number": "望委组〔2024〕99号"}, "document_number", "望委组〔2024〕21号"),
        ({"document_on": date(2025, 3, 2)}, "document_on", "1 Mar 2025"),
        ({"approved_by": "区人社局"}, "approved_by", "区委组织部"),
        ({"opinion": "表现一般。"}, "opinion", "工作主动。"),
        ({"signatory": "另一人"}, "signatory", "环湾大道指挥部"),
        ({"appraised_on": date(2025, 9, 12)}, "appraised_on", "10 Sep 2025"),
    ],
)
def test_what_is_entered_otherwise_is_told_at_its_cell(room: Room, values: dict[str, Any], at: str, said: str) -> None:
    known = OVER | {"front": "headquarters", "opinion": "工作主动。"}
    applied(SHEET, room.staff, posting(**known))
    [found] = checked(SHEET, room.staff, posting(**known | values))
    assert found.action == "same"
    assert at in faults([found])[0]
    message = dict(found.errors)[at]
    assert said in message
    assert "import does not change it" in message


def test_another_end_and_its_reason_are_told(room: Room) -> None:
    applied(SHEET, room.staff, posting(**OVER))
    early = {"ended_on": date(2025, 8, 1), "return_reason": "单位急需"}
    assert faults(checked(SHEET, room.staff, posting(**OVER | early))) == [["ended_on", "return_reason"]]


def test_the_end_of_a_posting_that_runs_here_is_a_remark(room: Room) -> None:
    """The office's ledger goes on after the posting was proposed here."""
    days = {"started_on": date(2026, 9, 1), "due_on": date(2026, 12, 31)}
    applied(SHEET, room.staff, posting(**days))
    early = {"ended_on": date(2026, 11, 20), "return_reason": "单位急需"}
    row_of = posting(**days | PAPER | {"document_on": date(2026, 8, 20)} | early, opinion="好。")
    [found] = checked(SHEET, room.staff, row_of)
    assert found.action == "same"
    assert sum("its end is recorded on its page" in note for note in found.notes) == 1


def test_what_waits_for_its_appraisal_is_appraised_on_its_page(room: Room) -> None:
    applied(SHEET, room.staff, posting(**OVER))
    [found] = checked(SHEET, room.staff, posting(**OVER, opinion="工作主动。"))
    assert (found.action, found.errors) == ("same", [])
    assert found.notes[-1].startswith("This posting is entered already; its appraisal is written on its page")


def test_the_same_host_on_some_of_the_same_days_is_pointed_out(room: Room) -> None:
    applied(SHEET, room.staff, posting(**OVER, mode="half"))
    later = OVER | {"started_on": date(2025, 3, 12)}
    rows = checked(SHEET, room.staff, posting(**later, mode="half"), posting(3, **later, mode="half", host="招商办"))
    assert [sum("is entered already" in note for note in each.notes) for each in rows] == [1, 0]


@pytest.mark.parametrize(("day", "count"), [(date(2025, 10, 11), 0), (date(2025, 10, 12), 1), (date(2026, 3, 1), 1)])
def test_a_document_of_long_after_the_period_is_pointed_out(room: Room, day: date, count: int) -> None:
    [found] = checked(SHEET, room.staff, posting(**OVER | {"document_on": day}))
    assert (found.errors, sum("long after the last day" in note for note in found.notes)) == ([], count)


def test_the_level_of_a_unit_of_the_tree_is_not_taken_from_the_row(room: Room) -> None:
    [found] = checked(SHEET, room.staff, posting(**RUNS, host=room.unit.name, host_level="city"))
    assert (found.errors, sum("its level is" in note for note in found.notes)) == ([], 1)


@pytest.mark.parametrize(
    ("values", "at"),
    [
        (RUNS | {"approved_by": "区委组织部"}, ["approved_by"]),
        (RUNS | {"return_reason": "单位急需"}, ["return_reason"]),
        (OVER | {"return_reason": "单位急需"}, ["return_reason"]),
        (OVER | {"signatory": "指挥部", "appraised_on": date(2025, 9, 12)}, ["signatory", "appraised_on"]),
        (OVER | {"document_number": None}, ["document_number"]),
        (OVER | {"document_on": None}, ["document_on"]),
        (OVER | {"approved_by": None}, ["approved_by"]),
        (OVER | {"document_number": "无号"}, ["document_number"]),
        (OVER | {"ended_on": date(2025, 3, 1)}, ["ended_on"]),
        (OVER | {"ended_on": date(2026, 12, 1)}, ["ended_on"]),
        (OVER | {"ended_on": date(2025, 8, 1)}, ["return_reason"]),
        (OVER | {"started_on": date(2001, 1, 1)}, ["started_on"]),
        (OVER | {"kind": "loan"}, ["superior_document"]),
        (OVER | {"kind": "temporary_post"}, ["post"]),
        (OVER | {"kind": "shadow", "host_level": "city", "post": "副主任"}, ["post"]),
        (RUNS | {"opinion": "工作主动。"}, ["opinion"]),
        (RUNS | {"kind": "shadow", "host_level": "city"}, ["plan"]),
        (RUNS | SHADOW | {"due_on": date(2027, 8, 1)}, ["due_on"]),
        (RUNS | {"due_on": date(2026, 8, 1)}, ["due_on"]),
        (RUNS | {"started_on": date(2028, 1, 1), "due_on": date(2028, 2, 1)}, ["started_on"]),
        (RUNS | {"unit": "无此镇"}, ["unit"]),
        (RUNS | {"name": "无此人"}, ["name"]),
    ],
)
def test_errors_stand_at_their_cells(room: Room, values: dict[str, Any], at: list[str]) -> None:
    assert faults(checked(SHEET, room.staff, posting(**values))) == [at]


def test_an_end_that_cannot_be_read_is_no_posting_that_runs(room: Room) -> None:
    """What is said of the end and of the appraisal is not refused as too early."""
    known = {key: value for key, value in OVER.items() if key != "ended_on"}
    given = posting(**known, cells={"ended_on": "某月底"}, opinion="工作主动。")
    given.unread = [("ended_on", "“某月底” is no date.")]
    assert faults(checked(SHEET, room.staff, given)) == [[]]


def test_a_host_closed_on_these_days_is_refused(room: Room) -> None:
    Unit.objects.filter(pk=room.unit.pk).update(closed_on=date(2026, 1, 1))
    rows = checked(SHEET, room.staff, posting(**RUNS, host=room.unit.name))
    assert faults(rows) == [["host"]]


def test_full_time_postings_do_not_overlap_in_the_file_or_with_what_is_entered(room: Room) -> None:
    rows = checked(
        SHEET, room.staff, posting(**OVER), posting(3, **OVER | {"started_on": date(2025, 9, 1)}, host="招商办"),
        posting(4, **OVER | {"started_on": date(2025, 9, 1)}, host="信访局", mode="half"),
    )  # fmt: skip
    assert faults(rows) == [["started_on"], ["started_on"], []]
    room.approved()
    rows = checked(SHEET, room.staff, posting(**RUNS | {"started_on": date(2026, 10, 1)}))
    assert faults(rows) == [["started_on"]]
    assert "times overlap" in rows[0].errors[0][1]


def test_the_village_term_asks_for_the_superior_department(room: Room) -> None:
    room.in_village()
    rows = checked(
        SHEET, room.staff, posting(**OVER | {"started_on": date(2025, 9, 5)}), posting(3, **RUNS),
        posting(4, **OVER | {"started_on": date(2025, 9, 7)}, host="乡村振兴办", superior_document="临委组〔2025〕3号",
                mode="beside"),
    )  # fmt: skip
    assert faults(rows) == [["superior_document"], ["superior_document"], []]


def test_what_was_voided_and_restored_is_undone(room: Room) -> None:
    done = applied(SHEET, room.staff, posting(**OVER))
    made = Posting.objects.get()
    postings.void_posting(made, reason="误入", actor=room.staff)
    postings.restore_posting(made, actor=room.staff)
    assert SHEET.undo(done, room.staff, "mistake") == []
    assert not Posting.objects.standing().exists()


def test_what_was_built_upon_is_not_undone(room: Room) -> None:
    done = applied(SHEET, room.staff, posting(**OVER))
    made = Posting.objects.get()
    postings.complete_posting(made, tasks="征迁协调、宣传", document_number="望委组〔2024〕21号", actor=room.staff)
    assert SHEET.undo(done, room.staff, "mistake") == ["林知远, 环湾大道指挥部: somebody has changed it since."]


def test_ten_rows_cost_as_many_queries_as_one(room: Room) -> None:
    def cost(*rows: ImportRow) -> int:
        with CaptureQueriesContext(connection) as found:
            checked(SHEET, room.staff, *rows)
        return len(found)

    cost(posting(**OVER))
    many = [posting(number, **OVER | {"mode": "half"}, host=f"指挥部{number}") for number in range(2, 12)]
    assert cost(posting(**OVER)) == cost(*many)


def test_the_level_of_a_host_outside_the_tree_is_said(room: Room) -> None:
    """Shadow training above the district is counted apart, so nobody guesses where the host stands."""
    shadow = {"kind": "shadow", "host": "市发展和改革委员会", "plan": "学习项目谋划"}
    rows = checked(
        SHEET, room.staff,
        posting(**OVER | shadow), posting(3, **OVER | shadow | {"host_level": "city", "started_on": date(2025, 3, 12)}),
        posting(4, **OVER | {"host": "某指挥部"}),
    )  # fmt: skip
    assert faults(rows)[0][0] == "host_level"
    assert "host_level" not in faults(rows)[1] + faults(rows)[2]
    assert any("District or below" in note for note in rows[2].notes)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_village_terms_are_said_to_come_with_another_sheet(room: Room, language: str) -> None:
    column, level = (next(each for each in SHEET.columns() if each.key == key) for key in ("kind", "host_level"))
    with translation.override(language):
        with pytest.raises(ValidationError) as error:
            choice_reader(column)("到村任职")
        assert error.value.code == "elsewhere"
        assert [choice_reader(level)(typed) for typed in ("省级", "县级")] == ["province", "district"]
