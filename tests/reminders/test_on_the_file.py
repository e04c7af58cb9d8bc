"""What rings about a person stands among the days to come of the file, for those who may see it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cadre_app.core.growth import coming_parts
from cadre_app.core.roles import Role
from cadre_app.handover.services import materials
from cadre_app.people.access import resolve
from cadre_app.reminders.models import Occurrence
from cadre_app.reminders.services.sweeping import sweep
from tests.factories import UserFactory
from tests.people.conftest import TODAY, _on_the_day, client_of, place, sign_in, trainee

__all__ = ["_on_the_day", "client_of", "place", "sign_in", "trainee"]
pytestmark = pytest.mark.django_db
RULE = "handover.material"


def rung(place, file, number: int = 0) -> None:
    """A paper that waits, and the item that the sweep made of it."""
    paper = materials.add_material(
        person=file.person,
        kind="other",
        title=f"材料{number}",
        formed_on=TODAY - timedelta(days=number),
        actor=place.staff,
    )
    Occurrence.objects.create(rule=RULE, source=paper.pk, due_on=paper.due_on, trainee=file)


def told(file, user) -> list[date]:
    return [item.day for item in coming_parts["reminders"].items(file, resolve(user, file))]


def test_an_open_item_is_told_to_whoever_may_see_it(place, trainee, client_of):
    rung(place, trainee)
    leader = place.somebody(Role.LEADER, place.top)
    others = (place.somebody(Role.STAFF, place.other_town), place.somebody(Role.LIAISON, place.town))
    assert [len(told(trainee, user)) for user in (place.staff, leader, *others)] == [1, 1, 0, 0]
    page = client_of(place.staff).get(reverse("growth:file", kwargs={"pk": trainee.pk}))
    [item] = [item for item in page.context["head"]["coming"] if item.title == "Material to be handed over"]
    assert (item.url in page.content.decode(), item.on_paper) == (True, False)


def test_the_person_is_told_what_is_theirs_to_do(place, trainee):
    own = UserFactory.create(unit=place.town, kind="trainee")
    type(trainee.person).objects.filter(pk=trainee.person_id).update(account=own)
    rung(place, trainee)
    assert told(trainee, own) == []


def test_what_is_settled_rings_no_more(place, trainee):
    rung(place, trainee)
    Occurrence.objects.update(closed_at="2026-11-23T00:00:00Z")
    assert told(trainee, place.staff) == []


@pytest.mark.parametrize("days", [39, -3])
def test_the_end_of_probation_is_told_once(place, trainee, client_of, days):
    day = TODAY + timedelta(days=days)
    type(trainee).objects.filter(pk=trainee.pk).update(probation_ends_on=day)
    sweep()
    assert Occurrence.objects.open().filter(rule__in=("probation.end", "people.probation"), due_on=day).exists()
    page = client_of(place.staff).get(reverse("growth:file", kwargs={"pk": trainee.pk}))
    told = [item.title for item in page.context["head"]["coming"] if item.day == day]
    assert (len(told), "Probation ends" in told) == (1, days > 0)


def test_it_costs_the_same_with_three(place, trainee, client_of):
    client, url, counts = client_of(place.staff), reverse("growth:file", kwargs={"pk": trainee.pk}), []
    for numbers in ((0,), (1, 2)):
        for number in numbers:
            rung(place, trainee, number)
        client.get(url)
        with CaptureQueriesContext(connection) as found:
            client.get(url)
        counts.append(len(found))
    assert counts[0] == counts[1]
