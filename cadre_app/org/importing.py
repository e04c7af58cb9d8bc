"""The sheet of units: what its rows mean in the tree, writing them, and taking them back."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.importing import Applied, ImportColumn, ImportRow, ImportSheet, Progress
from cadre_app.core.roles import Role
from cadre_app.org import bulk
from cadre_app.org.models import Unit, UnitKind
from cadre_app.org.placing import LEVEL, OPENED, ORDER, PARENT, place_rows
from cadre_app.org.tree import lock_tree

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

CHANGED = ("short_name", "kind", "order", "opened_on")


def columns() -> list[ImportColumn]:
    """The columns of the template, in their order."""
    return [
        ImportColumn(
            key="name",
            label=gettext_lazy("Name of the unit"),
            required=True,
            longest=80,
            width=24,
            synonyms=("单位名称", "单位", "名称", "机构名称", "单位全称"),
            example="梧头村",
        ),
        ImportColumn(
            key="short_name",
            label=gettext_lazy("Short name"),
            longest=30,
            synonyms=("简称", "单位简称"),
            help=gettext_lazy("Used where space is narrow."),
            example="梧头",
        ),
        ImportColumn(
            key="kind",
            label=gettext_lazy("Kind of unit"),
            required=True,
            kind="choice",
            choices=lambda: UnitKind.choices,
            synonyms=("类别", "单位类别", "单位类型", "类型"),
            example="村",
        ),
        ImportColumn(
            key="parent",
            label=gettext_lazy("Superior unit"),
            longest=200,
            width=28,
            synonyms=("上级单位", "上级", "隶属单位", "主管单位", "所属乡镇"),
            help=gettext_lazy("Its name, or its path if several are called so (梧岭镇/梧头村). Empty: your own unit."),
            example="梧岭镇",
        ),
        ImportColumn(
            key="order",
            label=gettext_lazy("Official order"),
            kind="int",
            synonyms=("排序号", "序号", "顺序", "排序", "机构顺序"),
            help=gettext_lazy("Empty: after the units that are there, in the order of the file."),
            example="1",
        ),
        ImportColumn(
            key="opened_on",
            label=gettext_lazy("Opened on"),
            kind="date",
            synonyms=("成立日期", "设立日期", "成立时间", "启用日期"),
            help=gettext_lazy("Empty: as the superior unit."),
            example="1990.01.01",
        ),
    ]


def examples() -> list[dict[str, str]]:
    """Rows that show how superior units are written."""
    return [
        {"name": "梧岭镇", "kind": "镇", "order": "4", "opened_on": "1990.01.01"},
        {"name": "梧头村", "short_name": "梧头", "kind": "村", "parent": "梧岭镇", "order": "1"},
        {"name": "茶亭村", "short_name": "茶亭", "kind": "村", "parent": "望屿区/梧岭镇", "order": "2"},
    ]


def may_import(user: "User") -> bool:
    """Staff, below the units that they hold."""
    return user.has_role(Role.STAFF)


def check(rows: list[ImportRow], actor: "User", progress: Progress) -> None:
    """Find each row's place and what it would change; two queries, whatever the number of rows."""
    units = place_rows(rows, actor, progress)
    for row in rows:
        unit = units.get(row.target) if row.target is not None else None
        if unit is not None:
            row.changes = _changes(row, unit)
            row.action = "update" if row.changes else "same"


def apply(rows: list[ImportRow], actor: "User", progress: Progress) -> list[Applied]:
    """Add and change units. Raises ValidationError or IntegrityError when the tree has changed meanwhile."""
    total = len(rows)
    new = sorted((row for row in rows if row.target is None), key=lambda row: (row.values[LEVEL], row.number))
    made: dict[int, Unit] = {}
    for row in new:
        parent = row.values[PARENT]
        unit = Unit(name=row.values["name"], kind=row.values["kind"], short_name=row.get("short_name", ""))
        unit.order, unit.opened_on = row.get("order", row.get(ORDER)), row.get("opened_on", row.get(OPENED))
        unit.parent_id = made[parent].pk if isinstance(parent, int) else parent
        made[row.number] = unit
    bulk.create_units_many(list(made.values()), actor=actor, progress=progress)
    done = [_applied(number, unit, created=True) for number, unit in made.items()]
    progress(len(done), total)
    changed = {row.target: row for row in rows if row.target is not None}
    return done + _change(changed, actor) if changed else done


def undo(applied: list[Applied], actor: "User", reason: str) -> list[str]:
    """Void what was added and give the others their former values; returns what stands against it."""
    lock_tree()
    rows = Unit.objects.select_for_update(of=("self",)).select_related("parent")
    units = {unit.pk: unit for unit in rows.filter(pk__in=[each.object_id for each in applied]).order_by("pk")}
    obstacles = []
    for each in applied:
        unit = units[each.object_id]
        if unit.is_voided or unit.version != each.undo["version"]:
            obstacles.append(_("%(unit)s: somebody has changed it since.") % {"unit": unit.name})
        elif not actor.holds(unit.parent or unit, Role.STAFF):
            obstacles.append(_("%(unit)s: it is no longer in your scope.") % {"unit": unit.name})
    created = [units[each.object_id] for each in applied if each.created]
    obstacles += bulk.obstacles_to_void(created)
    if obstacles:
        return obstacles
    before = {each.object_id: _parsed(each.undo["before"]) for each in applied if not each.created}
    bulk.change_units_many(before, actor=actor, reason=reason)
    bulk.void_units_many([unit.pk for unit in created], actor=actor, reason=reason)
    return []


def _change(rows: "dict[UUID, ImportRow]", actor: "User") -> list[Applied]:
    former = {unit.pk: {name: getattr(unit, name) for name in CHANGED} for unit in Unit.objects.filter(pk__in=rows)}
    wanted = {key: {name: row.values[name] for name in CHANGED if name in row.values} for key, row in rows.items()}
    changed = bulk.change_units_many(wanted, actor=actor)
    return [_applied(rows[unit.pk].number, unit, created=False, before=former[unit.pk]) for unit in changed]


def _applied(number: int, unit: Unit, *, created: bool, before: "dict[str, Any] | None" = None) -> Applied:
    undo: dict[str, Any] = {"version": unit.version}
    if before is not None:
        undo["before"] = before | {"opened_on": before["opened_on"].isoformat()}
    return Applied(row_number=number, label=unit.name, object_id=unit.pk, created=created, undo=undo)


def _parsed(before: dict[str, Any]) -> dict[str, Any]:
    return before | {"opened_on": date.fromisoformat(before["opened_on"])}


def _changes(row: ImportRow, unit: Unit) -> list[tuple[str, str, str]]:
    """What differs, in words; an empty cell changes nothing."""
    labels = {column.key: str(column.label) for column in columns()}
    found = []
    for name in CHANGED:
        if name in row.values and row.values[name] != getattr(unit, name):
            before, after = _shown(name, getattr(unit, name)), _shown(name, row.values[name])
            found.append((labels[name], before, after))
    return found


def _shown(name: str, value: Any) -> str:
    if isinstance(value, date):
        return date_format(value)
    return str(UnitKind(value).label) if name == "kind" else str(value)


SHEET = ImportSheet(
    key="units",
    label=gettext_lazy("Units"),
    order=10,
    columns=columns,
    may_import=may_import,
    check=check,
    apply=apply,
    undo=undo,
    help=gettext_lazy("Departments, towns and villages with their place in the unit tree. Begin here."),
    examples=examples,
    list_url_name="org:unit_list",
)
