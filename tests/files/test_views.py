"""The one way to the bytes: who gets them, how they are sent, what goes on record first."""

import uuid
from urllib.parse import unquote

import pytest
from django.urls import reverse
from PIL import Image

from cadre_app.files import services, storage
from cadre_app.files.checks import check_upload
from cadre_app.history import services as history
from cadre_app.history.models import Entry
from tests.files.conftest import FOLDER, READERS
from tests.files.made import pdf, phone_photo, sheet, word

pytestmark = pytest.mark.django_db
FAMILIES = ("picture", "pdf", "document", "sheet")


@pytest.fixture
def keep(staff, owner):
    def keep_one(name: str, content: bytes):
        upload = check_upload(name, content, families=FAMILIES)
        return services.store_file(kind=FOLDER, owner=owner, upload=upload, actor=staff)

    return keep_one


def url(name: str, file, **more) -> str:
    return reverse(f"files:{name}", kwargs={"pk": file.pk, **more})


def readings() -> list[str]:
    return list(Entry.objects.filter(kind="reading").order_by("at").values_list("verb", flat=True))


@pytest.mark.django_db(transaction=True)
def test_a_download_is_saved_never_opened_and_on_record(as_staff, keep) -> None:
    file = keep("梧岭镇“水渠”总结.docx", word("正文"))
    response = as_staff.get(url("download", file))
    assert response.content == word("正文")
    assert unquote(response["Content-Disposition"]) == "attachment; filename*=utf-8''梧岭镇“水渠”总结.docx"
    assert (response["X-Content-Type-Options"], response["Cache-Control"]) == ("nosniff", "no-store")
    [entry] = Entry.objects.filter(kind="reading")
    assert (entry.verb, entry.actor, entry.object_id) == ("files.storedfile.downloaded", file.uploaded_by, file.pk)


@pytest.mark.django_db(transaction=True)
def test_what_cannot_go_on_record_is_not_sent(as_staff, keep, monkeypatch) -> None:
    file = keep("a.pdf", pdf())
    as_staff.raise_request_exception = False

    def fails(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(history, "record", fails)
    answers = [as_staff.get(url(name, file)) for name in ("download", "preview")]
    assert [(answer.status_code, b"%PDF" in answer.content) for answer in answers] == [(500, False)] * 2


def test_foreign_and_unknown_look_the_same(as_staff, keep) -> None:
    file = keep("a.jpg", phone_photo())
    READERS.clear()
    unknown = uuid.uuid4()
    for name in ("download", "preview"):
        foreign, missing = as_staff.get(url(name, file)), as_staff.get(reverse(f"files:{name}", kwargs={"pk": unknown}))
        assert (foreign.status_code, missing.status_code) == (404, 404)
        assert without_token(foreign.content) == without_token(missing.content)
    assert readings() == []


def without_token(content: bytes) -> bytes:
    import re

    return re.sub(rb"[0-9A-Za-z]{64}|[0-9a-f]{8}-[0-9a-f-]{27}", b"", content)


@pytest.mark.parametrize("name", ["download", "preview"])
def test_a_removed_file_is_not_there(as_staff, keep, staff, name) -> None:
    file = services.remove_file(keep("a.jpg", phone_photo()), actor=staff)
    assert as_staff.get(url(name, file)).status_code == 404


@pytest.mark.parametrize("name", ["download", "preview"])
def test_a_file_whose_bytes_are_lost_is_not_there_and_is_no_crash(as_staff, keep, name) -> None:
    file = keep("a.jpg", phone_photo())
    storage.discard(file.pk)
    assert (as_staff.get(url(name, file)).status_code, readings()) == (404, [])


def test_a_picture_in_the_page_is_part_of_the_page_and_not_on_record(as_staff, keep) -> None:
    file = keep("a.jpg", phone_photo())
    large, small = as_staff.get(url("preview", file)), as_staff.get(url("preview", file) + "?size=small")
    assert [answer["Content-Type"] for answer in (large, small)] == ["image/jpeg"] * 2
    assert [answer["X-Content-Type-Options"] for answer in (large, small)] == ["nosniff"] * 2
    assert [answer["Content-Disposition"] for answer in (large, small)] == ["inline"] * 2
    assert readings() == []


@pytest.mark.django_db(transaction=True)
def test_a_pdf_opens_in_the_page_as_pictures_and_that_is_on_record(as_staff, keep) -> None:
    file = keep("方案.pdf", pdf("one", "two"))
    assert as_staff.get(url("page", file, number=1)).status_code == 404
    page = as_staff.get(url("preview", file)).content.decode()
    assert [url("page", file, number=number) in page for number in (1, 2, 3)] == [True, True, False]
    assert readings() == ["files.storedfile.opened"]
    first = as_staff.get(url("page", file, number=1))
    assert (first.content[:3], first["Content-Type"]) == (b"\xff\xd8\xff", "image/jpeg")
    assert as_staff.get(url("page", file, number=3)).status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("query", "shown"),
    [("", (1, 10)), ("?page=11", (11, 12)), ("?page=99", (12, 12)), ("?page=0", (1, 10)), ("?page=x²", (1, 10))],
)
def test_a_long_pdf_is_shown_ten_pages_at_a_time(as_staff, keep, query, shown) -> None:
    file = keep("长.pdf", pdf(*"abcdefghijkl"))
    response = as_staff.get(url("preview", file) + query)
    numbers = list(response.context["numbers"])
    assert (numbers[0], numbers[-1]) == shown


@pytest.mark.parametrize(("name", "content"), [("a.docx", word("x")), ("a.xlsx", sheet("x"))])
def test_word_and_excel_have_no_preview(as_staff, keep, name, content) -> None:
    assert as_staff.get(url("preview", keep(name, content))).status_code == 404


def test_what_is_sent_is_the_picture_without_its_place(as_staff, keep) -> None:
    import io

    content = as_staff.get(url("preview", keep("a.jpg", phone_photo(6)))).content
    image = Image.open(io.BytesIO(content))
    assert (image.size, dict(image.getexif()), b"Qinglan" in content) == ((80, 120), {}, False)


def test_nobody_reads_a_file_whose_kind_is_gone(as_staff, keep, monkeypatch) -> None:
    file = keep("a.jpg", phone_photo())
    type(file).objects.filter(pk=file.pk).update(kind="gone.kind")
    assert as_staff.get(url("preview", file)).status_code == 404
