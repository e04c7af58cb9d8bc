"""Django's own queries inside larger statements."""

from typing import Any


def named_sql(rows: Any, prefix: str) -> tuple[str, dict[str, Any]]:
    """A queryset as text with named placeholders (`prefix`_0, …) and their values; raises EmptyResultSet.

    Django's placeholders are positional, and one statement cannot mix them with named ones.
    """
    text, given = rows.query.sql_with_params()
    names = [f"{prefix}_{number}" for number in range(len(given))]
    return text % tuple(f"%({name})s" for name in names), dict(zip(names, given, strict=True))
