"""The district's year of training: 52 sessions from orders, three grades, hours that differ."""

from datetime import date

import pytest
from django.db.models import Count, Q, Sum

from cadre_app.core.days import add_years
from cadre_app.core.figures import period_start
from cadre_app.demo.training.exercises import RECORDS, SCENARIO_OF
from cadre_app.demo.training.texts import COURSES, SCENARIOS
from cadre_app.people.models import Trainee
from cadre_app.training.models import (
    Camp,
    ClassMeeting,
    CourseKind,
    CourseSession,
    Enrolment,
    ExerciseRecord,
    FeedbackSheet,
    HoursEntry,
    Order,
    StudyVisit,
)
from cadre_app.training.models.choices import HELD
from cadre_app.training.policies import HOURS_PER_YEAR
from tests.demo.test_pairings import DAYS
from tests.district import load_demo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", DAYS)
def test_the_year_of_training_is_there_on_any_day(day):
    load_demo(as_of=day)
    held = CourseSession.objects.filter(is_on_demand=True, state__in=HELD, ends_on__range=(period_start(day), day))
    assert held.count() == 52
    camp = Camp.objects.latest("year")
    assert sorted(set(camp.members.present().values_list("grade", flat=True))) == [1, 2, 3]
    assert StudyVisit.objects.filter(state__in=("held", "posted"), visited_on__gt=add_years(day, -1)).count() == 5
    late = ClassMeeting.objects.filter(held_on__gt=day).exclude(recorded_at=None).count()
    assert (
        late,
        HoursEntry.objects.filter(earned_on__gt=day).count(),
        Order.objects.filter(ordered_on__gt=day).count(),
    ) == (0, 0, 0)
    places = Count("enrolments", filter=Q(enrolments__place="enrolled"))
    wrong = [row for row in CourseSession.objects.annotate(found=places) if row.found != row.enrolled]
    assert wrong == []
    over = Order.objects.filter(state="open").values("trainee", "round").annotate(n=Count("pk")).filter(n__gt=3)
    assert over.count() == 0


def test_nobody_is_in_two_classes_at_one_time():
    load_demo(as_of=date(2026, 11, 29))
    places = Enrolment.objects.enrolled().exclude(session__state="cancelled").order_by("session__meetings__starts_at")
    columns = ("trainee", "session__meetings__held_on", "session__meetings__starts_at", "session__meetings__ends_at")
    until, doubled = {}, []
    for person, day, starts_at, ends_at in places.values_list(*columns):
        if until.get((person, day), starts_at) > starts_at:
            doubled.append((person, day))
        until[person, day] = ends_at
    assert doubled == []


def test_some_reach_the_hours_of_a_year_and_some_do_not():
    load_demo(as_of=DAYS[-1])
    earned = Sum("hours_entries__hours", filter=Q(hours_entries__earned_on__year=DAYS[-1].year))
    sums = [row.total or 0 for row in Trainee.objects.in_development().annotate(total=earned)]
    needed = HOURS_PER_YEAR.default
    behind = sum(total < needed for total in sums)
    assert (10 <= behind <= len(sums) - 10, max(sums) < 2 * needed) == (True, True)
    last = DAYS[-1].year - 1
    earned = Sum("hours_entries__hours", filter=Q(hours_entries__earned_on__year=last))
    whole = Trainee.objects.in_development().filter(arrived_on__year__lt=last).annotate(total=earned)
    reached = sum((row.total or 0) >= needed for row in whole)
    assert 0.6 * len(whole) < reached < len(whole)
    assert FeedbackSheet.objects.count() > 30
    assert Enrolment.objects.exclude(outcome="").exclude(outcome="completed").count() > 3


def test_sand_table_records_are_of_the_scenario_of_their_course_and_differ():
    load_demo(as_of=DAYS[-1])
    records = list(ExerciseRecord.objects.select_related("session__course", "scenario"))
    assert [SCENARIO_OF[record.session.course.title] for record in records] == [row.scenario.title for row in records]
    assert (len(records), len({(record.scenario_id, record.decisions) for record in records})) == (12, 12)
    assert (set(SCENARIO_OF), set(RECORDS)) == (
        set(SCENARIO_OF) & set(COURSES[CourseKind.SAND_TABLE]),
        {title for title, _background, _task in SCENARIOS},
    )
