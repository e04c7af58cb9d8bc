"""One world for all rows of a module: every call is rolled back, so nobody sees what another one changed."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from cadre_app.core.registries import Relation, file_kinds, relations
from cadre_app.core.reminding import reminder_rules
from tests.access import harness, rows_a_people, rows_files, rows_reminders_prefs

TIES = {"access.tie": Relation("name", rows_a_people.tied_files)}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[harness.World]:
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic._from_testcase = True  # type: ignore[attr-defined]  # audit rows are written durably inside
        # A relation that stands for those of rooms to come.
        for key, relation in TIES.items():
            relations.register(key, relation)
        file_kinds.register(rows_files.PAPER, rows_files.PAPER_KIND)
        reminder_rules.register(rows_reminders_prefs.KEY, rows_reminders_prefs.RULE)
        try:
            with atomic:
                yield harness.build_world()
                transaction.set_rollback(True)
        finally:
            for key in TIES:
                relations._items.pop(key)
            file_kinds._items.pop(rows_files.PAPER)
            reminder_rules._items.pop(rows_reminders_prefs.KEY)
