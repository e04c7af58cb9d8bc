"""Study visits in every state, with the trainee, the tied file and the foreign one on their lists, and one without them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cadre_app.training.models import StudyVisit
from cadre_app.training.services import visit_members, visit_records, visit_routes, visits
from cadre_app.training.services.visit_records import Recorded
from tests.access.harness import Route, World
from tests.access.rows_a_people import of, sent

OFFICE = ("staff", "leader", "liaison")
ELSEWHERE = ("other_staff", "moved_staff")
TRAINEE = "trainee"
TODAY = timezone.localdate()
FILES = {TRAINEE: (*OFFICE, TRAINEE), "tied": OFFICE, "foreign trainee": ELSEWHERE}


def extend(world: World) -> None:
    staff = world.actors["staff"]
    overseers = (*OFFICE, *ELSEWHERE)
    title, topic = (world.canary(f"{part} of the route", seen_by=overseers) for part in ("title", "topic"))
    world.objects["route"] = visit_routes.create_route(title=title, sites="甲村\n乙村", topic=topic, actor=staff)
    _visit(world, "planned visit", *FILES)
    visit = _visit(world, "held visit", *FILES)
    recorded = {}
    for key, readers in FILES.items():
        member = visit.members.get(trainee=world.objects[key])
        remarks = world.canary(f"said on the visit by the {key}", seen_by=readers)
        recorded[member.pk] = Recorded(presence="present", at_symposium=True, remarks=remarks)
    world.objects["held visit"] = visit_records.record_visit(visit, recorded=recorded, actor=staff)
    posted = _visit(world, "posted visit", TRAINEE)
    recorded = {posted.members.get().pk: Recorded(presence="present")}
    held = visit_records.record_visit(posted, recorded=recorded, actor=staff)
    world.objects["posted visit"] = visit_records.post_hours(held, actor=staff)
    own = _visit(world, "own visit", TRAINEE)
    recorded = {own.members.get().pk: Recorded(presence="present")}
    world.objects["own visit"] = visit_records.record_visit(own, recorded=recorded, actor=staff)
    cancelled = _visit(world, "cancelled visit", TRAINEE)
    reason = world.canary("reason of the cancelled visit", seen_by=(*overseers, TRAINEE))
    world.objects["cancelled visit"] = visits.cancel_visit(cancelled, reason=reason, actor=staff)
    secret = world.canary("visit of others", seen_by=overseers)
    _visit(world, "visit of others", "tied", meets_at=secret)
    member = world.objects["planned visit"].members.get(trainee=world.objects[TRAINEE])
    world.objects["visit place"] = member


def _visit(world: World, key: str, *files: str, **values: Any) -> StudyVisit:
    known: dict[str, Any] = {"title": key, "visited_on": TODAY, "sites": "甲村\n乙村", "hours": Decimal(3)}
    visit = visits.create_visit(**known | values, actor=world.actors["staff"])
    visit_members.add_members(visit, trainees=[world.objects[file] for file in files], actor=None)
    world.objects[key] = visit
    return visit


def attendance(world: World, actor: str) -> dict[str, Any]:
    keys = [member.pk.hex for member in world.objects["planned visit"].members.all()]
    return {**sent("planned visit")(world, actor), **{f"presence_{key}": "present" for key in keys}}


def picked(world: World, actor: str) -> dict[str, Any]:
    return {"pick": [world.objects[key].pk for key in ("tied", "foreign trainee")]}


SEEN = dict.fromkeys((*OFFICE, *ELSEWHERE), 200) | {"*": 404}
OWN = SEEN | {TRAINEE: 200}
PLAN = SEEN | {"leader": 403, "liaison": 403}
PLANNED = PLAN | dict.fromkeys(("staff", *ELSEWHERE), 302)
WORK = PLAN | {TRAINEE: 403}
WORKED = PLANNED | {TRAINEE: 403}
CHANGE = WORK | dict.fromkeys(ELSEWHERE, 403)
CHANGED = CHANGE | {"staff": 302}
OTHERS = dict.fromkeys((*OFFICE, *ELSEWHERE, TRAINEE), 403) | {"*": 404}
ALONE = PLAN | dict.fromkeys(ELSEWHERE, 403)
REMOVE = dict.fromkeys((*OFFICE, TRAINEE), 403) | {"staff": 200, "*": 404}
NOTE = dict.fromkeys(OFFICE, 403) | {TRAINEE: 302, "*": 404}
VISIT = {"title": "新线", "visited_on": (TODAY + timedelta(days=9)).isoformat(), "sites": "甲村"}
REASON = {"reason": "台风"}


def change(name: str, key: str, *, get: Any = WORK, post: Any = WORKED, data: Any = None, **values: Any) -> Route:
    return Route(f"training:{name}", kwargs=of(key), get=get, post=post, data=data or sent(key, **values))


ROUTES = [
    Route("training:visit_list", get=OWN),
    Route("training:visit_list", query="?state=held&since=&until=", get=OWN),
    Route("training:visit_detail", kwargs=of("planned visit"), get=OWN),
    Route("training:visit_detail", kwargs=of("held visit"), get=OWN),
    Route("training:visit_detail", kwargs=of("cancelled visit"), get=OWN),
    Route("training:visit_detail", kwargs=of("visit of others"), get=SEEN),
    Route("training:visit_programme", kwargs=of("planned visit"), get=OWN | {TRAINEE: 403}),
    Route("training:visit_new", get=PLAN, post=PLANNED, data=lambda world, actor: VISIT),
    change("visit_edit", "planned visit", get=OTHERS, post=OTHERS, **VISIT),
    change("visit_edit", "own visit", get=CHANGE, post=CHANGED, **VISIT | {"visited_on": TODAY.isoformat()}),
    change("visit_cancel", "planned visit", get=OTHERS, post=OTHERS, **REASON),
    change("visit_cancel", "visit of others", get=ALONE, post=ALONE | {"staff": 302}, **REASON),
    change("visit_reopen", "cancelled visit", get=CHANGE, post=CHANGED, **REASON),
    Route("training:visit_add", kwargs=of("visit of others"), get=PLAN),
    Route("training:visit_place", kwargs=of("visit of others"), post=PLAN, data=picked),
    change("visit_record", "planned visit", data=attendance),
    Route("training:visit_record", kwargs=of("held visit"), get=WORK, post=WORK),
    change("visit_post", "held visit", get=OTHERS, post=OTHERS),
    change("visit_post", "own visit", get=CHANGE, post=CHANGED),
    change("visit_take_back", "posted visit", get=CHANGE, post=CHANGED, **REASON),
    change("visit_member_remove", "visit place", get=REMOVE, post=REMOVE | {"staff": 302}, **REASON),
    Route("training:visit_note", kwargs=of("visit place"), post=NOTE),
    Route("training:route_list", get=SEEN),
    Route("training:route_new", get=PLAN, post=PLANNED, data=lambda world, actor: {"title": "新路线", "sites": "甲"}),
    change("route_edit", "route", get=PLAN, post=PLANNED, title="新名", sites="甲"),
    Route("training:route_offer", kwargs=of("route"), post=PLANNED, data=sent("route")),
]
