"""What the pages of people must not give away: numbers, files out of scope, who has an account."""

import hashlib
from datetime import date

import pytest
from django.urls import reverse

from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.people.models import OfficeHolding, Person, Proposal, Relative, Trainee
from cadre_app.people.services import family, offices, persons
from tests.factories import PersonFactory, TraineeFactory, UserFactory, id_number

NUMBER = id_number(date(1999, 3, 4))
OTHER_NUMBER = id_number(date(1999, 3, 4), serial=4)


def holding_in(place, person: Person) -> OfficeHolding:
    office = offices.create_office(unit=place.town, name="副镇长", actor=place.staff)
    return offices.appoint(office, person=person, since=date(2025, 1, 1), actor=place.staff)


def number_of(place, person: Person) -> Person:
    return persons.change_identity(person, name=person.name, id_number=NUMBER, actor=place.staff)


@pytest.fixture
def filed_elsewhere(place) -> Trainee:
    """A file of the other town, of somebody who holds an office in the town."""
    trainee = TraineeFactory.create(home_unit=place.other_town)
    number_of(place, trainee.person)
    holding_in(place, trainee.person)
    return trainee


class TestAnOfficeOfSomebodyWhoseFileIsElsewhere:
    @pytest.mark.parametrize("step", ["request", "link", "unlink"])
    def test_gives_no_account_that_would_open_the_file(self, place, filed_elsewhere, sign_in, step):
        friend = UserFactory.create(unit=place.town, username="friend")
        client = sign_in(place.somebody(Role.STAFF, place.town))
        person = Person.objects.get(pk=filed_elsewhere.person_id)
        url = reverse(f"people:account_{step}", args=[person.pk])

        sent = {"account": "friend", "username": "friend2", "reason": "结对", "version": person.version}

        assert client.get(reverse("people:person_detail", args=[person.pk])).status_code == 200
        assert client.post(url, sent).status_code == 403
        assert not Person.objects.filter(account=friend).exists()

    @pytest.mark.parametrize("field", ["id_number", "phone"])
    def test_shows_no_number(self, place, filed_elsewhere, sign_in, field):
        client = sign_in(place.somebody(Role.STAFF, place.town))

        page = client.post(reverse("people:reveal", args=[filed_elsewhere.person_id, field]), {"reason": "核对"})

        assert (page.status_code, NUMBER in page.content.decode()) == (403, False)


@pytest.mark.parametrize("role", [Role.STAFF, Role.LEADER])
def test_the_number_of_whoever_left_the_office_is_not_shown(place, sign_in, role):
    person = number_of(place, PersonFactory.create(name="梁国忠"))
    holding = holding_in(place, person)
    client = sign_in(place.somebody(role, place.town))
    url = reverse("people:reveal", args=[person.pk, "id_number"])
    assert NUMBER in client.post(url, {"reason": "核对"}).content.decode()

    offices.end_holding(holding, until=date(2026, 11, 1), actor=place.staff)

    assert client.post(url, {"reason": "核对"}).status_code == 403


class TestProposedNumbers:
    """A liaison sees no number, and does not find it out by proposing one."""

    def proposed(self, client, trainee, number: str) -> Proposal:
        person = Person.objects.get(pk=trainee.person_id)
        sent = {"name": person.name, "sex": person.sex, "birth_month": "1999-03", "id_number": number}
        url = reverse("people:section_propose", args=[trainee.pk, "identity"])
        assert client.post(url, {**sent, "version": person.version}).status_code == 302
        return Proposal.objects.latest("created_at")

    @pytest.mark.parametrize("number", [NUMBER, OTHER_NUMBER])
    def test_the_answer_is_the_same_for_the_recorded_one(self, place, trainee, sign_in, number):
        number_of(place, trainee.person)
        client = sign_in(place.somebody(Role.LIAISON, place.town))

        proposal = self.proposed(client, trainee, number)
        [line] = client.get(reverse("people:proposal_detail", args=[proposal.pk])).context["lines"]

        assert (line.then, line.now, line.proposed, line.moved, line.same) == ("****", "****", "****", False, False)

    def test_a_comparison_is_not_told_afterwards(self, place, trainee, sign_in):
        number_of(place, trainee.person)
        client = sign_in(place.somebody(Role.LIAISON, place.town))
        proposal = self.proposed(client, trainee, OTHER_NUMBER)
        url = reverse("people:proposal_detail", args=[proposal.pk])
        persons.change_identity(trainee.person, name="林某", id_number=OTHER_NUMBER, actor=place.staff)

        [line] = client.get(url).context["lines"]
        assert (line.then, line.now, line.proposed, line.moved, line.same) == ("****", "****", "****", False, False)

    def test_staff_see_that_it_is_recorded_already(self, place, trainee, sign_in):
        number_of(place, trainee.person)
        proposal = self.proposed(sign_in(place.somebody(Role.LIAISON, place.town)), trainee, NUMBER)
        client = sign_in(place.staff)
        url = reverse("people:proposal_detail", args=[proposal.pk])
        page = client.get(url)

        [line] = page.context["lines"]
        sent = {"lines": ["id_number"], "version": page.context["form"]["version"].value()}

        assert (line.same, line.moved) == (True, False)
        assert client.post(url, sent).status_code == 302
        assert Person.objects.get(pk=trainee.person_id).id_number == NUMBER


def test_a_relative_out_of_sight_stays_named(place, trainee, sign_in):
    other = TraineeFactory.create(home_unit=place.other_town).person
    relative = family.add_relative(trainee.person, relation="兄", name="某人", other=other, actor=place.staff)
    client = sign_in(place.somebody(Role.STAFF, place.town))
    url = reverse("people:relative_edit", args=[relative.pk])
    assert other.name not in client.get(url).content.decode()

    sent = {"relation": "兄", "name": "某人", "work": "潮音镇政府", "version": relative.version}

    assert client.post(url, sent).status_code == 302
    found = Relative.objects.get(pk=relative.pk)
    assert (found.other, found.work) == (other, "潮音镇政府")


def test_a_relative_in_sight_may_be_unnamed(place, trainee, sign_in):
    other = TraineeFactory.create(home_unit=place.town).person
    relative = family.add_relative(trainee.person, relation="兄", other=other, actor=place.staff)
    client = sign_in(place.somebody(Role.STAFF, place.town))

    sent = {"relation": "兄", "name": "某人", "version": relative.version}
    assert client.post(reverse("people:relative_edit", args=[relative.pk]), sent).status_code == 302

    assert Relative.objects.get(pk=relative.pk).other is None


@pytest.mark.parametrize("role", [Role.LEADER, Role.LIAISON])
def test_who_has_an_account_is_for_staff(place, trainee, sign_in, role):
    client = sign_in(place.somebody(role, place.town))

    page = client.get("/people/?columns=name,account")
    narrowed = client.get("/people/?account=has")

    assert [column.key for column in page.context["table"].columns] == ["name"]
    assert "account" not in page.context["filter"].form.fields
    assert [row.object for row in narrowed.context["table"].rows] == [trainee]


@pytest.mark.parametrize("find", ["%00", "a%00", "%E2%80%AE"])
def test_the_tree_is_whole_for_what_cannot_be_typed(place, sign_in, find):
    page = sign_in(place.staff).get(f"/people/tree/?find={find}")

    assert (page.status_code, "梧岭镇" in page.content.decode()) == (200, True)


@pytest.mark.parametrize("text", ["秘密★1年", "附件：机密★", "绝密10年"])
def test_a_text_with_a_classification_marking_is_refused_and_who_sent_it_goes_on_record(place, trainee, sign_in, text):
    values = {"version": trainee.version, "kind": "selected", "status": "civil_servant", "arrived_on": "2024-07-01"}
    address = reverse("people:facts_edit", kwargs={"pk": trainee.pk})
    response = sign_in(place.staff).post(address, {**values, "remark": text})
    trainee.refresh_from_db()
    assert (response.status_code, trainee.remark, text in response.content.decode()) == (200, "", True)
    entry = Entry.objects.get(verb="history.text.refused")
    assert (entry.actor_id, entry.after) == (place.staff.pk, {"sha256": hashlib.sha256(text.encode()).hexdigest()})


@pytest.mark.parametrize("text", ["商业秘密保护", "保密教育", "学习《保守国家秘密法》"])
def test_talk_about_secrecy_is_ordinary_text(place, trainee, sign_in, text):
    values = {"version": trainee.version, "kind": "selected", "status": "civil_servant", "arrived_on": "2024-07-01"}
    sign_in(place.staff).post(reverse("people:facts_edit", kwargs={"pk": trainee.pk}), {**values, "remark": text})
    trainee.refresh_from_db()
    assert trainee.remark == text


def test_a_marked_reason_of_a_proposal_is_refused(place, trainee, sign_in):
    trainee.person.account = UserFactory.create(unit=place.town)
    trainee.person.save()
    address = reverse("people:section_propose", kwargs={"pk": trainee.pk, "section": "contacts"})
    data = {"version": trainee.person.version, "email": "a@example.com", "reason": "机密★3年 见附件"}
    response = sign_in(trainee.person.account).post(address, data)
    assert (response.status_code, list(response.context["form"].errors), Proposal.objects.count()) == (
        200,
        ["reason"],
        0,
    )
