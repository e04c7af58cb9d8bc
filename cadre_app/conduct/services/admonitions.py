"""提醒、函询、诫勉 entered, corrected, answered, followed up, voided; never what it was about."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, TypedDict, Unpack

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.conduct import kinds
from cadre_app.conduct.models import Admonition
from cadre_app.conduct.policies import FOLLOWED_MONTHS
from cadre_app.conduct.services.checks import (
    asked_end,
    check_day,
    check_number,
    check_post,
    lock_entry,
    set_period,
)
from cadre_app.conduct.services.talks import call_after_criticism, call_off, follow_day
from cadre_app.core.days import add_months
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, lock_open_file, refusal, refuse_before, refuse_future
from cadre_app.policy import codes

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee

ANSWER_AT_MOST = timedelta(days=731)
FOLLOWED_EARLY = timedelta(days=30)  # a follow-up is recorded at most this long before it is due


class _Values(TypedDict):
    way: str
    matter: str
    organ: str
    approver_post: str
    document_number: str
    given_on: date


class Values(_Values, total=False):
    """What is entered; the end follows from the way unless it is given with its reason."""

    ends_on: date | None
    end_reason: str
    answer_due_on: date | None


@transaction.atomic
def enter_admonition(trainee: "Trainee", *, actor: "User", **values: Unpack[Values]) -> Admonition:
    """Enter one that was carried out. Raises ValidationError by field."""
    admonition = Admonition(trainee=lock_open_file(trainee.pk))
    with history.change(admonition, actor=actor, verb="conduct.admonition.entered"):
        _write(admonition, values)
        call_after_criticism(admonition, admonition.given_on, actor=actor)
        admonition.save(force_insert=True)
    return admonition


@transaction.atomic
def change_admonition(
    admonition: Admonition, *, version: int | None = None, actor: "User", **values: Unpack[Values]
) -> Admonition:
    """Correct one; the talk that it calls for follows its day. Raises Stale, ValidationError by field."""
    admonition = lock_entry(admonition, version)
    known = admonition.given_on
    with history.change(admonition, actor=actor, verb="conduct.admonition.changed"):
        _write(admonition, values)
        if admonition.given_on != known:
            follow_day(admonition, admonition.given_on, actor=actor)
        admonition.save()
    return admonition


@transaction.atomic
def record_answer(
    admonition: Admonition, *, answered_on: date, version: int | None = None, actor: "User"
) -> Admonition:
    """整改回告 The correction was reported. Raises Stale, ValidationError by field."""
    admonition = lock_entry(admonition, version)
    _check_after(admonition, "answered_on", answered_on)
    with history.change(admonition, actor=actor, verb="conduct.admonition.answered"):
        admonition.answered_on = answered_on
        clean(admonition)
        admonition.save()
    return admonition


@transaction.atomic
def record_review(
    admonition: Admonition, *, reviewed_on: date, review_result: str, version: int | None = None, actor: "User"
) -> Admonition:
    """六个月后了解情况 When, and what was found; not long before it is due. Raises Stale, ValidationError by field."""
    admonition = lock_entry(admonition, version)
    _check_after(admonition, "reviewed_on", reviewed_on)
    first, due = admonition.review_due_on - FOLLOWED_EARLY, formats.date_format(admonition.review_due_on)
    message = _("It is followed up on %(day)s; enter a day at most 30 days before.") % {"day": due}
    refuse_before("reviewed_on", reviewed_on, first, message)
    with history.change(admonition, actor=actor, verb="conduct.admonition.reviewed"):
        admonition.reviewed_on, admonition.review_result = reviewed_on, review_result
        clean(admonition)
        admonition.save()
    return admonition


@transaction.atomic
def void_admonition(
    admonition: Admonition, *, void_reason: str, version: int | None = None, actor: "User"
) -> Admonition:
    """It no longer stands, for one of the reasons that name nothing; nor does the occasion of a talk that it made.

    Raises Stale, ValidationError.
    """
    admonition = lock_entry(admonition, version)
    with history.change(admonition, actor=actor, verb="conduct.admonition.reason_given"):
        admonition.void_reason = void_reason
        clean(admonition)
        admonition.save()
    history.void(admonition, actor=actor, reason="")
    call_off(admonition, actor=actor)
    return Admonition.objects.get(pk=admonition.pk)


@transaction.atomic
def restore_admonition(admonition: Admonition, *, version: int | None = None, actor: "User") -> Admonition:
    """One that was voided stands again. Raises Stale, ValidationError."""
    admonition = lock_entry(admonition, version, voided=True)
    history.restore(admonition, actor=actor)
    admonition = Admonition.objects.get(pk=admonition.pk)
    with history.change(admonition, actor=actor, verb="conduct.admonition.reason_given"):
        admonition.void_reason = ""
        call_after_criticism(admonition, admonition.given_on, actor=actor)
        admonition.save()
    return admonition


def _check_after(admonition: Admonition, field: str, day: date) -> None:
    refuse_future(field, day)
    refuse_before(field, day, admonition.given_on, _("This lies before the day of the entry itself."))


def _write(admonition: Admonition, values: Values) -> None:
    way, day = values["way"], values["given_on"]
    check_day(admonition.trainee, "given_on", day)
    _check_way(admonition, way)
    check_number("document_number", values["document_number"])
    check_post("approver_post", values["approver_post"])
    ends_on, end_reason = values.get("ends_on"), values.get("end_reason", "")
    is_other = way != admonition.way
    if is_other:
        admonition.months = codes.months(kinds.ADMONITION, way)
    ends_on = asked_end(admonition, ends_on, end_reason, is_other=is_other)
    admonition.way, admonition.matter, admonition.given_on = way, values["matter"], day
    admonition.organ, admonition.approver_post = values["organ"], values["approver_post"]
    admonition.document_number = values["document_number"]
    set_period(admonition, day, ends_on, end_reason)
    _write_answer_day(admonition, values.get("answer_due_on"))
    admonition.review_due_on = add_months(day, FOLLOWED_MONTHS.on(day))
    clean(admonition)


def _check_way(admonition: Admonition, way: str) -> None:
    trainee = admonition.trainee
    if way in dict(kinds.ways_for(trainee, keep=admonition.way)):
        return
    if way not in dict(codes.choices(kinds.ADMONITION)):
        raise refusal("way", _("Choose one of what is offered here."), code="not_a_way")
    names = _(", ").join(codes.label(kinds.ADMONITION, code) for code in kinds.MILD_WAYS)
    message = _("Without a leadership post only these are used: %(ways)s.")
    raise refusal("way", message % {"ways": names}, code="no_leadership")


def _write_answer_day(admonition: Admonition, day: date | None) -> None:
    if day is not None and day > timezone.localdate() + ANSWER_AT_MOST:
        raise refusal("answer_due_on", _("This day lies more than two years ahead."), code="too_late")
    admonition.answer_due_on = day
