"""The office's work calendar: staff edit, leaders read, for everybody else it is not there."""

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from cadre_app.reminders.services import work_items as services
from tests.access.harness import Route, World

STAFF = ("staff", "other_staff", "moved_staff")
READERS = (*STAFF, "leader")
READ = dict.fromkeys(READERS, 200)
EDIT = dict.fromkeys(STAFF, 200) | {"leader": 403}
SAVED = dict.fromkeys(STAFF, 302) | {"leader": 403}
HIDDEN = {"*": 404}


def extend(world: World) -> None:
    """Two entries, one of them with a round done and one voided."""
    staff, today = world.actors["staff"], timezone.localdate()
    canary = world.canary("work calendar entry", seen_by=READERS)
    item = services.add_item(
        title_zh=canary,
        responsible="干部科",
        recurrence="yearly",
        due_on=today,
        note=world.canary("work calendar remark", seen_by=READERS),
        actor=staff,
    )
    note = world.canary("work calendar round", seen_by=READERS)
    world.objects["work done"] = services.mark_done(item, done_on=today, note=note, actor=staff)
    item.refresh_from_db()
    world.objects["work item"] = item
    voided = services.add_item(
        title_zh="误录事项", responsible="干部科", recurrence="once", due_on=today + timedelta(days=3), actor=staff
    )
    world.objects["voided work item"] = services.void_item(voided, reason="误录", actor=staff)


def of(key: str) -> Any:
    return lambda world: {"pk": world.objects[key].pk}


def sent(key: str, **values: Any) -> Any:
    def data(world: World, actor: str) -> dict[str, Any]:
        version = {"version": world.objects[key].version} if key else {}
        return {"submission": str(uuid.uuid4()), **version, **values}

    return data


def day(days: int) -> str:
    return str(timezone.localdate() + timedelta(days=days))


TEXTS = {"title_zh": "半年小结", "responsible": "干部科", "recurrence": "yearly"}


def changing(name: str, key: str, **values: Any) -> Route:
    return Route(f"reminders:{name}", kwargs=of(key), get=EDIT | HIDDEN, post=SAVED | HIDDEN, data=sent(key, **values))


ROUTES = [
    Route("reminders:work_calendar", get=READ | {"*": 403}),
    Route("reminders:work_calendar", query="?year=2027&state=done&month=13", get=READ | {"*": 403}),
    Route(
        "reminders:work_item_new",
        get=EDIT | {"*": 403},
        post=SAVED | {"*": 403},
        data=sent("", **TEXTS, due_on=day(9)),
    ),
    Route("reminders:work_item_detail", kwargs=of("work item"), get=READ | HIDDEN),
    Route("reminders:work_item_detail", kwargs=lambda world: {"pk": uuid.UUID(int=7)}, get=404),
    changing("work_item_edit", "work item", **TEXTS),
    changing("work_item_move", "work item", due_on=day(9), which="one"),
    changing("work_item_done", "work item", done_on=day(0)),
    changing("work_item_switch", "work item"),
    changing("work_item_void", "work item", reason="误录"),
    changing("work_item_restore", "voided work item"),
    Route("reminders:work_item_edit", kwargs=of("voided work item"), get=404, post=404, data=sent("")),
    changing("work_done_undo", "work done"),
]
