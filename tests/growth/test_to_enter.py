"""What may be entered about somebody stands on their file, with the person filled in."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from cadre_app.appraisal.models import AssessmentYear, UnitQuota
from cadre_app.conduct.models import NamedStaff
from cadre_app.core.growth import entry_links
from cadre_app.core.roles import Role
from cadre_app.people.models import Person, Trainee
from tests.factories import UserFactory
from tests.people.conftest import _on_the_day, client_of, place, sign_in, trainee

__all__ = ["_on_the_day", "client_of", "place", "sign_in", "trainee"]

STAFF = ["advancement.outcome", "care.held", "care.talk", "conduct.reward", "evaluation.campaign", "handover.material"]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def offered(client, trainee) -> dict[str, str]:
    page = client.get(reverse("growth:file", kwargs={"pk": trainee.pk}))
    keys = {link: key for key, link in entry_links.items()}
    return {keys[link]: url for link, url in page.context["to_enter"]}


def test_staff_reach_every_form_in_one_press(place, trainee, client_of):
    client = client_of(place.staff)
    found = offered(client, trainee)
    assert sorted(found) == STAFF
    assert [key for key, url in found.items() if client.get(url).status_code != 200] == []


def test_the_person_is_filled_in(place, trainee, client_of):
    client = client_of(place.staff)
    found = offered(client, trainee)
    assert client.get(found["handover.material"]).context["form"]["person"].value() == str(trainee.person_id)
    assert client.get(found["evaluation.campaign"]).context["form"]["trainees"].value() == [str(trainee.pk)]
    assert client.get(found["advancement.outcome"]).context["trainee"].pk == trainee.pk


@pytest.mark.parametrize("key", ["handover.material", "evaluation.campaign"])
@pytest.mark.parametrize("typed", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_whoever_is_named_wrongly_in_the_address_is_not_filled_in(place, trainee, client_of, key, typed):
    client = client_of(place.staff)
    url = offered(client, trainee)[key]
    name = {"handover.material": str(trainee.person_id), "evaluation.campaign": str(trainee.pk)}[key]
    page = client.get(url.replace(name, typed))
    assert (page.status_code, "checked" in page.content.decode()) == (200, False)


def test_the_person_enters_an_achievement_alone(place, trainee, client_of):
    own = UserFactory.create(unit=place.town, kind="trainee")
    Person.objects.filter(pk=trainee.person_id).update(account=own)
    assert sorted(offered(client_of(own), trainee)) == ["achievements.achievement"]


@pytest.mark.parametrize(
    ("role", "keys"), [(Role.LEADER, []), (Role.LIAISON, ["conduct.reward", "evaluation.campaign"])]
)
def test_others_are_offered_what_they_may_enter(place, trainee, client_of, role, keys):
    assert sorted(offered(client_of(place.somebody(role, place.top)), trainee)) == keys


def test_only_named_staff_are_offered_discipline(place, trainee, client_of):
    leader = place.somebody(Role.LEADER, place.top)
    named = {"user": place.staff, "named_by_user": leader, "named_on": date(2026, 1, 1), "reason": "分工"}
    NamedStaff.objects.create(unit=place.top, **named)
    found = offered(client_of(place.staff), trainee)
    assert sorted(found) == sorted([*STAFF, "conduct.admonition", "conduct.sanction"])


def test_the_annual_assessment_is_offered_where_a_year_is_open(place, trainee, client_of):
    year = AssessmentYear.objects.create(
        unit=place.top, year=2026, starts_on=date(2026, 11, 1), ends_on=date(2027, 1, 31)
    )
    quota = UnitQuota.objects.create(campaign=year, unit=place.town)
    found = offered(client_of(place.staff), trainee)
    assert found["appraisal.annual"] == reverse("appraisal:annual_grid", kwargs={"pk": quota.pk})


def test_a_closed_file_offers_the_papers_of_whoever_left_alone(place, trainee, client_of):
    Trainee.objects.filter(pk=trainee.pk).update(departed_on=date(2026, 8, 31))
    assert sorted(offered(client_of(place.staff), trainee)) == ["handover.material"]
