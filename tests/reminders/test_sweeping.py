"""What is due is found, told once to whom it concerns, and closed when it is done."""

from datetime import date

import pytest

from cadre_app.core.roles import Role
from cadre_app.people.models import Relative
from cadre_app.people.services import posts
from cadre_app.reminders.models import Notice, Occurrence, RuleSetting
from cadre_app.reminders.services import postponing
from tests.factories import PersonFactory
from tests.reminders.conftest import PROBATION, on_probation, open_items, swept_on, told

pytestmark = pytest.mark.django_db

ENDS = date(2026, 12, 31)


def test_what_falls_due_is_told_on_its_days_and_no_step_twice(place, leader):
    file = on_probation(place, ENDS)
    swept_on("2026-10-20")
    assert open_items() == []
    swept_on("2026-11-02")
    assert (open_items(), told(place.staff)) == ([(file.pk, ENDS)], [("item", -60)])
    swept_on("2026-11-02", at="18:30")
    swept_on("2026-11-30")
    assert told(place.staff) == [("item", -60)]
    swept_on("2026-12-01")
    assert (told(place.staff), told(leader)) == ([("item", -60), ("item", -30)], [])
    swept_on("2027-02-01")
    assert (told(place.staff)[-1], told(leader)) == (("item", 30), [("attention", 30)])


@pytest.mark.parametrize(
    ("day", "steps"),
    [
        ("2026-10-30", [("item", -60)]),
        ("2026-10-29", []),
    ],
)
def test_a_step_before_the_day_moves_to_the_workday_before(place, day, steps):
    on_probation(place, date(2026, 12, 30))
    swept_on(day)
    assert told(place.staff) == steps


def test_after_three_days_of_silence_only_the_last_step_is_told(place):
    on_probation(place, ENDS)
    swept_on("2026-11-02")
    swept_on("2027-01-04")
    assert told(place.staff) == [("item", -60), ("item", 0)]


def test_a_second_sweep_finds_settles_and_tells_nothing(place):
    on_probation(place, date(2026, 11, 23))
    assert swept_on("2026-11-23").total > 0
    assert swept_on("2026-11-23").total == 0


def test_an_item_closes_by_itself_when_it_is_done_and_its_notice_is_read_then(place):
    file = on_probation(place, date(2026, 11, 20))
    swept_on("2026-11-20")
    posts.add_post_record(file, started_on=date(2026, 11, 20), rank="11", actor=place.staff)
    assert swept_on("2026-11-23").settled == 1
    occurrence = Occurrence.objects.get(rule=PROBATION)
    assert (occurrence.closed_at is not None, Notice.objects.unread().count()) == (True, 0)


def test_an_item_that_comes_back_is_open_again_and_says_nothing_twice(place):
    file = on_probation(place, date(2026, 11, 20))
    swept_on("2026-11-20")
    type(file).objects.filter(pk=file.pk).update(departed_on=date(2026, 11, 20))
    swept_on("2026-11-23")
    type(file).objects.filter(pk=file.pk).update(departed_on=None)
    assert Notice.objects.unread().count() == 0
    swept_on("2026-11-24")
    assert (len(open_items()), told(place.staff)) == (1, [("item", 0)])
    assert Notice.objects.unread().count() == 1


def test_the_clock_put_back_says_nothing_again(place):
    on_probation(place, date(2026, 11, 23))
    swept_on("2026-11-23", at="00:30")
    assert swept_on("2026-11-22", at="23:30").told == 0
    assert (swept_on("2026-11-23", at="00:30").told, told(place.staff)) == (0, [("item", 0)])


def test_only_those_who_cover_the_file_are_told(place):
    town_staff = place.somebody(Role.STAFF, place.town)
    other = place.somebody(Role.STAFF, place.other_town)
    disabled = place.somebody(Role.STAFF, place.town)
    type(disabled).objects.filter(pk=disabled.pk).update(is_active=False)
    on_probation(place, date(2026, 11, 23))
    swept_on("2026-11-23")
    told_to = set(Notice.objects.filter(occurrence__rule=PROBATION).values_list("recipient", flat=True))
    assert told_to == {place.staff.pk, town_staff.pk}
    assert other.pk not in told_to


def test_nobody_is_told_about_oneself_or_a_declared_relative(place):
    kin = place.somebody(Role.STAFF, place.town)
    own = place.somebody(Role.STAFF, place.town)
    file = on_probation(place, date(2026, 11, 23))
    Relative.objects.create(person=PersonFactory.create(account=kin), other=file.person, name="林知远", relation="弟")
    type(file.person).objects.filter(pk=file.person_id).update(account=own)
    swept_on("2026-11-23")
    assert (told(kin), told(own), told(place.staff)) == ([], [], [("item", 0)])


def test_a_backlog_becomes_one_summary(place):
    for number in range(3):
        on_probation(place, date(2026, 9, 1 + number), name=f"林知远{number}")
    on_probation(place, date(2026, 11, 20), name="周可")
    swept_on("2026-11-23")
    [summary] = Notice.objects.filter(recipient=place.staff, kind=Notice.Kind.BACKLOG)
    assert (summary.count, told(place.staff)) == (3, [("item", 0)])
    assert swept_on("2026-11-24").told == 0


def test_ten_thousand_years_are_no_trouble(place):
    for number, day in enumerate((date(9999, 12, 31), date(2026, 2, 28))):
        on_probation(place, day, name=f"林知远{number}")
    swept_on("2026-11-23")
    assert [day for _source, day in open_items()] == [date(2026, 2, 28)]


@pytest.mark.parametrize(("unit_is_off", "expected"), [(True, ["潮音镇"]), (False, ["梧岭镇"])])
def test_a_rule_can_be_off_for_a_unit_or_on_for_one_only(place, unit_is_off, expected):
    for unit in (place.town, place.other_town):
        on_probation(place, date(2026, 11, 23), name=unit.name, unit=unit)
    common = {"rule": PROBATION, "leads": [0], "source": "本地规定", "reason": "试行"}
    RuleSetting.objects.create(unit=None, is_on=unit_is_off, **common)
    RuleSetting.objects.create(unit=place.town, is_on=not unit_is_off, **common)
    swept_on("2026-11-23")
    rows = Occurrence.objects.open().filter(rule=PROBATION)
    assert [row.trainee.person.name for row in rows] == expected


def test_the_days_of_the_nearest_unit_hold(place):
    on_probation(place, date(2026, 11, 30), unit=place.village)
    common = {"rule": PROBATION, "source": "本地规定", "reason": "试行"}
    RuleSetting.objects.create(unit=None, leads=[60], **common)
    RuleSetting.objects.create(unit=place.town, leads=[7], **common)
    swept_on("2026-11-23")
    assert told(place.staff) == [("item", -7)]


def test_what_a_rule_no_longer_announced_left_open_is_closed(place):
    Occurrence.objects.create(rule="gone.rule", source=place.top.pk, due_on=date(2026, 11, 23))
    assert swept_on("2026-11-23").settled == 1


def test_postponed_items_are_told_on_their_new_day(place):
    on_probation(place, date(2026, 11, 23))
    swept_on("2026-11-23")
    keys = list(Occurrence.objects.values_list("pk", flat=True))
    postponing.postpone_items(keys=keys, postponed_to=date(2026, 12, 1), reason="统一考核", actor=place.staff)
    swept_on("2026-11-24")
    assert told(place.staff)[-1] == ("item", 0)
    swept_on("2026-12-01")
    rows = Notice.objects.filter(recipient=place.staff).order_by("created_at").values_list("step", "due_on")
    assert list(rows) == [(0, date(2026, 11, 23)), (0, date(2026, 12, 1))]
