"""Whom the bell tells of a briefing: leaders who may issue it, and whoever of the staff sees to it or has to complete it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from cadre_app.briefings import services
from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.reminders.models import Notice, Occurrence
from cadre_app.reminders.services.sweeping import sweep
from tests.briefings.conftest import SINCE, write
from tests.people.conftest import TODAY

pytestmark = pytest.mark.django_db

ISSUE, UNISSUED, RETURNED = "briefings.issue", "briefings.unissued", "briefings.returned"
LATER = TODAY + timedelta(days=30)


def doers(rule, until=TODAY):
    """The accounts that it addresses."""
    return {row.doer_key for row in reminder_rules[rule].dues(until)}


def words(rule, user, until=TODAY):
    known = reminder_rules[rule]
    (row,) = [row for row in known.visible(known.dues(until), user) if row.doer_key == user.pk]
    with translation.override("en"):
        return known.words(row, row.due_day, user)


def page_of(briefing):
    return reverse("briefings:briefing_detail", kwargs={"pk": briefing.pk})


def of_town(place, writer):
    """A complete briefing of the town, not submitted."""
    found = services.create_briefing(unit=place.town, since=SINCE, as_of=TODAY, actor=writer)
    return write(found, writer, shortcomings="写作课偏少", plans="增开写作课")


def test_leaders_who_wrote_no_part_of_it_are_told(complete, place, leader):
    both = place.somebody(Role.LEADER, place.top)
    for unit in (place.town, place.other_town):
        place.somebody(Role.LEADER, unit)
    complete = services.keep_numbers(complete, keys=["talks"], actor=both)
    assert doers(ISSUE) == set()
    handed = services.submit_briefing(complete, actor=place.staff)
    assert doers(ISSUE) == {leader.pk}
    told = words(ISSUE, leader)
    assert (told.action, told.url, told.subject) == ("Read and issue", page_of(handed), "望屿区")
    assert told.why == "1 Jan 2026 to 23 Nov 2026. Read it, then issue or return it."
    services.issue_briefing(handed, actor=leader)
    assert doers(ISSUE) == set()
    with translation.override("en"):
        settled = reminder_rules[ISSUE].words(reminder_rules[ISSUE].rows().get(pk=leader.pk), TODAY, leader)
    assert (settled.why, settled.subject) == ("Nothing waits to be issued by you any more.", "")


def test_one_of_a_town_reaches_leaders_of_the_town_and_above_it_alone(place, leader):
    here, elsewhere = (place.somebody(Role.LEADER, unit) for unit in (place.town, place.other_town))
    services.submit_briefing(of_town(place, place.staff), actor=place.staff)
    assert doers(ISSUE) == {leader.pk, here.pk}
    here.grants.update(voided_at="2026-11-23T00:00:00Z")
    leader.is_active = False
    leader.save()
    assert doers(ISSUE) == set()
    assert list(reminder_rules[ISSUE].visible(reminder_rules[ISSUE].dues(TODAY), elsewhere)) == []


def test_several_are_one_item_with_the_list_since_the_last_day(submitted, place, leader, time_machine):
    time_machine.move_to("2026-11-25T12:00:00+08:00")
    services.submit_briefing(of_town(place, place.staff), actor=place.staff)
    (due,) = reminder_rules[ISSUE].dues(TODAY + timedelta(days=2))
    assert due.due_day == TODAY + timedelta(days=2)
    told = words(ISSUE, leader, due.due_day)
    assert told.why == "2 briefings wait for you. Read them, then issue or return each."
    assert told.url == f"{reverse('briefings:briefing_list')}?state=submitted"
    assert "望屿区" in told.subject
    assert "梧岭镇" in told.subject


@pytest.mark.parametrize("rule", [ISSUE, UNISSUED, RETURNED])
def test_nobody_of_another_unit_is_told_sees_or_postpones_it(submitted, client_of, place, leader, rule, time_machine):
    others = [place.somebody(role, place.other_town) for role in (Role.LEADER, Role.STAFF)]
    if rule == RETURNED:
        services.return_briefing(submitted, reason="请写明时限", actor=leader)
    if rule == UNISSUED:
        time_machine.move_to("2026-11-26T12:00:00+08:00")
    sweep()
    item = Occurrence.objects.get(rule=rule)
    receiver = leader if rule == ISSUE else place.staff
    assert set(Notice.objects.filter(occurrence=item).values_list("recipient", flat=True)) == {receiver.pk}
    for user in others:
        assert not Occurrence.objects.visible_to(user).exists()
        assert not Occurrence.objects.postponable(user).exists()
        body = client_of(user).get(reverse("reminders:due_list"), {"whose": "all"}).content.decode()
        assert str(item.pk) not in body
    assert item in Occurrence.objects.to_act(receiver)
    assert not Occurrence.objects.postponable(place.staff).filter(rule=rule).exists()


def test_what_was_everybodys_becomes_personal_with_the_next_sweep(submitted, place, leader):
    services.return_briefing(submitted, reason="请写明时限", actor=leader)
    sweep()
    items = Occurrence.objects.filter(rule=RETURNED)
    items.update(is_personal=False)
    sweep()
    assert items.get().is_personal
    assert Notice.objects.filter(occurrence=items.get()).count() == 1


def test_the_leader_finds_it_on_the_desk(submitted, client_of, leader, place):
    sweep()
    for user, found in ((leader, 1), (place.staff, 0)):
        groups = client_of(user).get(reverse("desk:home")).context["desk"].groups
        links = [item.url for group in groups for item in group.items]
        assert links.count(page_of(submitted)) == found


def test_whoever_submitted_it_sees_to_it_that_it_is_issued(submitted, place, leader, time_machine):
    third = TODAY + timedelta(days=3)
    time_machine.move_to("2026-11-25T12:00:00+08:00")
    assert doers(UNISSUED, LATER) == set()
    time_machine.move_to("2026-11-26T12:00:00+08:00")
    assert doers(UNISSUED, third) == {place.staff.pk}
    why = "1 Jan 2026 to 23 Nov 2026. Submitted on 23 Nov 2026; no leader has issued or returned it so far."
    assert words(UNISSUED, place.staff, third).why == why
    services.issue_briefing(submitted, actor=leader)
    assert doers(UNISSUED, LATER) == set()


def test_what_came_back_is_completed_by_whoever_submitted_it(submitted, place, leader):
    returned = services.return_briefing(submitted, reason="请写明时限", actor=leader)
    (due,) = reminder_rules[RETURNED].dues(TODAY)
    assert (due.pk, due.due_day, due.doer_key) == (returned.pk, TODAY, place.staff.pk)
    assert words(RETURNED, place.staff).why == "Returned: 请写明时限"
    services.submit_briefing(returned, actor=place.staff)
    assert doers(RETURNED) == set()


def test_another_of_the_staff_completes_what_whoever_submitted_it_no_longer_may(place, leader):
    near, first = place.somebody(Role.STAFF, place.town), place.somebody(Role.STAFF, place.top)
    place.somebody(Role.STAFF, place.other_town)
    handed = services.submit_briefing(of_town(place, first), actor=place.staff)
    services.return_briefing(handed, reason="请写明时限", actor=leader)
    assert doers(RETURNED) == {place.staff.pk}
    place.staff.is_active = False
    place.staff.save()
    assert doers(RETURNED) == {first.pk}
    first.grants.update(voided_at="2026-11-23T00:00:00Z")
    assert doers(RETURNED) == {near.pk}


def test_what_was_taken_back_or_voided_rings_nobody(submitted, place):
    taken_back = services.withdraw_briefing(submitted, reason="数字待核", actor=place.staff)
    assert doers(RETURNED) == set()
    again = services.submit_briefing(taken_back, actor=place.staff)
    services.void_briefing(again, reason="重复", actor=place.staff)
    assert (doers(ISSUE), doers(UNISSUED, LATER)) == (set(), set())
