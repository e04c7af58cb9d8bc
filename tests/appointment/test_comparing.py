"""A form beside the file: what differs, what is left out, what is offered."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from cadre_app.appointment.filling import fields_of
from cadre_app.appointment.lrmx.fields import FamilyRow, FormFields
from cadre_app.appointment.models import IntakeFile
from cadre_app.appointment.services import intakes
from cadre_app.appointment.services.comparing import compared
from cadre_app.people.models import Person, Relative, Trainee
from tests.appointment.conftest import District
from tests.appointment.test_intakes import brought, other, taken
from tests.appointment.uploads import page
from tests.factories import id_number
from tests.files.made import picture

__all__ = ["other"]
pytestmark = pytest.mark.django_db


def differing(place: District, file: Trainee, form: FormFields) -> dict[str, Any]:
    with translation.override("en"):
        return {one.key: one for one in compared(brought(place, form), file, user=place.staff)}


def test_what_cannot_be_read_of_a_relative_leaves_what_the_file_holds(file: Trainee, place: District) -> None:
    form = fields_of(place.staff, file)
    father = replace(form.family[0], birth="55岁", political="党员", work="新单位")
    brought_in = brought(place, replace(form, family=(father, form.family[1])))
    taken(place, brought_in, "family:0")
    held = Relative.objects.get(name="陈望海")
    assert (held.birth_month, held.political_status, held.work) == (date(1971, 3, 1), "01", "新单位")


def test_a_relative_of_whom_nothing_can_be_read_is_told_and_not_offered(file: Trainee, place: District) -> None:
    form = fields_of(place.staff, file)
    father = replace(form.family[0], birth="55岁", political="爱国人士", work="长" * 101)
    nameless = replace(form.family[1], name="")
    found = differing(place, file, replace(form, family=(father, nameless)))
    assert [one.may_take for one in found.values()] == [False, False]
    assert found["family:0"].note.count("left out") == 3


@pytest.mark.parametrize(("degree", "code"), [("金融硕士", ""), ("艺术学学士", ""), ("公共管理硕士专业学位", "349")])
def test_what_is_left_out_of_education_is_told(file: Trainee, place: District, degree: str, code: str) -> None:
    form = replace(
        fields_of(place.staff, file), on_job_level="研究生" if "硕士" in degree else "大学", on_job_degree=degree,
        on_job_school="某大学金融专业", on_job_degree_school="另一大学",
    )  # fmt: skip
    one = differing(place, file, form)["education:on_job"]
    assert (one.may_take, one.values["degree"], one.values["school"]) == (True, code, "某大学金融专业")
    assert ("is not among the words" in one.note) == (code == "")
    assert "The school of the degree is another one" in one.note


def test_each_record_has_its_own_way(file: Trainee, place: District) -> None:
    form = replace(
        fields_of(place.staff, file), party="201801", post="别的职务", rewards="获嘉奖", assessments="2024年：优秀"
    )
    found = differing(place, file, form)
    assert "party" in found["party"].url
    assert [found[key].url.endswith("party/") for key in ("post", "rewards", "assessments")] == [False] * 3
    assert found["post"].url.endswith("#posts")


def test_other_ways_of_writing_the_same_are_no_difference(file: Trainee, place: District) -> None:
    form = fields_of(place.staff, file)
    number = form.id_number
    same = replace(form, sex="女性", ethnic_group="汉", id_number=f" {number.lower()} ", rewards="无。")
    assert differing(place, file, same) == {}


def test_form_after_form_does_not_tell_a_number(file: Trainee, place: District) -> None:
    form = fields_of(place.staff, file)
    notes = set()
    for number in ("110101199001010015", id_number(date(1990, 1, 1), serial=31)):
        found = differing_in_number(place, file, replace(form, id_number=number))
        notes.add(found["identity:id_number"].note)
        assert form.id_number not in repr([(one.ours, one.theirs, one.note) for one in found.values()])
    [note] = notes
    assert note.startswith("The numbers differ. Compare the paper with the whole number in the growth file.")


def differing_in_number(place: District, file: Trainee, form: FormFields) -> dict[str, Any]:
    """A number that is nobody's: whose form it is has to be said by hand."""
    brought_in = brought(place, form)
    assert brought_in.trainee is None
    intakes.assign_file(brought_in, trainee=file, actor=place.staff)
    with translation.override("en"):
        return {one.key: one for one in compared(IntakeFile.objects.get(pk=brought_in.pk), file, user=place.staff)}


def test_a_resume_that_follows_from_the_records_comes_back_as_no_difference(file: Trainee, place: District) -> None:
    Person.objects.filter(pk=file.person_id).update(resume="")
    file = Trainee.objects.get(pk=file.pk)
    form = fields_of(place.staff, file)
    assert form.resume
    assert differing(place, file, form) == {}


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("sex", "男", "The ID number says Female."),
        ("birth", "199809", "The ID number says "),
        ("work", "203108", "The month 2031.08 is still to come."),
    ],
)
def test_what_the_step_would_refuse_is_told_and_takes_nothing_with_it(
    file: Trainee, place: District, client_of: Any, field: str, text: str, told: str
) -> None:
    form = replace(fields_of(place.staff, file), health="良好", **{field: text})
    found = differing(place, file, form)[f"identity:{field}"]
    assert (found.may_take, found.note.startswith(told)) == (False, True)
    brought_in = brought(place, form)
    answer = client_of(place.staff).get(page("file", brought_in.pk))
    assert told in answer.content.decode()
    assert f'value="identity:{field}"' not in answer.content.decode()
    taken(place, brought_in, "identity:health", f"identity:{field}")
    person = Person.objects.get(pk=file.person_id)
    assert (person.health, person.sex, person.birth_month) == ("良好", "2", date(1999, 8, 1))


def without_number(file: Trainee, **held: Any) -> Trainee:
    Person.objects.filter(pk=file.person_id).update(id_number="", id_digest="", **held)
    return Trainee.objects.get(pk=file.pk)


def test_sex_and_number_that_go_together_are_told_and_not_ticked(file: Trainee, place: District) -> None:
    form = fields_of(place.staff, file)
    file = without_number(file, sex="1")
    found = differing(place, file, form)
    assert (found["identity:sex"].note, found["identity:id_number"].note) == ("", "Only together with: Sex")
    assert [one.key for one in found.values() if one.is_ticked] == []
    taken(place, brought(place, form), "identity:sex", "identity:id_number")
    assert Person.objects.get(pk=file.person_id).sex == "2"


def test_a_number_that_agrees_with_nothing_is_told_and_not_offered(file: Trainee, place: District) -> None:
    form = replace(fields_of(place.staff, file), sex="男")
    file = without_number(file, sex="")
    found = differing(place, file, form)
    assert (found["identity:sex"].may_take, found["identity:id_number"].is_ticked) == (False, True)
    file = without_number(file, sex="1")
    found = differing(place, file, form)
    assert list(found) == ["identity:id_number"]
    assert not found["identity:id_number"].may_take
    assert "agrees neither with sex" in found["identity:id_number"].note


def test_a_relative_who_stands_twice_is_told_and_ticked_once(file: Trainee, place: District, client_of: Any) -> None:
    form = fields_of(place.staff, file)
    sister = FamilyRow("妹妹", "陈嘉苗", "200304", "共青团员", "学生")
    form = replace(form, family=(*form.family, sister, replace(sister, name="陈 嘉苗")))
    answer = client_of(place.staff).get(page("file", brought(place, form).pk))
    assert answer.context["chosen"] == ["family:2"]
    assert [one.may_take for one in answer.context["found"]] == [True, True]
    assert "Row 3 of the form has the same name." in answer.content.decode()


def test_a_second_father_is_told_and_not_ticked(file: Trainee, place: District, client_of: Any) -> None:
    form = fields_of(place.staff, file)
    form = replace(form, family=(replace(form.family[0], name="陈望江"), *form.family[1:]))
    answer = client_of(place.staff).get(page("file", brought(place, form).pk))
    assert answer.context["chosen"] == []
    assert "The file has 陈望海 at this relation" in answer.text


@pytest.mark.parametrize("with_husband", [True, False])
def test_a_relative_is_told_apart_by_relation_where_the_form_names_both(
    file: Trainee, place: District, with_husband: bool
) -> None:
    """丈夫 and 父亲 of one name: the second is new; alone it may correct the relation of the first."""
    husband = FamilyRow("丈夫", "王伟", "199801", "群众", "教师")
    form = fields_of(place.staff, file)
    with_him = replace(form, family=(*form.family, husband))
    taken(place, brought(place, with_him), f"family:{len(form.family)}")
    namesake = replace(husband, relation="公公", birth="196901", work="农民")
    rows = (*form.family, *([husband] if with_husband else []), namesake)
    (one,) = differing(place, file, replace(form, family=rows)).values()
    assert (one.is_new, bool(one.values["relative"])) == (with_husband, not with_husband)
    taken(place, brought(place, replace(form, family=rows)), one.key)
    held = Relative.objects.standing().filter(name="王伟").order_by("created_at").values_list("relation", flat=True)
    assert list(held) == (["丈夫", "公公"] if with_husband else ["公公"])


@pytest.mark.parametrize(
    ("name", "work", "kept"),
    [
        ("周念慈（已故）", "", "教师（退休）（已故）"),
        ("周念慈(病故)", "区医院护士", "区医院护士（病故）"),
        ("周念慈（已故）", "原教师，2020年去世", "原教师，2020年去世"),
        ("周念恩（已故）", "", "已故"),
    ],
)
def test_a_remark_that_somebody_is_no_longer_alive_is_no_part_of_the_name(
    file: Trainee, place: District, name: str, work: str, kept: str
) -> None:
    form = fields_of(place.staff, file)
    form = replace(form, family=(form.family[0], replace(form.family[1], name=name, work=work)))
    one = differing(place, file, form)["family:1"]
    assert ("is kept with unit and post" in one.note) == (kept != work)
    taken(place, brought(place, form), "family:1")
    assert Relative.objects.standing().get(person=file.person, name=name[:3]).work == kept


def test_another_remark_is_no_name_and_a_birth_to_come_is_left_out(file: Trainee, place: District) -> None:
    form = fields_of(place.staff, file)
    father, mother = form.family
    found = differing(
        place, file, replace(form, family=(replace(father, birth="203501"), replace(mother, name="周（张）念慈")))
    )
    assert (found["family:0"].may_take, found["family:0"].note) == (False, "The month 2035.01 is still to come.")
    assert not found["family:1"].may_take


def test_nothing_is_offered_where_nothing_can_be_ticked(file: Trainee, place: District, client_of: Any) -> None:
    brought_in = brought(place, replace(fields_of(place.staff, file), rewards="获嘉奖"))
    shown = client_of(place.staff).get(page("file", brought_in.pk)).content.decode()
    assert "Take over what is ticked" not in shown
    assert "Take nothing over" in shown


def test_what_the_file_would_refuse_is_told_and_not_offered(file: Trainee, place: District) -> None:
    form = fields_of(place.staff, file)
    aunt = replace(form.family[0], name="陈望湖", relation="父亲的" * 7)
    resume = "二〇一七年起在澜江大学学习"
    found = differing(place, file, replace(form, resume=resume, family=(*form.family, aunt)))
    assert not found["resume"].may_take
    assert found["resume"].note
    assert not found["family:2"].may_take
    assert "longer than 20 characters" in found["family:2"].note


@pytest.mark.parametrize(("kind", "size"), [("JPEG", (400, 500)), ("PNG", (700, 700)), ("JPEG", (3000, 4000))])
def test_a_photo_that_was_taken_over_is_no_difference_the_next_time(
    file: Trainee, place: District, other: FormFields, kind: str, size: tuple[int, int]
) -> None:
    form = replace(other, photo=picture(kind, size))
    taken(place, brought(place, form), "photo")
    assert "photo" not in differing(place, file, form)
    assert "photo" in differing(place, file, replace(form, photo=picture("JPEG", (200, 600))))
