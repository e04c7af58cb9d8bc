"""The fields that ask for files, in a form with a text that must not be lost."""

import hashlib
from collections.abc import Iterator

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone, translation
from django.utils.datastructures import MultiValueDict

from cadre_app.core.forms import ChangeForm
from cadre_app.core.markings import REFUSED
from cadre_app.core.submit import submit
from cadre_app.files.forms import MultiUploadField, UploadField
from cadre_app.files.policies import MOST_MEGABYTES
from cadre_app.files.uploads import CheckedUpload
from cadre_app.history.models import Entry
from cadre_app.policy import services as policy
from tests.files.conftest import FOLDER, PHOTOS
from tests.files.made import picture, word

pytestmark = pytest.mark.django_db


class NoteForm(ChangeForm):
    text = forms.CharField(required=False, widget=forms.Textarea)
    photos = MultiUploadField(kind=PHOTOS, label="照片", required=False)


class PaperForm(ChangeForm):
    paper = UploadField(kind=FOLDER, label="文件")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def sent(count: int, content: bytes = b"") -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"现场{number}.jpg", content or picture()) for number in range(count)]


def note(*files: SimpleUploadedFile, text: str = "走访九户") -> NoteForm:
    return NoteForm({"text": text}, MultiValueDict({"photos": list(files)}))


def paper(file: SimpleUploadedFile | None) -> PaperForm:
    return PaperForm({"x": "1"}, MultiValueDict({"paper": [file]} if file else {}))


def test_nine_photos_come_in_their_order() -> None:
    form = note(*sent(9))
    assert form.is_valid(), form.errors
    photos: list[CheckedUpload] = form.cleaned_data["photos"]
    assert [photo.name for photo in photos] == [f"现场{number}.jpg" for number in range(9)]


def test_no_photo_is_fine() -> None:
    form = note()
    assert (form.is_valid(), form.cleaned_data["photos"]) == (True, [])


def test_thirty_photos_at_once_are_told_the_limit_and_lose_no_text() -> None:
    form = note(*sent(30, b"not even looked at"))
    assert form.is_valid() is False
    assert form.errors == {
        "photos": ["You chose 30 files; at most 9 can be sent. What you typed is kept: choose again."]
    }
    assert "走访九户" in str(form["text"])


def test_each_file_that_is_refused_is_named() -> None:
    form = note(*sent(1), *sent(1, b"<svg/>"), SimpleUploadedFile("空.png", b""))
    assert form.errors["photos"] == [
        "现场0.jpg: The name ends in .jpg, but the content is something else. Choose another file.",
        "空.png: The file is empty.",
    ]


def test_a_file_that_is_asked_for_must_be_there() -> None:
    assert paper(None).errors == {"paper": ["Please fill this in."]}


def test_one_file_is_one_upload() -> None:
    form = paper(SimpleUploadedFile("总结.docx", word("正文")))
    assert form.is_valid()
    assert str(form.cleaned_data["paper"]) == "总结.docx"


def test_the_size_is_a_setting(staff) -> None:
    today = timezone.localdate()
    policy.add_value(MOST_MEGABYTES, value=1, valid_from=today, source="试", reason="试", actor=staff)
    assert paper(SimpleUploadedFile("大.pdf", bytes(1024 * 1024 + 1))).errors["paper"] == [
        "The file is larger than 1 MB. Make it smaller and upload it again."
    ]


def test_more_than_twenty_megabytes_are_refused_unread() -> None:
    file = SimpleUploadedFile("大.jpg", bytes(20 * 1024 * 1024 + 1))
    assert note(file).errors["photos"] == [
        "大.jpg: The file is larger than 20 MB. Make it smaller and upload it again."
    ]


@pytest.mark.parametrize(
    ("form", "attributes"),
    [
        (note(), {"multiple": True, "data-upload-count": 9, "accept": "image/jpeg,image/png,.heic,.heif"}),
        (paper(None), {"data-upload-bytes": 20 * 1024 * 1024, "data-upload-total": 63 * 1024 * 1024}),
    ],
)
def test_the_browser_is_told_what_is_taken(form: ChangeForm, attributes: dict[str, object]) -> None:
    [field] = [each for each in form.fields.values() if isinstance(each, UploadField)]
    drawn = field.widget.get_context("x", None, {})["widget"]["attrs"]
    assert {name: drawn.get(name) for name in attributes} == attributes


def test_the_line_beside_the_field_says_what_is_taken() -> None:
    helps = (str(note()["photos"].help_text), str(paper(None)["paper"].help_text))
    assert helps == (
        "JPG, PNG, HEIC; at most 9 files, each at most 20 MB.",
        "JPG, PNG, HEIC, PDF, Word (.docx), Excel (.xlsx); at most 3 files, each at most 20 MB.",
    )


def request_with(user, data, files) -> HttpRequest:
    request = RequestFactory().post("/", {**data, **files})
    request.user = user
    return request


def test_a_marking_in_a_file_is_on_record_by_user_and_hash_and_nothing_is_kept(staff, settings, tmp_path) -> None:
    content = word("机密★10年")
    request = request_with(staff, {}, {"paper": SimpleUploadedFile("通知.docx", content)})
    form = PaperForm(request.POST, request.FILES)
    assert submit(request, form, lambda **values: pytest.fail("was called")) is None
    [entry] = Entry.objects.filter(verb="history.text.refused")
    assert (entry.actor, entry.after) == (staff, {"sha256": hashlib.sha256(content).hexdigest()})
    assert form.errors["paper"] == [str(REFUSED)]
    assert list(tmp_path.rglob("*")) == []


def test_of_many_files_only_the_marked_one_is_on_record(staff) -> None:
    marked = SimpleUploadedFile("机密★.jpg", picture(size=(50, 50)))
    digest = hashlib.sha256(picture(size=(50, 50))).hexdigest()
    request = request_with(staff, {"text": "x"}, {"photos": [*sent(2), marked]})
    assert submit(request, NoteForm(request.POST, request.FILES), lambda **values: None) is None
    assert [entry.after for entry in Entry.objects.filter(verb="history.text.refused")] == [{"sha256": digest}]


def test_another_file_from_the_same_page_is_no_double_tap(staff) -> None:
    taken: list[str] = []
    token = str(NoteForm()["submission"].value())

    def keep(*, photos, text, actor):
        taken.append(f"{text} {photos[0].width}")

    for size in ((50, 50), (50, 50), (60, 60)):
        photo = SimpleUploadedFile("a.jpg", picture(size=size))
        request = request_with(staff, {"submission": token, "text": "x"}, {"photos": photo})
        assert submit(request, NoteForm(request.POST, request.FILES), keep) is not None
    assert taken == ["x 50", "x 60"]
