"""Every source of texts is served by the index of its model, and none leads to what is sealed."""

from typing import Any

import pytest
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, transaction

from cadre_app.accounts.models import User
from cadre_app.core.grams import asked_of, grams_kept, holds
from cadre_app.core.roles import Role
from cadre_app.core.texts import TextSource, text_sources
from tests.factories import GrantFactory, UserFactory

SOURCES = sorted(text_sources.items())
KEYS = [key for key, _source in SOURCES]
ONLY_BITMAPS = ("seqscan", "indexscan", "indexonlyscan")
OTHERS = """
SELECT indexrelid::regclass FROM pg_index WHERE indrelid = %s::regclass AND indexrelid <> %s::regclass
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""


@pytest.fixture
def staff(db: None) -> User:
    user = UserFactory.create()
    GrantFactory.create(user=user, role=Role.STAFF, unit=user.unit)
    return user


def index_of(source: TextSource, user: User) -> Any:
    """The one index over exactly the columns that are looked through."""
    indexes = source.rows(user).model._meta.indexes
    kept = grams_kept(source.fields, source.day if source.quarters is not None else "")
    [found] = [one for one in indexes if isinstance(one, GinIndex) and one.expressions == (kept,)]
    return found


@pytest.mark.parametrize(("key", "source"), SOURCES, ids=KEYS)
def test_the_index_answers_the_question_of_a_source(staff: User, key: str, source: TextSource) -> None:
    index = index_of(source, staff)
    model = source.rows(staff).model
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(OTHERS, [model._meta.db_table, index.name])
        for [other] in cursor.fetchall():
            cursor.execute(f"DROP INDEX {other}")
        for way in ONLY_BITMAPS:
            cursor.execute(f"SET LOCAL enable_{way} = off")
        day = source.day if source.quarters is not None else ""
        rows = model._base_manager.filter(index.condition, holds(source.fields, asked_of(("茶园",)), day))
        plan = rows.order_by().explain()
    assert f"Bitmap Index Scan on {index.name}" in plan


def test_quarters_are_told_apart_of_the_rows_of_an_index(staff: User) -> None:
    by_quarter = {key: source for key, source in SOURCES if source.quarters is not None}
    assert list(by_quarter) == ["mentorship.notes"]
    for source in by_quarter.values():
        assert index_of(source, staff).condition == source.quarters


@pytest.mark.parametrize(("key", "source"), SOURCES, ids=KEYS)
def test_nothing_sealed_is_looked_through(staff: User, key: str, source: TextSource) -> None:
    options = source.rows(staff).model._meta
    assert [name for name in source.fields if getattr(options.get_field(name), "sealed", False)] == []


def test_notes_for_their_author_alone_have_no_index(staff: User) -> None:
    condition = str(index_of(text_sources["mentorship.notes"], staff).condition)
    assert "'visibility', Visibility.PRIVATE" in condition or "'visibility', 'private'" in condition
