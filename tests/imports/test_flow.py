"""Template → upload → preview → correct → confirm → result → undo, with the sheet of units."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation
from django.utils.formats import date_format

from cadre_app.accounts.models import User
from cadre_app.core.models import Stale
from cadre_app.history.models import Entry
from cadre_app.imports import services
from cadre_app.imports.models import Batch, BatchStatus, Effect
from cadre_app.imports.preview import listed
from cadre_app.imports.services import open_row
from cadre_app.jobs import services as jobs
from cadre_app.jobs.models import Job, JobState
from cadre_app.org import services as org
from cadre_app.org.models import Unit, UnitKind
from tests.factories import UnitFactory
from tests.imports.conftest import TOWN, VILLAGE, Upload, confirmed, names, post, result_rows, run, upload_of

LOST = ("半岭村", "", "村", "没有的镇", 2, "")


def found(batch: Batch, number: int) -> Any:
    return open_row(batch.rows.get(number=number))


def test_an_uploaded_file_is_checked_and_nothing_is_written(uploaded: Upload) -> None:
    batch = uploaded(TOWN, VILLAGE)

    assert (batch.status, batch.total, batch.created_count) == (BatchStatus.READY, 2, 2)
    assert names() == ["望屿区"]


def test_a_confirmed_import_writes_all_rows(client: Client, uploaded: Upload, staff: User) -> None:
    batch = confirmed(client, uploaded(TOWN, VILLAGE))

    assert (batch.status, names()) == (BatchStatus.DONE, ["望屿区", "梧岭镇", "梧头村"])
    village = Unit.objects.get(name="梧头村")
    assert (village.short_name, village.order, village.opened_on) == ("梧头", 1, date(1990, 1, 1))
    assert Entry.objects.filter(verb="imports.batch.confirmed", object_id=batch.pk, actor=staff).count() == 1
    assert batch.job is not None
    assert batch.job.state == JobState.DONE


def test_the_result_says_what_became_of_each_row(client: Client, uploaded: Upload) -> None:
    batch = confirmed(client, uploaded(TOWN, VILLAGE))

    assert result_rows(batch.result_job)[:3] == [
        ("Row", "What was done", "Record", "Outcome", "Remarks"),
        (2, "New", "梧岭镇", None, None),
        (3, "New", "梧头村", None, "Opened on 1 Jan 1990, as its superior unit."),
    ]


def test_an_error_stands_at_its_cell_and_holds_everything_back(client: Client, uploaded: Upload) -> None:
    batch = uploaded(TOWN, LOST)

    assert (batch.status, batch.faulty_count) == (BatchStatus.FAULTY, 1)
    assert found(batch, 3).errors == [("parent", "No unit called “没有的镇” among yours or in this file.")]
    assert post(client, batch, "confirm", version=batch.version) == 403
    assert names() == ["望屿区"]


def test_a_cell_is_corrected_in_place(client: Client, uploaded: Upload) -> None:
    batch = uploaded(TOWN, LOST)
    cells = {"cell_name": "半岭村", "cell_kind": "村", "cell_parent": "梧岭镇", "cell_order": "2"}

    response = client.post(f"/imports/{batch.pk}/rows/3/", cells | {"version": 1})
    batch = run(batch)

    assert response.status_code == 302
    assert (batch.status, found(batch, 3).target_text) == (BatchStatus.READY, "望屿区 › 梧岭镇 › 半岭村")


def test_a_row_corrected_in_another_tab_is_a_conflict(client: Client, uploaded: Upload) -> None:
    batch = uploaded(TOWN, LOST)
    client.post(f"/imports/{batch.pk}/rows/3/", {"cell_name": "甲村", "cell_kind": "村", "version": 1})

    response = client.post(f"/imports/{batch.pk}/rows/3/", {"cell_name": "乙村", "cell_kind": "村", "version": 1})

    assert response.status_code == 409
    assert "甲村" in response.content.decode()


def test_a_row_is_left_out_and_taken_in_again(client: Client, uploaded: Upload) -> None:
    batch = uploaded(TOWN, LOST)
    cells = {"cell_name": "半岭村", "cell_kind": "村", "cell_parent": "没有的镇", "cell_order": "2"}

    client.post(f"/imports/{batch.pk}/rows/3/", cells | {"version": 1, "is_left_out": "on"})
    batch = run(batch)
    assert (batch.status, batch.left_out_count) == (BatchStatus.READY, 1)

    client.post(f"/imports/{batch.pk}/rows/3/", cells | {"version": 2})
    assert run(batch).status == BatchStatus.FAULTY


def test_the_rest_is_imported_without_the_rows_with_errors(client: Client, uploaded: Upload) -> None:
    batch = uploaded(TOWN, LOST)

    assert post(client, batch, "leave-out", version=batch.version) == 302
    batch = confirmed(client, run(batch))

    assert (batch.status, names()) == (BatchStatus.DONE, ["望屿区", "梧岭镇"])
    assert result_rows(batch.result_job)[2][:2] == (3, "Left out")


def test_of_several_the_one_that_was_chosen_is_taken(client: Client, uploaded: Upload, district: Unit) -> None:
    towns = [UnitFactory.create(name=name, parent=district) for name in ("甲镇", "乙镇")]
    [first, _second] = [UnitFactory.create(name="新村", parent=town) for town in towns]
    batch = uploaded(("一组", "", "村", "新村", 1, ""))
    assert (batch.status, batch.unchosen_count) == (BatchStatus.FAULTY, 1)

    assert post(client, batch, "choices", choice_2=str(first.pk)) == 302
    confirmed(client, run(batch))

    assert Unit.objects.get(name="一组").parent == first


@pytest.mark.parametrize("answer", ["new", "x", "00000000-0000-4000-8000-000000000000"])
def test_an_answer_that_was_not_offered_is_refused(
    client: Client, uploaded: Upload, district: Unit, answer: str
) -> None:
    for name in ("甲镇", "乙镇"):
        UnitFactory.create(name="新村", parent=UnitFactory.create(name=name, parent=district))
    batch = uploaded(("一组", "", "村", "新村", 1, ""))

    post(client, batch, "choices", choice_2=answer)

    assert (Batch.objects.get(pk=batch.pk).revision, found(batch, 2).choice) == (1, "")


def test_a_world_that_changed_since_the_preview_writes_nothing(
    client: Client, uploaded: Upload, staff: User, district: Unit
) -> None:
    batch = uploaded(TOWN, VILLAGE)
    org.create_unit(
        name="梧岭镇", kind=UnitKind.TOWN, parent=district, opened_on=date(1990, 1, 1), order=4, actor=staff
    )

    batch = confirmed(client, batch)

    assert (batch.status, batch.same_count, batch.created_count) == (BatchStatus.READY, 1, 1)
    assert names() == ["望屿区", "梧岭镇"]
    assert batch.job is not None
    assert batch.job.state == JobState.FAILED
    assert batch.job.error.startswith("Something has changed since the preview")


def test_a_confirmation_that_was_made_before_a_correction_is_a_conflict(client: Client, uploaded: Upload) -> None:
    batch = uploaded(TOWN)
    cells = {"cell_name": "潮音镇", "cell_kind": "镇"}
    client.post(f"/imports/{batch.pk}/rows/2/", cells | {"version": 1})
    run(batch)

    assert post(client, batch, "confirm", version=batch.version) == 409


def test_a_check_of_rows_that_changed_since_writes_nothing_down(client: Client, uploaded: Upload) -> None:
    batch = uploaded(TOWN)
    services.ask_again(batch, actor=batch.owner)
    old = Batch.objects.get(pk=batch.pk).job_id
    services.ask_again(Batch.objects.get(pk=batch.pk), actor=batch.owner)
    assert old is not None

    jobs.run_job(old)

    assert Batch.objects.get(pk=batch.pk).status == BatchStatus.UNCHECKED
    assert run(batch).status == BatchStatus.READY


def test_undoing_takes_everything_back(client: Client, uploaded: Upload) -> None:
    batch = confirmed(client, uploaded(TOWN, VILLAGE))

    assert post(client, batch, "undo", version=batch.version, reason="误导入") == 302
    batch = run(batch)

    assert (batch.status, names()) == (BatchStatus.UNDONE, ["望屿区"])
    assert Entry.objects.get(verb="imports.batch.undone", object_id=batch.pk).reason == "误导入"


def test_an_obstacle_keeps_the_whole_import(client: Client, uploaded: Upload, staff: User) -> None:
    batch = confirmed(client, uploaded(TOWN, ("潮音镇", "", "镇", "", 5, "")))
    town = Unit.objects.get(name="梧岭镇")
    org.close_unit(town, closed_on=date(2030, 1, 1), reason="撤并", version=1, actor=staff)

    post(client, batch, "undo", version=batch.version, reason="误导入")
    batch = run(batch)

    assert (batch.status, names()) == (BatchStatus.DONE, ["望屿区", "梧岭镇", "潮音镇"])
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert "梧岭镇: somebody has changed it since." in page
    with translation.override("zh-hans"):
        assert listed(batch.obstacles) == ["梧岭镇：导入后已有人修改。"]


def test_a_file_that_waits_is_not_uploaded_twice(client: Client, uploaded: Upload) -> None:
    batch = uploaded(TOWN)

    response = client.post("/imports/new/units/", {"file": upload_of([TOWN])})

    page = response.content.decode()
    assert response.status_code == 200
    assert "You have uploaded this file already; it is waiting to be imported." in page
    assert f"/imports/{batch.pk}/" in page
    assert Batch.objects.count() == 1


def test_a_file_that_was_imported_says_when_and_by_whom(client: Client, uploaded: Upload) -> None:
    batch = confirmed(client, uploaded(TOWN))

    page = client.post("/imports/new/units/", {"file": upload_of([TOWN])}).content.decode()

    assert f"This file was imported on {date_format(timezone.localdate())} by 程昱晗." in page
    assert f"/imports/{batch.pk}/" in page
    again = client.post("/imports/new/units/", {"file": upload_of([TOWN]), "again": "on"})
    assert (again.status_code, Batch.objects.count()) == (302, 2)


def test_the_same_form_sent_twice_is_one_import(client: Client) -> None:
    data = {"submission": "7d9f4b1e-8f53-4f0f-a7a4-1f1a6b6f1a11"}
    for _time in (1, 2):
        client.post("/imports/new/units/", data | {"file": upload_of([TOWN])})
    client.post("/imports/new/units/", data | {"file": upload_of([VILLAGE])})

    assert Batch.objects.count() == 2


def test_rows_with_errors_come_as_a_workbook_that_can_be_uploaded(client: Client, uploaded: Upload) -> None:
    batch = uploaded(TOWN, LOST)

    post(client, batch, "errors")
    job = Job.objects.get(kind="imports.errors")
    jobs.run_job(job.pk)

    rows = result_rows(Job.objects.get(pk=job.pk))
    assert rows[0][:4] == ("Name of the unit", "Short name", "Kind of unit", "Superior unit")
    assert rows[1][0] == "半岭村"
    assert rows[1][-2:] == ("Superior unit: No unit called “没有的镇” among yours or in this file.", 3)
    assert len(rows) == 2


def test_a_result_that_expired_is_made_again(client: Client, uploaded: Upload) -> None:
    batch = confirmed(client, uploaded(TOWN))
    assert batch.result_job is not None
    jobs.discard_result(batch.result_job)

    post(client, batch, "result")
    batch = Batch.objects.select_related("result_job").get(pk=batch.pk)
    assert batch.result_job_id is not None
    jobs.run_job(batch.result_job_id)

    assert result_rows(Job.objects.get(pk=batch.result_job_id))[1][:3] == (2, "New", "梧岭镇")


def test_a_cancelled_import_writes_nothing(client: Client, uploaded: Upload, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = uploaded(TOWN)
    post(client, batch, "confirm", version=batch.version)
    write = Effect.objects.bulk_create

    def cancelled_meanwhile(*args: Any, **options: Any) -> Any:
        Job.objects.filter(kind="imports.confirm").update(state=JobState.CANCELLED)
        return write(*args, **options)

    monkeypatch.setattr(Effect.objects, "bulk_create", cancelled_meanwhile)
    batch = run(batch)

    assert (batch.status, names()) == (BatchStatus.READY, ["望屿区"])


def test_one_change_of_a_row_at_a_time(uploaded: Upload) -> None:
    batch = uploaded(TOWN)
    stored = batch.rows.get()

    with pytest.raises(Stale):
        services.correct_row(batch, stored, cells={}, is_left_out=True, version=7, actor=batch.owner)


def test_rows_left_out_keep_their_reasons(client: Client, uploaded: Upload) -> None:
    """In the result file, on the page, and as a workbook to be corrected; until the rows expire."""
    batch = uploaded(TOWN, LOST)
    reason = "Superior unit: No unit called “没有的镇” among yours or in this file."
    assert post(client, batch, "leave-out", version=batch.version) == 302
    batch = confirmed(client, run(batch))
    assert batch.status == BatchStatus.DONE
    assert result_rows(batch.result_job)[2] == (3, "Left out", "半岭村", None, reason)
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert "No unit called “没有的镇”" in page
    assert "Rows left out as Excel" in page
    assert post(client, batch, "errors") == 302
    job = Job.objects.get(kind="imports.errors")
    jobs.run_job(job.pk)
    rows = result_rows(Job.objects.get(pk=job.pk))
    assert [(row[0], *row[-2:]) for row in rows[1:]] == [("半岭村", reason, 3)]
    Batch.objects.filter(pk=batch.pk).update(updated_at=timezone.now() - timedelta(days=400))
    services.sweep_imports()
    assert post(client, batch, "errors") == 403
    assert "Rows left out as Excel" not in client.get(f"/imports/{batch.pk}/").content.decode()
