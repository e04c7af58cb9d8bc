"""Changes of the unit tree; every one takes the lock of the tree and re-reads the units that it touches."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max, Q, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.core.models import Stale
from cadre_app.history import services as history
from cadre_app.org.models import Unit
from cadre_app.org.tree import LEVELS, lock_tree, path_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

NAMED_IN_MESSAGE = 5


@transaction.atomic
def create_unit(
    *,
    name: str,
    kind: str,
    parent: Unit | None,
    opened_on: date,
    actor: "User | None",
    short_name: str = "",
    order: int = 0,
) -> Unit:
    """Add a unit under `parent` (None: a new top).

    Raises ValidationError for a closed or voided parent, a name taken there, or more than eight levels.
    """
    lock_tree()
    parent = _fresh_parent(parent)
    serial = (Unit.objects.aggregate(last=Max("serial"))["last"] or 0) + 1
    unit = Unit(name=name, short_name=short_name, kind=kind, parent=parent, order=order, serial=serial)
    unit.opened_on = opened_on
    unit.depth = depth_under(parent)
    unit.path = path_of(parent, order, serial)
    _check_name(unit)
    with history.change(unit, actor=actor, verb="org.unit.created"):
        unit.full_clean()
        unit.save()
    return unit


@transaction.atomic
def change_unit(
    unit: Unit, *, name: str, short_name: str, kind: str, order: int, opened_on: date, version: int, actor: "User"
) -> Unit:
    """Change what is written about a unit; a new official order moves everything below along.

    Raises Stale for an old `version`, ValidationError if the name is taken beside it.
    """
    lock_tree()
    unit = Unit.objects.lock(unit.pk, version)
    old_path = unit.path
    with history.change(unit, actor=actor, verb="org.unit.changed"):
        unit.name, unit.short_name, unit.kind = name, short_name, kind
        unit.order, unit.opened_on = order, opened_on
        unit.path = path_of(unit.parent, order, unit.serial)
        _check_name(unit)
        _save(unit)
    _carry_descendants(old_path, unit.path, 0)
    return unit


@transaction.atomic
def move_unit(unit: Unit, *, parent: Unit, version: int, actor: "User", reason: str = "") -> Unit:
    """Put a unit with everything below it under another one.

    Raises Stale for an old `version`; ValidationError on `parent` if that is the unit itself, below it, closed,
    voided or too deep; on `name` if the name is taken there.
    """
    lock_tree()
    unit = Unit.objects.lock(unit.pk, version)
    target = _fresh_parent(parent)
    if unit.parent_id is None:
        raise _refusal("parent", _("The unit at the top of the tree stays where it is."), code="top")
    if target is None or target.path in unit.range:
        raise _refusal("parent", _("A unit cannot be placed under itself or a unit below it."), code="cycle")
    old_path, step = unit.path, depth_under(target) - unit.depth
    deepest = Unit.objects.within((unit.range,)).aggregate(deepest=Max("depth"))["deepest"]
    _check_levels(deepest + step)
    with history.change(unit, actor=actor, verb="org.unit.moved", reason=reason):
        unit.parent, unit.depth = target, unit.depth + step
        unit.path = path_of(target, unit.order, unit.serial)
        _check_name(unit)
        _save(unit)
    _carry_descendants(old_path, unit.path, step)
    return unit


@transaction.atomic
def close_unit(unit: Unit, *, closed_on: date, reason: str, version: int, actor: "User") -> Unit:
    """Close a unit from `closed_on` (local date, the first day on which it no longer works).

    Raises Stale for an old `version`; ValidationError naming the units below that would stay open.
    """
    lock_tree()
    unit = Unit.objects.lock(unit.pk, version)
    if unit.closed_on is not None:
        raise ValidationError(_("This unit is already closed."), code="already_closed")
    if closed_on < unit.opened_on:
        raise _refusal("closed_on", _("A unit cannot close before it opened."), code="before_opening")
    longer = Q(closed_on=None) | Q(closed_on__gt=closed_on)
    _refuse_children(unit, longer, _("Close these units below it first: %(names)s"))
    with history.change(unit, actor=actor, verb="org.unit.closed", reason=reason):
        unit.closed_on = closed_on
        _save(unit)
    return unit


@transaction.atomic
def reopen_unit(unit: Unit, *, reason: str, version: int, actor: "User") -> Unit:
    """Take a closing back; raises Stale for an old `version`, ValidationError under a closed or voided parent."""
    lock_tree()
    unit = Unit.objects.lock(unit.pk, version)
    if unit.closed_on is None:
        raise ValidationError(_("This unit is not closed."), code="not_closed")
    check_parent_stands(unit.parent)
    with history.change(unit, actor=actor, verb="org.unit.reopened", reason=reason):
        unit.closed_on = None
        _save(unit)
    return unit


@transaction.atomic
def void_unit(unit: Unit, *, reason: str, version: int, actor: "User") -> Unit:
    """Void a unit entered by mistake; raises ValidationError naming units that still stand below it."""
    lock_tree()
    unit = Unit.objects.lock(unit.pk, version)
    _refuse_children(unit, Q(), _("Move or void these units below it first: %(names)s"))
    history.void(unit, actor=actor, reason=reason, version=version)
    return Unit.objects.get(pk=unit.pk)


@transaction.atomic
def restore_unit(unit: Unit, *, version: int, actor: "User", reason: str = "") -> Unit:
    """Undo `void_unit`; raises ValidationError if its parent is voided or closed, or its name taken meanwhile."""
    lock_tree()
    unit = Unit.objects.lock(unit.pk, version)
    check_parent_stands(unit.parent, may_be_closed=unit.closed_on is not None)
    _check_name(unit)
    history.restore(unit, actor=actor, reason=reason, version=version)
    return Unit.objects.get(pk=unit.pk)


@transaction.atomic
def reorder_units(parent: Unit, *, version: int, actor: "User", **orders: int) -> Unit:
    """Set the official order of all standing units directly below `parent` at once, named as `order_field` says.

    `version` is that of `siblings_state`: raises Stale if one of them changed, came or went meanwhile.
    """
    lock_tree()
    children = list(Unit.objects.standing().filter(parent=parent).select_for_update(of=("self",)))
    state = siblings_state(parent, children)
    if state.version != version or {order_field(child.pk) for child in children} != set(orders):
        raise Stale(state)
    for child in children:
        order, old_path = orders[order_field(child.pk)], child.path
        if child.order == order:
            continue
        with history.change(child, actor=actor, verb="org.unit.reordered"):
            child.order = order
            child.path = path_of(parent, child.order, child.serial)
            _save(child)
        _carry_descendants(old_path, child.path, 0)
    return parent


def siblings_state(parent: Unit, children: list[Unit]) -> Unit:
    """An unsaved stand-in for `parent` whose version is the sum of its children's and that knows each one's order.

    For one set of children the sum grows with every change, so it serves as the version of the whole order.
    """
    state = Unit(pk=parent.pk, name=parent.name, version=sum(child.version for child in children))
    for child in children:
        setattr(state, order_field(child.pk), child.order)
    return state


def order_field(pk: UUID) -> str:
    """The name of the field that holds the order of one child in the form for all of them."""
    return f"order_{pk.hex}"


def _refusal(field: str, message: str, *, code: str) -> ValidationError:
    """An error that stands beside `field`."""
    return ValidationError({field: ValidationError(message, code=code)})


def _fresh_parent(parent: Unit | None) -> Unit | None:
    if parent is None:
        return None
    fresh = Unit.objects.lock(parent.pk)
    check_parent_stands(fresh)
    return fresh


def check_parent_stands(parent: Unit | None, *, may_be_closed: bool = False) -> None:
    """Raises ValidationError on `parent` where nothing may be put under it."""
    if parent is not None and parent.is_voided:
        raise _refusal("parent", _("The superior unit is voided."), code="voided_parent")
    if parent is not None and parent.closed_on is not None and not may_be_closed:
        raise _refusal("parent", _("The superior unit is closed."), code="closed_parent")


def depth_under(parent: Unit | None) -> int:
    """The level of what stands under `parent`; raises ValidationError beyond the last one."""
    depth = parent.depth + 1 if parent is not None else 0
    _check_levels(depth)
    return depth


def _check_levels(depth: int) -> None:
    if depth >= LEVELS:
        message = _("The tree has at most %(levels)s levels.") % {"levels": LEVELS}
        raise _refusal("parent", message, code="too_deep")


def _check_name(unit: Unit) -> None:
    same = Unit.objects.standing().filter(parent=unit.parent, name=unit.name).exclude(pk=unit.pk)
    if same.exists():
        message = _("The superior unit already has a unit of this name.")
        raise _refusal("name", message, code="name_taken")


def _refuse_children(unit: Unit, condition: Q, message: str) -> None:
    names = list(unit.children.standing().filter(condition).values_list("name", flat=True)[: NAMED_IN_MESSAGE + 1])
    if names:
        more = "…" if len(names) > NAMED_IN_MESSAGE else ""
        shown = _(", ").join(names[:NAMED_IN_MESSAGE]) + more
        raise ValidationError(message % {"names": shown}, code="units_below")


def _carry_descendants(old_path: str, new_path: str, step: int) -> None:
    """Rewrite the paths of everything below in one statement; derived values, so no version and no history."""
    if old_path == new_path:
        return
    Unit.objects.filter(path__startswith=old_path).update(
        path=Concat(Value(new_path), Substr("path", len(old_path) + 1)),
        depth=F("depth") + step,
        updated_at=timezone.now(),
    )


def _save(unit: Unit) -> None:
    unit.full_clean()
    unit.save()
