"""The demand board as a workbook."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.core.tables import Column, Empty, Table, asked
from cadre_app.training.filters.demand import groups_asked
from cadre_app.training.lists.demand import POSTS, Group
from cadre_app.training.models import Course, CourseKind

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

EXPORT = "training.demand"


class DemandTable(Table[Any]):
    """The groups as a workbook."""

    def __init__(self, request: HttpRequest, groups: Iterable[Group]) -> None:
        super().__init__(request, Course.objects.none(), COLUMNS, name="demand", empty=Empty(""))
        self.groups = list(groups)

    def export_rows(self) -> Iterator[list[Any]]:
        yield [str(column.label) for column in self.columns]
        for group in self.groups:
            yield [column.value(group) for column in self.columns]


def demand_table(user: "User", query: QueryDict) -> Table[Any]:
    """The board with these URL parameters, as its export sees it.

    Raises ValidationError where one of them names nothing that can be chosen.
    """
    kinds = groups_asked(query, user=user).kinds
    return DemandTable(asked(query), [group for kind in kinds for group in kind.groups])


def _at(key: str) -> Column[Any]:
    return Column(key, POSTS[key], lambda group: group.at.get(key, 0), numeric=True)


COLUMNS: tuple[Column[Any], ...] = (
    Column("kind", gettext_lazy("Kind of course"), lambda group: str(CourseKind(group.kind).label)),
    Column("title", gettext_lazy("Course"), lambda group: group.title),
    Column("format", gettext_lazy("Format"), lambda group: group.format),
    Column("hours", gettext_lazy("Training hours"), lambda group: group.course.hours if group.course else None),
    Column("people", pgettext_lazy("demand", "People"), lambda group: group.people, numeric=True),
    *(_at(key) for key in POSTS),
    Column("earliest", gettext_lazy("First order"), lambda group: group.earliest),
    Column("state", gettext_lazy("State"), lambda group: group.mark[1]),
)
