"""Outside courses from submission to verification and back, and everything that is refused."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from cadre_app.core.models import Stale
from cadre_app.files.models import PDF, StoredFile
from cadre_app.files.uploads import CheckedUpload
from cadre_app.people.models import Person, Relative, Trainee
from cadre_app.training import overlaps
from cadre_app.training.models import HoursEntry, OutsideCourse, OutsideState, StudyVisit, VisitMember
from cadre_app.training.permissions import hours as permissions
from cadre_app.training.services import outside, outside_bulk
from tests.factories import TraineeFactory
from tests.training.factories import enrol, make_course, make_session
from tests.training.hours.conftest import FACTS, TODAY, Hours

pytestmark = pytest.mark.django_db


def counted() -> list[Any]:
    return list(HoursEntry.objects.standing().values_list("hours", "earned_on"))


def pdf(name: str) -> CheckedUpload:
    return CheckedUpload(name, PDF, "application/pdf", b"%PDF-1.4 " + name.encode(), pages=1)


def test_hours_count_once_they_are_verified(hours: Hours) -> None:
    course = hours.submitted()
    assert (course.state, course.submitted_on, counted()) == (OutsideState.SUBMITTED, TODAY, [])
    course = outside.verify_course(course, hours=Decimal(8), actor=hours.staff)
    assert (course.state, course.verified_on, course.verified_by) == (OutsideState.VERIFIED, TODAY, hours.staff)
    assert counted() == [(8, date(2026, 11, 10))]


def test_staff_recognise_no_more_hours_than_the_days_hold(hours: Hours) -> None:
    course = hours.submitted(hours=Decimal(24))
    with pytest.raises(ValidationError) as refused:
        outside.verify_course(course, hours=Decimal(25), actor=hours.staff)
    assert (list(refused.value.message_dict), counted()) == (["hours"], [])


def test_a_verification_taken_back_takes_the_hours_with_it(hours: Hours) -> None:
    course = outside.verify_course(hours.submitted(), actor=hours.staff)
    course = outside.take_back_verification(course, reason="证书有误", actor=hours.staff)
    assert (course.state, course.verified_by, counted()) == (OutsideState.SUBMITTED, None, [])
    outside.verify_course(course, actor=hours.staff)
    assert len(counted()) == 1


def test_what_is_returned_waits_again_once_it_is_completed(hours: Hours) -> None:
    course = outside.return_course(hours.submitted(), return_reason="请补结业证书", actor=hours.staff)
    course = outside.change_course(course, **FACTS | {"hours": Decimal(10)}, actor=hours.own)
    assert (course.state, course.return_reason, course.hours) == (OutsideState.SUBMITTED, "", 10)


def test_staff_enter_a_course_that_counts_at_once(hours: Hours) -> None:
    outside.enter_course(hours.file, **FACTS, actor=hours.staff)
    assert counted() == [(12, date(2026, 11, 10))]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"hours": Decimal(0)}, "hours"),
        ({"hours": Decimal(500)}, "hours"),
        ({"ended_on": TODAY + timedelta(days=1)}, "ended_on"),
        ({"ended_on": date(2026, 11, 8)}, "ended_on"),
        ({"hours": Decimal("24.5")}, "hours"),  # 12 a day
        ({"started_on": date(2024, 6, 30)}, "started_on"),  # a day before reporting for duty
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(hours: Hours, values: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        hours.submitted(**values)
    assert list(refused.value.message_dict) == [field]


@pytest.mark.parametrize("title", ["乡村治理专题研讨班", "乡村治理 专题研讨班", "《乡村治理专题研讨班》"])
def test_the_same_course_is_not_entered_twice(hours: Hours, title: str) -> None:
    first = hours.submitted()
    with pytest.raises(ValidationError) as refused:
        hours.submitted(title=title)
    assert list(refused.value.message_dict) == ["title"]
    outside.withdraw_course(first, actor=hours.own)
    hours.submitted(title=title)
    with pytest.raises(ValidationError):
        outside.restore_course(first, actor=hours.staff)


def test_the_same_title_on_other_days_or_of_somebody_else_is_another_course(hours: Hours) -> None:
    hours.submitted()
    hours.submitted(started_on=date(2026, 11, 16), ended_on=date(2026, 11, 17))
    hours.submitted(TraineeFactory.create(home_unit=hours.district.town))
    assert OutsideCourse.objects.count() == 3


Step = Callable[[Hours, OutsideCourse], Any]


@pytest.mark.parametrize(
    "step",
    [
        lambda hours, course: outside.change_course(course, **FACTS, actor=hours.own),
        lambda hours, course: outside.withdraw_course(course, actor=hours.own),
        lambda hours, course: outside.verify_course(course, actor=hours.staff),
        lambda hours, course: outside.return_course(course, return_reason="请补", actor=hours.staff),
    ],
    ids=["change", "withdraw", "verify", "return"],
)
def test_a_verified_course_stands_as_it_is(hours: Hours, step: Step) -> None:
    course = outside.verify_course(hours.submitted(), actor=hours.staff)
    with pytest.raises(ValidationError):
        step(hours, course)
    assert counted() == [(12, date(2026, 11, 10))]


def test_an_old_version_is_stale(hours: Hours) -> None:
    course = hours.submitted()
    outside.change_course(course, **FACTS | {"hours": Decimal(6)}, version=course.version, actor=hours.own)
    with pytest.raises(Stale):
        outside.verify_course(course, version=course.version, actor=hours.staff)


def test_the_last_proof_stays(hours: Hours) -> None:
    course = hours.submitted(proofs=[pdf("一.pdf"), pdf("二.pdf")])
    first, second = StoredFile.objects.of(outside.PROOF, [course.pk])
    outside.remove_proof(course, proof=first, actor=hours.own)
    with pytest.raises(ValidationError):
        outside.remove_proof(course, proof=second, actor=hours.own)


def test_who_left_submits_nothing(hours: Hours) -> None:
    Trainee.objects.filter(pk=hours.file.pk).update(departed_on=TODAY)
    with pytest.raises(ValidationError):
        hours.submitted()


def test_nobody_verifies_the_own_course_or_that_of_a_relative(hours: Hours) -> None:
    course = hours.submitted()
    assert permissions.can_verify(hours.user("staff"), course)
    kin = Person.objects.create(name="林父", account=hours.staff)
    Relative.objects.create(person=hours.file.person, relation="父亲", name="林父", other=kin)
    assert not permissions.can_verify(hours.user("staff"), course)


def test_what_lies_on_the_same_days_is_a_hint(hours: Hours) -> None:
    course = hours.submitted()
    hours.submitted(title="党务干部培训", started_on=date(2026, 11, 10), ended_on=date(2026, 11, 12))
    hours.submitted(title="财务培训", started_on=date(2026, 11, 11), ended_on=date(2026, 11, 12))
    enrol(make_session(make_course("应急演练"), on=date(2026, 11, 9)), hours.file)
    for title, presence in (("滨海线", ""), ("山区线", "absent")):
        visit = StudyVisit.objects.create(title=title, visited_on=date(2026, 11, 10), sites="一站")
        VisitMember.objects.create(visit=visit, trainee=hours.file, presence=presence)
    with translation.override("en"):
        found = overlaps.of_course(course)
    assert found == ["党务干部培训, 10 Nov 2026 to 12 Nov 2026", "应急演练 on 9 Nov 2026", "滨海线 on 10 Nov 2026"]


@pytest.mark.parametrize("people", [1, 3])
def test_many_are_verified_in_as_many_queries_as_one(hours: Hours, people: int, django_assert_num_queries: Any) -> None:
    courses = [hours.submitted(TraineeFactory.create(home_unit=hours.district.town)) for _number in range(people)]
    seen = {course.pk: course.version for course in courses}
    with django_assert_num_queries(13):
        done = outside_bulk.verify_many(OutsideCourse.objects.all(), seen=seen, actor=hours.staff)
    assert (len(done), len(counted())) == (people, people)
