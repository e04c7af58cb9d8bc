"""Forms of other programs: whose they are, what differs, taking over, undoing, hostile uploads, the archive for many."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from cadre_app.appointment.archives import Sent
from cadre_app.appointment.differing import differences, seen_as
from cadre_app.appointment.exporting import EXPORT
from cadre_app.appointment.filling import fields_of
from cadre_app.appointment.lrmx.fields import FamilyRow, FormFields
from cadre_app.appointment.lrmx.reading import read_lrmx
from cadre_app.appointment.lrmx.writing import write_lrmx
from cadre_app.appointment.models import FileState, FormIntake, IntakeFile
from cadre_app.appointment.services import drafts, intakes
from cadre_app.appointment.services.comparing import compared
from cadre_app.appointment.services.sweeping import sweep_intakes
from cadre_app.appointment.services.taking import take_over
from cadre_app.appointment.services.undoing import undo_intake
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.jobs import services as jobs
from cadre_app.people.models import Person, Relative, Trainee
from cadre_app.people.services import persons
from cadre_app.people.services.photos import photo_of
from tests.appointment.conftest import District
from tests.appointment.samples import old_file
from tests.factories import PersonFactory, TraineeFactory
from tests.files.made import picture, png_head

pytestmark = pytest.mark.django_db


def archive(**files: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return target.getvalue()


def archive_stored(files: dict[str, bytes]) -> bytes:
    """As `archive`, not packed: what repeats itself much would look like a bomb."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    return target.getvalue()


@pytest.fixture
def other(file: Trainee, place: District) -> FormFields:
    """The form as another office keeps it: health, résumé, one relative and the photo differ."""
    form = fields_of(place.staff, file)
    sister = FamilyRow("妹妹", "陈嘉苗", "200304", "共青团员", "学生")
    mother = replace(form.family[1], political="中共党员")
    return replace(
        form,
        health="良好",
        resume=form.resume + "\n                  （其间：2024.03--2024.09在区委组织部跟班学习）",
        family=(form.family[0], mother, sister),
        rewards="2024年度考核优秀，给予嘉奖。",
        photo=picture("JPEG", (400, 500)),
    )


def brought(place: District, form: FormFields) -> IntakeFile:
    return intakes.bring_in(files=[Sent("a.lrmx", write_lrmx(form))], actor=place.staff).files.get()


def taken(place: District, file: IntakeFile, *keys: str) -> IntakeFile:
    assert file.trainee is not None
    found = compared(file, file.trainee, user=place.staff)
    return take_over(
        IntakeFile.objects.get(pk=file.pk), keys=keys, seen=seen_as(found), version=file.version, actor=place.staff
    )


def test_the_difference_is_told_field_by_field(file: Trainee, place: District, other: FormFields) -> None:
    brought_in = brought(place, other)
    assert brought_in.trainee == file
    found = {one.key: one for one in compared(brought_in, file, user=place.staff)}
    assert list(found) == ["identity:health", "rewards", "resume", "family:1", "family:2", "photo"]
    assert (found["identity:health"].ours, found["identity:health"].theirs) == ("健康", "良好")
    assert not found["rewards"].may_take
    assert found["family:2"].is_new


def test_a_form_of_our_own_differs_in_nothing(file: Trainee, place: District) -> None:
    form = read_lrmx(write_lrmx(fields_of(place.staff, file))).form
    for language in ("zh-hans", "en"):
        with translation.override(language):
            assert differences(place.staff, file, form) == []


def test_the_own_photo_is_no_difference_and_another_one_is_not_ticked(with_photo: Trainee, place: District) -> None:
    own = fields_of(place.staff, with_photo, photo=drafts.file_photo(with_photo))
    assert compared(brought(place, own), with_photo, user=place.staff) == []
    other = brought(place, replace(own, photo=picture("JPEG", (300, 300))))
    [found] = compared(other, with_photo, user=place.staff)
    assert (found.key, found.is_new) == ("photo", False)


def test_what_is_chosen_is_written_and_all_of_it_is_undone(file: Trainee, place: District, other: FormFields) -> None:
    brought_in = brought(place, other)
    taken(place, brought_in, "identity:health", "resume", "family:1", "family:2", "photo")
    person = Person.objects.get(pk=file.person_id)
    assert (person.health, "跟班学习" in person.resume) == ("良好", True)
    family = dict(Relative.objects.standing().filter(person=person).values_list("name", "political_status"))
    assert family == {"周念慈": "01", "陈望海": "13", "陈嘉苗": "03"}
    assert photo_of(file) is not None
    intake = FormIntake.objects.get()
    undo_intake(intake, reason="导错文件", version=intake.version, actor=place.staff)
    person.refresh_from_db()
    assert (person.health, "跟班学习" in person.resume) == ("健康", False)
    family = dict(Relative.objects.standing().filter(person=person).values_list("name", "political_status"))
    assert family == {"周念慈": "", "陈望海": "13"}
    assert photo_of(file) is None
    assert FormIntake.objects.get().state == "undone"


def test_nothing_is_undone_once_somebody_went_on_with_it(file: Trainee, place: District, other: FormFields) -> None:
    taken(place, brought(place, other), "identity:health", "resume")
    person = Person.objects.get(pk=file.person_id)
    persons.change_identity(person, name=person.name, health="一般", actor=place.staff)
    with pytest.raises(ValidationError) as caught:
        undo_intake(FormIntake.objects.get(), reason="导错文件", actor=place.staff)
    assert len(caught.value.messages) == 1
    person.refresh_from_db()
    assert (person.health, "跟班学习" in person.resume) == ("一般", True)
    assert FormIntake.objects.get().state == "done"


def test_a_file_that_changed_meanwhile_is_read_again_first(file: Trainee, place: District, other: FormFields) -> None:
    brought_in = brought(place, other)
    seen = seen_as(compared(brought_in, file, user=place.staff))
    persons.change_identity(file.person, name=file.person.name, health="一般", actor=place.staff)
    with pytest.raises(ValidationError):
        take_over(brought_in, keys=["identity:health"], seen=seen, actor=place.staff)
    assert Person.objects.get(pk=file.person_id).health == "一般"


def test_whose_form_it_is(file: Trainee, place: District) -> None:
    TraineeFactory.create(
        person=PersonFactory.create(name="林知远", birth_month=date(1998, 1, 1)), home_unit=place.other_town
    )
    TraineeFactory.create(
        person=PersonFactory.create(name="林知远", birth_month=date(1998, 1, 1)), home_unit=place.town
    )
    known = fields_of(place.staff, file)
    forms = {
        "number.lrmx": FormFields(name="陈嘉穗", id_number=known.id_number),
        "nameless.lrmx": FormFields(id_number=known.id_number, birth="199908"),
        "copied.lrmx": FormFields(name="林知远", id_number=known.id_number, birth="199908"),
        "copied nameless.lrmx": FormFields(id_number=known.id_number, birth="199801"),
        "name.lrmx": FormFields(name="陈嘉穗", birth="199908"),
        "another.lrmx": FormFields(name="陈嘉穗", birth="199908", id_number="110101199001010015"),
        "twins.lrmx": FormFields(name="林知远", birth="199801"),
        "nobody.lrmx": FormFields(name="无此人", birth="199801"),
    }
    content = archive(**{name: write_lrmx(form) for name, form in forms.items()})
    intake = intakes.bring_in(files=[Sent("all.zip", content)], actor=place.staff)
    whose = {each.name: (each.state, each.trainee) for each in intake.files.all()}
    assert whose == {
        "number.lrmx": (FileState.MATCHED, file),
        "nameless.lrmx": (FileState.MATCHED, file),
        "copied.lrmx": (FileState.UNMATCHED, None),
        "copied nameless.lrmx": (FileState.UNMATCHED, None),
        "name.lrmx": (FileState.MATCHED, file),
        "another.lrmx": (FileState.UNMATCHED, None),
        "twins.lrmx": (FileState.UNMATCHED, None),
        "nobody.lrmx": (FileState.UNMATCHED, None),
    }


def test_a_copied_number_lays_nothing_into_the_file_of_another(
    file: Trainee, place: District, other: FormFields, client_of: Any
) -> None:
    brought_in = brought(place, replace(other, name="林知远", technical_post="工程师"))
    with translation.override("en"):
        assert "somebody with another name" in brought_in.why
    client = client_of(place.staff)
    assign = reverse("appointment:intake_assign", kwargs={"pk": brought_in.pk})
    assert str(file.person_id) in client.get(assign).content.decode()
    answer = client.post(assign, {"person": str(file.person_id), "version": "1"}, follow=True)
    assert answer.context["chosen"] == []
    assert {one.key for one in answer.context["found"] if one.is_new} >= {"identity:technical_post", "family:2"}
    assert "Make sure whose form it is" in answer.content.decode()
    assert " checked" not in answer.content.decode().partition("<table")[2].partition("</table>")[0]


def test_people_of_other_units_are_not_found(file: Trainee, place: District) -> None:
    elsewhere = place.somebody(Role.STAFF, place.other_town)
    form = fields_of(place.staff, file)
    assert intakes.bring_in(files=[Sent("a.lrmx", write_lrmx(form))], actor=elsewhere).files.get().trainee is None


def test_an_archive_of_old_and_new_files_with_bad_ones_among_them(file: Trainee, place: District) -> None:
    good = write_lrmx(fields_of(place.staff, file))
    content = archive(
        **{
            "下级/陈嘉穗.lrm": old_file(),
            "下级/陈嘉穗.pic": picture("JPEG", (200, 250)),
            "坏.lrmx": b"<Person><XingMing>",
            "坏照片.lrmx": good.replace(b"<ZhaoPian></ZhaoPian>", b"<ZhaoPian>QUJD</ZhaoPian>"),
            "密.lrmx": good.replace("党建办公室主任".encode(), "机密★3年".encode()),
            "说明.txt": b"no form",
        }
    )
    intake = intakes.bring_in(files=[Sent("all.zip", content)], actor=place.staff)
    states = {each.name: each.state for each in intake.files.all()}
    assert states == {
        "陈嘉穗.lrm": FileState.MATCHED, "坏.lrmx": FileState.REFUSED, "坏照片.lrmx": FileState.MATCHED,
        "密.lrmx": FileState.REFUSED, "说明.txt": FileState.REFUSED,
    }  # fmt: skip
    assert intake.files.get(number=1).read["photo"]
    assert Entry.objects.filter(verb="history.text.refused").count() == 1
    assert not any("机密" in each.body for each in intake.files.all())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"text"),
        ("a.zip", b"PK no zip"),
        ("a.zip", archive(**{"../../etc/passwd.lrmx": b"<Person/>"})),
        ("a.zip", archive(**{"readme.txt": b"nothing"})),
        ("a.zip", archive(**{"bomb.lrmx": b"<Person>" + b" " * 60_000_000 + b"</Person>"})),
        ("a.zip", archive(**{f"{number}.lrmx": b"<Person/>" for number in range(210)})),
    ],
    ids=["kind", "damaged", "slip", "empty", "bomb", "many"],
)
def test_hostile_uploads_are_refused_whole(place: District, name: str, content: bytes) -> None:
    with pytest.raises(ValidationError) as caught:
        intakes.bring_in(files=[Sent(name, content)], actor=place.staff)
    assert "file" in caught.value.error_dict
    assert not FormIntake.objects.exists()


def test_a_photo_that_only_looks_like_one_is_told_and_not_offered(
    file: Trainee, place: District, other: FormFields, client_of: Any
) -> None:
    brought_in = brought(place, replace(other, photo=png_head(65_535, 65_535)))
    client = client_of(place.staff)
    page = reverse("appointment:intake_file", kwargs={"pk": brought_in.pk})
    shown = client.get(page)
    [photo] = [one for one in shown.context["found"] if one.key == "photo"]
    assert not photo.may_take
    assert photo.note in shown.content.decode()
    assert "photo" not in shown.context["chosen"]
    sent = {"seen": shown.context["seen"], "version": "1", "keys": ["identity:health", "family:2"]}
    assert client.post(page, sent).status_code == 302
    assert Person.objects.get(pk=file.person_id).health == "良好"


def test_it_is_brought_in_compared_and_undone_on_pages(
    file: Trainee, place: District, other: FormFields, client_of: Any
) -> None:
    client = client_of(place.staff)
    upload = SimpleUploadedFile("陈嘉穗.lrmx", write_lrmx(other))
    answer = client.post(reverse("appointment:intake_list"), {"file": upload})
    intake = FormIntake.objects.get()
    detail = reverse("appointment:intake_detail", kwargs={"pk": intake.pk})
    assert answer.headers["Location"] == detail
    page = reverse("appointment:intake_file", kwargs={"pk": intake.files.get().pk})
    assert page in client.get(detail).content.decode()
    shown = client.get(page)
    assert file.person.id_number not in shown.content.decode()
    sent = {"seen": shown.context["seen"], "version": "1", "keys": ["identity:health", "family:2"]}
    assert client.post(page, sent | {"keys": []}).status_code == 200
    assert client.post(page, sent).status_code == 302
    assert Person.objects.get(pk=file.person_id).health == "良好"
    intake.refresh_from_db()
    undo = reverse("appointment:intake_undo", kwargs={"pk": intake.pk})
    assert client.get(undo).status_code == 200
    assert client.post(undo, {"version": intake.version, "reason": "导错文件"}).status_code == 302
    assert Person.objects.get(pk=file.person_id).health == "健康"
    stranger = client_of(place.somebody(Role.STAFF, place.top))
    assert stranger.get(detail).status_code == 404


def test_what_was_read_goes_after_the_days_of_the_policy(place: District, other: FormFields) -> None:
    brought_in = brought(place, other)
    FormIntake.objects.update(updated_at="2026-09-01T00:00:00+08:00")
    assert sweep_intakes() == 1
    brought_in.refresh_from_db()
    assert (brought_in.body, brought_in.name, FormIntake.objects.get().state) == ("", "", "expired")


@pytest.mark.django_db(transaction=True)
def test_the_forms_of_several_people_go_into_one_archive(with_photo: Trainee, place: District) -> None:
    other = TraineeFactory.create(person=PersonFactory.create(name="林知远"), home_unit=place.town)
    draft = drafts.make_draft(with_photo, actor=place.staff)
    drafts.edit_draft(draft, fields=replace(draft.fields(), new_post="梧岭镇副镇长"), actor=place.staff)
    own = TraineeFactory.create(person=PersonFactory.create(name="经办本人", account=place.staff), home_unit=place.town)
    for each in (with_photo, other, own):
        drafts.issue_form(drafts.make_draft(each, actor=place.staff), actor=place.staff)
    query = "&".join(f"pick={each.pk}" for each in (with_photo, other, own))
    job = jobs.start_job(EXPORT, {"query": query, "reason": "报送"}, place.staff)
    jobs.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    with zipfile.ZipFile(jobs.result_path(job)) as made:
        forms = {name: read_lrmx(made.read(name)).form for name in made.namelist() if name.endswith(".lrmx")}
    assert sorted(form.name for form in forms.values()) == ["林知远", "陈嘉穗"]
    found = next(form for form in forms.values() if form.name == "陈嘉穗")
    assert (found.new_post, bool(found.photo)) == ("梧岭镇副镇长", True)
    assert Entry.objects.filter(verb="appointment.form.exported").count() == 2
