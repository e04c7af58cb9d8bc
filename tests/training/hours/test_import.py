"""The sheet of training history: courses that count at once, and are taken back with their hours."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from cadre_app.core import crypto
from cadre_app.core.importing import ImportRow
from cadre_app.history.models import Entry
from cadre_app.imports.reading.cells import choice_reader
from cadre_app.people.models import Trainee
from cadre_app.training.importing.columns import read_hours
from cadre_app.training.importing.courses import SHEET
from cadre_app.training.models import HoursEntry, OutsideCourse
from cadre_app.training.services import outside
from tests.factories import PersonFactory, TraineeFactory, id_number
from tests.importing_rows import applied, checked, faults, row
from tests.training.hours.conftest import Hours, Somebody

NUMBER = id_number(date(1999, 5, 17))


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _named(hours: Hours) -> None:
    hours.file.person.name = "林知远"
    type(hours.file.person).objects.filter(pk=hours.file.person_id).update(name="林知远")


def course(number: int = 2, name: str = "林知远", **values: Any) -> ImportRow:
    known: dict[str, Any] = {
        "title": "乡村治理专题研讨班", "organiser": "市委党校", "started_on": date(2025, 6, 9),
        "ended_on": date(2025, 6, 13), "hours": "30",
    }  # fmt: skip
    return row(number, name=name, **(known | values))


def test_courses_count_at_once_and_are_taken_back_with_their_hours(hours: Hours, client_of: Somebody) -> None:
    done = applied(
        SHEET, hours.staff, course(certificate_number="临党校〔2025〕118号", course_format="seminar"),
        course(3, title="网络学院", hours="6.5", mode="online", ended_on=None, is_induction=True),
    )  # fmt: skip
    first, second = OutsideCourse.objects.order_by("-hours")
    assert (first.state, first.verified_by, first.certificate_number) == (
        "verified",
        hours.staff,
        "临党校〔2025〕118号",
    )
    assert (second.ended_on, second.mode, second.is_induction) == (date(2025, 6, 9), "online", True)
    assert [each.hours for each in HoursEntry.objects.standing().order_by("-hours")] == [Decimal(30), Decimal("6.5")]
    assert [each.outcome for each in done] == [
        "30 training hours (Classroom)", "6.5 training hours (Online)",
    ]  # fmt: skip
    assert Entry.objects.filter(verb="training.outsidecourse.entered").count() == 2
    page = client_of(hours.own).get(reverse("growth:file", kwargs={"pk": hours.file.pk})).content.decode()
    assert "临党校〔2025〕118号" in page
    assert SHEET.undo(done, hours.staff, "mistake") == []
    assert not OutsideCourse.objects.standing().exists()
    assert not HoursEntry.objects.standing().exists()


def test_what_is_entered_already_stays_as_it_is(hours: Hours) -> None:
    applied(SHEET, hours.staff, course())
    rows = checked(SHEET, hours.staff, course(title="乡村治理 专题研讨班。"), course(3, started_on=date(2025, 6, 10)))
    assert [each.action for each in rows] == ["same", "create"]


@pytest.mark.parametrize(
    ("values", "at"),
    [
        ({"ended_on": date(2025, 6, 1)}, "ended_on"),
        ({"ended_on": date(2026, 12, 1)}, "ended_on"),
        ({"started_on": date(2026, 12, 1), "ended_on": None, "hours": "6"}, "started_on"),
        ({"started_on": date(2001, 1, 1)}, "started_on"),
        ({"hours": "61"}, "hours"),
        ({"name": "无此人"}, "name"),
        ({"unit": "无此镇"}, "unit"),
        ({"file_number": "WY-1999-0001"}, "file_number"),
    ],
)
def test_errors_stand_at_their_cells(hours: Hours, values: dict[str, Any], at: str) -> None:
    assert faults(checked(SHEET, hours.staff, course(**values))) == [[at]]


def test_one_course_twice_in_a_file_is_told_at_both_rows(hours: Hours) -> None:
    rows = checked(SHEET, hours.staff, course(), course(3, title="乡村治理专题研讨班 "))
    assert faults(rows) == [["title"], ["title"]]


@pytest.mark.parametrize(
    ("typed", "read"), [(24, "24"), ("２４", "24"), ("24学时", "24"), (7.5, "7.5"), ("6 小时", "6")]
)
def test_hours_are_read_as_people_write_them(typed: Any, read: str) -> None:
    assert read_hours(typed) == read


@pytest.mark.parametrize("typed", ["二十四", "0", "201", "1.25", "nan", "inf", "1e400"])
def test_other_hours_are_refused(typed: Any) -> None:
    with pytest.raises(ValidationError):
        read_hours(typed)


def test_people_of_one_name_are_told_apart(hours: Hours) -> None:
    other = TraineeFactory.create(
        person=PersonFactory.create(name="林知远", id_number=NUMBER, id_digest=crypto.digest(NUMBER)),
        home_unit=hours.district.other_town,
    )
    [found] = checked(SHEET, hours.staff, course())
    assert (found.is_unchosen, len(found.candidates)) == (True, 2)
    for known in ({"unit": "潮音镇"}, {"id_number": NUMBER}, {"file_number": other.file_number}):
        [found] = checked(SHEET, hours.staff, course(**known))
        assert (found.errors, found.target_text) == ([], "林知远, 乡村治理专题研讨班")
        assert found.values["person_key"] == other.person_id
    [found] = checked(SHEET, hours.staff, course(name="林远", id_number=NUMBER))
    assert faults([found]) == [["id_number"]]


def test_somebody_who_moved_to_another_unit_is_asked_about(hours: Hours) -> None:
    [found] = checked(SHEET, hours.staff, course(unit="潮音镇"))
    assert (found.is_unchosen, found.may_be_new) == (True, False)
    found.choice = str(hours.file.pk)
    applied(SHEET, hours.staff, found)
    assert OutsideCourse.objects.get().trainee == hours.file


def test_who_is_elsewhere_or_gone_is_not_found(hours: Hours) -> None:
    assert faults(checked(SHEET, hours.other_staff, course())) == [["name"]]
    Trainee.objects.filter(pk=hours.file.pk).update(departed_on=date(2026, 11, 1))
    assert faults(checked(SHEET, hours.staff, course())) == [["name"]]


def test_what_was_taken_back_and_restored_is_undone(hours: Hours) -> None:
    done = applied(SHEET, hours.staff, course(), course(3, title="网络学院"))
    one = OutsideCourse.objects.get(title="网络学院")
    outside.take_back_verification(one, reason="误核", actor=hours.staff)
    outside.verify_course(one, hours=one.hours, actor=hours.staff)
    outside.take_back_verification(
        OutsideCourse.objects.get(title="乡村治理专题研讨班"), reason="再核", actor=hours.staff
    )
    assert SHEET.undo(done, hours.staff, "mistake") == []
    assert not HoursEntry.objects.standing().exists()


def test_what_was_changed_since_is_not_undone(hours: Hours) -> None:
    done = applied(SHEET, hours.staff, course(), course(3, title="网络学院"))
    one = OutsideCourse.objects.get(title="网络学院")
    outside.take_back_verification(one, reason="误核", actor=hours.staff)
    outside.verify_course(one, hours=one.hours - 1, actor=hours.staff)
    assert SHEET.undo(done, hours.staff, "mistake") == ["林知远, 网络学院: somebody has changed it since."]
    assert OutsideCourse.objects.standing().count() == 2


def test_ten_rows_cost_as_many_queries_as_one(hours: Hours) -> None:
    def cost(*rows: ImportRow) -> int:
        with CaptureQueriesContext(connection) as found:
            checked(SHEET, hours.staff, *rows)
        return len(found)

    cost(course())
    assert cost(course()) == cost(*(course(number, title=f"班次{number}") for number in range(2, 12)))


def test_a_form_that_can_be_two_is_asked_back(hours: Hours) -> None:
    column = next(each for each in SHEET.columns() if each.key == "course_format")
    with pytest.raises(ValidationError) as error:
        choice_reader(column)("现场教学")
    assert error.value.messages == ["“现场教学” can be several things. Choose one of: Practice, Outdoor"]


@pytest.mark.parametrize(
    ("values", "at", "said"),
    [
        ({"hours": "24"}, "hours", "30"),
        ({"organiser": "省委党校"}, "organiser", "市委党校"),
        ({"mode": "online"}, "mode", "Classroom"),
        ({"course_format": "practice"}, "course_format", "Seminar"),
        ({"certificate_number": "临党校〔2025〕9号"}, "certificate_number", "—"),
        ({"is_induction": True}, "is_induction", "No"),
    ],
)
def test_what_is_entered_otherwise_is_told_at_its_cell(
    hours: Hours, values: dict[str, Any], at: str, said: str
) -> None:
    applied(SHEET, hours.staff, course(course_format="seminar"))
    [found] = checked(SHEET, hours.staff, course(**values))
    assert (found.action, faults([found])) == ("same", [[at]])
    assert f"“{said}” stands here" in found.errors[0][1]
    assert "import does not change it" in found.errors[0][1]


def test_the_same_hours_written_otherwise_are_the_same(hours: Hours) -> None:
    applied(SHEET, hours.staff, course())
    assert faults(checked(SHEET, hours.staff, course(hours="30.0"))) == [[]]


def test_a_course_of_the_same_title_on_some_of_the_same_days_is_pointed_out(hours: Hours) -> None:
    applied(SHEET, hours.staff, course())
    rows = checked(SHEET, hours.staff, course(ended_on=date(2025, 6, 12), hours="24"), course(3, title="网络学院"))
    assert [each.action for each in rows] == ["create", "create"]
    assert [sum("is entered already" in note for note in each.notes) for each in rows] == [1, 0]
