"""One Chromium for all browser tests, and the demo accounts in a database that the live server sees."""

import os
from collections.abc import Iterator

import pytest
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.district import PASSWORD, load_demo
from tests.e2e.browser import chromium
from tests.e2e.serving import CountingServer

ACCOUNTS = (
    "staff",
    "leader",
    "chief",
    "liaison",
    "trainer",
    "mentor.head",
    "mentor.village",
    "trainee",
    "secadmin",
    "auditadmin",
    "sysadmin",
)

# Playwright keeps a loop running in this thread; Django would refuse the database there, although nothing is async.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """The system's Chromium."""
    with chromium(chromium_path) as found:
        yield found


@pytest.fixture(scope="session", autouse=True)
def _server_that_can_be_waited_for() -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    patch.setattr(LiveServerThread, "server_class", CountingServer)
    yield
    patch.undo()


@pytest.fixture
def demo_accounts(transactional_db: None, live_server: LiveServer) -> Iterator[dict[str, str]]:
    """The demo district with its eleven accounts; user names with the one password of them all."""
    yield {username: PASSWORD for username, _role in load_demo()}
    # A request that is still under way would read tables while they are emptied: a deadlock.
    live_server.thread.httpd.await_rest()
