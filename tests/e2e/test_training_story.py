"""From an order on the phone to hours in the file: the department opens a session from the demand, the teacher takes the
attendance on a phone and finishes it, the hours are posted, the person hands in feedback.
"""

from datetime import datetime, time
from urllib.parse import urlencode

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from cadre_app.policy.workdays import add_workdays
from cadre_app.training.models import Course, CourseSession, Enrolment, FeedbackSheet, HoursEntry, Order, Teacher
from tests.e2e.steps import press, press_main
from tests.e2e.story import Story

NAME, COURSE = "林知远", "调研报告的问题与对策"


def order(story: Story) -> None:
    with story.at("phone", "trainee") as trainee:
        trainee.open(f"{reverse('training:order_own')}?{urlencode({'q': COURSE})}")
        press(trainee.page, ".ph-card form button")
        story.look(trainee, "ordered")


def open_session(story: Story, course: Course) -> CourseSession:
    """Staff open it from the demand board, for everybody who waits for it."""
    with story.at("desktop", "staff") as staff:
        staff.open(reverse("training:demand_board"))
        story.look(staff, "demand")
        staff.open(reverse("training:demand_open", kwargs={"pk": course.pk}))
        page = staff.page
        page.fill("input[name=held_on]", str(add_workdays(timezone.localdate(), 3)))
        page.select_option("select[name=teacher]", value=str(Teacher.objects.get(name="温绍儒").pk))
        page.fill("input[name=place]", "区委党校203教室")
        page.fill("input[name=capacity]", "40")
        press(page, ".opening form button.btn-primary")
        story.look(staff, "opened")
    return CourseSession.objects.filter(course=course, is_on_demand=True).latest("created_at")


def take_note(story: Story, session: CourseSession) -> None:
    with story.at("phone", "trainee") as trainee:
        trainee.open(reverse("training:session_detail", kwargs={"pk": session.pk}))
        story.look(trainee, "place")
        press(trainee.page, "#own form button")


def teach(story: Story, session: CourseSession) -> None:
    """The teacher on a phone: everybody present with one tap, saved with the next, finished with the third."""
    meeting = session.meetings.get()
    with story.at("phone", "trainer") as teacher:
        teacher.open(reverse("training:session_mine"))
        story.look(teacher, "teaching")
        teacher.open(reverse("training:attendance_list", kwargs={"pk": meeting.pk}))
        press(teacher.page, "button[name=fill][value=present]")
        story.look(teacher, "attendance")
        press(teacher.page, ".att-save button")
        teacher.open(reverse("training:session_finish", kwargs={"pk": session.pk}))
        press(teacher.page, "form.dialog button[type=submit]")


def post(story: Story, session: CourseSession) -> None:
    with story.at("desktop", "staff") as staff:
        staff.open(reverse("training:session_post", kwargs={"pk": session.pk}))
        press(staff.page, "form.dialog button[type=submit]")
        story.look(staff, "posted")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_from_an_order_to_hours_in_the_file(
    browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str], language: str
) -> None:
    story = Story("training", browser, live_server.url, demo_accounts["staff"], language)
    course = Course.objects.get(title=COURSE)

    order(story)
    session = open_session(story, course)
    place = Enrolment.objects.get(session=session, trainee__person__name=NAME)
    take_note(story, session)
    with time_machine.travel(timezone.make_aware(datetime.combine(session.ends_on, time(18))), tick=True):
        teach(story, session)
        post(story, session)
        with story.at("phone", "trainee") as trainee:
            trainee.open(reverse("training:feedback_form", kwargs={"pk": place.pk}))
            for name in ("content", "teaching", "usefulness"):
                trainee.page.check(f"input[name={name}][value='4']")
            press_main(trainee.page)
            trainee.open(reverse("training:own_training"))
            own = trainee.page.inner_text("main")
            story.look(trainee, "own")
            trainee.open("/people/me/")
            file = trainee.page.inner_text("main")

    place.refresh_from_db()
    ordered = Order.objects.get(trainee=place.trainee, course=course)
    earned = HoursEntry.objects.get(enrolment=place)
    assert (place.told_at is not None, place.outcome, ordered.state) == (True, "completed", "served")
    assert (earned.hours, earned.earned_on) == (session.hours, session.ends_on)
    assert (COURSE in own, COURSE in file, FeedbackSheet.objects.filter(session=session).count()) == (True, True, 1)
    assert story.found == []
