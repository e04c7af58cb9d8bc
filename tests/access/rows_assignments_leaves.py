"""Leave in every state, of the trainee, of somebody else of the town, and of the other tree."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cadre_app.assignments.models import Leave, LeaveState
from cadre_app.assignments.services import leave_returns
from cadre_app.people.models import Relative
from tests.access.harness import Route, World
from tests.access.rows_a_people import of, person_of, sent
from tests.assignments.factories import make_leave
from tests.factories import PersonFactory, TraineeFactory

TODAY = timezone.localdate()
TRAINEE = "trainee"
OFFICE = ("staff", "leader", "liaison")


def day(number: int) -> Any:
    return TODAY + timedelta(days=number)


def extend(world: World) -> None:
    trainee = world.objects[TRAINEE]

    def leave(key: str, file: Any, on: int, *seen_by: str, **fields: Any) -> None:
        reason = world.canary(f"reason of the {key}", seen_by=seen_by)
        world.objects[key] = make_leave(
            file, actor=world.actors["staff"], on=day(on), due_on=day(on + 1), reason=reason, **fields
        )

    own = (*OFFICE, TRAINEE)
    leave("asked leave", trainee, 20, *own, state=LeaveState.REQUESTED)
    leave("confirmed leave", trainee, 30, *own, state=LeaveState.CONFIRMED, confirmed_on=TODAY)
    leave("coming leave", trainee, 40, *own)
    leave("running leave", trainee, -1, *own)
    leave("ended leave", trainee, -20, *own, state=LeaveState.RETURNED, ended_on=day(-19))
    leave("reported return", trainee, -25, *own, state=LeaveState.RETURNED, ended_on=day(-25), return_waits=True)
    leave("voided leave", trainee, -30, *OFFICE, state=LeaveState.RETURNED, ended_on=day(-29))
    why = world.canary("reason of voiding a leave", seen_by=("staff", "leader"))
    leave_returns.void_leave(world.objects["voided leave"], reason=why, actor=world.actors["staff"])
    colleague = TraineeFactory.create(person=PersonFactory.create(name="同镇同志"), home_unit=world.town)
    world.objects["colleague"] = colleague
    leave("colleague's leave", colleague, 20, *OFFICE, state=LeaveState.REQUESTED)
    leave("foreign leave", world.objects["foreign trainee"], 20, "other_staff", "moved_staff")
    kin = TraineeFactory.create(person=PersonFactory.create(name="亲属同志"), home_unit=world.town)
    world.objects["kin"] = kin
    Relative.objects.create(person=person_of(world, "liaison"), relation="弟弟", name="亲属同志", other=kin.person)
    leave("kin's leave", kin, 20, "staff", "leader", state=LeaveState.REQUESTED)
    place = world.canary("place of leave", seen_by=own)
    Leave.objects.filter(pk=world.objects["coming leave"].pk).update(place=place)


ASKED = {"kind": "annual", "started_on": day(60).isoformat(), "due_on": day(61).isoformat(), "reason": "探亲"}
REASON = {"reason": "更正"}

SEEN = dict.fromkeys(OFFICE, 200) | {"*": 404}
OWN = SEEN | {TRAINEE: 200}
LIST = dict.fromkeys((*OFFICE, "other_staff", "moved_staff"), 200) | {"*": 404}
BOTH = {"staff": 200, "leader": 403, "liaison": 200, TRAINEE: 200, "*": 404}
SAVED = BOTH | dict.fromkeys(("staff", "liaison", TRAINEE), 302)
UNIT = {"staff": 200, "leader": 403, "liaison": 200, TRAINEE: 403, "*": 404}
STAFF = UNIT | {"liaison": 403}
NOBODY = dict.fromkeys((*OFFICE, TRAINEE), 403) | {"*": 404}
LIAISON = NOBODY | {"liaison": 200}
VOIDED = {"staff": 200, "leader": 403, "liaison": 403, "*": 404}


def act(name: str, key: str, expected: Any, *, post: Any = None, **values: Any) -> Route:
    saved = {actor: 302 if status == 200 else status for actor, status in expected.items()}
    return Route(f"assignments:{name}", kwargs=of(key), get=expected, post=post or saved, data=sent(key, **values))


ROUTES = [
    Route("assignments:leave_list", get=LIST),
    Route("assignments:leave_list", query="?q=金丝雀&stage=returned&kind=annual", get=LIST),
    Route("assignments:leave_days", get=LIST),
    Route("assignments:leave_mine", get={TRAINEE: 200, "*": 404}),
    Route(
        "assignments:leave_new",
        get={"staff": 200, "liaison": 200, "other_staff": 200, "moved_staff": 200, TRAINEE: 200, "*": 404},
        post={"staff": 200, "liaison": 200, "other_staff": 200, "moved_staff": 200, TRAINEE: 302, "*": 404},
        data=lambda world, actor: ASKED,
    ),
    *(
        Route("assignments:leave_detail", kwargs=of(key), get=OWN)
        for key in ("own leave", "coming leave", "ended leave")
    ),
    Route("assignments:leave_detail", kwargs=of("colleague's leave"), get=SEEN),
    Route("assignments:leave_detail", kwargs=of("kin's leave"), get=SEEN | {"liaison": 404}),
    Route("assignments:leave_detail", kwargs=of("voided leave"), get=SEEN),
    Route(
        "assignments:leave_detail", kwargs=of("foreign leave"), get={"other_staff": 200, "moved_staff": 200, "*": 404}
    ),
    act("leave_edit", "asked leave", BOTH, **ASKED),
    act("leave_edit", "running leave", NOBODY, **ASKED),
    act("leave_edit", "colleague's leave", UNIT | {TRAINEE: 404}, **ASKED),
    act("leave_confirm", "asked leave", LIAISON),
    act("leave_confirm", "confirmed leave", NOBODY),
    act("leave_confirm", "kin's leave", NOBODY | {"liaison": 404, TRAINEE: 404}),
    act("leave_approve", "confirmed leave", STAFF),
    act("leave_approve", "coming leave", NOBODY),
    act("leave_decline", "asked leave", UNIT, decline_reason="人手不足"),
    act("leave_decline", "confirmed leave", STAFF, decline_reason="人手不足"),
    act("leave_withdraw", "coming leave", BOTH, **REASON),
    act("leave_withdraw", "running leave", NOBODY, **REASON),
    act("leave_return", "running leave", BOTH, ended_on=TODAY.isoformat()),
    act("leave_return", "coming leave", NOBODY, ended_on=TODAY.isoformat()),
    act("leave_confirm_return", "reported return", UNIT),
    act("leave_confirm_return", "ended leave", NOBODY),
    act(
        "leave_correct",
        "ended leave",
        STAFF,
        kind="sick",
        started_on=day(-20).isoformat(),
        ended_on=day(-18).isoformat(),
    ),
    act("leave_unreturn", "ended leave", STAFF, **REASON),
    act("leave_void", "coming leave", STAFF, **REASON),
    act("leave_restore", "voided leave", VOIDED, **REASON),
    act("leave_restore", "coming leave", NOBODY, **REASON),
]
