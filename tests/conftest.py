"""What every test may use, and which tests run where."""

import os
import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from tests.flush import _history_lets_go_for_the_flush  # noqa: F401

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The system's Chromium: QINGLAN_CHROMIUM, else found on PATH."""
    named = os.environ.get("QINGLAN_CHROMIUM")
    return named or next((path for name in CHROMIUM if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests need Chromium: skipped with a reason where it is missing, unless it was required."""
    for item in items:
        if "e2e" in Path(str(item.path)).parts:
            item.add_marker("browser")
    if chromium() is None and os.environ.get("QINGLAN_REQUIRE_BROWSER") != "1":
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """The database of a server that ends with the run need not be dropped before it."""
    return request.config.getvalue("reuse_db") or "DATABASE_URL" in os.environ.get("QINGLAN_TEST_STARTED", "")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The office's year starts on the day of the migration: tests begin with an empty one and add what they need."""
    from cadre_app.reminders.models import WorkItem

    with django_db_blocker.unblock():
        WorkItem.objects.all().delete()


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """A request answered in English leaves its thread in English: the next test starts in the product's language."""
    yield
    translation.deactivate()


@pytest.fixture
def hours_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is rung for training hours, which every file without courses lacks from July on."""
    monkeypatch.setattr("cadre_app.training.rules.hours.CHECKPOINTS", ())


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Path of the browser; fails where it was required and is missing."""
    path = chromium()
    if path is None:
        pytest.fail("Chromium is required (QINGLAN_REQUIRE_BROWSER=1) and was not found")
    return path


@pytest.fixture
def aside_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Progress from inside a transaction over the test's own connection: another does not see uncommitted rows."""
    from cadre_app.jobs import services

    monkeypatch.setattr(services, "ASIDE", "default")
    monkeypatch.setattr(services, "aside", lambda job: nullcontext())
