"""Emptying the database after transactional tests: history's trigger is lifted, seeded tables are kept."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import TransactionTestCase

SEEDED = {
    "assignments_front",
    "assignments_fronttask",
    "policy_code",
    "policy_holiday",
    "policy_calendarday",
    "django_content_type",
    "auth_permission",
}


def empty_tables(case: Any) -> None:
    """Stands in for the flush: as the owner of history's table it may lift the append-only trigger for a moment."""
    tables = sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)} - SEEDED)
    names = ", ".join(connection.ops.quote_name(table) for table in tables)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE history_entry DISABLE TRIGGER USER")
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY")
        cursor.execute("ALTER TABLE history_entry ENABLE TRIGGER USER")


@pytest.fixture(autouse=True, scope="session")
def _history_lets_go_for_the_flush() -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", empty_tables)
    yield
    patch.undo()
