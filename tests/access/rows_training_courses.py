"""The catalogue: an offered course, a closed one with a material, a voided one; teachers and scenarios."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from cadre_app.files.models import PDF
from cadre_app.files.uploads import CheckedUpload
from cadre_app.history import services as history
from cadre_app.training.models import Course
from cadre_app.training.services import courses, teachers
from tests.access.harness import Route, World
from tests.access.rows_a_people import of, sent
from tests.files.made import pdf
from tests.training.factories import make_course

OVERSEERS = ("staff", "leader", "liaison", "other_staff", "moved_staff")
PREPARE = (*OVERSEERS, "trainer")
READERS = (*PREPARE, "trainee")
STAFF = ("staff", "other_staff", "moved_staff")
READ = dict.fromkeys(READERS, 200) | {"*": 404}
PREPARED = dict.fromkeys(PREPARE, 200) | {"*": 404}
ADD = dict.fromkeys(STAFF, 200) | {"*": 403}
ADDED = dict.fromkeys(STAFF, 302) | {"*": 403}
EDIT = READ | {"leader": 403, "liaison": 403, "trainer": 403, "trainee": 403}
SAVED = EDIT | dict.fromkeys(STAFF, 302)
EDIT_CLOSED = EDIT | {"trainee": 404}
SAVED_CLOSED = SAVED | {"trainee": 404}
FORBIDDEN = EDIT_CLOSED | dict.fromkeys(STAFF, 403)
REASON = {"reason": "年度调整"}


def extend(world: World) -> None:
    staff = world.actors["staff"]
    outline = world.canary("course outline", seen_by=READERS)
    world.objects["offered course"] = make_course("村民会议的组织与主持", outline=outline)
    closed = make_course("听懂方言", outline=world.canary("closed outline", seen_by=PREPARE), is_offered=False)
    world.objects["closed course"] = closed
    name = world.canary("material", seen_by=PREPARE)
    for key in ("material", "removed material"):
        upload = CheckedUpload(f"{name}.pdf", PDF, "application/pdf", pdf(), pages=1)
        courses.add_materials(closed, materials=[upload], actor=staff)
        world.objects[key] = _newest(closed)
    world.objects["removed material"] = courses.remove_material(
        world.objects["removed material"], reason="误传", actor=staff
    )
    voided = make_course("误录的课程", outline=world.canary("voided outline", seen_by=PREPARE))
    world.objects["voided course"] = courses.void_course(voided, reason="误录", actor=staff)
    background = world.canary("scenario", seen_by=READERS)
    world.objects["scenario"] = teachers.create_scenario(
        title="停水保供", background=background, task="分级保供", actor=staff
    )
    with_reason = courses.close_course(
        make_course("数据怎样进材料"),
        reason=world.canary("course reason", seen_by=("staff", "leader", *STAFF)),
        actor=staff,
    )
    history.record("training.course.changed", actor=staff, obj=with_reason)
    world.objects["course with reason"] = with_reason


def _newest(course: Course) -> Any:
    from cadre_app.files.models import StoredFile

    return StoredFile.objects.of(courses.MATERIAL, [course.pk]).last()


def new_course(world: World, actor: str) -> dict[str, Any]:
    return WRITTEN


def upload(world: World, actor: str) -> dict[str, Any]:
    return {"materials": SimpleUploadedFile("讲义.pdf", pdf())}


WRITTEN = {
    "title": "文风",
    "kind": "writing",
    "format": "lecture",
    "mode": "classroom",
    "hours": "3",
    "assessment": "none",
}
TEACHER = {"name": "温绍儒", "affiliation": "区委党校"}
SCENARIO = {"title": "动物疫情", "background": "樟坪村发现疑似动物疫情", "task": "报告、封控"}

ROUTES = [
    Route("training:course_list", get=READ),
    Route("training:course_list", query="?q=金丝雀&state=closed&audience=1", get=READ),
    Route("training:course_list", query="?state=voided", get=READ),
    Route("training:course_detail", kwargs=of("offered course"), get=READ),
    Route("training:course_detail", kwargs=of("closed course"), get=PREPARED),
    Route("training:course_detail", kwargs=of("voided course"), get=PREPARED),
    Route("training:course_detail", kwargs=of("course with reason"), get=PREPARED),
    Route("training:course_new", get=ADD, post=ADDED, data=new_course),
    Route(
        "training:course_edit",
        kwargs=of("closed course"),
        get=EDIT_CLOSED,
        post=SAVED_CLOSED,
        data=sent("closed course", **WRITTEN),
    ),
    Route("training:course_edit", kwargs=of("voided course"), get=FORBIDDEN, post=FORBIDDEN),
    Route(
        "training:course_close",
        kwargs=of("offered course"),
        get=EDIT,
        post=SAVED,
        data=sent("offered course", **REASON),
    ),
    Route(
        "training:course_reopen",
        kwargs=of("closed course"),
        get=EDIT_CLOSED,
        post=SAVED_CLOSED,
        data=sent("closed course"),
    ),
    Route(
        "training:course_void", kwargs=of("offered course"), get=EDIT, post=SAVED, data=sent("offered course", **REASON)
    ),
    Route(
        "training:course_restore",
        kwargs=of("voided course"),
        get=EDIT_CLOSED,
        post=SAVED_CLOSED,
        data=sent("voided course"),
    ),
    Route("training:course_restore", kwargs=of("closed course"), get=FORBIDDEN, post=FORBIDDEN),
    Route("training:material_new", kwargs=of("closed course"), get=EDIT_CLOSED, post=SAVED_CLOSED, data=upload),
    Route(
        "training:material_remove",
        kwargs=of("material"),
        get=EDIT_CLOSED,
        post=SAVED_CLOSED,
        data=sent("material", **REASON),
    ),
    Route(
        "training:material_restore",
        kwargs=of("removed material"),
        get=EDIT_CLOSED,
        post=SAVED_CLOSED,
        data=sent("removed material"),
    ),
    Route("files:download", kwargs=of("material"), get=PREPARED),
    Route("training:teacher_list", get=PREPARED),
    Route("training:teacher_new", get=ADD, post=ADDED, data=lambda world, actor: {**TEACHER, "name": "尹若蘅二"}),
    Route("training:teacher_edit", kwargs=of("teacher"), get=EDIT, post=SAVED, data=sent("teacher", **TEACHER)),
    Route("training:scenario_list", get=PREPARED),
    Route("training:scenario_detail", kwargs=of("scenario"), get=READ),
    Route("training:scenario_new", get=ADD, post=ADDED, data=lambda world, actor: SCENARIO),
    Route("training:scenario_edit", kwargs=of("scenario"), get=EDIT, post=SAVED, data=sent("scenario", **SCENARIO)),
]
