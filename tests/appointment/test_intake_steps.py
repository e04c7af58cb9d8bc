"""What becomes of an upload step by step: parts, whose form it is, what waits, what is taken back and by whom."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from cadre_app.appointment.archives import Sent
from cadre_app.appointment.filling import fields_of
from cadre_app.appointment.lrmx.fields import FamilyRow, FormFields
from cadre_app.appointment.lrmx.writing import write_lrmx
from cadre_app.appointment.models import FileState, FormIntake, IntakeFile
from cadre_app.appointment.services import drafts, intakes
from cadre_app.appointment.services.sweeping import sweep_intakes
from cadre_app.appointment.services.undoing import undo_intake
from cadre_app.core.roles import Role
from cadre_app.files import storage
from cadre_app.files.checks import check_upload
from cadre_app.history.models import Entry
from cadre_app.people.models import Education, Person, Relative, Trainee
from cadre_app.people.services import family, photos
from cadre_app.people.services.photos import photo_of
from tests.appointment.conftest import District
from tests.appointment.test_intakes import archive, brought, other, taken
from tests.appointment.uploads import page, settled, states, upload
from tests.factories import PersonFactory, TraineeFactory
from tests.files.made import picture

__all__ = ["other"]
pytestmark = pytest.mark.django_db
REASON = "导错文件"


@pytest.mark.parametrize("lost", ["moved", "relative"])
def test_nobody_takes_back_what_is_no_longer_theirs(
    file: Trainee, place: District, other: FormFields, client_of: Any, lost: str
) -> None:
    clerk = place.somebody(Role.STAFF, place.town)
    intake = intakes.bring_in(files=[Sent("a.lrmx", write_lrmx(other))], actor=clerk)
    taken(replace(place, staff=clerk), intake.files.get(), "identity:health")
    if lost == "moved":
        Trainee.objects.filter(pk=file.pk).update(home_unit=place.other_town)
    else:
        own = PersonFactory.create(name="某经办", account=clerk)
        Relative.objects.create(person=own, relation="侄女", name=file.person.name, other=file.person)
    intake.refresh_from_db()
    answer = client_of(clerk).post(page("undo", intake.pk), {"version": intake.version, "reason": REASON})
    assert answer.status_code == 200
    assert "no longer in your scope" in answer.content.decode()
    assert file.person.name not in answer.content.decode()
    assert Person.objects.get(pk=file.person_id).health == "良好"
    intake.refresh_from_db()
    assert intake.can_be_undone


def test_the_rest_is_taken_later_and_all_of_it_is_taken_back(file: Trainee, place: District, other: FormFields) -> None:
    brought_in = brought(place, other)
    part = taken(place, brought_in, "identity:health")
    assert part.is_comparable
    taken(place, part, "family:1")
    person = Person.objects.get(pk=file.person_id)
    assert (person.health, Relative.objects.get(name="周念慈").political_status) == ("良好", "01")
    undo_intake(FormIntake.objects.get(), reason=REASON, actor=place.staff)
    person.refresh_from_db()
    assert (person.health, Relative.objects.get(name="周念慈").political_status) == ("健康", "")
    assert FormIntake.objects.get().undone_at is not None


def test_two_forms_of_one_person_are_taken_back_in_the_order_of_their_taking(file: Trainee, place: District) -> None:
    form = fields_of(place.staff, file)
    first = replace(form, health="良好", family=(replace(form.family[0], work="甲单位"), form.family[1]))
    second = replace(form, health="一般", family=(replace(form.family[0], work="乙单位"), form.family[1]))
    intake = upload(place, Sent("a.lrmx", write_lrmx(first)), Sent("b.lrmx", write_lrmx(second)))
    for number in (2, 1):
        taken(place, intake.files.get(number=number), "identity:health", "family:0")
    assert Relative.objects.get(name="陈望海").work == "甲单位"
    undo_intake(FormIntake.objects.get(), reason=REASON, actor=place.staff)
    assert Relative.objects.get(name="陈望海").work == "望屿区医院医师"
    assert Person.objects.get(pk=file.person_id).health == "健康"
    assert states(intake) == ["back", "back"]


def changed_by_two(place: District, file: Trainee) -> tuple[FormIntake, FormIntake]:
    """One upload brings a relative, schooling and a photo, a later one changes what it brought."""
    form = fields_of(place.staff, file)
    sister = FamilyRow("妹妹", "陈嘉苗", "200304", "共青团员", "学生")
    first = replace(
        form, health="良好", family=(*form.family, sister), photo=picture("JPEG", (400, 500)),
        on_job_level="研究生", on_job_degree="公共管理硕士专业学位", on_job_school="澜江大学公共管理专业",
    )  # fmt: skip
    later = replace(
        first,
        health="一般",
        family=(*form.family, replace(sister, work="望屿区某小学教师")),
        photo=picture("JPEG", (300, 400)),
    )
    one = brought(place, first)
    taken(place, one, "identity:health", "family:2", "education:on_job", "photo")
    other = brought(place, later)
    taken(place, other, "identity:health", "family:2", "photo")
    assert Relative.objects.get(name="陈嘉苗").work == "望屿区某小学教师"
    return one.intake, other.intake


def undone(place: District, intake: FormIntake) -> list[str]:
    """What stands against it; nothing where it was undone."""
    try:
        with translation.override("en"):
            undo_intake(FormIntake.objects.get(pk=intake.pk), reason=REASON, actor=place.staff)
    except ValidationError as error:
        return error.messages
    return []


def test_an_upload_is_undone_after_a_later_one_was(file: Trainee, place: District) -> None:
    first, later = changed_by_two(place, file)
    assert undone(place, first) == ["陈嘉穗: what was taken over has been changed since."]
    assert Relative.objects.get(name="陈嘉苗").work == "望屿区某小学教师"
    assert undone(place, later) == []
    assert Relative.objects.get(name="陈嘉苗").work == "学生"
    assert undone(place, first) == []
    person = Person.objects.get(pk=file.person_id)
    assert (person.health, photo_of(file)) == ("健康", None)
    assert not Relative.objects.standing().filter(name="陈嘉苗").exists()
    assert Education.objects.standing().filter(person=person).count() == 1


@pytest.mark.parametrize("what", ["values", "back", "other", "voided", "photo"])
def test_what_stands_now_is_held_against_what_an_upload_left(file: Trainee, place: District, what: str) -> None:
    first, later = changed_by_two(place, file)
    assert undone(place, later) == []
    sister = Relative.objects.get(name="陈嘉苗")
    said = {
        "relation": "妹妹",
        "name": "陈嘉苗",
        "birth_month": date(2003, 4, 1),
        "political_status": "03",
        "work": "学生",
    }
    if what in ("values", "back"):
        sister = family.change_relative(sister, **said | {"work": "教师"}, actor=place.staff)
    if what == "back":
        family.change_relative(sister, **said, actor=place.staff)
    if what == "other":
        family.change_relative(sister, **said, other=PersonFactory.create(name="陈嘉苗"), actor=place.staff)
    if what == "voided":
        family.void_relative(sister, reason=REASON, actor=place.staff)
    if what == "photo":
        upload_of = check_upload("photo.jpg", picture("JPEG", (320, 400)), families=("picture",))
        photos.set_photo(file, photo=upload_of, actor=place.staff)
    told = [] if what == "back" else ["陈嘉穗: what was taken over has been changed since."]
    assert undone(place, first) == told
    assert Person.objects.get(pk=file.person_id).health == ("健康" if what == "back" else "良好")


def test_what_was_taken_over_before_values_were_kept_is_undone_by_its_version(file: Trainee, place: District) -> None:
    form = fields_of(place.staff, file)
    one = brought(place, replace(form, family=(replace(form.family[0], work="甲单位"), form.family[1])))
    taken(place, one, "family:0")
    one.refresh_from_db()
    effects = [{key: value for key, value in effect.items() if key != "after"} for effect in one.effects]
    IntakeFile.objects.filter(pk=one.pk).update(done=json.dumps(effects))
    held = Relative.objects.get(name="陈望海")
    said = {"relation": "父亲", "name": "陈望海", "birth_month": date(1971, 3, 1), "political_status": "13"}
    changed = family.change_relative(held, **said, work="乙单位", actor=place.staff)
    assert undone(place, one.intake) == ["陈嘉穗: what was taken over has been changed since."]
    Relative.objects.filter(pk=changed.pk).update(version=held.version, work="甲单位")
    assert undone(place, one.intake) == []
    assert Relative.objects.get(name="陈望海").work == "望屿区医院医师"


def test_an_upload_is_done_when_no_form_waits(
    file: Trainee, place: District, other: FormFields, client_of: Any
) -> None:
    files = {
        "a.lrmx": write_lrmx(other),
        "b.lrmx": write_lrmx(replace(other, health="一般")),
        "c.lrmx": b"<x/>",
        "d.lrmx": write_lrmx(fields_of(place.staff, file)),
        "e.lrmx": write_lrmx(FormFields(name="无此人")),
    }
    intake = upload(place, Sent("all.zip", archive(**files)))
    assert states(intake) == ["matched", "matched", "refused", "matched", "unmatched"]
    client = client_of(place.staff)
    settled(client, intake.files.get(number=4))
    assert states(intake)[3] == "same"
    taken(place, intake.files.get(number=1), "identity:health")
    intake.refresh_from_db()
    assert intake.state == "open"
    assert "2 forms wait" in client.get(reverse("appointment:intake_list")).content.decode()
    one = intake.files.get(number=2)
    assert client.post(page("close_file", one.pk), {"version": one.version}).status_code == 302
    intake.refresh_from_db()
    assert client.post(page("close", intake.pk), {"version": intake.version}).status_code == 302
    intake.refresh_from_db()
    assert states(intake) == ["taken", "closed", "refused", "same", "closed"]
    assert intake.state == "done"
    assert Entry.objects.filter(verb="appointment.intake.closed", object_id=one.pk).count() == 1
    undo_intake(intake, reason=REASON, actor=place.staff)
    assert (FormIntake.objects.get().state, states(intake)[0]) == ("undone", "back")


def test_an_upload_of_which_nothing_is_wanted_says_so(file: Trainee, place: District, client_of: Any) -> None:
    assert upload(place, Sent("a.lrmx", b"<x/>")).state == "closed"
    same = upload(place, Sent("a.lrmx", write_lrmx(fields_of(place.staff, file))))
    client, one = client_of(place.staff), same.files.get()
    assert "Settle as without a difference" in client.get(page("file", one.pk)).content.decode()
    same.refresh_from_db()
    one.refresh_from_db()
    assert (same.state, one.state, one.version) == ("open", FileState.MATCHED, 1), "reading writes nothing"
    settled(client, one)
    same.refresh_from_db()
    assert (same.state, states(same)) == ("closed", [FileState.SAME])
    assert Entry.objects.filter(verb="appointment.intake.same", object_id=same.pk).count() == 1
    assert "Settle as without a difference" not in client.get(page("file", one.pk)).content.decode()


def test_a_form_is_not_settled_as_the_same_once_the_file_says_something_else(
    file: Trainee, place: District, client_of: Any
) -> None:
    one = brought(place, fields_of(place.staff, file))
    client = client_of(place.staff)
    seen = client.get(page("file", one.pk)).context["seen"]
    Person.objects.filter(pk=file.person_id).update(health="一般")
    assert client.post(page("file", one.pk), {"version": one.version, "seen": seen}).status_code == 200
    one.refresh_from_db()
    assert one.state == FileState.MATCHED


def test_whose_form_it_is_can_be_said_of_one_that_was_closed(file: Trainee, place: District, client_of: Any) -> None:
    form = replace(fields_of(place.staff, file), birth="199907", id_number="", health="良好")
    one = brought(place, form)
    intakes.close_intake(one.intake, actor=place.staff)
    client, assign = client_of(place.staff), page("assign", one.pk)
    assert assign in client.get(page("detail", one.intake_id)).content.decode()
    one.refresh_from_db()
    sent = {"person": str(file.person_id), "version": one.version}
    assert client.post(assign, sent).headers["Location"] == page("file", one.pk)
    assert (states(one.intake), FormIntake.objects.get().state) == ([FileState.MATCHED], "open")


def test_the_days_of_keeping_count_from_the_last_step(file: Trainee, place: District, other: FormFields) -> None:
    brought_in = brought(place, other)
    FormIntake.objects.update(updated_at="2026-09-01T00:00:00+08:00")
    taken(place, brought_in, "identity:health")
    assert sweep_intakes() == 0
    assert FormIntake.objects.get().can_be_undone


def test_whose_form_it_is_can_be_said_by_hand(file: Trainee, place: District, client_of: Any) -> None:
    form = replace(fields_of(place.staff, file), birth="199907", id_number="", health="良好")
    brought_in = brought(place, form)
    assert (brought_in.trainee, brought_in.state) == (None, FileState.UNMATCHED)
    client = client_of(place.staff)
    assign = page("assign", brought_in.pk)
    assert assign in client.get(page("detail", brought_in.intake_id)).content.decode()
    assert str(file.person_id) in client.get(assign).content.decode()
    answer = client.post(assign, {"person": str(file.person_id), "version": "1"})
    assert answer.headers["Location"] == page("file", brought_in.pk)
    brought_in.refresh_from_db()
    assert (brought_in.trainee, brought_in.state, brought_in.why) == (file, FileState.MATCHED, "")
    assert Entry.objects.filter(verb="appointment.intake.assigned", object_id=brought_in.pk).count() == 1
    taken(place, brought_in, "identity:health")
    assert client.get(assign).status_code == 403


def test_nobody_outside_the_scope_is_offered_or_taken(file: Trainee, place: District, client_of: Any) -> None:
    elsewhere = place.somebody(Role.STAFF, place.other_town)
    intake = intakes.bring_in(files=[Sent("a.lrmx", write_lrmx(FormFields(name="陈嘉穗")))], actor=elsewhere)
    brought_in = intake.files.get()
    client = client_of(elsewhere)
    assign = page("assign", brought_in.pk)
    assert str(file.person_id) not in client.get(assign).content.decode()
    assert client.post(assign, {"person": str(file.person_id), "version": "1"}).status_code == 200
    with pytest.raises(ValidationError):
        intakes.assign_file(brought_in, trainee=file, actor=elsewhere)
    brought_in.refresh_from_db()
    assert brought_in.trainee is None


def test_what_an_id_number_fills_is_taken_back_with_it(file: Trainee, place: District) -> None:
    number = file.person.id_number
    Person.objects.filter(pk=file.person_id).update(id_number="", id_digest="", birth_month=None, sex="")
    one = brought(place, FormFields(name=file.person.name, id_number=number))
    if one.trainee is None:
        one = intakes.assign_file(one, trainee=Trainee.objects.get(pk=file.pk), actor=place.staff)
    taken(place, IntakeFile.objects.get(), "identity:id_number")
    person = Person.objects.get(pk=file.person_id)
    assert (person.id_number, person.birth_month, person.sex) == (number, date(1999, 8, 1), "2")
    undo_intake(FormIntake.objects.get(), reason=REASON, actor=place.staff)
    person.refresh_from_db()
    assert (person.id_number, person.birth_month, person.sex) == ("", None, "")


def test_a_form_is_compared_where_the_photo_of_the_file_is_lost(
    with_photo: Trainee, place: District, other: FormFields, client_of: Any
) -> None:
    held = photo_of(with_photo)
    assert held is not None
    storage.discard(held.pk)
    one = brought(place, other)
    answer = client_of(place.staff).get(page("file", one.pk))
    [photo] = [each for each in answer.context["found"] if each.key == "photo"]
    assert (photo.may_take, photo.ours) == (True, "")
    assert "can no longer be read" in photo.note
    taken(place, one, "photo")
    assert drafts.file_photo(with_photo)


def test_the_list_and_an_upload_cost_the_same_with_three(file: Trainee, place: District, client_of: Any) -> None:
    client, counts = client_of(place.staff), []
    client.get(reverse("appointment:intake_list"))
    for number in (1, 3):
        people = [
            PersonFactory.create(name=f"林知{number}{each}", birth_month=date(1998, 1, 1)) for each in range(number)
        ]
        for person in people:
            TraineeFactory.create(person=person, home_unit=place.town)
        forms = {f"{each.name}.lrmx": write_lrmx(FormFields(name=each.name, birth="199801")) for each in people}
        for _again in range(number):
            intake = upload(place, Sent("all.zip", archive(**forms)))
        with CaptureQueriesContext(connection) as caught:
            client.get(page("detail", intake.pk))
            client.get(reverse("appointment:intake_list"))
        counts.append(len(caught))
    assert counts[0] == counts[1]
