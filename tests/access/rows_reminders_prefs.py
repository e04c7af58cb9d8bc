"""How rules ring, one's own ways of being reminded, and one's own calendar; nobody sees another's address."""

import uuid
from typing import Any

from django.db.models import F

from cadre_app.core.reminding import DueWords, ReminderRule
from cadre_app.people.models import Trainee
from cadre_app.reminders.models import Preference
from cadre_app.reminders.services.feeds import make_feed
from cadre_app.reminders.services.settings import set_rule, void_setting
from tests.access.harness import Canary, Route, World

KEY = "access.meeting"
RULE = ReminderRule(
    label="帮带见面",
    source="结对协议",
    rows=Trainee.objects.all,
    dues=lambda until: Trainee.objects.none().annotate(
        due_day=F("arrived_on"), trainee_key=F("pk"), doer_key=F("person__account_id")
    ),
    visible=lambda rows, user: rows,
    words=lambda row, day, user: DueWords("", "", "/", ""),
    order=9_000,
)
READERS = ("staff", "leader", "sysadmin", "other_staff", "moved_staff")
READ = dict.fromkeys(READERS, 200) | {"*": 404}
MANAGE = dict.fromkeys(READERS, 403) | {"sysadmin": 200, "*": 404}
SAVED = MANAGE | {"sysadmin": 302}
TOKEN = "jinsique" * 5
ROBOT = "jinsique0123456789abcdef01234567"


def extend(world: World) -> None:
    """A setting whose words only readers receive; a mentor's addresses that only the mentor, masked, ever sees."""
    sysadmin, mentor = world.actors["sysadmin"], world.actors["mentor"]
    words = {
        "source": world.canary("rule source", seen_by=READERS),
        "reason": world.canary("rule reason", seen_by=READERS),
    }
    given = {"is_on": True, "leads": [7], "overdue": [], "attention": None, "actor": sysadmin, **words}
    world.objects["rule setting"] = set_rule(KEY, unit=world.town, **given)
    voided = set_rule(KEY, unit=world.village, **given)
    world.objects["voided rule setting"] = void_setting(voided, reason="有误", version=1, actor=sysadmin)
    Preference.objects.create(user=mentor, channel="email", mode="daily", address="wang@jinsique.example.cn")
    Preference.objects.create(user=mentor, channel="dingtalk", mode="daily", address=ROBOT)
    world.canaries["reminder e-mail"] = Canary("jinsique.example.cn", frozenset({"mentor"}))
    world.canaries["reminder robot"] = Canary(ROBOT, frozenset())
    world.canaries["reminder robot masked"] = Canary("***4567", frozenset({"mentor"}))
    make_feed(token=TOKEN, actor=mentor)
    make_feed(token="disabled" * 5, actor=world.actors["disabled"])
    type(world.actors["disabled"]).objects.filter(pk=world.actors["disabled"].pk).update(is_active=True)


def fresh(**data: Any) -> Any:
    return lambda world, actor: {"submission": str(uuid.uuid4()), **data}


def of(name: str) -> Any:
    return lambda world: {"pk": world.objects[name].pk}


def nobody(world: World) -> dict[str, Any]:
    return {"pk": uuid.UUID(int=7)}


RINGING = {"is_on": "on", "leads": "14，7", "overdue": "", "attention": "", "source": "通知", "reason": "调整"}
ROUTES = [
    Route("reminders:rule_list", get=READ),
    Route("reminders:rule_detail", get=READ, kwargs=lambda world: {"key": KEY}),
    Route("reminders:rule_detail", get=404, kwargs=lambda world: {"key": "no.such"}),
    Route("reminders:rule_edit", get=MANAGE, post=SAVED, kwargs=lambda world: {"key": KEY}, data=fresh(**RINGING)),
    Route(
        "reminders:exception_new",
        get=MANAGE,
        post=SAVED,
        kwargs=lambda world: {"key": KEY},
        data=lambda world, actor: fresh(**RINGING, unit=str(world.district.pk))(world, actor),
    ),
    Route(
        "reminders:setting_edit", get=MANAGE, post=SAVED, kwargs=of("rule setting"), data=fresh(**RINGING, version=1)
    ),
    Route("reminders:setting_edit", get=404, post=404, kwargs=of("voided rule setting")),
    Route(
        "reminders:setting_void",
        get=MANAGE,
        post=SAVED,
        kwargs=of("rule setting"),
        data=fresh(version=1, reason="不再需要"),
    ),
    Route("reminders:setting_void", get=404, post=404, kwargs=nobody),
    Route(
        "reminders:setting_restore",
        get=MANAGE,
        post=SAVED,
        kwargs=of("voided rule setting"),
        data=fresh(version=2, reason=""),
    ),
    Route("reminders:setting_restore", get=404, post=404, kwargs=of("rule setting")),
    Route("reminders:preferences", get=200),
    Route(
        "reminders:channel_edit",
        get=200,
        post=302,
        kwargs=lambda world: {"channel": "email"},
        data=lambda world, actor: fresh(mode="off", **({"version": 1} if actor == "mentor" else {}))(world, actor),
    ),
    Route("reminders:channel_edit", get=404, post=404, kwargs=lambda world: {"channel": "inbox"}),
    Route("reminders:channel_try", post=302, kwargs=lambda world: {"channel": "email"}),
    Route("reminders:channel_try", post=404, kwargs=lambda world: {"channel": "pager"}),
    Route("reminders:feed_make", get=200, post=200, data=fresh()),
    Route(
        "reminders:feed_remove",
        get={"mentor": 200, "*": 404},
        post={"mentor": 302, "*": 404},
        data=fresh(),
    ),
    Route("reminders:feed", get=200, public=True, kwargs=lambda world: {"token": TOKEN}),
    Route("reminders:feed", get=404, public=True, kwargs=lambda world: {"token": "unknown"}),
    Route(
        "reminders:feed",
        get={"disabled": 404, "*": 200},
        public=True,
        kwargs=lambda world: {"token": "disabled" * 5},
    ),
]
