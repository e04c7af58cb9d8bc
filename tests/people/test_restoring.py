"""What was voided stands again, and what services keep follows."""

from datetime import date

import pytest
from django.urls import reverse

from cadre_app.core.models import Stale
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.people.models import OfficeHolding, Trainee, VillageTerm
from cadre_app.people.models.persons import avoided_persons
from cadre_app.people.services import arrival, family, interruptions, offices, posts, terms, trainees, transfers
from tests.factories import PersonFactory
from tests.people.test_persons import errors_of, refusal_of

STARTED = date(2025, 1, 1)


@pytest.fixture
def staff(place):
    return place.staff


def education_of(trainee, staff):
    return family.add_education(trainee.person, mode="full_time", level="21", school="澜江大学", actor=staff)


def term_of(trainee, place, **values):
    return terms.start_term(
        trainee, village=place.village, **{"started_on": STARTED, "months": 24} | values, actor=place.staff
    )


def fresh(obj):
    return type(obj).objects.get(pk=obj.pk)


def url(name, obj):
    return reverse(f"people:{name}", kwargs={"pk": obj.pk})


def test_education_is_restored_unless_it_was_entered_again(trainee, staff):
    education = family.void_education(education_of(trainee, staff), reason="误录", actor=staff)
    again = education_of(trainee, staff)
    assert refusal_of(family.restore_education, education, actor=staff) == "same"
    family.void_education(again, reason="误录", actor=staff)
    assert not family.restore_education(education, reason="确系本人", version=2, actor=staff).is_voided
    entry = Entry.objects.about(education).filter(verb="people.education.restored").get()
    assert (entry.reason, entry.actor) == ("确系本人", staff)


def test_avoidance_applies_again_with_a_relative_who_is_restored(place, trainee, staff):
    other = PersonFactory.create(account=place.somebody(Role.STAFF, place.town))
    relative = family.add_relative(trainee.person, relation="父亲", other=other, actor=staff)
    family.void_relative(relative, reason="误录", actor=staff)
    family.restore_relative(relative, actor=staff)
    assert trainee.person_id in avoided_persons(other.account)


def test_a_relative_who_is_declared_again_meanwhile_is_not_restored(trainee, staff):
    other = PersonFactory.create()
    relative = family.add_relative(trainee.person, relation="父亲", other=other, actor=staff)
    family.void_relative(relative, reason="误录", actor=staff)
    family.add_relative(trainee.person, relation="父亲", other=other, actor=staff)
    assert errors_of(family.restore_relative, relative, actor=staff) == {"other": ["same"]}


def test_a_restored_record_is_the_present_post_again(trainee, staff):
    posts.add_post_record(trainee, started_on=date(2024, 7, 1), post="科员", rank="12", actor=staff)
    latest = posts.add_post_record(trainee, started_on=date(2025, 7, 1), post="副主任", rank="11", actor=staff)
    posts.void_post_record(latest, reason="误录", actor=staff)
    assert fresh(trainee).post == "科员"
    posts.restore_post_record(latest, actor=staff)
    found = fresh(trainee)
    assert (found.post, found.rank, found.post_since) == ("副主任", "11", date(2025, 7, 1))


def test_a_record_that_another_of_its_day_replaced_is_not_restored(trainee, staff):
    record = posts.add_post_record(trainee, started_on=date(2025, 7, 1), post="科员", actor=staff)
    posts.void_post_record(record, reason="误录", actor=staff)
    posts.add_post_record(trainee, started_on=date(2025, 7, 1), post="干事", actor=staff)
    assert errors_of(posts.restore_post_record, record, actor=staff) == {"__all__": ["started_on"]}
    assert fresh(trainee).post == "干事"


def test_a_restored_term_ends_when_it_was_due(place, trainee, staff):
    term = terms.void_term(term_of(trainee, place), reason="误录", actor=staff)
    assert fresh(trainee).term_ends_on is None
    terms.restore_term(term, actor=staff)
    assert fresh(trainee).term_ends_on == date(2026, 12, 31)


def test_a_term_whose_days_another_covers_is_not_restored(place, trainee, staff):
    term = terms.void_term(term_of(trainee, place), reason="误录", actor=staff)
    other = term_of(trainee, place, started_on=date(2025, 6, 1))
    assert errors_of(terms.restore_term, term, actor=staff) == {"started_on": ["overlap"]}
    assert list(VillageTerm.objects.standing()) == [other]


def test_a_term_before_an_arrival_corrected_meanwhile_is_not_restored(place, trainee, staff):
    term = terms.void_term(term_of(trainee, place), reason="误录", actor=staff)
    Trainee.objects.filter(pk=trainee.pk).update(arrived_on=date(2025, 2, 1))
    assert errors_of(terms.restore_term, term, actor=staff) == {"started_on": ["too_early"]}


def test_a_restored_interruption_moves_the_end_again(place, trainee, staff):
    term = term_of(trainee, place)
    item = interruptions.interrupt_term(
        term, started_on=date(2025, 2, 1), ended_on=date(2025, 2, 10), reason="病假", actor=staff
    )
    interruptions.void_interruption(item, reason="误录", actor=staff)
    assert fresh(trainee).term_ends_on == date(2026, 12, 31)
    interruptions.restore_interruption(item, actor=staff)
    assert (fresh(term).due_on, fresh(trainee).term_ends_on) == (date(2027, 1, 10), date(2027, 1, 10))


def test_an_interruption_waits_for_its_term_and_fits_into_it(place, trainee, staff):
    term = term_of(trainee, place)
    item = interruptions.interrupt_term(
        term, started_on=date(2025, 6, 1), ended_on=date(2025, 6, 10), reason="病假", actor=staff
    )
    interruptions.void_interruption(item, reason="误录", actor=staff)
    terms.end_term(term, ended_on=date(2025, 3, 1), is_cut_short=True, actor=staff)
    assert errors_of(interruptions.restore_interruption, item, actor=staff) == {"ended_on": ["after_term"]}
    terms.void_term(term, reason="误录", actor=staff)
    assert refusal_of(interruptions.restore_interruption, item, actor=staff) == "voided"


def test_a_tick_is_restored_unless_the_item_was_done_again(trainee, staff):
    check = arrival.tick_item(trainee, item="01", done_on=date(2024, 7, 1), actor=staff)
    arrival.untick_item(check, reason="误勾", actor=staff)
    again = arrival.tick_item(trainee, item="01", done_on=date(2024, 7, 2), actor=staff)
    assert errors_of(arrival.restore_tick, check, actor=staff) == {"__all__": ["item"]}
    arrival.untick_item(again, reason="误勾", actor=staff)
    assert not arrival.restore_tick(check, actor=staff).is_voided


@pytest.fixture
def handed_over(place, staff):
    """An office whose holder left the day before somebody else took it, by mistake."""
    office = offices.create_office(unit=place.town, name="党委书记", actor=staff)
    first = offices.appoint(office, person=PersonFactory.create(name="庄世恒"), since=STARTED, actor=staff)
    wrong = offices.appoint(
        office,
        person=PersonFactory.create(name="卢广耘"),
        since=date(2026, 1, 1),
        ends_predecessor=True,
        actor=staff,
    )
    offices.void_holding(wrong, reason="误录", actor=staff)
    return office, fresh(first), fresh(wrong)


def test_a_wrong_hand_over_is_taken_back(handed_over, staff):
    office, first, wrong = handed_over
    offices.reopen_holding(first, reason="未离任", actor=staff)
    assert offices.holder_now(office) == first
    assert Entry.objects.about(first).filter(verb="people.officeholding.reopened").get().reason == "未离任"
    assert errors_of(offices.restore_holding, wrong, actor=staff) == {"__all__": ["since"]}
    assert refusal_of(offices.reopen_holding, first, actor=staff) == "not_ended"


def test_a_holding_is_restored_and_nobody_else_can_be_reopened(handed_over, staff):
    office, first, wrong = handed_over
    offices.restore_holding(wrong, actor=staff)
    assert offices.holder_now(office) == wrong
    assert errors_of(offices.reopen_holding, first, actor=staff) == {"since": ["since"]}


def test_a_holding_of_a_voided_office_waits_for_the_office(handed_over, staff):
    office, first, wrong = handed_over
    offices.void_holding(first, reason="误录", actor=staff)
    offices.void_office(office, reason="误录", actor=staff)
    assert refusal_of(offices.restore_holding, wrong, actor=staff) == "voided_office"


def test_what_stands_is_not_restored_and_an_old_page_is_refused(trainee, staff):
    education = education_of(trainee, staff)
    assert refusal_of(family.restore_education, education, actor=staff) == "not_voided"
    family.void_education(education, reason="误录", actor=staff)
    with pytest.raises(Stale):
        family.restore_education(education, version=1, actor=staff)


def test_a_closed_file_restores_nothing(place, trainee, staff):
    education = family.void_education(education_of(trainee, staff), reason="误录", actor=staff)
    term = terms.void_term(term_of(trainee, place), reason="误录", actor=staff)
    transfers.record_departure(
        trainee, kind="other", effective_on=date(2026, 1, 1), document_number="一号", approval="同意", actor=staff
    )
    assert refusal_of(family.restore_education, education, actor=staff) == "read_only"
    assert refusal_of(terms.restore_term, term, actor=staff) == "read_only"


@pytest.fixture
def voided_everywhere(place, trainee, staff):
    """One voided entry of each kind in the file; the interrupted term stands."""
    ended = terms.end_term(
        term_of(trainee, place, started_on=date(2024, 8, 1)), ended_on=date(2024, 8, 9), is_cut_short=True, actor=staff
    )
    terms.void_term(ended, reason="误录", actor=staff)
    item = interruptions.interrupt_term(
        term_of(trainee, place), started_on=STARTED, ended_on=STARTED, reason="病假", actor=staff
    )
    interruptions.void_interruption(item, reason="误录", actor=staff)
    family.void_education(education_of(trainee, staff), reason="误录", actor=staff)
    relative = family.add_relative(trainee.person, relation="父亲", name="林某", actor=staff)
    family.void_relative(relative, reason="误录", actor=staff)
    record = posts.add_post_record(trainee, started_on=STARTED, post="科员", rank="12", actor=staff)
    posts.void_post_record(record, reason="误录", actor=staff)
    check = arrival.tick_item(trainee, item="01", done_on=date(2024, 7, 1), actor=staff)
    arrival.untick_item(check, reason="误勾", actor=staff)
    return trainee


def test_the_file_lists_what_is_voided_and_each_is_restored_from_there(voided_everywhere, place, sign_in):
    client, page = sign_in(place.staff), url("trainee_detail", voided_everywhere)
    found = {part.url_name: part for part in client.get(page).context["voided"]}
    assert len(found) == 6
    for name, part in found.items():
        address = reverse(name, kwargs={"pk": part.pk})
        form = client.get(address).context["form"]
        sent = {"version": form["version"].value(), "submission": form["submission"].value(), "reason": ""}
        assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
    assert client.get(page).context["voided"] == []


def test_an_interruption_is_listed_once_its_term_stands(voided_everywhere, place, sign_in):
    terms.void_term(VillageTerm.objects.standing().get(), reason="误录", actor=place.staff)
    found = sign_in(place.staff).get(url("trainee_detail", voided_everywhere)).context["voided"]
    assert "people:interruption_restore" not in [part.url_name for part in found]
    assert [part.url_name for part in found].count("people:term_restore") == 2


def test_readers_and_a_closed_file_offer_nothing_to_restore(voided_everywhere, place, sign_in):
    page = url("trainee_detail", voided_everywhere)
    assert sign_in(place.somebody(Role.LEADER, place.town)).get(page).context["voided"] == []
    trainees.void_trainee(fresh(voided_everywhere), reason="误录", actor=place.staff)
    assert sign_in(place.staff).get(page).context["voided"] == []


def test_a_refusal_is_said_on_the_page_of_the_question(place, trainee, staff, sign_in):
    education = family.void_education(education_of(trainee, staff), reason="误录", actor=staff)
    education_of(trainee, staff)
    page = sign_in(staff).post(url("education_restore", education), {"version": 2, "reason": "更正"})
    assert (page.status_code, page.context["form"]["reason"].value()) == (200, "更正")
    assert len(page.context["form"].non_field_errors()) == 1


def test_the_office_offers_to_take_a_wrong_hand_over_back(handed_over, staff, sign_in):
    office, first, wrong = handed_over
    client = sign_in(staff)
    page = client.get(url("office_detail", office))
    assert (page.context["reopenable"], page.context["voided"]) == (first, [wrong])
    assert url("holding_reopen", first) in page.content.decode()
    assert client.post(url("holding_reopen", first), {"version": first.version}).status_code == 302
    assert client.post(url("holding_restore", wrong), {"version": wrong.version}).status_code == 200
    client.post(url("holding_void", first), {"version": first.version + 1, "reason": "误录"})
    assert client.post(url("holding_restore", wrong), {"version": wrong.version}).status_code == 302
    assert OfficeHolding.objects.current().get(office=office) == wrong
