"""The board, one person's hours, the own page, the list of outside courses: what they hold, for whom, at what cost."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from cadre_app.core.registries import desk_panels, job_kinds
from cadre_app.files.models import StoredFile
from cadre_app.training.models import CourseKind, HoursEntry, Mode, Outcome, OutsideCourse, Place, Programme
from cadre_app.training.services import outside
from tests.factories import TraineeFactory
from tests.files.made import picture
from tests.training.factories import enrol, make_course, make_session
from tests.training.hours.conftest import FACTS as SUBMITTED
from tests.training.hours.conftest import Hours

pytestmark = pytest.mark.django_db
FACTS = {
    "title": "乡村治理专题研讨班",
    "organiser": "市委党校",
    "started_on": "2026-11-09",
    "ended_on": "2026-11-10",
    "hours": "12",
    "mode": "classroom",
}


def url(name: str, **kwargs: Any) -> str:
    return reverse(f"training:{name}", kwargs=kwargs)


def shown(client: Any, name: str, query: str = "") -> list[dict[str, Any]]:
    rows = client.get(url(name) + query).context["table"].rows
    return [{cell.column.key: cell.value for cell in row.cells} for row in rows]


def test_the_board_shows_hours_apart_and_how_far_somebody_is(hours: Hours, client_of: Any) -> None:
    hours.earned("30")
    hours.earned("50", Mode.ONLINE)
    hours.earned("8", on=date(2025, 12, 31))
    [row] = shown(client_of(hours.user("staff")), "hours_board")
    assert [row[key] for key in ("classroom", "online", "counted", "required", "missing", "pace")] == [
        30, 50, 30, 90, 60, "Will miss at this pace",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("?q=林知", 1),
        ("?pace=reached", 1),
        ("?pace=on_course", 1),
        ("?pace=behind", 1),
        ("?stage=camp-3", 2),
        ("?stage=camp-1", 1),
        ("?year=2025", 3),
        ("?year=9999", 3),
        ("?sort=-counted", 3),
        ("?sort=missing&size=25&page=9", 3),
    ],
)
def test_what_the_board_is_narrowed_to(hours: Hours, client_of: Any, query: str, found: int) -> None:
    hours.earned("85")
    second = TraineeFactory.create(home_unit=hours.district.town)
    hours.earned("90", trainee=second)
    TraineeFactory.create(home_unit=hours.district.other_town, arrived_on=date(2026, 10, 1))
    TraineeFactory.create(home_unit=hours.district.town, departed_on=date(2026, 5, 1))
    assert len(shown(client_of(hours.user("staff")), "hours_board", query)) == found


def test_the_board_sums_up_what_its_conditions_leave(hours: Hours, client_of: Any) -> None:
    hours.earned("85")
    hours.earned("90", trainee=TraineeFactory.create(home_unit=hours.district.town))
    TraineeFactory.create(home_unit=hours.district.town)
    client = client_of(hours.user("staff"))
    sums = client.get(url("hours_board")).context["sums"]
    assert (sums.people, sums.classroom, sums.reached, sums.on_course, sums.behind) == (3, 175, 1, 1, 1)
    assert client.get(url("hours_board") + "?pace=reached").context["sums"].people == 1


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", [("Reached", 1), ("Will reach at this pace", 0), ("Will miss at this pace", 1)]),
        ("?year=2025", [("Reached", 1), ("Not reached", 1)]),
    ],
)
def test_a_year_that_is_over_is_told_as_such(hours: Hours, client_of: Any, query: str, said: list[Any]) -> None:
    for day in (date(2025, 3, 1), date(2026, 3, 1)):
        hours.earned("90", on=day)
    TraineeFactory.create(home_unit=hours.district.town)
    page = client_of(hours.user("staff")).get(url("hours_board") + query)
    assert [(label, count) for _pace, _mark, label, count in page.context["paces"]] == said
    offered = {str(label) for _value, label in page.context["filter"].form.fields["pace"].choices}
    assert {label for label, _count in said} <= offered
    cells = [cell.value for row in page.context["table"].rows for cell in row.cells if cell.column.key == "pace"]
    assert set(cells) == {label for label, count in said if count}


@pytest.mark.parametrize(("arrived", "years"), [(date(2026, 2, 1), [2026]), (date(2024, 7, 1), [2026, 2025, 2024])])
def test_years_begin_with_reporting_for_duty_and_offers_are_of_this_one(
    hours: Hours, client_of: Any, arrived: date, years: list[int]
) -> None:
    type(hours.file).objects.update(arrived_on=arrived)
    make_session(make_course("党课"), takes_sign_ups=True)
    past = 2025 if 2025 in years else 2026
    for who, address in (("own", url("own_training")), ("staff", url("hours_of", pk=hours.file.pk))):
        client = client_of(hours.user(who))
        found = [client.get(f"{address}?year={year}").context for year in (2026, 2025)]
        assert [(each["years"], each["year"]) for each in found] == [(years, 2026), (years, past)]
        assert [len(each["offers"]) for each in found] == [1, past == 2026]


@pytest.mark.parametrize(("who", "found"), [("staff", 2), ("leader", 2), ("liaison", 1), ("other_staff", 1)])
def test_each_sees_the_people_of_the_own_units(hours: Hours, client_of: Any, who: str, found: int) -> None:
    hours.earned("10", trainee=TraineeFactory.create(home_unit=hours.district.other_town))
    assert len(shown(client_of(hours.user(who)), "hours_board")) == found


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("hours_board", 11), ("hours_entries", 9), ("outside_list", 8)])
def test_the_lists_cost_the_same_whatever_their_length(
    hours: Hours, client_of: Any, rows: int, name: str, queries: int, django_assert_num_queries: Any
) -> None:
    for _number in range(rows):
        file = TraineeFactory.create(home_unit=hours.district.town)
        hours.earned("10", trainee=file)
        hours.submitted(file)
        make_session(make_course(f"第{_number}讲"))
    client = client_of(hours.user("staff"))
    client.get(url(name))
    with django_assert_num_queries(queries):
        client.get(url(name))


@pytest.mark.parametrize("kind", ["training.hours", "training.hours_entries", "training.outside"])
def test_a_workbook_holds_what_the_list_shows(hours: Hours, kind: str) -> None:
    hours.earned("10")
    hours.submitted()
    table = job_kinds[kind].table
    assert table is not None
    assert [len(list(table(hours.user(who), QueryDict("")).export_rows())) for who in ("staff", "other_staff")] == [
        2,
        1,
    ]


def test_what_is_offered_fits_the_stage_and_has_places(hours: Hours, client_of: Any) -> None:
    fits = make_session(make_course("调研方法", kind=CourseKind.RURAL_METHODS), programme=Programme.CAMP, grades=[3])
    make_session(make_course("一年级课"), programme=Programme.CAMP, grades=[1])
    make_session(make_course("培优课"), programme=Programme.ADVANCED)
    full = make_session(make_course("满员课"), capacity=1)
    enrol(full, TraineeFactory.create(home_unit=hours.district.town))
    enrol(make_session(make_course("已报课")), hours.file, Place.WAITING)
    page = client_of(hours.user("staff")).get(url("hours_of", pk=hours.file.pk))
    assert [session for session, _audience in page.context["offers"]] == [fits]


def test_the_own_page_says_where_one_stands_and_what_is_to_be_done(hours: Hours, client_of: Any) -> None:
    hours.earned("30")
    coming = enrol(make_session(make_course("党课")), hours.file)
    held = make_session(make_course("公文写作讲座"), on=date(2026, 11, 20), state="finished")
    done = enrol(held, hours.file, outcome=Outcome.COMPLETED)
    outside.return_course(hours.submitted(), return_reason="请补结业证书", actor=hours.staff)
    page = client_of(hours.user("own")).get(url("own_training"))
    known = page.context
    assert known["done"] == "You have completed 30 classroom hours this year; at least 90 are needed."
    assert [line.more["place"] for line in known["coming"]] == [coming]
    assert [line.more for line in known["results"]] == [done]
    assert "请补结业证书" in page.content.decode()
    assert "No session that fits you is open to sign-up at present." in page.content.decode()
    with translation.override("zh-hans"):
        from cadre_app.training.hours_wording import done_text

        assert done_text(known["found"]) == ("您今年已完成集中培训30学时，全年应不少于90学时。")


@pytest.mark.parametrize(("arrived", "years", "shown"), [(2026, [2026], 2026), (2025, [2026, 2025], 2025)])
def test_nothing_is_missing_of_years_before_somebody_came_and_nothing_is_offered_for_a_year_that_is_over(
    hours: Hours, client_of: Any, arrived: int, years: list[int], shown: int
) -> None:
    type(hours.file).objects.filter(pk=hours.file.pk).update(arrived_on=date(arrived, 7, 1))
    make_session(make_course("新讲"), takes_sign_ups=True)
    for who, page in (("own", url("own_training")), ("staff", url("hours_of", pk=hours.file.pk))):
        known = client_of(hours.user(who)).get(page, {"year": "2025"}).context
        assert (known["years"], known["year"], bool(known["offers"])) == (years, shown, shown == 2026)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_own_page_costs_the_same_whatever_is_on_it(
    hours: Hours, client_of: Any, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        hours.earned("1")
        hours.submitted(title=f"第{number}期")
        enrol(make_session(make_course(f"第{number}讲")), hours.file)
        held = make_session(make_course(f"旧{number}讲"), on=date(2026, 11, 20), state="finished")
        enrol(held, hours.file, outcome=Outcome.COMPLETED)
        make_session(make_course(f"新{number}讲"), takes_sign_ups=True)
    client = client_of(hours.user("own"))
    client.get(url("own_training"))
    with django_assert_num_queries(18):
        client.get(url("own_training"))


def test_the_desk_of_somebody_in_development_names_hours_and_the_next_class(hours: Hours, rf: Any) -> None:
    enrol(make_session(make_course("党课")), hours.file)
    request = rf.get("/")
    request.user = hours.user("own")
    context = desk_panels["training.own"].context
    found = context(request) if context is not None else None
    assert found is not None
    assert (found["found"].missing, found["next"].course) == (90, "党课")


def test_a_course_is_submitted_with_its_proof_and_verified(hours: Hours, client_of: Any) -> None:
    client = client_of(hours.user("own"))
    page = client.post(url("outside_submit"), FACTS)
    assert page.context["form"].errors == {"proofs": ["Please fill this in."]}
    proof = SimpleUploadedFile("证书.jpg", picture(), "image/jpeg")
    client.post(url("outside_submit"), FACTS | {"proofs": proof})
    course = OutsideCourse.objects.get()
    assert (course.trainee, StoredFile.objects.of(outside.PROOF, [course.pk]).count()) == (hours.file, 1)
    staff = client_of(hours.user("staff"))
    staff.post(url("outside_verify", pk=course.pk), {"version": course.version, "hours": "8"})
    assert [entry.hours for entry in HoursEntry.objects.standing()] == [8]


@pytest.mark.parametrize(
    ("values", "field", "text"),
    [
        ({"hours": "0"}, "hours", "Training hours of a course are 0.5 to 200."),
        ({"hours": "500"}, "hours", "Training hours of a course are 0.5 to 200."),
        ({"ended_on": "2027-01-01"}, "ended_on", "This day has not come yet. Record it on that day."),
        ({"mode": "x"}, "mode", "Choose one of what is offered here."),
        ({}, "title", "This course is entered already, with the same title and the same days."),
    ],
)
def test_what_is_refused_stands_beside_its_field(
    hours: Hours, client_of: Any, values: dict[str, str], field: str, text: str
) -> None:
    hours.submitted()
    page = client_of(hours.user("staff")).post(url("outside_enter", pk=hours.file.pk), FACTS | values)
    assert page.context["form"].errors == {field: [text]}


def test_many_are_verified_after_one_question(hours: Hours, client_of: Any) -> None:
    first, second = hours.submitted(), hours.submitted(TraineeFactory.create(home_unit=hours.district.other_town))
    client = client_of(hours.user("staff"))
    asked = client.post(url("outside_verify_many"), {"all": "1", "query": "q=林知"})
    assert (asked.context["courses"], HoursEntry.objects.count()) == ([first], 0)
    picks = [f"{course.pk}@{course.version}" for course in (first, second)]
    assert picks[0] in asked.content.decode()
    client.post(url("outside_verify_many"), {"pick": picks, "confirmed": "1"})
    assert set(HoursEntry.objects.values_list("outside", flat=True)) == {first.pk, second.pk}


Change = Callable[[Hours, OutsideCourse], Any]


@pytest.mark.parametrize(
    "change",
    [
        lambda hours, course: outside.change_course(course, **SUBMITTED | {"hours": Decimal(20)}, actor=hours.own),
        lambda hours, course: outside.withdraw_course(course, actor=hours.own),
        lambda hours, course: outside.return_course(course, return_reason="请补", actor=hours.staff),
    ],
    ids=["hours", "withdrawn", "returned"],
)
def test_what_changed_after_it_was_shown_is_named_and_nothing_is_verified(
    hours: Hours, client_of: Any, change: Change
) -> None:
    courses = [hours.submitted(), hours.submitted(TraineeFactory.create(home_unit=hours.district.town))]
    picks = [f"{course.pk}@{course.version}" for course in courses]
    change(hours, courses[0])
    page = client_of(hours.user("staff")).post(url("outside_verify_many"), {"pick": picks, "confirmed": "1"})
    [error] = page.context["form"].non_field_errors()
    assert "林知远 乡村治理专题研讨班" in error
    assert (page.status_code, HoursEntry.objects.count()) == (200, 0)


@pytest.mark.parametrize(
    ("query", "found"),
    [("", 1), ("?state=verified", 1), ("?state=all", 2), ("?state=voided", 1), ("?month=2026-03", 0)],
)
def test_what_the_list_of_outside_courses_is_narrowed_to(hours: Hours, client_of: Any, query: str, found: int) -> None:
    hours.earned("10")
    hours.submitted()
    outside.withdraw_course(hours.submitted(title="误填"), actor=hours.own)
    assert len(shown(client_of(hours.user("staff")), "outside_list", query)) == found
