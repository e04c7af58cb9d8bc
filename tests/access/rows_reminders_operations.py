"""Messages given up: staff and leaders read of them, the system administrator lets them be tried again."""

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from cadre_app.reminders.models import Channel, Message
from tests.access.harness import Route, World

READ = dict.fromkeys(("staff", "leader", "other_staff", "moved_staff", "sysadmin"), 200) | {"*": 403}
MANAGE = {"sysadmin": 200, "*": 403}


def extend(world: World) -> None:
    """A message given up, whose last error names its recipient."""
    now = timezone.now()
    recipient = world.canary("recipient of a message", seen_by=())
    world.objects["message"] = Message.objects.create(
        recipient=world.actors["trainee"],
        channel=Channel.EMAIL,
        key="2026-11-27",
        created_at=now - timedelta(days=1),
        send_at=now,
        state=Message.State.PARKED,
        tries=8,
        error=f"550 <{recipient}@example.test> unknown",
    )


def message(world: World) -> dict[str, Any]:
    return {"pk": world.objects["message"].pk}


def fresh(world: World, actor: str) -> dict[str, Any]:
    return {"submission": str(uuid.uuid4())}


ROUTES = [
    Route("reminders:dead_letter_list", get=READ),
    Route("reminders:message_retry", get=MANAGE, post=MANAGE | {"sysadmin": 302}, kwargs=message, data=fresh),
    Route(
        "reminders:message_retry",
        get=MANAGE | {"sysadmin": 404},
        post=MANAGE | {"sysadmin": 404},
        kwargs=lambda world: {"pk": uuid.UUID(int=7)},
    ),
    Route("reminders:retry_all", get=MANAGE, post=MANAGE | {"sysadmin": 302}, data=fresh),
]
