from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import translation

from cadre_app.core.roles import Role
from cadre_app.people.file import sections
from cadre_app.people.models import Interruption, PartyStage, Trainee, Transfer, VillageTerm
from cadre_app.people.services import interruptions, terms, transfers
from cadre_app.policy import snapshot
from tests.factories import UnitFactory
from tests.people.conftest import TODAY

STARTED = date(2025, 9, 1)


def url(name: str, obj) -> str:
    return reverse(f"people:{name}", kwargs={"pk": obj.pk})


@pytest.fixture
def staff(sign_in, place):
    return sign_in(place.staff)


@pytest.fixture
def term(place, trainee):
    return terms.start_term(trainee, village=place.village, started_on=STARTED, actor=place.staff)


def row(user, trainee):
    return sections.term_section(user, Trainee.objects.select_related("person", "home_unit").get(pk=trainee.pk))[
        "rows"
    ][0]


def typed(place, **values):
    return {"village": str(place.village.pk), "role": "director", "started_on": "2025-09-01", "months": "24"} | values


def test_a_term_is_started_from_the_file(staff, place, trainee):
    response = staff.post(url("term_start", trainee), typed(place, version="1"))
    assert (response.status_code, response["Location"]) == (302, url("trainee_detail", trainee))
    assert VillageTerm.objects.get().due_on == date(2027, 8, 31)


def test_a_role_that_does_not_fit_is_said_and_kept(staff, place, trainee):
    trainee.person.party_stage = PartyStage.FULL
    trainee.person.save()
    assert staff.get(url("term_start", trainee)).context["form"]["role"].value() == "secretary"
    response = staff.post(url("term_start", trainee), typed(place, version="1"))
    said = [message.level_tag for message in get_messages(response.wsgi_request)]
    assert (VillageTerm.objects.get().role, said) == ("director", ["success", "warning"])


def test_only_open_villages_of_the_own_scope_are_offered(sign_in, place, trainee):
    UnitFactory.create(name="旧村", kind="village", parent=place.town, closed_on=TODAY)
    UnitFactory.create(name="外村", kind="village", parent=place.other_town)
    client = sign_in(place.somebody(Role.STAFF, place.town))
    field = client.get(url("term_start", trainee)).context["form"].fields["village"]
    assert list(field.queryset) == [place.village]


def test_a_term_is_edited_although_its_village_was_closed(staff, place, term):
    place.village.closed_on = TODAY
    place.village.save()
    assert staff.post(url("term_edit", term), typed(place, months="12", version="1")).status_code == 302
    assert VillageTerm.objects.get().due_on == date(2026, 8, 31)


def test_errors_stand_beside_their_fields_and_nothing_is_lost(staff, place, trainee):
    data = typed(place, started_on="2024-06-30", note="由区委组织部选派", version="1")
    form = staff.post(url("term_start", trainee), data).context["form"]
    assert (list(form.errors), form["note"].value()) == (["started_on"], "由区委组织部选派")
    for bad in ({"village": str(place.town.pk)}, {"village": "x"}):
        form = staff.post(url("term_start", trainee), typed(place, version="1", **bad)).context["form"]
        assert list(form.errors) == ["village"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2024-02-29", "2025-02-29", "x"])
def test_odd_days_get_an_answer(staff, place, trainee, term, day):
    calls = (
        (url("term_edit", term), typed(place, started_on=day)),
        (url("term_end", term), {"ended_on": day, "reason": "期满"}),
        (url("interruption_add", term), {"started_on": day, "ended_on": day, "reason": "病假"}),
        (url("transfer", trainee), {"to_unit": str(place.other_town.pk), "effective_on": day, "document_number": "一"}),
        (url("depart", trainee), {"kind": "other", "effective_on": day, "document_number": "一", "approval": "同意"}),
        (url("arrival_tick", trainee), {"item": "01", "done_on": day}),
    )
    for address, data in calls:
        known = (VillageTerm.objects.get(pk=term.pk), Trainee.objects.get(pk=trainee.pk))
        version = known[0 if "terms" in address else 1].version
        assert staff.post(address, data | {"version": str(version)}).status_code in (200, 302)


def test_the_end_is_recorded_and_taken_back(staff, term):
    form = staff.get(url("term_end", term)).context["form"]
    assert (form["ended_on"].value(), form["is_cut_short"].value()) == (TODAY, True)
    data = {"ended_on": "2026-11-01", "is_cut_short": "on", "reason": "调整", "version": "1"}
    assert staff.post(url("term_end", term), data).status_code == 302
    assert VillageTerm.objects.get().is_cut_short
    assert staff.post(url("term_reopen", term), {"reason": "误录", "version": "2"}).status_code == 302
    assert VillageTerm.objects.get().ended_on is None


def test_an_interruption_is_entered_corrected_and_voided(staff, term):
    data = {"started_on": "2026-03-01", "ended_on": "", "reason": "产假", "version": "1"}
    assert staff.post(url("interruption_add", term), data).status_code == 302
    item = Interruption.objects.get()
    assert VillageTerm.objects.get().due_on is None
    data = {"started_on": "2026-03-01", "ended_on": "2026-03-10", "reason": "产假", "version": "1"}
    assert staff.post(url("interruption_edit", item), data).status_code == 302
    assert VillageTerm.objects.get().due_on == date(2027, 9, 10)
    assert staff.post(url("interruption_void", item), {"reason": "误录", "version": "2"}).status_code == 302
    assert VillageTerm.objects.get().due_on == date(2027, 8, 31)


def test_the_reason_of_a_voided_interruption_is_asked_for_anew(staff, place, term):
    item = interruptions.interrupt_term(term, started_on=STARTED, ended_on=STARTED, reason="病假", actor=place.staff)
    assert staff.get(url("interruption_void", item)).context["form"]["reason"].value() == ""


@translation.override("en")
def test_the_status_of_a_term_in_words(place, trainee):
    def now(**values):
        VillageTerm.objects.all().delete()
        term = VillageTerm(trainee=trainee, village=place.village, role="director", months=12, **values)
        term.due_on = terms.due_day(term, 0)
        term.save()
        return term, lambda: row(place.staff, trainee).label

    assert now(started_on=TODAY + timedelta(days=1))[1]() == "Not started"
    assert now(started_on=TODAY)[1]() == "Under way"
    assert now(started_on=date(2025, 11, 22))[1]() == "Assessment due"
    assert now(started_on=STARTED, ended_on=TODAY)[1]() == "Completed"
    assert now(started_on=STARTED, ended_on=TODAY, is_cut_short=True)[1]() == "Ended early"
    term, label = now(started_on=date(2025, 11, 20))
    item = interruptions.interrupt_term(term, started_on=date(2026, 11, 1), reason="病假", actor=place.staff)
    assert label() == "Interrupted"
    interruptions.change_interruption(
        item, started_on=date(2026, 11, 1), ended_on=date(2026, 11, 10), reason="病假", actor=place.staff
    )
    assert (label(), row(place.staff, trainee).later_by) == ("Extended", 10)


@translation.override("en")
def test_who_becomes_a_full_member_beside_the_director_is_flagged_while_the_term_runs(place, trainee, term):
    trainee.person.party_stage = PartyStage.FULL
    trainee.person.save()
    assert row(place.staff, trainee).hint.startswith("Now a full Party member")
    terms.end_term(term, ended_on=TODAY, is_cut_short=True, actor=place.staff)
    assert row(place.staff, trainee).hint == ""


def test_a_second_term_is_offered_only_when_none_runs(place, trainee, term):
    def offered():
        found = Trainee.objects.select_related("person", "home_unit").get(pk=trainee.pk)
        return sections.term_section(place.staff, found)["may_start"]

    assert offered() is False
    terms.end_term(term, ended_on=TODAY, is_cut_short=True, actor=place.staff)
    assert offered() is True


def test_a_transfer_says_what_will_happen_and_moves_the_file(staff, place, trainee, term):
    page = staff.get(url("transfer", trainee))
    assert (page.context["running"].term, page.context["service"].years) == (term, 2)
    assert place.town not in page.context["form"].fields["to_unit"].queryset
    version = Trainee.objects.get().version
    data = {"to_unit": str(place.other_town.pk), "effective_on": "2026-11-01", "document_number": "望组干〔2026〕8号"}
    assert staff.post(url("transfer", trainee), data | {"version": str(version)}).status_code == 302
    again = data | {"to_unit": str(place.top.pk), "version": str(version)}
    assert staff.post(url("transfer", trainee), again).status_code == 409
    undo = url("transfer_undo", Transfer.objects.get())
    assert staff.post(undo, {"reason": "误录", "version": "1"}).status_code == 302
    assert Trainee.objects.get().home_unit == place.town


def test_a_transfer_ends_the_sight_of_the_old_unit_at_once(sign_in, place, trainee):
    liaison = place.somebody(Role.LIAISON, place.town)
    assert sign_in(liaison).get(url("trainee_detail", trainee)).status_code == 200
    transfers.transfer_trainee(
        trainee, to_unit=place.other_town, effective_on=TODAY, document_number="一", actor=place.staff
    )
    assert sign_in(liaison).get(url("trainee_detail", trainee)).status_code == 404


def test_a_departure_asks_for_the_approval_closes_the_file_and_is_taken_back(staff, place, trainee, term):
    version = Trainee.objects.get().version
    data = {"kind": "resignation", "effective_on": "2026-11-01", "document_number": "一", "version": str(version)}
    form = staff.post(url("depart", trainee), data).context["form"]
    assert list(form.errors) == ["approval"]
    assert staff.post(url("depart", trainee), data | {"approval": "区委组织部同意"}).status_code == 302
    closed = Trainee.objects.get()
    assert [staff.get(url(name, trainee)).status_code for name in ("depart", "transfer", "term_start")] == [403] * 3
    assert staff.get(url("term_edit", term)).status_code == 403
    page = staff.get(url("trainee_detail", trainee))
    assert (page.context["transfers"]["may_edit"], page.context["transfers"]["may_undo_departure"]) == (False, True)
    back = {"reason": "误录", "version": str(closed.version)}
    assert staff.post(url("departure_undo", trainee), back).status_code == 302
    assert (Trainee.objects.get().departed_on, VillageTerm.objects.get().ended_on) == (None, None)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_sections_cost_the_same_queries_however_long(staff, place, trainee, rows, django_assert_num_queries):
    for number in range(rows):
        started = date(2024, 7 + number, 1)
        term = terms.start_term(trainee, village=place.village, started_on=started, actor=place.staff)
        interruptions.interrupt_term(term, started_on=started, ended_on=started, reason="病假", actor=place.staff)
        terms.end_term(term, ended_on=started + timedelta(days=5), is_cut_short=True, actor=place.staff)
        target = place.other_town if number % 2 == 0 else place.town
        transfers.transfer_trainee(
            trainee, to_unit=target, effective_on=started, document_number="一", actor=place.staff
        )
    trainee = Trainee.objects.select_related("person", "home_unit").get()
    user = place.staff
    list(user.standing_grants)
    sections.arrival_section(user, trainee)
    with snapshot.held(), django_assert_num_queries(7):
        found = [
            sections.term_section(user, trainee),
            sections.transfer_section(user, trainee),
            sections.arrival_section(user, trainee),
            sections.office_section(user, trainee),
        ]
    assert [len(section["rows"]) for section in found] == [rows, rows, 10, 0]
