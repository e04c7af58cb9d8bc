"""What becomes of an upload step by step: parts, whose form it is, what waits, what is taken back and by whom."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from cadre_app.appointment.archives import Sent
from cadre_app.appointment.filling import fields_of
from cadre_app.appointment.lrmx.fields import FormFields
from cadre_app.appointment.lrmx.writing import write_lrmx
from cadre_app.appointment.models import FileState, FormIntake, IntakeFile
from cadre_app.appointment.services import drafts, intakes
from cadre_app.appointment.services.comparing import compared
from cadre_app.appointment.services.sweeping import sweep_intakes
from cadre_app.appointment.services.undoing import undo_intake
from cadre_app.core.roles import Role
from cadre_app.files import storage
from cadre_app.history.models import Entry
from cadre_app.people.models import Person, Relative, Trainee
from cadre_app.people.services.photos import photo_of
from tests.appointment.conftest import District
from tests.appointment.samples import OLD_FIELDS, old_file
from tests.appointment.test_intakes import archive, brought, other, taken
from tests.factories import PersonFactory, TraineeFactory
from tests.files.made import picture

__all__ = ["other"]
pytestmark = pytest.mark.django_db
REASON = "导错文件"


def upload(place: District, *files: Sent) -> FormIntake:
    return intakes.bring_in(files=list(files), actor=place.staff)


def states(intake: FormIntake) -> list[str]:
    return list(intake.files.order_by("number").values_list("state", flat=True))


def page(name: str, key: Any) -> str:
    return reverse(f"appointment:intake_{name}", kwargs={"pk": key})


def settled(client: Any, file: IntakeFile) -> None:
    """By the button of the page on which nothing differs."""
    seen = client.get(page("file", file.pk)).context["seen"]
    assert client.post(page("file", file.pk), {"version": file.version, "seen": seen}).status_code == 302


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


def test_what_the_file_would_refuse_is_told_and_not_offered(file: Trainee, place: District) -> None:
    form = fields_of(place.staff, file)
    aunt = replace(form.family[0], name="陈望湖", relation="父亲的" * 7)
    resume = "二〇一七年起在澜江大学学习"
    found = differing(place, file, replace(form, resume=resume, family=(*form.family, aunt)))
    assert not found["resume"].may_take
    assert found["resume"].note
    assert not found["family:2"].may_take
    assert "longer than 20 characters" in found["family:2"].note


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


@pytest.mark.parametrize("name", ["a.lrmx", "a.lrm"])
def test_a_marking_is_found_wherever_it_stands(file: Trainee, place: District, name: str) -> None:
    fields = [*OLD_FIELDS[:12], "机密★10年", *OLD_FIELDS[13:]]
    new = write_lrmx(fields_of(place.staff, file)).replace(b"</Person>", "<BeiZhu>机密★10年</BeiZhu></Person>".encode())
    [marked] = upload(place, Sent(name, old_file(fields) if name == "a.lrm" else new)).files.all()
    assert (marked.state, marked.body) == (FileState.REFUSED, "")
    assert Entry.objects.filter(verb="history.text.refused").count() == 1


def test_a_name_that_bears_a_marking_is_not_kept(place: District, client_of: Any) -> None:
    content = archive(**{"机密★/机密★3年.lrmx": b"<Person/>", "乙.lrmx": b"<Person><XingMing>"})
    assert [each.name for each in upload(place, Sent("all.zip", content)).files.all()] == ["", "乙.lrmx"]
    sent = [SimpleUploadedFile("机密★3年.lrmx", b"<Person/>")]
    answer = client_of(place.staff).post(reverse("appointment:intake_list"), {"file": sent})
    assert answer.status_code == 200
    assert FormIntake.objects.count() == 1
    assert Entry.objects.filter(verb="history.text.refused").count() == 2


def test_several_files_are_sent_at_once(file: Trainee, place: District, other: FormFields, client_of: Any) -> None:
    files = [
        SimpleUploadedFile("陈嘉穗.lrmx", write_lrmx(other)),
        SimpleUploadedFile("旧.lrm", old_file()),
        SimpleUploadedFile("旧.PIC", picture("JPEG", (200, 250))),
    ]
    client = client_of(place.staff)
    assert client.post(reverse("appointment:intake_list"), {"file": files}).status_code == 302
    intake = FormIntake.objects.get()
    assert [bool(each.read["photo"]) for each in intake.files.all()] == [True, True]
    with translation.override("en"):
        assert str(intake) == "陈嘉穗.lrmx and 2 more files"


@pytest.mark.parametrize(
    "names",
    [
        ["a.zip", "a.lrmx"],
        ["a.lrmx", "a.pic"],
        ["a.pic"],
        ["a.lrmx", "b.docx"],
        [f"{number}.lrmx" for number in range(61)],
    ],
    ids=["zip and more", "photo without old form", "photo alone", "other kind", "many"],
)
def test_files_that_do_not_belong_together_are_refused(place: District, client_of: Any, names: list[str]) -> None:
    sent = [SimpleUploadedFile(name, archive(a=b"x") if name.endswith("zip") else b"<Person/>") for name in names]
    answer = client_of(place.staff).post(reverse("appointment:intake_list"), {"file": sent})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["file"]
    assert not FormIntake.objects.exists()


def test_a_photo_that_is_none_is_left_out_and_what_a_mac_adds_is_passed_over(file: Trainee, place: District) -> None:
    form = write_lrmx(replace(fields_of(place.staff, file), health="良好", photo=b"BM bitmap"))
    content = archive(
        **{
            "a.lrmx": form,
            "__MACOSX/._a.lrmx": b"\x00\x05\x16\x07",
            "._b.lrmx": b"\x00",
            "旧.lrm": old_file(),
            "旧.pic": b"BM bitmap",
        }
    )
    files = list(upload(place, Sent("all.zip", content)).files.all())
    assert [(each.name, each.state, each.read["photo"]) for each in files] == [
        ("a.lrmx", FileState.MATCHED, ""), ("旧.lrm", FileState.MATCHED, ""),
    ]  # fmt: skip
    with translation.override("en"):
        assert files[0].remarks == ["The photo is neither JPEG nor PNG and was left out."]


def test_what_is_told_of_a_form_is_told_in_the_language_of_whoever_reads(file: Trainee, place: District) -> None:
    bad = replace(fields_of(place.staff, file), work="九十年代")
    files = {"a.lrmx": write_lrmx(bad), "b.lrmx": b"<x/>", "c.lrmx": write_lrmx(FormFields(name="无此人"))}
    with translation.override("zh-hans"):
        intake = upload(place, Sent("all.zip", archive(**files)))
    first, second, third = intake.files.order_by("number")
    told = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            told[language] = [*first.remarks, second.why, third.why]
    assert told["en"][0] == "“九十年代” is no month that can be read."
    assert all(here and here != there for here, there in zip(told["zh-hans"], told["en"], strict=True))


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


def test_numbers_that_differ_are_compared_without_showing_them(file: Trainee, place: District) -> None:
    form = fields_of(place.staff, file)
    brought_in = brought(place, replace(form, id_number="110101199001010015"))
    assert brought_in.trainee is None
    intakes.assign_file(brought_in, trainee=file, actor=place.staff)
    with translation.override("en"):
        found = {one.key: one for one in compared(IntakeFile.objects.get(), file, user=place.staff)}
    note = found["identity:id_number"].note
    assert "character" in note
    assert form.id_number not in repr([(one.ours, one.theirs, one.note) for one in found.values()])


def test_nothing_is_offered_where_nothing_can_be_ticked(file: Trainee, place: District, client_of: Any) -> None:
    brought_in = brought(place, replace(fields_of(place.staff, file), rewards="获嘉奖"))
    shown = client_of(place.staff).get(page("file", brought_in.pk)).content.decode()
    assert "Take over what is ticked" not in shown
    assert "Take nothing over" in shown


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
