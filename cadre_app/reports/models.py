"""What the overview counted last, kept for districts where counting takes long; nothing here is a record of anybody."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cadre_app.org.models import Unit


class KeptFiguresQuerySet(models.QuerySet["KeptFigures"]):
    def opened_since(self, moment: datetime) -> Self:
        return self.filter(opened_at__gte=moment)

    def counted_before(self, moment: datetime) -> Self:
        return self.filter(counted_at__lt=moment)


class KeptFigures(models.Model):
    """Numbers of every figure and shares of every breakdown for one account, unit and period, in one language.

    `key` is a digest of all that they depend on, the scope of the account among it: with another scope the row is not
    found any more. `since` to `as_of` is the period; times are UTC.
    """

    key = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")
    language = models.CharField(max_length=16)
    since = models.DateField()
    as_of = models.DateField()
    numbers = models.JSONField()
    shares = models.JSONField()
    counted_at = models.DateTimeField()
    opened_at = models.DateTimeField(db_index=True)
    objects = KeptFiguresQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(since__lte=F("as_of")), name="kept_figures_period_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.since} – {self.as_of}"
