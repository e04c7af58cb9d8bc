from datetime import date

import pytest
from django.urls import reverse

from cadre_app.people.models import Person, Trainee
from tests.factories import UserFactory


@pytest.fixture
def owner(place, trainee):
    account = UserFactory.create(unit=place.town, kind="trainee")
    Person.objects.filter(pk=trainee.person_id).update(account=account)
    return account


def shown(client):
    panels = client.get(reverse("desk:home")).context["desk"].panels
    return [panel.context["lines"] for panel in panels if "lines" in panel.context]


def test_the_desk_of_a_trainee_leads_to_the_own_file(place, trainee, owner, sign_in):
    client = sign_in(owner)
    texts = [line["text"] for line in shown(client)[0]]
    assert texts[:2] == [trainee.file_number, "梧岭镇"]
    assert f'href="{reverse("people:my_file")}"' in client.get(reverse("desk:home")).content.decode()


def test_a_voided_file_is_not_offered(place, trainee, owner, sign_in):
    Trainee.objects.filter(pk=trainee.pk).update(voided_at=trainee.created_at)
    assert shown(sign_in(owner)) == []


def test_a_departed_file_is_still_offered(place, trainee, owner, sign_in):
    Trainee.objects.filter(pk=trainee.pk).update(departed_on=date(2026, 1, 1))
    assert shown(sign_in(owner))[0][0]["text"] == trainee.file_number


def test_accounts_without_a_file_see_no_such_part(place, sign_in):
    assert shown(sign_in(UserFactory.create(unit=place.town, kind="mentor"))) == []
