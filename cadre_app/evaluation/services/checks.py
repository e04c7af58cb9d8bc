"""What every change of an evaluation asks first."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.core.fields import bare
from cadre_app.evaluation.models import Campaign
from cadre_app.people.models.persons import avoided_persons

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def lock_campaign(campaign: Campaign, version: int | None = None) -> Campaign:
    """The standing campaign, locked. Raises Stale, ValidationError."""
    locked = Campaign.objects.lock(campaign.pk, version)
    if locked.is_voided:
        raise ValidationError(_("This evaluation is voided."), code="voided")
    return locked


def refuse_own(campaign: Campaign, actor: "User | None") -> None:
    """The person evaluated and declared relatives run nothing of it and collect nothing (回避)."""
    if actor is None:
        return
    avoided = avoided_persons(actor)
    if any(subject.trainee.person_id in avoided for subject in campaign.standing_subjects):
        raise ValidationError(_("You or a relative of yours is evaluated here: somebody else does this."), code="own")


def is_evaluated(campaign: Campaign, name: str) -> bool:
    """True where the name, or the list of names, has that of somebody whom it is about in it."""
    plain = bare(name)
    return any(bare(one.trainee.person.name) in plain for one in campaign.standing_subjects)


def span_text(first: date, last: date) -> str:
    """Both days in the viewer's language; one day alone where they are the same."""
    if first == last:
        return formats.date_format(first)
    known = {"first": formats.date_format(first), "last": formats.date_format(last)}
    return pgettext("days", "%(first)s to %(last)s") % known
