from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from cadre_app.core import crypto
from cadre_app.core.models import Stale
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.people.models import Person, Trainee
from cadre_app.people.models.persons import avoided_persons
from cadre_app.people.services import family, persons
from tests.factories import PersonFactory, TraineeFactory, UserFactory, id_number

BORN = date(1998, 3, 14)
WOMAN, MAN = id_number(BORN, serial=2), id_number(BORN, serial=3)


def errors_of(call, *args, **values):
    with pytest.raises(ValidationError) as refused:
        call(*args, **values)
    return {name: [error.code for error in errors] for name, errors in refused.value.error_dict.items()}


def refusal_of(call, *args, **values):
    with pytest.raises(ValidationError) as refused:
        call(*args, **values)
    return refused.value.code


def test_a_person_is_entered_with_every_particular(place):
    person = persons.create_person(
        name=" 单 一鸣 ",
        sex="1",
        birth_month=date(1998, 3, 20),
        ethnic_group="01",
        native_place="临澜望屿",
        id_number=f" {MAN[:6]} {MAN[6:]}",
        phone="138 0000 0000",
        political_status="01",
        party_joined_on=date(2018, 6, 1),
        party_full_on=date(2019, 6, 1),
        resume="2016.09--2020.07 澜江大学学生",
        actor=place.staff,
    )
    person.refresh_from_db()
    assert (person.name, person.birth_month, person.id_number, person.phone) == (
        "单一鸣",
        date(1998, 3, 1),
        MAN,
        "13800000000",
    )
    assert (person.party_stage, person.resume) == ("full", "2016.09--2020.07  澜江大学学生")
    assert person.id_digest == crypto.digest(MAN)


def test_the_name_sets_the_keys_of_lists(place):
    person = persons.create_person(name="单一鸣", actor=place.staff)
    trainee = TraineeFactory.create(person=person, home_unit=place.town)
    persons.change_identity(person, name="曾砚秋", actor=place.staff)
    trainee.refresh_from_db()
    assert (trainee.person.name_pinyin, trainee.person.name_initials) == ("zeng'yan'qiu", "zyq")
    assert trainee.stroke_key == trainee.person.name_stroke_key


@pytest.mark.parametrize("name", ["", "  ", "\u3000"])
def test_nobody_is_nameless(place, name):
    assert errors_of(persons.create_person, name=name, actor=place.staff) == {"name": ["required"]}


@pytest.mark.parametrize("name", ["王㛃", "李𠮷安", "阿依努尔·艾山", "尉迟安"])
def test_rare_names_are_kept_as_written(place, name):
    assert persons.create_person(name=name, actor=place.staff).name == name


def test_month_and_sex_follow_from_the_id_number(place):
    person = persons.create_person(name="某人", id_number=WOMAN, actor=place.staff)
    assert (person.birth_month, person.sex) == (date(1998, 3, 1), "2")


@pytest.mark.parametrize(
    ("values", "field"), [({"birth_month": date(1998, 4, 1)}, "birth_month"), ({"sex": "1"}, "sex")]
)
def test_month_and_sex_must_agree_with_the_id_number(place, values, field):
    found = errors_of(persons.create_person, name="某人", id_number=WOMAN, **values, actor=place.staff)
    assert found == {field: ["id_number"]}


def test_a_sex_not_stated_is_no_contradiction(place):
    assert persons.create_person(name="某人", id_number=WOMAN, sex="9", actor=place.staff).sex == "9"


@pytest.mark.parametrize("typed", [WOMAN[:-1] + ("1" if WOMAN[-1] != "1" else "2"), "4.2E+17", "123456789012345", "x"])
def test_a_wrong_id_number_is_refused_beside_its_field(place, typed):
    found = errors_of(persons.create_person, name="某人", id_number=typed, actor=place.staff)
    assert list(found) == ["id_number"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"sex": "7"}, "sex"),
        ({"ethnic_group": "99"}, "ethnic_group"),
        ({"political_status": "zz"}, "political_status"),
        ({"birth_month": date(1, 1, 1)}, "birth_month"),
        ({"birth_month": date(9999, 12, 31)}, "birth_month"),
        ({"birth_month": date(1998, 1, 1), "work_month": date(2001, 1, 1)}, "work_month"),
        ({"phone": "12345"}, "phone"),
        ({"email": "no mail"}, "email"),
        ({"resume": "曾在某地"}, "resume"),
        ({"native_place": "某" * 41}, "native_place"),
    ],
)
def test_bad_particulars_are_refused_beside_their_field(place, values, field):
    assert list(errors_of(persons.create_person, name="某人", **values, actor=place.staff)) == [field]


def test_an_unknown_particular_is_a_mistake_of_the_caller(place):
    with pytest.raises(TypeError):
        persons.create_person(name="某人", account=None, actor=place.staff)


def test_a_taken_number_names_whoever_is_in_sight(place):
    TraineeFactory.create(
        person=persons.create_person(name="林知远", id_number=WOMAN, actor=place.staff),
        home_unit=place.town,
        file_number="WY-2024-0007",
    )
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        persons.create_person(name="另一人", id_number=WOMAN, actor=place.staff)
    assert refused.value.message_dict == {
        "id_number": ["This ID number belongs to 林知远 of 梧岭镇, file WY-2024-0007."]
    }


def test_a_taken_number_says_nothing_of_somebody_out_of_sight(place):
    TraineeFactory.create(
        person=persons.create_person(name="林知远", id_number=WOMAN, actor=place.staff), home_unit=place.other_town
    )
    outsider = place.somebody(Role.STAFF, place.town)
    with pytest.raises(ValidationError) as refused:
        persons.create_person(name="另一人", id_number=WOMAN, actor=outsider)
    text = str(refused.value)
    assert ("林知远" in text, place.other_town.name in text) == (False, False)
    assert refused.value.error_dict["id_number"][0].code == "taken"


def test_the_number_of_a_voided_person_is_free(place):
    person = persons.create_person(name="林知远", id_number=WOMAN, actor=place.staff)
    Person.objects.filter(pk=person.pk).update(voided_at=person.created_at)
    assert persons.create_person(name="林知远", id_number=WOMAN, actor=place.staff).id_number == WOMAN


def test_history_knows_that_the_numbers_changed_and_not_what_they_are(place):
    person = PersonFactory.create()
    persons.change_identity(person, name=person.name, id_number=WOMAN, actor=place.staff)
    persons.change_contacts(person, phone="13800000000", actor=place.staff)
    entries = Entry.objects.about(person)
    assert sorted(entry.sealed for entry in entries) == [["id_digest", "id_number"], ["phone"]]
    assert all("13800000000" not in f"{entry.before}{entry.after}" for entry in entries)
    assert all(WOMAN not in f"{entry.before}{entry.after}" for entry in entries)


def test_numbers_not_typed_stay_and_empty_ones_go(place):
    person = persons.create_person(name="某人", id_number=WOMAN, phone="13800000000", actor=place.staff)
    person = persons.change_identity(person, name="某人", id_number=None, health="良好", actor=place.staff)
    assert person.id_number == WOMAN
    person = persons.change_identity(person, name="某人", id_number="", actor=place.staff)
    assert (person.id_number, person.id_digest) == ("", "")
    person = persons.change_contacts(person, phone=None, email="a@example.org", actor=place.staff)
    assert person.phone == "13800000000"
    assert persons.change_contacts(person, phone="", actor=place.staff).phone == ""


def test_a_code_out_of_use_may_stay(place):
    person = PersonFactory.create(ethnic_group="98")
    assert persons.change_identity(person, name="某人", ethnic_group="98", actor=place.staff).ethnic_group == "98"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"political_status": "01"}, ("01", "full")),
        ({"political_status": "02", "party_joined_on": date(2026, 6, 1)}, ("02", "probationary")),
        ({"party_stage": "full"}, ("01", "full")),
        ({"party_stage": "probationary", "party_joined_on": date(2026, 6, 1)}, ("02", "probationary")),
        ({"political_status": "03", "party_stage": "activist"}, ("03", "activist")),
        ({"political_status": "13"}, ("13", "")),
    ],
)
def test_affiliation_and_stage_follow_from_each_other(place, values, expected):
    person = persons.change_party(PersonFactory.create(), **values, actor=place.staff)
    assert (person.political_status, person.party_stage) == expected


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"political_status": "01", "party_stage": "probationary"}, {"party_stage": ["contradiction"]}),
        ({"political_status": "02", "party_stage": "full"}, {"party_stage": ["contradiction"]}),
        ({"political_status": "13", "party_stage": "full"}, {"party_stage": ["contradiction"]}),
        ({"political_status": "01", "party_stage": "applicant"}, {"party_stage": ["contradiction"]}),
        (
            {"political_status": "01", "party_joined_on": date(2020, 1, 2), "party_full_on": date(2020, 1, 1)},
            {"party_full_on": ["order"]},
        ),
        (
            {"party_applied_on": date(2020, 1, 2), "party_candidate_on": date(2019, 1, 1)},
            {"party_candidate_on": ["order"]},
        ),
        ({"party_applied_on": date(2027, 1, 1)}, {"party_applied_on": ["future"]}),
        ({"party_applied_on": date(1, 1, 1)}, {"party_applied_on": ["too_early"]}),
        ({"party_stage": "activist", "party_joined_on": date(2020, 1, 1)}, {"party_joined_on": ["stage"]}),
        (
            {"political_status": "02", "party_joined_on": date(2019, 1, 1), "party_full_on": date(2020, 1, 1)},
            {"party_full_on": ["stage"]},
        ),
    ],
)
def test_contradictions_of_membership_are_refused(place, values, found):
    assert errors_of(persons.change_party, PersonFactory.create(), **values, actor=place.staff) == found


def test_an_old_page_is_refused(place):
    person = PersonFactory.create()
    persons.change_resume(person, resume="2016.09-- 澜江大学学生", version=1, actor=place.staff)
    with pytest.raises(Stale):
        persons.change_contacts(person, phone="13800000000", version=1, actor=place.staff)


@pytest.mark.parametrize(
    "change",
    [
        lambda person, staff: persons.change_identity(person, name="改名", actor=staff),
        lambda person, staff: persons.change_contacts(person, phone="13800000000", actor=staff),
        lambda person, staff: persons.change_party(person, political_status="13", actor=staff),
        lambda person, staff: persons.change_resume(person, resume="", actor=staff),
        lambda person, staff: family.add_education(person, mode="full_time", level="21", actor=staff),
        lambda person, staff: family.add_relative(person, relation="父亲", name="林某", actor=staff),
    ],
)
def test_a_closed_file_refuses_every_change_of_the_person(place, trainee, change):
    Trainee.objects.filter(pk=trainee.pk).update(departed_on=date(2026, 1, 1))
    assert refusal_of(change, trainee.person, place.staff) == "read_only"


def education(person, staff, **values):
    return family.add_education(
        person, **{"mode": "full_time", "level": "21", "school": "澜江大学", **values}, actor=staff
    )


def test_education_is_entered_corrected_and_voided(place, trainee):
    row = education(trainee.person, place.staff, graduated_on=date(2020, 7, 15))
    assert row.graduated_on == date(2020, 7, 1)
    row = family.change_education(row, mode="on_the_job", level="14", degree="", version=1, actor=place.staff)
    assert (row.mode, row.level, row.school, row.graduated_on) == ("on_the_job", "14", "", None)
    row = family.void_education(row, reason="误录", actor=place.staff)
    assert row.is_voided
    assert refusal_of(family.void_education, row, reason="误录", actor=place.staff) == "voided"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"level": "20"}, "level"),
        ({"degree": "x"}, "degree"),
        ({"mode": "x"}, "mode"),
        ({"graduated_on": date(2027, 1, 1)}, "graduated_on"),
        ({"graduated_on": date(1850, 1, 1)}, "graduated_on"),
    ],
)
def test_bad_education_is_refused_beside_its_field(place, trainee, values, field):
    assert list(errors_of(education, trainee.person, place.staff, **values)) == [field]


def test_the_same_education_is_not_entered_twice(place, trainee):
    education(trainee.person, place.staff)
    assert refusal_of(education, trainee.person, place.staff) == "same"


def test_a_relative_in_the_system_is_avoided_both_ways(place, trainee):
    account = UserFactory.create(unit=place.town)
    other = PersonFactory.create(name="林母", account=account)
    row = family.add_relative(trainee.person, relation="母亲", other=other, actor=place.staff)
    assert (row.name, avoided_persons(account)) == ("林母", {other.pk, trainee.person_id})
    family.void_relative(row, reason="误录", actor=place.staff)
    assert avoided_persons(type(account).objects.get(pk=account.pk)) == {other.pk}


def test_relatives_are_corrected(place, trainee):
    row = family.add_relative(trainee.person, relation="父亲", name="林某", actor=place.staff)
    row = family.change_relative(
        row, relation="父亲", name="林某某", birth_month=date(1970, 5, 9), work="退休", version=1, actor=place.staff
    )
    assert (row.name, row.birth_month, row.work) == ("林某某", date(1970, 5, 1), "退休")


def test_nobody_is_declared_twice_nor_as_their_own_relative(place, trainee):
    other = PersonFactory.create()
    family.add_relative(trainee.person, relation="母亲", other=other, actor=place.staff)
    again = errors_of(family.add_relative, trainee.person, relation="姨母", other=other, actor=place.staff)
    own = errors_of(family.add_relative, trainee.person, relation="本人", other=trainee.person, actor=place.staff)
    nameless = errors_of(family.add_relative, trainee.person, relation="母亲", actor=place.staff)
    assert (again, own, nameless) == ({"other": ["same"]}, {"other": ["oneself"]}, {"name": ["required"]})


def test_nobody_graduates_before_entering_school(place, trainee):
    with pytest.raises(ValidationError) as caught:
        education(trainee.person, place.staff, started_on=date(2020, 9, 1), graduated_on=date(2020, 7, 1))
    assert list(caught.value.message_dict) == ["graduated_on"]
    row = education(trainee.person, place.staff, started_on=date(2020, 7, 31), graduated_on=date(2020, 7, 1))
    assert (row.started_on, row.graduated_on) == (date(2020, 7, 1), date(2020, 7, 1))
