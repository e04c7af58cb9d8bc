"""One world for all rows of a module: every call is rolled back, so nobody sees what another one changed."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template import Template
from django.test.utils import _TestState

from cadre_app.core import errors
from cadre_app.core.registries import Relation, file_kinds, relations
from cadre_app.core.reminding import reminder_rules
from tests.access import harness, rows_a_people, rows_files, rows_reminders_prefs

FRAMED = errors._page

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
                built = harness.build_world()
                # References of the world are looked at once, not again with those of every row.
                connection.check_constraints()
                yield built
                transaction.set_rollback(True)
        finally:
            for key in TIES:
                relations._items.pop(key)
            file_kinds._items.pop(rows_files.PAPER)
            reminder_rules._items.pop(rows_reminders_prefs.KEY)


def _bare(request: HttpRequest, status: int, *, template: str = "", **context: Any) -> HttpResponse:
    """The plain 403 and 404 without the frame around them, which is the same on every page and looked at by itself."""
    if template or status not in (403, 404):
        return FRAMED(request, status, template=template, **context)
    return HttpResponse("\n".join(context.get("texts", ())), status=status)


@pytest.fixture(scope="module", autouse=True)
def bare_drawing() -> Iterator[None]:
    """Pages are drawn as for a browser: nobody here asks which templates drew them, and every context is copied for it."""
    patch = pytest.MonkeyPatch()
    patch.setattr(Template, "_render", _TestState.saved_data.template_render)
    yield
    patch.undo()


@pytest.fixture
def bare_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """A third of what the matrix calls is refused: drawing the frame each time took a fifth of its time."""
    monkeypatch.setattr(errors, "_page", _bare)
