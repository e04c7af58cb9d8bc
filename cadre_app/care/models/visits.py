"""走访慰问 a visit of the department to somebody in development."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.care.models.meeting_choices import WENT, VisitState
from cadre_app.care.models.notes import RestrictedNote
from cadre_app.care.models.plans import WORKERS
from cadre_app.core.models import BaseQuerySet
from cadre_app.people.models import Trainee, of_scope
from cadre_app.people.models.coded import CodedMixin
from cadre_app.policy import codes

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

OCCASIONS = "visit_occasion"
FAMILY_CHANGE = "03"
DESCRIBING = ("subject", "place", "summary", "brought", "companions")  # left empty for it


class CareVisitQuerySet(BaseQuerySet["CareVisit"]):
    def visible_to(self, user: "User") -> Self:
        """Staff and leaders in their scope; and the own ones that took place."""
        own = Q(trainee__person__account=user, voided_at=None, state__in=WENT)
        return self.filter(of_scope(user, *WORKERS, prefix="trainee__") | own)

    def worked_on(self, user: "User") -> Self:
        """Staff and leaders in their scope; own files and those of declared relatives are taken out (回避)."""
        return self.filter(of_scope(user, *WORKERS, prefix="trainee__"))

    def went(self) -> Self:
        """Took place, whatever followed."""
        return self.standing().filter(state__in=WENT)

    def without_texts(self) -> Self:
        """The restricted text stays in the database."""
        return self.defer("note")


class CareVisit(CodedMixin, RestrictedNote):
    """One visit to one person. `summary` is read by that person; of a serious change in the family only that is told.

    `amount` stays within the policy and names its `basis`.
    """

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)
    coded: ClassVar[dict[str, str]] = {"occasion": OCCASIONS}

    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="care_visits", verbose_name=_("growth file"), editable=False
    )
    occasion = models.CharField(pgettext_lazy("care visit", "occasion"), max_length=8)
    subject = models.CharField(pgettext_lazy("care visit", "what for"), max_length=60, blank=True)
    planned_on = models.DateField(pgettext_lazy("care visit", "planned for"))
    held_on = models.DateField(pgettext_lazy("care visit", "visited on"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=60, blank=True)
    visitor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="care_visits_made", verbose_name=_("visited by")
    )
    companions = models.CharField(_("accompanied by"), max_length=120, blank=True)
    brought = models.CharField(_("what was brought or asked"), max_length=200, blank=True)
    amount = models.DecimalField(_("sum (yuan)"), max_digits=8, decimal_places=2, null=True, blank=True)
    basis = models.CharField(_("basis of the sum"), max_length=80, blank=True)
    summary = models.CharField(_("how things are"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=VisitState, default=VisitState.PLANNED, editable=False)
    closed_on = models.DateField(pgettext_lazy("care visit", "closed on"), null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("reason for cancelling"), max_length=200, blank=True)
    objects = CareVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit to somebody")
        ordering = ("-planned_on", "id")
        indexes = [
            models.Index(fields=["trainee", "-held_on", "id"], name="care_visit_of_trainee"),
            models.Index(fields=["planned_on", "id"], name="care_visit_by_day"),
            models.Index(fields=["held_on", "id"], condition=Q(held_on__isnull=False), name="care_visit_by_day_held"),
            models.Index(fields=["state", "planned_on", "id"], name="care_visit_by_state"),
            models.Index(fields=["occasion", "planned_on", "id"], name="care_visit_by_occasion"),
            models.Index(fields=["visitor", "planned_on", "id"], name="care_visit_by_visitor"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state__in=WENT) & ~Q(held_on=None)) | (~Q(state__in=WENT) & Q(held_on=None)),
                name="held_care_visits_have_a_day",
                violation_error_code="held_on",
                violation_error_message=_("Say on which day the visit was."),
            ),
            models.CheckConstraint(
                condition=Q(amount=None, basis="") | (Q(amount__gt=0) & ~Q(basis="")),
                name="sums_of_visits_have_a_basis",
                violation_error_code="basis",
                violation_error_message=_("A sum is above zero and names its basis; without one leave both empty."),
            ),
            models.CheckConstraint(
                condition=~Q(occasion=FAMILY_CHANGE) | Q(subject="", summary=""),
                name="family_changes_stay_undescribed",
                violation_error_code="summary",
                violation_error_message=_("Of a serious change in the family only that is recorded. Leave this empty."),
            ),
            models.CheckConstraint(
                condition=(Q(state=VisitState.CANCELLED) & ~Q(cancel_reason=""))
                | (~Q(state=VisitState.CANCELLED) & Q(cancel_reason="")),
                name="cancelled_care_visits_say_why",
                violation_error_code="reason",
                violation_error_message=_("Say why the visit is cancelled."),
            ),
            models.CheckConstraint(
                condition=(Q(state=VisitState.CLOSED) & ~Q(closed_on=None))
                | (~Q(state=VisitState.CLOSED) & Q(closed_on=None)),
                name="closed_care_visits_have_a_day",
                violation_error_message=_("A visit is closed on a day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion_text} {formats.date_format(self.day)}"

    @property
    def day(self) -> date:
        """The day of the visit, or the one it is planned for."""
        return self.held_on or self.planned_on

    @property
    def occasion_text(self) -> str:
        return codes.label(OCCASIONS, self.occasion)

    @property
    def has_taken_place(self) -> bool:
        return self.state in WENT
