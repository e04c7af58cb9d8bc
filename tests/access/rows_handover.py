"""材料归档清单: papers of the trainee in every state, and one of the other tree."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cadre_app.handover.models import HandOver, MaterialKind
from cadre_app.handover.papers import SHEET
from cadre_app.handover.services import materials
from tests.access.harness import Route, World
from tests.access.rows_a_people import of, sent

TODAY = timezone.localdate()
OFFICE = ("staff", "leader")
LIST = {"staff": 200, "leader": 200, "other_staff": 200, "moved_staff": 200, "*": 404}
READ = dict.fromkeys(OFFICE, 200) | {"*": 404}
EDIT = {"staff": 200, "leader": 403, "*": 404}
SAVED = EDIT | {"staff": 302}
NOBODY = dict.fromkeys(OFFICE, 403) | {"*": 404}
REASON = {"reason": "更正"}


def extend(world: World) -> None:
    staff = world.actors["staff"]

    def told(key: str, *seen_by: str) -> str:
        return world.canary(f"material {key}", seen_by=seen_by or OFFICE)

    def made(key: str, of_whom: str = "trainee", actor: str = "staff", *seen_by: str) -> Any:
        material = materials.add_material(
            person=world.objects[of_whom].person,
            kind=MaterialKind.OTHER,
            title=told(f"title of {key}", *seen_by),
            formed_on=TODAY - timedelta(days=5),
            remark=told(f"remark of {key}", *seen_by),
            actor=world.actors[actor],
        )
        world.objects[key] = material
        return material

    made("filed paper")
    gone = made("handed over")
    world.objects["handed over"] = materials.hand_over(
        gone, handed_over_on=TODAY, received_by=told("receiver"), actor=staff
    )
    world.objects["hand-over"] = HandOver.objects.get(lines__material=gone)
    wrong = made("voided material")
    world.objects["voided material"] = materials.void_material(wrong, reason=told("reason"), actor=staff)
    made("foreign material", "foreign trainee", "other_staff", "other_staff", "moved_staff")


def act(name: str, key: str, get: dict[str, int], post: dict[str, int], **data: Any) -> Route:
    return Route(f"handover:{name}", kwargs=of(key), get=get, post=post, data=sent(key, **data))


def sheet(world: World) -> dict[str, Any]:
    return {"kind": SHEET, "pk": world.objects["hand-over"].pk}


CHANGED = {"kind": "other", "title": "改名", "formed_on": TODAY.isoformat()}
GONE = {"handed_over_on": TODAY.isoformat(), "received_by": "严正平"}
MANY = {"staff": 200, "leader": 403, "other_staff": 200, "moved_staff": 200, "*": 404}
FOREIGN = {"other_staff": 200, "moved_staff": 200, "*": 404}

ROUTES = [
    Route("handover:material_list", get=LIST),
    Route("handover:material_list", query="?q=金丝雀&state=voided&kind=other", get=LIST),
    Route("handover:material_sheet", get=LIST),
    Route("handover:hand_over_list", get=LIST),
    Route("handover:hand_over_list", query="?q=金丝雀&since=2026-01-01", get=LIST),
    Route("documents:paper", kwargs=sheet, get=READ),
    Route("handover:hand_over_detail", kwargs=of("hand-over"), get=READ),
    act("hand_over_edit", "hand-over", EDIT, SAVED, **GONE),
    act("hand_over_take_back", "hand-over", EDIT, SAVED, **REASON),
    Route("handover:material_sheet_word", get=LIST),
    Route(
        "handover:material_hand_over_many",
        post=MANY,
        data=lambda world, actor: {"pick": [str(world.objects["filed paper"].pk)]},
    ),
    Route("handover:material_new", get=MANY, post=MANY, data=lambda world, actor: CHANGED),
    Route(
        "handover:material_new",
        post=MANY | {"staff": 302},
        get=MANY,
        query="?",
        data=lambda world, actor: CHANGED | {"person": str(world.objects["trainee"].person_id)},
    ),
    *(
        Route("handover:material_detail", kwargs=of(key), get=READ)
        for key in ("filed paper", "handed over", "voided material")
    ),
    Route("handover:material_detail", kwargs=of("foreign material"), get=FOREIGN),
    act("material_edit", "filed paper", EDIT, SAVED, **CHANGED),
    act("material_edit", "voided material", NOBODY, NOBODY, **CHANGED),
    act("material_hand_over", "filed paper", EDIT, SAVED, **GONE),
    act("material_take_back", "handed over", EDIT, SAVED, **REASON),
    act("material_void", "filed paper", EDIT, SAVED, **REASON),
    act("material_restore", "voided material", EDIT, SAVED, **REASON),
    act("material_restore", "filed paper", NOBODY, NOBODY, **REASON),
]
