"""What other rooms say when a paper is formed, and when it turns out that it was not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cadre_app.core.days import add_months
from cadre_app.handover.models import Material
from cadre_app.handover.policies import FILING_MONTHS
from cadre_app.history import services as history
from cadre_app.history.models import Entry

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.core.models import BaseModel
    from cadre_app.handover.models.materials import MaterialQuerySet
    from cadre_app.people.models import Trainee

STRUCK_OFF = "handover.material.struck_off"
CORRECTED = "handover.material.changed"
LONGEST = 100  # characters of a title


def due_day(formed_on: date) -> date:
    """The last day of the month within which a paper formed on `formed_on` is handed over (PRODUCT.md)."""
    return add_months(formed_on, FILING_MONTHS.on(formed_on))


def source_of(obj: "BaseModel", part: str = "") -> str:
    """How a paper names the record that it belongs to, and which of its papers it is."""
    return f"{obj._meta.label_lower}:{obj.pk}" + (f":{part}" if part else "")


@dataclass(frozen=True, kw_only=True)
class Formed:
    """A paper that was formed: of which record, about whom, its name as it stands on the list."""

    obj: "BaseModel"
    trainee: "Trainee"
    title: str


@transaction.atomic
def note_materials_many(
    formed: Iterable[Formed], *, kind: str, formed_on: date, actor: "User | None"
) -> list[Material]:
    """As `note_material`, for many papers of one day: two queries more than for none."""
    wanted = {source_of(one.obj): one for one in formed}
    standing = Material.objects.standing().filter(kind=kind, source__in=wanted)
    known = set(standing.values_list("source", flat=True))
    due_on = due_day(formed_on)
    rows = [
        Material(trainee=one.trainee, kind=kind, title=one.title, formed_on=formed_on, due_on=due_on, source=source)
        for source, one in wanted.items()
        if source not in known
    ]
    Material.objects.bulk_create(rows, batch_size=200)
    history.record_created_many(rows, actor=actor, verb="handover.material.noted")
    return rows


@transaction.atomic
def note_material(
    obj: "BaseModel",
    *,
    trainee: "Trainee",
    kind: str,
    title: str,
    formed_on: date,
    part: str = "",
    corrected_from: date | None = None,
    is_dated: bool = False,
    actor: "User | None",
) -> Material:
    """Put the paper of `obj` on the list, once: what stands there already stays, handed over or not.

    After a correction of the record, whose paper was formed on `corrected_from` before, the one that waits takes its new
    title and day (of another day than the record's own that of the document alone, `is_dated`), unless staff gave it another
    day; one that staff struck off stays away, corrected or restored.
    """
    source = source_of(obj, part)
    known = Material.objects.standing().filter(source=source, kind=kind).select_for_update().first()
    if known is not None:
        if corrected_from is None or not known.is_waiting:
            return known
        follows = known.formed_on == corrected_from or is_dated
        return _follow(known, title, formed_on if follows and not _dated_by_staff(known) else known.formed_on, actor)
    struck = _struck_off(source, kind)
    if struck is not None:
        return struck
    material = Material(
        trainee=trainee,
        kind=kind,
        title=title,
        formed_on=formed_on,
        due_on=due_day(formed_on),
        source=source,
    )
    with history.change(material, actor=actor, verb="handover.material.noted"):
        material.full_clean()
        material.save(force_insert=True)
    return material


@transaction.atomic
def retract_material(obj: "BaseModel", *, part: str = "", reason: str, actor: "User") -> int:
    """Void the papers of `obj` that still wait; how many. What was handed over lies in the archive and stays."""
    waiting = list(Material.objects.waiting().filter(source=source_of(obj, part)).select_for_update())
    for material in waiting:
        history.void(material, actor=actor, reason=reason)
    return len(waiting)


@transaction.atomic
def retract_papers(obj: "BaseModel", *, part: str = "", reason: str, actor: "User | None") -> None:
    """As `retract_material`, with the papers that tell of corrections."""
    for material in papers_of_part(obj, part).waiting().select_for_update(of=("self",)):
        history.void(material, actor=actor, reason=reason)


def note_further(known: Material, obj: "BaseModel", *, part: str = "", title: str, actor: "User | None") -> Material:
    """One more paper, formed today, after `known` was handed over: it tells the archive how `obj` reads now."""
    number = str(papers_of_part(obj, part).count())
    return note_material(
        obj,
        trainee=known.trainee,
        kind=known.kind,
        title=title[:LONGEST],
        formed_on=timezone.localdate(),
        part=f"{part}:{number}" if part else number,
        actor=actor,
    )


def last_handed_over(obj: "BaseModel", part: str = "") -> Material | None:
    """By the number of the paper: several of one day are handed over in the order in which they were formed."""
    first = source_of(obj, part)
    handed = papers_of_part(obj, part).standing().filter(handed_over_on__isnull=False).select_related("trainee")
    return max(handed, key=lambda paper: int(paper.source.removeprefix(first).lstrip(":") or 0), default=None)


def papers_of_part(obj: "BaseModel", part: str = "") -> "MaterialQuerySet":
    """The papers of one part with those that tell of its corrections, voided ones among them."""
    source = source_of(obj, part)
    return Material.objects.filter(Q(source=source) | Q(source__startswith=f"{source}:"))


def papers_of(obj: "BaseModel", trainee: "Trainee") -> "MaterialQuerySet":
    """The standing papers of `obj`, whichever part they are of."""
    return papers_of_part(obj).standing().filter(trainee=trainee)


def has_waited(obj: "BaseModel", part: str = "") -> bool:
    """Whether the last paper of `obj` waits, or was voided before it was handed over: no age lets it off the list."""
    last = last_paper(obj, part)
    return last is not None and last.handed_over_on is None


def last_paper(obj: "BaseModel", part: str = "") -> Material | None:
    """Whether it waits, was handed over or voided; not those that tell of a correction."""
    return Material.objects.filter(source=source_of(obj, part)).order_by("-created_at", "-pk").first()


def _follow(material: Material, title: str, formed_on: date, actor: "User | None") -> Material:
    """The remark stays."""
    with history.change(material, actor=actor, verb="handover.material.followed"):
        material.title = title
        if material.formed_on != formed_on:
            material.formed_on, material.due_on = formed_on, due_day(formed_on)
        material.full_clean()
        material.save()
    return material


def _dated_by_staff(material: Material) -> bool:
    corrected = Entry.objects.about(material).filter(verb=CORRECTED, after__has_key="formed_on")
    return corrected.exists()


def _struck_off(source: str, kind: str) -> Material | None:
    """The last paper of a record where staff voided it by hand."""
    last = Material.objects.filter(source=source, kind=kind).order_by("-created_at", "-pk").first()
    if last is None or not last.is_voided:
        return None
    voidings = Entry.objects.about(last).filter(verb__in=(STRUCK_OFF, "handover.material.voided"))
    said = voidings.order_by("-at", "-pk").first()
    return last if said is not None and said.verb == STRUCK_OFF else None
