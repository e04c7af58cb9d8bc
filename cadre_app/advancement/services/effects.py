"""What a sign-off writes into post, rank and résumé: planned for the page before it, applied once, taken back on voiding."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.advancement.models import ChangePart, Outcome, OutcomeChange, OutcomeKind
from cadre_app.advancement.resume_lines import line_of, with_line, without_line
from cadre_app.advancement.services.checks import brought_by
from cadre_app.care.services import triggers
from cadre_app.history import services as history
from cadre_app.people.models import Person, PostRecord
from cadre_app.people.services import persons, posts
from cadre_app.probation.models import Probation

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

HELD = ("post", "post_level", "rank", "post_grade")
VALUES = (*HELD, "document_number")


@dataclass(frozen=True)
class Planned:
    """One part as it is and as it will be. `left` says why it stays as it is; without `left` and equal it stands already."""

    part: ChangePart
    before: dict[str, Any] | None
    after: dict[str, Any]
    record: PostRecord | None = None
    left: str = ""
    note: str = ""

    @property
    def changes(self) -> bool:
        return not self.left and self.before != self.after


def planned(outcome: Outcome) -> list[Planned]:
    """What signing off would write now, post and rank first."""
    return [_planned_post(outcome), _planned_resume(outcome)]


def apply(outcome: Outcome, *, actor: "User") -> None:
    """Write what is planned and does not stand already, through the services of `people`; the file is locked."""
    for part in planned(outcome):
        if not part.changes:
            continue
        record = None
        if part.part == ChangePart.POST:
            record = _write_post(outcome, part, actor)
        else:
            persons.change_resume(outcome.trainee.person, resume=part.after["resume"], actor=actor)
        change = OutcomeChange(outcome=outcome, part=part.part, record=record, before=part.before, after=part.after)
        with history.change(change, actor=actor, verb="advancement.outcomechange.made"):
            change.full_clean()
            change.save(force_insert=True)


def take_back(outcome: Outcome, *, reason: str, actor: "User") -> None:
    """What was written goes back to what it was; where somebody changed it since it stays, and its change stands.

    What an outcome voided before had to leave, as this one was written upon it, goes along.
    """
    left = OutcomeChange.objects.standing().filter(outcome__trainee=outcome.trainee, outcome__voided_at__isnull=False)
    for rows in (outcome.changes.standing(), left.exclude(outcome=outcome).order_by("-created_at")):
        for change in rows.select_related("record"):
            if is_as_written(change, outcome.trainee.person):
                _take_back(change, outcome.trainee.person, reason, actor)
                history.void(change, actor=actor, reason=reason)


def is_as_written(change: OutcomeChange, person: Person) -> bool:
    """Whether nobody changed since what the sign-off wrote; of the résumé its own line, whatever follows it."""
    if change.part == ChangePart.RESUME:
        return _resume_without(change, person) is not None
    record = change.record
    return record is not None and not record.is_voided and _values(record) == _graded(change.after, record)


def refuse_carried(outcome: Outcome) -> None:
    """Raise ValidationError where a later outcome goes on with what this one brought: it would stand in the file without it."""
    rows = OutcomeChange.objects.standing().exclude(outcome=outcome).select_related("outcome")
    later = rows.filter(
        outcome__trainee=outcome.trainee,
        outcome__voided_at=None,
        outcome__effective_on__gte=outcome.effective_on,
        part=ChangePart.POST,
    )
    for change in later:
        brought = ((getattr(outcome, name), getattr(change.outcome, name), change.after[name]) for name in HELD)
        if any(own and not said and stands == own for own, said, stands in brought):
            message = _("“%(later)s” goes on with what this outcome brought. Void that one first and enter it anew.")
            raise ValidationError(message % {"later": change.outcome}, code="carried")
    _refuse_gone_on(outcome)
    _refuse_graded(outcome)


def goes_on_with(record: PostRecord) -> bool:
    """Whether a signed-off outcome wrote into this record of post and rank."""
    return OutcomeChange.objects.standing().filter(record=record, outcome__voided_at=None).exists()


def _refuse_gone_on(outcome: Outcome) -> None:
    """The next record that goes on with what this outcome brought, entered by hand, would stand without it."""
    wrote = [row for row in outcome.changes.standing().select_related("record") if row.part == ChangePart.POST]
    if not any(is_as_written(row, outcome.trainee.person) for row in wrote):
        return
    rows = outcome.trainee.post_records.standing().filter(started_on__gt=outcome.effective_on)
    later = rows.exclude(pk__in=_said_by_outcomes(outcome)).order_by("started_on").first()
    if later is None or not any(value and value == getattr(later, name) for name, value in brought_by(outcome).items()):
        return
    message = _("The record of post and rank from %(day)s on goes on with what this outcome brought. Correct it first.")
    raise ValidationError(message % {"day": formats.date_format(later.started_on)}, code="carried")


def _said_by_outcomes(outcome: Outcome) -> "QuerySet[OutcomeChange, Any]":
    rows = OutcomeChange.objects.standing().filter(outcome__trainee=outcome.trainee, record__isnull=False)
    return rows.exclude(outcome=outcome).values("record")


def _refuse_graded(outcome: Outcome) -> None:
    """The post on which a first grading stands is not voided under it."""
    wrote = outcome.changes.standing().filter(part=ChangePart.POST, before__isnull=True)
    if Probation.objects.standing().filter(post_record__in=wrote.values("record")).exists():
        message = _("The first grading gave this post its rank. A leader has to take that sign-off back first.")
        raise ValidationError(message, code="carried")


def _planned_post(outcome: Outcome) -> Planned:
    rows = list(outcome.trainee.post_records.standing().order_by("started_on"))
    earlier = [row for row in rows if row.started_on <= outcome.effective_on]
    same = next((row for row in earlier if row.started_on == outcome.effective_on), None)
    after = _new_values(outcome, earlier[-1] if earlier else None)
    note = ""
    if len(earlier) < len(rows):
        note = _("A later record of post and rank stands: what the file shows today stays as it is.")
    return Planned(ChangePart.POST, _values(same) if same is not None else None, after, same, note=note)


def _new_values(outcome: Outcome, held: PostRecord | None) -> dict[str, Any]:
    """What was held goes on where the outcome says nothing else."""
    values = {name: getattr(held, name) if held is not None else "" for name in VALUES}
    if outcome.kind != OutcomeKind.ADVANCED:
        values["post"] = outcome.post
        values["post_level"] = outcome.post_level or values["post_level"]
    values["rank"] = outcome.rank or values["rank"]
    values["post_grade"] = outcome.post_grade or values["post_grade"]
    values["document_number"] = outcome.document_number
    return {"started_on": outcome.effective_on.isoformat(), **values}


def _planned_resume(outcome: Outcome) -> Planned:
    present = outcome.trainee.person.resume
    later = outcome.trainee.post_records.standing().filter(started_on__gt=outcome.effective_on)
    held = _new_values(outcome, _held_on(outcome))
    text = outcome.resume_text or line_of(outcome, post=held["post"], rank=held["rank"])
    try:
        found = with_line(present, outcome.effective_on, text)
    except ValidationError as error:
        same = {"resume": present}
        return Planned(ChangePart.RESUME, same, same, left=error.messages[0])
    if found != present and later.exists():
        same, left = (
            {"resume": present},
            _("A later record of post and rank stands: write this line in the growth file."),
        )
        return Planned(ChangePart.RESUME, same, same, left=left)
    return Planned(ChangePart.RESUME, {"resume": present}, {"resume": found})


def _held_on(outcome: Outcome) -> PostRecord | None:
    rows = outcome.trainee.post_records.standing().filter(started_on__lte=outcome.effective_on)
    return rows.order_by("-started_on").first()


def _values(record: PostRecord) -> dict[str, Any]:
    return {"started_on": record.started_on.isoformat()} | {name: getattr(record, name) for name in VALUES}


def _graded(values: dict[str, Any], record: PostRecord) -> dict[str, Any]:
    """`values` with the rank that a first grading gave to `record` afterwards."""
    if values["rank"] or values["post_grade"]:
        return values
    return values | {"rank": record.rank, "post_grade": record.post_grade}


def _write_post(outcome: Outcome, part: Planned, actor: "User") -> PostRecord:
    values = _typed(part.after) | {"published_on": outcome.published_on}
    if part.record is not None:
        return posts.change_post_record(part.record, **values, is_signed=True, actor=actor)
    return posts.add_post_record(outcome.trainee, **values, is_signed=True, actor=actor)


def _take_back(change: OutcomeChange, person: Person, reason: str, actor: "User") -> None:
    before = change.before
    if change.part == ChangePart.RESUME:
        persons.change_resume(person, resume=_resume_without(change, person) or "", actor=actor)
    elif change.record is not None and before:
        gave_rank = change.after["rank"] or change.after["post_grade"]
        values = before if gave_rank else _graded(before, change.record)
        posts.change_post_record(change.record, **_typed(values), is_signed=True, actor=actor)
    elif change.record is not None:
        posts.void_post_record(change.record, reason=reason, is_signed=True, actor=actor)
        triggers.set_aside_of_post(change.record, reason=reason, actor=actor)


def _resume_without(change: OutcomeChange, person: Person) -> str | None:
    present = Person.objects.values_list("resume", flat=True).get(pk=person.pk)
    return without_line(present, (change.before or {}).get("resume", ""), change.after["resume"])


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "started_on": date.fromisoformat(values["started_on"])}
