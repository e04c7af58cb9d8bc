import uuid
from datetime import date
from typing import Any

from cadre_app.policy import services
from cadre_app.policy.models import Code, Holiday
from cadre_app.policy.values import ACCOUNTS_IDLE_MINUTES
from tests.access.harness import Route, World

READERS = ("staff", "leader", "sysadmin", "other_staff", "moved_staff")
READ = dict.fromkeys(READERS, 200) | {"*": 404}
MANAGE = dict.fromkeys(READERS, 403) | {"sysadmin": 200, "*": 404}
SAVED = MANAGE | {"sysadmin": 302}
FAR = date(2040, 1, 1)


def extend(world: World) -> None:
    """A value whose reason nobody but the readers of the settings may receive."""
    world.objects["policy value"] = services.add_value(
        ACCOUNTS_IDLE_MINUTES,
        value=25,
        valid_from=FAR,
        source=world.canary("policy source", seen_by=READERS),
        reason=world.canary("policy reason", seen_by=READERS),
        actor=world.actors["sysadmin"],
    )
    world.objects["code"] = Code.objects.get(table="honour", code="01")
    world.objects["holiday"] = Holiday.objects.standing().first()


def of(key: str) -> Any:
    return lambda world: {"pk": world.objects[key].pk}


def fresh(**data: Any) -> Any:
    return lambda world, actor: {"submission": str(uuid.uuid4()), "reason": "按通知调整", **data}


KEY = {"key": "accounts.idle_minutes"}
ROUTES = [
    Route("policy:index", get=READ),
    Route("policy:setting_list", get=READ),
    Route("policy:setting_detail", get=READ, kwargs=lambda world: KEY),
    Route("policy:setting_detail", get=404, kwargs=lambda world: {"key": "no.such"}),
    Route(
        "policy:value_new",
        get=MANAGE,
        post=SAVED,
        kwargs=lambda world: KEY,
        data=fresh(value=20, valid_from="2041-01-01", source="通知"),
    ),
    Route(
        "policy:value_correct",
        get=MANAGE,
        post=SAVED,
        kwargs=of("policy value"),
        data=fresh(value=20, source="通知", version=1),
    ),
    Route("policy:value_withdraw", get=MANAGE, post=SAVED, kwargs=of("policy value"), data=fresh(version=1)),
    Route("policy:value_withdraw", get=404, post=404, kwargs=lambda world: {"pk": uuid.UUID(int=7)}),
    Route("policy:table_list", get=READ),
    Route("policy:code_list", get=READ, kwargs=lambda world: {"table": "honour"}),
    Route("policy:code_list", get=404, kwargs=lambda world: {"table": "no_such"}),
    Route(
        "policy:code_new",
        get=MANAGE,
        post=SAVED,
        kwargs=lambda world: {"table": "honour"},
        data=fresh(code="77", name_zh="优秀网格员", name_en="Outstanding grid worker", order=99),
    ),
    Route(
        "policy:code_new",
        get=MANAGE | {"sysadmin": 403},
        post=MANAGE | {"sysadmin": 403},
        kwargs=lambda world: {"table": "sex"},
    ),
    Route(
        "policy:code_edit",
        get=MANAGE,
        post=SAVED,
        kwargs=of("code"),
        data=fresh(name_zh="优秀党员", name_en="Outstanding member", order=10, version=1),
    ),
    Route("policy:calendar", get=READ),
    Route(
        "policy:holiday_new",
        get=MANAGE,
        post=SAVED,
        data=fresh(day="2040-01-02", kind="holiday", name="元旦", source="通知"),
    ),
    Route("policy:holiday_void", get=MANAGE, post=SAVED, kwargs=of("holiday"), data=fresh(version=1)),
    Route("policy:holiday_upload", get=MANAGE, post=MANAGE, data=lambda world, actor: {"text": "2040-01-02,放假,元旦"}),
    Route("policy:holiday_import", post=SAVED, data=fresh(text="2040-01-02,放假,元旦", source="通知")),
    Route("policy:holiday_template", get=MANAGE),
]
