"""到村任职 the village term: the clock that decides when the camp ends (PRODUCT.md, "Village term")."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from cadre_app.accounts.models import DateRange
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.org.models import Unit
from cadre_app.people.models.trainees import Trainee, of_scope
from cadre_app.people.writing.posts import place_and_post

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class TermRole(models.TextChoices):
    """By political status: full Party members assist the secretary, others the director."""

    SECRETARY = "secretary", _("Assistant to the village Party secretary")
    DIRECTOR = "director", _("Assistant to the village director")


class VillageTermQuerySet(BaseQuerySet["VillageTerm"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope; and one's own."""
        return self.filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__") | Q(trainee__person__account=user))


class VillageTerm(BaseModel):
    """A trainee in a village. `due_on` is the last day planned: `months` after the start, later by each interruption;
    NULL while one is open. `ended_on` is the last day that was; a term cut short does not count for the stage.
    """

    named_by: ClassVar[tuple[str, ...]] = ("village",)

    trainee = models.ForeignKey(Trainee, models.PROTECT, related_name="village_terms", verbose_name=_("growth file"))
    village = models.ForeignKey(Unit, models.PROTECT, related_name="village_terms", verbose_name=_("village"))
    role = models.CharField(_("role in the village"), max_length=16, choices=TermRole)
    started_on = models.DateField(_("reported to the village on"))
    months = models.PositiveSmallIntegerField(_("length in months"))
    due_on = models.DateField(_("due to end on"), null=True, blank=True, editable=False)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    is_cut_short = models.BooleanField(_("ended early"), default=False)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    note = models.CharField(_("remark"), max_length=200, blank=True)
    objects = VillageTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("village term")
        ordering = ("trainee", "-started_on")
        indexes = [
            models.Index(fields=["trainee", "-started_on"], name="term_of_trainee"),
            models.Index(fields=["village", "-started_on"], name="term_in_village"),
            models.Index(fields=["due_on", "id"], condition=Q(voided_at=None, ended_on=None), name="term_by_due_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="term_ends_after_start",
                violation_error_code="ended_on",
                violation_error_message=_("A village term cannot end before it started."),
            ),
            models.CheckConstraint(
                condition=Q(is_cut_short=False) | Q(ended_on__isnull=False),
                name="cut_short_terms_have_an_end",
                violation_error_code="ended_on",
                violation_error_message=_("A term that ended early has a last day."),
            ),
            ExclusionConstraint(
                name="one_village_term_at_a_time",
                expressions=[
                    ("trainee", RangeOperators.EQUAL),
                    (
                        DateRange("started_on", "ended_on", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(voided_at=None),
                violation_error_code="started_on",
                violation_error_message=_("Another village term covers these days. Enter its last day first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village} {formats.date_format(self.started_on)}"

    @property
    def post(self) -> str:
        """The role with its village: 梧头村党支部书记助理."""
        return place_and_post(self.village.name, self.get_role_display())


class InterruptionQuerySet(BaseQuerySet["Interruption"]):
    def visible_to(self, user: "User") -> Self:
        """As the village term."""
        return self.filter(term__in=VillageTerm.objects.visible_to(user))


class Interruption(BaseModel):
    """Days on which a village term stood still; they are added to its end (顺延)."""

    term = models.ForeignKey(VillageTerm, models.PROTECT, related_name="interruptions", verbose_name=_("village term"))
    started_on = models.DateField(_("first day"))
    ended_on = models.DateField(_("last day"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    objects = InterruptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("interruption")
        ordering = ("term", "-started_on")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="interruption_ends_after_start",
                violation_error_code="ended_on",
                violation_error_message=_("An interruption cannot end before it started."),
            ),
            ExclusionConstraint(
                name="one_interruption_at_a_time",
                expressions=[
                    ("term", RangeOperators.EQUAL),
                    (
                        DateRange("started_on", "ended_on", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(voided_at=None),
                violation_error_code="started_on",
                violation_error_message=_("Another interruption covers these days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{formats.date_format(self.started_on)} {self.reason}"
