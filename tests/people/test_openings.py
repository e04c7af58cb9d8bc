"""Who opened a growth file: one row a day, counted by year and role for the person concerned alone."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cadre_app.accounts.models import User
from cadre_app.core.roles import Role
from cadre_app.people.models import Opening, Person, Trainee
from cadre_app.people.services.openings import record_opening
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import District

pytestmark = pytest.mark.django_db
OWN = reverse("people:own_openings")


@pytest.fixture
def own(place: District) -> User:
    return UserFactory.create(kind="trainee", unit=place.town, language="en")


@pytest.fixture
def file(place: District, own: User) -> Trainee:
    return TraineeFactory.create(person=PersonFactory.create(name="林知远", account=own), home_unit=place.town)


def pages(file: Trainee) -> list[str]:
    return [reverse(name, kwargs={"pk": file.pk}) for name in ("growth:file", "people:trainee_detail")]


def test_opening_a_file_several_times_a_day_is_one_row(place, file, client_of):
    for url in pages(file) * 2:
        assert client_of(place.staff).get(url).status_code == 200
    assert list(Opening.objects.values_list("trainee", "user", "role", "opened_on")) == [
        (file.pk, place.staff.pk, "staff", date(2026, 11, 23))
    ]


def test_the_resume_and_its_paper_open_the_file_as_well(place, file, client_of):
    Person.objects.filter(pk=file.person_id).update(resume="2024.07--         望屿区梧岭镇工作")
    paper = {"kind": "people.resume", "pk": file.pk}
    addresses = [reverse("people:resume", kwargs={"pk": file.pk}), reverse("documents:paper", kwargs=paper)]
    addresses.append(reverse("documents:paper_word", kwargs=paper))
    for url in addresses:
        assert client_of(place.staff).get(url).status_code == 200
        assert Opening.objects.count() == 1
        Opening.objects.all().delete()
    with time_machine.travel(date(2026, 11, 24)):
        assert client_of(file.person.account).get(addresses[1]).status_code == 200
    assert not Opening.objects.exists()


def test_the_own_file_is_not_counted(own, file, client_of):
    for url in pages(file):
        assert client_of(own).get(url).status_code == 200
    assert not Opening.objects.exists()


def test_a_page_that_was_refused_is_not_an_opening(place, file, client_of):
    other = place.somebody(Role.STAFF, place.other_town)
    assert [client_of(other).get(url).status_code for url in pages(file)] == [404, 404]
    assert not Opening.objects.exists()


def test_nothing_leaves_where_the_opening_cannot_be_kept(place, file, client_of, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("no room")

    monkeypatch.setattr(Opening.objects.__class__, "bulk_create", fail)
    client = client_of(place.staff)
    client.raise_request_exception = False
    assert [client.get(url).status_code for url in pages(file)] == [500, 500]


def test_the_person_concerned_reads_counts_by_year_and_role_and_no_name(place, own, file, client_of):
    leader = place.somebody(Role.LEADER, place.top)
    User.objects.filter(pk=leader.pk).update(display_name="查阅的领导")
    for user, role in ((place.staff, "staff"), (leader, "leader"), (leader, "mentor")):
        record_opening(file, actor=user, ties={role})
    with time_machine.travel("2025-03-01T12:00:00+08:00", tick=False):
        record_opening(file, actor=leader, ties={"host", "mentor"})

    answer = client_of(own).get(OWN)

    lines = [(year, [count for _role, count in found], total) for year, found, total in answer.context["lines"]]
    assert lines == [(2026, [1, 1, 0], 2), (2025, [0, 0, 1], 1)]
    assert all(f'data-label="{role}"' in answer.content.decode() for role in answer.context["roles"])
    assert "查阅的领导" not in answer.content.decode()


def test_a_file_that_nobody_opened_says_so(own, file, client_of):
    assert "Nobody has opened your file yet." in client_of(own).get(OWN).content.decode()


def test_nobody_else_has_such_a_page(place, own, file, client_of):
    record_opening(file, actor=place.staff, ties={"staff"})
    stranger = UserFactory.create(kind="trainee", unit=place.town)
    TraineeFactory.create(person=PersonFactory.create(account=stranger), home_unit=place.town)
    leader = place.somebody(Role.LEADER, place.top)
    found = [client_of(user).get(OWN) for user in (place.staff, leader, stranger)]
    assert [answer.status_code for answer in found] == [404, 404, 200]
    assert found[-1].context["lines"] == []


def test_the_count_costs_the_same_for_one_and_for_three(place, own, file, client_of):
    client, counts = client_of(own), []
    client.get(OWN)
    for number in range(3):
        record_opening(file, actor=place.somebody(Role.STAFF, place.top), ties={"staff"})
        if number != 1:
            with CaptureQueriesContext(connection) as captured:
                client.get(OWN)
            counts.append(len(captured))
    assert counts[0] == counts[1]
