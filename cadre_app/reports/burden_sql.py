"""The statements of the burden page: what rooms announce, one under the other, and counted by the database."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection

from cadre_app.core.demands import Demand

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.core.figures import Asked

Sql = tuple[str, list[Any]]

BY_ROW = "SELECT asked_of, date_trunc('month', asked_on)::date, count(*) FROM {source} GROUP BY 1, 2"
# Each demand of a month, and whoever had more than the cap in one: both from one look at everything that was asked.
WHOLE = """
SELECT demand, asked_of, month, count(*)
FROM (SELECT demand, asked_of, date_trunc('month', asked_on)::date AS month FROM {source}) AS dated
GROUP BY GROUPING SETS ((demand, month), (asked_of, month)) HAVING GROUPING(demand) = 0 OR count(*) > %s
"""
EACH = "SELECT demand, asked_on, asked_what FROM {source} ORDER BY asked_on DESC, demand, asked_what"
NOTHING = "SELECT ''::text, NULL::uuid, NULL::date, ''::text WHERE false"
PART = "SELECT %s, asked.* FROM ({text}) AS asked"
# What it was is told by the first of a day.
ONCE_A_DAY = "SELECT DISTINCT ON (1, 2) * FROM ({text}) AS several ORDER BY 1, 2, 3"


def made(demands: Mapping[str, Demand], asked: "Asked", condition: Sql) -> Sql:
    """All demands as columns demand, asked_of, asked_on, asked_what; those that meet `condition`."""
    texts, given = [NOTHING], []
    for key, demand in demands.items():
        try:
            text, own = _statement(demand, asked)
        except EmptyResultSet:
            continue
        texts.append(PART.format(text=text))
        given += [key, *own]
    where, values = condition
    whole = " UNION ALL ".join(texts)
    return f"({whole}) AS made (demand, asked_of, asked_on, asked_what) {where}", [*given, *values]


def of(keys: Iterable[UUID]) -> Sql:
    """Of these rows of the party."""
    return "WHERE asked_of = ANY(%s::uuid[])", [list(keys)]


def among(party: "QuerySet[Any]") -> Sql:
    """Of anybody of the party."""
    try:
        text, given = party.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return "WHERE false", []
    return f"WHERE asked_of IN ({text})", list(given)


def rows(template: str, source: Sql, *values: Any) -> list[tuple[Any, ...]]:
    """The rows of one of the templates above."""
    text, given = source
    with connection.cursor() as cursor:
        cursor.execute(template.format(source=text), [*given, *values])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _statement(demand: Demand, asked: "Asked") -> Sql:
    """Raises EmptyResultSet."""
    wanted = demand.rows(asked).order_by().values_list("asked_of", "asked_on", "asked_what")
    text, given = wanted.query.sql_with_params()
    return ONCE_A_DAY.format(text=text) if demand.by_day else text, list(given)
