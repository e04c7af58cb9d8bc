"""Imports are their owner's: rows hold what the file said, ID numbers among it."""

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cadre_app.core.importing import ImportRow
from cadre_app.imports.models import Batch, BatchStatus, ColumnMapping, Effect
from cadre_app.imports.services.files import keep_file
from cadre_app.imports.services.rows import stored_row
from cadre_app.jobs import services as jobs
from cadre_app.jobs.models import Job, JobState
from tests.access.harness import Route, World
from tests.factories import UnitFactory

STAFF = dict.fromkeys(("staff", "other_staff", "moved_staff"), 200) | {"*": 404}
SENT = dict.fromkeys(("staff", "other_staff", "moved_staff"), 302) | {"*": 404}
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
    unmatched(world)
    job = Job.objects.create(
        kind="imports.confirm", owner=staff, params={"batch": str(done.pk)}, params_key="imports", access=today,
        state=JobState.DONE, result_name="结果.xlsx", finished_at=timezone.now(),
    )  # fmt: skip
    Job.objects.filter(pk=job.pk).update(result_path=f"{job.pk}.result")
    Batch.objects.filter(pk=done.pk).update(result_job=job, job=job)
    path: Path = jobs.result_path(Job.objects.get(pk=job.pk))
    path.write_text(world.canary("import result", seen_by=("staff",)))
    world.objects["import_result"] = Job.objects.get(pk=job.pk)


def unmatched(world: World) -> None:
    """A file whose headings wait to be matched, and what each of two offices keeps of such sheets."""
    staff = world.actors["staff"]
    heading, value = (world.canary(f"own {part}", seen_by=("staff",)) for part in ("heading", "value"))
    content = f"机构,性质,{heading}\n梧岭镇,镇,{value}\n".encode()
    world.objects["import_unmatched"] = Batch.objects.create(
        sheet="units", owner=staff, file_name="台账.csv", sha256="f" * 64, size=len(content),
        status=BatchStatus.UNMATCHED, file=keep_file(content),
    )  # fmt: skip
    for key, unit, seen_by in (
        ("kept columns", world.town, ("staff",)),
        ("removed columns", world.town, ("staff",)),
        ("foreign columns", world.elsewhere, ("other_staff", "moved_staff")),
    ):
        world.objects[key] = ColumnMapping.objects.create(
            sheet="units", unit=unit, name=world.canary(key, seen_by=seen_by), columns={"机构": "name"},
            signature=f"{key:0>64}", kept_by=staff, voided_at=timezone.now() if key.startswith("removed") else None,
        )  # fmt: skip


def of(key: str, **more: Any) -> Any:
    return lambda world: {"pk": world.objects[key].pk, **more}


def posted(key: str, **data: Any) -> Any:
    def fields(world: World, actor: str) -> dict[str, Any]:
        return {"version": Batch.objects.get(pk=world.objects[key].pk).version, **data}

    return fields


def file(world: World, actor: str) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("单位.csv", "单位名称,类别\n梧岭镇,镇\n".encode())}


def matched(world: World, actor: str) -> dict[str, Any]:
    return posted("import_unmatched", column_0="name", column_1="kind", keep_as="机构台账")(world, actor)


def kept(**data: Any) -> Any:
    def fields(world: World, actor: str) -> dict[str, Any]:
        return {"version": ColumnMapping.objects.get(pk=world.objects["kept columns"].pk).version, **data}

    return fields


FOREIGN = dict.fromkeys(("other_staff", "moved_staff"), 200) | {"*": 404}
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
    Route("imports:batch_detail", kwargs=of("import_unmatched"), get=OWN),
    Route("imports:match", kwargs=of("import_unmatched"), get=OWN, post=DONE, data=matched),
    Route("imports:match", kwargs=of("import_ready"), get=REFUSED, post=REFUSED),
    Route("imports:mapping_list", get=STAFF),
    Route("imports:mapping_rename", kwargs=of("kept columns"), get=OWN, post=DONE, data=kept(name="各乡镇台账")),
    Route("imports:mapping_rename", kwargs=of("removed columns"), get=REFUSED, post=REFUSED),
    Route("imports:mapping_rename", kwargs=of("foreign columns"), get=FOREIGN, post=FOREIGN),
    Route("imports:mapping_remove", kwargs=of("kept columns"), get=OWN, post=DONE, data=kept()),
    Route("imports:mapping_remove", kwargs=of("removed columns"), get=REFUSED, post=REFUSED),
]
