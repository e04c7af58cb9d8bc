"""Pages of imports: constant queries, hostile input, what is masked, and what is told while a job is at it."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cadre_app.accounts.models import User
from cadre_app.core.importing import ImportColumn, ImportRow, ImportSheet
from cadre_app.core.registries import import_sheets, job_kinds
from cadre_app.history.models import Entry
from cadre_app.imports.models import Batch, BatchStatus
from cadre_app.imports.services.rows import open_row, stored_row
from cadre_app.imports.wording import masked
from cadre_app.jobs.services import access_of
from tests.imports.conftest import TOWN, Upload, run, upload_of


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def batch_of(owner: User, *rows: ImportRow, sheet: str = "units", columns: tuple[str, ...] = ("name",)) -> Batch:
    batch = Batch.objects.create(
        sheet=sheet, owner=owner, file_name="表.xlsx", sha256=f"{Batch.objects.count():064}", size=1,
        status=BatchStatus.FAULTY, access=access_of(owner), columns=list(columns), total=len(rows),
    )  # fmt: skip
    for row in rows:
        stored_row(batch, row).save()
    return batch


@pytest.mark.parametrize(("sheet", "answers"), [("annual_assessments", (200, 403)), ("units", (200, 200))])
def test_what_tells_of_open_cases_is_imported_at_a_desk(
    client: Client, staff: User, sheet: str, answers: tuple[int, int]
) -> None:
    batch = batch_of(staff, ImportRow(2, {"name": "甲"}), sheet=sheet)
    for address in (f"/imports/{batch.pk}/", f"/imports/new/{sheet}/"):
        found = [client.get(address, headers=headers).status_code for headers in ({}, {"User-Agent": "Mobile"})]
        assert tuple(found) == answers, address


def test_whoever_confirms_what_was_withdrawn_meanwhile_is_told_so(client: Client, staff: User) -> None:
    batch = batch_of(staff, ImportRow(2, {"name": "甲"}))
    Batch.objects.filter(pk=batch.pk).update(status=BatchStatus.WITHDRAWN, version=2)
    answers = [
        client.post(f"/imports/{batch.pk}/{step}/", {"version": "1"}) for step in ("confirm", "leave-out", "withdraw")
    ]
    assert [answer.status_code for answer in answers] == [409, 409, 409]
    assert "It no longer waits for this step" in answers[0].content.decode()


def test_workbooks_of_rows_are_fetched_at_a_desk() -> None:
    assert [job_kinds[key].desk_alone for key in ("imports.result", "imports.errors", "imports.check")] == [
        True,
        True,
        False,
    ]


def test_the_list_asks_as_much_for_one_import_as_for_three(client: Client, staff: User) -> None:
    batch_of(staff)
    one = queries(client, "/imports/")
    batch_of(staff)
    batch_of(staff)

    assert (one, queries(client, "/imports/")) == (7, 7)


def test_the_preview_asks_as_much_for_one_row_as_for_three(client: Client, staff: User) -> None:
    one = batch_of(staff, ImportRow(2, {"name": "甲"}))
    three = batch_of(staff, *(ImportRow(number, {"name": "甲"}) for number in (2, 3, 4)))

    assert [queries(client, f"/imports/{batch.pk}/") for batch in (one, three)] == [9, 9]


def test_a_row_is_shown_with_its_error_at_the_cell(client: Client, staff: User) -> None:
    batch = batch_of(staff, ImportRow(2, {"name": "甲"}, errors=[("name", "不对"), ("kind", "缺"), ("", "整行")]))

    page = client.get(f"/imports/{batch.pk}/").content.decode()

    assert page.count("不对") == 1
    assert "Kind of unit: 缺" in page
    assert "整行" in page


@pytest.fixture
def secret_sheet() -> Any:
    """A table with a confidential column."""
    sheet = ImportSheet(
        key="secret",
        label="Secret",
        order=99,
        columns=lambda: [
            ImportColumn(key="name", label="Name", required=True),
            ImportColumn(key="number", label="ID number", kind="text", is_confidential=True),
        ],
        may_import=lambda user: True,
        check=lambda rows, actor, progress: None,
        apply=lambda rows, actor, progress: [],
        undo=lambda applied, actor, reason: [],
    )
    import_sheets.register(sheet.key, sheet)
    yield sheet
    import_sheets._items.pop(sheet.key)


NUMBER = "110101199003070038"


def test_confidential_cells_are_masked_in_the_preview_and_in_the_form(
    client: Client, staff: User, secret_sheet: ImportSheet
) -> None:
    row = ImportRow(2, {"name": "甲", "number": NUMBER}, {"name": "甲", "number": NUMBER})
    batch = batch_of(staff, row, sheet="secret", columns=("name", "number"))

    pages = [client.get(f"/imports/{batch.pk}/{path}").content.decode() for path in ("", "rows/2/")]

    assert [NUMBER in page for page in pages] == [False, False]
    assert ["1101••••••••••0038" in page for page in pages] == [True, True]


def test_other_text_is_shown_in_clear_a_long_one_by_its_beginning(client: Client, staff: User) -> None:
    text = "该同志工作踏实，完成征迁协调任务。" * 8
    row = ImportRow(2, {"name": "甲", "opinion": text}, {"name": "甲", "opinion": text})
    batch = batch_of(staff, row, sheet="postings", columns=("name", "opinion"))

    preview, form = [client.get(f"/imports/{batch.pk}/{path}").content.decode() for path in ("", "rows/2/")]

    assert f"<summary>{text[:60]}…</summary>" in preview
    assert [text in page for page in (preview, form)] == [True, True]


def test_a_confidential_cell_stays_unless_something_is_typed(
    client: Client, staff: User, secret_sheet: ImportSheet
) -> None:
    row = ImportRow(2, {"name": "甲", "number": NUMBER}, {"name": "甲", "number": NUMBER})
    batch = batch_of(staff, row, sheet="secret", columns=("name", "number"))

    client.post(f"/imports/{batch.pk}/rows/2/", {"version": 1, "cell_name": "乙", "cell_number": ""})

    from cadre_app.imports.services import open_row

    assert open_row(batch.rows.get()).cells == {"name": "乙", "number": NUMBER}


def test_what_a_row_holds_is_sealed_in_the_database(staff: User, db: None) -> None:
    batch = batch_of(staff, ImportRow(2, {"name": NUMBER}))

    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM imports_batchrow WHERE batch_id = %s", [batch.pk])
        assert NUMBER not in cursor.fetchone()[0]


@pytest.mark.parametrize(("text", "shown"), [("", ""), ("123", "•••"), ("13900001234", "13•••••••34")])
def test_short_texts_hide_more(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize("path", ["rows/99/", "rows/99999999999999999999/", "rows/0/"])
def test_a_row_that_is_not_there_is_not_found(client: Client, staff: User, path: str) -> None:
    batch = batch_of(staff, ImportRow(2, {"name": "甲"}))

    assert client.get(f"/imports/{batch.pk}/{path}").status_code == 404


@pytest.mark.parametrize("text", ["梧\x00岭", "\u202e镇", "a" * 5_000])
def test_hidden_characters_and_endless_text_are_refused_beside_the_field(
    client: Client, staff: User, text: str
) -> None:
    batch = batch_of(staff, ImportRow(2, {"name": "甲"}))

    response = client.post(f"/imports/{batch.pk}/rows/2/", {"version": 1, "cell_name": text})

    assert response.status_code == 200
    assert "id_cell_name_error" in response.content.decode()


@pytest.mark.parametrize(
    "name", ["choice_", "choice_x", "choice_99999999999", "choice_２", "choice_2\x00", "choice_-1"]
)
def test_answers_of_strange_names_change_nothing(client: Client, staff: User, name: str) -> None:
    batch = batch_of(staff, ImportRow(2, {"name": "甲"}))

    assert client.post(f"/imports/{batch.pk}/choices/", {name: "new"}).status_code == 302
    assert Batch.objects.get(pk=batch.pk).revision == 1


def test_an_address_elsewhere_is_not_gone_back_to(client: Client, staff: User) -> None:
    batch = batch_of(staff, ImportRow(2, {"name": "甲"}))
    data = {"version": 1, "cell_name": "乙", "cell_kind": "村", "next": "https://example.org/"}

    response = client.post(f"/imports/{batch.pk}/rows/2/", data)

    assert response.headers["Location"] == f"/imports/{batch.pk}/#row-2"


@pytest.mark.parametrize("show", ["errors", "nonsense", "\x00", "choose"])
def test_any_condition_of_the_preview_opens(client: Client, staff: User, show: str) -> None:
    batch = batch_of(staff, ImportRow(2, {"name": "甲"}))

    assert client.get(f"/imports/{batch.pk}/", {"show": show, "page": "x"}).status_code == 200


HOSTILE = {
    "protected.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
    "old.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old .xls"),
    "empty.xlsx": (b"", "empty"),
    "picture.xlsx": (b"\x89PNG\r\n\x1a\n", "none"),
    "绝密★1年.csv": ("单位名称,类别\n甲,镇\n".encode(), "classification marking"),
    "other.csv": (b"a\n1\n", "No headings"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_cannot_be_taken_is_refused_in_words_and_not_kept(client: Client, name: str) -> None:
    content, words = HOSTILE[name]

    response = client.post("/imports/new/units/", {"file": SimpleUploadedFile(name, content)})

    assert response.status_code == 200
    assert words in response.content.decode()
    assert Batch.objects.count() == 0


def test_a_refused_marking_is_on_record_with_its_hash(client: Client, staff: User) -> None:
    content = HOSTILE["绝密★1年.csv"][0]

    client.post("/imports/new/units/", {"file": SimpleUploadedFile("绝密★1年.csv", content)})

    entry = Entry.objects.get(verb="imports.batch.refused")
    assert Entry.objects.filter(verb="history.text.refused").count() == 0
    assert entry.actor == staff
    assert len(entry.after["sha256"]) == 64


def test_a_file_that_turns_out_unreadable_in_the_job_says_so_on_its_page(client: Client) -> None:
    lines = "单位名称,类别\n" + "甲,镇\n" * 90 + "秘密★1年,镇\n" + "乙,镇\n" * 40
    client.post("/imports/new/units/", {"file": SimpleUploadedFile("甲.csv", lines.encode())})
    batch = run(Batch.objects.get())

    page = client.get(f"/imports/{batch.pk}/").content.decode()

    assert (batch.status, batch.total, batch.file) == (BatchStatus.FAULTY, 0, "")
    assert "The file could not be read, and nothing of it was kept." in page
    assert Entry.objects.filter(verb="imports.batch.refused", object_id=batch.pk).count() == 1


def test_the_name_of_a_file_is_kept_without_hidden_characters(client: Client) -> None:
    name = "甲" * 250 + "\u202e.csv"
    client.post("/imports/new/units/", {"file": SimpleUploadedFile(name, "单位名称,类别\n甲,镇\n".encode())})

    batch = Batch.objects.get()
    assert len(batch.file_name) <= 200
    assert batch.file_name.endswith("甲.csv")


def test_while_a_job_is_at_it_its_progress_is_shown_and_then_the_page_anew(client: Client, uploaded: Upload) -> None:
    client.post("/imports/new/units/", {"file": upload_of([TOWN])})
    batch = Batch.objects.get()
    poll = {"HX-Request": "true", "X-Poll": "1"}
    url = reverse("imports:batch_detail", kwargs={"pk": batch.pk})

    waiting = client.get(url, headers=poll)
    run(batch)
    ended = client.get(url, headers=poll)

    assert "Waiting for its turn" in waiting.content.decode()
    assert (ended.headers["HX-Refresh"], ended.content) == ("true", b"")


def test_the_template_is_a_workbook_in_the_language_of_the_page(client: Client) -> None:
    response = client.get("/imports/template/units/")

    assert response.content[:2] == b"PK"
    assert response.headers["Content-Disposition"] == 'attachment; filename="Units, template.xlsx"'


def test_a_marked_text_is_refused_in_a_correction(client: Client, uploaded: Upload) -> None:
    batch = uploaded(("某镇", "", "没有这种类别", "望屿区", "1", "1990年"))
    stored = batch.rows.get()
    cells = {f"cell_{key}": text for key, text in open_row(stored).cells.items()}
    data = {**cells, "cell_short_name": "机密★1年", "version": stored.version}
    response = client.post(f"/imports/{batch.pk}/rows/{stored.number}/", data)
    assert (response.status_code, list(response.context["form"].errors)) == (200, ["cell_short_name"])
    assert "short_name" not in open_row(batch.rows.get()).cells
