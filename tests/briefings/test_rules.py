"""Whom the bell tells of a briefing: the leader who may issue it, and whoever has to complete it."""

import pytest
from django.urls import reverse
from django.utils import translation

from cadre_app.briefings import services
from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.reminders.services.sweeping import sweep
from tests.people.conftest import TODAY

pytestmark = pytest.mark.django_db


def told(rule, *users):
    """Who of them sees which briefings as due today."""
    known = reminder_rules[rule]
    return [list(known.visible(known.dues(TODAY), user)) for user in users]


def test_leaders_who_wrote_no_part_of_it_are_told_and_staff_see_to_it(complete, place, leader):
    both = place.somebody(Role.LEADER, place.top)
    town = place.somebody(Role.LEADER, place.town)
    complete = services.keep_numbers(complete, keys=["talks"], actor=both)
    assert told("briefings.issue", leader, both, town, place.staff) == [[], [], [], []]
    handed = services.submit_briefing(complete, actor=place.staff)
    assert told("briefings.issue", leader, both, town, place.staff) == [[handed], [], [], [handed]]
    with translation.override("en"):
        words = [reminder_rules["briefings.issue"].words(handed, TODAY, user) for user in (leader, place.staff)]
    assert [one.action for one in words] == ["Read and issue", "Open"]
    assert words[0].why == "1 Jan 2026 to 23 Nov 2026. Read it, then issue or return it."
    services.issue_briefing(handed, actor=leader)
    assert told("briefings.issue", leader, place.staff) == [[], []]


def test_the_leader_finds_it_on_the_desk(submitted, client_of, leader, place):
    sweep()
    for user, found in ((leader, 1), (place.staff, 0)):
        groups = client_of(user).get(reverse("desk:home")).context["desk"].groups
        links = [item.url for group in groups for item in group.items]
        assert links.count(reverse("briefings:briefing_detail", kwargs={"pk": submitted.pk})) == found


def test_what_came_back_is_completed_by_whoever_submitted_it(submitted, place, leader):
    returned = services.return_briefing(submitted, reason="请写明时限", actor=leader)
    (due,) = reminder_rules["briefings.returned"].dues(TODAY)
    assert (due.pk, due.due_day, due.doer_key) == (returned.pk, TODAY, place.staff.pk)
    assert told("briefings.returned", place.staff, leader) == [[returned], []]
    with translation.override("en"):
        assert reminder_rules["briefings.returned"].words(due, TODAY, place.staff).why == "Returned: 请写明时限"
    services.submit_briefing(returned, actor=place.staff)
    assert told("briefings.returned", place.staff) == [[]]


def test_what_was_taken_back_or_voided_rings_nobody(submitted, place, leader):
    taken_back = services.withdraw_briefing(submitted, reason="数字待核", actor=place.staff)
    assert told("briefings.returned", place.staff) == [[]]
    again = services.submit_briefing(taken_back, actor=place.staff)
    services.void_briefing(again, reason="重复", actor=place.staff)
    assert told("briefings.issue", leader) == [[]]
