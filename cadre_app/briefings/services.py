"""Writing a briefing from its figures, changing it, taking over new numbers, handing it on, issuing, voiding, copying it."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.briefings import composing, leftovers, rewriting, snapshots
from cadre_app.briefings.models import Briefing, BriefingState
from cadre_app.briefings.permissions import hands_of
from cadre_app.core.figures import FIRST_DAY, check_day
from cadre_app.core.signing import refuse_same_hand
from cadre_app.history import services as history
from cadre_app.org.models import Unit, UnitKind
from cadre_app.people.services.checks import clean, refusal, refuse_standing
from cadre_app.policy.registry import policies
from cadre_app.policy.values import CORE_ORGANIZATION_NAME
from cadre_app.reports.absence import check_unit

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User

NUMBER_LOCK = 7_120_033
SINCE = "postings.figures_since"
PARTS = ("opening", "stages", "practice", "following")
WRITTEN = ("shortcomings", "plans")
TEXTS = ("title", *PARTS, *WRITTEN, "reported_to", "sent_to", "copies")


@transaction.atomic
def create_briefing(*, unit: Unit, since: date, as_of: date, key: "UUID | None" = None, actor: "User") -> Briefing:
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
    """A new draft with the same words, its days those of the new period. Numbers that are the same there are those of the
    new period; the others stay as they were, and each waits for somebody to decide.

    Raises ValidationError by field for a period that cannot be counted, and for one that is voided.
    """
    if briefing.is_voided:
        raise ValidationError(_("This briefing is voided: it is not copied."), code="voided")
    check_period(briefing.unit, since, as_of)
    copied = Briefing(unit=briefing.unit, since=since, as_of=as_of, written_by=actor)
    # Whoever wrote the words has written them in the copy as well.
    copied.hands = list(dict.fromkeys([briefing.written_by_id, *briefing.hands, actor.pk]))
    then, now = (frame_of(one.unit, one.since, one.as_of) for one in (briefing, copied))
    for name in TEXTS:
        text = getattr(briefing, name)
        setattr(copied, name, rewriting.redated(text, then, now) if name in PARTS else text)
    counted = snapshots.take(briefing.unit, since, as_of)
    return _kept(
        copied,
        snapshots.moved(briefing.figures, days_of(briefing), counted.figures),
        actor,
        "briefings.briefing.copied",
    )


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
        _refuse_marks_alone(briefing)
        _signed_by_hand(briefing, actor)
        clean(briefing)
        briefing.save()
    return briefing


@transaction.atomic
def take_numbers(briefing: Briefing, *, keys: list[str], version: int | None = None, actor: "User") -> Briefing:
    """Count anew and take these numbers over, into the figures and into the text (`rewriting`), and keep which clauses of
    the text did not follow. Raises Stale, ValidationError for a unit that was not there any more.
    """
    briefing = lock_draft(briefing, version)
    refuse_absent(briefing)
    counted = snapshots.take(briefing.unit, briefing.since, briefing.as_of)
    wanted = [key for key in keys if key in snapshots.numbers_of(briefing.figures)]
    with history.change(briefing, actor=actor, verb="briefings.briefing.numbers_taken"):
        rewritten = text_with(briefing, counted, wanted)
        for name, text in rewritten.parts.items():
            setattr(briefing, name, text)
        before = briefing.figures
        for key in wanted:
            briefing.figures = snapshots.with_number(briefing.figures, key, counted.figures)
        briefing.figures = leftovers.told(briefing, before, set(wanted) - rewritten.followed)
        briefing.counted_at = timezone.now()
        _signed_by_hand(briefing, actor)
        clean(briefing)
        briefing.save()
    return briefing


@transaction.atomic
def keep_numbers(briefing: Briefing, *, keys: list[str], version: int | None = None, actor: "User") -> Briefing:
    """Leave these numbers as they are, knowing what is counted now. Raises Stale."""
    briefing = lock_draft(briefing, version)
    now = snapshots.numbers_of(snapshots.take(briefing.unit, briefing.since, briefing.as_of).figures)
    with history.change(briefing, actor=actor, verb="briefings.briefing.numbers_kept"):
        for key in keys:
            if key in now:
                briefing.figures = snapshots.with_kept(briefing.figures, key, now[key])
        _signed_by_hand(briefing, actor)
        briefing.save()
    return briefing


@transaction.atomic
def submit_briefing(
    briefing: Briefing, *, on: date | None = None, version: int | None = None, actor: "User"
) -> Briefing:
    """报送签发: from now on a leader decides on exactly this text.

    Raises Stale; ValidationError without shortcomings and next steps, where numbers of another period wait for a decision, and
    for a unit that was closed by its last day.
    """
    briefing = lock_draft(briefing, version)
    refuse_absent(briefing)
    refuse_incomplete(briefing)
    _decide(briefing)
    with history.change(briefing, actor=actor, verb="briefings.briefing.submitted"):
        briefing.state, briefing.submitted_by = BriefingState.SUBMITTED, actor
        briefing.submitted_on = on or timezone.localdate()
        briefing.returned_on, briefing.return_reason = None, ""
        _signed_by_hand(briefing, actor)
        clean(briefing)
        briefing.save()
    return briefing


@transaction.atomic
def return_briefing(
    briefing: Briefing, *, reason: str, on: date | None = None, version: int | None = None, actor: "User"
) -> Briefing:
    """退回补充: a draft again, which says what is to be completed. Raises Stale, ValidationError."""
    briefing = lock_submitted(briefing, version)
    with history.change(briefing, actor=actor, verb="briefings.briefing.returned", reason=reason):
        briefing.state, briefing.submitted_on = BriefingState.DRAFT, None
        briefing.returned_on, briefing.return_reason = on or timezone.localdate(), reason.strip()
        clean(briefing)
        briefing.save()
    return briefing


@transaction.atomic
def withdraw_briefing(briefing: Briefing, *, reason: str, version: int | None = None, actor: "User") -> Briefing:
    """撤回: taken back by those who submitted it, to go on writing. Raises Stale, ValidationError."""
    briefing = lock_submitted(briefing, version)
    with history.change(briefing, actor=actor, verb="briefings.briefing.withdrawn", reason=reason):
        briefing.state, briefing.submitted_on = BriefingState.DRAFT, None
        clean(briefing)
        briefing.save()
    return briefing


@transaction.atomic
def issue_briefing(
    briefing: Briefing, *, on: date | None = None, version: int | None = None, actor: "User"
) -> Briefing:
    """签发: the next number of its unit and year; from now on nothing of it changes.

    Raises Stale; ValidationError for whoever wrote part of it, for one that was not submitted, without shortcomings and next
    steps, and for a unit that was closed by its last day.
    """
    briefing = lock_submitted(briefing, version)
    for hand in hands_of(briefing):
        refuse_same_hand(actor, entered=hand)
    refuse_absent(briefing)
    refuse_incomplete(briefing)
    day = on or timezone.localdate()
    with history.change(briefing, actor=actor, verb="briefings.briefing.issued"):
        briefing.state, briefing.issued_on, briefing.issued_by = BriefingState.ISSUED, day, actor
        briefing.year, briefing.number = day.year, _next_number(briefing, day.year)
        briefing.department = CORE_ORGANIZATION_NAME.on(day)
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
    """The locked row. Raises Stale; ValidationError for one that is submitted, issued or voided."""
    unit = briefing.unit
    briefing = Briefing.objects.lock(briefing.pk, version)
    if briefing.is_submitted:
        raise ValidationError(_("This briefing waits for a leader: take it back to go on writing."), code="not_draft")
    if not briefing.is_draft:
        raise ValidationError(_("This briefing is issued or voided: it is no longer changed."), code="not_draft")
    briefing.unit = unit
    return briefing


def lock_submitted(briefing: Briefing, version: int | None) -> Briefing:
    """The locked row. Raises Stale; ValidationError for one that does not wait for a leader."""
    unit = briefing.unit
    briefing = Briefing.objects.lock(briefing.pk, version)
    if not briefing.is_submitted:
        raise ValidationError(_("This briefing does not wait for a leader."), code="not_submitted")
    briefing.unit = unit
    return briefing


def check_period(unit: Unit, since: date, as_of: date) -> None:
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
    try:
        check_unit(unit, as_of)
    except ValidationError as error:
        raise ValidationError({"as_of": error}) from error


def refuse_incomplete(briefing: Briefing) -> None:
    """Raises ValidationError: shortcomings and next steps stand in every briefing that is issued."""
    if not is_complete(briefing):
        raise ValidationError(incomplete_text(), code="incomplete")


def incomplete_text() -> str:
    """What is said of a briefing that lacks them."""
    return _("A briefing is issued with its shortcomings and next steps. Write both first.")


def is_complete(briefing: Briefing) -> bool:
    """Whether shortcomings and next steps are written, so that more than marks of them is printed."""
    return all(composing.says_something(getattr(briefing, name)) for name in WRITTEN)


def refuse_absent(briefing: Briefing) -> None:
    """Raises ValidationError as for a new one: its unit was closed by its last day, which may have been entered since."""
    check_unit(Unit.objects.get(pk=briefing.unit_id), briefing.as_of)


def undecided_text() -> str:
    """Why a copy cannot be handed on yet."""
    return _("Numbers of another period stand in it. Take over or keep each of them first.")


def days_of(briefing: Briefing) -> snapshots.Days:
    """Its period, and the day on which it was counted."""
    return snapshots.Days(briefing.since, briefing.as_of, timezone.localdate(briefing.counted_at))


def text_with(briefing: Briefing, counted: snapshots.Counted, keys: list[str]) -> rewriting.Rewritten:
    """What taking these numbers over makes of the text."""
    frame = frame_of(briefing.unit, briefing.since, briefing.as_of)
    old, now = snapshots.numbers_of(briefing.figures), snapshots.numbers_of(counted.figures)
    parts = {name: getattr(briefing, name) for name in PARTS}
    return rewriting.rewritten(parts, frame, old, now, counted.borne_out, keys)


def frame_of(unit: Unit, since: date, as_of: date) -> composing.Frame:
    """What the composing has to know beside the numbers."""
    return composing.Frame(
        place="全区" if unit.kind == UnitKind.DISTRICT else unit.name,
        of_unit=unit.name,
        since=since,
        as_of=as_of,
        period=composing.period_name(since, as_of, timezone.localdate()),
        postings_since=policies[SINCE].on(as_of).year,
    )


def _kept(briefing: Briefing, figures: snapshots.Snapshot, actor: "User", verb: str) -> Briefing:
    briefing.figures, briefing.counted_at = figures, timezone.now()
    with history.change(briefing, actor=actor, verb=verb):
        clean(briefing)
        briefing.save(force_insert=True)
    return briefing


def _decide(briefing: Briefing) -> None:
    """Numbers carried over from another period that are those of this one by now are its own. Raises ValidationError for others."""
    days = days_of(briefing)
    waiting = snapshots.carried(briefing.figures, days)
    if not waiting:
        return
    now = snapshots.take(briefing.unit, briefing.since, briefing.as_of).figures
    kept, counted = snapshots.numbers_of(briefing.figures), snapshots.numbers_of(now)
    for key in waiting:
        if kept[key] == counted[key]:
            briefing.figures = snapshots.with_number(briefing.figures, key, now)
    if snapshots.carried(briefing.figures, days):
        raise ValidationError(undecided_text(), code="undecided")


def _signed_by_hand(briefing: Briefing, actor: "User") -> None:
    """Whoever changes it has written part of it."""
    if actor.pk not in briefing.hands:
        briefing.hands = [*briefing.hands, actor.pk]


def _refuse_marks_alone(briefing: Briefing) -> None:
    """Raises ValidationError by field: a draft may lack them, but what is typed has to say something in print."""
    message = _(
        "Marks alone, or words such as “none” and “to be written”, say nothing in print. Write a sentence, or leave it empty while "
        "this is a draft."
    )
    found = {
        name: ValidationError(message, code="marks_alone")
        for name in WRITTEN
        if (text := getattr(briefing, name)) and not composing.says_something(text)
    }
    if found:
        raise ValidationError(found)


def _together(text: str, sentences: list[str]) -> str:
    """The sentences after what stands there, none of them twice."""
    new = [sentence for sentence in sentences if sentence not in text]
    if new and not composing.says_something(text):
        text = ""
    parts = [part for part in (text.rstrip("。；"), *new) if part]
    return "；".join(parts) + ("。" if new else text[len(text.rstrip("。；")) :])


def _next_number(briefing: Briefing, year: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBER_LOCK])
    given = Briefing.objects.filter(unit=briefing.unit, year=year).aggregate(latest=Max("number"))["latest"]
    return (given or 0) + 1
