"""限定知悉 the restricted text of a symposium or a visit: written, its readers named, each reading on record first."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cadre_app.care.models import CareVisit, Symposium
from cadre_app.care.services.checks import workers_for, workers_on
from cadre_app.care.services.symposiums import lock_symposium
from cadre_app.care.services.visits import lock_visit
from cadre_app.history import services as history
from cadre_app.people.services.checks import refusal

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

N = TypeVar("N", Symposium, CareVisit)


@transaction.atomic
def write_note(owner: N, *, note: str, version: int | None = None, actor: "User") -> N:
    """Write the restricted text anew; whoever writes it first is its author. Raises Stale, ValidationError."""
    locked = _lock(owner, version)
    verb = "care.symposium.text_written" if isinstance(locked, Symposium) else "care.carevisit.text_written"
    with history.change(locked, actor=actor, verb=verb):
        locked.note, locked.has_note = note, bool(note)
        locked.recorded_by = locked.recorded_by or actor
        locked.save()
    return locked


@transaction.atomic
def name_readers(owner: N, *, readers: "Iterable[User]" = (), version: int | None = None, actor: "User") -> N:
    """Say who else may read it; nobody is one way to say it. Raises Stale, ValidationError."""
    locked = _lock(owner, version)
    chosen = list(readers)
    wanted = {reader.pk for reader in chosen}
    if wanted - set(readers_for(locked).filter(pk__in=wanted).values_list("pk", flat=True)):
        message = _("Choose staff or a leader of this unit; nobody whom it is about, and no declared relative.")
        raise refusal("readers", message, code="not_a_worker")
    locked.readers.set(chosen)
    verb = "care.symposium.readers_named" if isinstance(locked, Symposium) else "care.carevisit.readers_named"
    history.record(verb, actor=actor, obj=locked, after={"readers": [one.display_name for one in chosen] or ""})
    type(locked).objects.filter(pk=locked.pk).update(version=F("version") + 1)
    locked.version += 1
    return locked


def read_note(owner: Symposium | CareVisit, *, actor: "User", reason: str = "") -> str:
    """The restricted text, once the reading is on record (committed); call it outside a transaction."""
    if isinstance(owner, Symposium):
        verb = "care.symposium.revealed" if reason else "care.symposium.read"
    else:
        verb = "care.carevisit.revealed" if reason else "care.carevisit.read"
    history.record_reading(verb, actor=actor, obj=owner, reason=reason)
    return type(owner).objects.only("note").get(pk=owner.pk).note


def reveal_note(owner: Symposium | CareVisit, *, reason: str, actor: "User") -> str:
    """As `read_note`, with the reason of a leader. Raises ValidationError without one."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why you open it.")}, code="no_reason")
    return read_note(owner, actor=actor, reason=reason.strip())


def readers_for(owner: Symposium | CareVisit) -> "QuerySet[User]":
    """Staff and leaders who may be named: nobody on the list, not the person visited, and no relative of theirs."""
    if isinstance(owner, CareVisit):
        return workers_for(owner.trainee)
    invited = owner.invitations.standing().values("trainee__person")
    return workers_on(owner.unit).exclude(person__in=invited)


def _lock(owner: N, version: int | None) -> N:
    """The locked symposium or visit that took place. Raises Stale, ValidationError."""
    locked = lock_symposium(owner, version) if isinstance(owner, Symposium) else lock_visit(owner, version)
    if not locked.has_taken_place:
        raise ValidationError(_("It is written once this has taken place."), code="not_held")
    return locked
