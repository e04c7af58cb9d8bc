"""The outcome register: every state, of the trainee, of somebody else of the town, of a relative and of the other tree."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cadre_app.advancement.models import Outcome, OutcomeChange, OutcomeState
from tests.access.harness import Route, World
from tests.access.rows_a_people import of, sent

TODAY = timezone.localdate()
TRAINEE = "trainee"
OFFICE = ("staff", "leader", "liaison")


def day(number: int) -> Any:
    return TODAY + timedelta(days=number)


def extend(world: World) -> None:
    own = (*OFFICE, TRAINEE)
    trainee = world.objects[TRAINEE]

    def outcome(
        key: str, file: Any, on: int, *seen_by: str, state: str = OutcomeState.ANNOUNCED, **fields: Any
    ) -> None:
        values = {
            "kind": "further",
            "post": world.canary(f"announced post of the {key}", seen_by=seen_by),
            "document_number": world.canary(f"announced number 7 of the {key}", seen_by=seen_by),
            "remark": world.canary(f"announced remark of the {key}", seen_by=seen_by),
            "published_on": day(on),
            "effective_on": day(on),
            "state": state,
            "entered_by": world.actors["other_staff"],
            "entered_on": day(on),
        }
        if state in (OutcomeState.RECORDED, OutcomeState.IN_FILE):
            values |= {"checked_by": world.objects["second leader"], "checked_on": TODAY}
        if state == OutcomeState.IN_FILE:
            values |= {"signed_by": world.actors["leader"], "signed_on": TODAY}
        world.objects[key] = Outcome.objects.create(trainee=file, **values | fields)

    outcome("outcome in the file", trainee, -20, *own, state=OutcomeState.IN_FILE)
    outcome("outcome to be checked", trainee, -4, *OFFICE)
    outcome("outcome to be signed", trainee, -6, *OFFICE, state=OutcomeState.RECORDED)
    own_check = {"state": OutcomeState.RECORDED, "checked_by": world.actors["leader"]}
    outcome("outcome checked by the leader", trainee, -10, *OFFICE, **own_check)
    outcome("outcome entered by staff", trainee, -5, *OFFICE, entered_by=world.actors["staff"])
    reason = world.canary("announced reason of returning", seen_by=OFFICE)
    back = {"state": OutcomeState.RETURNED, "return_reason": reason, "returned_on": TODAY}
    outcome("outcome returned", trainee, -7, *OFFICE, **back)
    outcome("outcome voided", trainee, -8, *OFFICE, voided_at=timezone.now())
    outcome("colleague's outcome", world.objects["colleague"], -9, *OFFICE)
    outcome("kin's outcome", world.objects["kin"], -9, "staff", "leader")
    outcome("foreign outcome", world.objects["foreign trainee"], -9, "other_staff", "moved_staff")
    written = world.canary("announced post as written", seen_by=OFFICE)
    _changed(world.objects["outcome in the file"], world.objects["post record"], written)


def _changed(outcome: Outcome, record: Any, written: str) -> None:
    """What the sign-off wrote, in words that stand in the change alone: the record says something else by now."""
    after = {"started_on": day(-20).isoformat(), "post": written, "post_level": "", "rank": "", "post_grade": ""}
    after["document_number"] = "望委干〔2026〕8号"
    OutcomeChange.objects.create(outcome=outcome, part="post", record=record, after=after)


TYPED = {
    "kind": "further",
    "post": "镇党委组织委员",
    "document_number": "望委干〔2026〕31号",
    "published_on": day(-1).isoformat(),
    "effective_on": day(-1).isoformat(),
}
REASON = {"reason": "更正"}
SEEN = dict.fromkeys(OFFICE, 200) | {"*": 404}
OWN = SEEN | {TRAINEE: 200}
LIST = dict.fromkeys((*OFFICE, "other_staff", "moved_staff"), 200) | {"*": 404}
NEW = {"staff": 200, "other_staff": 200, "moved_staff": 200, "leader": 403, "liaison": 403, "*": 404}
STAFF = {"staff": 200, "leader": 403, "liaison": 403, "*": 404}
LEADER = {"staff": 403, "leader": 200, "liaison": 403, "*": 404}
DEPARTMENT = {"staff": 200, "leader": 200, "liaison": 403, "*": 404}
NOBODY = dict.fromkeys(OFFICE, 403) | {"*": 404}
SIGNED = {TRAINEE: 403}


def act(name: str, key: str, expected: Any, **values: Any) -> Route:
    saved = {actor: 302 if status == 200 else status for actor, status in expected.items()}
    return Route(f"advancement:{name}", kwargs=of(key), get=expected, post=saved, data=sent(key, **values))


ROUTES = [
    Route("advancement:outcome_list", get=LIST),
    Route("advancement:outcome_list", query="?q=金丝雀&state=in_file&kind=further", get=LIST),
    Route("advancement:outcome_list", query="?state=voided", get=LIST),
    Route("advancement:outcome_new", get=NEW, post=NEW, data=lambda world, actor: TYPED),
    *(Route("advancement:outcome_detail", kwargs=of(key), get=OWN) for key in ("outcome in the file",)),
    *(
        Route("advancement:outcome_detail", kwargs=of(key), get=SEEN)
        for key in ("outcome to be checked", "outcome to be signed", "outcome returned", "outcome voided")
    ),
    Route("advancement:outcome_detail", kwargs=of("colleague's outcome"), get=SEEN),
    Route("advancement:outcome_detail", kwargs=of("kin's outcome"), get=SEEN | {"liaison": 404}),
    Route(
        "advancement:outcome_detail",
        kwargs=of("foreign outcome"),
        get={"other_staff": 200, "moved_staff": 200, "*": 404},
    ),
    act("outcome_edit", "outcome to be checked", STAFF, **TYPED),
    act("outcome_edit", "outcome returned", STAFF, **TYPED),
    act("outcome_edit", "outcome in the file", NOBODY | SIGNED, **TYPED),
    act("outcome_check", "outcome to be checked", DEPARTMENT),
    act("outcome_check", "outcome entered by staff", LEADER),
    act("outcome_check", "outcome to be signed", NOBODY),
    act("outcome_sign", "outcome to be signed", LEADER),
    act("outcome_sign", "outcome to be checked", NOBODY),
    act("outcome_sign", "outcome checked by the leader", NOBODY),
    act("outcome_return", "outcome to be checked", DEPARTMENT, **REASON),
    act("outcome_return", "outcome to be signed", LEADER, **REASON),
    act("outcome_return", "outcome checked by the leader", NOBODY, **REASON),
    act("outcome_return", "outcome in the file", NOBODY | SIGNED, **REASON),
    act("outcome_void", "outcome in the file", LEADER | SIGNED, **REASON),
    act("outcome_void", "outcome to be checked", STAFF, **REASON),
    act("outcome_void", "kin's outcome", STAFF | {"liaison": 404}, **REASON),
    act("outcome_restore", "outcome voided", STAFF, **REASON),
    act("outcome_restore", "outcome to be checked", NOBODY, **REASON),
]
