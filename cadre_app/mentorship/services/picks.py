"""What somebody picked among hand-overs, as they looked at it, and whether it is still so."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.core.roles import Role
from cadre_app.mentorship.handing_over import waiting_for
from cadre_app.mentorship.models import Pairing
from cadre_app.mentorship.services.waiting import RELATED, HandOver, hand_overs_for
from cadre_app.people.models import of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

MOST = 50
PICKS = "picks"


@dataclass(frozen=True)
class Pick:
    """A hand-over as somebody looked at it: `HandOver.key`."""

    pairing: UUID
    mentor: UUID


def parsed(text: str) -> Pick | None:
    """What a form sent; None for what is no key of a hand-over that can be confirmed."""
    pairing, _dot, mentor = text.partition(".")
    try:
        return Pick(UUID(pairing), UUID(mentor))
    except ValueError:
        return None


def hand_overs_of(picks: Iterable[Pick], *, actor: "User") -> list[HandOver]:
    """The hand-overs of these pairings as they stand now, in the scope of `actor`, in the order of the picks."""
    order = {pick.pairing: place for place, pick in enumerate(picks)}
    rows = waiting_for(actor).filter(pk__in=order).select_related(*RELATED)
    return hand_overs_for(sorted(rows, key=lambda row: order[row.pk]))


def still_as_shown(picks: Iterable[Pick], *, actor: "User") -> list[HandOver]:
    """Those of `picks` that can still be confirmed as they were looked at."""
    shown = {pick.pairing: pick.mentor for pick in picks}
    found = hand_overs_of(list(picks), actor=actor)
    return [each for each in found if each.successor is not None and each.successor.pk == shown[each.pairing.pk]]


def changed_since(picks: Iterable[Pick], found: dict[UUID, HandOver], *, actor: "User") -> list[ValidationError]:
    """What is no longer as it was shown, in words."""
    chosen = list(picks)
    missing = [pick.pairing for pick in chosen if pick.pairing not in found]
    scope = of_scope(actor, Role.STAFF, prefix="trainee__")
    rows = Pairing.objects.filter(scope, pk__in=missing).select_related("trainee__person", "mentor").in_bulk()
    told = []
    for pick in chosen:
        each = found.get(pick.pairing)
        text = _other_now(each, pick) if each is not None else _gone(rows.get(pick.pairing))
        if text:
            told.append(ValidationError(text, code="changed_since"))
    return told


def _other_now(each: HandOver, pick: Pick) -> str:
    name = each.pairing.trainee.person.name
    known = {"name": name, "mentor": each.pairing.mentor.name, "problem": each.suggestion.problem}
    if each.is_kept:
        text = _("%(name)s: %(mentor)s holds the office that counts and stays the mentor; nothing is handed over.")
        return text % known
    if each.successor is None:
        return _("%(name)s: %(problem)s") % known
    if each.successor.pk != pick.mentor:
        return _("%(name)s: somebody else holds the office now. Look at the hand-over again.") % known
    return ""


def _gone(pairing: Pairing | None) -> str:
    if pairing is None:
        return _("One of the pairings chosen is no longer in your scope.")
    known = {"name": pairing.trainee.person.name, "mentor": pairing.mentor.name}
    if pairing.is_voided:
        return _("%(name)s: the pairing with %(mentor)s was voided meanwhile.") % known
    if pairing.ended_on is not None:
        known["day"] = formats.date_format(pairing.ended_on)
        return _("%(name)s: the pairing with %(mentor)s ended on %(day)s already.") % known
    return _("%(name)s: the pairing with %(mentor)s no longer waits for a hand-over.") % known
