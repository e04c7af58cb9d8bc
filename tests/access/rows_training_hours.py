"""Hours and outside courses of the trainee in every state, one of the tied file, and one of the other tree."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cadre_app.files.models import PDF
from cadre_app.files.services import store_file
from cadre_app.files.uploads import CheckedUpload
from cadre_app.training.models import HoursSource, Mode, OutsideCourse
from cadre_app.training.services import ledger, outside
from cadre_app.training.services.outside import PROOF
from tests.access.harness import Route, World
from tests.access.rows_a_people import READ, of, sent

OFFICE, OWN = ("staff", "leader", "liaison"), "trainee"
SEEN = (*OFFICE, OWN)
TODAY = timezone.localdate()
LATELY = TODAY - timedelta(days=3)
CONTENT = b"a proof: "


def extend(world: World) -> None:
    staff = world.actors["staff"]

    def made(key: str, *seen_by: str, file: str = "trainee", **values: Any) -> OutsideCourse:
        course = outside.submit_course(
            world.objects[file],
            title=world.canary(f"outside {key}", seen_by=seen_by or SEEN),
            organiser=world.canary(f"organiser of {key}", seen_by=seen_by or SEEN),
            certificate_number=world.canary(f"certificate of {key}", seen_by=seen_by or SEEN),
            **{"started_on": LATELY, "ended_on": LATELY, "hours": Decimal(6), "mode": Mode.CLASSROOM} | values,
            actor=staff,
        )
        world.objects[key] = course
        return course

    made("submitted course")
    for name in ("first", "second"):
        upload = CheckedUpload(f"{name}.pdf", PDF, "application/pdf", CONTENT + name.encode(), pages=1)
        world.objects[f"{name} proof"] = store_file(
            kind=PROOF, owner=world.objects["submitted course"], upload=upload, actor=staff
        )
    reason = world.canary("reason of returning", seen_by=SEEN)
    world.objects["returned course"] = outside.return_course(made("returned course"), return_reason=reason, actor=staff)
    world.objects["verified course"] = outside.verify_course(made("verified course"), actor=staff)
    gone = made("withdrawn course", *OFFICE)
    told = world.canary("reason of withdrawing", seen_by=("staff", "leader"))
    world.objects["withdrawn course"] = outside.withdraw_course(gone, reason=told, actor=staff)
    made("course of the tied", *OFFICE, file="tied")
    elsewhere = made("foreign course", "other_staff", "moved_staff", file="foreign trainee")
    world.objects["foreign course"] = outside.verify_course(elsewhere, actor=world.actors["other_staff"])
    ledger.enter_hours(
        source=HoursSource.SESSION,
        record=world.objects["own place"],
        trainee=world.objects["trainee"],
        earned_on=LATELY,
        hours=Decimal(3),
        mode=Mode.CLASSROOM,
        actor=staff,
    )


BUSINESS = (*OFFICE, "other_staff", "moved_staff")
BOARD = dict.fromkeys(BUSINESS, 200) | {"*": 404}
MINE = {OWN: 200, "*": 404}
OF_ONE = dict.fromkeys(OFFICE, 200) | {"*": 404}
COURSE = dict.fromkeys(SEEN, 200) | {"*": 404}
FOREIGN = {"other_staff": 200, "moved_staff": 200, "*": 404}
STAFF_ONLY = COURSE | {"leader": 403, "liaison": 403, OWN: 403}
ENTER = OF_ONE | {"leader": 403, "liaison": 403}
CHANGED = STAFF_ONLY | {OWN: 200}
NOT_NOW = dict.fromkeys(SEEN, 403) | {"*": 404}
FACTS = {
    "title": "乡村治理专题研讨班",
    "organiser": "市委党校",
    "started_on": TODAY.isoformat(),
    "ended_on": TODAY.isoformat(),
    "hours": "6",
    "mode": "classroom",
}


def change(name: str, key: str, seen: Any, done: Any, **values: Any) -> Route:
    return Route(f"training:{name}", kwargs=of(key), get=seen, post=done, data=sent(key, **values))


def proof(world: World) -> dict[str, Any]:
    return {"pk": world.objects["submitted course"].pk, "proof": world.objects["first proof"].pk}


def pick(world: World, actor: str) -> dict[str, Any]:
    course = world.objects["submitted course"]
    return {"pick": f"{course.pk}@{course.version}", "confirmed": "1"}


def foreign_pick(world: World, actor: str) -> dict[str, Any]:
    return {"pick": world.objects["foreign course"].pk}


COLUMNS = "columns=title,name,unit,organiser,certificate_number,started_on,ended_on,hours,state,verified_on"
ROUTES = [
    Route("training:hours_board", get=BOARD),
    Route("training:hours_board", query="?pace=behind&q=金丝雀&sort=-counted", get=BOARD),
    Route("training:hours_entries", get=BOARD),
    Route("training:hours_entries", query="?as_of=2025-06-30&q=金丝雀", get=BOARD),
    Route("training:hours_of", kwargs=of("trainee"), get=OF_ONE),
    Route("training:hours_of", kwargs=of("foreign trainee"), get=FOREIGN),
    Route("training:own_training", get=MINE),
    Route("training:outside_list", get=BOARD),
    Route("training:outside_list", query=f"?state=all&{COLUMNS}", get=BOARD),
    Route("training:outside_list", query=f"?state=voided&{COLUMNS}", get=BOARD),
    Route(
        "training:outside_submit",
        get=MINE,
        post=MINE,  # without a proof the page comes back
        data=lambda world, actor: FACTS,
    ),
    Route(
        "training:outside_enter",
        kwargs=of("trainee"),
        get=ENTER,
        post=ENTER | {"staff": 302},
        data=lambda world, actor: FACTS,
    ),
    Route(
        "training:outside_verify_many",
        post={"staff": 302, "leader": 403, "liaison": 403, "other_staff": 302, "moved_staff": 302, "*": 404},
        data=pick,
    ),
    Route(
        "training:outside_verify_many",
        query="?foreign",
        post={"staff": 200, "leader": 403, "liaison": 403, "other_staff": 200, "moved_staff": 200, "*": 404},
        data=foreign_pick,
    ),
    *(
        Route("training:outside_detail", kwargs=of(key), get=COURSE)
        for key in ("submitted course", "returned course", "verified course")
    ),
    Route("training:outside_detail", kwargs=of("withdrawn course"), get=OF_ONE),
    Route("training:outside_detail", kwargs=of("course of the tied"), get=OF_ONE),
    Route("training:outside_detail", kwargs=of("foreign course"), get=FOREIGN),
    change("outside_edit", "submitted course", CHANGED, CHANGED | {"staff": 302, OWN: 302}, **FACTS),
    change("outside_edit", "verified course", NOT_NOW, NOT_NOW, **FACTS),
    change("outside_withdraw", "submitted course", CHANGED, CHANGED | {"staff": 302, OWN: 302}, reason="误填"),
    change("outside_verify", "submitted course", STAFF_ONLY, STAFF_ONLY | {"staff": 302}, hours="6"),
    change("outside_verify", "returned course", NOT_NOW, NOT_NOW, hours="6"),
    change("outside_return", "submitted course", STAFF_ONLY, STAFF_ONLY | {"staff": 302}, return_reason="请补证书"),
    change("outside_take_back", "verified course", STAFF_ONLY, STAFF_ONLY | {"staff": 302}, reason="证书有误"),
    change("outside_restore", "withdrawn course", ENTER, ENTER | {"staff": 302}, reason=""),
    Route(
        "training:proof_remove",
        kwargs=proof,
        get=CHANGED,
        post=CHANGED | {"staff": 302, OWN: 302},
        data=sent("first proof"),
    ),
    Route("files:download", kwargs=of("second proof"), get=COURSE),
    *(
        Route(
            "jobs:job_start",
            query=f"?{kind}",
            post=dict.fromkeys(BUSINESS, 302) | {"*": 403},
            data=lambda world, actor, kind=kind: {"kind": kind, "query": ""},  # type: ignore[misc]
        )
        for kind in ("training.hours", "training.hours_entries", "training.outside")
    ),
    Route("growth:file", kwargs=of("trainee"), query="?kind=training", get=READ),
    Route("growth:print", kwargs=of("trainee"), query="?kind=training", get=READ),
]
