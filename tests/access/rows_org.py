from datetime import date
from typing import Any

from cadre_app.org import services
from cadre_app.org.models import Unit, UnitKind
from cadre_app.org.services import order_field
from tests.access.harness import Route, World
from tests.factories import UnitFactory

INSIDE = ("staff", "leader", "liaison", "secadmin")
READERS = {"staff": 200, "leader": 200, "liaison": 200, "secadmin": 200, "*": 404}
LISTS = READERS | {"other_staff": 200, "moved_staff": 200}
REFUSED = {"leader": 403, "liaison": 403, "secadmin": 403, "*": 404}
MANAGE = REFUSED | {"staff": 200}
DONE = REFUSED | {"staff": 302}


def extend(world: World) -> None:
    """Below the town: an open, a closed and a voided unit; the other tree's name is a canary for its own staff."""
    staff = world.actors["staff"]
    world.objects["closed"] = UnitFactory.create(
        name=world.canary("closed unit", seen_by=INSIDE), parent=world.town, order=50, closed_on=date(2020, 1, 1)
    )
    voided = UnitFactory.create(name=world.canary("voided unit", seen_by=INSIDE), parent=world.town, order=51)
    world.objects["voided"] = services.void_unit(voided, reason="误录", version=1, actor=staff)
    secret = world.canary("foreign unit", seen_by=("other_staff", "moved_staff", "secadmin", "sysadmin"))
    world.objects["foreign"] = UnitFactory.create(name=secret, kind=UnitKind.TOWN, parent=world.elsewhere)
    reason = world.canary("unit reason", seen_by=("staff", "leader", "liaison"))
    world.objects["moved"] = UnitFactory.create(
        name=world.canary("unit", seen_by=(*INSIDE, "sysadmin")), kind=UnitKind.VILLAGE, parent=world.district, order=60
    )
    world.objects["moved"] = services.move_unit(
        world.objects["moved"], parent=world.town, reason=reason, version=1, actor=staff
    )


def unit(key: str) -> Any:
    def kwargs(world: World) -> dict[str, Any]:
        return {"pk": (world.objects.get(key) or getattr(world, key)).pk}

    return kwargs


def version(world: World, key: str) -> str:
    return str(Unit.objects.get(pk=unit(key)(world)["pk"]).version)


def fields(world: World, key: str = "", **values: Any) -> dict[str, Any]:
    return values | ({"version": version(world, key)} if key else {})


def orders(world: World) -> dict[str, Any]:
    children = Unit.objects.standing().filter(parent=world.town)
    numbers = {order_field(child.pk): child.order for child in children}
    return numbers | {"version": sum(child.version for child in children)}


WRITTEN = {"name": "新单位", "kind": "village", "order": "7", "opened_on": "2020-01-01"}

ROUTES = [
    Route("org:unit_list", get=LISTS),
    Route("org:unit_list", query="?below=all&columns=name,short_name,parent", get=LISTS),
    Route("org:unit_list", query="?state=voided", get=LISTS),
    Route("org:unit_detail", kwargs=unit("moved"), get=READERS),
    Route(
        "org:unit_detail",
        kwargs=unit("district"),
        get={"staff": 200, "leader": 200, "secadmin": 200, "*": 404},
    ),
    Route(
        "org:unit_detail",
        kwargs=unit("foreign"),
        get={"other_staff": 200, "moved_staff": 200, "secadmin": 200, "*": 404},
    ),
    Route(
        "org:unit_create",
        kwargs=unit("town"),
        get=MANAGE,
        post=DONE,
        data=lambda world, actor: fields(world, **WRITTEN),
    ),
    Route(
        "org:unit_edit",
        kwargs=unit("moved"),
        get=MANAGE,
        post=DONE,
        data=lambda world, actor: fields(world, "moved", **WRITTEN),
    ),
    Route(
        "org:unit_move",
        kwargs=unit("moved"),
        get=MANAGE,
        post=DONE,
        data=lambda world, actor: fields(world, "moved", parent=str(world.district.pk), reason="区划调整"),
    ),
    Route(
        "org:unit_close",
        kwargs=unit("moved"),
        get=MANAGE,
        post=DONE,
        data=lambda world, actor: fields(world, "moved", closed_on="2026-01-01", reason="撤并"),
    ),
    Route(
        "org:unit_reopen",
        kwargs=unit("closed"),
        get=MANAGE,
        post=DONE,
        data=lambda world, actor: fields(world, "closed", reason="更正"),
    ),
    Route(
        "org:unit_void",
        kwargs=unit("moved"),
        get=MANAGE,
        post=DONE,
        data=lambda world, actor: fields(world, "moved", reason="误录"),
    ),
    Route(
        "org:unit_restore",
        kwargs=unit("voided"),
        get=MANAGE,
        post=DONE,
        data=lambda world, actor: fields(world, "voided", reason="更正"),
    ),
    Route("org:unit_reorder", kwargs=unit("town"), get=MANAGE, post=DONE, data=lambda world, actor: orders(world)),
]
