"""Writing a briefing from its figures, changing it, taking over new numbers, issuing, voiding, copying it."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.briefings import composing, snapshots
from cadre_app.briefings.models import Briefing, BriefingState
from cadre_app.briefings.permissions import hands_of
from cadre_app.briefings.phrases import replaced
from cadre_app.core.figures import FIRST_DAY, check_day
from cadre_app.core.signing import refuse_same_hand
from cadre_app.history import services as history
from cadre_app.org.models import UnitKind
from cadre_app.people.services.checks import clean, refusal, refuse_standing
from cadre_app.policy.registry import policies

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit

NUMBER_LOCK = 7_120_033
SINCE = "postings.figures_since"
PARTS = ("opening", "stages", "practice", "following")
TEXTS = ("title", *PARTS, "shortcomings", "plans", "reported_to", "sent_to", "copies")


@transaction.atomic
def create_briefing(*, unit: "Unit", since: date, as_of: date, key: "UUID | None" = None, actor: "User") -> Briefing:
    """A draft from the figures of the unit and the period. Raises ValidationError by field for what cannot be counted."""
    check_period(unit, since, as_of)
    counted = snapshots.take(unit, since, as_of)
    composed = composing.Writer(frame_of(unit, since, as_of), counted).composed()
    briefing = Briefing(unit=unit, since=since, as_of=as_of, written_by=actor, hands=[actor.pk])
    briefing.pk = key or briefing.pk
    briefing.title = composed.title
    for name in PARTS:
        setattr(briefing, name, getattr(composed, name))
    return _kept(briefing, counted.figures, actor, "briefings.briefing.written")


@transaction.atomic
def copy_briefing(
    briefing: Briefing, *, since: date, as_of: date, version: int | None = None, actor: "User"
) -> Briefing:
    """A new draft with the same words and numbers, its days those of the new period; what is counted otherwise there is
    shown for choice.

    Raises ValidationError by field for a period that cannot be counted.
    """
    check_period(briefing.unit, since, as_of)
    copied = Briefing(unit=briefing.unit, since=since, as_of=as_of, written_by=actor)
    # Whoever wrote the words has written them in the copy as well.
    copied.hands = list(dict.fromkeys([briefing.written_by_id, *briefing.hands, actor.pk]))
    then, now = (frame_of(one.unit, one.since, one.as_of) for one in (briefing, copied))
    for name in TEXTS:
        text = getattr(briefing, name)
        setattr(copied, name, composing.redated(text, then, now) if name in PARTS else text)
    figures = [{name: value for name, value in entry.items() if name != "kept"} for entry in briefing.figures]
    return _kept(copied, figures, actor, "briefings.briefing.copied")


@transaction.atomic
def change_briefing(
    briefing: Briefing, *, suggested: list[str], version: int | None = None, actor: "User", **texts: Any
) -> Briefing:
    """What was typed, with the suggested sentences put after the shortcomings. Raises Stale, ValidationError by field."""
    briefing = lock_draft(briefing, version)
    with history.change(briefing, actor=actor, verb="briefings.briefing.changed"):
        for name, value in texts.items():
            setattr(briefing, name, value.strip() if isinstance(value, str) else value)
        briefing.shortcomings = _together(briefing.shortcomings, suggested)
        _signed_by_hand(briefing, actor)
        clean(briefing)
        briefing.save()
    return briefing


@transaction.atomic
def take_numbers(briefing: Briefing, *, keys: list[str], version: int | None = None, actor: "User") -> Briefing:
    """Count anew and take these numbers over, into the figures and wherever the words of the template stand around them.

    Raises Stale.
    """
    briefing = lock_draft(briefing, version)
    now = _now(briefing)
    old = snapshots.numbers_of(briefing.figures)
    with history.change(briefing, actor=actor, verb="briefings.briefing.numbers_taken"):
        for key in keys:
            if key not in old or key not in now:
                continue
            for name in PARTS:
                setattr(briefing, name, replaced(getattr(briefing, name), key, old[key], now[key]))
            briefing.figures = snapshots.with_number(briefing.figures, key, now[key])
        briefing.counted_at = timezone.now()
        _signed_by_hand(briefing, actor)
        clean(briefing)
        briefing.save()
    return briefing


@transaction.atomic
def keep_numbers(briefing: Briefing, *, keys: list[str], version: int | None = None, actor: "User") -> Briefing:
    """Leave these numbers as they are, knowing what is counted now. Raises Stale."""
    briefing = lock_draft(briefing, version)
    now = _now(briefing)
    with history.change(briefing, actor=actor, verb="briefings.briefing.numbers_kept"):
        for key in keys:
            if key in now:
                briefing.figures = snapshots.with_kept(briefing.figures, key, now[key])
        _signed_by_hand(briefing, actor)
        briefing.save()
    return briefing


@transaction.atomic
def issue_briefing(
    briefing: Briefing, *, on: date | None = None, version: int | None = None, actor: "User"
) -> Briefing:
    """签发: the next number of its unit and year; from now on nothing of it changes.

    Raises Stale; ValidationError for whoever wrote part of it, and without shortcomings and next steps.
    """
    briefing = lock_draft(briefing, version)
    for hand in hands_of(briefing):
        refuse_same_hand(actor, entered=hand)
    refuse_incomplete(briefing)
    day = on or timezone.localdate()
    with history.change(briefing, actor=actor, verb="briefings.briefing.issued"):
        briefing.state, briefing.issued_on, briefing.issued_by = BriefingState.ISSUED, day, actor
        briefing.year, briefing.number = day.year, _next_number(briefing, day.year)
        clean(briefing)
        briefing.save()
    return briefing


@transaction.atomic
def void_briefing(briefing: Briefing, *, reason: str, version: int | None = None, actor: "User") -> Briefing:
    """Its number is not given again. Raises Stale, ValidationError."""
    history.void(briefing, actor=actor, reason=reason, version=version)
    return Briefing.objects.get(pk=briefing.pk)


@transaction.atomic
def restore_briefing(briefing: Briefing, *, reason: str = "", version: int | None = None, actor: "User") -> Briefing:
    """Undo `void_briefing`. Raises Stale, ValidationError."""
    refuse_standing(Briefing.objects.lock(briefing.pk, version))
    history.restore(briefing, actor=actor, reason=reason)
    return Briefing.objects.get(pk=briefing.pk)


def lock_draft(briefing: Briefing, version: int | None) -> Briefing:
    """The locked row. Raises Stale; ValidationError for one that is issued or voided."""
    unit = briefing.unit
    briefing = Briefing.objects.lock(briefing.pk, version)
    if not briefing.is_draft:
        raise ValidationError(_("This briefing is issued or voided: it is no longer changed."), code="not_draft")
    briefing.unit = unit
    return briefing


def check_period(unit: "Unit", since: date, as_of: date) -> None:
    """Raises ValidationError by field: a day to come, one before figures, and days on which the unit was not there."""
    try:
        check_day(as_of)
    except ValidationError as error:
        raise ValidationError({"as_of": error}) from error
    if since > as_of:
        raise refusal("as_of", _("The last day lies before the first one."), code="before_start")
    if since < FIRST_DAY:
        message = _("Choose a day from %(day)s on.") % {"day": formats.date_format(FIRST_DAY)}
        raise refusal("since", message, code="too_early")
    if unit.closed_on is not None and as_of >= unit.closed_on:
        message = _(
            "“%(unit)s” was closed on %(day)s. Choose a last day before it, or the unit that took over its people."
        )
        known = {"unit": unit.name, "day": formats.date_format(unit.closed_on)}
        raise refusal("as_of", message % known, code="closed")


def refuse_incomplete(briefing: Briefing) -> None:
    """Raises ValidationError: shortcomings and next steps stand in every briefing that is issued."""
    if not is_complete(briefing):
        raise ValidationError(
            _("A briefing is issued with its shortcomings and next steps. Write both first."), code="incomplete"
        )


def is_complete(briefing: Briefing) -> bool:
    """Whether shortcomings and next steps are written."""
    return bool(briefing.shortcomings.strip() and briefing.plans.strip())


def frame_of(unit: "Unit", since: date, as_of: date) -> composing.Frame:
    """What the composing has to know beside the numbers."""
    return composing.Frame(
        place="全区" if unit.kind == UnitKind.DISTRICT else unit.name,
        of_unit=unit.name,
        since=since,
        as_of=as_of,
        today=timezone.localdate(),
        postings_since=policies[SINCE].on(as_of).year,
    )


def _kept(briefing: Briefing, figures: snapshots.Snapshot, actor: "User", verb: str) -> Briefing:
    briefing.figures, briefing.counted_at = figures, timezone.now()
    with history.change(briefing, actor=actor, verb=verb):
        clean(briefing)
        briefing.save(force_insert=True)
    return briefing


def _now(briefing: Briefing) -> dict[str, int]:
    return snapshots.numbers_of(snapshots.take(briefing.unit, briefing.since, briefing.as_of).figures)


def _signed_by_hand(briefing: Briefing, actor: "User") -> None:
    """Whoever changes it has written part of it."""
    if actor.pk not in briefing.hands:
        briefing.hands = [*briefing.hands, actor.pk]


def _together(text: str, sentences: list[str]) -> str:
    """The sentences after what stands there, none of them twice."""
    new = [sentence for sentence in sentences if sentence not in text]
    parts = [part for part in (text.rstrip("。；"), *new) if part]
    return "；".join(parts) + ("。" if new else text[len(text.rstrip("。；")) :])


def _next_number(briefing: Briefing, year: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBER_LOCK])
    given = Briefing.objects.filter(unit=briefing.unit, year=year).aggregate(latest=Max("number"))["latest"]
    return (given or 0) + 1
