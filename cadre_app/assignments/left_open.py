"""What a departure or the closing of a unit leaves open: the postings of a person, and those at a unit."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.assignments.models import Posting, PostingState
from cadre_app.assignments.models.choices import PENDING
from cadre_app.core.registries import closing_notes, departure_notes

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.assignments.models.postings import PostingQuerySet

OPEN = (*PENDING, PostingState.APPROVED)
MOST = 20


def announce() -> None:
    """Called once, when the app is ready."""
    departure_notes.register("assignments.postings", of_person)
    closing_notes.register("assignments.postings", at_unit)


def of_person(user: "User", trainee: UUID) -> list[str]:
    """The postings of a growth file that are not over, and what is to be done with each; one query."""
    rows = _seen(user, Q(trainee=trainee, state__in=(*OPEN, PostingState.RETURNED)))
    today = timezone.localdate()
    return [_of_person(one, today) for one in rows.order_by("started_on", "pk")[:MOST]]


def at_unit(user: "User", unit: UUID) -> list[str]:
    """Who is posted at a unit, or is to be, and until when; one query."""
    rows = _seen(user, Q(unit=unit, state__in=OPEN, trainee__voided_at=None))
    today = timezone.localdate()
    found = list(rows.order_by("started_on", "pk")[: MOST + 1])
    texts = [_at_unit(one, today) for one in found[:MOST] if not one.never_began]
    if len(found) > MOST:
        texts.append(_("More people are posted here; the list of postings names them all."))
    return texts


def _seen(user: "User", asked: Q) -> "PostingQuerySet":
    rows = Posting.objects.visible_to(user).standing().filter(asked)
    return rows.select_related("unit", "trainee__person")


def _of_person(one: Posting, today: date) -> str:
    if one.state in PENDING:
        text = _("The proposal of a posting at “%(host)s” from %(day)s is not decided: decline or void it.")
    elif one.state == PostingState.RETURNED:
        text = _(
            "The appraisal of the posting at “%(host)s” from %(day)s is not confirmed: with the departure it is no longer written."
        )
    elif one.started_on > today:
        text = _("The posting at “%(host)s” is approved from %(day)s on: void it, it is not taken up any more.")
    else:
        text = _("The posting at “%(host)s” since %(day)s is not over with it: record the return.")
    return text % {"host": one.host, "day": formats.date_format(one.started_on)}


def _at_unit(one: Posting, today: date) -> str:
    known = {"name": one.trainee.person.name, "day": formats.date_format(one.started_on)}
    if one.state in PENDING:
        return _("%(name)s is proposed for a posting here from %(day)s: change or decline the proposal.") % known
    if one.started_on > today:
        return _("%(name)s is to be posted here from %(day)s: void the posting, or propose another one.") % known
    return _("%(name)s is posted here since %(day)s: record the return, or propose a posting elsewhere.") % known
