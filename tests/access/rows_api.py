"""The read interface with a token of each actor, and the tokens themselves: scoped like the browser, deaf to cookies."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from cadre_app.api.models import Token
from cadre_app.api.services import digest_of
from tests.access.harness import Route, World
from tests.access.rows_a_people import of

WORKERS = ("staff", "leader")
ELSEWHERE = ("other_staff", "moved_staff")
MAKERS = (*WORKERS, *ELSEWHERE)
SIGNED_OUT = {"anonymous": 401, "disabled": 401}
READ = dict.fromkeys(MAKERS, 200) | SIGNED_OUT | {"*": 403}
READ_ONE = dict.fromkeys(WORKERS, 200) | dict.fromkeys(ELSEWHERE, 404) | SIGNED_OUT | {"*": 403}
REFUSED = {"*": 401}
WRONG = dict.fromkeys(MAKERS, 400) | SIGNED_OUT | {"*": 403}
NOTHING = dict.fromkeys(MAKERS, 404) | SIGNED_OUT | {"*": 403}
PAGES = dict.fromkeys(MAKERS, 200) | {"*": 404}
LIST = PAGES | {"secadmin": 200}
NEW = LIST | {"secadmin": 403}
OVERSEEN = {"staff": 200, "secadmin": 200, "*": 404}
REVOKED = {"staff": 302, "secadmin": 302, "*": 404}


def extend(world: World) -> None:
    """A token for everybody, whatever they may do with it; one of staff that was revoked, one that is over."""
    today = timezone.localdate()

    def token(owner: str, key: str, name: str, **fields: Any) -> Token:
        given = {"expires_on": today, "digest": digest_of(secret(key)), "beginning": secret(key)[:8], **fields}
        return Token.objects.create(owner=world.actors[owner], name=name, **given)

    for actor in world.actors:
        token(actor, actor, "程序")
    named = world.canary("token name", seen_by=("staff", "secadmin"))
    world.objects["token"] = token("staff", "named", named)
    world.objects["revoked token"] = token("staff", "revoked", "吊销的", voided_at=timezone.now())
    token("staff", "expired", "过期的", made_on=today - timedelta(days=9), expires_on=today - timedelta(days=1))


def secret(key: str) -> str:
    return f"ql_{key}_of_the_matrix"


def bearer(world: World, actor: str) -> dict[str, str]:
    """The token of whoever calls; nobody's has none."""
    return {"Authorization": f"Bearer {secret(actor)}"} if actor in world.actors else {}


def only(key: str) -> Callable[[World, str], dict[str, str]]:
    return lambda world, actor: {"Authorization": f"Bearer {secret(key)}"}


def call(name: str, get: Any = READ, headers: Any = bearer, **rest: Any) -> Route:
    return Route(f"api:{name}", get=get, public=True, headers=headers, **rest)


def by_id(key: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"id": world.objects[key].pk}


ROUTES = [
    call("people"),
    call("people", query="?q=金丝雀&size=200"),
    call("people", query="?state=voided"),
    call("people", REFUSED, lambda world, actor: {}, query="?sort=name"),
    call("people", REFUSED, only("revoked"), query="?sort=rank"),
    call("people", REFUSED, only("expired"), query="?sort=unit"),
    call("people", WRONG, query="?id_number=1&sort=id_digest"),
    call("person", READ_ONE, kwargs=by_id("trainee")),
    call(
        "person",
        READ_ONE | dict.fromkeys(WORKERS, 404) | dict.fromkeys(ELSEWHERE, 200),
        kwargs=by_id("foreign trainee"),
    ),
    call("entries", READ_ONE, kwargs=by_id("trainee")),
    call("entries", READ_ONE, kwargs=by_id("tied")),
    call("entries", NOTHING, kwargs=lambda world: {"id": uuid.UUID(int=7)}),
    call("figures"),
    call("figures", WRONG, query="?as_of=2999-01-01&unit=x"),
    call("description"),
    call("people", WRONG | {"staff": 200, "other_staff": 200, "moved_staff": 200}, query="?account=none"),
    call("people", WRONG, query="?since=1990-01-01&below=direct"),
    call("nothing", NOTHING, kwargs=lambda world: {}),
    call("nothing", NOTHING, kwargs=lambda world: {"rest": "persons"}),
    Route("api:reference", get=PAGES),
    Route("api:document", get=PAGES),
    Route("api:token_list", get=LIST),
    Route("api:token_list", query="?q=staff&state=valid", get=LIST),
    Route(
        "api:token_new",
        get=NEW,
        post=NEW,
        data=lambda world, actor: {"name": "新的", "expires_on": timezone.localdate().isoformat()},
    ),
    Route(
        "api:token_revoke",
        kwargs=of("token"),
        get=OVERSEEN,
        post=REVOKED,
        data=lambda world, actor: {"version": 1, "reason": "不再需要"},
    ),
    Route("api:token_revoke", kwargs=of("revoked token"), get=REVOKED, post=REVOKED),
]
