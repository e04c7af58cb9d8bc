from datetime import date, timedelta

from cadre_app.people.models import ArrivalCheck, Trainee
from cadre_app.people.services import arrival
from tests.people.conftest import TODAY
from tests.people.test_offices import refused


def tick(place, trainee, **values):
    known = {"item": "01", "done_on": date(2024, 7, 1), "actor": place.staff}
    return lambda: arrival.tick_item(trainee, **known | values)


def test_an_item_is_ticked_once_and_again_after_it_was_taken_back(place, trainee):
    check = tick(place, trainee)()
    assert refused(tick(place, trainee)) == [("item", "item")]
    assert arrival.untick_item(check, reason="误录", actor=place.staff).is_voided
    assert refused(lambda: arrival.untick_item(check, reason="误录", actor=place.staff)) == [("", "voided")]
    tick(place, trainee)()
    assert ArrivalCheck.objects.standing().count() == 1


def test_only_items_of_the_list_are_ticked_on_days_that_have_come(place, trainee):
    assert refused(tick(place, trainee, item="99")) == [("item", "unknown_item")]
    assert refused(tick(place, trainee, done_on=TODAY + timedelta(days=1))) == [("done_on", "future")]
    assert refused(tick(place, trainee, done_on=date(2023, 6, 30))) == [("done_on", "too_early")]
    assert refused(tick(place, trainee, done_on=date.min)) == [("done_on", "too_early")]


def test_a_closed_file_is_not_ticked(place, trainee):
    check = tick(place, trainee)()
    Trainee.objects.update(departed_on=TODAY)
    assert refused(tick(place, trainee, item="02")) == [("", "read_only")]
    assert refused(lambda: arrival.untick_item(check, reason="误录", actor=place.staff)) == [("", "read_only")]


def test_the_checklist_is_due_thirty_days_after_arrival(trainee):
    assert arrival.due_on(trainee) == date(2024, 7, 31)
