"""Figures, statistics and induction training from the same few sessions and hours."""

from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from django.utils import translation

from cadre_app.core.figures import Asked, count_all, figures
from cadre_app.core.growth import Access
from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.people.models import PostRecord, Trainee
from cadre_app.training.figures.training import by_kind
from cadre_app.training.filters.sessions import sessions_of
from cadre_app.training.filters.visits import visits_of
from cadre_app.training.growth.induction import gaps, lines
from cadre_app.training.induction import before_grading, with_induction
from cadre_app.training.models import (
    Assessment,
    CampMember,
    CourseKind,
    CourseSession,
    HoursEntry,
    HoursSource,
    Outcome,
    Programme,
    Result,
    SessionState,
    StudyVisit,
    VisitState,
)
from cadre_app.training.services import courses, outside
from cadre_app.training.services.camp_previews import preview
from cadre_app.training.services.camps import apply_grades
from cadre_app.training.statistics import statistics_of
from tests.factories import GrantFactory, UnitFactory
from tests.people.conftest import TODAY
from tests.training.factories import enrol, make_course, make_session

KEYS = ("camp_grades", "camp_sessions", "on_demand_sessions", "study_visits", "avg_hours")
ACCESS = {"relations": frozenset(), "levels": frozenset(), "is_own": False}


def counted(asked):
    return count_all(asked, {key: figures[key] for key in KEYS})


def shares(division):
    return [(line.label, line.sessions, line.times, line.hours) for line in division.lines]


def held(course, on, *people, hours=Decimal(3), **fields):
    """A posted session with everybody's hours."""
    session = make_session(course, on=on, **fields)
    for person in people:
        place = enrol(session, person, outcome=Outcome.COMPLETED)
        HoursEntry.objects.create(
            trainee=person, earned_on=on, hours=hours, mode="classroom", source=HoursSource.SESSION, enrolment=place
        )
    type(session).objects.filter(pk=session.pk).update(state=SessionState.POSTED, posted_at="2026-11-20T00:00Z")
    return session


@pytest.fixture
def year(place, people, graded):
    """One camp session for two, one from orders for one, one too old, one not held, one visit."""
    writing, sand = make_course("公文写作"), make_course("台风登陆前72小时", kind=CourseKind.SAND_TABLE)
    held(writing, date(2026, 10, 9), people["new"], people["second"], programme=Programme.CAMP)
    held(sand, date(2026, 11, 2), people["ending"], is_on_demand=True, programme=Programme.ADVANCED)
    held(sand, date(2025, 11, 23), people["third"], programme=Programme.CAMP)
    make_session(writing, on=TODAY, programme=Programme.CAMP)
    StudyVisit.objects.create(title="滨海新城", visited_on=date(2026, 6, 1), sites="一", state=VisitState.HELD)


def test_what_was_held_in_the_period(place, year):
    assert counted(Asked.on(TODAY, user=place.staff)) == {
        "camp_grades": 3,
        "camp_sessions": 1,
        "on_demand_sessions": 1,
        "study_visits": 1,
        "avg_hours": 2,  # 9 hours, 6 people
    }


def test_a_unit_counts_where_its_people_were(place, year):
    asked = Asked.on(TODAY, unit=place.other_town, user=place.staff)
    assert counted(asked) == dict.fromkeys(KEYS, 0)
    assert counted(Asked.on(TODAY, unit=place.town, user=place.staff))["on_demand_sessions"] == 1


def test_figures_open_the_lists_behind_them(place, year):
    asked = Asked.on(TODAY, unit=place.town, user=place.staff)
    assert figures["camp_grades"].url(asked) == f"/training/camps/current/?state=present&unit={place.town.pk}"
    of_town = Asked.on(TODAY - timedelta(days=1), unit=place.town, user=place.staff)
    day = f"unit={place.town.pk}&as_of=2026-11-22"
    assert figures["camp_grades"].url(of_town) == f"/training/camps/current/?state=present&{day}"
    assert figures["study_visits"].url(of_town).endswith(f"until=2026-11-22&{day}")
    assert {figures[key].url(Asked.on(TODAY)) for key in KEYS} == {""}


def test_the_hours_a_person_open_what_they_are_reckoned_from(client_of, place, year):
    asked = Asked.on(TODAY, user=place.staff)
    page = client_of(place.staff).get(figures["avg_hours"].url(asked))
    sums = page.context["sums"]
    assert (sums.hours, sums.people, sums.average) == (9, 6, figures["avg_hours"].count(asked))
    narrowed = client_of(place.staff).get(figures["avg_hours"].url(asked) + "&source=outside")
    assert narrowed.context["sums"].people is None


def test_the_camp_of_a_past_day_shows_who_was_in_it_then(client_of, place, people, earlier, camp):
    day = camp.reference_on
    member = CampMember.objects.filter(camp=earlier).first()
    CampMember.objects.filter(pk=member.pk).update(left_on=day + timedelta(days=1), left_kind="departed")
    page = client_of(place.staff).get(figures["camp_grades"].url(Asked.on(day, user=place.staff)), follow=True)
    present = sum(lane.present for lane in page.context["lanes"])
    rows = CampMember.objects.standing().filter(camp=earlier)
    assert (page.context["camp"], present) == (earlier, rows.filter(joined_on__lte=day).count())


LISTS = {"camp_sessions": sessions_of, "on_demand_sessions": sessions_of, "study_visits": visits_of}


@pytest.mark.parametrize("where", ["town", "other_town", None])
@pytest.mark.parametrize("key", LISTS)
def test_a_list_holds_exactly_what_its_figure_counts(place, year, key, where):
    asked = Asked.on(TODAY, unit=getattr(place, where) if where else None, user=place.staff)
    query = QueryDict(urlsplit(figures[key].url(asked)).query)
    assert LISTS[key](place.staff, query).qs.count() == figures[key].count(asked)


@pytest.mark.parametrize("key", LISTS)
@pytest.mark.parametrize("where", ["town", "other_town"])
def test_whoever_works_for_two_units_counts_those_with_somebody_of_them(place, year, key, where):
    """Sessions and visits are the district's; the list behind the number leaves the rest out too."""
    unit, aside = getattr(place, where), UnitFactory.create(parent=place.top)
    user = place.somebody(Role.STAFF, unit)
    GrantFactory.create(user=user, role=Role.LEADER, unit=aside)
    asked, of_one = Asked.on(TODAY, user=user), Asked.on(TODAY, unit=unit, user=user)
    assert figures[key].count(asked) == figures[key].count(of_one)
    query = QueryDict(urlsplit(figures[key].url(asked)).query)
    assert LISTS[key](user, query).qs.count() == figures[key].count(asked)
    assert "mine" not in LISTS[key](place.staff, query).filters


def test_sessions_by_kind_add_up(place, year):
    found = by_kind(Asked.on(TODAY, user=place.staff))
    assert [(share.label, share.counts) for share in found] == [
        (CourseKind.SAND_TABLE.label, (0, 1, 0, 1)),
        (CourseKind.WRITING.label, (1, 0, 0, 1)),
    ]


def test_the_statistics_divide_the_same_whole_four_times(place, year, django_assert_num_queries):
    asked = Asked(as_of=TODAY, since=date(2026, 1, 1), user=place.staff)
    statistics_of(asked)
    with django_assert_num_queries(5):
        found = statistics_of(asked)
    assert (found.people, found.sessions, found.visits, found.times, found.total) == (6, 2, 1, 3, Decimal(9))
    by_kind, by_format, by_grade, by_month = found.divisions
    assert {(division.sums.times, division.sums.hours) for division in found.divisions} == {(3, Decimal(9))}
    assert [row[1:] for row in shares(by_kind)] == [(1, 1, 3), (1, 2, 6)]
    assert [row[1:] for row in shares(by_format)] == [(2, 3, 9)]
    assert [row[1:] for row in shares(by_grade)] == [(None, 1, 3), (None, 1, 3), (None, 1, 3)]
    assert [row[1:] for row in shares(by_month)] == [(1, 2, 6), (1, 1, 3)]


def test_whoever_has_left_the_camp_is_in_no_grade_of_the_camp_before(place, people, earlier, camp):
    apply_grades(camp, shown=preview(camp, place.staff).digest, actor=place.staff)
    apply_grades(camp, shown=preview(camp, place.staff).digest, actor=place.staff)  # 周牧之 left on 1 November
    writing = make_course("公文写作")
    for day in (date(2026, 8, 20), date(2026, 10, 30), date(2026, 11, 20)):
        held(writing, day, people["ending"])
    by_grade = statistics_of(Asked(as_of=TODAY, since=date(2026, 1, 1), user=place.staff)).divisions[2]
    assert [row[0] for row in shares(by_grade)] == ["二年级", "三年级", "未在训练营"]


@pytest.fixture
def newcomer(somebody):
    """Arrived eight months ago and a day: asked for since yesterday."""
    return somebody("郑予安", date(2026, 3, 22), probation_ends_on=date(2027, 3, 21))


def asked_for(until=TODAY):
    return [(row.person.name, row.due_day) for row in reminder_rules["training.induction"].dues(until)]


def induction(person, assessment=Assessment.NONE, **fields):
    course = make_course("初任培训班", kind=CourseKind.INDUCTION, assessment=assessment)
    return enrol(make_session(course, on=date(2026, 5, 6)), person, **fields)


def test_missing_induction_training_is_asked_for_after_eight_months(newcomer):
    assert asked_for() == [("郑予安", date(2026, 11, 22))]
    assert asked_for(date(2026, 11, 21)) == []


@pytest.mark.parametrize(
    ("assessment", "fields", "expected"),
    [
        (Assessment.NONE, {"outcome": Outcome.COMPLETED}, []),
        (Assessment.MARKS, {"outcome": Outcome.COMPLETED}, ["郑予安"]),
        (Assessment.PASS, {"outcome": Outcome.COMPLETED, "result": Result.PASSED, "result_on": TODAY}, []),
        (Assessment.PASS, {"outcome": Outcome.COMPLETED, "result": Result.FAILED, "result_on": TODAY}, ["郑予安"]),
        (Assessment.NONE, {"outcome": Outcome.WITHDRAWN}, ["郑予安"]),
        (Assessment.NONE, {}, ["郑予安"]),
    ],
)
def test_only_completing_and_passing_it_counts(newcomer, assessment, fields, expected):
    induction(newcomer, assessment, **fields)
    assert [name for name, _day in asked_for()] == expected


def test_induction_given_elsewhere_counts_once_it_is_verified(place, newcomer):
    values = {"title": "全市新录用公务员初任培训班", "organiser": "市委党校", "hours": Decimal(60), "mode": "classroom"}
    days = {"started_on": date(2026, 5, 11), "ended_on": date(2026, 5, 22)}
    course = outside.submit_course(newcomer, **values, **days, is_induction=True, actor=place.staff)
    assert len(asked_for()) == 1
    outside.verify_course(course, actor=place.staff)
    row = with_induction(before_grading(TODAY)).get(pk=newcomer.pk)
    assert (asked_for(), row.done_on, row.done_in) == ([], date(2026, 5, 22), "全市新录用公务员初任培训班")
    course = outside.take_back_verification(course, reason="一", actor=place.staff)
    outside.verify_course(course, is_induction=False, actor=place.staff)
    assert len(asked_for()) == 1


def test_what_is_written_about_a_course_later_takes_no_induction_away(place, newcomer):
    session = induction(newcomer, outcome=Outcome.COMPLETED).session
    CourseSession.objects.filter(pk=session.pk).update(state=SessionState.FINISHED)
    courses.change_course(session.course, teachers=[], kind=CourseKind.WRITING, assessment="marks", actor=place.staff)
    assert asked_for() == []


@pytest.mark.parametrize(
    ("changes", "post"),
    [
        ({"departed_on": TODAY}, None),
        ({"arrived_on": date(2024, 7, 1)}, None),
        ({"probation_ends_on": date(2026, 9, 1)}, {"started_on": date(2026, 9, 1), "rank": "14"}),
    ],
)
def test_who_left_is_long_here_or_graded_is_not_asked(newcomer, changes, post):
    Trainee.objects.filter(pk=newcomer.pk).update(**changes)
    if post is not None:
        PostRecord.objects.create(trainee=newcomer, **post)
    assert asked_for() == []


def test_the_file_says_how_induction_training_stands(place, newcomer):
    access = Access(user=place.staff, trainee=newcomer.pk, roles=frozenset(BUSINESS_ROLES), **ACCESS)
    assert [gap.url.partition("?")[0] for gap in gaps(newcomer, access)] == ["/training/induction/"]
    assert [line.state for line in lines(newcomer, access)] == ["soon"]
    place_of = induction(newcomer, Assessment.PASS, outcome=Outcome.COMPLETED)
    again = Trainee.objects.select_related("person").get(pk=newcomer.pk)
    with translation.override("en"):
        assert [line.text for line in lines(again, access)] == ["attended until 6 May 2026, result to be recorded"]
    type(place_of).objects.update(result=Result.PASSED, result_on=TODAY)
    again = Trainee.objects.select_related("person").get(pk=newcomer.pk)
    assert (gaps(again, access), [line.state for line in lines(again, access)]) == ([], ["ok"])


def test_a_place_to_come_is_known(newcomer):
    induction(newcomer)
    row = with_induction(before_grading(TODAY)).get(pk=newcomer.pk)
    assert (row.done_on, row.coming_on) == (None, date(2026, 5, 6))
