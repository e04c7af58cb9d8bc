"""试用期满考核 records of probations: opened for everybody who is on probation, voided, restored, locked."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.core.days import add_months
from cadre_app.core.probation import Cancelling, EndKept
from cadre_app.history import services as history
from cadre_app.people.models import Trainee
from cadre_app.people.services.checks import clean, lock_open_file, refuse_standing
from cadre_app.people.services.probation import ungraded, usual_end
from cadre_app.probation.models import Probation, State
from cadre_app.probation.policies import EXTENSION_MONTHS

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models.trainees import TraineeQuerySet

A_RUN = 1_000


@transaction.atomic
def open_probation(trainee: Trainee, *, version: int | None = None, actor: "User | None") -> Probation:
    """The record of a file that has none. Raises Stale for an old `version` of the file; ValidationError."""
    trainee = lock_open_file(trainee.pk, version)
    if trainee.probation_ends_on is None:
        raise ValidationError(_("Enter the end of probation in the growth file first."), code="no_end")
    standing = Probation.objects.standing().filter(trainee=trainee)
    if standing.exclude(state=State.DEFERRED).exists():
        raise ValidationError(_("The assessment of this probation stands already."), code="stands")
    one = Probation(trainee=trainee, round=standing.count() + 1)
    with history.change(one, actor=actor, verb="probation.probation.opened"):
        clean(one)
        one.save(force_insert=True)
    return one


@transaction.atomic
def sweep_probations(today: date | None = None) -> int:
    """A record for everybody on probation who has none, from the arrival on; how many. One query while nobody is new.

    The files are locked first, as by everybody who writes a record; a file that is being worked on waits for the next run.
    """
    rows = unopened(today or timezone.localdate()).select_for_update(of=("self",), skip_locked=True)
    found = list(rows.order_by("pk")[:A_RUN])
    made = Probation.objects.bulk_create([Probation(trainee=file) for file in found], ignore_conflicts=True)
    if not made:
        return 0
    kept = set(Probation.objects.filter(pk__in=[one.pk for one in made]).values_list("pk", flat=True))
    written = [one for one in made if one.pk in kept]
    history.record_created_many(written, actor=None, verb="probation.probation.opened")
    return len(written)


def unopened(today: date) -> "TraineeQuerySet":
    """Files that have arrived, are not graded since the end of probation and never had a record, also none that was voided."""
    known = Probation.objects.filter(trainee=OuterRef("pk"))
    return ungraded(today).filter(~Exists(known), arrived_on__lte=today)


@transaction.atomic
def void_probation(one: Probation, *, reason: str, version: int | None = None, actor: "User") -> Probation:
    """Opened by mistake; what was written in it is kept. Raises Stale; ValidationError for a signed one."""
    one = lock_probation(one, version)
    refuse_closed(one)
    history.void(one, actor=actor, reason=reason)
    return Probation.objects.get(pk=one.pk)


@transaction.atomic
def restore_probation(one: Probation, *, reason: str = "", version: int | None = None, actor: "User") -> Probation:
    """Undo `void_probation`. Raises Stale; ValidationError while another record of the file stands."""
    trainee = lock_open_file(one.trainee_id)
    one = Probation.objects.lock(one.pk, version)
    refuse_standing(one)
    if Probation.objects.of_now().filter(trainee=trainee).exists():
        raise ValidationError(_("The assessment of this probation stands already."), code="stands")
    history.restore(one, actor=actor, reason=reason)
    return Probation.objects.get(pk=one.pk)


def lock_probation(one: Probation, version: int | None = None) -> Probation:
    """The open file, then its standing record, locked in this order. Raises Stale; ValidationError."""
    trainee = lock_open_file(one.trainee_id)
    one = Probation.objects.lock(one.pk, version)
    if one.is_voided:
        raise ValidationError(_("This assessment is voided."), code="voided")
    one.trainee = trainee
    return one


def refuse_closed(one: Probation) -> None:
    """What is signed off is read, no longer changed."""
    if one.is_closed:
        raise ValidationError(
            _("This assessment is signed off. A leader has to take the sign-off back first."), code="closed"
        )


def kept_end(trainee: Trainee) -> EndKept:
    """A signed assessment, and one that waits for its check or sign-off, keeps the end it is about; an open one may be
    corrected, but not beyond the usual end. A day that 延期 set stands, neither earlier nor later.
    """
    rows = list(Probation.objects.standing().filter(trainee=trainee.pk).order_by("-round"))
    one = next((row for row in rows if row.state != State.DEFERRED), None)
    if one is not None and one.is_closed:
        return EndKept(
            _("The assessment of this probation is signed off. A leader has to take the sign-off back first.")
        )
    if one is not None and one.state == State.WAITING:
        return EndKept(
            _("The conclusion of this probation waits to be checked or signed off. It has to be sent back first.")
        )
    extended = next((row.extended_to for row in rows if row.state == State.DEFERRED), None)
    if extended is not None:
        message = _(
            "A deferral that is signed off extended this probation until %(day)s. "
            "A leader has to take that sign-off back first."
        )
        return EndKept(message % {"day": formats.date_format(extended)}, only=extended)
    if one is None:
        return EndKept()
    usual = usual_end(trainee.arrived_on)
    return EndKept(latest=max(usual, trainee.probation_ends_on or usual))


def why_no_rank_yet(trainee: Trainee) -> str:
    """While a probation is not concluded its sign-off alone gives the first rank or post grade."""
    one = Probation.objects.of_now().filter(trainee=trainee.pk).first()
    if one is None or one.is_closed:
        return ""
    return _(
        "The assessment at the end of probation is not concluded. Rank or post grade follow from its sign-off: conclude "
        "it, or void the assessment where it was opened by mistake."
    )


def cancelling_of(trainee: Trainee) -> Cancelling | None:
    """不合格 The signed conclusion that the departure of this file follows."""
    one = Probation.objects.of_now().filter(trainee=trainee.pk, state=State.CANCELLED).first()
    if one is None:
        return None
    return Cancelling(one.document_number, one.document_on, reverse("probation:detail", kwargs={"pk": one.pk}))


def longest_end(arrived_on: date) -> date:
    """The last day on which probation ends with every extension, by the setting in force."""
    return add_months(usual_end(arrived_on), EXTENSION_MONTHS.now())


def end_of(one: Probation) -> date:
    """The day on which probation ends by the file. Raises ValidationError while none is entered."""
    if one.trainee.probation_ends_on is None:
        raise ValidationError(_("Enter the end of probation in the growth file first."), code="no_end")
    return one.trainee.probation_ends_on
