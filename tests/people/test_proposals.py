import json
from datetime import date

import pytest

from cadre_app.core.models import Stale
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.people.models import Person, Proposal, Trainee
from cadre_app.people.services import persons, proposals
from cadre_app.people.services.proposals import body_of, compared_state
from tests.factories import PersonFactory, TraineeFactory, UserFactory, id_number
from tests.people.test_persons import errors_of, refusal_of

NUMBER = id_number(date(1998, 3, 14))


@pytest.fixture
def owner(place, trainee):
    """The account of the trainee."""
    account = UserFactory.create(unit=place.town)
    Person.objects.filter(pk=trainee.person_id).update(account=account, health="一般")
    return account


def proposed(trainee, owner, section="identity", reason="证件更新", **values):
    return proposals.propose_change(
        Trainee.objects.get(pk=trainee.pk), section=section, values=values, reason=reason, actor=owner
    )


def person_of(trainee):
    return Person.objects.get(pk=trainee.person_id)


def test_only_what_differs_is_kept(place, trainee, owner):
    name = trainee.person.name
    proposal = proposed(trainee, owner, name=name, health="良好", native_place="临澜", birth_month=date(1998, 3, 9))
    assert body_of(proposal) == {
        "birth_month": [None, "1998-03-01"],
        "native_place": ["", "临澜"],
        "health": ["一般", "良好"],
    }
    assert (proposal.status, person_of(trainee).health) == ("waiting", "一般")


def test_what_is_proposed_stays_out_of_the_history(place, trainee, owner):
    proposal = proposed(trainee, owner, "contacts", phone="13800000000")
    proposals.accept_proposal(proposal, actor=place.staff)
    entries = Entry.objects.about(proposal)
    assert all("13800000000" not in f"{entry.before}{entry.after}" for entry in entries)
    assert [entry.sealed for entry in entries] == [["body"], ["body"]]


@pytest.mark.parametrize(
    ("section", "values", "found"),
    [
        ("identity", {"id_number": "123"}, ["id_number"]),
        ("identity", {"name": " "}, ["name"]),
        ("identity", {"native_place": "某" * 41}, ["native_place"]),
        ("contacts", {"phone": "12"}, ["phone"]),
        ("contacts", {"email": "x"}, ["email"]),
        ("party", {"political_status": "01", "party_stage": "activist"}, ["party_stage"]),
        ("party", {"party_applied_on": date(2027, 1, 1)}, ["party_applied_on"]),
        ("resume", {"resume": "曾在某地"}, ["resume"]),
    ],
)
def test_what_could_not_be_accepted_is_not_proposed(place, trainee, owner, section, values, found):
    assert list(errors_of(proposed, trainee, owner, section, **values)) == found


def test_a_proposer_does_not_learn_whose_number_it_is(place, trainee, owner):
    persons.create_person(name="林知远", id_number=NUMBER, actor=place.staff)
    proposal = proposed(trainee, owner, id_number=NUMBER)
    taken = errors_of(proposals.accept_proposal, proposal, actor=place.staff)
    assert (proposal.status, taken) == ("waiting", {"id_number": ["taken"]})


def test_nothing_new_is_no_proposal(place, trainee, owner):
    assert refusal_of(proposed, trainee, owner, health="一般", id_number=None) == "nothing"


def test_one_proposal_waits_per_section(place, trainee, owner):
    first = proposed(trainee, owner, health="良好")
    assert refusal_of(proposed, trainee, owner, health="较好") == "waiting"
    assert proposed(trainee, owner, "contacts", email="a@example.org").status == "waiting"
    proposals.withdraw_proposal(first, version=1, actor=owner)
    assert proposed(trainee, owner, health="较好").status == "waiting"


def test_an_old_page_proposes_nothing(place, trainee, owner):
    persons.change_contacts(person_of(trainee), email="b@example.org", actor=place.staff)
    with pytest.raises(Stale):
        proposals.propose_change(trainee, section="identity", values={"health": "良好"}, version=1, actor=owner)


def test_accepting_changes_the_person_in_the_name_of_staff(place, trainee, owner):
    proposal = proposed(trainee, owner, name="林知远", health="良好", birth_month=date(1998, 3, 1))
    proposal = proposals.accept_proposal(proposal, answer="已核对", actor=place.staff)
    person = person_of(trainee)
    assert (person.name, person.health, person.birth_month) == ("林知远", "良好", date(1998, 3, 1))
    assert person.name_initials == "lzy"
    assert (proposal.status, proposal.answer, proposal.answered_by) == ("accepted", "已核对", place.staff)
    assert Entry.objects.about(person).get(verb="people.person.identity_changed").actor == place.staff


def test_some_lines_may_be_accepted(place, trainee, owner):
    proposal = proposed(trainee, owner, native_place="临澜", health="良好")
    proposal = proposals.accept_proposal(proposal, fields=["health"], actor=place.staff)
    person = person_of(trainee)
    assert (person.health, person.native_place) == ("良好", "")
    assert body_of(proposal) == {"native_place": ["", "临澜", False], "health": ["一般", "良好", True]}


@pytest.mark.parametrize("fields", [[], ["name"], ["health", "account"]])
def test_lines_that_were_not_proposed_cannot_be_accepted(place, trainee, owner, fields):
    proposal = proposed(trainee, owner, health="良好")
    assert errors_of(proposals.accept_proposal, proposal, fields=fields, actor=place.staff) == {"fields": ["fields"]}


def test_a_part_that_contradicts_the_rest_is_refused(place, trainee, owner):
    Person.objects.filter(pk=trainee.person_id).update(political_status="03")
    proposal = proposed(trainee, owner, "party", political_status="01", party_joined_on=date(2020, 1, 1))
    found = errors_of(proposals.accept_proposal, proposal, fields=["party_joined_on"], actor=place.staff)
    assert (found, Proposal.objects.get().status) == ({"party_joined_on": ["stage"]}, "waiting")


@pytest.mark.parametrize(
    ("section", "values", "field", "expected"),
    [
        ("contacts", {"phone": "138-0000-0000"}, "phone", "13800000000"),
        (
            "party",
            {"political_status": "02", "party_joined_on": date(2026, 6, 1)},
            "party_stage",
            "probationary",
        ),
        ("resume", {"resume": "2016.09-- 澜江大学学生"}, "resume", "2016.09--         澜江大学学生"),
    ],
)
def test_every_section_can_be_accepted(place, trainee, owner, section, values, field, expected):
    proposals.accept_proposal(proposed(trainee, owner, section, **values), actor=place.staff)
    assert getattr(person_of(trainee), field) == expected


def test_education_is_proposed_as_a_further_row(place, trainee, owner):
    row = {"mode": "on_the_job", "level": "14", "school": "澜江大学", "graduated_on": date(2025, 6, 1)}
    proposals.accept_proposal(proposed(trainee, owner, "education", **row), actor=place.staff)
    education = person_of(trainee).educations.get()
    assert (education.mode, education.level, education.graduated_on) == ("on_the_job", "14", date(2025, 6, 1))


def test_refusing_says_why_and_changes_nothing(place, trainee, owner):
    proposal = proposed(trainee, owner, health="良好")
    proposal = proposals.refuse_proposal(proposal, answer="请附体检表", actor=place.staff)
    assert (proposal.status, proposal.answer, person_of(trainee).health) == ("refused", "请附体检表", "一般")


@pytest.mark.parametrize("again", [proposals.accept_proposal, proposals.withdraw_proposal])
def test_an_answered_proposal_is_not_answered_again(place, trainee, owner, again):
    proposal = proposals.refuse_proposal(proposed(trainee, owner, health="良好"), answer="否", actor=place.staff)
    assert refusal_of(again, proposal, actor=place.staff) == "answered"


def test_a_comparison_is_stale_after_either_changed(place, trainee, owner):
    proposal = proposed(trainee, owner, health="良好")
    seen = compared_state(proposal, person_of(trainee)).version
    persons.change_contacts(person_of(trainee), email="b@example.org", actor=place.staff)
    with pytest.raises(Stale):
        proposals.accept_proposal(proposal, version=seen, actor=place.staff)
    with pytest.raises(Stale):
        proposals.refuse_proposal(proposal, answer="否", version=seen, actor=place.staff)
    assert proposals.accept_proposal(proposal, version=seen + 1, actor=place.staff).status == "accepted"


def test_staff_of_the_unit_and_the_proposer_see_a_proposal(place, trainee, owner):
    proposed(trainee, owner, health="良好")
    other = TraineeFactory.create(
        home_unit=place.other_town, person=PersonFactory.create(account=UserFactory.create(unit=place.other_town))
    )
    seen = {
        "staff": place.staff,
        "owner": owner,
        "liaison": place.somebody(Role.LIAISON, place.town),
        "leader": place.somebody(Role.LEADER, place.top),
        "other staff": place.somebody(Role.STAFF, place.other_town),
        "other trainee": other.person.account,
    }
    counted = {key: Proposal.objects.visible_to(user).count() for key, user in seen.items()}
    assert counted == {"staff": 1, "owner": 1, "liaison": 0, "leader": 0, "other staff": 0, "other trainee": 0}


def test_the_body_is_sealed_in_the_database(place, trainee, owner):
    from django.db import connection

    proposal = proposed(trainee, owner, "contacts", phone="13800000000")
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM people_proposal WHERE id = %s", [proposal.pk])
        [stored] = cursor.fetchone()
    assert "13800000000" not in stored
    assert json.loads(proposal.body) == {"phone": ["", "13800000000"]}
