"""Who opens pages in which language and size, and what was wrong with them: what each story of the browser begins with."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time

import time_machine
from django.utils import timezone
from playwright.sync_api import Browser

from tests.e2e.browser import Watched, sign_in, switch_language, watched_page


@dataclass
class Story:
    """`name` begins the names of its pictures; `password` is that of the demo accounts."""

    name: str
    browser: Browser
    base: str
    password: str
    language: str
    found: list[str] = field(default_factory=list)

    @contextmanager
    def at(self, viewport: str, username: str, password: str = "") -> Iterator[Watched]:
        with watched_page(self.browser, self.base, viewport, self.language) as watched:
            sign_in(watched, username, password or self.password)
            switch_language(watched, self.language)
            yield watched

    def look(self, watched: Watched, name: str) -> None:
        self.found += watched.check(f"{self.name}-{name}-{self.language}")


def on(day: date) -> time_machine.travel:
    """Ten in the morning of a local day."""
    return time_machine.travel(timezone.make_aware(datetime.combine(day, time(10))), tick=True)
