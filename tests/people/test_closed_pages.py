"""What a closed file answers to an address or an old tab that would change it: why, since when, and the way back."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from cadre_app.core.roles import Role
from cadre_app.people.models import Trainee
from cadre_app.people.services import family, proposals, terms, trainees, transfers
from tests.factories import UserFactory


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def url(name, obj, **more):
    return reverse(f"people:{name}", kwargs={"pk": obj.pk} | more)


def file(trainee):
    return reverse("growth:file", kwargs={"pk": trainee.pk})


def leave(trainee, staff):
    transfers.record_departure(
        trainee, kind="other", effective_on=date(2026, 3, 1), document_number="一号", approval="同意", actor=staff
    )


def said(page):
    refusal = page.context["refusal"]
    return page.status_code, refusal.why, [address for address, _label in refusal.ways]


def test_staff_read_since_when_the_person_has_left_and_the_way_back(place, trainee, client_of):
    education = family.add_education(trainee.person, mode="full_time", level="21", actor=place.staff)
    leave(trainee, place.staff)
    client = client_of(place.staff)
    why = f"{trainee.person.name} left on 1 Mar 2026: the growth file is closed, can be read and no longer changed."
    ways = [url("departure_undo", trainee), file(trainee)]
    for address in (
        url("facts_edit", trainee),
        url("section_edit", trainee, section="identity"),
        url("term_start", trainee),
        url("transfer", trainee),
        url("depart", trainee),
        url("education_add", trainee),
        url("education_edit", education),
        url("education_void", education),
        url("account_request", trainee.person),
    ):
        assert said(client.get(address)) == (403, why, ways)


def test_staff_read_when_the_file_was_voided_and_the_way_back(place, trainee, client_of):
    trainees.void_trainee(trainee, reason="误录", actor=place.staff)
    status, why, ways = said(client_of(place.staff).get(url("facts_edit", trainee)))
    assert (status, "was voided on 23 Nov 2026" in why) == (403, True)
    assert ways == [url("trainee_restore", trainee), file(trainee)]


def test_what_an_old_tab_sends_is_shown_again_and_nothing_is_saved(place, trainee, client_of):
    leave(trainee, place.staff)
    data = {
        "kind": "selected",
        "sub_kind": "targeted",
        "status": "civil_servant",
        "arrived_on": "2024-07-02",
        "remark": "在册期间填写的说明",
        "version": "1",
    }
    page = client_of(place.staff).post(url("facts_edit", trainee), data)
    typed = {str(label): str(value) for label, value in page.context["typed"]}
    assert (page.status_code, Trainee.objects.get(pk=trainee.pk).remark) == (403, "")
    assert typed == {
        "Kind": "Selected graduate",
        "Sub-kind": "Targeted selection",
        "Personnel status": "Civil servant",
        "Reported for duty on": "2024-07-02",
        "Remark": "在册期间填写的说明",
    }
    assert "在册期间填写的说明" in page.content.decode()


def test_what_an_old_tab_sends_is_shown_again_although_it_is_not_right(place, trainee, client_of):
    term = terms.start_term(trainee, village=place.village, started_on=date(2025, 1, 1), actor=place.staff)
    leave(trainee, place.staff)
    data = {"started_on": "去年", "months": "12", "note": "驻村", "village": str(place.village.pk), "version": "1"}
    page = client_of(place.staff).post(url("term_edit", term), data)
    typed = {str(label): str(value) for label, value in page.context["typed"]}
    assert page.status_code == 403
    assert (typed["Reported to the village on"], typed["Remark"]) == ("去年", "驻村")
    assert typed["Village or community"].endswith("梧头村")


def test_a_second_tap_on_the_departure_meets_the_first_result(place, trainee, client_of):
    client = client_of(place.staff)
    form = client.get(url("depart", trainee)).context["form"]
    data = {
        "kind": "other",
        "effective_on": "2026-03-01",
        "document_number": "一号",
        "approval": "同意",
        "version": "1",
        "submission": form["submission"].value(),
    }
    assert [client.post(url("depart", trainee), data).status_code for _ in range(2)] == [302, 302]


def test_whoever_would_propose_reads_that_the_file_is_closed(place, trainee, client_of):
    account = UserFactory.create(unit=place.town)
    type(trainee.person).objects.filter(pk=trainee.person_id).update(account=account)
    leave(trainee, place.staff)
    for user in (account, place.somebody(Role.LIAISON, place.town)):
        status, why, ways = said(client_of(user).get(url("section_propose", trainee, section="contacts")))
        assert (status, "left on 1 Mar 2026" in why, ways) == (403, True, [file(trainee)])


def test_whose_duty_it_is_not_reads_that_it_is_not(place, trainee, client_of):
    leave(trainee, place.staff)
    page = client_of(place.somebody(Role.LEADER, place.town)).get(url("facts_edit", trainee))
    assert (page.status_code, "refusal" in page.context) == (403, False)


def test_an_answer_to_a_proposal_of_a_closed_file_is_not_lost(place, trainee, client_of):
    proposal = proposals.propose_change(
        trainee,
        section="contacts",
        values={"email": "a@example.org"},
        actor=place.somebody(Role.LIAISON, place.town),
    )
    leave(trainee, place.staff)
    client = client_of(place.staff)
    page = client.post(url("proposal_detail", proposal), {"answer": "材料不齐", "version": "1"})
    assert said(page)[0] == 403
    assert ("Comment to the proposer", "材料不齐") in [(str(label), value) for label, value in page.context["typed"]]


def test_what_waits_when_a_file_is_closed_is_refused_with_a_reason(place, trainee, client_of):
    liaison = place.somebody(Role.LIAISON, place.town)
    values = {"email": "a@example.org"}
    proposal = proposals.propose_change(trainee, section="contacts", values=values, actor=liaison)
    leave(trainee, place.staff)
    client = client_of(place.staff)
    page = client.get(url("proposal_detail", proposal))
    assert (page.context["may_answer"], page.context["may_refuse"]) == (False, True)
    state = proposals.compared_state(proposal, trainee.person)
    client.post(url("proposal_refuse", proposal), {"answer": "已调出", "version": state.version})
    proposal.refresh_from_db()
    assert (proposal.status, proposal.answer) == ("refused", "已调出")
