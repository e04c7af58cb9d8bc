from datetime import date

import openpyxl
import pytest
from django.urls import reverse
from django.utils import translation

from cadre_app.core.roles import Role
from cadre_app.jobs import services as jobs
from cadre_app.jobs.models import JobState
from cadre_app.jobs.tasks import run
from cadre_app.people.models import Office, OfficeHolding, Person
from cadre_app.people.services import offices
from cadre_app.people.services.persons import create_person
from tests.factories import PersonFactory, TraineeFactory

LIST = reverse("people:office_list")
NEW = reverse("people:office_create")
PICK = reverse("people:person_picker")
SINCE = date(2020, 1, 1)


def url(name: str, office: Office) -> str:
    return reverse(f"people:office_{name}", kwargs={"pk": office.pk})


def holding_url(name: str, holding: OfficeHolding) -> str:
    return reverse(f"people:holding_{name}", kwargs={"pk": holding.pk})


@pytest.fixture
def staff(sign_in, place):
    return sign_in(place.staff)


@pytest.fixture
def add(place):
    def office(name="党委书记", *, unit=None, holder="", order=0, **flags):
        made = offices.create_office(unit=unit or place.town, name=name, order=order, actor=place.staff, **flags)
        if holder:
            person = create_person(name=holder, actor=place.staff)
            offices.appoint(made, person=person, since=SINCE, actor=place.staff)
        return made

    return office


def shown(response) -> list[str]:
    return [row.object.name for row in response.context["table"].rows]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_queries_however_long(staff, add, rows, django_assert_num_queries):
    for number in range(rows):
        add(f"副镇长{number}", holder=f"同志{number}")
    staff.get(LIST)
    with django_assert_num_queries(9):
        assert len(shown(staff.get(LIST))) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_an_office_costs_the_same_queries_however_many_held_it(
    staff, place, add, rows, django_assert_num_queries
):
    office = add(holder="甲")
    for number in range(1, rows):
        person = create_person(name=f"同志{number}", actor=place.staff)
        since = date(2020 + number, 1, 1)
        offices.appoint(office, person=person, since=since, ends_predecessor=True, actor=place.staff)
    staff.get(LIST)
    with django_assert_num_queries(11):
        assert len(staff.get(url("detail", office)).context["holdings"]) == rows


def test_the_list_is_narrowed_by_unit_holder_state_and_source(staff, place, add):
    add("党委书记", holder="庄世恒", is_political_source=True)
    add("镇长", order=1)
    add("村党支部书记", unit=place.village, holder="吴茂林", is_community_source=True)
    add("党委书记", unit=place.other_town)
    offices.void_office(add("误录"), reason="误录", actor=place.staff)

    def found(**query):
        return shown(staff.get(LIST, query))

    assert found() == ["党委书记", "镇长", "村党支部书记", "党委书记"]
    assert found(unit=str(place.village.pk)) == ["村党支部书记"]
    assert found(unit=str(place.town.pk)) == ["党委书记", "镇长", "村党支部书记"]
    assert found(q="庄世") == ["党委书记"]
    assert found(q="潮音") == ["党委书记"]
    assert found(state="vacant") == ["镇长", "党委书记"]
    assert found(state="occupied", unit=str(place.town.pk)) == ["党委书记", "村党支部书记"]
    assert found(state="voided") == ["误录"]
    assert found(source="community") == ["村党支部书记"]


@pytest.mark.parametrize("query", ["unit=x", "unit=%00", "unit=00000000-0000-4000-8000-000000000000"])
def test_an_unknown_unit_is_not_found(staff, query):
    assert staff.get(f"{LIST}?{query}").status_code == 404


@pytest.mark.parametrize("query", ["q=%00", "q=" + "长" * 2000, "state=%F0%9F", "source=x", "sort=version", "page=0"])
def test_hostile_conditions_get_an_answer(staff, add, query):
    add()
    assert staff.get(f"{LIST}?{query}").status_code == 200


def test_a_liaison_reads_the_offices_of_the_own_town_and_changes_none(sign_in, place, add):
    office = add("党委书记", holder="庄世恒")
    add("党委书记", unit=place.other_town)
    client = sign_in(place.somebody(Role.LIAISON, place.town))
    response = client.get(LIST)
    assert (len(shown(response)), response.context["add_url"]) == (1, "")
    detail = client.get(url("detail", office))
    assert (detail.context["may_change"], detail.context["entries"]) == (False, None)
    assert [client.get(url(name, office)).status_code for name in ("edit", "appoint", "void")] == [403] * 3


def test_an_office_is_added_in_a_unit_of_the_own_scope(sign_in, place):
    client = sign_in(place.somebody(Role.STAFF, place.town))
    form = client.post(NEW, {"unit": str(place.top.pk), "name": "书记", "order": "1"}).context["form"]
    assert list(form.errors) == ["unit"]
    data = {"unit": str(place.village.pk), "name": "村党支部书记", "order": "1", "is_community_source": "on"}
    assert client.post(NEW, data).status_code == 302
    office = Office.objects.get()
    assert (office.unit, office.is_community_source, office.is_political_source) == (place.village, True, False)


def test_a_second_source_is_refused_beside_its_box(staff, place, add):
    add("党委书记", is_political_source=True)
    other = add("镇长")
    data = {"name": "镇长", "order": "0", "is_political_source": "on", "version": "1"}
    assert list(staff.post(url("edit", other), data).context["form"].errors) == ["is_political_source"]


@pytest.mark.parametrize("name", ["沧\x00浦", "沧\u202e浦", "", " ", "长" * 61])
def test_a_bad_name_is_told_beside_its_field_and_nothing_is_lost(staff, place, name):
    form = staff.post(NEW, {"unit": str(place.town.pk), "name": name, "order": "7"}).context["form"]
    assert (list(form.errors), form["order"].value()) == (["name"], "7")


def test_a_holder_is_chosen_among_those_entered(staff, place, add):
    office, person = add(), create_person(name="庄世恒", actor=place.staff)
    TraineeFactory.create(person=person, home_unit=place.town)
    response = staff.post(url("appoint", office), {"person": str(person.pk), "since": "2021-03-01", "version": "1"})
    assert (response.status_code, OfficeHolding.objects.get().person) == (302, person)


def test_a_holder_is_entered_by_name_in_the_same_form(staff, add):
    office = add()
    data = {"name": "柯文谨", "phone": "13800000000", "since": "2021-03-01", "version": "1"}
    assert staff.post(url("appoint", office), data).status_code == 302
    person = OfficeHolding.objects.get().person
    assert (person.name, person.phone, person.name_initials) == ("柯文谨", "13800000000", "kwj")


def test_a_name_that_is_already_entered_is_asked_about_once(staff, add):
    office, other = add("镇长"), add("党委书记", holder="庄世恒")
    data = {"name": "庄世恒", "since": "2021-03-01", "version": "1"}
    form = staff.post(url("appoint", office), data).context["form"]
    assert (list(form.errors), [hit.name for hit in form.fields["person"].picker.offered]) == (["name"], ["庄世恒"])
    assert staff.post(url("appoint", office), data | {"is_namesake": "on"}).status_code == 302
    assert (Person.objects.filter(name="庄世恒").count(), other.holdings.count()) == (2, 1)


def test_somebody_must_be_named_and_only_one(staff, add):
    office = add("镇长")
    holder = OfficeHolding.objects.get(office=add("党委书记", holder="庄世恒")).person
    data = {"since": "2021-03-01", "version": "1"}
    assert list(staff.post(url("appoint", office), data).context["form"].errors) == ["person"]
    both = data | {"person": str(holder.pk), "name": "柯文谨"}
    assert list(staff.post(url("appoint", office), both).context["form"].errors) == ["name"]
    for key in ("x", "\x00", "00000000-0000-4000-8000-000000000000"):
        assert list(staff.post(url("appoint", office), data | {"person": key}).context["form"].errors) == ["person"]


def test_a_refused_choice_stays_chosen_on_the_page(staff, add):
    office = add("镇长")
    holder = OfficeHolding.objects.get(office=add("党委书记", holder="庄世恒")).person
    page = staff.post(url("appoint", office), {"person": str(holder.pk), "since": "", "version": "1"})
    assert f'value="{holder.pk}" checked' in page.content.decode()


def test_a_person_out_of_sight_cannot_be_named(sign_in, place, add):
    office = add("村党支部书记", unit=place.village)
    stranger = OfficeHolding.objects.get(office=add(unit=place.other_town, holder="潘毓海")).person
    client = sign_in(place.somebody(Role.STAFF, place.town))
    data = {"person": str(stranger.pk), "since": "2021-03-01", "version": "1"}
    assert list(client.post(url("appoint", office), data).context["form"].errors) == ["person"]


def test_the_successor_ends_the_predecessor_the_day_before(staff, add):
    office = add(holder="庄世恒")
    data = {"name": "卢广耘", "since": "2026-11-01", "version": "1"}
    assert list(staff.post(url("appoint", office), data).context["form"].errors) == ["ends_predecessor"]
    assert staff.post(url("appoint", office), data | {"ends_predecessor": "on"}).status_code == 302
    assert dict(OfficeHolding.objects.values_list("person__name", "until")) == {
        "庄世恒": date(2026, 10, 31),
        "卢广耘": None,
    }


def test_a_double_tap_enters_one_person_and_one_holding(staff, add):
    office = add()
    form = staff.get(url("appoint", office)).context["form"]
    data = {"name": "柯文谨", "since": "2021-03-01", "version": "1", "submission": form["submission"].value()}
    assert [staff.post(url("appoint", office), data).status_code for _ in range(2)] == [302, 302]
    assert (OfficeHolding.objects.count(), Person.objects.count()) == (1, 1)


def test_a_holding_is_ended_corrected_and_voided(staff, add):
    holding = OfficeHolding.objects.get(office=add(holder="庄世恒"))
    end = {"until": "2026-11-24", "reason": "调离", "version": "1"}
    assert list(staff.post(holding_url("end", holding), end).context["form"].errors) == ["until"]
    assert staff.post(holding_url("end", holding), end | {"until": "2026-11-01"}).status_code == 302
    assert (
        staff.post(holding_url("edit", holding), {"since": "2020-02-01", "until": "", "version": "1"}).status_code
        == 409
    )
    assert (
        staff.post(holding_url("edit", holding), {"since": "2020-02-01", "until": "", "version": "2"}).status_code
        == 302
    )
    assert staff.post(holding_url("void", holding), {"reason": "误录", "version": "3"}).status_code == 302
    assert staff.get(holding_url("edit", holding)).status_code == 404


@pytest.mark.parametrize("day", ["0001-01-01", "2024-02-29", "9999-12-31", "2023-02-29", "昨天"])
def test_odd_days_get_an_answer(staff, add, day):
    holding = OfficeHolding.objects.get(office=add(holder="庄世恒"))
    statuses = {
        staff.post(holding_url("edit", holding), {"since": day, "until": day, "version": "1"}).status_code,
        staff.post(holding_url("end", holding), {"until": day, "reason": "调离", "version": "1"}).status_code,
    }
    assert statuses <= {200, 302, 409}


def hits(client, text, **query) -> list[str]:
    response = client.get(PICK, {"field": "person", "person_q": text, **query})
    return [f"{hit.name} {hit.detail}".strip() for hit in response.context["hits"]]


def test_typing_finds_persons_with_unit_and_office(staff, place, add):
    add("党委书记", holder="庄世恒")
    person = create_person(name="庄晓", actor=place.staff)
    TraineeFactory.create(person=person, home_unit=place.village, file_number="WY-2024-0009")
    for typed in ("庄", "zhuang", "z"):
        assert hits(staff, typed) == ["庄世恒 梧岭镇 党委书记", "庄晓 梧头村 WY-2024-0009"]
    assert hits(staff, "zsh") == ["庄世恒 梧岭镇 党委书记"]


@pytest.mark.parametrize("typed", ["", " ", "\x00", "\u202e庄", "长" * 500, "%", "'"])
def test_nothing_is_found_for_nothing(staff, add, typed):
    add("党委书记", holder="庄世恒")
    assert hits(staff, typed) == []


def test_at_most_ten_are_offered_and_nobody_out_of_scope(sign_in, place, add):
    for number in range(12):
        add(f"副镇长{number}", holder=f"林{number}")
    add("党委书记", unit=place.other_town, holder="林外")
    client = sign_in(place.somebody(Role.STAFF, place.town))
    found = hits(client, "林")
    assert (len(found), [name for name in found if "外" in name]) == (10, [])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_search_costs_the_same_queries_however_many_are_found(staff, add, rows, django_assert_num_queries):
    for number in range(rows):
        add(f"副镇长{number}", holder=f"林{number}")
    hits(staff, "林")
    with django_assert_num_queries(9):
        assert len(hits(staff, "林")) == rows


def test_a_field_name_that_is_none_is_not_found(staff):
    assert staff.get(PICK, {"field": '"><script>'}).status_code == 404


@translation.override("en")
def test_the_workbook_holds_what_the_list_shows(place, add, settings, tmp_path, monkeypatch):
    settings.PRIVATE_ROOT = tmp_path
    monkeypatch.setattr(jobs.current_app, "send_task", lambda *args, **options: None)
    add("=1+1", holder="庄世恒", is_political_source=True)
    add("镇长", order=1)
    job = jobs.start_job("people.offices", {"query": f"columns=name,holder&unit={place.town.pk}"}, place.staff)
    run(str(job.pk))
    job.refresh_from_db()
    with jobs.result_path(job).open("rb") as file:
        rows = [list(row) for row in openpyxl.load_workbook(file).active.iter_rows(values_only=True)]
    assert (job.state, rows[1:]) == (JobState.DONE, [["'=1+1", "庄世恒"], ["镇长", "Vacant"]])


def test_the_holder_section_of_a_file_names_units_and_offices(staff, place, add):
    person = PersonFactory.create()
    trainee = TraineeFactory.create(person=person, home_unit=place.town)
    offices.appoint(add("镇团委书记"), person=person, since=SINCE, actor=place.staff)
    page = staff.get(reverse("people:trainee_detail", kwargs={"pk": trainee.pk}))
    assert [row.office.name for row in page.context["offices"]["rows"]] == ["镇团委书记"]


def test_an_appointment_from_an_old_page_gets_both_texts(staff, place, add):
    office, person = add(), create_person(name="庄世恒", actor=place.staff)
    TraineeFactory.create(person=person, home_unit=place.town)
    data = {"person": str(person.pk), "since": "2021-03-01", "document_number": "望委〔2021〕2号", "version": "7"}
    response = staff.post(url("appoint", office), data)
    body = response.content.decode()
    assert (response.status_code, "望委〔2021〕2号" in body, f'value="{person.pk}"' in body) == (409, True, True)


def test_a_kept_draft_shows_whom_one_had_chosen(staff, place, add):
    office, person = add(), create_person(name="庄世恒", actor=place.staff)
    TraineeFactory.create(person=person, home_unit=place.town)
    kept = f"version=1&submission=&person_q=zhuang&person={person.pk}&since=2021-03-01"
    staff.post(reverse("accounts:draft_save"), {"page": url("appoint", office), "body": kept})
    body = staff.get(url("appoint", office)).content.decode()
    assert (f'value="{person.pk}" checked' in body, 'value="2021-03-01"' in body) == (True, True)


def test_whoever_left_an_office_is_offered_with_that_said(staff, add):
    office = add(holder="庄世恒")
    holding = OfficeHolding.objects.get(office=office)
    hits = lambda: [hit.detail for hit in staff.get(f"{PICK}?field=mentor&mentor_q=庄").context["hits"]]  # noqa: E731
    assert hits() == [f"{office.unit.label} 党委书记"]
    offices.end_holding(holding, until=SINCE.replace(year=2021), actor=None)
    assert ["党委书记" in detail and "2021" in detail for detail in hits()] == [True]
