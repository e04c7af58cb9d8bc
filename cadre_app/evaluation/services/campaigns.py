"""A campaign set up, changed, opened, extended, closed, left too small, voided."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.core.fields import bare
from cadre_app.evaluation.models import Campaign, CampaignState, Outcome, Subject, Way
from cadre_app.evaluation.policies import CODES_ON, LEAST_SHEETS
from cadre_app.evaluation.services.box import hold_box
from cadre_app.evaluation.services.checks import is_evaluated, lock_campaign, refuse_own
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refusal, refuse_standing

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit
    from cadre_app.people.models import Trainee

LONGEST, AHEAD = timedelta(days=92), timedelta(days=366)


@transaction.atomic
def create_campaign(unit: "Unit", *, trainees: "Iterable[Trainee]", actor: "User", **values: Any) -> Campaign:
    """Set up a campaign about these people. Raises ValidationError by field."""
    campaign = Campaign(unit=unit, set_by=actor, least=LEAST_SHEETS.now())
    with history.change(campaign, actor=actor, verb="evaluation.campaign.created"):
        _write(campaign, values)
        clean(campaign)
        campaign.save()
    _keep_subjects(campaign, trainees, actor)
    _check_watchers(campaign)
    refuse_own(campaign, actor)
    return campaign


@transaction.atomic
def change_campaign(
    campaign: Campaign, *, trainees: "Iterable[Trainee]", version: int | None = None, actor: "User", **values: Any
) -> Campaign:
    """Change what is not opened yet. Raises Stale, ValidationError by field."""
    campaign = lock_campaign(campaign, version)
    if campaign.state != CampaignState.PLANNED:
        raise ValidationError(_("This evaluation was opened: extend or close it instead."), code="opened")
    with history.change(campaign, actor=actor, verb="evaluation.campaign.changed"):
        _write(campaign, values)
        clean(campaign)
        campaign.save()
    _keep_subjects(campaign, trainees, actor)
    _check_watchers(campaign)
    refuse_own(campaign, actor)
    return campaign


@transaction.atomic
def open_campaign(campaign: Campaign, *, version: int | None = None, actor: "User") -> Campaign:
    """进行中 From now on sheets are filled in and entered. Raises Stale, ValidationError."""
    campaign = lock_campaign(campaign, version)
    refuse_own(campaign, actor)
    if campaign.state != CampaignState.PLANNED:
        raise ValidationError(_("This evaluation is open already."), code="opened")
    today = timezone.localdate()
    if campaign.closes_on < today:
        raise ValidationError(_("Its last day is over. Change the days first."), code="over")
    if not (campaign.watcher_one and campaign.watcher_two):
        raise ValidationError(_("Name both representatives who watch before it is opened."), code="no_watchers")
    _check_watchers(campaign)
    with history.change(campaign, actor=actor, verb="evaluation.campaign.opened"):
        campaign.state, campaign.least = CampaignState.OPEN, LEAST_SHEETS.now()
        campaign.opens_on = min(campaign.opens_on, today)
        clean(campaign)
        campaign.save()
    return campaign


@transaction.atomic
def extend_campaign(campaign: Campaign, *, closes_on: date, version: int | None = None, actor: "User") -> Campaign:
    """Another last day; what was closed, or had too few sheets, is open again. Raises Stale, ValidationError by field."""
    campaign = lock_campaign(campaign, version)
    refuse_own(campaign, actor)
    if campaign.state in (CampaignState.PLANNED, CampaignState.VALID):
        raise ValidationError(_("Only an evaluation under way or with too few sheets is extended."), code="state")
    if closes_on < timezone.localdate():
        raise refusal("closes_on", _("This day is over."), code="past")
    with history.change(campaign, actor=actor, verb="evaluation.campaign.extended"):
        campaign.closes_on, campaign.state = closes_on, CampaignState.OPEN
        campaign.closed_on = campaign.settled_on = campaign.kept_small_on = None
        campaign.kept_small_why = ""
        _check_days(campaign)
        clean(campaign)
        campaign.save()
    _clear_outcomes(campaign, actor)
    return campaign


@transaction.atomic
def close_campaign(campaign: Campaign, *, version: int | None = None, actor: "User | None") -> Campaign:
    """已截止 No code is taken any more; paper that was collected is still entered. Raises Stale, ValidationError."""
    campaign = lock_campaign(campaign, version)
    refuse_own(campaign, actor)
    if campaign.state != CampaignState.OPEN:
        raise ValidationError(_("This evaluation is not open."), code="not_open")
    hold_box(alone=True)
    with history.change(campaign, actor=actor, verb="evaluation.campaign.closed"):
        campaign.state, campaign.closed_on = CampaignState.CLOSED, timezone.localdate()
        clean(campaign)
        campaign.save()
    return campaign


@transaction.atomic
def keep_small(campaign: Campaign, *, reason: str, version: int | None = None, actor: "User") -> Campaign:
    """维持样本不足 Nobody waits for more sheets, until it is extended. Raises Stale, ValidationError by field."""
    campaign = lock_campaign(campaign, version)
    refuse_own(campaign, actor)
    if campaign.state != CampaignState.SMALL or campaign.kept_small_on is not None:
        raise ValidationError(_("Only an evaluation with too few sheets stays so."), code="state")
    if not reason.strip():
        raise refusal("reason", _("Please fill this in."), code="required")
    with history.change(campaign, actor=actor, verb="evaluation.campaign.kept_small", reason=reason):
        campaign.kept_small_on, campaign.kept_small_why = timezone.localdate(), reason.strip()
        clean(campaign)
        campaign.save()
    return campaign


def sweep_campaigns() -> int:
    """Close what is past its last day."""
    over = Campaign.objects.standing().filter(state=CampaignState.OPEN, closes_on__lt=timezone.localdate())
    closed = 0
    for campaign in over.order_by("closes_on", "pk")[:100]:
        close_campaign(campaign, actor=None)
        closed += 1
    return closed


@transaction.atomic
def void_campaign(campaign: Campaign, *, reason: str, version: int | None = None, actor: "User") -> Campaign:
    """Set up by mistake: its results no longer stand anywhere. Raises Stale, ValidationError."""
    campaign = lock_campaign(campaign, version)
    refuse_own(campaign, actor)
    hold_box(alone=True)
    history.void(campaign, actor=actor, reason=reason, version=version)
    return Campaign.objects.get(pk=campaign.pk)


@transaction.atomic
def restore_campaign(campaign: Campaign, *, reason: str = "", version: int | None = None, actor: "User") -> Campaign:
    """Undo `void_campaign`. Raises Stale, ValidationError."""
    campaign = Campaign.objects.lock(campaign.pk, version)
    refuse_standing(campaign)
    refuse_own(campaign, actor)
    history.restore(campaign, actor=actor, reason=reason)
    return Campaign.objects.get(pk=campaign.pk)


def _write(campaign: Campaign, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(campaign, name, value)
    if campaign.way == Way.CODE and not CODES_ON.now():
        raise refusal("way", _("One-time codes are switched off in the settings."), code="codes_off")
    _check_days(campaign)


def _check_watchers(campaign: Campaign) -> None:
    """Two people, neither of them evaluated here; who they are may be entered until it is opened."""
    for field in ("watcher_one", "watcher_two"):
        if is_evaluated(campaign, getattr(campaign, field)):
            raise refusal(field, _("This person is evaluated here and does not watch. Name somebody else."), code="own")
    first, second = bare(campaign.watcher_one), bare(campaign.watcher_two)
    if first and first == second:
        raise refusal("watcher_two", _("This is the first representative. Name a second one."), code="same")


def _check_days(campaign: Campaign) -> None:
    if campaign.closes_on < campaign.opens_on:
        raise refusal("closes_on", _("The last day lies before the first one."), code="before_start")
    if campaign.state == CampaignState.PLANNED and campaign.closes_on - campaign.opens_on > LONGEST:
        raise refusal("closes_on", _("An evaluation lasts three months at most."), code="too_long")
    if campaign.closes_on > timezone.localdate() + AHEAD:
        raise refusal("closes_on", _("This day lies more than a year ahead."), code="too_late")


def _keep_subjects(campaign: Campaign, trainees: "Iterable[Trainee]", actor: "User") -> None:
    """Exactly these people; who is taken out is voided and comes back by being chosen again."""
    wanted = {trainee.pk: trainee for trainee in trainees}
    if not wanted:
        raise refusal("trainees", _("Choose one person at least."), code="required")
    known = {subject.trainee_id: subject for subject in campaign.subjects.select_for_update(of=("self",))}
    for key, subject in known.items():
        if key not in wanted and not subject.is_voided:
            history.void(subject, actor=actor, reason="")
        elif key in wanted and subject.is_voided:
            history.restore(subject, actor=actor)
    new = [Subject(campaign=campaign, trainee=wanted[key]) for key in wanted if key not in known]
    Subject.objects.bulk_create(new)
    history.record_created_many(new, actor=actor, verb="evaluation.subject.added")
    campaign.__dict__.pop("standing_subjects", None)


def _clear_outcomes(campaign: Campaign, actor: "User") -> None:
    """Who had too few sheets waits for more; what is valid stays."""
    rows = campaign.subjects.filter(outcome=Outcome.SMALL).select_for_update(of=("self",))
    with history.changes_many(rows, actor=actor, verb="evaluation.subject.reopened") as subjects:
        for subject in subjects:
            subject.outcome, subject.decided_on = "", None
        Subject.objects.bulk_update(subjects, ["outcome", "decided_on"])
