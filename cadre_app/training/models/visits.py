"""现场教学（研学） a day at several sites followed by a symposium (PRODUCT.md, row 4)."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.grams import gram_index
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.people.models import Trainee, of_scope
from cadre_app.people.models.persons import own_keys
from cadre_app.training.models.choices import AWAY, LEAST_HOURS, MOST_HOURS, Presence, VisitState

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

SEARCHED = ("title", "topic", "sites", "summary")


def lines_of(sites: str) -> list[str]:
    """Sites as they are kept, one in a line."""
    return [line.strip() for line in sites.splitlines() if line.strip()]


class VisitRouteQuerySet(BaseQuerySet["VisitRoute"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles."""
        return self if user.has_role(*BUSINESS_ROLES) else self.none()


class VisitRoute(BaseModel):
    """A route kept for further visits: its sites in order, one in a line, and the topic of the symposium."""

    title = models.CharField(pgettext_lazy("route", "title"), max_length=40)
    sites = models.TextField(_("sites"), max_length=600, help_text=_("One in a line, in the order of the day."))
    topic = models.CharField(_("topic of the symposium"), max_length=60, blank=True)
    is_offered = models.BooleanField(_("in use"), default=True)
    objects = VisitRouteQuerySet.as_manager()

    class Meta:
        verbose_name = _("route of study visits")
        ordering = ("title",)
        constraints = [
            models.UniqueConstraint(
                fields=["title"],
                condition=Q(voided_at=None),
                name="one_route_per_title",
                violation_error_code="title",
                violation_error_message=_("There is a route of this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def site_names(self) -> list[str]:
        """The sites in their order."""
        return lines_of(self.sites)


class StudyVisitQuerySet(BaseQuerySet["StudyVisit"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles; those in development where they take part."""
        if user.has_role(*BUSINESS_ROLES):
            return self
        own = own_keys(user)[1]
        mine = VisitMember.objects.standing().filter(trainee=own).values("visit")
        return self.standing().filter(pk__in=mine) if own is not None else self.none()


class StudyVisit(BaseModel):
    """One day at several sites. `hours` are given to those who were there; NULL where it gives none."""

    route = models.ForeignKey(
        VisitRoute, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name=_("route")
    )
    title = models.CharField(pgettext_lazy("visit", "title"), max_length=60)
    visited_on = models.DateField(pgettext_lazy("visit", "day"))
    meets_at = models.CharField(_("meeting point and time"), max_length=80, blank=True)
    sites = models.TextField(_("sites"), max_length=600, help_text=_("One in a line, in the order of the day."))
    topic = models.CharField(_("topic of the symposium"), max_length=60, blank=True)
    symposium_place = models.CharField(_("place of the symposium"), max_length=80, blank=True)
    summary = models.TextField(_("what came of it"), max_length=1000, blank=True)
    hours = models.DecimalField(_("training hours"), max_digits=5, decimal_places=1, null=True, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=VisitState, default=VisitState.PLANNED, editable=False)
    cancel_reason = models.CharField(_("reason for cancelling"), max_length=200, blank=True)
    objects = StudyVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("study visit")
        ordering = ("-visited_on", "id")
        indexes = [
            models.Index(fields=["visited_on", "id"], name="visit_by_day"),
            models.Index(fields=["state", "visited_on", "id"], name="visit_by_state"),
            models.Index(fields=["route", "visited_on", "id"], name="visit_of_route"),
            gram_index("visit_grams", *SEARCHED, condition=Q(voided_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours=None) | Q(hours__gte=LEAST_HOURS, hours__lte=MOST_HOURS),
                name="visit_hours_are_sane",
                violation_error_code="hours",
                violation_error_message=_("Training hours of a study visit are 0.5 to 200."),
            ),
            models.CheckConstraint(
                condition=(Q(state=VisitState.CANCELLED) & ~Q(cancel_reason=""))
                | (~Q(state=VisitState.CANCELLED) & Q(cancel_reason="")),
                name="cancelled_visits_say_why",
                violation_error_code="cancel_reason",
                violation_error_message=_("Say why the study visit is cancelled."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {formats.date_format(self.visited_on)}"

    @property
    def site_names(self) -> list[str]:
        """The sites in their order."""
        return lines_of(self.sites)


class VisitMemberQuerySet(BaseQuerySet["VisitMember"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope; and one's own."""
        own = Q(trainee__person__account=user, voided_at=None)
        return self.filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__") | own)

    def attending(self) -> Self:
        """On the list and in the programme until the day of the visit: attendance is asked of these, hours are theirs."""
        stays = Q(trainee__departed_on=None) | Q(trainee__departed_on__gte=F("visit__visited_on"))
        return self.standing().filter(stays, trainee__voided_at=None)

    def worked_on(self, user: "User") -> Self:
        """Whom `user` records or takes off: staff in their scope, never oneself or a relative (回避)."""
        return self.standing().filter(of_scope(user, Role.STAFF, prefix="trainee__"))


class VisitMember(BaseModel):
    """Somebody on a study visit: was there or not, was at the symposium or not, and what they said there.

    `told_at` is when they said that they know how it stands; NULL again with each event (`PlaceNews`).
    """

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)

    visit = models.ForeignKey(
        StudyVisit, models.PROTECT, related_name="members", verbose_name=_("study visit"), editable=False
    )
    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="visit_memberships", verbose_name=_("growth file"), editable=False
    )
    presence = models.CharField(_("attendance"), max_length=16, choices=Presence, blank=True)
    at_symposium = models.BooleanField(_("at the symposium"), default=False)
    remarks = models.CharField(_("remarks at the symposium"), max_length=300, blank=True)
    told_at = models.DateTimeField(_("took note at"), null=True, blank=True, editable=False)
    objects = VisitMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant of a study visit")
        ordering = ("visit", "trainee__stroke_key")
        indexes = [
            models.Index(fields=["visit", "trainee"], name="visit_member_of_visit"),
            models.Index(fields=["trainee", "visit"], name="visit_member_of_trainee"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "trainee"],
                condition=Q(voided_at=None),
                name="one_place_per_visit",
                violation_error_code="trainee",
                violation_error_message=_("This person is on the list already."),
            ),
            models.CheckConstraint(
                condition=~Q(presence__in=AWAY) | Q(at_symposium=False, remarks=""),
                name="who_was_not_there_said_nothing",
                violation_error_code="remarks",
                violation_error_message=_("Whoever was not there has no remarks."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainee} {self.visit}"

    @property
    def is_attending(self) -> bool:
        """In the programme until the day of the visit; `visit` and `trainee` are read."""
        left = self.trainee.departed_on
        return not self.trainee.is_voided and (left is None or left >= self.visit.visited_on)
