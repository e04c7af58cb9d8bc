"""Heartbeats: the rows by which worker, beat and sweep say that they are alive; and what each sweep has done."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Heartbeat(models.Model):
    """The last sign of life of one part; `detail` is the part's own small report. Times are UTC."""

    class Name(models.TextChoices):
        WORKER = "worker", _("Background work")
        BEAT = "beat", _("Clock")
        SWEEP = "sweep", _("Regular sweep")

    name = models.CharField(primary_key=True, max_length=16, choices=Name)
    at = models.DateTimeField(_("time"))
    detail = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"


class SweepRunQuerySet(models.QuerySet["SweepRun"]):
    def started_before(self, moment: datetime) -> Self:
        return self.filter(started_at__lt=moment)


class SweepRun(models.Model):
    """One sweep: `handled` rows by key, `failed` keys. Without an end it runs, or was killed. Times are UTC."""

    started_at = models.DateTimeField(_("started"), db_index=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    handled = models.JSONField(default=dict)
    failed = ArrayField(models.CharField(max_length=60), default=list)
    objects = SweepRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("sweep")
        ordering = ("-started_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")), name="sweep_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M:%S}"
