from typing import Any

from django.utils import timezone

from cadre_app.accounts import services
from cadre_app.accounts.models import AccountKind
from cadre_app.core.roles import Role
from tests.access.harness import Expected, Route, World
from tests.factories import GrantFactory, UserFactory

ASKING = ("staff", "other_staff", "moved_staff")


def extend(world: World) -> None:
    """A request for the town whose text only its staff reads, and an account that only its manager sees."""
    world.objects["account_request"] = services.request_account(
        display_name=world.canary("requested name", seen_by=("staff", "secadmin")),
        username="requested.person",
        unit=world.town,
        post=world.canary("requested post", seen_by=("staff",)),
        kind=AccountKind.TRAINEE,
        reason=world.canary("request reason", seen_by=("staff",)),
        actor=world.actors["staff"],
    )
    account = UserFactory.create(
        username="somebody",
        display_name=world.canary("account name", seen_by=("secadmin",)),
        unit=world.town,
        post=world.canary("account post", seen_by=()),
    )
    world.objects["account"] = account
    world.objects["grant"] = GrantFactory.create(user=account, role=Role.LIAISON, unit=world.town)


def request_key(world: World) -> dict[str, Any]:
    return {"pk": world.objects["account_request"].pk}


def account_key(world: World) -> dict[str, Any]:
    return {"pk": world.objects["account"].pk}


def own_key(world: World) -> dict[str, Any]:
    return {"pk": world.actors["staff"].pk}


def administrator_key(world: World) -> dict[str, Any]:
    return {"pk": world.actors["secadmin"].pk}


def grant_key(world: World) -> dict[str, Any]:
    return {**account_key(world), "grant": world.objects["grant"].pk}


def sent(**data: Any) -> Any:
    return lambda world, actor: {"version": 1, **data}


def new_request(world: World, actor: str) -> dict[str, Any]:
    return {
        "display_name": "林致远",
        "username": "lin.zhiyuan",
        "unit": str(world.town.pk),
        "kind": "trainee",
        "reason": "新录用报到",
    }


def new_values(world: World, actor: str) -> dict[str, Any]:
    return {"version": 1, "display_name": "林致远", "unit": str(world.town.pk)}


def new_role(world: World, actor: str) -> dict[str, Any]:
    day = str(timezone.localdate())
    return {"version": 1, "role": "liaison", "unit": str(world.village.pk), "valid_from": day, "reason": "任职"}


def managed(post: int) -> dict[str, Expected]:
    return {"get": {"secadmin": 200, "*": 404}, "post": {"secadmin": post, "*": 404}}


TODAY = str(timezone.localdate())
REASON = sent(reason="已核实")

ROUTES = [
    Route("accounts:sign_in", get={"anonymous": 200, "disabled": 200, "*": 302}, post=200, public=True),
    Route("accounts:sign_out", post=302, public=True),
    Route("accounts:set_language", post=302, data=sent(language="en"), public=True),
    Route("accounts:set_text_size", post=302, data=sent(text_size="large"), public=True),
    Route("accounts:preferences", get=200),
    Route("accounts:change_password", get=200, post=200),
    Route("accounts:end_own_sessions", post=302),
    Route("accounts:draft_save", post={"anonymous": 302, "disabled": 302, "*": 204}, data=sent(page="/", body="a=b")),
    Route("accounts:draft_discard", post=302, data=sent(page="/")),
    Route("accounts:request_list", get={**dict.fromkeys((*ASKING, "secadmin"), 200), "*": 403}),
    Route(
        "accounts:request_new",
        get={**dict.fromkeys(ASKING, 200), "*": 403},
        post={"staff": 302, "other_staff": 200, "moved_staff": 200, "*": 403},
        data=new_request,
    ),
    Route("accounts:request_detail", kwargs=request_key, get={"staff": 200, "secadmin": 200, "*": 404}),
    Route(
        "accounts:request_withdraw",
        kwargs=request_key,
        get={"staff": 200, "secadmin": 403, "*": 404},
        post={"staff": 302, "secadmin": 403, "*": 404},
        data=sent(),
    ),
    Route(
        "accounts:request_activate",
        kwargs=request_key,
        get={"staff": 403, "secadmin": 200, "*": 404},
        post={"staff": 403, "secadmin": 200, "*": 404},
        data=sent(username="requested.person", valid_from=TODAY),
    ),
    Route(
        "accounts:request_decline",
        kwargs=request_key,
        get={"staff": 403, "secadmin": 200, "*": 404},
        post={"staff": 403, "secadmin": 302, "*": 404},
        data=sent(answer="已有账号"),
    ),
    Route("accounts:list", get={"secadmin": 200, "*": 403}),
    Route("accounts:detail", kwargs=account_key, get={"secadmin": 200, "*": 404}),
    Route("accounts:detail", kwargs=own_key, get={"secadmin": 200, "staff": 403, "*": 404}),
    Route("accounts:edit", kwargs=account_key, data=new_values, **managed(302)),
    Route("accounts:grant_add", kwargs=account_key, data=new_role, **managed(302)),
    Route(
        "accounts:grant_add",
        kwargs=administrator_key,
        data=new_role,
        get={"secadmin": 403, "*": 404},
        post={"secadmin": 403, "*": 404},
    ),
    Route("accounts:grant_end", kwargs=grant_key, data=sent(reason="调离", valid_until=TODAY), **managed(302)),
    Route("accounts:grant_void", kwargs=grant_key, data=REASON, **managed(302)),
    Route("accounts:disable", kwargs=account_key, data=REASON, **managed(302)),
    Route(
        "accounts:disable",
        kwargs=administrator_key,
        data=REASON,
        get={"secadmin": 403, "*": 404},
        post={"secadmin": 403, "*": 404},
    ),
    Route("accounts:enable", kwargs=account_key, data=REASON, **managed(302)),
    Route("accounts:unlock", kwargs=account_key, data=REASON, **managed(302)),
    Route("accounts:end_sessions", kwargs=account_key, data=REASON, **managed(302)),
    Route("accounts:reset_password", kwargs=account_key, data=REASON, **managed(200)),
]
