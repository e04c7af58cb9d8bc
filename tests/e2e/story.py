"""Who opens pages in which language and size, and what was wrong with them: what each story of the browser begins with."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time

import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser

from cadre_app.accounts.models import User
from cadre_app.accounts.services import signing
from tests.e2e.browser import LANGUAGES, Watched, sign_in, switch_language, watched_page

# Stories of a minute are told in one language: the other changes texts alone, and the walk of each account reads every
# page of theirs in it.
LONG_STORIES_IN = LANGUAGES[:1]


@dataclass
class Story:
    """`name` begins the names of its pictures; `password` is that of the demo accounts."""

    name: str
    browser: Browser
    base: str
    password: str
    language: str
    found: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    @contextmanager
    def at(self, viewport: str, username: str, password: str = "") -> Iterator[Watched]:
        """Through the form the first time, as a person does; whoever comes again has a session that has just begun."""
        with watched_page(self.browser, self.base, viewport, self.language) as watched:
            if username in self.known:
                watched.page.context.add_cookies([begun_session(username, self.base)])
                watched.open("/")
            else:
                sign_in(watched, username, password or self.password)
                switch_language(watched, self.language)
                self.known.add(username)
            yield watched

    def look(self, watched: Watched, name: str) -> None:
        """The other language changes texts alone: accessibility is looked at in the first."""
        self.found += watched.check(f"{self.name}-{name}-{self.language}", axe=self.language == LANGUAGES[0])


def begun_session(username: str, base: str) -> dict[str, str]:
    """The cookie of a session that this account begins now."""
    session = begun_client(username).cookies[settings.SESSION_COOKIE_NAME]
    return {"name": session.key, "value": session.value, "url": base}


def begun_client(username: str) -> Client:
    """A client without a browser in a session that this account begins now."""
    client = Client()
    client.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session.update({signing.STARTED: timezone.now().timestamp(), signing.SEEN: timezone.now().timestamp()})
    session.save()
    return client


def on(day: date) -> time_machine.travel:
    """Ten in the morning of a local day."""
    return time_machine.travel(timezone.make_aware(datetime.combine(day, time(10))), tick=True)
