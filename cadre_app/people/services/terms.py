"""到村任职: village terms and their interruptions, and the two dates that follow from them.

`VillageTerm.due_on` and `Trainee.term_ends_on` are kept here and nowhere else.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.core.days import add_months
from cadre_app.core.village_terms import Reopening, TermChange, term_change_holds, term_end_holds, term_followers
from cadre_app.history import services as history
from cadre_app.org.models import Unit, UnitKind
from cadre_app.people.models import PartyStage, Person, TermRole, Trainee, VillageTerm
from cadre_app.people.policies import TERM_MONTHS
from cadre_app.people.services.checks import (
    clean,
    lock_open_file,
    refusal,
    refuse_before,
    refuse_future,
    refuse_standing,
)

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

VILLAGE_KINDS = (UnitKind.VILLAGE, UnitKind.COMMUNITY)
LONGEST_MONTHS = 120
PLANNED_AHEAD = timedelta(days=366)
PARTY_MEMBER = "01"


@transaction.atomic
def start_term(
    trainee: Trainee,
    *,
    village: Unit,
    role: str = "",
    started_on: date,
    months: int | None = None,
    document_number: str = "",
    note: str = "",
    version: int | None = None,
    actor: "User | None",
) -> VillageTerm:
    """Record a village term from the day of reporting to the village, planned or begun.

    `role` is by default what the political status asks for, `months` the length in force on `started_on`.
    Raises Stale for an old `version` of the file; ValidationError by field.
    """
    trainee = lock_open_file(trainee.pk, version)
    term = VillageTerm(trainee=trainee, village=village, started_on=started_on)
    term.role = role or fitting_role(trainee.person)
    term.months = months or TERM_MONTHS.on(started_on)
    term.document_number, term.note = document_number, note
    with history.change(term, actor=actor, verb="people.villageterm.started"):
        _check_start(term)
        _check_village(term.village)
        _refuse_second(term)
        term.due_on = due_day(term, 0)
        clean(term)
        term.save()
    keep_term_end(trainee, actor=actor)
    return term


@transaction.atomic
def change_term(
    term: VillageTerm,
    *,
    village: Unit,
    role: str,
    started_on: date,
    months: int,
    document_number: str = "",
    note: str = "",
    version: int | None = None,
    actor: "User",
) -> VillageTerm:
    """Correct a village term. Raises Stale; ValidationError by field (an interruption that would lie outside), and where
    its end was assessed by the facts as they stand.
    """
    trainee, term = lock_term(term, version)
    is_other = (village.pk, role, started_on, months) != (term.village_id, term.role, term.started_on, term.months)
    ended = add_months(term.started_on, term.months)
    with history.change(term, actor=actor, verb="people.villageterm.changed"):
        if village.pk != term.village_id:
            _check_village(village)
        term.village, term.role, term.started_on, term.months = village, role, started_on, months
        term.document_number, term.note = document_number, note
        _check_start(term)
        if is_other:
            _refuse_assessed(term, is_sooner=add_months(started_on, months) < ended)
        _check_order(term)
        _refuse_second(term)
        first = term.interruptions.standing().order_by("started_on").first()
        if first is not None and first.started_on < started_on:
            message = _("An interruption began before this day. Correct it first.")
            raise refusal("started_on", message, code="before_term")
        term.due_on = _due_of(term)
        clean(term)
        term.save()
    keep_term_end(trainee, actor=actor)
    return term


@transaction.atomic
def end_term(
    term: VillageTerm,
    *,
    ended_on: date,
    is_cut_short: bool = False,
    reason: str = "",
    version: int | None = None,
    actor: "User | None",
) -> VillageTerm:
    """Record the last day in the village (local date, not in the future); a term cut short does not count.

    Raises Stale; ValidationError by field, also for an interruption that is open or reaches past that day.
    """
    trainee, term = lock_term(term, version)
    if term.ended_on is not None:
        raise ValidationError(_("The end of this village term is already recorded."), code="already_ended")
    refuse_future("ended_on", ended_on)
    last = term.interruptions.standing().order_by("-started_on").first()
    if last is not None and (last.ended_on or date.max) > ended_on and not is_cut_short:
        message = _("The term is interrupted on this day. Enter the last day of the interruption first.")
        raise refusal("ended_on", message, code="interrupted")
    with history.change(term, actor=actor, verb="people.villageterm.ended", reason=reason):
        term.ended_on, term.is_cut_short = ended_on, is_cut_short
        _check_order(term)
        clean(term)
        term.save()
    keep_term_end(trainee, actor=actor)
    return term


@transaction.atomic
def reopen_term(
    term: VillageTerm, *, reason: str = "", version: int | None = None, actor: "User | None"
) -> VillageTerm:
    """Take the end of a village term back. Raises Stale; ValidationError if a later term or something else stands on it."""
    trainee, term = lock_term(term, version)
    if term.ended_on is None:
        raise ValidationError(_("The end of this village term is not recorded."), code="not_ended")
    _refuse_built_on(term, term.ended_on)
    with history.change(term, actor=actor, verb="people.villageterm.reopened", reason=reason):
        term.ended_on, term.is_cut_short = None, False
        _refuse_second(term)
        term.due_on = _due_of(term)
        clean(term)
        term.save()
    keep_term_end(trainee, actor=actor)
    return term


@transaction.atomic
def void_term(term: VillageTerm, *, reason: str, version: int | None = None, actor: "User") -> VillageTerm:
    """Void a village term entered by mistake. Raises Stale; ValidationError where its end was assessed."""
    trainee, term = lock_term(term, version)
    _refuse_assessed(term, is_voided=True)
    history.void(term, actor=actor, reason=reason, version=version)
    keep_term_end(trainee, actor=actor)
    return VillageTerm.objects.get(pk=term.pk)


@transaction.atomic
def restore_term(term: VillageTerm, *, reason: str = "", version: int | None = None, actor: "User") -> VillageTerm:
    """Undo `void_term`. Raises Stale; ValidationError if another term covers its days, or the arrival is later now."""
    trainee, term = lock_term(term, version, voided=True)
    _check_start(term)
    _refuse_second(term)
    history.restore(term, actor=actor, reason=reason)
    keep_term_end(trainee, actor=actor)
    return VillageTerm.objects.get(pk=term.pk)


def keep_term_end(trainee: Trainee, *, actor: "User | None") -> Trainee:
    """Bring `due_on` of every standing term, `trainee.term_ends_on` and what moves with them up to date, with history.

    Call it under the lock of the file after every change of a term or an interruption.
    """
    terms = list(trainee.village_terms.standing().prefetch_related("interruptions"))
    for term in terms:
        due = _due_of(term)
        if due != term.due_on:
            with history.change(term, actor=actor, verb="people.villageterm.changed"):
                term.due_on = due
                term.save(update_fields=["due_on", "updated_at"])
    end = counted_end(terms)
    if end != trainee.term_ends_on:
        with history.change(trainee, actor=actor, verb="people.trainee.term_end_changed"):
            trainee.term_ends_on = end
            trainee.save(update_fields=["term_ends_on", "updated_at"])
    for follow in term_followers.values():
        follow(trainee.pk, actor)
    return trainee


def counted_end(terms: Iterable[VillageTerm]) -> date | None:
    """The last day of the term that counts among standing `terms` whose `due_on` is right; None while there is none."""
    counted = [term.ended_on or term.due_on for term in terms if not term.is_cut_short]
    return min((end for end in counted if end is not None), default=None)


def fitting_role(person: Person) -> str:
    """Full Party members assist the secretary, others the director (PRODUCT.md, "Village term")."""
    return TermRole.SECRETARY if is_full_member(person) else TermRole.DIRECTOR


def is_full_member(person: Person) -> bool:
    """A full member of the Party, by the stage where one is recorded, else by the political status."""
    if person.party_stage:
        return person.party_stage == PartyStage.FULL
    return person.political_status == PARTY_MEMBER


def due_day(term: VillageTerm, interrupted: int) -> date:
    """The last day planned: `months` after the start, later by the days `interrupted`."""
    return add_months(term.started_on, term.months) + timedelta(days=interrupted - 1)


def lock_term(term: VillageTerm, version: int | None = None, *, voided: bool = False) -> tuple[Trainee, VillageTerm]:
    """The open file and its standing (or `voided`) term, locked in this order. Raises Stale, ValidationError."""
    trainee = lock_open_file(term.trainee_id)
    term = VillageTerm.objects.lock(term.pk, version)
    if voided:
        refuse_standing(term)
    elif term.is_voided:
        raise ValidationError(_("This village term is voided."), code="voided")
    term.trainee = trainee
    return trainee, term


def _refuse_built_on(term: VillageTerm, ended_on: date) -> None:
    """What other rooms began because the term was over (`core.village_terms`)."""
    later = term.trainee.village_terms.standing().filter(started_on__gt=ended_on).select_related("village").first()
    if later is not None:
        message = _("The village term in %(village)s began on %(day)s, after this one. Void it first.")
        known = {"village": later.village.name, "day": formats.date_format(later.started_on)}
        raise ValidationError(message % known, code="later_term")
    asked = Reopening(term.trainee_id, term.pk, ended_on, _due_of(term))
    for hold in term_end_holds.values():
        text = hold(asked)
        if text:
            raise ValidationError(text, code="built_on")


def _refuse_assessed(term: VillageTerm, *, is_voided: bool = False, is_sooner: bool = False) -> None:
    """What other rooms decided on the term as it stands (`core.village_terms`)."""
    asked = TermChange(term.pk, is_voided=is_voided, is_sooner=is_sooner)
    for hold in term_change_holds.values():
        text = hold(asked)
        if text:
            raise ValidationError(text, code="assessed")


def _due_of(term: VillageTerm) -> date | None:
    """`due_on` by the standing interruptions; None while one has no last day."""
    days = 0
    for item in term.interruptions.all():
        if item.is_voided:
            continue
        if item.ended_on is None:
            return None
        days += (item.ended_on - item.started_on).days + 1
    return due_day(term, days)


def _check_start(term: VillageTerm) -> None:
    arrived = term.trainee.arrived_on
    message = _("A village term cannot start before reporting for duty on %(day)s.")
    refuse_before("started_on", term.started_on, arrived, message % {"day": formats.date_format(arrived)})
    if term.started_on > timezone.localdate() + PLANNED_AHEAD:
        raise refusal("started_on", _("A village term is planned one year ahead at most."), code="too_late")
    if not 1 <= term.months <= LONGEST_MONTHS:
        message = _("A village term lasts 1 to %(most)s months.") % {"most": LONGEST_MONTHS}
        raise refusal("months", message, code="months")


def _check_order(term: VillageTerm) -> None:
    """The database cannot even build a period that ends before it starts, so that is asked first."""
    if term.ended_on is not None and term.ended_on < term.started_on:
        raise refusal("ended_on", _("A village term cannot end before it started."), code="before_start")


def _refuse_second(term: VillageTerm) -> None:
    """Two village terms of one person never overlap; the message names the other one with its days."""
    others = VillageTerm.objects.standing().filter(trainee=term.trainee_id).exclude(pk=term.pk)
    others = others.filter(Q(ended_on=None) | Q(ended_on__gte=term.started_on))
    if term.ended_on is not None:
        others = others.filter(started_on__lte=term.ended_on)
    other = others.select_related("village").order_by("started_on").first()
    if other is not None:
        raise refusal("started_on", _overlap_text(other), code="overlap")


def _overlap_text(other: VillageTerm) -> str:
    start, last = formats.date_format(other.started_on), other.ended_on or other.due_on
    known = {"village": other.village.name, "start": start, "end": formats.date_format(last) if last else ""}
    if other.ended_on is not None:
        text = _("From %(start)s to %(end)s this person was in “%(village)s”: the times overlap. Choose other days.")
    elif last is not None:
        text = _(
            "From %(start)s this person has a village term in “%(village)s”, planned until %(end)s. "
            "Enter its last day first."
        )
    else:
        text = _(
            "From %(start)s this person has a village term in “%(village)s”, which is interrupted. "
            "Enter its last day first."
        )
    return text % known


def _check_village(village: Unit) -> None:
    if village.kind not in VILLAGE_KINDS or village.is_voided:
        raise refusal("village", _("Choose a village or community."), code="not_a_village")
