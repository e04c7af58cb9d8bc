"""Results of teams and fronts: entered by staff or the unit, verified or returned, taken out, restored."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.assignments.models import (
    Competition,
    CompetitionEntry,
    CompetitionMember,
    CompetitionReviewer,
    CompetitionScore,
    CompetitionState,
    EntryKind,
    EntryState,
    Front,
    Posting,
)
from cadre_app.assignments.models.competition_members import mentors_of
from cadre_app.assignments.scope import SENT_STATES
from cadre_app.assignments.services.competitions import lock_competition
from cadre_app.core.tables import joined
from cadre_app.files import services as files
from cadre_app.files.models import StoredFile
from cadre_app.files.uploads import CheckedUpload
from cadre_app.history import services as history
from cadre_app.org.models import Unit
from cadre_app.people.models import Trainee
from cadre_app.people.models.persons import relatives_of
from cadre_app.people.services.checks import clean, refusal, refuse_standing

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

VERB, MEMBER_VERB = "assignments.competitionentry", "assignments.competitionmember"
SCORE_VERB = "assignments.competitionscore"
EVIDENCE, MOST_FILES = "assignments.competition", 5
LEAST_MEMBERS, MOST_MEMBERS = 2, 30
LEAST_POSTED = 2
TAKING = (CompetitionState.OPEN,)
VOIDABLE = (CompetitionState.OPEN, CompetitionState.REVIEW)


def posted_in_season(competition: Competition, fronts: Sequence[Front]) -> "QuerySet[Posting]":
    """Standing postings to these fronts that took a day of the season."""
    rows = Posting.objects.standing().filter(front__in=fronts, state__in=SENT_STATES)
    return rows.filter(
        Q(covered_until__gte=competition.started_on) | Q(covered_until=None), started_on__lte=competition.ended_on
    )


def too_few_on(competition: Competition, fronts: Sequence[Front]) -> list[Front]:
    """Fronts on which fewer than two people served in the season: their result as a whole is that of one person."""
    rows = posted_in_season(competition, fronts).order_by().values("front")
    known = dict(rows.annotate(many=Count("trainee", distinct=True)).values_list("front", "many"))
    return [front for front in fronts if known.get(front.pk, 0) < LEAST_POSTED]


def why_too_few(competition: Competition) -> str:
    """Which results of whole fronts are those of one person; empty when none is."""
    rows = CompetitionEntry.objects.standing().filter(competition=competition, kind=EntryKind.FRONT)
    fronts = [entry.front for entry in rows.select_related("front").order_by("front__order")]
    few = too_few_on(competition, fronts) if fronts else []
    if not few:
        return ""
    message = _(
        "Fewer than two people served in the season on: %(names)s. Take these results out: people are not compared."
    )
    return message % {"names": joined(str(front) for front in few)}


@transaction.atomic
def enter_result(
    competition: Competition,
    *,
    kind: str,
    front: Front,
    name: str = "",
    unit: Unit | None = None,
    members: Sequence[Trainee] = (),
    result: str,
    numbers: str,
    evidence: Sequence[CheckedUpload] = (),
    actor: "User",
) -> CompetitionEntry:
    """Enter what a team or a front has done. Raises ValidationError by field; also where it is not open for results."""
    competition = _lock_open(competition)
    _refuse_reviewer(competition, actor)
    entry = CompetitionEntry(competition=competition, entered_by=actor, entered_on=timezone.localdate())
    with history.change(entry, actor=actor, verb=f"{VERB}.entered"):
        _fill(entry, kind, front, name, unit, result, numbers)
        entry.save(force_insert=True)
    _keep_members(entry, members, actor)
    files.store_files(kind=EVIDENCE, owner=entry, uploads=evidence, actor=actor)
    return entry


@transaction.atomic
def change_result(
    entry: CompetitionEntry,
    *,
    kind: str,
    front: Front,
    name: str = "",
    unit: Unit | None = None,
    members: Sequence[Trainee] = (),
    result: str,
    numbers: str,
    evidence: Sequence[CheckedUpload] = (),
    version: int | None = None,
    actor: "User",
) -> CompetitionEntry:
    """Complete or correct a result: it is verified and scored anew, by somebody else. Raises Stale, ValidationError by
    field.
    """
    _refuse_reviewer(_lock_open(entry.competition), actor)
    entry = _lock(entry, version)
    with history.change(entry, actor=actor, verb=f"{VERB}.changed"):
        _fill(entry, kind, front, name, unit, result, numbers)
        entry.state, entry.return_reason = EntryState.ENTERED, ""
        entry.verified_by = entry.verified_on = None
        _change(entry, actor)
        entry.save()
    _keep_members(entry, members, actor)
    _drop_scores(entry, actor)
    files.store_files(kind=EVIDENCE, owner=entry, uploads=evidence, actor=actor)
    return entry


@transaction.atomic
def remove_evidence(
    file: StoredFile, *, entry: CompetitionEntry, reason: str = "", version: int | None = None, actor: "User"
) -> StoredFile:
    """Take a file off a result that is not verified yet: a change of the result. Raises Stale, ValidationError."""
    _refuse_reviewer(_lock_open(entry.competition), actor)
    entry = _lock(entry, None)
    if entry.state == EntryState.VERIFIED:
        raise ValidationError(_("This result is verified: return it first."), code="verified")
    with history.change(entry, actor=actor, verb=f"{VERB}.changed"):
        _change(entry, actor)
        entry.save()
    _drop_scores(entry, actor)
    return files.remove_file(file, reason=reason, version=version, actor=actor)


@transaction.atomic
def verify_result(entry: CompetitionEntry, *, version: int | None = None, actor: "User") -> CompetitionEntry:
    """核实 It can be scored. Raises Stale; ValidationError where whoever entered or changed it would verify it."""
    competition = _lock_open(entry.competition)
    entry = _lock(entry, version)
    if actor.pk in (entry.entered_by_id, entry.changed_by_id):
        raise ValidationError(_("Somebody else verifies what you have entered or changed."), code="own")
    if entry.kind == EntryKind.FRONT:
        _refuse_few(competition, entry.front)
    if entry.state == EntryState.VERIFIED:
        raise ValidationError(_("This result is verified already."), code="verified")
    with history.change(entry, actor=actor, verb=f"{VERB}.verified"):
        entry.state, entry.return_reason = EntryState.VERIFIED, ""
        entry.verified_by, entry.verified_on = actor, timezone.localdate()
        clean(entry)
        entry.save()
    return entry


@transaction.atomic
def return_result(
    entry: CompetitionEntry, *, reason: str, version: int | None = None, actor: "User"
) -> CompetitionEntry:
    """退回补充 Whoever entered it completes it. Raises Stale, ValidationError."""
    _lock_open(entry.competition)
    entry = _lock(entry, version)
    with history.change(entry, actor=actor, verb=f"{VERB}.returned", reason=reason):
        entry.state, entry.return_reason = EntryState.RETURNED, reason
        entry.verified_by = entry.verified_on = None
        clean(entry)
        entry.save()
    return entry


@transaction.atomic
def void_result(entry: CompetitionEntry, *, reason: str, version: int | None = None, actor: "User") -> CompetitionEntry:
    """Take a result out, with a reason; scores of it no longer count. Raises Stale; ValidationError after the review."""
    lock_competition(entry.competition, states=VOIDABLE)
    history.void(_lock(entry, version), actor=actor, reason=reason)
    return CompetitionEntry.objects.get(pk=entry.pk)


@transaction.atomic
def restore_result(
    entry: CompetitionEntry, *, reason: str = "", version: int | None = None, actor: "User"
) -> CompetitionEntry:
    """It stands again. Raises Stale; ValidationError once it is scored, or where another one has its place."""
    competition = _lock_open(entry.competition)
    found = CompetitionEntry.objects.lock(entry.pk, version)
    refuse_standing(found)
    persons = list(found.members.standing().select_related("trainee__person"))
    _refuse_partial(competition, [member.trainee for member in persons])
    _refuse_elsewhere(found, [member.trainee for member in persons])
    history.restore(found, actor=actor, reason=reason)
    return CompetitionEntry.objects.get(pk=found.pk)


def _lock_open(competition: Competition) -> Competition:
    return lock_competition(competition, states=TAKING)


def _lock(entry: CompetitionEntry, version: int | None) -> CompetitionEntry:
    found = CompetitionEntry.objects.lock(entry.pk, version)
    if found.is_voided:
        raise ValidationError(_("This result was taken out."), code="voided")
    return found


def _change(entry: CompetitionEntry, actor: "User") -> None:
    """Whoever changes a result answers for it from then on."""
    entry.changed_by, entry.changed_on = actor, timezone.localdate()


def _drop_scores(entry: CompetitionEntry, actor: "User") -> None:
    """What was given to an earlier text counts no longer and is given anew; it is kept, voided."""
    rows = CompetitionScore.objects.standing().filter(entry=entry).select_for_update(of=("self",))
    now = timezone.now()
    with history.changes_many(rows, actor=actor, verb=f"{SCORE_VERB}.voided") as scores:
        for score in scores:
            score.voided_at = now
        CompetitionScore.objects.bulk_update(scores, ["voided_at"])


def _refuse_reviewer(competition: Competition, actor: "User") -> None:
    if competition.reviewers.standing().filter(person__account=actor).exists():
        message = _("You review this comparison: somebody else enters and changes its results.")
        raise ValidationError(message, code="reviewer")


def _refuse_few(competition: Competition, front: Front) -> None:
    if too_few_on(competition, [front]):
        message = _("Fewer than two people served on this front in the season: people are not compared.")
        raise refusal("front", message, code="too_few")


def _fill(
    entry: CompetitionEntry, kind: str, front: Front, name: str, unit: Unit | None, result: str, numbers: str
) -> None:
    is_team = kind == EntryKind.TEAM
    if is_team and not name.strip():
        raise refusal("name", _("A team has a name."), code="required")
    if is_team and unit is None:
        raise refusal("unit", _("A team has a unit."), code="required")
    if front.key not in entry.competition.front_keys:
        raise refusal("front", _("The comparison does not cover this front."), code="front")
    entry.kind, entry.front, entry.result, entry.numbers = kind, front, result, numbers
    entry.name, entry.unit = (name, unit) if is_team else ("", None)
    if not is_team:
        _refuse_few(entry.competition, front)
    _check_unit(entry)
    clean(entry)


def _check_unit(entry: CompetitionEntry) -> None:
    """The team's unit has to have worked on a day of the season."""
    unit, season = entry.unit, entry.competition
    if unit is None:
        return
    is_over = unit.closed_on is not None and unit.closed_on <= season.started_on
    if unit.is_voided or is_over or unit.opened_on > season.ended_on:
        message = _("“%(unit)s” was closed in this season. Choose another unit.")
        raise refusal("unit", message % {"unit": unit.name}, code="closed")


def _keep_members(entry: CompetitionEntry, members: Sequence[Trainee], actor: "User") -> None:
    """The members as they are named now: newcomers are taken in, whoever is left out is voided."""
    wanted = {member.pk: member for member in members} if entry.kind == EntryKind.TEAM else {}
    there = {row.trainee_id: row for row in entry.members.standing().select_related("trainee__person")}
    if entry.kind == EntryKind.TEAM:
        _check_members(entry, list(wanted.values()), set(there))
    for key, row in there.items():
        if key not in wanted:
            history.void(row, actor=actor, reason="")
    for key, trainee in wanted.items():
        if key not in there:
            row = CompetitionMember(team=entry, trainee=trainee)
            with history.change(row, actor=actor, verb=f"{MEMBER_VERB}.joined"):
                clean(row)
                row.save(force_insert=True)


def _check_members(entry: CompetitionEntry, wanted: list[Trainee], there: "set[UUID]") -> None:
    if not LEAST_MEMBERS <= len(wanted) <= MOST_MEMBERS:
        message = _("A team has %(least)s to %(most)s members: results of teams are compared, never people.")
        raise refusal("members", message % {"least": LEAST_MEMBERS, "most": MOST_MEMBERS}, code="number")
    posted = posted_in_season(entry.competition, [entry.front]).filter(trainee__in=wanted)
    served = set(posted.values_list("trainee_id", flat=True))
    if others := [one for one in wanted if one.pk not in served and one.pk not in there]:
        message = _("Not posted to this front in the season: %(names)s.")
        raise refusal("members", message % {"names": _names(others)}, code="not_posted")
    if closed := [one for one in wanted if one.is_read_only and one.pk not in there]:
        message = _("Their growth files are closed: %(names)s.")
        raise refusal("members", message % {"names": _names(closed)}, code="read_only")
    _refuse_elsewhere(entry, wanted)
    _refuse_partial(entry.competition, wanted)


def _refuse_elsewhere(entry: CompetitionEntry, wanted: Sequence[Trainee]) -> None:
    """Nobody is in two teams of one comparison."""
    rows = CompetitionMember.objects.in_teams().filter(team__competition=entry.competition, trainee__in=wanted)
    row = rows.exclude(team=entry).select_related("team", "trainee__person").first()
    if row is not None:
        message = _("%(name)s is in the team “%(team)s” already.")
        known = {"name": row.trainee.person.name, "team": row.team.name}
        raise refusal("members", message % known, code="elsewhere")


def _refuse_partial(competition: Competition, wanted: Sequence[Trainee]) -> None:
    """Nobody who scores is in a team, nor a declared relative or a mentor of a member (回避)."""
    reviewers = set(
        CompetitionReviewer.objects.standing().filter(competition=competition).values_list("person_id", flat=True)
    )
    barred = reviewers | relatives_of(reviewers)
    if partial := [one for one in wanted if one.person_id in barred]:
        message = _("Reviewers of this comparison or declared relatives of one: %(names)s.")
        raise refusal("members", message % {"names": _names(partial)}, code="reviewer")
    if mentored := [one for one in wanted if reviewers and mentors_of([one.pk]) & reviewers]:
        message = _("A reviewer of this comparison is the mentor of: %(names)s.")
        raise refusal("members", message % {"names": _names(mentored)}, code="mentor")


def _names(trainees: Sequence[Trainee]) -> str:
    return joined(one.person.name for one in trainees)
