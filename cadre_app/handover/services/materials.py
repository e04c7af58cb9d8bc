"""材料归档清单: papers entered by hand, handed over and signed for, one or many."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.core.fields import seen
from cadre_app.handover.models import Material
from cadre_app.handover.permissions import keeps_materials_of
from cadre_app.handover.services.hand_overs import keep_hand_over, strike_line
from cadre_app.handover.services.notes import due_day
from cadre_app.history import services as history
from cadre_app.people.models import Trainee
from cadre_app.people.services.checks import clean, refusal, refuse_before, refuse_future, refuse_standing

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Person

MOST = 500
# As papers lie on the sheet that both sides sign: by unit, then by the last day.
SHEET_ORDER = ("trainee__home_unit__path", "due_on", "pk")
EARLIEST_YEAR = 1950


@transaction.atomic
def add_material(
    *, person: "Person", kind: str, title: str, formed_on: date, remark: str = "", actor: "User"
) -> Material:
    """A paper of somebody with a file in the scope of `actor`, also of somebody who left. Raises ValidationError by field."""
    trainee = Trainee.objects.filter(person=person.pk, voided_at=None).select_related("home_unit").first()
    if trainee is None or not keeps_materials_of(actor, trainee):
        raise refusal("person", _("Choose somebody whose growth file you keep."), code="not_kept")
    _check_formed(formed_on)
    material = Material(
        trainee=trainee, kind=kind, title=_seen(title), formed_on=formed_on, due_on=due_day(formed_on), remark=remark
    )
    with history.change(material, actor=actor, verb="handover.material.added"):
        clean(material)
        material.save(force_insert=True)
    return material


@transaction.atomic
def change_material(
    material: Material,
    *,
    kind: str,
    title: str,
    formed_on: date,
    remark: str = "",
    version: int | None = None,
    actor: "User",
) -> Material:
    """Correct what was entered; another day of forming moves the last day. Raises Stale, or ValidationError by field."""
    material = _lock(material, version)
    _check_formed(formed_on)
    if material.source and kind != material.kind:
        raise refusal("kind", _("This paper comes from a record and keeps its kind."), code="from_a_record")
    with history.change(material, actor=actor, verb="handover.material.changed"):
        if formed_on != material.formed_on:
            material.due_on = due_day(formed_on)
        material.kind, material.title, material.formed_on, material.remark = kind, _seen(title), formed_on, remark
        clean(material)
        material.save()
    return material


@transaction.atomic
def hand_over(
    material: Material, *, handed_over_on: date, received_by: str, version: int | None = None, actor: "User"
) -> Material:
    """移交 The paper went to the keepers of the archive, who signed for it. Raises Stale, or ValidationError by field."""
    material = _lock(material, version)
    if material.handed_over_on is not None:
        raise ValidationError(_("This paper was handed over already."), code="handed_over")
    _hand_over([material], handed_over_on, received_by, actor)
    return material


@transaction.atomic
def hand_over_many(keys: Iterable[UUID], *, handed_over_on: date, received_by: str, actor: "User") -> list[Material]:
    """移交 Hand over what still waits of `keys` (already narrowed to what `actor` works on), in one go.

    Raises ValidationError where nothing waits any more, or by field for a day before one of them was formed.
    """
    rows = Material.objects.waiting().filter(pk__in=list(keys)).select_related("trainee__person", "trainee__home_unit")
    waiting = list(rows.select_for_update(of=("self",)).order_by(*SHEET_ORDER)[:MOST])
    if not waiting:
        raise ValidationError(_("Nothing is left: these papers were handed over already."), code="nothing")
    latest = max(waiting, key=lambda material: material.formed_on)
    too_early = _("“%(title)s” of %(name)s was formed after this day.")
    known = {"title": latest.title, "name": latest.trainee.person.name}
    refuse_before("handed_over_on", handed_over_on, latest.formed_on, too_early % known)
    _hand_over(waiting, handed_over_on, received_by, actor)
    return waiting


@transaction.atomic
def take_back(material: Material, *, reason: str, version: int | None = None, actor: "User") -> Material:
    """The hand-over was entered by mistake: the paper waits again. Raises Stale, ValidationError."""
    material = _lock(material, version)
    if material.handed_over_on is None:
        raise ValidationError(_("This paper was not handed over yet."), code="waiting")
    with history.change(material, actor=actor, verb="handover.material.taken_back", reason=reason):
        material.handed_over_on, material.received_by = None, ""
        clean(material)
        material.save()
    strike_line(material, reason=reason, actor=actor)
    return material


@transaction.atomic
def void_material(material: Material, *, reason: str, version: int | None = None, actor: "User") -> Material:
    """Void a paper entered by mistake; that of a record does not come back by itself. Raises Stale, ValidationError."""
    material = _lock(material, version)
    if not material.source:
        history.void(material, actor=actor, reason=reason)
        return Material.objects.get(pk=material.pk)
    with history.change(material, actor=actor, verb="handover.material.struck_off", reason=reason):
        material.voided_at = timezone.now()
        material.save()
    return Material.objects.get(pk=material.pk)


@transaction.atomic
def restore_material(material: Material, *, reason: str = "", version: int | None = None, actor: "User") -> Material:
    """Undo `void_material`. Raises Stale, ValidationError."""
    material = Material.objects.lock(material.pk, version)
    refuse_standing(material)
    if material.source and _stands(material):
        raise ValidationError(_("This paper is on the list already."), code="double")
    history.restore(material, actor=actor, reason=reason)
    return Material.objects.get(pk=material.pk)


def _seen(text: str) -> str:
    """Without characters that nobody sees: a title or a signature of these alone is none."""
    return seen(text).strip()


def _stands(material: Material) -> bool:
    return Material.objects.standing().filter(source=material.source, kind=material.kind).exists()


def _hand_over(waiting: list[Material], handed_over_on: date, received_by: str, actor: "User") -> None:
    refuse_future("handed_over_on", handed_over_on)
    for material in waiting:
        with history.change(material, actor=actor, verb="handover.material.handed_over"):
            material.handed_over_on, material.received_by = handed_over_on, _seen(received_by)
            clean(material)
            material.save()
    keep_hand_over(waiting, handed_over_on=handed_over_on, received_by=_seen(received_by), actor=actor)


def _check_formed(formed_on: date) -> None:
    refuse_future("formed_on", formed_on)
    refuse_before("formed_on", formed_on, date(EARLIEST_YEAR, 1, 1), _("Check the year."))


def _lock(material: Material, version: int | None) -> Material:
    """Raises Stale, or ValidationError for a voided paper."""
    material = Material.objects.lock(material.pk, version)
    if material.is_voided:
        raise ValidationError(_("This entry was voided: it can be read, no longer changed."), code="voided")
    return material
