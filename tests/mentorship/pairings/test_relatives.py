"""回避: a pairing whose mentor and trainee are declared relatives is named to those who may end it, to nobody else."""

import pytest

from cadre_app.core.roles import Role
from cadre_app.mentorship.models import MentorKind
from cadre_app.mentorship.services import pairings
from cadre_app.people.models import Person
from cadre_app.people.services import family
from tests.factories import UserFactory
from tests.mentorship.pairings.conftest import STARTED, account_of, newcomer
from tests.mentorship.pairings.test_pages import BOARD, LIST, shown, text, url
from tests.people.conftest import TODAY


@pytest.fixture
def staff(client_of, place):
    return client_of(place.staff)


KIN = "庄世恒 and 林知远 are declared relatives: end this pairing."


def declared(trainee, mentor):
    family.add_relative(trainee.person, relation="舅舅", other=mentor, actor=None)


def own_account(trainee):
    user = UserFactory.create(kind="trainee")
    Person.objects.filter(pk=trainee.person_id).update(account=user)
    return user


def hints(client):
    return [card.hint for lane in client.get(BOARD).context["lanes"] for card in lane.cards]


@pytest.mark.parametrize("role", [Role.STAFF, Role.LEADER])
def test_staff_and_leaders_are_told_to_end_a_pairing_of_declared_relatives(
    client_of, place, trainee, pairing, head, role
):
    reader = client_of(place.somebody(role, place.town))
    assert (KIN in text(reader.get(url("detail", pairing))), hints(reader)) == (False, [""])
    declared(trainee, head.person)
    assert (KIN in text(reader.get(url("detail", pairing))), hints(reader)) == (True, [KIN])
    pairings.end_pairing(pairing, ended_on=TODAY, end_kind="early", reason="回避", actor=place.staff)
    assert KIN not in text(reader.get(url("detail", pairing)))


@pytest.mark.parametrize("who", ["liaison", "mentor", "trainee"])
def test_nobody_else_learns_that_mentor_and_trainee_are_relatives(client_of, place, trainee, pairing, head, who):
    users = {"liaison": lambda: place.somebody(Role.LIAISON, place.town), "mentor": lambda: account_of(head.person)}
    reader = client_of(users.get(who, lambda: own_account(trainee))())
    before = text(reader.get(url("detail", pairing)))
    declared(trainee, head.person)
    page = reader.get(url("detail", pairing))
    assert (page.status_code, page.context["is_kin"], page.context["hint"]) == (200, False, "")
    assert text(page).count("relative") == before.count("relative")


def test_the_list_and_the_desk_of_staff_find_pairings_of_declared_relatives(
    client_of, staff, place, trainee, pairing, head
):
    query = "case=relatives"
    assert shown(staff, query) == []
    declared(trainee, head.person)
    assert shown(staff, query) == ["林知远"]
    items = [item for group in staff.get("/").context["desk"].groups for item in group.items]
    assert [item.url for item in items if "relatives" in item.title] == [f"{LIST}?{query}"]
    liaison = client_of(place.somebody(Role.LIAISON, place.town))
    assert liaison.get(f"{LIST}?{query}").context["filter"].is_valid() is False


def test_the_card_says_nothing_of_it_to_a_liaison(client_of, place, trainee, pairing, head):
    declared(trainee, head.person)
    assert hints(client_of(place.somebody(Role.LIAISON, place.town))) == [""]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_costs_the_same_queries_however_many_are_relatives(
    staff, place, head, rows, django_assert_num_queries
):
    for number in range(rows):
        file = newcomer(place, f"林同志{number}")
        pairings.create_pairing(
            file, kind=MentorKind.POLITICAL, mentor=head.person, office=head.office, started_on=STARTED,
            actor=place.staff,
        )  # fmt: skip
        declared(file, head.person)
    staff.get(BOARD)
    with django_assert_num_queries(13):
        assert len([hint for hint in hints(staff) if hint]) == rows
