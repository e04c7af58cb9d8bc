from datetime import date

import pytest
import time_machine

from cadre_app.mentorship.models import Pairing, Visibility
from cadre_app.mentorship.policies import REMIND_POLITICAL
from cadre_app.mentorship.services import answers, check_ins
from cadre_app.people.models import Trainee
from cadre_app.policy import services as policy
from cadre_app.reminders.services.sweeping import sweep
from tests.factories import PersonFactory, TraineeFactory
from tests.mentorship.notes.conftest import pairing_of
from tests.people.conftest import TODAY


def desk(client):
    return client.get("/").context["desk"]


def cards(client):
    """The cards of the mentor's desk."""
    [panel] = [panel for panel in desk(client).panels if "mentees" in panel.context]
    return panel.context


def items(client) -> list[tuple[str, str, str]]:
    """Who, what and when of everything that is due, as the sweep of this minute finds it."""
    sweep()
    return [(item.subject, item.title, item.when) for group in desk(client).groups for item in group.items]


def test_a_card_says_who_where_and_when(pair, client_of):
    Trainee.objects.update(post="党建办科员")
    check_ins.arrange_check_in(pair.pairing, planned_on=date(2026, 12, 1), place="村部", actor=pair.mentor)
    pair.write(way="phone", topic="台风值守")
    [card] = cards(client_of(pair.user("mentor")))["mentees"]
    assert (card.place, card.month_text, card.month_state, card.last, card.next_text) == (
        "梧岭镇 · 党建办科员",
        "1 note this month",
        "ok",
        "23 Nov By phone: 台风值守",
        "Next check-in: 1 Dec 2026 · 村部",
    )


def test_a_month_without_a_note_is_said_kindly(pair, client_of):
    pair.write(happened_on=date(2026, 10, 31))
    found = cards(client_of(pair.user("mentor")))
    assert [(card.month_text, card.month_state) for card in found["mentees"]] == [("No note this month", "soon")]
    [sentence] = found["reminder"]
    assert sentence == (
        "There is no guidance note with 陈嘉穗 this month yet. Please write one when it suits you "
        "(the pairing agreement says at least one a month)."
    )


def test_a_private_note_does_not_count_for_the_month_but_stands_on_the_own_card(pair, client_of):
    pair.write(topic="心里话", visibility=Visibility.PRIVATE)
    [card] = cards(client_of(pair.user("mentor")))["mentees"]
    assert (card.this_month, card.last) == (0, "23 Nov Face to face: 心里话")


@pytest.mark.parametrize(("kind", "reminded"), [("community", 1), ("political", 0)])
def test_party_secretaries_of_units_are_not_reminded_unless_a_setting_says_so(pair, place, client_of, kind, reminded):
    Pairing.objects.update(kind=kind)
    client = client_of(pair.user("mentor"))
    assert len(cards(client)["reminder"]) == reminded
    policy.add_value(
        REMIND_POLITICAL, value=True, valid_from=TODAY, source="办法", reason="统一要求", actor=place.staff
    )
    assert len(cards(client)["reminder"]) == 1


def test_a_pairing_of_this_month_is_not_reminded(pair, client_of):
    Pairing.objects.update(started_on=date(2026, 11, 2))
    assert cards(client_of(pair.user("mentor")))["reminder"] == []


@pytest.mark.parametrize(
    ("next_on", "when"),
    [(date(2026, 11, 20), "To be made up"), (TODAY, "today"), (date(2026, 12, 7), "in 14 days")],
)
def test_check_ins_come_to_the_desk_two_weeks_ahead(pair, client_of, next_on, when):
    Pairing.objects.update(next_check_in_on=next_on, last_note_on=TODAY)
    [(subject, _title, shown)] = items(client_of(pair.user("mentor")))
    assert (subject, shown) == ("陈嘉穗", when)
    Pairing.objects.update(next_check_in_on=date(2026, 12, 8))
    assert items(client_of(pair.user("mentor"))) == []


def test_mentors_and_trainees_never_read_that_something_is_overdue(pair, client_of):
    note = pair.write(happened_on=date(2026, 9, 1), next_step="走3户", next_step_on=date(2026, 9, 8))
    Pairing.objects.update(next_check_in_on=date(2026, 9, 1), last_note_on=TODAY)
    answers.acknowledge_note(note, actor=pair.trainee)
    sweep()
    for name in ("mentor", "trainee"):
        found = desk(client_of(pair.user(name)))
        assert {group.state for group in found.groups} == {"soon"}
        assert {item.when for group in found.groups for item in group.items} == {"To be made up"}


@pytest.mark.usefixtures("hours_not_asked")
def test_the_trainee_finds_what_is_to_be_read_and_done(pair, client_of):
    note = pair.write(topic="入户走访", next_step="走3户", next_step_on=date(2026, 11, 30), way="visit")
    pair.write(text="仅部里", visibility=Visibility.DEPARTMENT)
    pair.write(text="仅自己", visibility=Visibility.PRIVATE)
    client = client_of(pair.user("trainee"))
    assert items(client) == [
        ("张清泉", "Next step: 走3户", "in 7 days"),
        ("张清泉", "Read the guidance note: Visiting together: 入户走访", ""),
    ]
    answers.acknowledge_note(note, actor=pair.trainee)
    answers.tick_step(note, is_done=True, actor=pair.trainee)
    assert items(client) == []


def test_the_desk_of_a_former_mentor_is_empty(pair, client_of):
    pair.write(next_step="走3户", next_step_on=TODAY)
    sweep()
    Pairing.objects.update(ended_on=TODAY, end_kind="completed")
    found = desk(client_of(pair.user("mentor")))
    assert (found.groups, found.panels) == ([], [])


@pytest.mark.parametrize("mentees", [1, 3])
def test_the_desk_asks_the_same_however_many_are_mentored(pair, place, client_of, mentees, django_assert_num_queries):
    for number in range(mentees - 1):
        other = TraineeFactory.create(person=PersonFactory.create(name=f"同志{number}"), home_unit=place.town)
        pairing_of(other, pair.pairing.mentor)
    pair.write(next_step="走3户", next_step_on=TODAY)
    Pairing.objects.update(next_check_in_on=TODAY, last_note_on=TODAY)
    sweep()
    client = client_of(pair.user("mentor"))
    client.get("/")
    with django_assert_num_queries(21):
        client.get("/")


def test_the_month_begins_on_its_first_day(pair, client_of):
    pair.write(happened_on=date(2026, 11, 1))
    client = client_of(pair.user("mentor"))
    assert cards(client)["mentees"][0].this_month == 1
    client.logout()
    with time_machine.travel("2026-12-01T00:05:00+08:00", tick=False):
        client = client_of(pair.user("mentor"))
        assert cards(client)["mentees"][0].this_month == 0
