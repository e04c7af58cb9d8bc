"""青蓝结对 Pairings: begun, changed, ended, taken back, voided."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.core.days import add_months
from cadre_app.history import services as history
from cadre_app.mentorship.models import CheckIn, EndKind, GuidanceNote, Pairing, PairingReview
from cadre_app.mentorship.policies import CHECK_IN_DAYS, PAIRING_MONTHS
from cadre_app.mentorship.services.beginnings import begin_many
from cadre_app.mentorship.services.days import keep_days
from cadre_app.mentorship.services.kept_words import ENDED, in_house_language
from cadre_app.mentorship.services.loads import lock_mentors
from cadre_app.mentorship.services.meetings import wait_again
from cadre_app.mentorship.services.refusals import (
    problems_of,
    refuse,
    refuse_both_kinds,
    refuse_far,
    refuse_load,
    refuse_person,
    refuse_terms,
)
from cadre_app.mentorship.services.reviews import (
    close_open_review,
    keep_review,
    refuse_completed,
    refuse_written,
    settle_review,
)
from cadre_app.people.models import Office, Person, Trainee
from cadre_app.people.services.checks import (
    READ_ONLY,
    clean,
    lock_file,
    lock_open_file,
    refusal,
    refuse_before,
    refuse_future,
    refuse_standing,
)

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def build_pairing(
    trainee: Trainee,
    *,
    kind: str,
    mentor: Person,
    office: Office | None = None,
    choice_reason: str = "",
    started_on: date,
    months: int | None = None,
    check_in_days: int | None = None,
) -> Pairing:
    """An unsaved pairing; length and cadence as in force on its first day unless they are given."""
    pairing = Pairing(trainee=trainee, kind=kind, mentor=mentor, office=office, choice_reason=choice_reason)
    pairing.started_on = started_on
    pairing.due_on = due_day(started_on, months)
    pairing.check_in_days = check_in_days or CHECK_IN_DAYS.on(started_on)
    pairing.next_check_in_on = started_on + timedelta(days=pairing.check_in_days)
    pairing.last_record_on = started_on
    return pairing


def due_day(started_on: date, months: int | None = None) -> date:
    """The last day of a pairing of this length, or of the usual one."""
    return add_months(started_on, months or PAIRING_MONTHS.on(started_on)) - timedelta(days=1)


@transaction.atomic
def create_pairing(
    trainee: Trainee,
    *,
    kind: str,
    mentor: Person,
    choice_reason: str = "",
    started_on: date,
    months: int | None = None,
    check_in_days: int | None = None,
    office: Office | None = None,
    version: int | None = None,
    actor: "User | None",
) -> Pairing:
    """Pair a trainee with a mentor: by `office`, or somebody else with a reason.

    Raises Stale for an old `version` of the file; ValidationError by field.
    """
    refuse_far(started_on)
    trainee = lock_open_file(trainee.pk, version)
    lock_mentors([mentor.pk])
    pairing = build_pairing(
        trainee,
        kind=kind,
        mentor=mentor,
        office=office,
        choice_reason=choice_reason,
        started_on=started_on,
        months=months,
        check_in_days=check_in_days,
    )
    with history.change(pairing, actor=actor, verb="mentorship.pairing.started"):
        refuse(problems_of([pairing])[0])
        refuse_terms(pairing)
        clean(pairing)
        pairing.save(force_insert=True)
    begin_many([pairing])
    return pairing


@transaction.atomic
def change_pairing(
    pairing: Pairing, *, due_on: date, check_in_days: int, version: int | None = None, actor: "User"
) -> Pairing:
    """Change the planned last day and the days between check-ins. Raises Stale, or ValidationError by field."""
    pairing = _lock_running(pairing, version)
    if pairing.trainee.is_read_only:
        raise ValidationError(READ_ONLY, code="read_only")
    with history.change(pairing, actor=actor, verb="mentorship.pairing.changed"):
        pairing.due_on, pairing.check_in_days = due_on, check_in_days
        refuse_terms(pairing)
        clean(pairing)
        pairing.save()
    keep_review(pairing, actor=actor)
    return keep_days(pairing)


@transaction.atomic
def end_pairing(
    pairing: Pairing,
    *,
    ended_on: date,
    end_kind: str,
    reason: str = "",
    version: int | None = None,
    actor: "User | None",
) -> Pairing:
    """Record the last day (local date, not in the future) and how it ended; an open check-in is called off.

    Raises Stale; ValidationError by field, also for a pairing completed before the day planned, or for a note or a
    check-in of a later day. The file may be closed: then the departure is the latest day.
    """
    pairing = _lock_running(pairing, version)
    _check_end(pairing, ended_on, end_kind, reason)
    if end_kind == EndKind.COMPLETED:
        refuse_written(pairing)
    _call_off(pairing, ended_on, actor)
    with history.change(pairing, actor=actor, verb="mentorship.pairing.ended", reason=reason):
        pairing.ended_on, pairing.end_kind, pairing.end_reason = ended_on, end_kind, reason
        clean(pairing)
        pairing.save()
    settle_review(pairing, reason=reason or in_house_language(ENDED), actor=actor)
    return keep_days(pairing)


@transaction.atomic
def reopen_pairing(pairing: Pairing, *, reason: str = "", version: int | None = None, actor: "User") -> Pairing:
    """Take the end back: the pairing runs on with the check-in that was arranged.

    Raises Stale; ValidationError if another one of its kind followed, or the mentor has become that of the other kind.
    """
    pairing = _lock(pairing, version)
    if pairing.trainee.is_read_only:
        raise ValidationError(READ_ONLY, code="read_only")
    ended_on = pairing.ended_on
    if ended_on is None or pairing.is_voided:
        raise ValidationError(_("The end of this pairing is not recorded."), code="not_ended")
    refuse_person(pairing)
    refuse_load(pairing)
    refuse_both_kinds(pairing)
    refuse_completed(pairing)
    with history.change(pairing, actor=actor, verb="mentorship.pairing.reopened", reason=reason):
        pairing.ended_on, pairing.end_kind, pairing.end_reason = None, "", ""
        clean(pairing)
        pairing.save()
    wait_again(pairing, ended_on, actor=actor)
    keep_review(pairing, actor=actor)
    return keep_days(pairing)


@transaction.atomic
def void_pairing(pairing: Pairing, *, reason: str, version: int | None = None, actor: "User") -> Pairing:
    """Void a pairing entered by mistake; raises ValidationError where a note that others may know of stands in it."""
    pairing = _lock(pairing, version)
    if GuidanceNote.objects.counted().filter(pairing=pairing).exists():
        message = _("Guidance notes stand in this pairing. Void them first, or end the pairing.")
        raise ValidationError(message, code="has_notes")
    if PairingReview.objects.signed_off().filter(pairing=pairing).exists():
        raise ValidationError(_("A review of this pairing is signed off. End the pairing instead."), code="reviewed")
    close_open_review(pairing, reason=reason, actor=actor)
    history.void(pairing, actor=actor, reason=reason, version=version)
    return keep_days(Pairing.objects.get(pk=pairing.pk))


@transaction.atomic
def restore_pairing(pairing: Pairing, *, reason: str = "", version: int | None = None, actor: "User") -> Pairing:
    """Undo `void_pairing`. Raises Stale; ValidationError if another pairing of its kind covers its days."""
    pairing = _lock(pairing, version)
    if pairing.trainee.is_read_only:
        raise ValidationError(READ_ONLY, code="read_only")
    refuse_standing(pairing)
    if pairing.ended_on is None:
        lock_mentors([pairing.mentor_id])
        refuse(problems_of([pairing])[0])
    history.restore(pairing, actor=actor, reason=reason)
    pairing = Pairing.objects.get(pk=pairing.pk)
    keep_review(pairing, actor=actor)
    return keep_days(pairing)


def _lock(pairing: Pairing, version: int | None) -> Pairing:
    """Person, file and pairing, in this order. Raises Stale."""
    trainee = lock_file(pairing.trainee_id)
    pairing = Pairing.objects.select_related("mentor", "office").lock(pairing.pk, version)
    pairing.trainee = trainee
    return pairing


def _lock_running(pairing: Pairing, version: int | None) -> Pairing:
    pairing = _lock(pairing, version)
    if pairing.is_voided:
        raise ValidationError(_("This pairing is voided."), code="voided")
    if pairing.ended_on is not None:
        raise ValidationError(_("The end of this pairing is already recorded."), code="already_ended")
    return pairing


def _check_end(pairing: Pairing, day: date, end_kind: str, reason: str) -> None:
    refuse_future("ended_on", day)
    refuse_before("ended_on", day, pairing.started_on, _("A pairing cannot end before it started."))
    left = pairing.trainee.departed_on
    if left is not None and day > left:
        message = _("The trainee left on %(day)s. The pairing ends on that day at the latest.")
        raise refusal("ended_on", message % {"day": formats.date_format(left)}, code="after_departure")
    if end_kind == EndKind.COMPLETED and day < pairing.due_on:
        message = _("It is planned until %(day)s. Change that day first, or end it early with a reason.")
        raise refusal("end_kind", message % {"day": formats.date_format(pairing.due_on)}, code="not_due")
    if end_kind == EndKind.EARLY and not reason:
        raise refusal("reason", _("Say why the pairing ended early."), code="reason")
    notes = GuidanceNote.objects.counted().filter(pairing=pairing, happened_on__gt=day).values_list("happened_on")
    held = CheckIn.objects.standing().filter(pairing=pairing, held_on__gt=day).values_list("held_on")
    later = notes.union(held).order_by("-happened_on").first()
    if later is not None:
        message = _("A guidance note or a check-in is of %(day)s, after this day.")
        raise refusal("ended_on", message % {"day": formats.date_format(later[0])}, code="noted_after")


def _call_off(pairing: Pairing, day: date, actor: "User | None") -> None:
    """The meeting that was arranged will not be held by this pairing."""
    for check_in in CheckIn.objects.open().filter(pairing=pairing).select_for_update():
        with history.change(check_in, actor=actor, verb="mentorship.checkin.called_off"):
            check_in.called_off_on, check_in.called_off_reason = day, in_house_language(ENDED)
            clean(check_in)
            check_in.save()
