from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from cadre_app.mentorship.handing_over import waiting
from cadre_app.mentorship.models import MentorKind, Pairing
from cadre_app.mentorship.services import handovers, pairings
from cadre_app.people.models import OfficeHolding, Person, Relative, Trainee, VillageTerm
from cadre_app.people.services import offices, terms, transfers
from tests.factories import PersonFactory, TraineeFactory, UnitFactory
from tests.mentorship.handovers.conftest import (
    CHANGED,
    STARTED,
    TODAY,
    in_office,
    limited,
    newcomer,
    paired,
    succeed,
    wait,
)

pytestmark = pytest.mark.django_db


def told():
    """Each in short: whose, what happened, since when, who follows or what stands against it."""
    return [
        (
            each.pairing.trainee.person.name,
            each.pairing.change,
            each.pairing.changed_on,
            each.successor.name if each.successor else each.suggestion.hindrance or "kept",
        )
        for each in wait()
    ]


def test_a_pairing_waits_once_its_office_has_changed_hands(place, pairing, head):
    assert told() == []
    succeed(head)
    assert told() == [("林知远", "office", CHANGED, "简明远")]


@translation.override("en")
def test_why_is_said_in_words(place, successor):
    assert [each.reason for each in wait()] == [
        "Change of office: 庄世恒 is no longer 梧岭镇党委书记, since 2 Nov 2026"
    ]


def test_an_office_held_until_today_is_held(place, pairing, head):
    holding = OfficeHolding.objects.get(person=head.person)
    offices.end_holding(holding, until=TODAY, actor=None)
    assert told() == []
    OfficeHolding.objects.update(until=TODAY - timedelta(days=1))
    assert told() == [("林知远", "office", TODAY, "vacant")]


def test_without_a_holding_at_all_the_first_day_of_the_pairing_counts(place, pairing, head):
    OfficeHolding.objects.all().delete()
    assert [(row.changed_on, row.due_day) for row in waiting()] == [(None, STARTED)]


def test_a_trainee_who_went_to_another_unit_is_handed_over_to_its_secretary(place, pairing, trainee):
    in_office(place.other_town, "党委书记", "苏见微", political=True)
    transfers.transfer_trainee(
        trainee, to_unit=place.other_town, effective_on=date(2026, 11, 9), document_number="一", actor=place.staff
    )
    assert told() == [("林知远", "unit", date(2026, 11, 9), "苏见微")]


def test_a_village_term_elsewhere_and_the_linked_village_afterwards(place, trainee, elder):
    pairing = paired(place, trainee, elder, MentorKind.COMMUNITY)
    other, linked = (UnitFactory.create(kind="village", parent=place.town) for _ in range(2))
    in_office(other, "村党支部书记", "何满仓")
    in_office(linked, "村党支部书记", "蓝山青")
    term = VillageTerm.objects.get()
    terms.end_term(term, ended_on=date(2026, 10, 31), is_cut_short=True, actor=place.staff)
    assert told() == []  # neither a term nor a linked village: nobody follows
    Trainee.objects.update(linked_village=linked)
    assert told() == [("林知远", "village", date(2026, 11, 1), "蓝山青")]
    terms.start_term(Trainee.objects.get(), village=other, started_on=date(2026, 11, 5), actor=place.staff)
    assert told() == [("林知远", "village", date(2026, 11, 5), "何满仓")]
    assert Pairing.objects.get() == pairing


def test_a_chosen_mentor_waits_only_once_they_left_or_were_voided(place, trainee, head):
    file = TraineeFactory.create(home_unit=place.other_town, arrived_on=date(2020, 1, 1))
    pairings.create_pairing(
        trainee, kind=MentorKind.POLITICAL, mentor=file.person, choice_reason="业务对口", started_on=STARTED,
        actor=place.staff,
    )  # fmt: skip
    assert told() == []
    Trainee.objects.filter(pk=file.pk).update(departed_on=date(2026, 11, 10))
    assert told() == [("林知远", "left", date(2026, 11, 11), "庄世恒")]
    Person.objects.filter(pk=file.person_id).update(voided_at="2026-11-12T08:00+08:00")
    assert told() == [("林知远", "left", date(2026, 11, 12), "庄世恒")]


def test_the_mentor_who_holds_the_office_that_counts_now_stays(place, pairing, trainee, head):
    office = offices.create_office(unit=place.other_town, name="党委书记", is_political_source=True, actor=None)
    offices.appoint(office, person=head.person, since=CHANGED, actor=None)
    Trainee.objects.filter(pk=trainee.pk).update(home_unit=place.other_town)
    assert told() == [("林知远", "unit", None, "kept")]


def test_a_relative_and_a_full_mentor_are_hindrances(place, successor, trainee):
    Relative.objects.create(person=successor, relation="侄子", name="林知远", other=trainee.person)
    assert [row[3] for row in told()] == ["person"]
    Relative.objects.all().delete()
    limited(place, 1)
    pairings.create_pairing(
        newcomer(place, "陈嘉穗"), kind=MentorKind.POLITICAL, mentor=successor, choice_reason="一",
        started_on=STARTED, actor=place.staff,
    )  # fmt: skip
    assert [row[3] for row in told()] == ["load"]


@pytest.mark.parametrize(
    "values",
    [
        {"due_on": TODAY},
        {"started_on": TODAY + timedelta(days=1)},
        {"ended_on": TODAY, "end_kind": "completed"},
        {"voided_at": "2026-11-20T08:00+08:00"},
    ],
)
def test_what_is_over_or_to_come_does_not_wait(place, successor, values):
    assert len(told()) == 1
    Pairing.objects.update(**values)
    assert told() == []


def test_of_somebody_who_left_nothing_is_handed_over(place, successor):
    Trainee.objects.update(departed_on=TODAY)
    assert told() == []


@pytest.mark.parametrize("rows", [1, 3])
def test_any_number_costs_the_same_queries(place, head, elder, rows, django_assert_num_queries):
    for number in range(rows):
        file = newcomer(place, f"林同志{number}")
        paired(place, file, head)
        paired(place, file, elder, MentorKind.COMMUNITY)
    succeed(head)
    succeed(elder, "何满仓")
    with django_assert_num_queries(9):
        assert len(wait()) == 2 * rows


def test_a_move_that_is_planned_waits_from_the_day_on_which_it_happens(place, elder):
    linked = UnitFactory.create(kind="village", parent=place.town)
    host = in_office(linked, "村党支部书记", "蓝山青")
    file = newcomer(place, village=False)
    Trainee.objects.filter(pk=file.pk).update(linked_village=linked)
    paired(place, Trainee.objects.get(), host, MentorKind.COMMUNITY)
    day = TODAY + timedelta(days=60)
    VillageTerm.objects.create(
        trainee=file, village=place.village, started_on=day, due_on=day + timedelta(days=700), months=24
    )
    assert told() == []
    succeed(host, "简明远")
    assert told() == [("林知远", "office", CHANGED, "简明远")]
    later = [(row.change, row.changed_on) for row in waiting(day)]
    assert later == [("village", day)]


def test_a_mentor_for_a_term_that_is_planned_does_not_wait(place, elder):
    linked = UnitFactory.create(kind="village", parent=place.town)
    file = newcomer(place, village=False)
    Trainee.objects.filter(pk=file.pk).update(linked_village=linked)
    VillageTerm.objects.create(
        trainee=file,
        village=place.village,
        started_on=TODAY + timedelta(days=9),
        due_on=TODAY + timedelta(days=700),
        months=24,
    )
    paired(place, Trainee.objects.get(), elder, MentorKind.COMMUNITY)
    assert told() == []


def chosen(place, trainee, kind):
    return pairings.create_pairing(
        trainee, kind=kind, mentor=PersonFactory.create(name="沈亦文"), choice_reason="业务对口", started_on=STARTED,
        actor=place.staff,
    )  # fmt: skip


@pytest.mark.parametrize(("kind", "change"), [("political", "unit"), ("community", "village")])
def test_a_chosen_mentor_waits_once_the_trainee_moved_until_the_choice_is_kept(place, trainee, kind, change):
    pairing = chosen(place, trainee, kind)
    assert told() == []
    day = date(2026, 11, 9)
    if kind == "political":
        in_office(place.other_town, "党委书记", "苏见微", political=True)
        transfers.transfer_trainee(
            trainee, to_unit=place.other_town, effective_on=day, document_number="一", actor=place.staff
        )
    else:
        other = UnitFactory.create(kind="village", parent=place.town)
        in_office(other, "村党支部书记", "苏见微")
        terms.end_term(
            VillageTerm.objects.get(), ended_on=day - timedelta(days=1), is_cut_short=True, actor=place.staff
        )
        terms.start_term(Trainee.objects.get(), village=other, started_on=day, actor=place.staff)
    assert told() == [("林知远", change, day, "苏见微")]
    assert [each.may_stay for each in wait()] == [True]
    staff = place.somebody("staff", place.top)
    kept = handovers.keep_mentor(pairing, office=None, actor=staff)
    assert (kept.office, kept.choice_reason, kept.kept_on, told()) == (None, "业务对口", TODAY, [])


def test_a_mentor_by_office_is_not_kept_without_one(place, successor, pairing):
    with pytest.raises(ValidationError):
        handovers.keep_mentor(pairing, office=None, actor=place.staff)
