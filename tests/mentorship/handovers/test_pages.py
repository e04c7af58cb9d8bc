from datetime import date, timedelta

import pytest
from django.urls import reverse

from cadre_app.core.roles import Role
from cadre_app.mentorship.models import CarriedStep, GuidanceNote, MentorKind, Pairing
from cadre_app.mentorship.services import handovers, notes
from cadre_app.mentorship.services.picks import parsed
from cadre_app.people.models import Person, Trainee
from cadre_app.people.services import offices
from cadre_app.reminders.services.sweeping import sweep
from tests.factories import PersonFactory, UserFactory
from tests.mentorship.handovers.conftest import (
    CHANGED,
    TODAY,
    YESTERDAY,
    account_of,
    in_office,
    keys,
    newcomer,
    paired,
    succeed,
    wait,
)
from tests.mentorship.pairings.test_pages import BOARD, text, url
from tests.mentorship.pairings.test_pages import shown as listed

LIST = reverse("mentorship:handover_list")
CONFIRM = reverse("mentorship:handover_confirm")
DONE = reverse("mentorship:handover_done")
STEP = "走访六户困难群众"


def at(name, pk):
    return reverse(f"mentorship:handover_{name}", kwargs={"pk": pk})


@pytest.fixture
def staff(client_of, place):
    return client_of(place.staff)


def shown(client, query=""):
    return [line.hand_over.pairing.trainee.person.name for line in client.get(f"{LIST}?{query}").context["found"].lines]


def messages_of(page):
    return [str(error) for errors in page.context["form"].errors.values() for error in errors]


def handed(place, *, day=YESTERDAY):
    return handovers.hand_over_many(picks=[parsed(key) for key in keys()], ended_on=day, actor=place.staff)


def written(pairing, visibility="shared"):
    return notes.add_note(
        pairing, happened_on=date(2026, 10, 8), way="phone", text="谈到家里的事", next_step=STEP,
        next_step_on=date(2026, 12, 20), visibility=visibility, actor=None,
    )  # fmt: skip


def test_without_any_the_page_says_so_and_leads_back(staff):
    page = text(staff.get(LIST))
    assert ("No hand-over is waiting." in page, BOARD in page) == (True, True)


def test_the_list_names_why_and_who_follows(staff, successor):
    page = text(staff.get(LIST))
    for words in ("林知远", "庄世恒 is no longer 梧岭镇党委书记, since 2 Nov 2026", "简明远", "guides 0, at most 6"):
        assert words in page


def test_the_list_is_narrowed_by_each_condition(staff, place, head, elder):
    file = newcomer(place)
    paired(place, file, head)
    paired(place, newcomer(place, "陈嘉穗"), elder, MentorKind.COMMUNITY)
    succeed(head)
    succeed(elder, "何满仓", since=date(2026, 11, 3))
    assert shown(staff) == ["林知远", "陈嘉穗"]
    assert shown(staff, "kind=community") == ["陈嘉穗"]
    assert shown(staff, "q=庄世恒") == ["林知远"]
    assert shown(staff, "change=unit") == []
    assert shown(staff, f"unit={place.town.pk}") == ["林知远", "陈嘉穗"]
    assert "Nothing matches these conditions." in text(staff.get(f"{LIST}?change=left"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_and_the_confirmation_cost_the_same_queries(staff, place, head, rows, django_assert_num_queries):
    for number in range(rows):
        paired(place, newcomer(place, f"林同志{number}"), head)
    succeed(head)
    staff.get(LIST)
    with django_assert_num_queries(15):
        assert len(shown(staff)) == rows
    picks = keys()
    with django_assert_num_queries(17):
        assert len(staff.post(CONFIRM, {"pick": picks}).context["rows"]) == rows


def test_one_confirmation_hands_a_batch_over_and_tells_what_is_left_to_do(staff, place, head):
    for name in ("林知远", "陈嘉穗"):
        paired(place, newcomer(place, name), head)
    succeed(head)
    page = staff.post(CONFIRM, {"pick": keys()})
    assert (len(page.context["rows"]), page.context["form"]["ended_on"].value()) == (2, YESTERDAY)
    done = staff.post(CONFIRM, {"pick": keys(), "confirmed": "1", "ended_on": "2026-11-22", "months": ""}, follow=True)
    assert "2 pairings were handed over" in text(done)
    assert "print the letter of appointment" in text(done)
    assert [(row.mentor.name, row.started_on) for row in done.context["made"]] == [("简明远", TODAY)] * 2
    assert shown(staff) == []


def test_the_confirmation_shows_what_goes_over_and_never_that_a_private_note_was_written(staff, pairing, successor):
    for visibility in ("shared", "department", "private"):
        written(pairing, visibility)
    page = text(staff.post(CONFIRM, {"pick": keys()}))
    for words in ("4 goals go over", "1 open next step goes over, 1 of a note for the department only stays"):
        assert words in " ".join(page.split())


def test_the_second_of_two_staff_reads_that_it_ended_already(staff, place, successor):
    picks = keys()
    handed(place)
    page = staff.post(CONFIRM, {"pick": picks, "confirmed": "1", "ended_on": "2026-11-22"})
    assert ["ended on 22 Nov 2026 already" in message for message in messages_of(page)] == [True]
    assert Pairing.objects.count() == 2


def test_what_is_typed_wrongly_is_said_beside_the_field(staff, successor):
    page = staff.post(CONFIRM, {"pick": keys(), "confirmed": "1", "ended_on": "x", "months": "1"})
    assert sorted(page.context["form"].errors) == ["ended_on", "months"]
    assert Pairing.objects.count() == 1


@pytest.mark.parametrize("pick", ["", "x", "..", "\x00"])
def test_what_is_no_pick_is_nothing_to_hand_over(staff, successor, pick):
    page = staff.post(CONFIRM, {"pick": pick, "confirmed": "1", "ended_on": "2026-11-22"})
    assert (page.context["rows"], Pairing.objects.count()) == ([], 1)


def test_more_than_one_batch_is_left_for_the_next_time(staff, successor, pairing, monkeypatch):
    monkeypatch.setattr("cadre_app.mentorship.services.picks.MOST", 1)
    other = f"{Pairing().pk}.{successor.pk}"
    page = staff.post(CONFIRM, {"pick": [*keys(), other]})
    assert (len(page.context["rows"]), page.context["more"]) == (1, 1)


def test_another_mentor_is_chosen_with_a_reason(staff, place, pairing, successor):
    chosen = PersonFactory.create(name="另一位")
    offices.appoint(
        offices.create_office(unit=place.town, name="镇长", actor=None), person=chosen, since=CHANGED, actor=None
    )
    page = text(staff.get(at("choose", pairing.pk)))
    assert "By office it would be 简明远" in page
    assert "6 people at most" in page
    data = {"mentor": str(chosen.pk), "choice_reason": "", "ended_on": "2026-11-22", "version": "1"}
    assert "choice_reason" in staff.post(at("choose", pairing.pk), data).context["form"].errors
    done = staff.post(at("choose", pairing.pk), data | {"choice_reason": "熟悉业务"}, follow=True)
    assert [row.mentor.name for row in done.context["made"]] == ["另一位"]


def test_the_same_mentor_is_refused_beside_the_field(staff, pairing, head):
    data = {"mentor": str(head.person.pk), "choice_reason": "一", "ended_on": "2026-11-22", "version": "1"}
    page = staff.post(at("choose", pairing.pk), data)
    assert "not handed over to the same person" in str(page.context["form"].errors["mentor"])


def test_a_mentor_who_holds_the_office_that_counts_is_kept(client_of, place, pairing, head):
    office = offices.create_office(unit=place.other_town, name="党委书记", is_political_source=True, actor=None)
    offices.appoint(office, person=head.person, since=CHANGED, actor=None)
    Trainee.objects.update(home_unit=place.other_town)
    staff = client_of(place.somebody(Role.STAFF, place.top))
    assert at("keep", pairing.pk) in text(staff.get(LIST))
    page = staff.get(at("keep", pairing.pk))
    data = {"office": str(page.context["form"]["office"].value()), "version": "1"}
    assert staff.post(at("keep", pairing.pk), data).status_code == 302
    assert Pairing.objects.get().office == office


def test_there_is_nothing_to_keep_where_somebody_else_follows(staff, pairing, successor):
    assert "There is nothing to keep" in text(staff.get(at("keep", pairing.pk)))
    page = staff.post(at("keep", pairing.pk), {"office": str(pairing.office_id), "version": "1"})
    assert "does not hold the office that counts now" in text(page)


def test_a_hand_over_is_taken_back_from_the_page_of_the_pairing(staff, place, pairing, successor):
    [made] = handed(place)
    assert at("undo", made.pk) in text(staff.get(url("detail", made)))
    back = staff.post(at("undo", made.pk), {"reason": "误办", "version": str(made.version)})
    assert back.url == url("detail", pairing)
    assert Pairing.objects.get(pk=pairing.pk).is_running


def test_why_it_cannot_be_taken_back_is_said(staff, place, successor):
    [made] = handed(place)
    notes.add_note(made, happened_on=TODAY, way="face", text="初次见面", actor=None)
    assert "has written a guidance note" in text(staff.get(at("undo", made.pk)))


def test_the_pairing_page_board_list_and_desk_tell_that_it_waits(staff, pairing, successor):
    page = text(staff.get(url("detail", pairing)))
    assert ("Hand-over waiting. Change of office" in page, f"{LIST}?q=" in page) == (True, True)
    cards = [card.hint for lane in staff.get(BOARD).context["lanes"] for card in lane.cards]
    assert ["Hand-over waiting" in hint for hint in cards] == [True]
    assert listed(staff, "case=hand_over") == ["林知远"]
    sweep()
    titles = [item.title for group in staff.get(reverse("desk:home")).context["desk"].groups for item in group.items]
    assert [title for title in titles if "hand-over" in title.lower()] == ["1 hand-over is waiting"]


def test_both_pairings_lead_to_each_other_and_the_growth_file_names_both(staff, place, trainee, pairing, successor):
    [made] = handed(place)
    assert url("detail", made) in text(staff.get(url("detail", pairing)))
    assert url("detail", pairing) in text(staff.get(url("detail", made)))
    file = text(staff.get(reverse("growth:file", kwargs={"pk": trainee.pk})))
    assert "Pairing hand-over (Political mentor): from 庄世恒 to 简明远" in file


def test_the_next_mentor_reads_and_ticks_the_step_and_never_the_note(client_of, place, pairing, successor):
    note = written(pairing)
    [made] = handed(place)
    mentor = client_of(account_of(successor))
    page = text(mentor.get(url("detail", made)))
    assert (STEP in page, "谈到家里的事" in page, url("detail", pairing) in page) == (True, False, False)
    assert mentor.get(reverse("mentorship:note_detail", kwargs={"pk": note.pk})).status_code == 404
    step = CarriedStep.objects.get()
    tick = reverse("mentorship:carried_step_tick", kwargs={"pk": step.pk})
    assert mentor.post(tick, {"is_done": "1", "version": note.version}).status_code == 302
    assert GuidanceNote.objects.get().next_step_done_on == TODAY


def test_only_those_who_read_the_note_read_the_step(client_of, place, trainee, pairing, successor):
    written(pairing)
    [made] = handed(place)
    own = UserFactory.create(kind="trainee")
    Person.objects.filter(pk=trainee.person_id).update(account=own)
    readers = {
        "staff": place.staff,
        "leader": place.somebody(Role.LEADER, place.town),
        "liaison": place.somebody(Role.LIAISON, place.town),
        "trainee": own,
    }
    found = {name: STEP in text(client_of(user).get(url("detail", made))) for name, user in readers.items()}
    assert found == {"staff": True, "leader": True, "liaison": False, "trainee": True}


def test_a_note_that_is_voided_takes_its_step_back(client_of, place, pairing, successor):
    note = written(pairing)
    [made] = handed(place)
    notes.void_note(note, reason="误录", actor=place.staff)
    assert STEP not in text(client_of(account_of(successor)).get(url("detail", made)))


def test_leaders_liaisons_and_mentors_do_not_hand_over(client_of, place, pairing, head, successor):
    for role in (Role.LEADER, Role.LIAISON):
        client = client_of(place.somebody(role, place.town))
        assert client.get(LIST).status_code == 404
        assert client.get(at("choose", pairing.pk)).status_code == 403
        assert at("choose", pairing.pk) not in text(client.get(url("detail", pairing)))
    assert client_of(account_of(head.person)).get(LIST).status_code == 404


def test_what_was_done_is_told_of_the_own_scope_only(client_of, place, successor):
    [made] = handed(place)
    stranger = client_of(place.somebody(Role.STAFF, place.other_town))
    page = stranger.get(f"{DONE}?pairing={made.pk}&pairing=x")
    assert (list(page.context["made"]), "Nothing was handed over here." in text(page)) == ([], True)


def test_who_left_yesterday_cannot_be_confirmed(staff, place, successor, head):
    picks = keys()
    offices.end_holding(offices.holder_now(head.office), until=CHANGED + timedelta(days=1), actor=None)
    page = staff.post(CONFIRM, {"pick": picks, "confirmed": "1", "ended_on": "2026-11-22"})
    assert ["is vacant" in message for message in messages_of(page)] == [True]
    assert (len(wait()), in_office is not None) == (1, True)
