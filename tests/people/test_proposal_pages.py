"""Proposing, and the pages on which staff compare and answer."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.people.models import Person, Proposal, Trainee
from cadre_app.people.services import persons, proposals
from cadre_app.people.services.proposals import body_of, compared_state
from tests.factories import PersonFactory, TraineeFactory, UserFactory, id_number

NUMBER = id_number(date(1998, 3, 14))
OTHER = id_number(date(1997, 5, 6))


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def owner(place, trainee):
    account = UserFactory.create(unit=place.town, kind="trainee")
    persons.change_identity(trainee.person, name="林知远", health="一般", id_number=NUMBER, actor=place.staff)
    Person.objects.filter(pk=trainee.person_id).update(account=account)
    return account


def url(name, obj=None, **more):
    kwargs = {"pk": obj.pk} | more if obj is not None else more
    return reverse(f"people:{name}", kwargs=kwargs)


def proposed(trainee, by, section="identity", **values):
    file = Trainee.objects.select_related("person").get(pk=trainee.pk)
    return proposals.propose_change(file, section=section, values=values, reason="证件更新", actor=by)


def seen(proposal):
    return compared_state(proposal, Person.objects.get(pk=proposal.trainee.person_id)).version


def test_the_trainee_proposes_with_the_form_of_the_section(place, trainee, owner, client_of):
    version = Person.objects.get(pk=trainee.person_id).version
    data = {
        "version": version,
        "name": "林知远",
        "health": "良好",
        "sex": "2",
        "birth_month": "1998-03",
        "reason": "体检",
    }
    response = client_of(owner).post(url("section_propose", trainee, section="identity"), data)
    proposal = Proposal.objects.get()
    assert response.url == url("trainee_detail", trainee) + "#identity"
    assert (body_of(proposal), proposal.reason) == ({"health": ["一般", "良好"]}, "体检")
    assert Person.objects.get(pk=trainee.person_id).health == "一般"


def test_the_liaison_proposes_and_sees_no_number(place, trainee, owner, client_of):
    liaison = place.somebody(Role.LIAISON, place.town)
    persons.change_contacts(trainee.person, phone="13812345678", actor=place.staff)
    client = client_of(liaison)
    page = url("section_propose", trainee, section="contacts")
    asked = client.get(page).content.decode()
    assert ("13812345678" in asked, "138****5678" in asked) == (False, False)
    client.post(page, {"version": Person.objects.get(pk=trainee.person_id).version, "phone": "13900000000"})
    text = client.get(url("proposal_detail", Proposal.objects.get())).content.decode()
    hidden = ["13812345678", "138****5678", "5678", "13900000000", "139****0000"]
    assert [number for number in hidden if number in text] == []


def test_education_is_proposed(place, trainee, owner, client_of):
    data = {"mode": "on_the_job", "level": "14", "school": "澜江大学", "graduated_on": "2025-06", "reason": "毕业证"}
    client_of(owner).post(url("section_propose", trainee, section="education"), data)
    assert Proposal.objects.get().section == "education"
    text = client_of(place.staff).get(url("proposal_detail", Proposal.objects.get())).content.decode()
    assert ("澜江大学" in text, "On-the-job education" in text, 'name="lines"' in text) == (True, True, False)


def test_nothing_changed_is_said_at_the_head_of_the_form(place, trainee, owner, client_of):
    version = Person.objects.get(pk=trainee.person_id).version
    data = {"version": version, "name": "林知远", "health": "一般", "sex": "2", "birth_month": "1998-03"}
    response = client_of(owner).post(url("section_propose", trainee, section="identity"), data)
    assert response.context["form"].non_field_errors() == ["Nothing differs from what is recorded."]


def test_staff_change_directly(place, trainee, owner, client_of):
    assert client_of(place.staff).get(url("section_propose", trainee, section="identity")).status_code == 403


def test_staff_see_those_that_wait_first_and_the_others_when_asked(place, trainee, owner, client_of):
    waiting = proposed(trainee, owner, health="良好")
    answered = proposals.refuse_proposal(
        proposed(trainee, owner, "contacts", email="a@b.org"), answer="否", actor=place.staff
    )
    client = client_of(place.staff)

    def listed(query):
        return {row.object.pk for row in client.get(url("proposal_list") + query).context["table"].rows}

    assert listed("") == {waiting.pk}
    assert listed("?status=") == {waiting.pk, answered.pk}
    assert listed("?status=refused") == {answered.pk}
    assert listed("?section=contacts&status=") == {answered.pk}
    assert listed("?q=林知&status=") == {waiting.pk, answered.pk}
    assert listed("?q=nobody") == set()


def test_proposers_see_all_of_their_own_and_nobody_elses(place, trainee, owner, client_of):
    mine = proposals.refuse_proposal(proposed(trainee, owner, health="良好"), answer="否", actor=place.staff)
    liaison = place.somebody(Role.LIAISON, place.town)
    proposed(trainee, liaison, native_place="临澜")
    rows = client_of(owner).get(url("proposal_list")).context["table"].rows
    assert [row.object.pk for row in rows] == [mine.pk]


@pytest.mark.parametrize(
    "query", ["?status=x", "?section=x", "?q=\x00", "?page=9999", "?sort=body", "?q=" + "长" * 500]
)
def test_a_hostile_address_shows_the_list(place, client_of, query):
    assert client_of(place.staff).get(url("proposal_list") + query).status_code == 200


def test_the_comparison_shows_then_now_and_proposed(place, trainee, owner, client_of):
    proposal = proposed(trainee, owner, health="良好", native_place="临澜")
    persons.change_identity(trainee.person, name="林知远", health="较好", native_place="临澜", actor=place.staff)
    lines = {line.name: line for line in client_of(place.staff).get(url("proposal_detail", proposal)).context["lines"]}
    health, place_line = lines["health"], lines["native_place"]
    assert (health.then, health.now, health.proposed, health.moved, health.same) == (
        "一般",
        "较好",
        "良好",
        True,
        False,
    )
    assert (place_line.then, place_line.now, place_line.moved, place_line.same) == ("", "临澜", True, True)


def test_codes_and_months_are_shown_in_words(place, trainee, owner, client_of):
    proposal = proposed(trainee, owner, "party", political_status="02", party_joined_on=date(2026, 6, 1))
    lines = {
        line.name: line.proposed
        for line in client_of(place.staff).get(url("proposal_detail", proposal)).context["lines"]
    }
    assert lines["political_status"] == "Probationary member of the CPC"
    assert lines["party_stage"] == "Probationary member"


def test_numbers_are_masked_in_the_comparison(place, trainee, owner, client_of):
    proposal = proposed(trainee, owner, id_number=OTHER, birth_month=None, sex="")
    text = client_of(place.staff).get(url("proposal_detail", proposal)).content.decode()
    assert (NUMBER in text, OTHER in text) == (False, False)
    assert (f"{NUMBER[:4]} **** **** {NUMBER[-4:]}" in text, f"{OTHER[:4]} **** **** {OTHER[-4:]}" in text) == (
        True,
        True,
    )


def test_a_proposed_number_is_shown_after_the_reason_is_on_record(place, trainee, owner, client_of):
    proposal = proposed(trainee, owner, id_number=OTHER, birth_month=None, sex="")
    page = url("proposal_reveal", proposal, field="id_number")
    client = client_of(place.staff)
    asked = client.get(page).content.decode()
    refused = client.post(page, {"reason": " "}).content.decode()
    assert (OTHER in asked, OTHER in refused, Entry.objects.filter(kind="reading").count()) == (False, False, 0)
    assert OTHER in client.post(page, {"reason": "核对身份证"}).content.decode()
    entry = Entry.objects.get(kind="reading")
    assert (entry.verb, entry.reason, entry.object_id) == ("people.proposal.number_revealed", "核对身份证", proposal.pk)


def test_a_number_that_is_not_proposed_cannot_be_shown(place, trainee, owner, client_of):
    proposal = proposed(trainee, owner, health="良好")
    response = client_of(place.staff).post(url("proposal_reveal", proposal, field="phone"), {"reason": "核对"})
    assert response.context["form"].non_field_errors() == ["No number is proposed."]
    assert Entry.objects.filter(kind="reading").count() == 0


def test_staff_take_over_what_is_ticked(place, trainee, owner, client_of):
    proposal = proposed(trainee, owner, health="良好", native_place="临澜")
    data = {"version": seen(proposal), "lines": ["health"], "answer": "籍贯请附材料"}
    response = client_of(place.staff).post(url("proposal_detail", proposal), data)
    person = Person.objects.get(pk=trainee.person_id)
    proposal.refresh_from_db()
    assert (response.url, person.health, person.native_place) == (url("proposal_list"), "良好", "")
    assert (proposal.status, proposal.answer) == ("accepted", "籍贯请附材料")


def test_every_line_that_would_change_something_is_ticked_to_begin_with(place, trainee, owner, client_of):
    proposal = proposed(trainee, owner, health="良好", native_place="临澜", birth_place="望屿")
    persons.change_identity(trainee.person, name="林知远", native_place="临澜", actor=place.staff)
    form = client_of(place.staff).get(url("proposal_detail", proposal)).context["form"]
    assert sorted(form["lines"].value()) == ["birth_place", "health"]


def test_an_acceptance_is_no_change_since_and_one_of_some_lines_says_so(place, trainee, owner, client_of):
    proposal = proposed(trainee, owner, health="良好", native_place="临澜")
    client = client_of(place.staff)
    client.post(url("proposal_detail", proposal), {"version": seen(proposal), "lines": ["health"]})
    lines = client.get(url("proposal_detail", proposal)).context["lines"]
    found = {line.name: (line.moved, line.same, line.taken) for line in lines}
    assert found == {"health": (False, False, True), "native_place": (False, False, False)}
    assert "Partly accepted" in client.get(url("proposal_list") + "?status=accepted").content.decode()
    whole = proposed(trainee, owner, native_place="临澜")
    client.post(url("proposal_detail", whole), {"version": seen(whole), "lines": ["native_place"]})
    assert Proposal.objects.get(pk=whole.pk).status_text == "Accepted"


def test_ticking_nothing_is_refused_with_a_way_out(place, trainee, owner, client_of):
    proposal = proposed(trainee, owner, health="良好")
    response = client_of(place.staff).post(url("proposal_detail", proposal), {"version": seen(proposal)})
    assert response.context["form"].non_field_errors() == ["Tick at least one line, or refuse the proposal."]


def test_a_comparison_that_is_old_is_shown_again_with_the_comment(place, trainee, owner, client_of):
    proposal = proposed(trainee, owner, health="良好")
    data = {"version": seen(proposal), "lines": ["health"], "answer": "已核对"}
    persons.change_contacts(trainee.person, email="b@example.org", actor=place.staff)
    client = client_of(place.staff)
    response = client.post(url("proposal_detail", proposal), data)
    form = response.context["form"]
    assert (response.status_code, form["answer"].value(), form["version"].value()) == (409, "已核对", seen(proposal))
    assert Person.objects.get(pk=trainee.person_id).health == "一般"
    assert client.post(url("proposal_detail", proposal), {**data, "version": seen(proposal)}).status_code == 302


def test_what_no_longer_fits_is_said_and_the_proposal_waits(place, trainee, owner, client_of):
    proposal = proposed(trainee, owner, "contacts", email="a@example.org")
    Trainee.objects.filter(pk=trainee.pk).update(departed_on=date(2026, 1, 1))
    response = client_of(place.staff).post(url("proposal_detail", proposal), {"version": seen(proposal)})
    assert (response.status_code, Proposal.objects.get().status) == (403, "waiting")


def test_refusing_needs_a_comment(place, trainee, owner, client_of):
    proposal = proposed(trainee, owner, health="良好")
    client, page = client_of(place.staff), url("proposal_refuse", proposal)
    assert list(client.post(page, {"version": seen(proposal)}).context["form"].errors) == ["answer"]
    client.post(page, {"version": seen(proposal), "answer": "请附体检表"})
    proposal.refresh_from_db()
    assert (proposal.status, proposal.answer) == ("refused", "请附体检表")


def test_proposers_withdraw_and_others_do_not(place, trainee, owner, client_of):
    proposal = proposed(trainee, owner, health="良好")
    page = url("proposal_withdraw", proposal)
    assert client_of(place.staff).post(page, {"version": 1}).status_code == 403
    assert client_of(owner).post(page, {"version": 1}).url == url("proposal_list")


def test_staff_do_not_answer_about_themselves(place, trainee, client_of):
    Person.objects.filter(pk=trainee.person_id).update(account=place.staff)
    proposal = proposed(trainee, place.staff, health="良好")
    client = client_of(place.staff)
    assert client.post(url("proposal_detail", proposal), {"version": seen(proposal)}).status_code == 403
    assert client.post(url("proposal_refuse", proposal), {"version": 1, "answer": "否"}).status_code == 403


def test_relatives_do_not_see_the_proposal(place, trainee, owner, client_of):
    from cadre_app.people.services import family

    proposal = proposed(trainee, owner, health="良好")
    tie = PersonFactory.create(account=place.staff)
    family.add_relative(trainee.person, relation="表兄", other=tie, actor=place.somebody(Role.STAFF, place.top))
    assert client_of(place.staff).get(url("proposal_detail", proposal)).status_code == 404


def test_the_desk_tells_staff_and_proposers(place, trainee, owner, client_of):
    first = proposed(trainee, owner, health="良好")
    proposed(trainee, owner, "contacts", email="a@example.org")

    def told(user):
        text = client_of(user).get(reverse("desk:home")).content.decode()
        lines = ["2 proposals wait for an answer", "Your proposal was accepted: Identity", "林知远"]
        return [line in text for line in lines]

    assert (told(place.staff)[0], told(owner)[1]) == (True, False)
    proposals.accept_proposal(first, answer="已核对", actor=place.staff)
    assert (told(owner)[1], told(place.somebody(Role.LEADER, place.top))[0]) == (True, False)


def many(place, count):
    for _turn in range(count):
        file = TraineeFactory.create(home_unit=place.town)
        proposed(file, place.somebody(Role.LIAISON, place.town), native_place="临澜")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_queries_at_one_and_three_rows(place, client_of, count, django_assert_num_queries):
    many(place, count)
    client = client_of(place.staff)
    client.get(url("proposal_list"))
    with django_assert_num_queries(7):
        client.get(url("proposal_list"))


@pytest.mark.parametrize(
    "values", [{"health": "良好"}, {"health": "良好", "native_place": "临澜", "birth_place": "望屿"}]
)
def test_the_comparison_costs_the_same_queries_at_one_and_three_lines(
    place, trainee, owner, client_of, values, django_assert_num_queries
):
    proposal = proposed(trainee, owner, **values)
    client = client_of(place.staff)
    client.get(url("proposal_detail", proposal))
    with django_assert_num_queries(7):
        client.get(url("proposal_detail", proposal))
