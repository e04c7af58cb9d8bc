"""Mentors of several pairings reminded by hand; quiet pairings and coming ends, which ring by themselves."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation

from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.mentorship.models import MentorKind, Pairing
from cadre_app.mentorship.services import notes, pairings, reminding
from cadre_app.reminders.models import Notice
from cadre_app.reminders.services.sweeping import sweep
from tests.mentorship.pairings.conftest import account_of, newcomer
from tests.people.conftest import TODAY

REMIND = reverse("mentorship:pairing_remind")


@pytest.fixture
def staff(client_of, place):
    return client_of(place.staff)


def told(user):
    return Notice.objects.visible_to(user).filter(kind="item").count()


def due(key, until=date(2099, 1, 1)):
    return list(reminder_rules[key].dues(until).values_list("due_day", "doer_key"))


def test_the_mentor_is_told_once_in_seven_days(staff, place, pairing):
    mentor = account_of(pairing.mentor)
    sweep()
    Notice.objects.all().delete()
    asked = staff.post(REMIND, {"pick": [str(pairing.pk)]})
    [(each, words)] = asked.context["ready"]
    assert (each.pairing, words.title) == (pairing, "Check-in due on 19 Sep 2026")
    assert staff.post(REMIND, {"pick": [str(pairing.pk)], "confirmed": "1"}).status_code == 302
    assert told(mentor) == 1
    again = staff.post(REMIND, {"pick": [str(pairing.pk)]})
    assert [each.outcome for each in again.context["others"]] == ["lately"]
    refused = staff.post(REMIND, {"pick": [str(pairing.pk)], "confirmed": "1"})
    assert refused.context["form"].non_field_errors() == ["There is nobody to remind any more."]
    with time_machine.travel(timezone.make_aware(timezone.datetime(2026, 12, 1, 10))):
        assert len(reminding.remind_mentors(keys=[pairing.pk], actor=place.staff)) == 1
    assert told(mentor) == 2


def test_nobody_is_reminded_of_what_no_rule_says_is_due(staff, pairing):
    account_of(pairing.mentor)
    Pairing.objects.update(next_check_in_on=TODAY + timedelta(days=300), last_note_on=TODAY, last_record_on=TODAY)
    sweep()
    found = staff.post(REMIND, {"pick": [str(pairing.pk)]})
    assert (found.context["ready"], [each.outcome for each in found.context["others"]]) == ([], ["nothing"])


def test_a_mentor_without_an_account_is_named(staff, pairing):
    sweep()
    found = staff.post(REMIND, {"pick": [str(pairing.pk)]})
    assert [each.outcome for each in found.context["others"]] == ["no_account"]


@pytest.mark.parametrize("pick", [[], ["x"], ["00000000-0000-4000-8000-000000000000"]])
def test_what_is_no_pairing_of_ones_own_reminds_nobody(staff, pairing, pick):
    response = staff.post(REMIND, {"pick": pick})
    assert (response.status_code, response.context["ready"], response.context["others"]) == (200, [], [])


def test_staff_of_another_unit_remind_nobody(client_of, place, pairing):
    account_of(pairing.mentor)
    sweep()
    stranger = client_of(place.somebody(Role.STAFF, place.other_town))
    assert stranger.post(REMIND, {"pick": [str(pairing.pk)]}).context["ready"] == []
    assert client_of(place.somebody(Role.LEADER, place.top)).post(REMIND, {}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_confirmation_costs_the_same_queries_however_many_are_picked(
    staff, place, head, rows, django_assert_num_queries
):
    account_of(head.person)
    made = [
        pairings.create_pairing(
            newcomer(place, f"林同志{number}"),
            kind=MentorKind.POLITICAL,
            mentor=head.person,
            office=head.office,
            started_on=date(2026, 8, 20),
            actor=place.staff,
        )
        for number in range(rows)
    ]
    sweep()
    staff.post(REMIND, {"pick": [str(row.pk) for row in made]})
    with django_assert_num_queries(9):
        assert len(staff.post(REMIND, {"pick": [str(row.pk) for row in made]}).context["ready"]) == rows


def test_a_pairing_without_any_record_is_asked_about_kindly_until_there_is_one(pairing):
    mentor = account_of(pairing.mentor)
    assert due("mentorship.quiet") == [(date(2026, 9, 19), mentor.pk)]
    assert due("mentorship.quiet", date(2026, 9, 18)) == []
    rule = reminder_rules["mentorship.quiet"]
    row = rule.rows().get()
    with translation.override("en"):
        said = rule.words(row, TODAY, mentor).why
    assert said == (
        "There has been no record with 林知远 for 30 days. Please write one when it suits you; a phone call counts too."
    )
    notes.add_note(pairing, happened_on=TODAY, way="phone", text="通了电话", actor=mentor)
    assert due("mentorship.quiet", TODAY) == []


def test_a_quiet_pairing_whose_mentor_has_no_account_is_the_offices_to_ask_about(pairing):
    assert due("mentorship.quiet") == [(date(2026, 9, 19), None)]


def test_a_private_note_does_not_end_the_silence(pairing):
    mentor = account_of(pairing.mentor)
    notes.add_note(pairing, happened_on=TODAY, way="phone", text="心里话", visibility="private", actor=mentor)
    assert len(due("mentorship.quiet", TODAY)) == 1


def test_the_planned_last_day_is_the_offices_until_the_end_is_recorded(place, pairing):
    Pairing.objects.update(due_on=TODAY)
    assert due("mentorship.term_end") == [(TODAY, None)]
    pairings.end_pairing(Pairing.objects.get(), ended_on=TODAY, end_kind="completed", actor=place.staff)
    assert due("mentorship.term_end") == []
