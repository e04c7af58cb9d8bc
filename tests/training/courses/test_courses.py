"""The catalogue: hours that make sense, closing instead of voiding, who teaches, what is kept with a course."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cadre_app.accounts.models import AccountKind
from cadre_app.core.models import Stale
from cadre_app.core.registries import search_sources
from cadre_app.files.models import StoredFile
from cadre_app.history.models import Entry
from cadre_app.training.models import Course, CourseKind, Order, OrderRound, Place, Teacher
from cadre_app.training.services import courses, teachers
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.files.made import pdf
from tests.people.conftest import TODAY
from tests.training.factories import enrol, make_course, make_session, make_teacher

pytestmark = pytest.mark.django_db
WRITTEN = {
    "title": "文风：短、实、新",
    "kind": "writing",
    "format": "expert_talk",
    "mode": "classroom",
    "hours": "2.5",
    "assessment": "marks",
    "grades": ["2", "1"],
    "posts": "文稿岗位",
    "outline": "一、短\n二、实",
}


@pytest.fixture
def staff(client_of, place):
    return client_of(place.staff)


@pytest.fixture
def trainee(place):
    account = UserFactory.create(kind=AccountKind.TRAINEE, unit=place.town)
    return TraineeFactory.create(home_unit=place.town, person=PersonFactory.create(account=account))


def url(name: str, obj=None) -> str:
    return reverse(f"training:{name}", kwargs={"pk": obj.pk} if obj is not None else {})


def order(course: Course, trainee) -> Order:
    held = OrderRound.objects.create(title="三季度", opens_on=TODAY, closes_on=TODAY, most=3)
    return Order.objects.create(round=held, trainee=trainee, course=course, kind=course.kind, ordered_on=TODAY)


def test_a_course_is_entered_with_its_teachers_and_stands_in_the_history(staff, place):
    teacher = make_teacher()
    staff.post(url("course_new"), WRITTEN | {"teachers": [str(teacher.pk)]})
    course = Course.objects.get()
    kept = (course.title, course.hours, course.grades, list(course.teachers.all()), course.is_offered)
    assert kept == ("文风：短、实、新", Decimal("2.5"), [1, 2], [teacher], True)
    assert Entry.objects.about(course).get().after["teachers"] == ["温绍儒"]


@pytest.mark.parametrize("hours", ["0", "500", "0.4", "200.5", "3.25"])
def test_hours_that_make_no_sense_are_refused_beside_the_field(staff, hours):
    page = staff.post(url("course_new"), WRITTEN | {"hours": hours})
    form = page.context["form"]
    assert (page.status_code, list(form.errors), form["title"].value(), form["hours"].value()) == (
        200,
        ["hours"],
        "文风：短、实、新",
        hours,
    )
    assert hours == "3.25" or form.errors["hours"] == ["Training hours of a course are 0.5 to 200."]


def test_a_change_of_teachers_alone_is_a_change(place):
    course, teacher = make_course(), make_teacher()
    values = {"title": course.title, "kind": course.kind, "hours": course.hours, "actor": place.staff}
    changed = courses.change_course(course, **values, teachers=[teacher], version=1)
    assert (changed.version, Entry.objects.about(course).get().after) == (2, {"teachers": ["温绍儒"]})
    with pytest.raises(Stale):
        courses.change_course(course, **values, teachers=[], version=1)


def test_the_same_name_stands_once_in_a_kind(place):
    make_course("会议纪要")
    with pytest.raises(ValidationError) as error:
        courses.create_course(title="会议纪要", kind=CourseKind.WRITING, hours=Decimal(3), actor=place.staff)
    assert list(error.value.error_dict) == ["title"]
    courses.create_course(title="会议纪要", kind=CourseKind.INDUCTION, hours=Decimal(3), actor=place.staff)


@pytest.mark.parametrize(
    ("orders", "sessions", "said"),
    [
        (1, 0, "1 order: they point to this course"),
        (0, 2, "2 sessions: they point to this course"),
        (1, 1, "1 order and 1 session point to this course"),
    ],
)
def test_a_course_that_something_points_to_is_closed_not_voided(staff, trainee, orders, sessions, said):
    course = make_course()
    for _number in range(orders):
        order(course, trainee)
    for _number in range(sessions):
        make_session(course)
    assert said in staff.get(url("course_void", course)).content.decode()
    page = staff.post(url("course_void", course), {"reason": "误录", "version": 1})
    assert said in page.context["form"].non_field_errors()[0]
    staff.post(url("course_close", course), {"reason": "本年不开", "version": 1})
    course.refresh_from_db()
    assert (course.is_offered, course.is_voided) == (False, False)


def test_closing_voiding_and_back_again(staff, place):
    course = make_course()
    steps = (("close", {"reason": "本年不开"}), ("reopen", {}), ("void", {"reason": "误录"}), ("restore", {}))
    for number, (step, data) in enumerate(steps, 1):
        assert staff.post(url(f"course_{step}", course), data | {"version": number}).status_code == 302
    verbs = [entry.verb.rpartition(".")[2] for entry in Entry.objects.about(course)]
    assert sorted(verbs) == ["closed", "reopened", "restored", "voided"]


def test_people_in_development_see_what_is_offered_and_where_to_order(client_of, trainee, place):
    teacher = make_teacher()
    make_course("会议纪要").teachers.add(teacher)
    make_course("信息与简报", is_offered=False)
    client = client_of(trainee.person.account)
    page = client.get(url("course_list"))
    assert [course.title for course, _audience in page.context["cards"]] == ["会议纪要"]
    found = client.get(url("course_list"), {"q": "温绍儒", "kind": "outdoor"})
    assert (found.context["cards"], "Clear filters" in found.content.decode()) == ([], True)
    source = search_sources["training.courses"]
    hits = {
        user.pk: [hit.title for hit in source.find(user, "息", 5)] for user in (trainee.person.account, place.staff)
    }
    assert hits == {trainee.person.account.pk: [], place.staff.pk: ["信息与简报"]}


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"audience": "2"}, ["两年级", "全体"]),
        ({"audience": "advanced"}, ["全体", "青竹"]),
        ({"state": "closed"}, ["停开"]),
        ({"q": "温"}, ["两年级"]),
        ({"mode": "online", "format": "lecture"}, ["青竹"]),
        ({"sort": "-hours", "state": "offered"}, ["全体", "两年级", "青竹"]),
    ],
)
def test_the_catalogue_is_narrowed_and_ordered(staff, query, titles):
    make_course("两年级", grades=[1, 2], hours=Decimal(6)).teachers.add(make_teacher())
    make_course("青竹", for_advanced=True, mode="online", hours=Decimal(2))
    make_course("全体", hours=Decimal(8))
    make_course("停开", grades=[3], is_offered=False)
    found = [row.object.title for row in staff.get(url("course_list"), query).context["table"].rows]
    assert (found if "sort" in query else sorted(found)) == titles


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_cost_the_same_queries_however_long(staff, count, django_assert_num_queries):
    for number in range(count):
        make_course(f"课程{number}").teachers.add(make_teacher(f"教师{number}"))
    staff.get(url("course_list"))
    with django_assert_num_queries(9):
        staff.get(url("course_list"))
    with django_assert_num_queries(7):
        staff.get(url("teacher_list"))


def test_materials_are_added_taken_away_and_brought_back(staff):
    course = make_course()
    staff.post(url("material_new", course), {"materials": SimpleUploadedFile("讲义.pdf", pdf())})
    file = StoredFile.objects.get()
    assert [each.name for each in staff.get(url("course_detail", course)).context["materials"]] == ["讲义.pdf"]
    staff.post(url("material_remove", file), {"reason": "过时", "version": 1})
    page = staff.get(url("course_detail", course))
    assert (page.context["materials"], page.context["removed"]) == ([], [file])
    staff.post(url("material_restore", file), {"version": 2})
    assert staff.get(url("course_detail", course)).context["materials"] == [file]
    page = staff.post(url("material_new", course), {"materials": SimpleUploadedFile("a.exe", b"MZ")})
    assert list(page.context["form"].errors) == ["materials"]


def test_the_account_of_a_teacher_is_one_of_a_teacher_and_of_one_only(place):
    account = UserFactory.create(kind=AccountKind.TRAINER, unit=place.top)
    values = {"affiliation": "区委党校", "actor": place.staff}
    teachers.create_teacher(name="温绍儒", account=account, **values)
    for other in (account, UserFactory.create(unit=place.top)):
        with pytest.raises(ValidationError) as error:
            teachers.create_teacher(name="尹若蘅", account=other, **values)
        assert list(error.value.error_dict) == ["account"]


@pytest.mark.parametrize("has", ["place", "order", "declined place"])
def test_a_closed_course_stays_readable_for_who_ordered_it_or_goes_to_it(client_of, trainee, has):
    course, session = make_course(), make_session(make_course("信息与简报", is_offered=False))
    course.is_offered = False
    course.save()
    if has == "order":
        order(session.course, trainee)
    elif has == "place":
        enrol(session, trainee)
    else:
        enrol(session, trainee, Place.DECLINED, decline_reason="值班")
    client = client_of(trainee.person.account)
    page = client.get(url("course_detail", session.course))
    assert page.status_code == (404 if has == "declined place" else 200)
    assert client.get(url("course_detail", course)).status_code == 404
    if has == "place":
        assert url("course_detail", session.course) in client.get(url("session_detail", session)).content.decode()


def test_a_teacher_who_stopped_is_offered_no_longer_but_stays_with_the_course(staff):
    course, teacher, other = make_course(), make_teacher(is_active=False), make_teacher("尹若蘅", is_active=False)
    course.teachers.add(teacher)
    offered = staff.get(url("course_edit", course)).context["form"].fields["teachers"].queryset
    assert list(offered) == [teacher]
    staff.post(
        url("teacher_edit", other), {"name": "尹若蘅", "affiliation": "区委党校", "is_active": "on", "version": 1}
    )
    assert Teacher.objects.get(pk=other.pk).is_active


def test_a_scenario_is_entered_once_and_changed(staff):
    written = {"title": "山洪与断路", "background": "云坪乡2小时降雨120毫米", "task": "安排转移", "is_offered": "on"}
    assert [staff.post(url("scenario_new"), written).status_code for _ in range(2)] == [302, 200]
    scenario = staff.get(url("scenario_list")).context["table"].rows[0].object
    staff.post(url("scenario_edit", scenario), written | {"task": "转移和报送", "version": 1})
    assert "转移和报送" in staff.get(url("scenario_detail", scenario)).content.decode()
