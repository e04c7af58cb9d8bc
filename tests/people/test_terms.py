from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from cadre_app.history.models import Entry
from cadre_app.people.models import PartyStage, Trainee, VillageTerm
from cadre_app.people.services import interruptions, terms
from tests.people.conftest import TODAY
from tests.people.test_offices import refused

STARTED = date(2024, 9, 1)
DUE = date(2026, 8, 31)


@pytest.fixture
def term(place, trainee):
    return terms.start_term(trainee, village=place.village, started_on=STARTED, actor=place.staff)


def dates(term) -> tuple[date | None, date | None]:
    """The day the term is due, and the day that counts for the stage."""
    term = VillageTerm.objects.select_related("trainee").get(pk=term.pk)
    return term.due_on, term.trainee.term_ends_on


def test_a_term_lasts_two_years_to_the_day_before(term):
    assert (term.months, dates(term)) == (24, (DUE, DUE))


@pytest.mark.parametrize(
    ("started", "due"),
    [
        (date(2024, 8, 31), date(2026, 8, 30)),
        (date(2026, 2, 28), date(2028, 2, 27)),
        (date(2024, 10, 31), date(2026, 10, 30)),
    ],
)
def test_the_last_day_follows_the_calendar(place, trainee, started, due):
    term = terms.start_term(trainee, village=place.village, started_on=started, actor=place.staff)
    assert dates(term) == (due, due)


def test_a_leap_day_start_ends_on_the_day_before_the_last_of_february(place, trainee):
    Trainee.objects.update(arrived_on=date(2024, 2, 1))
    term = terms.start_term(trainee, village=place.village, started_on=date(2024, 2, 29), months=12, actor=place.staff)
    assert term.due_on == date(2025, 2, 27)


@pytest.mark.parametrize(
    ("stage", "status", "role"),
    [
        ("", "01", "secretary"),
        ("", "03", "director"),
        (PartyStage.FULL, "", "secretary"),
        (PartyStage.PROBATIONARY, "02", "director"),
        (PartyStage.PROBATIONARY, "01", "director"),
    ],
)
def test_the_role_follows_the_political_status(place, trainee, stage, status, role):
    trainee.person.party_stage, trainee.person.political_status = stage, status
    trainee.person.save()
    term = terms.start_term(trainee, village=place.village, started_on=STARTED, actor=place.staff)
    assert term.role == role


def test_a_term_needs_a_village_and_a_day_after_arrival(place, trainee):
    def start(**values):
        known = {"village": place.village, "started_on": STARTED, "actor": place.staff}
        return lambda: terms.start_term(trainee, **known | values)

    assert refused(start(village=place.town)) == [("village", "not_a_village")]
    assert refused(start(started_on=date(2024, 6, 30))) == [("started_on", "too_early")]
    assert refused(start(started_on=TODAY + timedelta(days=367))) == [("started_on", "too_late")]
    assert refused(start(started_on=date.max)) == [("started_on", "too_late")]
    assert refused(start(started_on=date.min)) == [("started_on", "too_early")]
    assert refused(start(months=121)) == [("months", "months")]


def test_one_term_at_a_time(place, trainee, term):
    again = lambda: terms.start_term(trainee, village=place.village, started_on=date(2025, 9, 1), actor=place.staff)  # noqa: E731
    assert refused(again) == [("started_on", "overlap")]


@pytest.mark.parametrize(
    ("ended_on", "interrupted_on", "words"),
    [
        (None, None, "From 1 Sep 2024 this person has a village term in “梧头村”, planned until 31 Aug 2026. "),
        (None, date(2026, 8, 1), "From 1 Sep 2024 this person has a village term in “梧头村”, which is interrupted. "),
        (DUE, None, "From 1 Sep 2024 to 31 Aug 2026 this person was in “梧头村”: the times overlap. "),
    ],
    ids=["runs", "interrupted", "over"],
)
def test_who_has_a_term_already_is_told_which_and_its_days(place, trainee, term, ended_on, interrupted_on, words):
    if interrupted_on is not None:
        interruptions.interrupt_term(term, started_on=interrupted_on, reason="病假", actor=place.staff)
    if ended_on is not None:
        terms.end_term(term, ended_on=ended_on, actor=place.staff)
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        terms.start_term(trainee, village=place.village, started_on=date(2026, 8, 31), actor=place.staff)
    assert caught.value.messages == [words + ("Choose other days." if ended_on else "Enter its last day first.")]


def test_a_term_moves_and_opens_again_only_while_no_other_one_has_its_days(place, trainee, term):
    ended = terms.end_term(term, ended_on=date(2026, 8, 30), actor=place.staff)
    second = terms.start_term(trainee, village=place.village, started_on=date(2026, 8, 31), actor=place.staff)
    values = {"village": place.village, "role": second.role, "months": 24, "actor": place.staff}
    assert refused(lambda: terms.change_term(second, started_on=date(2026, 8, 30), **values)) == [
        ("started_on", "overlap")
    ]
    assert refused(lambda: terms.reopen_term(ended, actor=place.staff)) == [("", "later_term")]
    assert terms.change_term(second, started_on=date(2026, 9, 1), **values).started_on == date(2026, 9, 1)


def test_an_interruption_moves_the_end_by_its_days_both_included(place, term):
    item = interruptions.interrupt_term(
        term, started_on=date(2025, 3, 1), ended_on=date(2025, 3, 30), reason="病假", actor=place.staff
    )
    assert dates(term) == (DUE + timedelta(days=30), DUE + timedelta(days=30))
    interruptions.void_interruption(item, reason="误录", actor=place.staff)
    assert dates(term) == (DUE, DUE)


def test_an_open_interruption_leaves_the_term_without_an_end(place, term):
    item = interruptions.interrupt_term(term, started_on=date(2025, 3, 1), reason="产假", actor=place.staff)
    assert dates(term) == (None, None)
    interruptions.change_interruption(
        item, started_on=date(2025, 3, 1), ended_on=date(2025, 3, 1), reason="产假", actor=place.staff
    )
    assert dates(term) == (DUE + timedelta(days=1), DUE + timedelta(days=1))


def test_an_interruption_lies_inside_its_term(place, term):
    def interrupt(first, last=None):
        return lambda: interruptions.interrupt_term(
            term, started_on=first, ended_on=last, reason="病假", actor=place.staff
        )

    assert refused(interrupt(STARTED - timedelta(days=1), STARTED)) == [("started_on", "too_early")]
    assert refused(interrupt(DUE + timedelta(days=1), TODAY)) == [("started_on", "after_term")]
    assert refused(interrupt(TODAY + timedelta(days=1))) == [("started_on", "future")]
    assert refused(interrupt(STARTED, STARTED - timedelta(days=1))) == [("ended_on", "before_start")]
    assert refused(interrupt(STARTED, date.max)) == [("ended_on", "too_long")]
    interrupt(DUE, TODAY)()
    assert refused(interrupt(TODAY, TODAY)) == [("started_on", "started_on")]


def test_a_term_that_ended_counts_unless_it_was_cut_short(place, term):
    ended = terms.end_term(term, ended_on=DUE, reason="期满", actor=place.staff)
    assert dates(ended) == (DUE, DUE)
    reopened = terms.reopen_term(ended, reason="误录", actor=place.staff)
    cut = terms.end_term(reopened, ended_on=date(2025, 1, 1), is_cut_short=True, reason="调整", actor=place.staff)
    assert dates(cut) == (DUE, None)


def test_the_earliest_term_that_counts_gives_the_day(place, trainee, term):
    terms.end_term(term, ended_on=date(2025, 1, 1), is_cut_short=True, actor=place.staff)
    second = terms.start_term(trainee, village=place.village, started_on=date(2025, 2, 1), months=12, actor=place.staff)
    terms.end_term(second, ended_on=second.due_on, actor=place.staff)
    third = terms.start_term(trainee, village=place.village, started_on=date(2026, 2, 1), months=12, actor=place.staff)
    assert dates(third) == (date(2027, 1, 31), date(2026, 1, 31))
    terms.void_term(second, reason="误录", actor=place.staff)
    assert dates(third) == (date(2027, 1, 31), date(2027, 1, 31))


def test_a_term_ends_only_on_a_day_it_was_running(place, term):
    interruptions.interrupt_term(term, started_on=date(2026, 8, 1), reason="病假", actor=place.staff)

    def end(day, **values):
        return lambda: terms.end_term(term, ended_on=day, actor=place.staff, **values)

    assert refused(end(TODAY + timedelta(days=1))) == [("ended_on", "future")]
    assert refused(end(STARTED - timedelta(days=1), is_cut_short=True)) == [("ended_on", "before_start")]
    assert refused(end(date(2026, 8, 2))) == [("ended_on", "interrupted")]
    assert end(date(2026, 8, 2), is_cut_short=True)().is_cut_short


def test_a_correction_moves_the_end_and_keeps_interruptions_inside(place, term):
    interruptions.interrupt_term(
        term, started_on=date(2024, 9, 10), ended_on=date(2024, 9, 10), reason="病假", actor=place.staff
    )

    def change(**values):
        known = {"village": place.village, "role": "director", "started_on": STARTED, "months": 24}
        return lambda: terms.change_term(term, **known | values, actor=place.staff)

    assert refused(change(started_on=date(2024, 9, 11))) == [("started_on", "before_term")]
    change(months=12)()
    assert dates(term) == (date(2025, 9, 1), date(2025, 9, 1))


def test_the_history_tells_of_the_day_that_moved(place, term):
    verbs = sorted(Entry.objects.values_list("verb", flat=True))
    assert verbs == ["people.trainee.term_end_changed", "people.villageterm.started"]


def test_a_closed_file_takes_no_term(place, trainee, term):
    Trainee.objects.filter(pk=trainee.pk).update(departed_on=TODAY)
    for call in (
        lambda: terms.end_term(term, ended_on=DUE, actor=place.staff),
        lambda: terms.void_term(term, reason="误录", actor=place.staff),
        lambda: interruptions.interrupt_term(term, started_on=DUE, reason="病假", actor=place.staff),
    ):
        assert refused(call) == [("", "read_only")]
