from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from cadre_app.core.importing import ImportRow
from cadre_app.training.models import Attendance, ClassMeeting, Presence
from cadre_app.training.services import attendance, attendance_import, outcomes
from cadre_app.training.services.attendance import Mark
from cadre_app.training.services.attendance_rows import read_hours, read_time
from tests.factories import PersonFactory, TraineeFactory
from tests.training.attendance.conftest import YESTERDAY
from tests.training.factories import NINE, NOON, enrol

TITLE = "调研报告的问题与对策"


def row(number=2, name="林知远", **values):
    known = {"name": name, "course": TITLE, "day": YESTERDAY, "presence": "present"} | values
    return ImportRow(number, cells={key: str(value) for key, value in known.items()}, values=known)


def checked(held, *rows):
    attendance_import.check(list(rows), held.staff, lambda done, total: None)
    return [[key for key, _message in each.errors] for each in rows]


def written(held, *rows):
    assert checked(held, *rows) == [[]] * len(rows)
    return attendance_import.apply(list(rows), held.staff, lambda done, total: None)


def recorded():
    rows = Attendance.objects.standing().order_by("missed_hours", "presence")
    return list(rows.values_list("presence", "missed_hours", "recorded_by"))


def test_rows_are_recorded_and_taken_back(held):
    old = {held.places[2].pk: Mark(Presence.PRESENT)}
    attendance.record_attendance(held.meeting, marks=old, actor=held.staff)
    rows = [row(2), row(3, "周言", presence="late", hours="0.5"), row(4, "陈屿", presence="absent")]
    done = written(held, *rows)
    assert [each.created for each in done] == [True, True, False]
    expected = [("present", 0, "import"), ("late", Decimal("0.5"), "import"), ("absent", 3, "import")]
    assert recorded() == expected
    assert ClassMeeting.objects.get().recorded_at is not None
    assert attendance_import.undo(done[::-1], held.staff, "误导入") == []
    assert recorded() == [("present", 0, "list")]
    assert ClassMeeting.objects.get().recorded_at is None


def test_the_same_hours_are_no_change(held):
    attendance.record_attendance(held.meeting, marks={held.places[0].pk: Mark(Presence.PRESENT)}, actor=held.staff)
    rows = [row(2, presence="late")]
    checked(held, *rows)
    assert [label for label, _before, _after in rows[0].changes] == ["到课情况"]


def test_what_was_changed_since_is_not_taken_back(held):
    done = written(held, row())
    attendance.record_attendance(held.meeting, marks={held.places[0].pk: Mark(Presence.ABSENT)}, actor=held.staff)
    assert len(attendance_import.undo(done, held.staff, "误导入")) == 1
    assert recorded() == [("absent", 3, "list")]


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"name": "查无此人"}, ["name"]),
        ({"name": "名单之外"}, ["name"]),
        ({"course": "没有这门课"}, ["day"]),
        ({"day": YESTERDAY - timedelta(days=1)}, ["day"]),
        ({"starts_at": "14:00"}, ["day"]),
        ({"unit": "潮音镇"}, ["name"]),
        ({"unit": "没有这个单位"}, ["unit"]),
        ({"presence": "late", "hours": "3.5"}, ["hours"]),
        ({"presence": "left_early", "hours": "3"}, ["hours"]),
        ({"starts_at": "09:00", "unit": "望屿区"}, []),
    ],
)
def test_what_cannot_be_is_said_at_its_cell(held, place, values, errors):
    TraineeFactory.create(person=PersonFactory.create(name="名单之外"), home_unit=place.town)
    assert checked(held, row(**values)) == [errors]


def test_two_rows_about_one_person_name_each_other(held):
    assert checked(held, row(2), row(3)) == [["name"], ["name"]]


def test_of_two_of_one_name_one_is_chosen(held, place):
    enrol(held.session, TraineeFactory.create(person=PersonFactory.create(name="林知远"), home_unit=place.other_town))
    asked = row()
    checked(held, asked)
    assert (len(asked.candidates), asked.is_unchosen, asked.may_be_new) == (2, True, False)
    chosen = row()
    chosen.choice = str(held.places[0].trainee_id)
    written(held, chosen)
    assert Attendance.objects.get().enrolment_id == held.places[0].pk
    assert checked(held, row(unit="潮音镇")) == [[]]


def test_of_two_classes_on_one_day_the_time_is_asked_for(held):
    from datetime import time

    ClassMeeting.objects.create(
        session=held.session, held_on=YESTERDAY, starts_at=time(14), ends_at=time(17), hours=Decimal(3)
    )
    assert checked(held, row(), row(3, "周言", starts_at="14:00")) == [["starts_at"], []]
    assert (held.meeting.starts_at, held.meeting.ends_at) == (NINE, NOON)


def test_posted_hours_stand_against_an_import_and_its_undoing(held):
    marks = {place.pk: Mark(Presence.PRESENT) for place in held.places[1:]}
    attendance.record_attendance(held.meeting, marks=marks, actor=held.staff)
    done = written(held, row())
    outcomes.finish_session(held.session, actor=held.staff)
    assert len(attendance_import.undo(done, held.staff, "误导入")) == 1
    outcomes.post_hours(held.session, actor=held.staff)
    assert checked(held, row(presence="absent")) == [["day"]]


def test_staff_elsewhere_find_nobody(held, place):
    rows = [row()]
    attendance_import.check(rows, place.somebody("staff", place.other_town), lambda done, total: None)
    assert [key for key, _message in rows[0].errors] == ["name"]


@pytest.mark.parametrize("count", [1, 3])
def test_many_rows_cost_the_queries_of_one(held, django_assert_num_queries, count):
    rows = [row(number, name) for number, name in enumerate(("林知远", "周言", "陈屿")[:count], start=2)]
    list(held.staff.standing_grants)
    with django_assert_num_queries(6):
        attendance_import.check(rows, held.staff, lambda done, total: None)


@pytest.mark.parametrize(("raw", "text"), [("0.5", "0.5"), (2, "2"), ("0.3", None), ("-1", None), ("两", None)])
def test_hours_are_given_in_halves(raw, text):
    if text is None:
        with pytest.raises(ValidationError):
            read_hours(raw)
    else:
        assert read_hours(raw) == text


@pytest.mark.parametrize(("raw", "text"), [("9:00", "09:00"), ("14：30", "14:30"), (NINE, "09:00"), ("9点", None)])
def test_the_time_of_a_class_is_read(raw, text):
    if text is None:
        with pytest.raises(ValidationError):
            read_time(raw)
    else:
        assert read_time(raw) == text
