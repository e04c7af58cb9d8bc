"""导师工作小结 a mentor's report on half a year: what the data show, and what the mentor makes of it."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import Role
from cadre_app.mentorship.models.pairings import Pairing
from cadre_app.people.models import Person, of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

LONGEST_REPORT = 20000
FIRST_YEAR, LAST_YEAR = 2000, 2100


class Half(models.IntegerChoices):
    FIRST = 1, pgettext_lazy("half of a year", "First half")
    SECOND = 2, pgettext_lazy("half of a year", "Second half")


def days_of(year: int, half: int) -> tuple[date, date]:
    """First and last day of that half of the calendar year."""
    return (date(year, 1, 1), date(year, 6, 30)) if half == Half.FIRST else (date(year, 7, 1), date(year, 12, 31))


def half_of(day: date) -> tuple[int, "Half"]:
    """Year and half in which that day lies."""
    return day.year, Half.FIRST if day < days_of(day.year, Half.SECOND)[0] else Half.SECOND


class MentorReportQuerySet(BaseQuerySet["MentorReport"]):
    def visible_to(self, user: "User") -> Self:
        """The mentor's own; staff and leaders what was sent, where every mentee it is about lies in their scope."""
        own = Q(mentor__account=user)
        if not user.has_role(Role.STAFF, Role.LEADER):
            return self.filter(own)
        scope = of_scope(user, Role.STAFF, Role.LEADER, prefix="trainee__")
        ran = _of_half(Pairing.objects.standing())
        outside = ran.exclude(pk__in=Pairing.objects.filter(scope).order_by().values("pk"))
        inside = ran.filter(scope)
        theirs = Q(sent_at__isnull=False) & Q(models.Exists(inside)) & ~Q(models.Exists(outside))
        return self.filter(own | (theirs & Q(voided_at=None)))


def _of_half(pairings: Any) -> Any:
    """Those of the mentor of the outer report that ran in its half-year."""
    first, last = models.OuterRef("first_day"), models.OuterRef("last_day")
    over = Q(ended_on=None) | Q(ended_on__gte=first)
    return pairings.filter(over, mentor=models.OuterRef("mentor"), started_on__lte=last).order_by()


class MentorReport(BaseModel):
    """One mentor, one half-year. `generated` is the text made from the data, `text` what stands after editing.

    `previous_text` keeps what a later generation replaced. `first_day` and `last_day` repeat the half-year for queries.
    `sent_at`: the department reads it from then on; taken back it is the mentor's alone again.
    """

    sealed_fields: ClassVar[frozenset[str]] = frozenset({"generated", "text", "previous_text"})
    named_by: ClassVar[tuple[str, ...]] = ("mentor",)

    mentor = models.ForeignKey(Person, models.PROTECT, related_name="mentor_reports", verbose_name=_("mentor"))
    year = models.PositiveSmallIntegerField(_("year"))
    half = models.PositiveSmallIntegerField(_("half-year"), choices=Half)
    first_day = models.DateField(_("from"), editable=False)
    last_day = models.DateField(_("until"), editable=False)
    generated = models.TextField(_("generated text"), max_length=LONGEST_REPORT)
    generated_at = models.DateTimeField(_("generated at"), editable=False)
    text = models.TextField(pgettext_lazy("report", "text"), max_length=LONGEST_REPORT)
    previous_text = models.TextField(_("text before it was generated anew"), max_length=LONGEST_REPORT, blank=True)
    sent_at = models.DateTimeField(pgettext_lazy("report", "sent at"), null=True, blank=True, editable=False)
    objects = MentorReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("mentor's half-year report")
        ordering = ("mentor", "-first_day")
        indexes = [
            models.Index(fields=["mentor", "-first_day", "id"], name="report_of_mentor"),
            models.Index(fields=["first_day", "id"], name="report_by_half"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "year", "half"],
                condition=Q(voided_at=None),
                name="one_report_per_half_year",
                violation_error_code="half",
                violation_error_message=_("The report of this half-year is there already."),
            ),
            models.CheckConstraint(
                condition=Q(half__in=[1, 2], year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="reports_are_of_half_years",
                violation_error_code="half",
                violation_error_message=_("Choose the first or the second half of a year."),
            ),
            models.CheckConstraint(
                condition=Q(last_day__gt=F("first_day")),
                name="report_days_in_order",
                violation_error_message=_("The last day of the period lies before its first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor} {self.period}"

    @property
    def period(self) -> str:
        """The half-year in words."""
        known = {"year": self.year, "half": Half(self.half).label}
        return gettext("%(half)s of %(year)s") % known

    @property
    def is_edited(self) -> bool:
        return self.text != self.generated
