"""One world for all rows of a module: every call is rolled back, so nobody sees what another one changed."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.access import harness


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[harness.World]:
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic._from_testcase = True  # type: ignore[attr-defined]  # audit rows are written durably inside
        with atomic:
            yield harness.build_world()
            transaction.set_rollback(True)
