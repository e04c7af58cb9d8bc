"""提醒方式: where and how often a person wants to be told outside the system; trying it out; who wants it."""

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Length
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.accounts.models import User
from cadre_app.core.crypto import Unreadable
from cadre_app.core.models import Stale
from cadre_app.history import services as history
from cadre_app.history.models import Entry
from cadre_app.people.models import Person
from cadre_app.reminders.addresses import read_address
from cadre_app.reminders.channels import Outgoing, send, trial_texts
from cadre_app.reminders.models import OUTSIDE, Channel, Mode, Preference

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TRIED = "reminders.channel.tried"
MOST_TRIALS = 5
TRIAL_PERIOD = timedelta(hours=1)


class TooManyTrials(Exception):
    """Enough test messages for this hour."""


@transaction.atomic
def set_channel(
    channel: str,
    *,
    mode: str,
    address: str = "",
    signing: str = "",
    forget: bool = False,
    version: int | None = None,
    actor: User,
) -> Preference:
    """How `actor` wants to be told over `channel`; without `address` the one that is kept stays, unless `forget`.

    Raises Stale; ValidationError by field.
    """
    if channel not in OUTSIDE:
        raise ValidationError(_("Choose one of the values offered."), code="not_a_choice")
    preference = _own(channel, version, actor)
    with history.change(preference, actor=actor, verb="reminders.preference.set"):
        preference.mode = mode
        if address.strip():
            preference.address = _read(channel, address, signing)
        elif forget:
            preference.address = ""
        _check_reachable(preference)
        preference.full_clean()
        preference.save()
    return preference


def try_channel(channel: str, *, link: str, actor: User) -> None:
    """Send `actor` a test message over `channel`, on record; raises TooManyTrials, ChannelError, ValidationError."""
    _mode, address = address_of(actor, channel)
    if not address:
        raise ValidationError(_("No address is known for this. Please enter one first."), code="no_address")
    with transaction.atomic():
        User.objects.lock(actor.pk)
        tried = Entry.objects.filter(actor=actor, verb=TRIED, at__gt=timezone.now() - TRIAL_PERIOD).count()
        if tried >= MOST_TRIALS:
            raise TooManyTrials
        history.record(TRIED, actor=actor, after={"channel": channel})
    subject, body = trial_texts(actor.language, link)
    send(Outgoing(uuid.uuid4(), channel, address, subject, body, link))


def address_of(user: User, channel: str) -> tuple[str, str]:
    """Mode and address of one channel of one person; ("off", "") where there is nowhere to send to."""
    preference = Preference.objects.standing().filter(user=user, channel=channel)
    try:
        found = preference.first()
    except Unreadable:
        return Mode.OFF, ""
    address = found.address if found is not None else ""
    if not address and channel == Channel.EMAIL:
        address = record_email(user)
    if not address or not user.is_active or user.is_voided:
        return Mode.OFF, ""
    if found is None:
        return (Mode.DAILY if channel == Channel.EMAIL else Mode.OFF), address
    return found.mode, address


def record_email(user: User) -> str:
    """The e-mail address in the record of the account's person, or ""."""
    return Person.objects.standing().filter(account=user).values_list("email", flat=True).first() or ""


def wanted() -> "QuerySet[Any, Any]":
    """(user_id, channel, mode) of everybody active who wants to be told outside and has an address; not to be filtered.

    For use in SQL by `wanted().query.sql_with_params()`.
    """
    active = {"user__is_active": True, "user__voided_at": None}
    has_email = Person.objects.standing().filter(account=OuterRef("user")).exclude(email="")
    chosen = (
        Preference.objects.standing()
        .filter(**active)
        .exclude(mode=Mode.OFF)
        .alias(kept=Length(Cast("address", TextField())), on_record=Exists(has_email))
        .filter(Q(kept__gt=0) | Q(channel=Channel.EMAIL, on_record=True))
        .order_by()
        .values_list("user_id", "channel", "mode")
    )
    own = Preference.objects.standing().filter(user=OuterRef("account"), channel=Channel.EMAIL)
    by_record = (
        Person.objects.standing()
        .filter(account__is_active=True, account__voided_at=None)
        .exclude(email="")
        .filter(~Exists(own))
        .order_by()
        .values_list(F("account_id"), Value(str(Channel.EMAIL)), Value(str(Mode.DAILY)))
    )
    return chosen.union(by_record, all=True)


def _own(channel: str, version: int | None, actor: User) -> Preference:
    """The row of `actor`, locked, or a new one. Raises Stale."""
    User.objects.lock(actor.pk)
    found = Preference.objects.select_for_update(of=("self",)).filter(user=actor, channel=channel).first()
    if found is None:
        return Preference(user=actor, channel=channel)
    if found.version != version:
        raise Stale(found)
    return found


def _read(channel: str, address: str, signing: str) -> str:
    try:
        return read_address(channel, address, signing=signing)
    except ValidationError as error:
        raise error if hasattr(error, "error_dict") else ValidationError({"address": error}) from None


def _check_reachable(preference: Preference) -> None:
    if preference.mode == Mode.OFF or preference.address:
        return
    if preference.channel == Channel.EMAIL and record_email(preference.user):
        return
    message: _StrPromise | str = _("Enter an address, or choose not to be told this way.")
    raise ValidationError({"address": ValidationError(message, code="no_address")})
