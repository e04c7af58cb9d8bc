"""The course of a comparison: opened, given to reviewers, closed, signed off or sent back, published, and one step back."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.accounts.models import Grant, User
from cadre_app.assignments.models import (
    Competition,
    CompetitionEntry,
    CompetitionMember,
    CompetitionReviewer,
    CompetitionState,
    EntryKind,
    EntryState,
)
from cadre_app.assignments.permissions import competitions as permissions
from cadre_app.assignments.policies import COMPETITION_REVIEWERS
from cadre_app.assignments.services.competition_entries import posted_in_season, why_too_few
from cadre_app.assignments.services.competitions import VERB, lock_competition, move
from cadre_app.core.roles import Role
from cadre_app.core.signing import refuse_same_hand
from cadre_app.core.tables import joined
from cadre_app.history import services as history
from cadre_app.people.services.bulk import write_many
from cadre_app.people.services.checks import clean, refusal

LEAST_RESULTS = 2
LONGEST_REVIEW = timedelta(days=366)
MEMBER_VERB, REVIEWER_VERB = "assignments.competitionmember", "assignments.competitionreviewer"
STEPS_BACK = (CompetitionState.OPEN, CompetitionState.REVIEW, CompetitionState.CLOSED, CompetitionState.PUBLISHED)
BACK = {
    CompetitionState.OPEN: CompetitionState.DRAFT,
    CompetitionState.REVIEW: CompetitionState.OPEN,
    CompetitionState.CLOSED: CompetitionState.REVIEW,
    CompetitionState.PUBLISHED: CompetitionState.SIGNED,
}


@transaction.atomic
def open_competition(competition: Competition, *, version: int | None = None, actor: User) -> Competition:
    """Results may be entered; the criteria are locked. Raises Stale; ValidationError without criteria."""
    competition = lock_competition(competition, version, states=(CompetitionState.DRAFT,))
    if not competition.criteria.standing().exists():
        raise ValidationError(_("Set at least one criterion first."), code="no_criteria")
    return _go(competition, CompetitionState.OPEN, "opened", actor)


@transaction.atomic
def start_review(
    competition: Competition, *, scores_until: date, version: int | None = None, actor: User
) -> Competition:
    """Reviewers score what is verified. Raises Stale; ValidationError by field, and for what is missing."""
    competition = lock_competition(competition, version, states=(CompetitionState.OPEN,))
    _check_last_day(scores_until)
    if why := why_not_scored(competition):
        raise ValidationError(why, code="not_ready")
    return _go(competition, CompetitionState.REVIEW, "review_started", actor, scores_until=scores_until)


@transaction.atomic
def move_scores_until(
    competition: Competition, *, scores_until: date, reason: str, version: int | None = None, actor: User
) -> Competition:
    """Another last day for scores, with a reason. Raises Stale, ValidationError by field."""
    competition = lock_competition(competition, version, states=(CompetitionState.REVIEW,))
    _check_last_day(scores_until)
    values: dict[str, Any] = {"scores_until": scores_until}
    return _go(competition, CompetitionState.REVIEW, "scores_moved", actor, reason=reason, **values)


@transaction.atomic
def close_review(competition: Competition, *, version: int | None = None, actor: User) -> Competition:
    """All scores are in: a leader signs off. Raises Stale; ValidationError while one is missing, and without a leader who may sign."""
    competition = lock_competition(competition, version, states=(CompetitionState.REVIEW,))
    if why := why_not_closed(competition) or _why_no_signer(competition):
        raise ValidationError(why, code="not_ready")
    return _go(competition, CompetitionState.CLOSED, "review_closed", actor, sent_back_reason="")


@transaction.atomic
def sign_off_competition(competition: Competition, *, version: int | None = None, actor: User) -> Competition:
    """签批 by a leader who neither set it up nor entered, changed or verified a result. Raises Stale; ValidationError, also while somebody's scores
    count who must not score.
    """
    competition = lock_competition(competition, version, states=(CompetitionState.CLOSED,))
    has_verified = competition.entries.verified().filter(verified_by=actor).exists()
    wrote = actor.pk if competition.entries.standing().recorded_by(actor).exists() else competition.set_by_id
    refuse_same_hand(actor, entered=wrote, checked=actor.pk if has_verified else None)
    if why := why_not_signed(competition):
        raise ValidationError(why, code="partial")
    today = timezone.localdate()
    return _go(competition, CompetitionState.SIGNED, "signed_off", actor, signed_by=actor, signed_on=today)


@transaction.atomic
def send_back_competition(
    competition: Competition, *, reason: str, version: int | None = None, actor: User
) -> Competition:
    """The leader does not sign, also after the sign-off: every reviewer reads why and hands in again, with the scores as
    they are or others. Raises Stale, ValidationError.
    """
    states = (CompetitionState.CLOSED, CompetitionState.SIGNED)
    competition = lock_competition(competition, version, states=states)
    reviewers = CompetitionReviewer.objects.standing().filter(competition=competition).select_for_update(of=("self",))
    with history.changes_many(reviewers, actor=actor, verb=f"{REVIEWER_VERB}.returned", reason=reason) as sheets:
        for sheet in sheets:
            sheet.handed_in_at, sheet.return_reason = None, reason
        CompetitionReviewer.objects.bulk_update(sheets, ["handed_in_at", "return_reason"])
    values: dict[str, Any] = {"signed_by": None, "signed_on": None, "sent_back_reason": reason}
    return _go(competition, CompetitionState.REVIEW, "sent_back", actor, reason=reason, **values)


@transaction.atomic
def publish_competition(competition: Competition, *, version: int | None = None, actor: User) -> Competition:
    """Whoever was posted to the fronts in the season reads the results, with mentors and liaisons; their part in it stands
    in each one's file, without points or place.

    Raises Stale; ValidationError before the sign-off, and while somebody's scores count who must not score.
    """
    competition = lock_competition(competition, version)
    if competition.state == CompetitionState.PUBLISHED:
        raise ValidationError(_("It is published already."), code="published")
    if competition.state != CompetitionState.SIGNED:
        raise ValidationError(_("It is published once a leader has signed it off."), code="not_signed")
    if why := why_not_signed(competition):
        raise ValidationError(why, code="partial")
    today = timezone.localdate()
    _show(competition, today, actor)
    return _go(competition, CompetitionState.PUBLISHED, "published", actor, published_on=today)


@transaction.atomic
def step_back_competition(
    competition: Competition, *, reason: str, version: int | None = None, actor: User
) -> Competition:
    """One step back, as long as nothing hangs on it. Raises Stale, ValidationError."""
    competition = lock_competition(competition, version, states=STEPS_BACK)
    was = CompetitionState(competition.state)
    if was == CompetitionState.OPEN and competition.entries.standing().exists():
        raise ValidationError(_("Results are entered already: the criteria stay as they were set."), code="has_results")
    if was == CompetitionState.REVIEW and competition.reviewers.standing().exclude(handed_in_at=None).exists():
        raise ValidationError(_("Scores are handed in already. Return them to the reviewers first."), code="has_scores")
    values: dict[str, Any] = {}
    if was == CompetitionState.REVIEW:
        values["scores_until"] = None
    if was == CompetitionState.PUBLISHED:
        values["published_on"] = None
        _show(competition, None, actor)
    return _go(competition, BACK[was], "stepped_back", actor, reason=reason, **values)


def why_not_scored(competition: Competition) -> str:
    """What is missing until reviewers can score; empty when nothing is."""
    if timezone.localdate() < competition.ended_on:
        text = _("The season ends on %(day)s; results are scored from then on.")
        return text % {"day": formats.date_format(competition.ended_on)}
    entries = CompetitionEntry.objects.standing().filter(competition=competition)
    states = list(entries.values_list("state", flat=True))
    open_ones = sum(state != EntryState.VERIFIED for state in states)
    if open_ones:
        text = ngettext(
            "%(count)s result is not verified yet: verify it, or void it.",
            "%(count)s results are not verified yet: verify them, or void them.",
            open_ones,
        )
        return text % {"count": open_ones}
    if len(states) < LEAST_RESULTS:
        return _("A comparison needs at least two verified results.")
    least = COMPETITION_REVIEWERS.now()
    if competition.reviewers.standing().count() < least:
        return _("Name at least %(least)s reviewers first.") % {"least": least}
    return why_too_few(competition) or why_not_signed(competition)


def why_not_closed(competition: Competition) -> str:
    """What is missing until the scores can be signed off; empty when nothing is."""
    reviewers = list(competition.reviewers.standing().values_list("handed_in_at", flat=True))
    least = COMPETITION_REVIEWERS.now()
    if len(reviewers) < least:
        return _("Name at least %(least)s reviewers first.") % {"least": least}
    if waiting := sum(moment is None for moment in reviewers):
        text = ngettext(
            "%(count)s reviewer has not handed in yet: wait, or release the reviewer.",
            "%(count)s reviewers have not handed in yet: wait, or release them.",
            waiting,
        )
        return text % {"count": waiting}
    if CompetitionEntry.objects.verified().filter(competition=competition).count() < LEAST_RESULTS:
        return _("A comparison needs at least two verified results.")
    return why_not_signed(competition) or why_too_few(competition)


def _why_no_signer(competition: Competition) -> str:
    """Whoever signs it off had no part in it: told before the run to the sign-off, from which nobody would lead on."""
    held = Grant.objects.in_force(timezone.localdate()).filter(role=Role.LEADER)
    leaders = User.objects.filter(is_active=True, pk__in=held.values("user"))
    if any(permissions.can_sign_competition(leader, competition) for leader in leaders):
        return ""
    return _(
        "No leader is left who signs it off: each one set it up, entered, changed or verified a result, scores in it or has "
        "a relative in a team. Go back one step and have the results verified by somebody else."
    )


def why_not_signed(competition: Competition) -> str:
    """Which reviewers must not score it although they were named; empty when none is such a one."""
    names = joined(
        competition.reviewers.standing().barred().order_by("created_at").values_list("person__name", flat=True)
    )
    if not names:
        return ""
    text = _(
        "They have part in a result, or are a declared relative or mentor of a member: %(names)s. Release them first."
    )
    return text % {"names": names}


def _check_last_day(scores_until: date) -> None:
    today = timezone.localdate()
    if scores_until < today:
        raise refusal("scores_until", _("This day has passed."), code="past")
    if scores_until > today + LONGEST_REVIEW:
        raise refusal("scores_until", _("Choose a day within one year."), code="far")


def _go(
    competition: Competition, state: CompetitionState, verb: str, actor: User, *, reason: str = "", **values: Any
) -> Competition:
    """The next state of a locked comparison, with what is kept of the step."""
    with history.change(competition, actor=actor, verb=f"{VERB}.{verb}", reason=reason):
        move(competition, state)
        for name, value in values.items():
            setattr(competition, name, value)
        clean(competition)
        competition.save()
    return competition


def _show(competition: Competition, day: date | None, actor: User) -> None:
    """In the growth files of the members and of whoever served on a front that is compared as a whole, since `day`; None
    takes it out again.
    """
    rows = CompetitionMember.objects.in_teams().filter(team__competition=competition)
    members = list(rows.select_for_update(of=("self",)))
    with history.changes_many(members, actor=actor, verb=f"{MEMBER_VERB}.shown"):
        for member in members:
            member.shown_on = day
        CompetitionMember.objects.bulk_update(members, ["shown_on"])
    if day is not None:
        write_many(_of_fronts(competition, day), actor=actor, verb=f"{MEMBER_VERB}.shown", reason="")
    else:
        _take_out(competition, actor)


def _of_fronts(competition: Competition, day: date) -> list[CompetitionMember]:
    entries = CompetitionEntry.objects.verified().filter(competition=competition, kind=EntryKind.FRONT)
    by_front = {entry.front_id: entry for entry in entries.select_related("front")}
    postings = posted_in_season(competition, [entry.front for entry in by_front.values()])
    pairs = postings.filter(trainee__voided_at=None).order_by("front", "trainee").values_list("front", "trainee")
    return [CompetitionMember(team=by_front[front], trainee_id=file, shown_on=day) for front, file in pairs.distinct()]


def _take_out(competition: Competition, actor: User) -> None:
    """Whoever served on a front is found anew with the next publication."""
    rows = CompetitionMember.objects.standing().filter(team__competition=competition, team__kind=EntryKind.FRONT)
    now = timezone.now()
    with history.changes_many(
        rows.select_for_update(of=("self",)), actor=actor, verb=f"{MEMBER_VERB}.voided"
    ) as members:
        for member in members:
            member.shown_on, member.voided_at = None, now
        CompetitionMember.objects.bulk_update(members, ["shown_on", "voided_at"])
