"""结对情况 How a running pairing goes (demo-texts A3): one rule, in Python for one and as an SQL expression for lists."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, DateField, ExpressionWrapper, F, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from cadre_app.mentorship.models import CheckIn, GuidanceNote, MentorKind, Pairing
from cadre_app.mentorship.models.notes import MEETINGS
from cadre_app.mentorship.permissions.notes import knows_of_all_notes
from cadre_app.mentorship.policies import ENDING_DAYS, NOTE_DAYS, REMIND_POLITICAL

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User


class Health(models.TextChoices):
    """In the order of the board: what waits longest first."""

    BEHIND = "behind", _("Behind")
    ENDING = "ending", _("Ending soon")
    QUIET = "quiet", _("Quiet")
    ON_TRACK = "on_track", _("On track")


# Shape and colour of each (core.templatetags.ql.STATES).
STATES = {Health.BEHIND: "over", Health.ENDING: "soon", Health.QUIET: "miss", Health.ON_TRACK: "ok"}


@dataclass(frozen=True)
class Limits:
    """The settings in force on `day`; `political_notes`: notes are asked of political mentors too."""

    day: date
    note_days: int
    ending_days: int
    political_notes: bool


def limits_on(day: date) -> Limits:
    return Limits(day, NOTE_DAYS.on(day), ENDING_DAYS.on(day), REMIND_POLITICAL.on(day))


def latest_note(user: "User") -> Subquery:
    """The day of the latest note of a pairing that `user` may know of."""
    notes = GuidanceNote.objects.listed_for(user).counted().filter(pairing=OuterRef("pk"))
    return Subquery(notes.order_by("-happened_on").values("happened_on")[:1], output_field=DateField())


def as_known_to(user: "User", pairings: "QuerySet[Any]") -> "QuerySet[Any]":
    """With `noted_on` for a reader who knows of some notes only, so that `health_of` tells no more than that."""
    return pairings if knows_of_all_notes(user) else pairings.annotate(noted_on=latest_note(user))


def health_of(pairing: Pairing, limits: Limits) -> str:
    """Empty for a pairing that does not run. Where the row says which latest note its reader may know of (`noted_on`,
    `as_known_to`), that one counts.

    Behind: no note for twice as long as is asked, or a check-in missed by a whole stretch. Ending soon: its planned
    last day is near or past. Quiet: no note for longer than is asked, or the day of the check-in has passed.
    """
    if not pairing.is_running:
        return ""
    day = limits.day
    asked = limits.political_notes or pairing.kind != MentorKind.POLITICAL
    noted_on = getattr(pairing, "noted_on", pairing.last_note_on)
    silent = (day - (noted_on or pairing.started_on)).days if asked else 0
    due = pairing.next_check_in_on
    missed = (day - due).days if due is not None else 0
    if silent > 2 * limits.note_days or missed > pairing.check_in_days:
        return Health.BEHIND
    if pairing.due_on <= day + timedelta(days=limits.ending_days):
        return Health.ENDING
    if silent > limits.note_days or missed > 0:
        return Health.QUIET
    return Health.ON_TRACK


def with_health(
    pairings: "QuerySet[Any]",
    limits: Limits,
    *,
    last: str = "last_note_on",
    due: str = "next_check_in_on",
    is_past: bool = False,
) -> "QuerySet[Any]":
    """Each with `health`, as `health_of` says it; `last` and `due` name the columns of the latest note and of the next
    check-in. `is_past`: all of them ran on the day asked about, whatever became of them.
    """
    found: QuerySet[Any] = pairings.annotate(health=_case(limits, last, due, is_past=is_past))
    return found


def with_health_then(pairings: "QuerySet[Any]", limits: Limits, user: "User | None") -> "QuerySet[Any]":
    """Each of those that ran on a past day with `health` as it was: by the latest note (`noted_then`) that its reader may
    know of and by the next check-in by cadence (`due_then`).
    """
    day, known = limits.day, GuidanceNote.objects.all()
    if user is not None and not knows_of_all_notes(user):
        known = known.listed_for(user)
    notes = known.counted().filter(pairing=OuterRef("pk"), happened_on__lte=day).order_by()
    meetings = notes.filter(way__in=MEETINGS)
    held = CheckIn.objects.standing().filter(pairing=OuterRef("pk"), held_on__lte=day).order_by()
    met = Greatest(F("started_on"), _latest(meetings, "happened_on"), _latest(held, "held_on"))
    due = ExpressionWrapper(Coalesce(met, F("started_on")) + F("check_in_days"), output_field=DateField())
    rows = pairings.annotate(noted_then=_latest(notes, "happened_on"), due_then=due)
    return with_health(rows, limits, last="noted_then", due="due_then", is_past=True)


def _latest(rows: "QuerySet[Any]", name: str) -> Subquery:
    return Subquery(rows.values("pairing").annotate(at=Max(name)).values("at"), output_field=DateField())


def _case(limits: Limits, last: str, due: str, *, is_past: bool) -> Case:
    day = limits.day
    stretch = ExpressionWrapper(Value(day, DateField()) - F("check_in_days"), output_field=DateField())
    asked = Q() if limits.political_notes else ~Q(kind=MentorKind.POLITICAL)

    def silent(days: int) -> Q:
        bound = day - timedelta(days=days)
        return asked & (Q(**{f"{last}__lt": bound}) | Q(**{last: None}, started_on__lt=bound))

    over = Q(pk__in=[]) if is_past else Q(ended_on__isnull=False) | Q(voided_at__isnull=False)
    return Case(
        When(over, then=Value("")),
        When(silent(2 * limits.note_days) | Q(**{f"{due}__lt": stretch}), then=Value(Health.BEHIND.value)),
        When(due_on__lte=day + timedelta(days=limits.ending_days), then=Value(Health.ENDING.value)),
        When(silent(limits.note_days) | Q(**{f"{due}__lt": day}), then=Value(Health.QUIET.value)),
        default=Value(Health.ON_TRACK.value),
        output_field=models.CharField(),
    )
