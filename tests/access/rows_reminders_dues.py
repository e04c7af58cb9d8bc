"""What is due and who was told: the texts of next steps, a postponed item and its reason, one's own inbox."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cadre_app.reminders.models import Notice, Occurrence
from cadre_app.reminders.services.postponing import postpone_items
from cadre_app.reminders.services.sweeping import sweep
from tests.access.harness import Route, World
from tests.factories import PersonFactory, TraineeFactory

PLANNERS = ("staff", "other_staff", "moved_staff")
OFFICE = ("staff", "leader")
HIDDEN = {"*": 404}


def extend(world: World) -> None:
    """Two files whose probation ends today, one of them postponed; everything else the rows before made due."""
    staff, today = world.actors["staff"], timezone.localdate()
    for key in ("due", "postponed"):
        file = TraineeFactory.create(
            person=PersonFactory.create(name="到期同志"),
            home_unit=world.town,
            arrived_on=date(2024, 1, 8),
            probation_ends_on=today,
        )
        world.objects[f"{key} file"] = file
    sweep()
    items = Occurrence.objects.filter(rule="people.probation")
    world.objects["due item"] = items.get(source=world.objects["due file"].pk)
    world.objects["notice"] = Notice.objects.get(occurrence=world.objects["due item"], recipient=staff)
    postponed = items.get(source=world.objects["postponed file"].pk)
    reason = world.canary("reason of the postponement", seen_by=OFFICE)
    postpone_items(keys=[postponed.pk], postponed_to=today + timedelta(days=9), reason=reason, actor=staff)
    world.objects["postponed item"] = Occurrence.objects.get(pk=postponed.pk)


def of(key: str) -> Any:
    return lambda world: {"pk": world.objects[key].pk}


def postponed(world: World, actor: str) -> dict[str, Any]:
    return {
        "submission": str(uuid.uuid4()),
        "pick": [str(world.objects["due item"].pk)],
        "confirmed": "1",
        "postponed_to": str(timezone.localdate() + timedelta(days=5)),
        "reason": "统一考核",
    }


def brought_back(world: World, actor: str) -> dict[str, Any]:
    return {"submission": str(uuid.uuid4()), "version": world.objects["postponed item"].version}


ROUTES = [
    Route("reminders:due_list", get=200),
    Route("reminders:due_list", query="?whose=all&when=postponed", get=200),
    Route("reminders:due_list", query="?whose=all&q=%E5%88%B0%E6%9C%9F&rule=people.probation&sort=-day", get=200),
    Route(
        "reminders:due_postpone",
        post={"staff": 302, "other_staff": 200, "moved_staff": 200, "*": 403},
        data=postponed,
    ),
    Route(
        "reminders:due_bring_back",
        kwargs=of("postponed item"),
        get={"staff": 200, "leader": 403} | HIDDEN,
        post={"staff": 302, "leader": 403} | HIDDEN,
        data=brought_back,
    ),
    Route("reminders:due_bring_back", kwargs=lambda world: {"pk": uuid.UUID(int=7)}, get=404, post=404),
    Route("reminders:inbox", get=200),
    Route("reminders:inbox", query="?state=unread&rule=mentorship.next_step", get=200),
    Route("reminders:inbox_open", kwargs=of("notice"), post={"staff": 302} | HIDDEN),
    Route("reminders:inbox_read", post=302),
    Route("reminders:bell", get=200),
]
