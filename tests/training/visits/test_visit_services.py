"""Study visits: what can be done in which state, who is told, whose hours are posted."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cadre_app.core.busy import clashes
from cadre_app.core.models import Stale
from cadre_app.history.models import Entry
from cadre_app.training.models import HoursEntry, Presence, StudyVisit, VisitMember, VisitRoute
from cadre_app.training.services import visit_members, visit_records, visit_routes, visits
from cadre_app.training.services.visit_records import Recorded
from cadre_app.training.services.visit_times import span
from tests.factories import TraineeFactory
from tests.people.test_offices import refused
from tests.training.visits.conftest import DAY, LATER, SITES, Outing


def test_a_route_keeps_its_sites_in_lines(outing: Outing) -> None:
    route = visit_routes.create_route(title="“山海协作”线", sites=" 云顶村 \n\n茶亭村\r\n", actor=outing.staff)
    assert (route.sites, route.site_names) == ("云顶村\n茶亭村", ["云顶村", "茶亭村"])


@pytest.mark.parametrize(
    ("sites", "code"),
    [(" \n ", "empty"), ("\n".join("一二三四五六七八九十甲乙丙"), "too_many"), ("村" * 41, "too_long")],
)
def test_sites_that_are_none_too_many_or_too_long_are_refused(outing: Outing, sites: str, code: str) -> None:
    assert refused(lambda: visit_routes.create_route(title="新线", sites=sites, actor=outing.staff)) == [
        ("sites", code)
    ]


def test_two_routes_do_not_bear_one_name(outing: Outing) -> None:
    again = lambda: visit_routes.create_route(title=outing.route.title, sites=SITES, actor=outing.staff)  # noqa: E731
    assert refused(again) == [("title", "title")]


def test_a_route_out_of_use_leaves_its_visits(outing: Outing) -> None:
    visit = outing.planned()
    visit_routes.offer_route(outing.route, is_offered=False, version=1, actor=outing.staff)
    visit.refresh_from_db()
    assert (VisitRoute.objects.get().is_offered, visit.sites) == (False, SITES)


@pytest.mark.parametrize(("hours", "code"), [(Decimal("0.4"), "hours"), (Decimal("12.5"), "too_many")])
def test_hours_fit_into_the_day(outing: Outing, hours: Decimal, code: str) -> None:
    assert refused(lambda: outing.planned(hours=hours)) == [("hours", code)]
    assert outing.planned(hours=12).hours == 12


@pytest.mark.parametrize(("day", "code"), [(date(2030, 1, 1), "too_late"), (date(2010, 1, 1), "too_early")])
def test_days_far_off_are_refused(outing: Outing, day: date, code: str) -> None:
    assert refused(lambda: outing.planned(visited_on=day)) == [("visited_on", code)]


def change(visit: StudyVisit, outing: Outing, **values: object) -> StudyVisit:
    known: dict[str, object] = {
        name: getattr(visit, name) for name in ("title", "visited_on", "sites", "route", "meets_at", "topic", "hours")
    }
    return visits.change_visit(visit, **known | values, actor=outing.staff)  # type: ignore[arg-type]


def test_another_day_is_told_a_correction_of_the_title_is_not(outing: Outing) -> None:
    visit = outing.planned(visited_on=LATER)
    VisitMember.objects.update(told_at=timezone.now())
    change(visit, outing, title="产业强村线")
    assert set(VisitMember.objects.values_list("told_at", flat=True)) == {timezone.now()}
    change(visit, outing, visited_on=LATER + timedelta(days=1))
    assert set(VisitMember.objects.values_list("told_at", flat=True)) == {None}


def test_cancelling_needs_a_planned_visit_and_is_told(outing: Outing) -> None:
    visit = outing.planned(visited_on=LATER)
    VisitMember.objects.update(told_at=timezone.now())
    visit = visits.cancel_visit(visit, reason="台风", actor=outing.staff)
    assert (visit.state, visit.cancel_reason, VisitMember.objects.filter(told_at=None).count()) == (
        "cancelled",
        "台风",
        2,
    )
    assert refused(lambda: visits.cancel_visit(visit, reason="台风", actor=outing.staff)) == [("", "not_planned")]
    assert refused(lambda: change(visit, outing)) == [("", "cancelled")]
    again = visits.reopen_visit(visit, reason="天气转好", actor=outing.staff)
    assert (again.state, again.cancel_reason) == ("planned", "")


def test_nobody_is_on_the_list_twice(outing: Outing) -> None:
    visit = outing.planned()
    add = lambda: visit_members.add_members(visit, trainees=outing.files, actor=outing.staff)  # noqa: E731
    assert refused(add) == [("", "nobody")]
    removed = visit_members.remove_member(outing.member(visit), reason="请假", actor=outing.staff)
    assert (removed.is_voided, len(add())) == (True, 1)


def test_attendance_is_recorded_for_all_at_once(outing: Outing) -> None:
    visit = outing.held(Presence.LATE, Presence.EXCUSED)
    assert (visit.state, visit.summary) == ("held", "形成三条建议")
    rows = VisitMember.objects.order_by("presence").values_list("presence", "at_symposium", "remarks")
    assert list(rows) == [("excused", False, ""), ("late", True, "冷链要先算运费")]
    assert Entry.objects.filter(verb="training.visitmember.recorded").count() == 2


def test_a_visit_is_not_recorded_before_its_day_nor_without_people(outing: Outing) -> None:
    early = outing.planned(visited_on=LATER)
    recorded = {outing.member(early).pk: Recorded(presence="present")}
    assert refused(lambda: visit_records.record_visit(early, recorded=recorded, actor=outing.staff)) == [
        ("", "not_recordable")
    ]
    visit = outing.planned()
    assert refused(lambda: visit_records.record_visit(visit, recorded={}, actor=outing.staff)) == [("", "nobody")]


def test_whoever_was_away_said_nothing(outing: Outing) -> None:
    visit = outing.planned()
    recorded = {outing.member(visit).pk: Recorded(presence="absent", remarks="说了一句")}
    with pytest.raises(ValidationError):
        visit_records.record_visit(visit, recorded=recorded, actor=outing.staff)


def test_hours_go_to_those_who_were_there_and_can_be_taken_back(outing: Outing) -> None:
    visit = visit_records.post_hours(outing.held(), actor=outing.staff)
    entries = HoursEntry.objects.standing().values_list("trainee", "earned_on", "hours", "mode", "source")
    assert list(entries) == [(outing.files[0].pk, DAY, Decimal(3), "classroom", "visit")]
    assert visit.state == "posted"
    assert refused(lambda: change(visit, outing)) == [("", "posted")]
    assert refused(lambda: visit_records.post_hours(visit, actor=outing.staff)) == [("", "not_held")]
    visit = visit_records.take_back_hours(visit, reason="误记", actor=outing.staff)
    assert (visit.state, HoursEntry.objects.standing().count()) == ("held", 0)
    visit_records.post_hours(visit, actor=outing.staff)
    assert HoursEntry.objects.standing().count() == 1


def test_hours_wait_for_what_is_missing(outing: Outing) -> None:
    assert refused(lambda: visit_records.post_hours(outing.held(hours=None), actor=outing.staff)) == [("", "no_hours")]
    visit = outing.held()
    newcomer = TraineeFactory.create(home_unit=outing.district.town)
    visit_members.add_members(visit, trainees=[newcomer], actor=outing.staff)
    assert refused(lambda: visit_records.post_hours(visit, actor=outing.staff)) == [("", "not_recorded")]
    type(newcomer).objects.filter(pk=newcomer.pk).update(departed_on=DAY - timedelta(days=1))
    assert visit_records.post_hours(visit, actor=outing.staff).state == "posted"
    away = outing.held(Presence.PRESENT, Presence.ABSENT)
    VisitMember.objects.filter(visit=away).update(presence="absent", at_symposium=False, remarks="")
    assert refused(lambda: visit_records.post_hours(away, actor=outing.staff)) == [("", "nobody")]


def test_an_old_page_changes_nothing(outing: Outing) -> None:
    visit = outing.held()
    with pytest.raises(Stale):
        visit_records.post_hours(visit, version=1, actor=outing.staff)


def test_a_visit_takes_the_day_of_those_on_its_list(outing: Outing) -> None:
    visit = outing.planned()
    keys = {file.pk for file in outing.files}
    found = clashes(keys, *span(DAY))
    assert {key: [taken.text for taken in times] for key, times in found.items()} == {
        key: ["现场教学：“产业强村”线"] for key in keys
    }
    assert clashes(keys, *span(DAY), but=[visit.pk]) == {}
    assert clashes(keys, *span(DAY + timedelta(days=1))) == {}
    visits.cancel_visit(visit, reason="台风", actor=outing.staff)
    assert clashes(keys, *span(DAY)) == {}
