"""Long work that can be left and found again: one row per job, with its progress and its result."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.registries import JobKind, job_kinds

if TYPE_CHECKING:
    from datetime import datetime

    from cadre_app.accounts.models import User

STALE_AFTER = timedelta(minutes=2)
UNHEARD_AFTER = timedelta(minutes=10)


class JobState(models.TextChoices):
    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Being done")
    DONE = "done", _("Done")
    FAILED = "failed", _("Not completed")
    CANCELLED = "cancelled", _("Cancelled")


ACTIVE = (JobState.QUEUED, JobState.RUNNING)
ENDED_WITHOUT_RESULT = (JobState.FAILED, JobState.CANCELLED)


class JobQuerySet(BaseQuerySet["Job"]):
    def visible_to(self, user: "User") -> Self:
        """Everybody sees their own jobs only."""
        return self.filter(owner=user)

    def active(self) -> Self:
        return self.filter(state__in=ACTIVE)

    def claimable(self, now: "datetime") -> Self:
        """Waiting, or left by a worker that has been silent for two minutes."""
        return self.filter(Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, heartbeat_at__lt=now - STALE_AFTER))

    def lost(self, now: "datetime") -> Self:
        """Running without a sign of life for two minutes, or queued for ten without being taken up."""
        return self.filter(
            Q(state=JobState.RUNNING, heartbeat_at__lt=now - STALE_AFTER)
            | Q(state=JobState.QUEUED, heartbeat_at__lt=now - UNHEARD_AFTER)
        )

    def failed_since(self, moment: "datetime") -> Self:
        """Everybody's: for counting, never to be shown with owner, file or cause."""
        return self.filter(state=JobState.FAILED, finished_at__gte=moment)


class Job(BaseModel):
    """One piece of long work. `kind` is a key of core.registries.job_kinds; `cursor` is where a resumed run goes on.

    `access` is a digest of what the owner might see when the result was made; `attempt` names the worker's current
    attempt, so that a worker given up for lost cannot write any more. Progress is no change for history.
    """

    kind = models.CharField(_("kind"), max_length=60)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs", verbose_name=_("requested by")
    )
    params = models.JSONField(default=dict, blank=True)
    params_key = models.CharField(max_length=64, editable=False)
    cursor = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=JobState, default=JobState.QUEUED)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("total"), default=0)
    message = models.CharField(_("progress"), max_length=200, blank=True)
    error = models.CharField(_("cause"), max_length=500, blank=True)
    result_name = models.CharField(_("file"), max_length=200, blank=True)
    result_path = models.CharField(max_length=200, blank=True)
    access = models.CharField(max_length=64, blank=True, editable=False)
    attempt = models.UUIDField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        ordering = ("-created_at",)
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="job_by_owner"),
            models.Index(fields=["heartbeat_at"], condition=Q(state__in=ACTIVE), name="job_active_by_heartbeat"),
            models.Index(fields=["finished_at"], condition=~Q(result_path=""), name="job_with_result"),
            models.Index(fields=["-finished_at"], condition=Q(state="failed"), name="job_failed_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "kind", "params_key"],
                condition=Q(state__in=ACTIVE, voided_at=None),
                name="one_active_job_per_request",
                violation_error_message=_("This task is already waiting or running."),
            ),
            models.CheckConstraint(
                condition=Q(total=0) | Q(done__lte=models.F("total")),
                name="job_done_within_total",
                violation_error_message=_("No more can be done than there is to do."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def definition(self) -> JobKind | None:
        """What the kind means; None if the app that announced it is gone."""
        return job_kinds.get(self.kind)

    @property
    def label(self) -> Any:
        return self.definition.label if self.definition is not None else self.kind

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    @property
    def has_result(self) -> bool:
        return self.state == JobState.DONE and bool(self.result_path)

    @property
    def done_url(self) -> str:
        """Where what the job did can be seen; empty while it is not done, or if there is no such page."""
        kind = self.definition
        return kind.done_url(self) if self.state == JobState.DONE and kind is not None and kind.done_url else ""

    @property
    def can_be_retried(self) -> bool:
        return self.state in ENDED_WITHOUT_RESULT
