from datetime import date, timedelta

import pytest

from cadre_app.core.models import Stale
from cadre_app.core.roles import Role
from cadre_app.people.models import Trainee, Transfer, VillageTerm
from cadre_app.people.services import interruptions, terms, transfers
from tests.people.conftest import TODAY
from tests.people.test_offices import refused

WHEN = date(2026, 10, 1)


def move(place, trainee, **values):
    known = {"to_unit": place.other_town, "effective_on": WHEN, "document_number": "望组干〔2026〕8号"}
    return lambda: transfers.transfer_trainee(trainee, **({"actor": place.staff} | known | values))


def leave(place, trainee, **values):
    known = {
        "kind": "selection",
        "effective_on": WHEN,
        "document_number": "临委组〔2026〕3号",
        "approval": "区委组织部同意",
    }
    return lambda: transfers.record_departure(trainee, **({"actor": place.staff} | known | values))


def fresh(trainee) -> Trainee:
    return Trainee.objects.get(pk=trainee.pk)


def test_a_transfer_moves_the_file_and_says_how_long_the_service_was(place, trainee):
    transfer = move(place, trainee)()
    assert (fresh(trainee).home_unit, transfer.from_unit, transfer.served_months) == (place.other_town, place.town, 27)


def test_a_transfer_goes_to_an_open_unit_of_the_own_scope_on_a_day_that_has_come(place, trainee):
    clerk = place.somebody(Role.STAFF, place.town)
    assert refused(move(place, trainee, actor=clerk)) == [("to_unit", "target")]
    assert refused(move(place, trainee, to_unit=place.town)) == [("to_unit", "same_unit")]
    assert refused(move(place, trainee, effective_on=TODAY + timedelta(days=1))) == [("effective_on", "future")]
    assert refused(move(place, trainee, effective_on=date(2024, 6, 30))) == [("effective_on", "too_early")]
    place.other_town.closed_on = WHEN
    place.other_town.save()
    assert refused(move(place, trainee)) == [("to_unit", "target")]
    assert fresh(trainee).home_unit == place.town


def test_transfers_follow_each_other_in_time(place, trainee):
    move(place, trainee)()
    back = move(place, trainee, to_unit=place.town, effective_on=WHEN - timedelta(days=1))
    assert refused(back) == [("effective_on", "too_early")]


def test_the_latest_transfer_is_taken_back(place, trainee):
    first = move(place, trainee)()
    second = move(place, trainee, to_unit=place.top, effective_on=TODAY)()
    undo = lambda transfer: lambda: transfers.undo_transfer(transfer, reason="误录", actor=place.staff)  # noqa: E731
    assert refused(undo(first)) == [("", "not_latest")]
    assert undo(second)().is_voided
    assert undo(first)().is_voided
    assert fresh(trainee).home_unit == place.town


def test_an_old_page_after_a_transfer_moves_nothing(place, trainee):
    move(place, trainee, version=1)()
    with pytest.raises(Stale):
        move(place, trainee, to_unit=place.top, effective_on=TODAY, version=1)()
    assert fresh(trainee).home_unit == place.other_town


def test_leaving_within_the_minimum_service_names_the_approval(place, trainee):
    assert refused(leave(place, trainee, approval="")) == [("approval", "within_service")]
    departure = leave(place, trainee)()
    assert (fresh(trainee).departed_on, departure.served_months, departure.approval) == (WHEN, 27, "区委组织部同意")


@pytest.mark.parametrize(("arrived", "needed"), [(date(2021, 10, 1), False), (date(2021, 10, 2), True)])
def test_the_minimum_service_is_five_years_to_the_day(place, trainee, arrived, needed):
    Trainee.objects.update(arrived_on=arrived)
    call = leave(place, trainee, approval="")
    if needed:
        assert refused(call) == [("approval", "within_service")]
    else:
        assert call().approval == ""


def test_the_service_is_told_in_years_and_months(trainee):
    found = transfers.service_of(trainee)
    assert (found.years, found.months, found.minimum_until, found.is_complete) == (2, 4, date(2029, 6, 30), False)


def test_a_departure_closes_the_file_and_cuts_a_running_term_short(place, trainee):
    term = terms.start_term(trainee, village=place.village, started_on=date(2025, 9, 1), actor=place.staff)
    interruptions.interrupt_term(term, started_on=date(2026, 9, 1), reason="病假", actor=place.staff)
    leave(place, trainee)()
    term = VillageTerm.objects.get()
    assert (term.ended_on, term.is_cut_short, fresh(trainee).term_ends_on) == (WHEN, True, None)
    assert refused(move(place, trainee)) == [("", "read_only")]
    assert refused(leave(place, trainee)) == [("", "read_only")]


def test_a_term_that_was_due_before_the_departure_ends_as_it_was_due(place, trainee):
    terms.start_term(trainee, village=place.village, started_on=date(2024, 9, 1), actor=place.staff)
    leave(place, trainee)()
    term = VillageTerm.objects.get()
    assert (term.ended_on, term.is_cut_short, fresh(trainee).term_ends_on) == (
        date(2026, 8, 31),
        False,
        date(2026, 8, 31),
    )


def test_nobody_leaves_before_a_term_of_theirs_ended_or_began(place, trainee):
    terms.start_term(trainee, village=place.village, started_on=TODAY, actor=place.staff)
    assert refused(leave(place, trainee)) == [("effective_on", "term_after")]


def test_taking_a_departure_back_restores_exactly_what_it_did(place, trainee):
    first = terms.start_term(trainee, village=place.village, started_on=date(2024, 9, 1), actor=place.staff)
    terms.end_term(first, ended_on=date(2025, 1, 1), is_cut_short=True, actor=place.staff)
    running = terms.start_term(trainee, village=place.village, started_on=date(2025, 9, 1), actor=place.staff)
    before = (running.due_on, running.due_on)
    leave(place, trainee)()
    trainee = transfers.undo_departure(trainee, reason="误录", actor=place.staff)
    ends = dict(VillageTerm.objects.values_list("pk", "ended_on"))
    assert ends == {first.pk: date(2025, 1, 1), running.pk: None}
    assert (VillageTerm.objects.get(pk=running.pk).due_on, trainee.term_ends_on) == before
    assert (trainee.departed_on, Transfer.objects.standing().exists()) == (None, False)
    assert refused(lambda: transfers.undo_departure(trainee, reason="误录", actor=place.staff)) == [
        ("", "not_departed")
    ]
    assert leave(place, trainee)().is_voided is False
