"""试用期满考核 records of probations: opened for everybody who is on probation, voided, restored, locked."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.core.days import add_months
from cadre_app.core.probation import Cancelling, EndKept
from cadre_app.history import services as history
from cadre_app.history.models import Entry
from cadre_app.people.models import PostRecord, Trainee
from cadre_app.people.services.checks import clean, lock_open_file, refuse_standing
from cadre_app.people.services.probation import ungraded, usual_end
from cadre_app.probation.models import Probation, State
from cadre_app.probation.policies import EXTENSION_MONTHS

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models.trainees import TraineeQuerySet

A_RUN = 1_000
VOIDED = "probation.probation.voided"


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
    _refuse_graded(trainee)
    history.restore(one, actor=actor, reason=reason)
    return Probation.objects.get(pk=one.pk)


def _refuse_graded(trainee: Trainee) -> None:
    """Beside a rank that was given instead no assessment goes on."""
    since = trainee.probation_ends_on or trainee.arrived_on
    graded = trainee.post_records.standing().filter(~Q(rank="") | ~Q(post_grade=""), started_on__gte=since)
    first = graded.order_by("started_on").first()
    if first is not None:
        message = _("The growth file has a rank or post grade from %(day)s on. Void that record first.")
        raise ValidationError(message % {"day": formats.date_format(first.started_on)}, code="graded")


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


def kept_ends(trainees: Collection[Trainee]) -> dict[UUID, EndKept]:
    """A signed assessment, and one that waits for its check or sign-off, keeps the end it is about; an open one may be
    corrected, but not beyond the usual end. A day that 延期 set stands, neither earlier nor later.
    """
    return {key: _end_kept(rows) for key, rows in _rounds_of(trainees).items()}


def ranks_not_yet(trainees: Collection[Trainee], actor: "User | None") -> dict[UUID, str]:
    """While a probation is not concluded, or employment is cancelled, its sign-off alone gives a rank or post grade; and
    whoever voided the assessment gives none in its stead.
    """
    rounds = _rounds_of(trainees)
    found = {key: why for key, rows in rounds.items() if (why := _why_no_rank(rows))}
    voided = _voided_by([one for one in trainees if one.pk not in rounds], actor)
    why = _("You voided the assessment of this probation: somebody else enters the first rank or post grade.")
    return found | dict.fromkeys(voided, why)


def posts_held(post_records: Collection[PostRecord]) -> dict[UUID, str]:
    """任职定级 The records of which a signed grading says what they say."""
    wanted = {one.pk: one for one in post_records}
    why = _("A first grading that is signed off stands on this record. A leader has to take that sign-off back first.")
    found = {}
    for one in Probation.objects.standing().filter(state=State.GRADED, post_record__in=wanted):
        held = wanted[one.post_record_id] if one.post_record_id is not None else None
        said = (one.ended_on, one.post, one.rank, one.post_grade)
        if held is not None and (held.started_on, held.post, held.rank, held.post_grade) == said:
            found[held.pk] = why
    return found


def _rounds_of(trainees: Collection[Trainee]) -> dict[UUID, list[Probation]]:
    """The standing records by file, the latest round first; one query."""
    found: defaultdict[UUID, list[Probation]] = defaultdict(list)
    for row in Probation.objects.standing().filter(trainee__in=[one.pk for one in trainees]).order_by("-round"):
        found[row.trainee_id].append(row)
    return dict(found)


def _end_kept(rows: list[Probation]) -> EndKept:
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
    return EndKept(no_further=True)


def _why_no_rank(rows: list[Probation]) -> str:
    one = next((row for row in rows if row.state != State.DEFERRED), None)
    if one is None:
        return _(
            "This probation was extended, and its assessment is voided. Restore the assessment: rank or post grade "
            "follow from its sign-off."
        )
    if one.state == State.CANCELLED:
        return _("This probation was not passed: neither rank nor post grade follow. Record the departure.")
    if one.is_closed:
        return ""
    return _(
        "The assessment at the end of probation is not concluded. Rank or post grade follow from its sign-off: conclude "
        "it, or have a leader void the assessment where it was opened by mistake."
    )


def _voided_by(trainees: Collection[Trainee], actor: "User | None") -> set[UUID]:
    """Those of these files, without rank or post grade so far, of which `actor` voided an assessment; two queries."""
    bare = [one.pk for one in trainees if not (one.rank or one.post_grade)]
    if actor is None or not bare:
        return set()
    rows = Probation.objects.filter(trainee__in=bare, voided_at__isnull=False)
    files = dict(rows.values_list("pk", "trainee_id"))
    mine = Entry.objects.filter(object_label=Probation._meta.label_lower, object_id__in=files, actor=actor)
    return {files[key] for key in mine.filter(verb=VOIDED).values_list("object_id", flat=True) if key is not None}


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
