"""Imports are their owner's: rows hold what the file said, ID numbers among it."""

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cadre_app.core.importing import ImportRow
from cadre_app.imports.models import Batch, BatchStatus, Effect
from cadre_app.imports.services.rows import stored_row
from cadre_app.jobs import services as jobs
from cadre_app.jobs.models import Job, JobState
from tests.access.harness import Route, World
from tests.factories import UnitFactory

STAFF = dict.fromkeys(("staff", "other_staff", "moved_staff"), 200) | {"*": 403}
SENT = dict.fromkeys(("staff", "other_staff", "moved_staff"), 302) | {"*": 403}
OWN = {"staff": 200, "*": 404}
DONE = {"staff": 302, "*": 404}
REFUSED = {"staff": 403, "*": 404}
MOVED = {"moved_staff": 200, "*": 404}


def extend(world: World) -> None:
    """Imports of staff in each state, and one of somebody who was moved since: its rows are shown to nobody."""
    staff, moved = world.actors["staff"], world.actors["moved_staff"]
    today = jobs.access_of(staff)

    def batch(key: str, status: str, owner: Any = staff, *, access: str = today, rows: int = 1, **values: Any) -> Batch:
        file = world.canary(f"import {key}", seen_by=("staff" if owner is staff else "moved_staff",))
        made = Batch.objects.create(
            sheet="units", owner=owner, file_name=f"{file}.xlsx", sha256=f"{key:0>64}", size=1, status=status,
            access=access, columns=["name", "parent"] if rows else [], total=rows, created_count=rows, **values,
        )  # fmt: skip
        world.objects[f"import_{key}"] = made
        return made

    def row(of: Batch, key: str, *, seen_by: tuple[str, ...] = ("staff",), **values: Any) -> None:
        name, parent = (world.canary(f"{key} {part}", seen_by=seen_by) for part in ("cell", "superior"))
        cells = {"name": name, "parent": parent}
        stored_row(of, ImportRow(2, cells=cells, values=dict(cells), **values)).save()

    row(batch("ready", BatchStatus.READY), "ready row")
    row(
        batch("faulty", BatchStatus.FAULTY, faulty_count=1),
        "faulty row",
        errors=[("parent", world.canary("import error", seen_by=("staff",)))],
    )
    row(batch("moved", BatchStatus.READY, moved, access="another"), "moved row", seen_by=())
    batch("empty", BatchStatus.FAULTY, rows=0, problem=world.canary("import problem", seen_by=("staff",)))
    done = batch("done", BatchStatus.DONE, confirmed_at=timezone.now())
    row(done, "done row")
    label = world.canary("import effect", seen_by=("staff",))
    Effect.objects.create(
        batch=done, number=2, object_id=UnitFactory.create(parent=world.town, order=70).pk, created=True,
        body=f'{{"label": "{label}", "outcome": "", "undo": {{"version": 1}}}}',
    )  # fmt: skip
    job = Job.objects.create(
        kind="imports.confirm", owner=staff, params={"batch": str(done.pk)}, params_key="imports", access=today,
        state=JobState.DONE, result_name="结果.xlsx", finished_at=timezone.now(),
    )  # fmt: skip
    Job.objects.filter(pk=job.pk).update(result_path=f"{job.pk}.result")
    Batch.objects.filter(pk=done.pk).update(result_job=job, job=job)
    path: Path = jobs.result_path(Job.objects.get(pk=job.pk))
    path.write_text(world.canary("import result", seen_by=("staff",)))
    world.objects["import_result"] = Job.objects.get(pk=job.pk)


def of(key: str, **more: Any) -> Any:
    return lambda world: {"pk": world.objects[key].pk, **more}


def posted(key: str, **data: Any) -> Any:
    def fields(world: World, actor: str) -> dict[str, Any]:
        return {"version": Batch.objects.get(pk=world.objects[key].pk).version, **data}

    return fields


def file(world: World, actor: str) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("单位.csv", "单位名称,类别\n梧岭镇,镇\n".encode())}


ROUTES = [
    Route("imports:batch_list", get=STAFF),
    Route("imports:upload", kwargs=lambda world: {"sheet": "units"}, get=STAFF, post=SENT, data=file),
    Route("imports:upload", kwargs=lambda world: {"sheet": "unknown"}, get={"*": 404}, post={"*": 404}),
    Route("imports:template", kwargs=lambda world: {"sheet": "units"}, get=STAFF),
    Route("imports:batch_detail", kwargs=of("import_ready"), get=OWN),
    Route("imports:batch_detail", kwargs=of("import_faulty"), query="?show=errors", get=OWN),
    Route("imports:batch_detail", kwargs=of("import_empty"), get=OWN),
    Route("imports:batch_detail", kwargs=of("import_done"), get=OWN),
    Route("imports:batch_detail", kwargs=of("import_moved"), get=MOVED),
    Route("jobs:job_download", kwargs=of("import_result"), get=OWN),
    Route(
        "imports:row_edit",
        kwargs=of("import_ready", number=2),
        get=OWN,
        post=DONE,
        data=lambda world, actor: {"version": "1", "cell_name": "梧岭镇"},
    ),
    Route("imports:row_edit", kwargs=of("import_done", number=2), get=REFUSED, post=REFUSED),
    Route(
        "imports:row_edit",
        kwargs=of("import_moved", number=2),
        get={"moved_staff": 403, "*": 404},
        post={"moved_staff": 403, "*": 404},
    ),
    Route("imports:choose", kwargs=of("import_ready"), post=DONE),
    Route("imports:errors_book", kwargs=of("import_faulty"), post=DONE),
    Route("imports:errors_book", kwargs=of("import_empty"), post=REFUSED),
    Route("imports:check", kwargs=of("import_ready"), post=DONE),
    Route("imports:leave_out", kwargs=of("import_faulty"), get=OWN, post=DONE, data=posted("import_faulty")),
    Route("imports:confirm", kwargs=of("import_ready"), get=OWN, post=DONE, data=posted("import_ready")),
    Route("imports:confirm", kwargs=of("import_faulty"), get=REFUSED, post=REFUSED),
    Route("imports:undo", kwargs=of("import_done"), get=OWN, post=DONE, data=posted("import_done", reason="误导入")),
    Route("imports:undo", kwargs=of("import_ready"), get=REFUSED, post=REFUSED),
    Route("imports:withdraw", kwargs=of("import_ready"), get=OWN, post=DONE, data=posted("import_ready")),
    Route("imports:withdraw", kwargs=of("import_done"), get=REFUSED, post=REFUSED),
    Route("imports:result", kwargs=of("import_done"), post=DONE),
    Route("imports:result", kwargs=of("import_ready"), post=REFUSED),
]
