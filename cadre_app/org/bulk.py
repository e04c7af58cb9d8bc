"""Many units at once, for imports: one lock of the tree, one validation, one history in bulk."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ForeignObjectRel, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.history import services as history
from cadre_app.org.models import Unit
from cadre_app.org.services import check_parent_stands, depth_under
from cadre_app.org.tree import lock_tree, path_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

Progress = Callable[[int, int], None]
BATCH = 1_000
CHANGEABLE = ("short_name", "kind", "order", "opened_on")
EXCLUDED = ("parent", "serial", "path")


@transaction.atomic
def create_units_many(units: Sequence[Unit], *, actor: "User", progress: Progress | None = None) -> list[Unit]:
    """Add unsaved `units` (name, kind, parent, order, opened_on set); a parent stands before what is below it.

    Raises ValidationError as `create_unit`, naming the unit; IntegrityError when a name is taken.
    """
    lock_tree()
    mine = {unit.pk: unit for unit in units}
    above = {unit.parent_id for unit in units if unit.parent_id is not None and unit.parent_id not in mine}
    parents = {
        unit.pk: unit for unit in Unit.objects.select_for_update(of=("self",)).filter(pk__in=above).order_by("pk")
    }
    for parent in parents.values():
        check_parent_stands(parent)
    serial = Unit.objects.aggregate(last=Max("serial"))["last"] or 0
    for done, unit in enumerate(units, start=1):
        parent = mine.get(unit.parent_id) or parents[unit.parent_id]  # type: ignore[index,arg-type]  # never a top
        unit.serial = serial + done
        unit.depth = depth_under(parent)
        unit.path = path_of(parent, unit.order, unit.serial)
        _clean(unit)
        if progress is not None and done % BATCH == 0:
            progress(done, len(units))
    Unit.objects.bulk_create(units, batch_size=BATCH)
    history.record_created_many(units, actor=actor, verb="org.unit.created")
    return list(units)


@transaction.atomic
def change_units_many(
    changes: Mapping[UUID, Mapping[str, Any]], *, actor: "User", verb: str = "org.unit.changed", reason: str = ""
) -> list[Unit]:
    """Set fields (of CHANGEABLE) of units by key; a new official order moves everything below along.

    Raises ValidationError for values that a unit cannot have, naming the unit.
    """
    lock_tree()
    locked = list(Unit.objects.select_for_update(of=("self",)).filter(pk__in=list(changes)).order_by("pk"))
    moved = [unit.path for unit in locked if changes[unit.pk].get("order", unit.order) != unit.order]
    with history.changes_many(locked, actor=actor, verb=verb, reason=reason) as units:
        for unit in units:
            for name in CHANGEABLE:
                setattr(unit, name, changes[unit.pk].get(name, getattr(unit, name)))
            _clean(unit)
        Unit.objects.bulk_update(units, CHANGEABLE, batch_size=BATCH)
    _carry(moved)
    return units


@transaction.atomic
def void_units_many(keys: Iterable[UUID], *, actor: "User", reason: str) -> list[Unit]:
    """Void units with everything among them that stands below; raises ValidationError as `obstacles_to_void` names."""
    lock_tree()
    locked = list(Unit.objects.standing().select_for_update(of=("self",)).filter(pk__in=list(keys)).order_by("pk"))
    if obstacles := obstacles_to_void(locked):
        raise ValidationError(obstacles)
    now = timezone.now()
    with history.changes_many(locked, actor=actor, verb="org.unit.voided", reason=reason) as units:
        for unit in units:
            unit.voided_at = now
        Unit.objects.filter(pk__in=[unit.pk for unit in units]).update(voided_at=now)
    return units


def obstacles_to_void(units: Sequence[Unit]) -> list[str]:
    """In words, what stands in units or refers to them, so that they cannot be voided together."""
    names = {unit.pk: unit.name for unit in units}
    found = []
    below = Unit.objects.standing().filter(parent__in=names).exclude(pk__in=names).values_list("parent", "name")
    for parent, name in below[:BATCH]:
        found.append(_("%(unit)s: %(name)s stands below it.") % {"unit": names[parent], "name": name})  # type: ignore[index]
    counts: dict[UUID, int] = {}
    for relation in Unit._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.related_model in (Unit, "self"):
            continue
        model: Any = relation.related_model
        rows = model._base_manager.filter(**{f"{relation.field.name}__in": list(names)})
        if any(field.name == "voided_at" for field in model._meta.concrete_fields):
            rows = rows.filter(voided_at=None)
        for key in rows.values_list(relation.field.attname, flat=True):
            counts[key] = counts.get(key, 0) + 1
    for key, count in counts.items():
        text = ngettext("%(unit)s: %(count)s record belongs to it.", "%(unit)s: %(count)s records belong to it.", count)
        found.append(text % {"unit": names[key], "count": count})
    return found


def _clean(unit: Unit) -> None:
    """Field by field, with the unit's name: the database holds the rest."""
    try:
        unit.clean_fields(exclude=EXCLUDED)
    except ValidationError as error:
        told = {"unit": unit.name, "message": " ".join(error.messages)}
        raise ValidationError(_("%(unit)s: %(message)s"), params=told) from error


def _carry(paths: list[str]) -> None:
    """Rewrite the paths of units whose order changed (named by their old paths) and of everything below them."""
    if not paths:
        return
    tops: list[str] = []
    for path in sorted(paths):
        if not tops or not path.startswith(tops[-1]):
            tops.append(path)
    touched: list[Unit] = []
    for top in tops:
        units = {unit.pk: unit for unit in Unit.objects.filter(path__startswith=top).select_related("parent")}
        for unit in sorted(units.values(), key=lambda unit: unit.depth):
            parent = units.get(unit.parent_id) or unit.parent  # type: ignore[arg-type]  # None finds nothing
            path = path_of(parent, unit.order, unit.serial)
            if path != unit.path:
                unit.path = path
                touched.append(unit)
    Unit.objects.bulk_update(touched, ["path"], batch_size=BATCH)
