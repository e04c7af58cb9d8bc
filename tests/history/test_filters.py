from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from cadre_app.history.filters import filtered_entries
from cadre_app.history.models import Entry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries() -> None:
    for verb, at in (
        ("before", datetime(2026, 11, 22, 15, 59, tzinfo=UTC)),
        ("first", datetime(2026, 11, 22, 16, 0, tzinfo=UTC)),
        ("last", datetime(2026, 11, 23, 15, 59, tzinfo=UTC)),
        ("after", datetime(2026, 11, 23, 16, 0, tzinfo=UTC)),
    ):
        Entry.objects.create(verb=verb, at=at, kind=Entry.Kind.CHANGE)


def found(query: str) -> list[str]:
    return [entry.verb for entry in filtered_entries(QueryDict(query)).qs.order_by("at")]


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("since=2026-11-23&until=2026-11-23", ["first", "last"]),
        ("since=2026-11-24", ["after"]),
        ("until=2026-11-22", ["before"]),
        ("since=0001-01-01&until=9999-12-31", ["before", "first", "last", "after"]),
    ],
)
def test_days_are_local_days_both_included(query: str, expected: list[str]) -> None:
    assert found(query) == expected


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize("query", ["since=2026-02-30", "since=abc", "kind=nothing", "verb=nothing"])
def test_a_damaged_condition_is_said_and_shows_nothing_else(query: str) -> None:
    assert filtered_entries(QueryDict(query)).form.is_valid() is False


def test_a_person_is_found_by_the_beginning_of_either_name() -> None:
    for username, display_name in (("zhangsan", "张三"), ("zhangming", "李四"), ("wang", "王五")):
        actor = UserFactory.create(username=username, display_name=display_name)
        Entry.objects.create(verb=username, actor=actor, kind=Entry.Kind.CHANGE)
    assert sorted(found("person=zhang")) == ["zhangming", "zhangsan"]
    assert found("person=王") == ["wang"]
