"""Heartbeats: the rows by which worker, beat and sweep say that they are alive."""

from django.db import models
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
