"""The pages on which staff open and change files."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from cadre_app.core.roles import Role
from cadre_app.people.models import Education, Person, PostRecord, Relative, Trainee
from cadre_app.people.services import family, persons, posts
from tests.factories import PersonFactory, TraineeFactory, UnitFactory, UserFactory, id_number

NUMBER = id_number(date(1998, 3, 14))
HOSTILE = ["\x00", "\ufffd", "\u202e翻转", "\x7f", "长" * 5000]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def url(name, obj=None, **more):
    kwargs = {"pk": obj.pk} | more if obj is not None else more
    return reverse(f"people:{name}", kwargs=kwargs)


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def new(place, **values):
    return {
        "name": "林知远",
        "kind": "selected",
        "sub_kind": "targeted",
        "status": "civil_servant",
        "arrived_on": "2025-07-07",
        "home_unit": str(place.town.pk),
        **values,
    }


def test_staff_open_a_file(place, client_of):
    data = new(place, id_number=NUMBER, phone="13800000000", rank="11", post="科员", level="21", school="澜江大学")
    response = client_of(place.staff).post(url("trainee_create"), data)
    trainee = Trainee.objects.select_related("person").get()
    assert response.url == url("trainee_detail", trainee)
    assert (trainee.file_number, trainee.rank, trainee.person.id_number) == ("WY-2025-0001", "11", NUMBER)
    assert trainee.person.educations.get().school == "澜江大学"


def test_a_file_for_somebody_entered_already(place, client_of):
    person = PersonFactory.create(name="施懋程")
    TraineeFactory.create(home_unit=place.town)
    place_of = UnitFactory.create(parent=place.town)
    from cadre_app.people.services import offices

    office = offices.create_office(unit=place_of, name="主任", actor=place.staff)
    offices.appoint(office, person=person, since=date(2024, 1, 1), actor=place.staff)
    client_of(place.staff).post(url("trainee_create"), new(place, name="", person=str(person.pk)))
    assert Trainee.objects.filter(person=person).count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"kind": "introduced"}, "sub_kind"),
        ({"sub_kind": "nobody"}, "sub_kind"),
        ({"arrived_on": "0001-01-01"}, "arrived_on"),
        ({"arrived_on": "9999-12-31"}, "arrived_on"),
        ({"arrived_on": "2025-02-29"}, "arrived_on"),
        ({"birth_month": "1998.13"}, "birth_month"),
        ({"birth_month": "0000-01"}, "birth_month"),
        ({"id_number": "123"}, "id_number"),
        ({"phone": "12"}, "phone"),
        ({"school": "澜江大学"}, "level"),
        ({"rank": "99"}, "rank"),
        ({"post_grade": "九级"}, "post_grade"),
        ({"home_unit": "6f9619ff-8b86-d011-b42d-00cf4fc964ff"}, "home_unit"),
        ({"home_unit": "x"}, "home_unit"),
        ({"person": "6f9619ff-8b86-d011-b42d-00cf4fc964ff"}, "person"),
        *[({"name": text}, "name") for text in HOSTILE],
        *[({"remark": text}, "remark") for text in HOSTILE],
    ],
)
def test_bad_input_is_refused_beside_its_field_and_nothing_is_kept(place, client_of, values, field):
    response = client_of(place.staff).post(url("trainee_create"), new(place, **values))
    assert (response.status_code, list(errors(response))) == (200, [field])
    assert (Trainee.objects.count(), Person.objects.count()) == (0, 0)


def test_particulars_beside_somebody_who_is_entered_are_not_lost_silently(place, client_of, trainee):
    data = new(place, name="", person=str(trainee.person_id), phone="13800000000")
    response = client_of(place.staff).post(url("trainee_create"), data)
    assert list(errors(response)) == ["phone"]


def test_a_second_press_opens_one_file(place, client_of):
    data = new(place, submission="6f9619ff-8b86-4011-b42d-00cf4fc964ff")
    client = client_of(place.staff)
    first, second = (client.post(url("trainee_create"), data).url for _ in range(2))
    assert (first == second, Trainee.objects.count()) == (True, 1)


def test_numbers_stand_masked_in_the_form_and_never_in_clear(place, client_of, trainee):
    persons.change_identity(trainee.person, name="林知远", id_number=NUMBER, actor=place.staff)
    persons.change_contacts(trainee.person, phone="13812345678", actor=place.staff)
    client = client_of(place.staff)
    identity = client.get(url("section_edit", trainee, section="identity")).content.decode()
    contacts = client.get(url("section_edit", trainee, section="contacts")).content.decode()
    assert (NUMBER in identity, f"{NUMBER[:4]} **** **** {NUMBER[-4:]}" in identity) == (False, True)
    assert ("13812345678" in contacts, "138****5678" in contacts) == (False, True)


def section(client, trainee, which, /, **values):
    version = Person.objects.get(pk=trainee.person_id).version
    return client.post(url("section_edit", trainee, section=which), {"version": version, **values})


def test_sections_are_changed(place, client_of, trainee):
    client = client_of(place.staff)
    section(client, trainee, "identity", name="林知远", id_number=NUMBER, native_place="临澜")
    section(client, trainee, "contacts", phone="13800000000", email="a@example.org")
    section(client, trainee, "party", political_status="02", party_joined_on="2026-06-01")
    response = section(client, trainee, "resume", resume="2016.09-- 澜江大学学生")
    person = Person.objects.get(pk=trainee.person_id)
    assert response.url == url("trainee_detail", trainee) + "#resume"
    assert (person.name, person.id_number, person.birth_month) == ("林知远", NUMBER, date(1998, 3, 1))
    assert (person.phone, person.party_stage, person.resume) == (
        "13800000000",
        "probationary",
        "2016.09--         澜江大学学生",
    )


def test_a_number_left_empty_stays_and_is_removed_by_the_box(place, client_of, trainee):
    persons.change_identity(trainee.person, name="林知远", id_number=NUMBER, actor=place.staff)
    client = client_of(place.staff)
    section(client, trainee, "identity", name="林知远", sex="2", birth_month="1998-03")
    assert Person.objects.get(pk=trainee.person_id).id_number == NUMBER
    both = section(client, trainee, "identity", name="林知远", id_number=NUMBER, forget_id_number="on")
    assert list(errors(both)) == ["forget_id_number"]
    section(client, trainee, "identity", name="林知远", forget_id_number="on")
    assert Person.objects.get(pk=trainee.person_id).id_number == ""


def test_an_old_page_shows_both_texts_and_no_number(place, client_of, trainee):
    persons.change_identity(trainee.person, name="林知远", id_number=NUMBER, actor=place.staff)
    response = client_of(place.staff).post(
        url("section_edit", trainee, section="identity"), {"version": 1, "name": "林之远"}
    )
    text = response.content.decode()
    assert (response.status_code, "林知远" in text, "林之远" in text, NUMBER in text) == (409, True, True, False)


@pytest.mark.parametrize(
    ("name", "values", "field"),
    [
        ("identity", {"name": ""}, "name"),
        ("identity", {"name": "某", "sex": "7"}, "sex"),
        ("identity", {"name": "某", "birth_month": "9999-12"}, "birth_month"),
        ("identity", {"name": "某", "birth_month": "\x00"}, "birth_month"),
        ("contacts", {"email": "x"}, "email"),
        ("contacts", {"phone": "\x00"}, "phone"),
        ("party", {"political_status": "01", "party_stage": "activist"}, "party_stage"),
        ("party", {"party_full_on": "2026-02-30"}, "party_full_on"),
        ("resume", {"resume": "曾在某地"}, "resume"),
        *[("resume", {"resume": text}, "resume") for text in HOSTILE],
        *[("identity", {"name": text}, "name") for text in HOSTILE],
    ],
)
def test_bad_values_of_a_section_are_refused_beside_their_field(place, client_of, trainee, name, values, field):
    response = section(client_of(place.staff), trainee, name, **values)
    assert (response.status_code, list(errors(response))) == (200, [field])


@pytest.mark.parametrize("name", ["account", "education", "x"])
def test_unknown_sections_are_not_found(place, client_of, trainee, name):
    assert client_of(place.staff).get(url("section_edit", trainee, section=name)).status_code == 404


def test_education_is_added_corrected_and_voided(place, client_of, trainee):
    client = client_of(place.staff)
    data = {"mode": "full_time", "level": "21", "school": "澜江大学", "graduated_on": "2020年7月"}
    response = client.post(url("education_add", trainee), data)
    row = Education.objects.get()
    assert (response.url, row.graduated_on) == (url("trainee_detail", trainee) + "#education", date(2020, 7, 1))
    client.post(url("education_edit", row), {**data, "version": 1, "school": "东屿农林大学"})
    client.post(url("education_void", row), {"version": 2, "reason": "误录"})
    row.refresh_from_db()
    assert (row.school, row.is_voided) == ("东屿农林大学", True)
    assert client.get(url("education_edit", row)).status_code == 404


def test_relatives_are_added_corrected_and_voided(place, client_of, trainee):
    client = client_of(place.staff)
    client.post(url("relative_add", trainee), {"relation": "父亲", "name": "林某", "birth_month": "1970-05"})
    row = Relative.objects.get()
    client.post(url("relative_edit", row), {"version": 1, "relation": "父亲", "name": "林某某"})
    row.refresh_from_db()
    assert (row.name, row.birth_month) == ("林某某", None)
    client.post(url("relative_void", row), {"version": 2, "reason": "误录"})
    row.refresh_from_db()
    assert row.is_voided


def test_whoever_declares_themself_a_relative_loses_sight_of_the_file(place, client_of, trainee):
    own = PersonFactory.create(name="程昱晗", account=place.staff)
    response = client_of(place.staff).post(url("relative_add", trainee), {"relation": "表兄", "other": str(own.pk)})
    assert (response.url, Relative.objects.get().name) == (reverse("desk:home"), "程昱晗")
    assert client_of(place.staff).get(url("trainee_detail", trainee)).status_code == 404


def test_a_relative_out_of_sight_cannot_be_chosen(place, client_of, trainee):
    stranger = PersonFactory.create(name="外区同志")
    response = client_of(place.staff).post(
        url("relative_add", trainee), {"relation": "父亲", "other": str(stranger.pk)}
    )
    assert (list(errors(response)), "外区同志" in response.content.decode()) == (["other"], False)


def test_posts_are_recorded_corrected_and_voided(place, client_of, trainee):
    client = client_of(place.staff)
    client.post(url("post_record_add", trainee), {"started_on": "2025-07-01", "post": "科员", "rank": "11"})
    row = PostRecord.objects.get()
    form = client.get(url("post_record_add", trainee)).context["form"]
    assert (form["post"].value(), form["rank"].value()) == ("科员", "11")
    data = {"version": 1, "started_on": "2025-08-01", "post": "干事", "rank": "11"}
    client.post(url("post_record_edit", row), data)
    trainee.refresh_from_db()
    assert (trainee.post, trainee.post_since) == ("干事", date(2025, 8, 1))
    client.post(url("post_record_void", row), {"version": 2, "reason": "误录"})
    trainee.refresh_from_db()
    assert (trainee.post, trainee.rank, trainee.rank_order) == ("", "", 99)


def test_programme_facts_are_changed(place, client_of, trainee):
    data = {
        "version": trainee.version,
        "kind": "selected",
        "sub_kind": "ordinary",
        "status": "civil_servant",
        "arrived_on": "2024-07-01",
        "linked_village": str(place.village.pk),
    }
    client_of(place.staff).post(url("facts_edit", trainee), data)
    trainee.refresh_from_db()
    assert (trainee.sub_kind, trainee.linked_village) == ("ordinary", place.village)


def test_a_linked_village_out_of_scope_may_stay(place, client_of):
    village = UnitFactory.create(name="邻区某村", kind="village")
    trainee = TraineeFactory.create(home_unit=place.town, linked_village=village)
    form = client_of(place.staff).get(url("facts_edit", trainee)).context["form"]
    assert form.fields["linked_village"].queryset.filter(pk=village.pk).exists()


def test_files_are_voided_and_restored(place, client_of, trainee):
    client = client_of(place.staff)
    client.post(url("trainee_void", trainee), {"version": 1, "reason": "误建"})
    assert Trainee.objects.get().is_voided
    assert client.get(url("facts_edit", trainee)).status_code == 403
    client.post(url("trainee_restore", trainee), {"version": 2, "reason": "更正"})
    assert not Trainee.objects.get().is_voided


def test_my_file_leads_to_the_own_file(place, client_of, trainee):
    account = UserFactory.create(unit=place.town, kind="trainee")
    assert client_of(account).get(url("my_file")).status_code == 404
    Person.objects.filter(pk=trainee.person_id).update(account=account)
    assert client_of(account).get(url("my_file")).url == reverse("growth:file", kwargs={"pk": trainee.pk})


def test_nobody_works_on_the_own_file(place, client_of, trainee):
    Person.objects.filter(pk=trainee.person_id).update(account=place.staff)
    client = client_of(place.staff)
    statuses = {
        name: client.get(url(name, trainee)).status_code
        for name in ("facts_edit", "trainee_void", "education_add", "relative_add", "post_record_add")
    }
    assert set(statuses.values()) == {403}


@pytest.mark.parametrize("role", [Role.LEADER, Role.LIAISON])
def test_leaders_and_liaisons_read_only(place, client_of, trainee, role):
    client = client_of(place.somebody(role, place.town))
    assert client.get(url("section_edit", trainee, section="identity")).status_code == 403


@pytest.mark.parametrize(("name", "counted"), [("identity", 10), ("contacts", 9), ("party", 10), ("resume", 9)])
def test_a_section_costs_the_same_few_queries(place, client_of, trainee, name, counted, django_assert_num_queries):
    family.add_relative(trainee.person, relation="父亲", name="林某", actor=place.staff)
    posts.add_post_record(trainee, started_on=date(2025, 7, 1), post="科员", actor=place.staff)
    client = client_of(place.staff)
    with django_assert_num_queries(counted):
        client.get(url("section_edit", trainee, section=name))


def test_a_name_that_is_already_entered_is_asked_about_once(place, client_of):
    known = TraineeFactory.create(person=PersonFactory.create(name="林知远"), home_unit=place.town)
    client = client_of(place.staff)
    page = client.post(url("trainee_create"), new(place, name=" 林知远 "))
    form = page.context["form"]
    assert (list(form.errors), [hit.pk for hit in form.fields["person"].picker.offered]) == (
        ["name"],
        [known.person_id],
    )
    assert page.content.decode().count('name="is_namesake"') == 1
    assert client.post(url("trainee_create"), new(place, is_namesake="on")).status_code == 302
    assert Person.objects.filter(name="林知远").count() == 2


def test_a_namesake_out_of_sight_is_not_asked_about(place, client_of):
    TraineeFactory.create(person=PersonFactory.create(name="林知远"), home_unit=UnitFactory.create(name="邻区"))
    assert client_of(place.staff).post(url("trainee_create"), new(place)).status_code == 302


def test_an_id_number_that_is_taken_is_said_by_itself(place, client_of):
    person = persons.create_person(name="林知远", id_number=NUMBER, actor=place.staff)
    TraineeFactory.create(person=person, home_unit=place.town)
    page = client_of(place.staff).post(url("trainee_create"), new(place, id_number=NUMBER))
    assert list(errors(page)) == ["id_number"]


def test_the_question_about_a_namesake_stays_hidden_until_it_is_asked(place, client_of):
    page = client_of(place.staff).get(url("trainee_create")).content.decode()
    assert page.count('name="is_namesake"') == page.count('type="hidden" name="is_namesake"') == 1


def changes(page):
    return {
        (entry.verb, change.name): (change.before, change.after)
        for entry in page.context["entries"]
        for change in entry.changes
    }


def test_the_history_tells_months_as_months(place, client_of, trainee):
    persons.change_identity(trainee.person, name="林知远", birth_month=date(1999, 6, 1), actor=place.staff)
    family.add_education(trainee.person, mode="full_time", level="21", graduated_on=date(2021, 6, 1), actor=place.staff)
    told = changes(client_of(place.staff).get(url("trainee_detail", trainee)))
    assert told["people.person.identity_changed", "birth_month"] == ("", "Jun 1999")
    assert told["people.education.added", "graduated_on"] == ("", "Jun 2021")


def test_a_page_that_is_old_shows_months_as_months(place, client_of, trainee):
    persons.change_identity(trainee.person, name="林知远", birth_month=date(1999, 6, 1), actor=place.staff)
    data = {"version": "1", "name": "林知远", "birth_month": "1999-07"}
    page = client_of(place.staff).post(url("section_edit", trainee, section="identity"), data)
    month = next(field for field in page.context["fields"] if field["bound"].name == "birth_month")
    assert (page.status_code, month["theirs"], month["mine"]) == (409, "Jun 1999", "Jul 1999")
    assert 'name="birth_month" value="1999-07"' in page.content.decode()


def test_a_number_that_was_not_entered_is_no_change(place, client_of):
    client = client_of(place.staff)
    client.post(url("trainee_create"), new(place))
    told = changes(client.get(url("trainee_detail", Trainee.objects.get())))
    assert [name for verb, name in told if name in ("phone", "id_number")] == []
    client.post(url("trainee_create"), new(place, name="另一人", phone="13800000000"))
    told = changes(client.get(url("trainee_detail", Trainee.objects.get(person__name="另一人"))))
    assert [name for verb, name in told if name in ("phone", "id_number")] == ["phone"]
