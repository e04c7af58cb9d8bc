"""夺旗争先 results of teams on one front in a season, by criteria set beforehand; no titles, no order of people."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.assignments.models.choices import CompetitionState
from cadre_app.assignments.models.fronts import Front
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.people.models import Person, Trainee
from cadre_app.people.models.persons import own_keys

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

OVERSEERS = (Role.STAFF, Role.LEADER)
LONGEST_RESULT = 1000


class CompetitionQuerySet(BaseQuerySet["Competition"]):
    def visible_to(self, user: "User") -> Self:
        """Staff and leaders; reviewers while it is open; business roles and those with a growth file once published."""
        if user.has_role(*OVERSEERS):
            return self
        reviewing = Q(state=CompetitionState.OPEN, pk__in=Judge.objects.of(user).values("competition"))
        if user.has_role(*BUSINESS_ROLES) or own_keys(user)[1] is not None:
            reviewing |= Q(state=CompetitionState.PUBLISHED)
        return self.standing().filter(reviewing)


class Competition(BaseModel):
    """One front in one season. `criteria` are name and points, 100 together, unchanged from the day it opens."""

    front = models.ForeignKey(Front, models.PROTECT, related_name="competitions", verbose_name=_("front"))
    season = models.CharField(_("season"), max_length=30)
    starts_on = models.DateField(_("results from"))
    ends_on = models.DateField(_("results until"))
    criteria = models.JSONField(_("criteria"), default=list)
    state = models.CharField(
        _("state"), max_length=10, choices=CompetitionState, default=CompetitionState.PLANNED, editable=False
    )
    reviews_until = models.DateField(_("reviews until"))
    closing_note = models.TextField(_("findings"), max_length=LONGEST_RESULT, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed off by"),
        editable=False,
    )
    published_on = models.DateField(_("published on"), null=True, blank=True, editable=False)
    objects = CompetitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("competition of teams")
        ordering = ("-ends_on", "front")
        constraints = [
            models.UniqueConstraint(
                fields=["front", "season"],
                condition=Q(voided_at=None),
                name="one_competition_of_a_front_a_season",
                violation_error_code="season",
                violation_error_message=_("This front has a competition in the season already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="competition_ends_after_start",
                violation_error_code="ends_on",
                violation_error_message=_("The last day lies before the first one."),
            ),
            models.CheckConstraint(
                condition=Q(state=CompetitionState.PUBLISHED, published_on__isnull=False)
                | (~Q(state=CompetitionState.PUBLISHED) & Q(published_on=None)),
                name="published_competitions_have_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.front} {self.season}"


class EntryQuerySet(BaseQuerySet["CompetitionTeam"]):
    def visible_to(self, user: "User") -> Self:
        """As the competition."""
        return self.filter(competition__in=Competition.objects.visible_to(user))


class CompetitionTeam(BaseModel):
    """A team and the results it is reviewed by, which staff have checked."""

    named_by: ClassVar[tuple[str, ...]] = ()

    competition = models.ForeignKey(
        Competition, models.PROTECT, related_name="teams", verbose_name=_("competition of teams"), editable=False
    )
    name = models.CharField(_("team"), max_length=40)
    results = models.TextField(_("reviewed results"), max_length=LONGEST_RESULT)
    members = models.ManyToManyField(Trainee, related_name="competition_teams", verbose_name=_("members"), blank=True)
    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("team of a competition")
        ordering = ("competition", "name")
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "name"],
                condition=Q(voided_at=None),
                name="one_team_of_a_name",
                violation_error_code="name",
                violation_error_message=_("The competition has a team of this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class JudgeQuerySet(BaseQuerySet["Judge"]):
    def visible_to(self, user: "User") -> Self:
        """As the competition."""
        return self.filter(competition__in=Competition.objects.visible_to(user))

    def of(self, user: "User") -> Self:
        """Standing ones that `user` is."""
        return self.standing().filter(person__account=user)


class Judge(BaseModel):
    """A named reviewer of a competition."""

    named_by: ClassVar[tuple[str, ...]] = ("person",)

    competition = models.ForeignKey(
        Competition, models.PROTECT, related_name="judges", verbose_name=_("competition of teams"), editable=False
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="judged_competitions", verbose_name=_("reviewer"), editable=False
    )
    objects = JudgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("reviewer of a competition")
        ordering = ("competition", "created_at")
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "person"],
                condition=Q(voided_at=None),
                name="once_a_reviewer_of_a_competition",
                violation_error_code="person",
                violation_error_message=_("This person reviews the competition already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class ScoreQuerySet(BaseQuerySet["TeamScore"]):
    def visible_to(self, user: "User") -> Self:
        """Staff and leaders; a reviewer's own."""
        if user.has_role(*OVERSEERS):
            return self
        return self.standing().filter(judge__in=Judge.objects.of(user))


class TeamScore(BaseModel):
    """Points of one reviewer for one team, in the order of the criteria, with a reason."""

    named_by: ClassVar[tuple[str, ...]] = ("team", "judge__person")

    team = models.ForeignKey(
        CompetitionTeam, models.PROTECT, related_name="scores", verbose_name=_("team"), editable=False
    )
    judge = models.ForeignKey(Judge, models.PROTECT, related_name="scores", verbose_name=_("reviewer"), editable=False)
    points = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("points"))
    comment = models.CharField(pgettext_lazy("score", "reason"), max_length=200, blank=True)
    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("points of a team")
        ordering = ("team", "judge")
        constraints = [
            models.UniqueConstraint(
                fields=["team", "judge"], condition=Q(voided_at=None), name="one_score_of_a_reviewer"
            ),
        ]

    def __str__(self) -> str:
        return str(self.team)
