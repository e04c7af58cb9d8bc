"""Takes a file of many rows through an import as the worker does: check, a corrected row, confirmation, undoing.

DATABASE_URL=… python benchmarks/imports.py [rows]      (writes into the database and takes everything back)
"""

import io
import os
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cadre_app.settings")
django.setup()

import xlsxwriter  # noqa: E402
from django.test import Client  # noqa: E402

from cadre_app.accounts.models import User  # noqa: E402
from cadre_app.core.registries import import_sheets  # noqa: E402
from cadre_app.imports import intake, services  # noqa: E402
from cadre_app.imports.models import Batch, BatchStatus  # noqa: E402
from cadre_app.jobs import services as jobs  # noqa: E402

HEADINGS = ("单位名称", "简称", "类别", "上级单位", "排序号", "成立日期")
VILLAGES = 50
ROUNDS = 5


def workbook(rows: int) -> bytes:
    """Towns with fifty villages each, named anew in every run."""
    mark, content = uuid.uuid4().hex[:6], io.BytesIO()
    with xlsxwriter.Workbook(content, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        for number in range(1, rows + 1):
            town, village = divmod(number - 1, VILLAGES)
            name = f"{mark}镇{town}"
            line = (name, "", "镇", "", town, "1990.01.01")
            if village:
                line = (f"{name}村{village}", f"村{village}", "村", name, village, "1990年1月")
            sheet.write_row(number, 0, line)
    return content.getvalue()


def timed(label: str, act: Callable[[], object]) -> None:
    """Seconds of one run."""
    started = time.perf_counter()
    act()
    print(f"{label:48} {time.perf_counter() - started:8.2f} s")


def run(batch: Batch) -> None:
    """The job that the import waits for, done here."""
    batch.refresh_from_db()
    assert batch.job_id is not None  # noqa: S101
    jobs.run_job(batch.job_id)
    batch.refresh_from_db()
    print(f"{'':12}{batch.status}, {batch.created_count} new, {batch.faulty_count} with errors")


def main(rows: int) -> None:
    jobs._send = lambda pk: None  # type: ignore[assignment]  # the worker is not rung
    staff = User.objects.get(username="staff")
    sheet, content = import_sheets["units"], workbook(rows)
    most = max(rows, 1)
    print(f"{rows} rows, {len(content) / 1e6:.1f} MB")
    timed("first look at the upload", lambda: intake.look_at(content, "表.xlsx", sheet, most_rows=most))
    timed("reading alone", lambda: intake.read(content, "表.xlsx", sheet, most_rows=most))
    batch = services.upload_batch(sheet=sheet, name="表.xlsx", content=content, actor=staff)
    timed("check: read, look, keep", lambda: run(batch))
    services.ask_again(batch, actor=staff)
    timed("check again", lambda: run(batch))
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
    for page in ("", "?page=9", "?show=errors"):
        url = f"/imports/{batch.pk}/{page}"
        timed(f"page {page or '1'}", lambda url=url: [client.get(url) for _ in range(ROUNDS)])  # type: ignore[misc]
    services.confirm_batch(batch, version=batch.version, actor=staff)
    timed("confirm: check, write, result file", lambda: run(batch))
    if batch.status == BatchStatus.DONE:
        services.undo_batch(batch, reason="benchmark", version=batch.version, actor=staff)
        timed("undo", lambda: run(batch))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
