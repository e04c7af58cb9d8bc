"""Which pages an account reaches from its frame, found once in a run without a browser: tests share them out by rooms."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

from django.test import Client

from cadre_app.accounts.models import User
from tests.access.harness import rolled_back
from tests.e2e.browser import followed, route_of
from tests.e2e.story import begun_client

# Of staff at a desk every page is looked at closely, four hundred of them: about a quarter in each part. What is named
# nowhere, also a room to come, is in the last one.
PARTS: dict[str, tuple[str, ...]] = {
    "training": ("training", "mentorship"),
    "postings": ("assignments", "achievements", "evaluation", "handover", "probation", "rosters"),
    "care": ("advancement", "appointment", "appraisal", "care", "conduct", "reports"),
    "rest": (),
}
PART_OF = {room: part for part, rooms in PARTS.items() for room in rooms}


@dataclass(frozen=True)
class Share:
    """Of the pages that `username` reaches, those of one part."""

    username: str
    part: str

    def is_mine(self, route: str) -> bool:
        return PART_OF.get(route.partition(":")[0], "rest") == self.part

    def reached(self, start: list[str]) -> dict[str, str]:
        """By route the first address that leads there from `start` on, over whatever pages say. The first test that asks
        in a run finds it, the others look it up: their districts are copies of one.
        """
        kept = _shared(self.username, start)
        if kept.exists():
            known: dict[str, str] = json.loads(kept.read_text("utf-8"))
            return known
        with rolled_back():
            found = _found(begun_client(self.username), start)
        written = kept.with_suffix(f".{os.getpid()}")
        written.write_text(json.dumps(found), "utf-8")
        written.replace(kept)
        return found


def _shared(username: str, start: list[str]) -> Path:
    # Two workers that loaded the district at the same time have two: the account's key tells them apart.
    key = User.objects.get(username=username).pk
    digest = sha256(repr((username, key, start)).encode()).hexdigest()[:16]
    return Path(os.environ["QINGLAN_DATA_DIR"]) / f"reach-{digest}"


def _found(client: Client, start: list[str]) -> dict[str, str]:
    waiting, found = list(start), {}
    while waiting:
        path = waiting.pop(0)
        route = route_of(path)
        if route not in found:
            found[route] = path
            waiting += followed(_links_of(client, path))
    return found


def _links_of(client: Client, path: str) -> Iterator[str | None]:
    """As a browser finds them in `main a:not([download])`."""
    response = client.get(path, follow=True)
    if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
        reader = _Links()
        reader.feed(response.content.decode())
        yield from reader.found


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.found: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "main":
            self.depth += 1
        elif tag == "a" and self.depth and "download" not in known:
            self.found.append(known.get("href"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self.depth -= 1
