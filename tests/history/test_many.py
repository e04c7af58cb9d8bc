"""History of many objects at once: the same entries as one by one, for a fixed number of queries."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from cadre_app.accounts.models import User
from cadre_app.core.context import RequestContext, current_request
from cadre_app.history import services as history
from cadre_app.history.models import Entry
from cadre_app.org.models import Unit
from tests.factories import UnitFactory, UserFactory

VERB = "accounts.user.changed"
CANARY = "机要岗位金丝雀"


@pytest.fixture
def request_of_the_test(db: None) -> Any:
    token = current_request.set(RequestContext("r1", "127.0.0.9"))
    yield
    current_request.reset(token)


def told(*keys: Any) -> list[dict[str, Any]]:
    """Everything an entry says but its own key and time, in the order of `keys`."""
    entries = {entry.object_id: entry for entry in Entry.objects.filter(object_id__in=keys)}
    left_out = {"id", "at", "object_id"}
    return [
        {field.attname: getattr(entries[key], field.attname) for field in Entry._meta.fields} | dict.fromkeys(left_out)
        for key in keys
        if key in entries
    ]


def new_users(unit: Unit, prefix: str, number: int) -> list[User]:
    return [
        User(username=f"{prefix}{n}", display_name="同名", unit=unit, post=CANARY, password_set_at=timezone.now())
        for n in range(number)
    ]


def renamed(user: User, at: Any) -> None:
    user.display_name, user.post, user.password_set_at = "改名", f"{CANARY}二", at


@pytest.mark.usefixtures("request_of_the_test")
def test_created_in_bulk_leaves_the_entries_of_one_by_one() -> None:
    actor, unit, at = UserFactory.create(), UnitFactory.create(), timezone.now()
    single, many = new_users(unit, "same", 1)[0], new_users(unit, "same", 2)[0]
    for user in (single, many):
        user.password_set_at = at
    many.username, single.username = "same.name", "same.name"
    with transaction.atomic():
        with history.change(single, actor=actor, verb=VERB, reason="导入"):
            single.save()
        one_by_one = told(single.pk)
        User.objects.filter(pk=single.pk).update(username="other.name")
        User.objects.bulk_create([many])
        history.record_created_many([many], actor=actor, verb=VERB, reason="导入")
    assert told(many.pk) == one_by_one
    assert (one_by_one[0]["request_id"], one_by_one[0]["actor_id"]) == ("r1", actor.pk)
    assert CANARY not in str(told(many.pk))


@pytest.mark.usefixtures("request_of_the_test")
def test_changed_in_bulk_leaves_the_entries_and_versions_of_one_by_one() -> None:
    actor, at = UserFactory.create(), timezone.now()
    single, many = (UserFactory.create(display_name="旧名", post=CANARY) for _ in range(2))
    with transaction.atomic():
        with history.change(single, actor=actor, verb=VERB, reason="更正"):
            renamed(single, at)
            single.save()
        with history.changes_many([many], actor=actor, verb=VERB, reason="更正") as users:
            renamed(users[0], at)
            User.objects.bulk_update(users, ["display_name", "post", "password_set_at"])
    assert told(many.pk) == told(single.pk)
    assert told(many.pk)[0]["sealed"] == ["post"]
    assert CANARY not in str(told(many.pk))
    many.refresh_from_db()
    assert (many.version, many.updated_at > many.created_at) == (2, True)


@pytest.mark.django_db
def test_what_did_not_change_keeps_its_version_and_gets_no_entry() -> None:
    changed, kept = UnitFactory.create(name="旧名"), UnitFactory.create(name="不变")
    with transaction.atomic(), history.changes_many([changed, kept], actor=None, verb="org.unit.changed") as units:
        units[0].name = "新名"
        Unit.objects.bulk_update(units, ["name"])
    assert [(entry.object_id, entry.before, entry.after) for entry in Entry.objects.all()] == [
        (changed.pk, {"name": "旧名"}, {"name": "新名"})
    ]
    assert [(unit.version, Unit.objects.get(pk=unit.pk).version) for unit in (changed, kept)] == [(2, 2), (1, 1)]


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "queries"), [(1, 1), (1_000, 1), (1_001, 2)])
def test_created_in_bulk_costs_one_query_for_a_thousand(
    number: int, queries: int, django_assert_num_queries: Any
) -> None:
    unit = UnitFactory.create()
    users = User.objects.bulk_create(new_users(unit, "bulk", number))
    with transaction.atomic(), django_assert_num_queries(queries):
        history.record_created_many(users, actor=None, verb=VERB)
    assert Entry.objects.count() == number


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "queries"), [(1, 2), (1_000, 2), (1_001, 4)])
def test_changed_in_bulk_costs_two_queries_for_a_thousand(
    number: int, queries: int, django_assert_num_queries: Any
) -> None:
    users = User.objects.bulk_create(new_users(UnitFactory.create(), "bulk", number))
    with (
        transaction.atomic(),
        django_assert_num_queries(queries),
        history.changes_many(users, actor=None, verb=VERB) as listed,
    ):
        for user in listed:
            user.display_name = "改名"
    assert Entry.objects.count() == number


@pytest.mark.django_db
def test_a_failed_block_leaves_no_entry() -> None:
    unit = UnitFactory.create(name="旧名")
    with pytest.raises(RuntimeError), transaction.atomic(), history.changes_many([unit], actor=None, verb="x"):
        unit.opened_on = date(2001, 1, 1)
        raise RuntimeError
    assert (Entry.objects.count(), Unit.objects.get(pk=unit.pk).version) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_history_in_bulk_needs_the_transaction_of_its_change() -> None:
    unit = UnitFactory.create()
    with pytest.raises(transaction.TransactionManagementError):
        history.record_created_many([unit], actor=None, verb="x")
    with pytest.raises(transaction.TransactionManagementError), history.changes_many([unit], actor=None, verb="x"):
        pass
    assert Entry.objects.count() == 0
