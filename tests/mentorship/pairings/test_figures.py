from datetime import date, timedelta

import pytest

from cadre_app.core.figures import Asked, count_all, figures
from cadre_app.core.roles import Role
from cadre_app.mentorship.figures import LINES
from cadre_app.mentorship.health import Health, limits_on
from cadre_app.mentorship.models import CheckIn, MentorKind, Pairing
from cadre_app.mentorship.services import check_ins, notes, pairings
from cadre_app.people.models import Trainee
from cadre_app.people.services import transfers
from cadre_app.policy import snapshot
from tests.mentorship.pairings.conftest import STARTED, newcomer
from tests.people.conftest import TODAY

KEYS = [key for key, *_rest in LINES]


def counted(day=TODAY, **values):
    return count_all(Asked.on(day, **values), {key: figures[key] for key in KEYS})


@pytest.fixture
def both(place, trainee, pairing, elder):
    return pairings.create_pairing(
        trainee, kind=MentorKind.COMMUNITY, mentor=elder.person, office=elder.office, started_on=date(2026, 9, 1),
        actor=place.staff,
    )  # fmt: skip


def test_who_has_both_mentors_counts_once(place, both, head):
    newcomer(place, "陈嘉穗")
    assert counted()["mentor_pairs"] == 1
    assert counted()["pairings_running"] == 2


def test_a_past_day_is_counted_as_it_was(place, both):
    assert [counted(day)["mentor_pairs"] for day in (date(2026, 8, 31), date(2026, 9, 1))] == [0, 1]
    pairings.end_pairing(both, ended_on=date(2026, 10, 1), end_kind="early", reason="一", actor=place.staff)
    assert [counted(day)["mentor_pairs"] for day in (date(2026, 9, 30), date(2026, 10, 1), TODAY)] == [1, 0, 0]


def test_who_left_no_longer_counts_but_their_pairings_run_until_they_are_ended(place, trainee, both):
    transfers.record_departure(
        Trainee.objects.get(pk=trainee.pk), kind="other", effective_on=TODAY, document_number="一", approval="同意",
        actor=place.staff,
    )  # fmt: skip
    assert (counted()["mentor_pairs"], counted()["pairings_running"]) == (0, 2)


def test_how_they_went_on_a_past_day_follows_from_what_was_written_until_then(place, both):
    notes.add_note(both, happened_on=date(2026, 10, 1), way="phone", text="谈心", actor=None)
    held = CheckIn.objects.create(pairing=both, planned_on=date(2026, 10, 2))
    check_ins.hold_check_in(held, held_on=date(2026, 10, 2), actor=place.staff)
    Pairing.objects.filter(kind="political").update(voided_at="2026-11-01T00:00:00Z")

    def health(day):
        found = counted(day)
        return [found[f"pairings_{key}"] for key in ("behind", "quiet")]

    assert [health(date(2026, 10, day)) for day in (1, 2, 31)] == [[0, 0], [0, 0], [0, 0]]
    assert health(date(2026, 11, 2)) == [0, 1]
    assert health(date(2026, 12, 3)) == [1, 0]
    assert health(TODAY) == [0, 1]


def test_units_and_scope_cut_the_figures(place, both):
    assert [counted(unit=unit)["mentor_pairs"] for unit in (place.town, place.other_town)] == [1, 0]
    stranger = place.somebody(Role.LEADER, place.other_town)
    assert counted(user=stranger)["pairings_running"] == 0


@pytest.mark.parametrize("unit", [None, "town", "village", "other_town"])
def test_each_figure_opens_the_list_of_exactly_what_was_counted(sign_in, place, both, unit):
    Pairing.objects.filter(kind="political").update(due_on=TODAY + timedelta(days=10), last_note_on=TODAY)
    newcomer(place, "陈嘉穗")
    Pairing.objects.filter(kind="community").update(next_check_in_on=TODAY - timedelta(days=2), last_note_on=TODAY)
    client = sign_in(place.staff)
    asked = Asked.on(TODAY, unit=getattr(place, unit) if unit else None, user=place.staff)
    numbers = count_all(asked, {key: figures[key] for key in KEYS})
    shown = {key: client.get(figures[key].url(asked)).context["table"].total for key in KEYS}
    assert shown == numbers
    assert unit == "other_town" or numbers["mentor_pairs"] == 1


def test_all_are_counted_in_one_query(place, both, django_assert_num_queries):
    with snapshot.held():
        limits_on(STARTED)
        with django_assert_num_queries(1):
            counted(STARTED, unit=place.other_town)


def test_the_list_of_a_past_day_shows_how_they_went_then(sign_in, place, both):
    past = Asked.on(TODAY - timedelta(days=1), unit=place.town, user=place.staff)
    numbers = count_all(past, {key: figures[key] for key in KEYS})
    Pairing.objects.filter(kind="political").update(ended_on=TODAY, end_kind="completed", end_reason="期满")
    client = sign_in(place.staff)
    tables = {key: client.get(figures[key].url(past)).context["table"] for key in KEYS}
    assert {key: table.total for key, table in tables.items()} == numbers
    [state] = {cell.value for row in tables["mentor_pairs"].rows for cell in row.cells if cell.column.key == "state"}
    assert state in {str(label) for label in Health.labels}
