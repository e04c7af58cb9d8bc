"""The photo of a form: cut, kept, newer in the file, lost."""

import io
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from PIL import Image

from cadre_app.appointment.lrmx.reading import read_lrmx
from cadre_app.appointment.models import AppointmentForm
from cadre_app.appointment.services import drafts
from cadre_app.appointment.since import changes_since
from cadre_app.files import storage
from cadre_app.files.checks import check_upload
from cadre_app.files.models import StoredFile
from cadre_app.people.models import Trainee
from cadre_app.people.services import photos
from tests.appointment.conftest import District
from tests.files.made import picture

pytestmark = pytest.mark.django_db

pytestmark = pytest.mark.django_db


def page(name: str, key: Any) -> str:
    return reverse(f"appointment:{name}", kwargs={"pk": key})


def test_the_photo_is_cut_to_four_by_five_and_kept_with_the_form(with_photo: Trainee, place: District) -> None:
    form = drafts.make_draft(with_photo, actor=place.staff)
    photo = drafts.content_of(form).photo
    with Image.open(io.BytesIO(photo)) as opened:
        assert (opened.format, opened.size) == ("JPEG", (480, 600))
    assert read_lrmx(drafts.write(form)).form.photo == photo


def about_photo(client: Any, form: AppointmentForm) -> list[tuple[str, str]]:
    answer = client.get(page("form_detail", form.pk))
    assert answer.status_code == 200
    return [(one.text, one.url) for one in answer.context["findings"] if one.label == "Photo"]


def lose(photo: StoredFile | None) -> None:
    assert photo is not None
    storage.discard(photo.pk)


def test_a_form_whose_photo_is_lost_is_shown_printed_handed_on_and_filled_anew(
    with_photo: Trainee, place: District, client_of: Any
) -> None:
    form, client = drafts.make_draft(with_photo, actor=place.staff), client_of(place.staff)
    lose(drafts.photo_of(form))
    [(text, url)] = about_photo(client, form)
    assert "can no longer be read. Fill the form anew." in text
    assert url == page("form_refill", form.pk)
    assert "The photo of this form was stored" in client.get(page("form_detail", form.pk)).content.decode()
    assert client.get(page("form_issue", form.pk)).status_code == 200
    paper = reverse("documents:paper", kwargs={"kind": "appointment.form", "pk": form.pk})
    assert client.get(paper).status_code == 200
    assert read_lrmx(drafts.write(form)).form.photo == b""
    drafts.refill_draft(form, actor=place.staff)
    assert drafts.content_of(form).photo
    assert about_photo(client, form) == []


def test_a_lost_photo_of_the_file_is_told_and_takes_none_from_the_form(
    with_photo: Trainee, place: District, client_of: Any
) -> None:
    form = drafts.make_draft(with_photo, actor=place.staff)
    lose(photos.photo_of(with_photo))
    form = drafts.refill_draft(form, actor=place.staff)
    assert drafts.content_of(form).photo
    drafts.void_form(form, reason="重新生成", actor=place.staff)
    [(text, url)] = about_photo(client_of(place.staff), drafts.make_draft(with_photo, actor=place.staff))
    assert "The photo in the file was stored, but can no longer be read." in text
    assert url == reverse("people:photo_edit", kwargs={"pk": with_photo.pk})


def test_a_newer_photo_in_the_file_is_told(with_photo: Trainee, place: District) -> None:
    form = drafts.make_draft(with_photo, actor=place.staff)
    assert [name for name, _text in changes_since(place.staff, form)] == []
    with time_machine.travel("2026-11-24T12:00:00+08:00"):
        upload = check_upload("new.jpg", picture("JPEG", (640, 800)), families=("picture",))
        photos.set_photo(with_photo, photo=upload, actor=place.staff)
        assert [name for name, _text in changes_since(place.staff, form)] == ["photo"]
