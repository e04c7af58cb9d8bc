"""人员 over the read interface: the roster with its conditions, columns and orders, and one person of it.

The fields are those of the list: numbers of identity and phones are no columns, so they cannot leave this way.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.api import AFTER, Answer, BadParameters, Call, Field, Parameter, Resource, api_resources, plain
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.tables import PAGE_SIZES, Column, Empty, asked
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


def people(call: Call) -> Answer:
    """A page of the roster."""
    columns = roster_columns(call.user)
    query = call.query.copy()
    _refuse_unknown(query, columns)
    query.setdefault(SIZE, str(ROWS_PER_PAGE))
    if not query.get(COLUMNS):
        query[COLUMNS] = ",".join(column.key for column in columns)
    try:
        roster = roster_for(call.user, asked(query), empty=Empty(""))
    except ValidationError as error:
        raise BadParameters({"unit": error.messages}) from error
    if not roster.filter.is_valid():
        raise BadParameters(roster.filter.form.errors)
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


def fields(user: "User") -> list[Field]:
    """The columns that `user` may see."""
    return [Field("id", gettext_lazy("Key of the growth file"), "string", "uuid"), *map(_field, roster_columns(user))]


def _field(column: Column[Trainee]) -> Field:
    kind = ("integer", "null") if column.key in INTEGERS else ("string", "null")
    return Field(column.key, column.label, kind, "date" if column.key in DAYS else "")


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


def _choices(name: str) -> Callable[[], Sequence[tuple[str, Any]]] | None:
    """What a condition can be, as the list offers it; none where anything is typed."""
    given = RosterFilter.base_filters[name].extra.get("choices")
    if given is None or name in WITHOUT_CHOICES:
        return None
    return lambda: list(given() if callable(given) else given)


def _conditions() -> list[Parameter]:
    return [Parameter(name, _label(name), _choices(name)) for name in RosterFilter.base_filters]


def _label(name: str) -> "_StrPromise | str":
    if name == "unit":
        return gettext_lazy("Key of a unit, with all units below it")
    label: _StrPromise | str = RosterFilter.base_filters[name].label
    return label


def announce() -> None:
    """Called once, when the app is ready."""
    listed = (
        Parameter(COLUMNS, gettext_lazy("Fields, set apart by commas; all of them unless some are named")),
        Parameter(SORT, gettext_lazy("Order by a field, “-” before it turns it round")),
        Parameter(SIZE, gettext_lazy("Rows of an answer"), lambda: [(str(size), "") for size in PAGE_SIZES]),
        Parameter(AFTER, gettext_lazy("The place to go on after, as “next” of the answer before names it")),
    )
    api_resources.register(
        "people",
        Resource(
            path="people",
            label=gettext_lazy("People"),
            text=gettext_lazy("The roster as this account sees it, with the conditions of the page."),
            answer=people,
            fields=fields,
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
            fields=fields,
            verb="people.trainee.read_by_program",
            many=False,
        ),
    )
