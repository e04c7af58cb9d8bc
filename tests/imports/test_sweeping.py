"""What is kept of an import, and when it goes."""

import os
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from cadre_app.imports import services
from cadre_app.imports.models import Batch, BatchStatus, Effect
from cadre_app.imports.services.files import folder
from tests.imports.conftest import TOWN, VILLAGE, Upload, confirmed, post, run, upload_of


def test_the_file_is_removed_once_its_rows_are_read(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    client.post("/imports/new/units/", {"file": upload_of([TOWN])})
    batch = Batch.objects.get()
    kept = (folder() / batch.file).read_bytes()

    with django_capture_on_commit_callbacks(execute=True):
        run(batch)

    assert b"PK" not in kept[:10]
    assert list(folder().iterdir()) == []


def test_withdrawing_removes_the_rows(client: Client, uploaded: Upload) -> None:
    batch = uploaded(TOWN)

    post(client, batch, "withdraw", version=batch.version)

    batch = Batch.objects.get(pk=batch.pk)
    assert (batch.status, batch.rows.count()) == (BatchStatus.WITHDRAWN, 0)
    assert client.get(f"/imports/{batch.pk}/").status_code == 200


def test_rows_go_after_the_days_of_the_policy(client: Client, uploaded: Upload) -> None:
    waiting = uploaded(TOWN)
    done = confirmed(client, uploaded((*VILLAGE[:3], "", 1, ""), name="另一份.xlsx"))
    fresh = uploaded(("潮音镇", "", "镇", "", 5, ""), name="第三份.xlsx")
    old = timezone.now() - timedelta(days=31)
    Batch.objects.exclude(pk=fresh.pk).update(updated_at=old)

    services.sweep_imports()

    waiting, done, fresh = (Batch.objects.get(pk=batch.pk) for batch in (waiting, done, fresh))
    assert [batch.status for batch in (waiting, done, fresh)] == ["expired", "done", "ready"]
    assert [batch.rows.count() for batch in (waiting, done, fresh)] == [0, 0, 1]
    assert Effect.objects.count() == 0
    assert client.get(f"/imports/{done.pk}/undo/").status_code == 403
    assert client.get(f"/imports/{done.pk}/").status_code == 200


def test_a_file_that_belongs_to_no_import_is_swept(db: None) -> None:
    for name, age in (("old.sealed", 2), ("young.sealed", 0)):
        path = folder() / name
        path.write_bytes(b"x")
        stamp = (timezone.now() - timedelta(days=age)).timestamp()
        os.utime(path, (stamp, stamp))

    services.sweep_imports()

    assert [path.name for path in folder().iterdir()] == ["young.sealed"]
