"""列对应 kept, found again by the headings of a file, renamed, removed."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from cadre_app.core.roles import Role
from cadre_app.history import services as history
from cadre_app.imports import intake
from cadre_app.imports.models import Batch, ColumnMapping
from cadre_app.org.models import Unit
from cadre_app.people.services.checks import clean

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def mapping_for(user: "User", sheet: str, rows: Iterable[Iterable[str]]) -> ColumnMapping | None:
    """What is kept for a file one of whose `rows` has just these headings; the highest unit first, one query."""
    signatures = {intake.signature(marks) for marks in rows}
    kept = ColumnMapping.objects.visible_to(user).standing().filter(sheet=sheet, signature__in=signatures)
    return kept.order_by(Length("unit__path"), "pk").first()


@transaction.atomic
def keep_mapping(batch: Batch, *, name: str, actor: "User") -> ColumnMapping:
    """Keep the layout of `batch` under a name for the staff of one's topmost unit, in place of what is kept there for the
    same headings. Raises ValidationError by field.
    """
    unit, signature = _topmost_unit(actor), intake.signature(batch.layout)
    known = ColumnMapping.objects.standing().filter(unit=unit, sheet=batch.sheet, signature=signature)
    mapping = known.select_for_update(of=("self",)).first() or ColumnMapping(
        sheet=batch.sheet, unit=unit, signature=signature, kept_by=actor
    )
    with history.change(mapping, actor=actor, verb="imports.columnmapping.kept"):
        mapping.name, mapping.columns = name.strip(), batch.layout
        _clean_kept(mapping)
        mapping.save()
    return mapping


@transaction.atomic
def rename_mapping(mapping: ColumnMapping, *, name: str, version: int | None = None, actor: "User") -> ColumnMapping:
    """Another name. Raises Stale, ValidationError by field."""
    mapping = ColumnMapping.objects.lock(mapping.pk, version)
    _refuse_removed(mapping)
    with history.change(mapping, actor=actor, verb="imports.columnmapping.renamed"):
        mapping.name = name.strip()
        clean(mapping)
        mapping.save()
    return mapping


@transaction.atomic
def remove_mapping(mapping: ColumnMapping, *, version: int | None = None, actor: "User") -> ColumnMapping:
    """Files with its headings are asked about again. Raises Stale, ValidationError."""
    mapping = ColumnMapping.objects.lock(mapping.pk, version)
    _refuse_removed(mapping)
    history.void(mapping, actor=actor, reason="")
    return ColumnMapping.objects.get(pk=mapping.pk)


def _refuse_removed(mapping: ColumnMapping) -> None:
    if mapping.is_voided:
        raise ValidationError(_("This was removed meanwhile."), code="voided")


def _clean_kept(mapping: ColumnMapping) -> None:
    """As `clean`, with the refusal beside the field in which the name was typed."""
    try:
        clean(mapping)
    except ValidationError as error:
        raise ValidationError({"keep_as": [text for texts in error.message_dict.values() for text in texts]}) from error


def _topmost_unit(user: "User") -> Unit:
    """The highest unit of which `user` is staff."""
    units = Unit.objects.standing().within(user.unit_ranges(Role.STAFF)).order_by(Length("path"), "path")
    unit = units.first()
    if unit is None:
        raise ValidationError(_("Only department staff keep columns."), code="no_unit")
    return unit
