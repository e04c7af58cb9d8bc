"""Settings with dates of validity, code tables, holidays and the work calendar computed from them."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import Role

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

READERS = (Role.STAFF, Role.LEADER, Role.SYSTEM)


class PolicyValueQuerySet(BaseQuerySet["PolicyValue"]):
    def visible_to(self, user: "User") -> Self:
        """Department staff, leaders and the system administrator."""
        return self if user.has_role(*READERS) else self.none()

    def of(self, key: str) -> Self:
        """Standing values of one setting, newest day first."""
        return self.standing().filter(key=key).order_by("-valid_from")


class PolicyValue(BaseModel):
    """The value of one setting from a day on, until a later one takes over; `value` is plain JSON."""

    key = models.CharField(_("setting"), max_length=60)
    value = models.JSONField(_("value"), encoder=DjangoJSONEncoder)
    valid_from = models.DateField(_("valid from"))
    source = models.CharField(_("source"), max_length=200)
    reason = models.CharField(_("reason"), max_length=300)
    objects = PolicyValueQuerySet.as_manager()

    class Meta:
        ordering = ("key", "-valid_from")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "valid_from"],
                condition=Q(voided_at=None),
                name="one_value_per_setting_and_day",
                violation_error_message=_("There is already a value from this day on. Correct that one instead."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.valid_from}"

    @property
    def is_future(self) -> bool:
        """True if it takes effect after today (local date)."""
        return self.valid_from > timezone.localdate()


class CodeQuerySet(BaseQuerySet["Code"]):
    def visible_to(self, user: "User") -> Self:
        """Department staff, leaders and the system administrator; forms read codes through `codes.choices`."""
        return self if user.has_role(*READERS) else self.none()

    def of_table(self, table: str) -> Self:
        """Codes of one table in their order."""
        return self.standing().filter(table=table).order_by("order", "code")


class Code(BaseModel):
    """One line of a code table; the code itself never changes, records store it."""

    table = models.CharField(_("table"), max_length=40, editable=False)
    code = models.CharField(_("code"), max_length=20)
    name_zh = models.CharField(_("Chinese name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=100)
    order = models.PositiveSmallIntegerField(_("sort order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("superior code")
    )
    data = models.JSONField(_("further data"), default=dict, blank=True)
    objects = CodeQuerySet.as_manager()

    class Meta:
        ordering = ("table", "order", "code")
        indexes = [models.Index(fields=["table", "order", "code"], name="code_in_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "code"],
                condition=Q(voided_at=None),
                name="one_code_per_table",
                violation_error_message=_("This table already has this code."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def name(self) -> str:
        """The name in the language that is active."""
        return self.name_zh if (translation.get_language() or "zh").startswith("zh") else self.name_en


class DayKind(models.TextChoices):
    HOLIDAY = "holiday", _("Holiday")
    WORKDAY = "workday", _("Make-up workday")


class HolidayQuerySet(BaseQuerySet["Holiday"]):
    def visible_to(self, user: "User") -> Self:
        """Department staff, leaders and the system administrator; the work calendar itself is no secret to services."""
        return self if user.has_role(*READERS) else self.none()

    def of_year(self, year: int) -> Self:
        return self.standing().filter(day__gte=date(year, 1, 1), day__lte=date(year, 12, 31))


class Holiday(BaseModel):
    """A day that is not what its weekday says: off by the State Council's notice, or worked to make up for it."""

    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=8, choices=DayKind)
    name = models.CharField(_("name of the day"), max_length=40)
    source = models.CharField(_("source"), max_length=200)
    objects = HolidayQuerySet.as_manager()

    class Meta:
        ordering = ("day",)
        constraints = [
            models.UniqueConstraint(
                fields=["day"],
                condition=Q(voided_at=None),
                name="one_holiday_per_day",
                violation_error_message=_("This day is already entered. Remove it first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class CalendarDay(models.Model):
    """Every day of the work calendar; `ordinal` counts the workdays up to and including it, so that lead days are SQL.

    Computed by `services.rebuild_calendar` from weekdays and holidays; never edited.
    """

    day = models.DateField(primary_key=True)
    is_workday = models.BooleanField()
    ordinal = models.PositiveIntegerField()

    class Meta:
        ordering = ("day",)
        indexes = [models.Index(fields=["ordinal"], condition=Q(is_workday=True), name="workday_by_ordinal")]

    def __str__(self) -> str:
        return f"{self.day}"
