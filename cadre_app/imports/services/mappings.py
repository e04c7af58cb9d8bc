"""列对应 kept, found again by the headings of a file, renamed, removed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import count
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


FEWEST_SHARED = 2
LONGEST_BASE = 54


def mapping_for(user: "User", sheet: str, rows: Iterable[Iterable[str]]) -> ColumnMapping | None:
    """What is kept for a file one of whose `rows` has just these headings; the highest unit first, one query."""
    signatures = {intake.signature(marks) for marks in rows}
    kept = ColumnMapping.objects.visible_to(user).standing().filter(sheet=sheet, signature__in=signatures)
    return kept.order_by(Length("unit__path"), "pk").first()


def nearest_mapping(user: "User", sheet: str, marks: Sequence[str]) -> ColumnMapping | None:
    """What is kept for headings of which most are among `marks`, those of another year too; one query."""
    kept = ColumnMapping.objects.visible_to(user).standing().filter(sheet=sheet).order_by(Length("unit__path"), "pk")
    shared = [(len([key for key in known_of(mapping, marks).values() if key]), mapping) for mapping in kept]
    most, nearest = max(shared, key=lambda each: each[0], default=(0, None))
    return nearest if most >= FEWEST_SHARED else None


def known_of(mapping: ColumnMapping, marks: Sequence[str]) -> dict[str, str]:
    """Of these headings those that `mapping` knows, with their columns: as they stand, else as those of another year; none of
    those that it does not tell apart.
    """
    doubtful = unlike_in_year(mapping, marks)
    known = {mark: mapping.columns[mark] for mark in marks if mark in mapping.columns and mark not in doubtful}
    of_years: defaultdict[str, set[str]] = defaultdict(set)
    for mark, key in mapping.columns.items():
        of_years[intake.without_year(mark)].add(key)
    for mark in marks:
        keys = of_years.get(intake.without_year(mark), set())
        if mark in known or mark in doubtful or len(keys) != 1:
            continue
        [key] = keys
        if not key or key not in known.values():
            known[mark] = key
    return known


def unlike_in_year(mapping: ColumnMapping, marks: Sequence[str]) -> list[str]:
    """Headings that differ in nothing but the year, where `mapping` knows some of that name but not just these: which one is
    meant changes from year to year.
    """
    if set(marks) == set(mapping.columns):
        return []
    names = Counter(intake.without_year(mark) for mark in marks)
    of_years = {intake.without_year(mark) for mark in mapping.columns}
    alike = [mark for mark in marks if names[intake.without_year(mark)] > 1]
    return [mark for mark in alike if mark != intake.without_year(mark) and intake.without_year(mark) in of_years]


def free_name(mapping: ColumnMapping, user: "User") -> str:
    """Under which columns like those of `mapping` can be kept beside it: its name, and which one of them it is."""
    kept = ColumnMapping.objects.visible_to(user).standing().filter(sheet=mapping.sheet)
    taken = set(kept.values_list("name", flat=True))
    base = mapping.name[:LONGEST_BASE].rstrip()
    return next(name for number in count(2) if (name := f"{base} {number}") not in taken)


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
