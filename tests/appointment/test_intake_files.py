"""What is sent: several files, markings, photos, and in which language something is told of it."""

import base64
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from cadre_app.appointment.archives import Sent
from cadre_app.appointment.filling import fields_of
from cadre_app.appointment.lrmx.fields import FormFields
from cadre_app.appointment.lrmx.reading import LARGEST_SENT, MEGABYTE
from cadre_app.appointment.lrmx.writing import write_lrmx
from cadre_app.appointment.models import FileState, FormIntake
from cadre_app.history.models import Entry
from cadre_app.people.models import Trainee
from tests.appointment.conftest import District
from tests.appointment.samples import OLD_FIELDS, old_file
from tests.appointment.test_intakes import archive, archive_stored, other
from tests.appointment.uploads import upload
from tests.files.made import picture

__all__ = ["other"]
pytestmark = pytest.mark.django_db


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


def unflagged(encoding: str, files: Mapping[str, bytes]) -> bytes:
    """An archive whose names are written in an encoding without a word of it, as a Mac or Chinese Windows writes them."""
    names = {f"{number}".rjust(len(name.encode(encoding)), "x"): name for number, name in enumerate(files)}
    content = archive(**{plain: files[name] for plain, name in names.items()})
    for plain, name in names.items():
        assert content.count(plain.encode()) == 2
        content = content.replace(plain.encode(), name.encode(encoding))
    return content


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_names_of_an_archive_that_says_nothing_of_them_are_read(place: District, encoding: str) -> None:
    files = {"下级/甄试三.lrmx": b"<Person/>", "联通.lrmx": b"<Person/>", "说明.txt": b"none"}
    intake = upload(place, Sent("all.zip", unflagged(encoding, files)))
    assert [each.name for each in intake.files.all()] == ["甄试三.lrmx", "联通.lrmx", "说明.txt"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("name", ["秘密★1年/甄试三.lrmx", "机密★3年.lrmx", "卷/秘密.lrmx", "机\u200e密★3年/甲.lrmx"])
def test_a_marking_is_found_in_a_name_however_it_is_written(place: District, encoding: str, name: str) -> None:
    content = unflagged(encoding, {name: b"<Person/>", "乙.lrmx": b"<Person/>"})
    marked, good = upload(place, Sent("all.zip", content)).files.order_by("number")
    assert (marked.name, marked.state, marked.body) == ("", FileState.REFUSED, "")
    assert (good.name, good.state) == ("乙.lrmx", FileState.UNMATCHED)
    assert Entry.objects.filter(verb="history.text.refused").count() == 1


def test_a_marking_is_found_beside_damaged_bytes_and_in_a_name_that_mixes_encodings(place: District) -> None:
    files = {"秘密★1年/aé.lrmx": b"<Person/>", "乙/机密★bb.lrmx": b"<Person/>"}
    content = unflagged("utf-8", files)
    content = content.replace("aé".encode(), b"a\xc3\x28").replace("乙/".encode(), b"\xd2\xd2z/")
    assert [each.name for each in upload(place, Sent("all.zip", content)).files.all()] == ["", ""]


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
        ["a.pic"],
        ["a.docx", "b.jpg"],
        [f"{number}.lrmx" for number in range(61)],
    ],
    ids=["zip and more", "photo alone", "other kinds alone", "many"],
)
def test_files_that_do_not_belong_together_are_refused(place: District, client_of: Any, names: list[str]) -> None:
    sent = [SimpleUploadedFile(name, archive(a=b"x") if name.endswith("zip") else b"<Person/>") for name in names]
    answer = client_of(place.staff).post(reverse("appointment:intake_list"), {"file": sent})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["file"]
    assert not FormIntake.objects.exists()


BESIDE = {
    "区财政局/表.docx": "Only .lrmx and .lrm are read: this file was left out.",
    "区财政局/照片.jpg": "Only .lrmx and .lrm are read: this file was left out.",
    "甲.pic": "The .lrm of this name is missing: the photo was left out.",
}
OF_SYSTEMS = ("区财政局/", "Thumbs.db", "区财政局/.DS_Store", "__MACOSX/区财政局/._表.docx", "desktop.ini", "~$表.docx")


@pytest.mark.parametrize("is_packed", [False, True])
def test_other_files_are_left_out_by_name_and_do_not_keep_the_forms_out(
    file: Trainee, place: District, other: FormFields, client_of: Any, is_packed: bool
) -> None:
    forms = {"甲.lrmx": write_lrmx(other), "旧.lrm": old_file(), "旧.pic": picture("JPEG", (200, 250))}
    files = {**dict.fromkeys(BESIDE, b"text"), **forms, **dict.fromkeys(OF_SYSTEMS, b"")}
    single = [name for name in files if not name.endswith("/") and "MACOSX" not in name]
    sent = [SimpleUploadedFile(name, files[name]) for name in single]
    if is_packed:
        sent = [SimpleUploadedFile("all.zip", archive(**files))]
    answer = client_of(place.staff).post(reverse("appointment:intake_list"), {"file": sent}, follow=True)
    found = list(FormIntake.objects.get().files.order_by("number"))
    told = {name.split("/")[-1]: why for name, why in BESIDE.items()}
    with translation.override("en"):
        assert [(each.name, each.why) for each in found] == [("甲.lrmx", ""), ("旧.lrm", ""), *told.items()]
    assert [each.state for each in found] == [FileState.MATCHED] * 2 + [FileState.REFUSED] * 3
    assert found[1].read["photo"]
    assert all(text in answer.content.decode() for text in (*told, *told.values()))


def test_of_very_many_other_files_the_rest_is_counted_and_no_marked_name_is_kept(place: District) -> None:
    files = {"甲.lrmx": b"<Person/>", "机密★3年.docx": b"x", **{f"{number}.jpg": b"x" for number in range(120)}}
    found = list(upload(place, Sent("all.zip", archive(**files))).files.order_by("number"))
    assert (len(found), found[1].name) == (102, "")
    with translation.override("en"):
        assert found[-1].why == "21 more files were left out."
    assert Entry.objects.filter(verb="history.text.refused").count() == 1


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


def test_an_empty_or_too_large_file_does_not_take_the_good_ones_with_it(
    file: Trainee, place: District, other: FormFields, client_of: Any
) -> None:
    large = b"<Person><JianLi>" + b"x" * 17 * MEGABYTE + b"</JianLi></Person>"
    sent = [
        SimpleUploadedFile("空.lrmx", b""),
        SimpleUploadedFile("大.lrmx", large),
        SimpleUploadedFile("陈嘉穗.lrmx", write_lrmx(other)),
        SimpleUploadedFile("旧.lrm", old_file()),
        SimpleUploadedFile("旧.pic", b""),
    ]
    client = client_of(place.staff)
    answer = client.post(reverse("appointment:intake_list"), {"file": sent}, follow=True)
    found = {each.name: each for each in FormIntake.objects.get().files.all()}
    assert {name: each.state for name, each in found.items()} == {
        "空.lrmx": FileState.REFUSED, "大.lrmx": FileState.REFUSED, "陈嘉穗.lrmx": FileState.MATCHED,
        "旧.lrm": FileState.MATCHED,
    }  # fmt: skip
    shown = answer.content.decode()
    assert "The file is empty." in shown
    assert "The file is larger than 16 MB and was not read." in shown
    with translation.override("en"):
        assert found["旧.lrm"].remarks == ["The photo beside the form cannot be read and was left out."]


def test_nothing_but_empty_files_is_no_upload(place: District, client_of: Any) -> None:
    sent = [SimpleUploadedFile("a.lrmx", b""), SimpleUploadedFile("b.lrmx", b"")]
    answer = client_of(place.staff).post(reverse("appointment:intake_list"), {"file": sent})
    assert list(answer.context["form"].errors) == ["file"]
    assert not FormIntake.objects.exists()


@pytest.mark.parametrize("is_packed", [False, True])
def test_a_form_is_read_without_a_photo_far_too_large(
    file: Trainee, place: District, other: FormFields, client_of: Any, is_packed: bool
) -> None:
    photo = base64.b64encode(bytes(range(256)) * (20 * MEGABYTE // 256))
    large = write_lrmx(replace(other, photo=b"")).replace(b"<ZhaoPian></ZhaoPian>", b"<ZhaoPian>%b</ZhaoPian>" % photo)
    files = {"大.lrmx": large, "好.lrmx": write_lrmx(other)}
    sent = [SimpleUploadedFile(name, content) for name, content in files.items()]
    if is_packed:
        sent = [SimpleUploadedFile("all.zip", archive_stored(files))]
    assert client_of(place.staff).post(reverse("appointment:intake_list"), {"file": sent}).status_code == 302
    first, second = FormIntake.objects.get().files.order_by("number")
    assert (first.state, second.state) == (FileState.MATCHED, FileState.MATCHED)
    assert (first.fields(), first.read["photo"]) == (replace(other, photo=b""), "")
    assert second.read["photo"]
    with translation.override("en"):
        assert first.remarks == ["The photo is larger than 10 MB and was left out."]


def test_what_is_larger_than_any_request_allows_is_told_by_name(place: District) -> None:
    huge = b"<Person><ZhaoPian>" + b"A" * LARGEST_SENT + b"</ZhaoPian></Person>"
    alone = upload(place, Sent("大.lrmx", None), Sent("也大.lrmx", huge), Sent("乙.lrmx", b"<Person/>"))
    packed = upload(place, Sent("all.zip", archive_stored({"大.lrmx": huge, "乙.lrmx": b"<Person/>"})))
    for intake, states in ((alone, ["refused", "refused", "unmatched"]), (packed, ["refused", "unmatched"])):
        found = list(intake.files.order_by("number"))
        assert [each.state for each in found] == states
        assert found[0].why


def test_files_whose_names_differ_in_capitals_alone_are_each_read(file: Trainee, place: District) -> None:
    """Each .lrm with its own photo; one that has none takes no other one's."""
    first, second = picture("JPEG", (200, 250)), picture("JPEG", (300, 400))
    both = [["甲", *OLD_FIELDS[1:]], ["乙", *OLD_FIELDS[1:]], ["丙", *OLD_FIELDS[1:]]]
    forms = dict(zip(("A.lrm", "a.LRM", "B.lrm"), map(old_file, both), strict=True))
    kept = {**forms, "A.lrmx": b"<Person/>", "a.lrmx": b"<Person/>", "A.pic": first, "a.Pic": second}
    for sent in ([Sent("all.zip", archive(**kept))], [Sent(name, content) for name, content in kept.items()]):
        files = {each.name: each for each in upload(place, *sent).files.all()}
        assert set(files) == {"A.lrm", "a.LRM", "B.lrm", "A.lrmx", "a.lrmx"}
        photos = {name: base64.b64decode(one.read["photo"]) for name, one in files.items() if name in forms}
        assert photos == {"A.lrm": first, "a.LRM": second, "B.lrm": b""}


def test_a_photo_in_other_capitals_is_that_of_the_only_form_of_its_name(file: Trainee, place: District) -> None:
    photo = picture("JPEG", (200, 250))
    kept = {"旧Ab.LRM": old_file(), "旧aB.PIC": photo}
    for sent in ([Sent("all.zip", archive(**kept))], [Sent(name, content) for name, content in kept.items()]):
        [found] = upload(place, *sent).files.all()
        assert base64.b64decode(found.read["photo"]) == photo


def test_one_name_twice_in_an_archive_is_damage(place: District) -> None:
    content = archive(**{"a.lrmx": b"<Person/>", "b.lrmx": b"<Person/>"}).replace(b"b.lrmx", b"a.lrmx")
    with pytest.raises(ValidationError) as error:
        upload(place, Sent("all.zip", content))
    assert [each.code for each in error.value.error_dict["file"]] == ["damaged"]
