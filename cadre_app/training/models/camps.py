"""进港扬帆训练营 the camp of a year with its three grades (PRODUCT.md, row 2)."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.people.models import Trainee, of_scope
from cadre_app.training.models.choices import CampExit, GradeRule

if TYPE_CHECKING:
    from datetime import date

    from cadre_app.accounts.models import User


class CampQuerySet(BaseQuerySet["Camp"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles; members see the camps they were in."""
        if user.has_role(*BUSINESS_ROLES):
            return self
        mine = CampMember.objects.standing().filter(trainee__person__account=user)
        return self.standing().filter(pk__in=mine.values("camp"))

    def begun(self, day: "date") -> Self:
        """Standing camps whose reference date has come; the first one is under way."""
        return self.standing().filter(reference_on__lte=day).order_by("-year")


class Camp(BaseModel):
    """The camp that begins on the reference date `reference_on` of its year and lasts until the next one.

    `applied_on` is the day on which grades were given out the first time; NULL while they are only previewed.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    reference_on = models.DateField(_("reference date"))
    applied_on = models.DateField(_("grades given out on"), null=True, blank=True, editable=False)
    note = models.CharField(_("remark"), max_length=200, blank=True)
    objects = CampQuerySet.as_manager()

    class Meta:
        verbose_name = _("camp")
        ordering = ("-year",)
        constraints = [
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(voided_at=None),
                name="one_camp_per_year",
                violation_error_code="year",
                violation_error_message=_("This year has its camp already."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Setting Sail youth camp %(year)s") % {"year": self.year}


class CampMemberQuerySet(BaseQuerySet["CampMember"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope; and one's own that stand."""
        own = Q(trainee__person__account=user, voided_at=None)
        return self.filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__") | own)

    def present(self) -> Self:
        """Standing and still in the camp."""
        return self.standing().filter(left_on=None)

    def on_leave(self) -> Self:
        """Present in the latest camp of each, and on leave; what an earlier camp says is over."""
        later = CampMember.objects.standing().filter(trainee=OuterRef("trainee"), camp__year__gt=OuterRef("camp__year"))
        return self.present().exclude(paused_reason="").filter(~Exists(later))


class CampMember(BaseModel):
    """Somebody in one grade of a camp. `months` are completed months of service on the reference date, `rule` the rule
    that gave the grade. `is_late`: came after grades were given out. `paused_reason`: on leave, keeps the
    grade and is not put on rosters; taken over from one camp into the next.
    """

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)

    camp = models.ForeignKey(Camp, models.PROTECT, related_name="members", verbose_name=_("camp"), editable=False)
    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="camp_memberships", verbose_name=_("growth file"), editable=False
    )
    grade = models.PositiveSmallIntegerField(_("grade"))
    months = models.PositiveSmallIntegerField(_("months of service on the reference date"), editable=False)
    rule = models.CharField(_("rule"), max_length=24, choices=GradeRule, editable=False)
    joined_on = models.DateField(_("joined on"))
    is_late = models.BooleanField(_("joined late"), default=False, editable=False)
    paused_reason = models.CharField(_("on leave because"), max_length=100, blank=True)
    left_on = models.DateField(_("left the camp on"), null=True, blank=True)
    left_kind = models.CharField(_("left because"), max_length=16, choices=CampExit, blank=True)
    left_note = models.CharField(_("remark on leaving"), max_length=200, blank=True)
    objects = CampMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("camp member")
        ordering = ("camp", "grade", "trainee__stroke_key")
        indexes = [
            models.Index(fields=["camp", "grade", "trainee"], name="member_by_grade"),
            models.Index(fields=["trainee", "-joined_on", "id"], name="member_of_trainee"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["camp", "trainee"],
                condition=Q(voided_at=None),
                name="one_membership_per_camp",
                violation_error_code="trainee",
                violation_error_message=_("This person is in the camp already."),
            ),
            models.CheckConstraint(condition=Q(grade__gte=1, grade__lte=3), name="camp_grade_is_1_to_3"),
            models.CheckConstraint(
                condition=Q(left_on=None, left_kind="") | (Q(left_on__isnull=False) & ~Q(left_kind="")),
                name="leaving_the_camp_has_a_reason",
                violation_error_code="left_kind",
                violation_error_message=_("Say why this person leaves the camp."),
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")),
                name="camp_left_after_joining",
                violation_error_code="left_on",
                violation_error_message=_("Nobody leaves the camp before joining it."),
            ),
            models.CheckConstraint(
                condition=~Q(left_kind=CampExit.OTHER) | ~Q(left_note=""),
                name="other_reasons_for_leaving_are_said",
                violation_error_code="left_note",
                violation_error_message=_("Say why this person leaves the camp."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainee} {self.grade}"
