"""人员 over the read interface: the roster with its conditions, columns and orders, and one person of it.

The fields are those of the list: numbers of identity and phones are no columns, so they cannot leave this way.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import django_filters
from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.api import (
    AFTER,
    Answer,
    BadParameters,
    Call,
    Field,
    Parameter,
    Resource,
    api_resources,
    plain,
    require_valid,
)
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.tables import PAGE_SIZES, Column, Empty, asked
from cadre_app.people import permissions
from cadre_app.people.filters.roster import RosterFilter
from cadre_app.people.models import Trainee
from cadre_app.people.roster.columns import prepared, roster_columns
from cadre_app.people.roster.lists import DEFAULT_SORT, ROWS_PER_PAGE, roster_for

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User

COLUMNS, SORT, SIZE = "columns", "sort", "size"
INTEGERS = frozenset({"year"})
DAYS = frozenset({"arrived_on", "rank_since", "stage_since"})
# A unit is asked for by its key, which has no list to choose from here; accounts are asked for by staff alone.
WITHOUT_CHOICES = frozenset({"unit"})
FOR_SOME = {"account": permissions.can_request_accounts}


def people(call: Call) -> Answer:
    """A page of the roster."""
    columns = roster_columns(call.user)
    query = call.query.copy()
    _refuse_unknown(query, columns)
    _refuse_idle(query)
    query.setdefault(SIZE, str(ROWS_PER_PAGE))
    if not query.get(COLUMNS):
        query[COLUMNS] = ",".join(column.key for column in columns)
    try:
        roster = roster_for(call.user, asked(query), empty=Empty(""))
    except ValidationError as error:
        raise BadParameters({"unit": error.messages}) from error
    require_valid(roster.filter.form)
    _refuse_turned(roster.filter.form.cleaned_data)
    table = roster.table
    if (after := query.get(AFTER, "")) and table.keyset is not None and not table.keyset.knows(after):
        raise BadParameters({AFTER: [_("This place is not one of this list.")]})
    data = [item_of(row.object, table.columns) for row in table.rows]
    return Answer(data, after=table.next_cursor if table.has_next else "")


def person(call: Call) -> Answer:
    """One person of the roster, also one who left; what is voided is not found."""
    files = Trainee.objects.in_scope(call.user, *BUSINESS_ROLES).standing()
    trainee = prepared(files).filter(pk=call.key).first() if call.key is not None else None
    if trainee is None:
        raise Http404
    return Answer(item_of(trainee, roster_columns(call.user)), about=trainee)


def item_of(trainee: Trainee, columns: Iterable[Column[Trainee]]) -> dict[str, Any]:
    """The row as the list shows it, in words."""
    return {"id": str(trainee.pk), **{column.key: plain(column.value(trainee)) for column in columns}}


def person_fields(user: "User") -> list[Field]:
    """The columns that `user` may see."""
    return [Field("id", gettext_lazy("Key of the growth file"), "string", "uuid"), *map(_field, roster_columns(user))]


def people_fields(user: "User") -> list[Field]:
    """The same; a call that names fields has these alone, and the key."""
    key, *columns = person_fields(user)
    return [key, *(replace(column, always=False) for column in columns)]


def _field(column: Column[Trainee]) -> Field:
    kind = ("integer", "null") if column.key in INTEGERS else ("string", "null")
    return Field(column.key, column.label, kind, "date" if column.key in DAYS else "")


def _column_choices(user: "User") -> list[tuple[str, Any]]:
    return [(column.key, column.label) for column in roster_columns(user)]


def _sort_choices(user: "User") -> list[tuple[str, Any]]:
    keys = [column.key for column in roster_columns(user) if column.sort]
    return [(f"{turned}{key}", "") for key in keys for turned in ("", "-")]


def _refuse_unknown(query: QueryDict, columns: Sequence[Column[Trainee]]) -> None:
    """A page passes over an order or column that it does not know; a program is told."""
    errors = {}
    known = {column.key for column in columns}
    if unknown := sorted(set(filter(None, query.get(COLUMNS, "").split(","))) - known):
        errors[COLUMNS] = [_("There is no such field: %(fields)s") % {"fields": _(", ").join(unknown)}]
    if query.get(SORT, DEFAULT_SORT).removeprefix("-") not in {column.key for column in columns if column.sort}:
        errors[SORT] = [_("The list cannot be put in this order.")]
    if query.get(SIZE, str(ROWS_PER_PAGE)) not in map(str, PAGE_SIZES):
        errors[SIZE] = [_("Choose one of %(sizes)s.") % {"sizes": _(", ").join(map(str, PAGE_SIZES))}]
    if errors:
        raise BadParameters(errors)


def _refuse_turned(asked: Mapping[str, Any]) -> None:
    """A period that ends before it begins holds nobody, which reads like an answer."""
    since, until = asked.get("since"), asked.get("until")
    if since is not None and until is not None and since > until:
        raise BadParameters({"until": [_("The last day lies before the first one.")]})


def _refuse_idle(query: QueryDict) -> None:
    """Conditions that narrow nothing without another one: a page shows how it is narrowed, a program would not notice."""
    if query.get("below") and not query.get("unit"):
        raise BadParameters({"below": [_("This is asked for together with “unit”.")]})


def _choices(name: str) -> "Callable[[User], Sequence[tuple[str, Any]]] | None":
    """What a condition can be, as the list offers it; none where anything is typed."""
    given = RosterFilter.base_filters[name].extra.get("choices")
    if given is None or name in WITHOUT_CHOICES:
        return None
    return lambda user: list(given() if callable(given) else given)


def _conditions() -> list[Parameter]:
    return [
        Parameter(
            name,
            _label(name),
            _choices(name),
            format="date" if isinstance(each, django_filters.DateFilter) else "",
            visible=FOR_SOME.get(name),
        )
        for name, each in RosterFilter.base_filters.items()
    ]


def _label(name: str) -> "_StrPromise | str":
    if name == "unit":
        return gettext_lazy("Key of a unit, with all units below it")
    if name == "as_of":
        return gettext_lazy(
            "Who was in development on this day; age, stage and length of service are those of it, unit, post and rank those of today"
        )
    label: _StrPromise | str = RosterFilter.base_filters[name].label
    return label


def announce() -> None:
    """Called once, when the app is ready."""
    listed = (
        Parameter(
            COLUMNS,
            gettext_lazy("Fields, set apart by commas; all of them unless some are named"),
            _column_choices,
            several=True,
        ),
        Parameter(SORT, gettext_lazy("Order by a field, “-” before it turns it round"), _sort_choices),
        Parameter(SIZE, gettext_lazy("Rows of an answer"), lambda user: [(str(size), "") for size in PAGE_SIZES]),
        Parameter(AFTER, gettext_lazy("The place to go on after, as “next” of the answer before names it")),
    )
    api_resources.register(
        "people",
        Resource(
            path="people",
            label=gettext_lazy("People"),
            text=gettext_lazy("The roster as this account sees it, with the conditions of the page."),
            answer=people,
            fields=people_fields,
            verb="people.roster.read_by_program",
            parameters=(*_conditions(), *listed),
        ),
    )
    api_resources.register(
        "person",
        Resource(
            path="people/{id}",
            label=gettext_lazy("One person"),
            text=gettext_lazy("The row of one person, also of one who left the programme."),
            answer=person,
            fields=person_fields,
            verb="people.trainee.read_by_program",
            many=False,
        ),
    )
