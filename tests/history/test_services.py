from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from cadre_app.accounts.models import User
from cadre_app.core.context import RequestContext, current_request
from cadre_app.history import services as history
from cadre_app.history.models import Entry
from cadre_app.training.models import Course
from tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_change_records_what_was_and_what_is_and_counts_the_version_up() -> None:
    actor, unit = UserFactory.create(), UnitFactory.create(name="旧名")
    with history.change(unit, actor=actor, verb="org.unit.changed", reason="更名"):
        unit.name = "新名"
        unit.save(update_fields=["name"])
    entry = Entry.objects.get()
    assert (entry.before, entry.after) == ({"name": "旧名"}, {"name": "新名"})
    assert (entry.actor, entry.reason, entry.object_id) == (actor, "更名", unit.pk)
    unit.refresh_from_db()
    assert unit.version == 2


def test_a_change_that_changes_nothing_leaves_no_trace() -> None:
    unit = UnitFactory.create()
    with history.change(unit, actor=None, verb="org.unit.changed"):
        unit.save()
    unit.refresh_from_db()
    assert (Entry.objects.count(), unit.version) == (0, 1)


def test_a_number_written_in_another_way_is_no_change() -> None:
    """200.0 as the database gives it back, and 200 as somebody typed it."""
    course = Course.objects.create(title="课", kind="writing", hours=Decimal("200.0"))
    with transaction.atomic(), history.change(course, actor=None, verb="x"):
        course.hours = Decimal(200)
    assert (course.version, Entry.objects.count()) == (1, 0)
    with transaction.atomic(), history.change(course, actor=None, verb="x"):
        course.hours = Decimal("0.50")
    assert Entry.objects.values_list("before", "after").get() == ({"hours": "200"}, {"hours": "0.5"})


def test_of_a_sealed_field_only_the_fact_is_kept() -> None:
    user = UserFactory.create()
    with history.change(user, actor=None, verb="accounts.user.changed"):
        user.set_password("another good password")
        user.display_name = "改名"
        user.save()
    entry = Entry.objects.get()
    assert entry.after == {"display_name": "改名"}
    assert user.password not in str([entry.before, entry.after, entry.sealed])


def test_a_failed_change_leaves_neither_row_nor_entry() -> None:
    unit = UnitFactory.create(name="旧名")
    with pytest.raises(RuntimeError), transaction.atomic(), history.change(unit, actor=None, verb="x"):
        unit.name = "新名"
        unit.save()
        raise RuntimeError
    unit.refresh_from_db()
    assert (unit.name, Entry.objects.count()) == ("旧名", 0)


def test_the_entry_knows_the_request_it_was_made_in() -> None:
    token = current_request.set(RequestContext("r1", "127.0.0.9"))
    try:
        entry = history.record("x", actor=None)
    finally:
        current_request.reset(token)
    assert (entry.request_id, entry.address) == ("r1", "127.0.0.9")


@pytest.mark.parametrize(
    "statement",
    ["UPDATE history_entry SET verb = 'y'", "DELETE FROM history_entry", "TRUNCATE history_entry CASCADE"],
)
def test_the_database_itself_refuses_to_rewrite_history(statement: str) -> None:
    history.record("x", actor=None)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)
    assert Entry.objects.get().verb == "x"


def test_voiding_keeps_the_row_and_restoring_brings_it_back() -> None:
    actor, unit = UserFactory.create(), UnitFactory.create()
    voided = history.void(unit, actor=actor, reason="重复", version=1)
    assert voided.voided_at is not None
    history.restore(voided, actor=actor, version=2)
    unit.refresh_from_db()
    assert unit.voided_at is None
    assert list(Entry.objects.order_by("at").values_list("verb", flat=True)) == ["org.unit.voided", "org.unit.restored"]


@pytest.mark.django_db(transaction=True)
def test_a_reading_is_committed_before_the_answer_even_if_the_answer_fails() -> None:
    actor = UserFactory.create()
    entry = history.record_reading("people.id_number.revealed", actor=actor, reason="核对")
    assert Entry.objects.get(pk=entry.pk).kind == Entry.Kind.READING
    with pytest.raises(RuntimeError), transaction.atomic():
        history.record_reading("x", actor=actor)
    assert User.objects.count() == 1
