"""Quarters of past years that were confirmed on paper: they come in as confirmed, nobody acts on them here, all say who did."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from cadre_app.appraisal.demands import quarterly as asked_quarters
from cadre_app.appraisal.growth.entries import quarterly_words
from cadre_app.appraisal.importing.quarterly import SHEET
from cadre_app.appraisal.lists.quarterly import exported_quarters
from cadre_app.appraisal.models import QuarterlyAssessment
from cadre_app.appraisal.panels import desk
from cadre_app.appraisal.services import quarterly
from cadre_app.core.figures import Asked
from cadre_app.core.importing import ImportRow
from cadre_app.core.reminding import reminder_rules
from cadre_app.growth.timeline import Timeline
from cadre_app.history.models import Entry
from cadre_app.people.access import access_of, with_ties
from cadre_app.people.models import Trainee
from tests.appraisal.conftest import Town
from tests.importing_rows import applied, checked, faults, row
from tests.people.conftest import TODAY

SIGNATORY, DAY = "区委组织部", date(2025, 7, 10)
PAPER: dict[str, Any] = {"approved_by": SIGNATORY, "approved_on": DAY}


def on_paper(number: int = 2, **values: Any) -> ImportRow:
    known: dict[str, Any] = {"name": "林知远", "year": 2025, "quarter": 2, "grade": "good"}
    return row(number, **(known | PAPER | values))


def one_of(town: Town, index: int = 0) -> QuarterlyAssessment:
    return QuarterlyAssessment.objects.standing().get(trainee=town.people[index])


def page_of(one: QuarterlyAssessment, name: str = "quarter_detail") -> str:
    return reverse(f"appraisal:{name}", kwargs={"pk": one.pk})


def test_a_quarter_confirmed_on_paper_comes_in_confirmed_and_is_taken_back(town: Town) -> None:
    with translation.override("en"):
        rows = checked(SHEET, town.staff, on_paper(), row(3, name="陈嘉穗", year=2025, quarter=2, grade="fair"))
    assert [each.notes[-1] for each in rows] == [
        "Comes in as confirmed on paper: nobody has to confirm it here.",
        "Waits to be confirmed by others.",
    ]
    done = applied(SHEET, town.staff, *rows)
    one, waiting = one_of(town), one_of(town, 1)
    assert (one.confirmed_on, one.confirmed_by, one.paper_signatory) == (DAY, None, SIGNATORY)
    assert (one.entered_by, one.entered_on, one.hands) == (town.staff, TODAY, [town.staff.pk])
    assert (waiting.confirmed_on, waiting.paper_signatory) == (None, "")
    assert list(quarterly.to_confirm(town.leader, town.district.town, 2025, 2)) == [waiting]
    assert SHEET.undo(done, town.staff, "误导入") == []
    assert not QuarterlyAssessment.objects.standing().exists()
    assert [(each.verb, each.reason) for each in Entry.objects.about(one).order_by("verb")] == [
        ("appraisal.quarterlyassessment.entered_from_paper", ""),
        ("appraisal.quarterlyassessment.voided", "误导入"),
    ]


@pytest.mark.parametrize(
    ("values", "at"),
    [
        ({"approved_by": None}, "approved_by"),
        ({"approved_on": None}, "approved_on"),
        ({"approved_on": date(2025, 6, 29)}, "approved_on"),
        ({"approved_on": date(2026, 11, 24)}, "approved_on"),
        ({"year": 2026, "quarter": 3, "approved_on": date(2026, 10, 9)}, "approved_on"),
    ],
)
def test_errors_stand_at_their_cells(town: Town, values: dict[str, Any], at: str) -> None:
    assert faults(checked(SHEET, town.staff, on_paper(**values))) == [[at]]


def test_once_quarters_are_entered_here_no_later_paper_goes_around_their_confirmation(town: Town) -> None:
    applied(SHEET, town.staff, row(3, name="陈嘉穗", year=2024, quarter=4, grade="fair"))
    QuarterlyAssessment.objects.update(entered_on=date(2025, 7, 10))
    with translation.override("en"):
        [refused] = checked(SHEET, town.staff, on_paper())
    assert faults([refused]) == [["approved_on"]]
    assert "confirmed here" in str(refused.errors)
    assert faults(checked(SHEET, town.staff, on_paper(approved_on=date(2025, 7, 9)))) == [[]]


@pytest.mark.parametrize("day", [date(2025, 6, 30), TODAY])
def test_the_last_day_of_the_quarter_and_today_are_days_of_a_paper(town: Town, day: date) -> None:
    applied(SHEET, town.staff, on_paper(approved_on=day))
    assert one_of(town).confirmed_on == day


def test_a_day_that_cannot_be_read_has_its_own_message_alone(town: Town) -> None:
    one = on_paper(approved_on=None)
    one.cells["approved_on"], one.unread = "七月", [("approved_on", "not a day")]
    assert faults(checked(SHEET, town.staff, one)) == [[]]
    assert one.has_errors


def test_what_stands_already_is_told_where_the_paper_says_otherwise(town: Town) -> None:
    """To import it once more does not confirm what waits, nor write another signatory."""
    applied(SHEET, town.staff, on_paper(approved_by=None, approved_on=None))
    assert faults(checked(SHEET, town.staff, on_paper())) == [["approved_by"]]
    quarterly.void_quarter(one_of(town), reason="重新导入", actor=town.staff)
    applied(SHEET, town.staff, on_paper())
    again = checked(SHEET, town.staff, on_paper(), on_paper(3, name="陈嘉穗"))
    assert [(each.action, each.errors) for each in again] == [("same", []), ("create", [])]
    [without] = checked(SHEET, town.staff, on_paper(approved_by=None, approved_on=None))
    assert (without.action, without.notes) == ("same", [])
    [other] = checked(SHEET, town.staff, on_paper(approved_by="区委办"))
    assert [key for key, _text in other.errors] == ["approved_by"]
    assert SIGNATORY in other.errors[0][1]
    with translation.override("en"):
        [graded] = checked(SHEET, town.staff, on_paper(grade="fair"))
    assert [key for key, _text in graded.errors] == ["grade"]
    assert "Void it" in graded.errors[0][1]


def test_checking_and_writing_cost_the_same_at_one_and_three_rows(town: Town) -> None:
    three = [on_paper(), on_paper(3, name="陈嘉穗"), on_paper(4, name="黄雨桐")]
    with CaptureQueriesContext(connection) as checked_one:
        checked(SHEET, town.staff, three[0])
    with CaptureQueriesContext(connection) as checked_three:
        checked(SHEET, town.staff, *three)
    with CaptureQueriesContext(connection) as wrote_one:
        done = applied(SHEET, town.staff, three[0])
    assert SHEET.undo(done, town.staff, "误导入") == []
    with CaptureQueriesContext(connection) as wrote_three:
        applied(SHEET, town.staff, *three)
    assert (len(checked_one), len(wrote_one)) == (len(checked_three), len(wrote_three))


@pytest.mark.parametrize("is_by_account", [False, True])
def test_the_signatory_of_a_paper_stands_on_what_is_confirmed_by_no_account_alone(
    town: Town, is_by_account: bool
) -> None:
    applied(SHEET, town.staff, on_paper())
    changed = {"confirmed_by": town.leader} if is_by_account else {"confirmed_on": None}
    with pytest.raises(IntegrityError, match="quarterly_on_paper_is_confirmed"), transaction.atomic():
        QuarterlyAssessment.objects.update(**changed)


def test_the_page_says_who_confirmed_it_and_the_person_reads_the_day(town: Town, client_of: Any) -> None:
    applied(SHEET, town.staff, on_paper())
    address = page_of(one_of(town))
    office = client_of(town.staff).get(address)
    said = "Confirmed on paper by 区委组织部 on 10 Jul 2025"
    assert said in office.content.decode()
    assert "Confirmed quarterly assessment entered from paper" in office.content.decode()
    [entry] = office.context["entries"]
    assert SIGNATORY in [change.after for change in entry.changes]
    own = client_of(town.own).get(address).content.decode()
    assert ("Confirmed on paper on 10 Jul 2025" in own, SIGNATORY in own) == (True, False)


def test_the_page_of_a_quarter_confirmed_here_names_the_account_for_the_office_alone(
    town: Town, client_of: Any
) -> None:
    applied(SHEET, town.staff, on_paper(approved_by=None, approved_on=None))
    address = page_of(one_of(town))
    assert "Confirmed" not in str(client_of(town.staff).get(address).context["confirmed"])
    quarterly.confirm_quarter(town.district.town, year=2025, quarter=2, actor=town.leader)
    day = "23 Nov 2026"
    assert client_of(town.staff).get(address).context["confirmed"] == (
        f"Confirmed by {town.leader.display_name} on {day}"
    )
    assert client_of(town.own).get(address).context["confirmed"] == f"Confirmed on {day}"


def test_lists_exports_and_the_growth_file_name_the_signatory(town: Town) -> None:
    applied(SHEET, town.staff, on_paper(), row(3, name="陈嘉穗", year=2025, quarter=2, grade="fair"))
    quarterly.confirm_quarter(town.district.town, year=2025, quarter=2, actor=town.leader)
    applied(SHEET, town.staff, row(2, name="黄雨桐", year=2025, quarter=2, grade="fair"))
    table = exported_quarters(town.staff, QueryDict("columns=name&columns=confirmed_by"))
    [column] = [each for each in table.columns if each.key == "confirmed_by"]
    found = {one.trainee_id: column.value(one) for one in (each.object for each in table.rows)}
    names = (SIGNATORY, town.leader.display_name, "")
    assert found == {file.pk: name for file, name in zip(town.people, names, strict=False)}
    by = [words_of(town, town.staff, index) for index in (0, 1)]
    assert by == [f"Confirmed by {name}" for name in names[:2]]
    assert words_of(town, town.own, 0) == ""


def words_of(town: Town, user: Any, index: int) -> str:
    """Who confirmed the quarter, as the growth file tells `user`; it lies on the day of the paper."""
    file = with_ties(user, Trainee.objects.select_related("person", "home_unit")).get(pk=town.people[index].pk)
    access = access_of(user, file)
    [entry] = Timeline(file, access).page(size=9, kind="appraisal").rows
    assert entry.day == (DAY if index == 0 else TODAY)
    with translation.override("en"):
        return quarterly_words(entry, access).by


def test_a_paper_is_no_act_of_today(town: Town, rf: Any) -> None:
    """Nobody is asked to confirm it, no unit counts as asked for it, and history alone begins no quarter here."""
    applied(SHEET, town.staff, on_paper(), on_paper(3, name="陈嘉穗"))
    asked = Asked(user=town.staff, as_of=TODAY, since=date(2026, 11, 1))
    request = rf.get("/")
    request.user = town.liaison
    assert not asked_quarters(asked).exists()
    assert not reminder_rules["appraisal.quarter_confirm"].dues(TODAY).exists()
    assert not reminder_rules["appraisal.quarter"].dues(TODAY).exists()
    assert desk._quarters_to_enter(town.liaison) == []
    applied(SHEET, town.staff, on_paper(approved_by=None, approved_on=None, quarter=3))
    assert asked_quarters(asked).count() == 1
    assert [one.quarter for one in reminder_rules["appraisal.quarter_confirm"].dues(TODAY)] == [3]
    assert reminder_rules["appraisal.quarter"].dues(TODAY).count() == 3
    assert len(desk._quarters_to_enter(town.liaison)) == 1


def test_it_is_voided_with_a_reason_and_restored(town: Town, client_of: Any) -> None:
    done = applied(SHEET, town.staff, on_paper())
    one = one_of(town)
    sent = {"reason": "纸质材料有误", "version": str(one.version)}
    assert client_of(town.leader).get(page_of(one, "quarter_void")).status_code == 403
    client = client_of(town.staff)
    assert client.post(page_of(one, "quarter_void"), sent).status_code == 302
    one.refresh_from_db()
    assert (one.is_voided, one.paper_signatory, one.confirmed_on) == (True, SIGNATORY, DAY)
    assert client.get(page_of(one)).status_code == 200
    quarterly.restore_quarter(one, actor=town.staff)
    assert one_of(town).paper_signatory == SIGNATORY
    assert SHEET.undo(done, town.staff, "误导入") == []
    one.refresh_from_db()
    assert one.is_voided


def test_it_is_not_entered_in_the_table_of_the_unit(town: Town, client_of: Any) -> None:
    applied(SHEET, town.staff, on_paper())
    assert town.people[0] not in quarterly.enterable(town.liaison, town.district.town, 2025, 2)
    kwargs = {"pk": town.district.town.pk, "year": 2025, "quarter": 2}
    client = client_of(town.staff)
    for name in ("quarter_grid", "quarter_confirm"):
        assert client.get(reverse(f"appraisal:{name}", kwargs=kwargs)).status_code == 200
    assert client.get(reverse("appraisal:quarter_list") + "?columns=name&columns=confirmed_by").status_code == 200
    assert client_of(town.own).get(reverse("appraisal:mine")).status_code == 200
