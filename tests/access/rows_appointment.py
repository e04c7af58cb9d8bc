"""干部任免审批表: a draft, an issued and a voided form of the trainee, one of the other tree, and a form brought in."""

from dataclasses import replace
from typing import Any

from cadre_app.appointment.archives import Sent
from cadre_app.appointment.differing import seen_as
from cadre_app.appointment.lrmx.fields import FamilyRow
from cadre_app.appointment.lrmx.writing import write_lrmx
from cadre_app.appointment.models import AppointmentForm, FormIntake
from cadre_app.appointment.services import drafts, intakes
from cadre_app.appointment.services.comparing import compared
from cadre_app.appointment.services.taking import take_over
from cadre_app.core import crypto
from cadre_app.people.models import Person
from tests.access.harness import Route, World
from tests.access.rows_a_people import FAMILY, of, sent

OFFICE = ("staff", "leader")
FOREIGN = ("other_staff", "moved_staff")
READ = dict.fromkeys(OFFICE, 200) | {"*": 404}
LIST = READ | {"liaison": 403, "trainee": 403}
MAKE = LIST | {"leader": 403}
EDIT = {"staff": 200, "leader": 403, "*": 404}
SAVED = EDIT | {"staff": 302}
NOBODY = dict.fromkeys(OFFICE, 403) | {"*": 404}
ELSEWHERE = dict.fromkeys(FOREIGN, 200) | {"*": 404}
OWNER = {"staff": 200, "*": 404}
KEEPERS = dict.fromkeys(("staff", *FOREIGN), 200) | {"*": 404}
PICKERS = dict.fromkeys(("staff", *FOREIGN), 302) | {"*": 403}
REASON = {"reason": "误制"}
TOLD = {"confirmed": "1", "reason": "报送"}
KEY = "family:2"


def extend(world: World) -> None:
    staff = world.actors["staff"]

    def told(key: str, *seen_by: str) -> str:
        return world.canary(f"form {key}", seen_by=seen_by or OFFICE)

    def made(key: str, whose: str = "trainee", actor: str = "staff", *seen_by: str) -> AppointmentForm:
        form = drafts.make_draft(world.objects[whose], actor=world.actors[actor])
        fields = replace(
            form.fields(), new_post=told(f"post of {key}", *seen_by), reason=told(f"reason of {key}", *seen_by)
        )
        world.objects[key] = drafts.edit_draft(form, fields=fields, actor=world.actors[actor])
        return form

    world.objects["voided form"] = drafts.void_form(made("voided form"), reason=told("reason of voiding"), actor=staff)
    world.objects["issued form"] = drafts.issue_form(made("issued form"), actor=staff)
    made("draft form")
    foreign = made("foreign form", "foreign trainee", "other_staff", *FOREIGN)
    world.objects["foreign form"] = drafts.issue_form(foreign, actor=world.actors["other_staff"])
    _brought_in(world)


def _brought_in(world: World) -> None:
    """One that waits to be compared, one that was taken over, and one that was taken back, each from its own upload."""
    staff, person = world.actors["staff"], world.objects["trainee"].person
    Person.objects.filter(pk=person.pk).update(id_digest=crypto.digest(person.id_number))
    form = drafts.content_of(world.objects["draft form"])
    for key in ("taken", "undone", "waiting"):
        mother = world.canary(f"mother on a form that is {key}", seen_by=FAMILY if key == "taken" else ("staff",))
        name = world.canary(f"upload {key}", seen_by=("staff",))
        content = write_lrmx(replace(form, family=(*form.family, FamilyRow("母亲", mother))))
        intake = intakes.bring_in(files=[Sent(f"{name}.lrmx", content)], actor=staff)
        world.objects[f"{key} intake"], world.objects[f"{key} file"] = intake, intake.files.get()
        if key == "taken":
            take_over(world.objects["taken file"], keys=[KEY], seen=_seen(world, "taken file"), actor=staff)
            intake.refresh_from_db()
        if key == "undone":
            FormIntake.objects.filter(pk=intake.pk).update(state="undone")


def _seen(world: World, key: str) -> str:
    file = world.objects[key]
    return seen_as(compared(file, file.trainee, user=world.actors["staff"]))


def chosen(world: World, actor: str) -> dict[str, Any]:
    return sent("waiting file", seen=_seen(world, "waiting file"), keys=[KEY])(world, actor)


def picked(world: World, actor: str) -> dict[str, Any]:
    return {"pick": [str(world.objects["trainee"].pk)]}


def person(world: World, actor: str) -> dict[str, Any]:
    return sent("waiting file", person=str(world.objects["trainee"].person_id))(world, actor)


def act(name: str, key: str, get: dict[str, int], post: dict[str, int], **data: Any) -> Route:
    return Route(f"appointment:{name}", kwargs=of(key), get=get, post=post, data=sent(key, **data))


def paper(shape: str, key: str, get: dict[str, int]) -> Route:
    return Route(
        f"documents:{shape}", kwargs=lambda world: {"kind": "appointment.form", "pk": world.objects[key].pk}, get=get
    )


ROUTES = [
    Route("appointment:form_list", kwargs=of("trainee"), get=LIST),
    Route("appointment:form_list", kwargs=of("foreign trainee"), get=ELSEWHERE),
    Route(
        "appointment:form_new",
        kwargs=of("trainee"),
        get=MAKE,
        post=MAKE | {"staff": 302},
        data=lambda world, actor: {"csrf": "x"},
    ),
    *(
        Route("appointment:form_detail", kwargs=of(key), get=READ)
        for key in ("draft form", "issued form", "voided form")
    ),
    Route("appointment:form_detail", kwargs=of("foreign form"), get=ELSEWHERE),
    act("form_edit", "draft form", EDIT, SAVED, new_post="副镇长"),
    act("form_edit", "issued form", NOBODY, NOBODY, new_post="副镇长"),
    act("form_refill", "draft form", EDIT, SAVED),
    act("form_issue", "draft form", EDIT, SAVED),
    act("form_void", "draft form", EDIT, SAVED, **REASON),
    act("form_void", "voided form", NOBODY, NOBODY, **REASON),
    act("form_restore", "voided form", EDIT, EDIT, **REASON),
    act("form_restore", "issued form", NOBODY, NOBODY, **REASON),
    act("form_lrmx", "issued form", READ, READ, **REASON),
    act("form_lrmx", "foreign form", ELSEWHERE, ELSEWHERE, **REASON),
    act("form_lrmx", "draft form", NOBODY, NOBODY, **REASON),
    act("form_lrmx", "voided form", NOBODY, NOBODY, **REASON),
    paper("paper", "issued form", READ),
    paper("paper_word", "issued form", READ),
    paper("paper_pdf", "issued form", READ),
    paper("paper", "foreign form", ELSEWHERE),
    Route("appointment:form_export", post=dict.fromkeys(PICKERS, 200) | {"*": 403}, data=picked),
    Route(
        "appointment:form_export",
        query="?with-a-reason",
        post=PICKERS,
        data=lambda world, actor: picked(world, actor) | TOLD,
    ),
    # The task is taken on and ends with the sentence that a reason is missing.
    Route(
        "jobs:job_start",
        query="?appointment-forms",
        post=PICKERS,
        data=lambda world, actor: {"kind": "appointment.export", "query": ""},
    ),
    Route("appointment:intake_list", get=KEEPERS, post=KEEPERS, data=lambda world, actor: {"file": ""}),
    Route("appointment:intake_detail", kwargs=of("waiting intake"), get=OWNER),
    Route("appointment:intake_file", kwargs=of("waiting file"), get=OWNER, post=OWNER | {"staff": 302}, data=chosen),
    Route(
        "appointment:intake_file",
        kwargs=of("undone file"),
        get=OWNER,
        post=OWNER | {"staff": 403},
        data=lambda world, actor: {"keys": [KEY]},
    ),
    Route(
        "appointment:intake_file", kwargs=of("taken file"), get=OWNER, post=OWNER, data=sent("taken file", keys=[KEY])
    ),
    Route("appointment:intake_assign", kwargs=of("waiting file"), get=OWNER, post=OWNER | {"staff": 302}, data=person),
    act("intake_assign", "taken file", OWNER | {"staff": 403}, OWNER | {"staff": 403}),
    act("intake_close_file", "waiting file", OWNER, OWNER | {"staff": 302}),
    act("intake_close_file", "taken file", OWNER | {"staff": 403}, OWNER | {"staff": 403}),
    act("intake_close", "waiting intake", OWNER, OWNER | {"staff": 302}),
    act("intake_close", "taken intake", OWNER | {"staff": 403}, OWNER | {"staff": 403}),
    act("intake_undo", "taken intake", OWNER, OWNER | {"staff": 302}, **REASON),
    act("intake_undo", "waiting intake", OWNER | {"staff": 403}, OWNER | {"staff": 403}, **REASON),
]
