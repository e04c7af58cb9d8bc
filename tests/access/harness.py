"""The access matrix: every URL × every actor × GET and POST, with canaries that must not reach the wrong eyes.

Each app declares its rows in `rows_<app>.py` as `ROUTES` and may add records to the world in `extend(world)`.
A status is a number for everybody or a dict by actor with "*" for the rest; anonymous and disabled callers are
sent to the sign-in page (302) unless a row says otherwise.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache, cached_property
from http.cookies import SimpleCookie
from importlib import import_module
from pathlib import Path
from typing import Any

import pypdfium2
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from cadre_app.accounts.models import AccountKind, User
from cadre_app.accounts.services.signing import SEEN, STARTED
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit, UnitKind
from tests.factories import GrantFactory, UnitFactory, UserFactory

SIGNED_OUT = ("anonymous", "disabled")
SIGNED_IN = (
    "staff",
    "leader",
    "liaison",
    "trainer",
    "mentor",
    "former_mentor",
    "host",
    "trainee",
    "secadmin",
    "auditadmin",
    "sysadmin",
    "other_staff",
    "moved_staff",
)
ACTORS = (*SIGNED_OUT, *SIGNED_IN)
# A method that a page refuses is refused before anybody is looked at: these stand for all who are signed in.
REFUSED_ALIKE = (*SIGNED_OUT, "staff", "trainee", "other_staff")
CANARY = "金丝雀"
LONGEST = 80
MARKS = re.compile("</?mark>")
# What follows the common word wherever it stands, also where one stands close behind the other.
MARKED = re.compile(f"(?=({CANARY}.{{0,{LONGEST}}}))", re.DOTALL)

# Where a page has several rows, the first is asked of everybody; of these, two take their turn at each of the others,
# unless it names them.
BYSTANDERS = ("former_mentor", "host", "trainer", "secadmin", "auditadmin", "sysadmin", "moved_staff")
TURNS = 2

Expected = int | Mapping[str, int]


@dataclass
class World:
    """`district` > `town` > `village`, and `elsewhere`, a second tree that nobody but other_staff works in."""

    district: Unit
    town: Unit
    village: Unit
    elsewhere: Unit
    actors: dict[str, User] = field(default_factory=dict)
    objects: dict[str, Any] = field(default_factory=dict)
    canaries: dict[str, "Canary"] = field(default_factory=dict)
    sessions: dict[str, SimpleCookie] = field(default_factory=dict)

    def canary(self, key: str, *, seen_by: tuple[str, ...]) -> str:
        """A word that stands nowhere else; only `seen_by` may ever receive it."""
        token = f"{CANARY}{key}"
        assert len(token) <= LONGEST
        self.canaries[key] = Canary(token, frozenset(seen_by))
        return token

    def overheard(self, body: str, actor: str) -> list[str]:
        """Canaries in what the actor received that are not for the actor."""
        marked = set(MARKED.findall(body))
        return [
            key
            for key, one in self.canaries.items()
            if actor not in one.seen_by
            and (any(word.startswith(one.token) for word in marked) if one.is_marked else one.token in body)
        ]


@dataclass(frozen=True)
class Canary:
    token: str
    seen_by: frozenset[str]

    @cached_property
    def is_marked(self) -> bool:
        """True where the common word leads to it, so that the body is looked through but once for all of them."""
        return self.token.startswith(CANARY)


@dataclass(frozen=True)
class Route:
    """One URL: `get` and `post` are expected statuses (405 where the method is refused); `headers` go along with both."""

    name: str
    get: Expected = 405
    post: Expected = 405
    kwargs: Callable[[World], dict[str, Any]] = lambda world: {}
    data: Callable[[World, str], dict[str, Any]] = lambda world, actor: {}
    headers: Callable[[World, str], dict[str, str]] = lambda world, actor: {}
    query: str = ""
    public: bool = False

    def names(self, actor: str) -> bool:
        """Whether the row says something of this actor."""
        return any(not isinstance(table, int) and actor in table for table in (self.get, self.post))

    def expected(self, method: str, actor: str) -> int:
        table = self.get if method == "get" else self.post
        if isinstance(table, int):
            table = {"*": table}
        if actor in table:
            return table[actor]
        if actor in SIGNED_OUT and not self.public:
            return 302
        return table["*"]

    def methods(self, actor: str) -> list[str]:
        """What the actor is let try: not what everybody who is signed in is refused in the same way."""
        tried = (("get", self.get), ("post", self.post))
        return [method for method, table in tried if table != 405 or actor in REFUSED_ALIKE]

    def url(self, world: World) -> str:
        return reverse(self.name, kwargs=self.kwargs(world)) + self.query


def actors_of(row: int, route: Route, *, is_first: bool) -> tuple[str, ...]:
    """Who is asked at the `row`th row: everybody at the first of its page, otherwise not all bystanders."""
    if is_first:
        return ACTORS
    turn = {BYSTANDERS[(row * TURNS + step) % len(BYSTANDERS)] for step in range(TURNS)}
    return tuple(one for one in ACTORS if one not in BYSTANDERS or one in turn or route.names(one))


@dataclass(frozen=True)
class Finding:
    route: str
    method: str
    actor: str
    problem: str


def build_world() -> World:
    """The actors of ACCESS.md; every app's `extend` adds the records it owns."""
    district = UnitFactory.create(name="望屿区", kind=UnitKind.DISTRICT)
    town = UnitFactory.create(name="梧岭镇", kind=UnitKind.TOWN, parent=district)
    village = UnitFactory.create(name="梧头村", kind=UnitKind.VILLAGE, parent=town)
    elsewhere = UnitFactory.create(name="邻区", kind=UnitKind.DISTRICT)
    world = World(district, town, village, elsewhere)
    _add_actors(world)
    for module in row_modules():
        extend = getattr(module, "extend", None)
        if extend is not None:
            extend(world)
    _sign_in(world)
    return world


def _add_actors(world: World) -> None:
    today = timezone.localdate()

    def add(key: str, kind: str, unit: Unit, *grants: dict[str, Any], **fields: Any) -> None:
        user = UserFactory.create(username=f"{key}.actor", display_name=f"{key}同志", unit=unit, kind=kind, **fields)
        for grant in grants:
            GrantFactory.create(user=user, **grant)
        world.actors[key] = user

    office, administrator = AccountKind.OFFICE, AccountKind.ADMINISTRATOR
    add("disabled", office, world.district, {"role": Role.STAFF, "unit": world.district})
    add("staff", office, world.district, {"role": Role.STAFF, "unit": world.district})
    add("leader", office, world.district, {"role": Role.LEADER, "unit": world.district})
    add("liaison", office, world.town, {"role": Role.LIAISON, "unit": world.town})
    add("trainer", AccountKind.TRAINER, world.district)
    add("mentor", AccountKind.MENTOR, world.village)
    add("former_mentor", AccountKind.MENTOR, world.village)
    add("host", office, world.town)
    add("trainee", AccountKind.TRAINEE, world.town)
    add("secadmin", administrator, world.district, {"role": Role.SECURITY})
    add("auditadmin", administrator, world.district, {"role": Role.AUDIT})
    add("sysadmin", administrator, world.district, {"role": Role.SYSTEM})
    add("other_staff", office, world.elsewhere, {"role": Role.STAFF, "unit": world.elsewhere})
    add(
        "moved_staff",
        office,
        world.elsewhere,
        {"role": Role.STAFF, "unit": world.district, "valid_until": today - timedelta(days=1)},
        {"role": Role.STAFF, "unit": world.elsewhere, "valid_from": today},
    )


@cache
def handler(door: Callable[..., Any], *, enforce_csrf_checks: bool) -> ClientHandler:
    """The product behind every client: its middleware is put together once for each `door`, which it holds on to."""
    return ClientHandler(enforce_csrf_checks)


def client_for(world: World, actor: str, *, enforce_csrf_checks: bool = False) -> Client:
    """A signed-in client; the disabled account was signed in before it was disabled."""
    client = Client(raise_request_exception=False)
    client.handler = handler(LoginRequiredMiddleware.process_view, enforce_csrf_checks=enforce_csrf_checks)
    if actor in world.sessions:
        client.cookies = SimpleCookie({name: morsel.value for name, morsel in world.sessions[actor].items()})
    if actor == "disabled":
        User.objects.filter(pk=world.actors[actor].pk).update(is_active=False)
    return client


def _sign_in(world: World) -> None:
    """Everybody once: each call starts from the same sessions and is rolled back.

    Last used just now, however long the module goes on: no call has to note that the session is in use.
    """
    now = timezone.now()
    for actor, user in world.actors.items():
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session.update({STARTED: now.timestamp(), SEEN: (now + timedelta(hours=1)).timestamp()})
        session.save()
        world.sessions[actor] = client.cookies


def check(route: Route, world: World, actors: tuple[str, ...] = ACTORS) -> list[Finding]:
    """Call the route as each actor with GET and POST; every change is rolled back."""
    return list(findings(route, world, actors))


def findings(route: Route, world: World, actors: tuple[str, ...] = ACTORS) -> Iterator[Finding]:
    """As `check`, one call after the other as they are asked for."""
    return (finding for actor in actors for finding in _check_actor(route, world, actor))


def _check_actor(route: Route, world: World, actor: str) -> Iterator[Finding]:
    url = route.url(world)
    for method in route.methods(actor):
        with rolled_back():
            client = client_for(world, actor)
            send = getattr(client, method)
            sent = () if method == "get" else (route.data(world, actor),)
            response = send(url, *sent, headers=route.headers(world, actor))
            body = readable(response)
            expected = route.expected(method, actor)
            if response.status_code != expected:
                yield Finding(route.name, method, actor, f"answered {response.status_code}, expected {expected}")
            for key in world.overheard(body, actor):
                yield Finding(route.name, method, actor, f"received {key}")


class rolled_back:  # noqa: N801
    """A savepoint that is always undone, in which durable blocks (audit rows) may stand."""

    def __enter__(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic._from_testcase = True  # type: ignore[attr-defined]
        self.atomic.__enter__()

    def __exit__(self, *exc: object) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)


def readable(response: HttpResponse) -> str:
    """Everything a response carries, as text: headers, body, and what is inside a workbook or document; a word that the
    search has marked in the middle stays one word.
    """
    parts = [f"{name}: {value}" for name, value in response.items()]
    streaming = getattr(response, "streaming", False)
    raw: bytes = b"".join(response.streaming_content) if streaming else response.content  # type: ignore[attr-defined]
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    else:
        parts.append(MARKS.sub("", raw.decode("utf-8", "replace")))
    if raw.startswith(b"%PDF-"):
        parts.append(pdf_text(raw))
    return "\n".join(parts)


def pdf_text(raw: bytes) -> str:
    """What a PDF says, its lines put together."""
    document = pypdfium2.PdfDocument(raw)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return "".join("".join(text.split()) for text in texts)


def row_modules() -> list[Any]:
    folder = Path(__file__).parent
    return [import_module(f"tests.access.{path.stem}") for path in sorted(folder.glob("rows_*.py"))]


def all_routes() -> list[Route]:
    return list(named_routes().values())


@cache
def named_routes() -> dict[str, Route]:
    """All rows by a name of their own: page, module, and its number where a module has several of the page.

    The rows that another module adds leave these names as they are.
    """
    counted: Counter[str] = Counter()
    found = {}
    for module in row_modules():
        for route in module.ROUTES:
            name = f"{route.name}{route.query} {module.__name__.rpartition('.rows_')[2]}"
            counted[name] += 1
            found[f"{name} {counted[name]}"] = route
    return found


def resolver_names(patterns: Any = None, namespace: str = "") -> list[str]:
    """Every named URL of the product; a pattern without a name is listed by its route, so that it fails too."""
    found: list[str] = []
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            inner = ":".join(part for part in (namespace, pattern.namespace or "") if part)
            found += resolver_names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            name = pattern.name or f"unnamed {re.sub(r'[^a-z/<>:]', '', str(pattern.pattern))}"
            found.append(f"{namespace}:{name}" if namespace else name)
    return found
