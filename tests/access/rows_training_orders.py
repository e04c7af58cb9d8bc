"""A round and orders: of the trainee (open, withdrawn, answered), of the tied file for the trainer's course, of a foreign one."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cadre_app.history import services as history
from cadre_app.training.models import Order, OrderState
from tests.access.harness import Route, World
from tests.access.rows_a_people import READ, READERS, of, sent
from tests.training.factories import make_course
from tests.training.orders.factories import make_order, make_round

OFFICES = ("staff", "leader", "liaison", "other_staff", "moved_staff")
AT_WORK = ("staff", "other_staff", "moved_staff")
CATALOGUE = (*OFFICES, "trainer", "trainee")
LISTED = dict.fromkeys(OFFICES, 200) | {"*": 404}
BOARD = LISTED | {"trainer": 200}
WORKED = LISTED | {"leader": 403, "liaison": 403}
RUN = dict.fromkeys(CATALOGUE, 403) | dict.fromkeys(AT_WORK, 200) | {"*": 404}
RAN = RUN | dict.fromkeys(AT_WORK, 302)
OPENS = WORKED | {"trainer": 200}
OWN = {"trainee": 200, "*": 404}
CHANGED = dict.fromkeys(READERS, 403) | {"trainee": 302, "*": 404}
TIED = READ | {"trainer": 200, "trainee": 404}
FOREIGN = {"other_staff": 200, "moved_staff": 200, "*": 404}
TAKEN_BACK = dict.fromkeys(READERS, 403) | {"staff": 200, "*": 404}


def extend(world: World) -> None:
    today = timezone.localdate()
    note = world.canary("round for whom", seen_by=CATALOGUE)
    taken = make_round(note=note)
    world.objects["round"] = taken
    world.objects["closed round"] = make_round(
        "去年第四季度点单", opens_on=today - timedelta(days=400), closes_on=today - timedelta(days=380)
    )
    world.objects["empty round"] = make_round("空轮次")
    trainee = world.objects["trainee"]

    def wish(key: str, **fields: Any) -> Order:
        text = world.canary(key, seen_by=READERS)
        world.objects[key] = make_order(trainee, round=taken, wish=text, **fields)
        return world.objects[key]

    own = wish("own wish")
    why = world.canary("why in the history of orders", seen_by=("staff", "leader"))
    history.record("training.order.placed", actor=world.actors["staff"], obj=own, reason=why)
    wish("withdrawn wish", state=OrderState.WITHDRAWN, priority=2)
    wish("answered wish", state=OrderState.ANSWERED, answer=world.canary("said to the order", seen_by=READERS))
    world.objects["own order"] = make_order(trainee, make_course("村集体经济"), round=taken, priority=3)
    world.objects["tied order"] = make_order(world.objects["tied"], world.objects["course"], round=taken)
    secret = world.canary("foreign wish", seen_by=("other_staff", "moved_staff"))
    world.objects["foreign order"] = make_order(world.objects["foreign trainee"], round=taken, wish=secret)


def opened(world: World, actor: str) -> dict[str, Any]:
    order = Order.objects.get(pk=world.objects["tied order"].pk)
    day = timezone.localdate() + timedelta(days=20)
    return {
        "pick": f"{order.pk}@{order.version}",
        "teacher": world.objects["teacher"].pk,
        "held_on": f"{day:%Y-%m-%d}",
        "starts_at": "14:00",
        "ends_at": "17:00",
        "place": "区委党校203教室",
        "capacity": "24",
    }


def picked(key: str, **data: Any) -> Any:
    return lambda world, actor: {"pick": str(world.objects[key].pk), "confirmed": "1", **data}


def entered(world: World, actor: str) -> dict[str, Any]:
    return {
        "person": world.objects["tied"].person_id,
        "round": world.objects["round"].pk,
        "course": world.objects["other course"].pk,
        "ordered_on": f"{timezone.localdate():%Y-%m-%d}",
    }


def ordered(world: World, actor: str) -> dict[str, Any]:
    # The trainee has two live orders of three.
    return {"round": world.objects["round"].pk, "course": world.objects["offered course"].pk}


def days(since: int, until: int) -> dict[str, str]:
    today = timezone.localdate()
    return {
        "opens_on": f"{today + timedelta(days=since):%Y-%m-%d}",
        "closes_on": f"{today + timedelta(days=until):%Y-%m-%d}",
    }


SAVED = {"staff": 302, "other_staff": 200, "moved_staff": 200}
ROUTES = [
    Route("training:demand_board", get=BOARD),
    Route("training:demand_board", get=BOARD, query="?tab=scheduled"),
    Route("training:demand_open", kwargs=of("course"), get=OPENS, post=OPENS | SAVED | {"trainer": 302}, data=opened),
    Route(
        "training:demand_open", kwargs=of("other course"), get=WORKED | {"trainer": 403}, post=WORKED | {"trainer": 403}
    ),
    Route("training:order_list", get=LISTED),
    Route("training:order_enter", get=WORKED, post=WORKED | SAVED, data=entered),
    Route("training:order_answer", post=WORKED | SAVED, data=picked("tied order", answer="明年开班")),
    Route("training:order_assign", post=WORKED, data=picked("own wish")),
    Route("training:order_own", get=OWN, post=OWN | {"trainee": 302}, data=ordered),
    Route("training:order_detail", kwargs=of("own wish"), get=READ),
    Route("training:order_detail", kwargs=of("answered wish"), get=READ),
    Route("training:order_detail", kwargs=of("tied order"), get=TIED),
    Route("training:order_detail", kwargs=of("foreign order"), get=FOREIGN),
    Route("training:order_withdraw", kwargs=of("own wish"), post=CHANGED, data=sent("own wish")),
    Route("training:order_again", kwargs=of("withdrawn wish"), post=CHANGED, data=sent("withdrawn wish")),
    Route("training:order_move", kwargs=of("own wish"), post=CHANGED, data=sent("own wish", direction="down")),
    Route(
        "training:order_answer_undo",
        kwargs=of("answered wish"),
        get=TAKEN_BACK,
        post=TAKEN_BACK | {"staff": 302},
        data=sent("answered wish"),
    ),
    Route("training:round_list", get=LISTED),
    Route(
        "training:round_new",
        get=WORKED,
        post=WORKED | dict.fromkeys(AT_WORK, 302),
        data=lambda world, actor: {"title": "新一轮点单", "most": "3", **days(0, 14)},
    ),
    Route(
        "training:round_edit",
        kwargs=of("round"),
        get=RUN,
        post=RAN,
        data=sent("round", title="改名", most="3", **days(-7, 9)),
    ),
    Route("training:round_close", kwargs=of("empty round"), get=RUN, post=RAN, data=sent("empty round")),
    Route(
        "training:round_reopen",
        kwargs=of("closed round"),
        get=RUN,
        post=RUN,
        data=sent("closed round", closes_on="2001-01-01"),
    ),
    Route("training:round_void", kwargs=of("empty round"), get=RUN, post=RAN, data=sent("empty round", reason="误建")),
]
