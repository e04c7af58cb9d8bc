"""One-time codes: made for printed sheets, and the sheet that each lets one fill in."""

import secrets
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.core import crypto
from cadre_app.evaluation.models import Campaign, CampaignState, OneTimeCode, Subject, Way
from cadre_app.evaluation.policies import CODES_ON
from cadre_app.evaluation.services.box import Filled, hold_box, put_in
from cadre_app.evaluation.services.checks import lock_campaign, refuse_own
from cadre_app.history import services as history
from cadre_app.people.services.checks import refusal

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

TOKEN_BYTES = 16
MOST = 200


class NoSheet(Exception):
    """The code opens no sheet; `why` is one of `unknown`, `closed`, `used`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def make_codes(subject: Subject, *, number: int, version: int | None = None, actor: "User") -> list[str]:
    """Codes for so many printed sheets about one person, told this once and never again. Raises Stale, ValidationError."""
    campaign = lock_campaign(subject.campaign, version)
    refuse_own(campaign, actor)
    if campaign.way != Way.CODE or not CODES_ON.now():
        raise ValidationError(_("This evaluation is not filled in by code."), code="no_codes")
    if campaign.state not in (CampaignState.PLANNED, CampaignState.OPEN):
        raise ValidationError(_("This evaluation is closed: no further codes."), code="closed")
    if Subject.objects.get(pk=subject.pk).is_settled:
        raise ValidationError(_("This person has a result already: no further codes."), code="settled")
    if not 1 <= number <= MOST:
        message = ngettext("%(most)s code at a time at most.", "%(most)s codes at a time at most.", MOST)
        raise refusal("number", message % {"most": MOST}, code="number")
    tokens = [secrets.token_urlsafe(TOKEN_BYTES) for _number in range(number)]
    OneTimeCode.objects.bulk_create([OneTimeCode(subject=subject, digest=digest_of(token)) for token in tokens])
    history.record("evaluation.subject.codes_made", actor=actor, obj=subject, after={"number": number})
    return tokens


def subject_of(token: str) -> Subject:
    """About whom the code lets a sheet be filled in now. Raises NoSheet."""
    # Asked twice for every sheet: whom it names is read only where the questions are shown.
    codes = OneTimeCode.objects.select_related("subject__campaign").filter(digest=digest_of(token))
    found = next(iter(codes.order_by()[:1]), None)
    if found is None:
        raise NoSheet("unknown")
    if found.is_used:
        raise NoSheet("used")
    if not takes_sheet(found.subject.campaign, found.subject):
        raise NoSheet("closed")
    return found.subject


@transaction.atomic
def fill_in(token: str, *, answers: list[int], respondent: str, comment: str = "") -> None:
    """Use the code up and put the sheet into the box, both or neither. Raises NoSheet.

    The campaign is read after the box is held: whoever closes it holds the box alone, so nothing comes in afterwards.
    """
    hold_box()
    subject = subject_of(token)
    used = OneTimeCode.objects.filter(digest=digest_of(token), is_used=False).update(is_used=True)
    if not used:
        raise NoSheet("used")
    put_in([Filled(subject.pk, answers, respondent, comment)])


def has_codes(subject: Subject) -> bool:
    """Sheets with codes were made about the person."""
    return OneTimeCode.objects.filter(subject=subject).exists()


def takes_sheet(campaign: Campaign, subject: Subject) -> bool:
    """By code, now; none are taken while the settings have them switched off."""
    return CODES_ON.now() and campaign.takes_answers and not subject.is_voided and not subject.is_valid


def digest_of(token: str) -> str:
    return crypto.digest(f"evaluation.code:{token}")
