"""夺旗争先 comparison of reviewed results by front and season: criteria set beforehand, results of teams and fronts."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.assignments.models.choices import CompetitionState, EntryKind, EntryState, FrontKey
from cadre_app.assignments.models.fronts import Front
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.registries import relations
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit
from cadre_app.org.paths import any_of, prefixes
from cadre_app.people.models import Trainee, of_scope
from cadre_app.people.models.persons import avoided_persons, own_keys

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

OVERSEERS = (Role.STAFF, Role.LEADER)
MENTOR_LEVEL = "mentor"
LONGEST_TITLE, LONGEST_RESULT, LONGEST_NUMBERS = 60, 2000, 600
HIGHEST_POINTS = 100


class CompetitionQuerySet(BaseQuerySet["Competition"]):
    def visible_to(self, user: "User") -> Self:
        """Staff and leaders of its unit; liaisons below it while it takes results, and where their teams are in it;
        reviewers while it is scored; members of its teams, their mentors and liaisons once it is published.
        """
        from cadre_app.assignments.models.competition_scores import reviewed_by  # sheets lead here, not back

        found = any_of(user.unit_ranges(*OVERSEERS), "unit__path")
        standing = _taking_from(user) | Q(pk__in=_entries_of_liaison(user).values("competition"))
        standing |= Q(pk__in=reviewed_by(user).values("competition"))
        standing |= Q(state=CompetitionState.PUBLISHED, pk__in=tied_members(user).values("team__competition"))
        return self.filter(found | (standing & Q(voided_at=None)))

    def published_to(self, user: "User") -> Self:
        """Those whose results somebody reads."""
        return self.visible_to(user).filter(state=CompetitionState.PUBLISHED)

    def staffed_by(self, user: "User") -> Self:
        """Those of units of which `user` is staff."""
        return self.filter(any_of(user.unit_ranges(Role.STAFF), "unit__path"))

    def led_by(self, user: "User") -> Self:
        """Those that `user` may sign off as a leader: of their units, set up by somebody else."""
        return self.filter(any_of(user.unit_ranges(Role.LEADER), "unit__path")).exclude(set_by=user)

    def overseen(self, user: "User") -> Self:
        """Those followed from above: of none in whose teams are `user` or a declared relative (回避)."""
        avoided = CompetitionMember.objects.standing().filter(
            trainee__person__in=avoided_persons(user), team__voided_at=None
        )
        rows = self.filter(any_of(user.unit_ranges(*OVERSEERS), "unit__path"))
        return rows.exclude(pk__in=avoided.values("team__competition"))


class Competition(BaseModel):
    """One comparison: of a season, on one front or several, held by a unit; its results are read after the sign-off."""

    named_by: ClassVar[tuple[str, ...]] = ()

    title = models.CharField(pgettext_lazy("competition", "title"), max_length=LONGEST_TITLE)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="competitions", verbose_name=pgettext_lazy("competition", "held by")
    )
    front_keys = ArrayField(models.CharField(max_length=20, choices=FrontKey), verbose_name=_("fronts"))
    started_on = models.DateField(pgettext_lazy("competition", "first day of the season"))
    ended_on = models.DateField(pgettext_lazy("competition", "last day of the season"))
    description = models.TextField(pgettext_lazy("competition", "what is compared"), max_length=1000, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=CompetitionState, default=CompetitionState.DRAFT, editable=False
    )
    state_since = models.DateField(_("in this state since"), editable=False)
    state_before = models.CharField(
        _("state before"), max_length=10, choices=CompetitionState, blank=True, editable=False
    )
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("set by"), editable=False
    )
    scores_until = models.DateField(_("scores until"), null=True, blank=True, editable=False)
    sent_back_reason = models.CharField(_("why it was sent back"), max_length=300, blank=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed off by"),
        editable=False,
    )
    signed_on = models.DateField(_("signed off on"), null=True, blank=True, editable=False)
    published_on = models.DateField(_("published on"), null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True, editable=False)
    objects = CompetitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("comparison of results")
        ordering = ("-ended_on", "title", "id")
        indexes = [
            models.Index(fields=["-ended_on", "id"], name="competition_by_season"),
            models.Index(fields=["state", "-ended_on", "id"], name="competition_by_state"),
            models.Index(
                fields=["scores_until", "id"],
                condition=Q(state=CompetitionState.REVIEW, voided_at=None),
                name="competition_scores_due",
            ),
            GinIndex(fields=["front_keys"], name="competition_by_front"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "title"],
                condition=Q(voided_at=None),
                name="one_competition_of_a_title",
                violation_error_code="title",
                violation_error_message=_("This unit has a comparison of this title already."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__gte=F("started_on")),
                name="seasons_end_after_they_began",
                violation_error_code="ended_on",
                violation_error_message=_("The season ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(front_keys__len__gte=1),
                name="competitions_cover_a_front",
                violation_error_code="front_keys",
                violation_error_message=_("Choose at least one front."),
            ),
            models.CheckConstraint(
                condition=Q(state=CompetitionState.CANCELLED) | Q(cancel_reason=""),
                name="only_cancelled_ones_say_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=CompetitionState.REVIEW) | Q(scores_until__isnull=False),
                name="scores_have_a_last_day",
                violation_error_code="scores_until",
                violation_error_message=_("Say until when reviewers score."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=(CompetitionState.SIGNED, CompetitionState.PUBLISHED), signed_on__isnull=False)
                | Q(state=CompetitionState.CANCELLED)
                | (~Q(state__in=(CompetitionState.SIGNED, CompetitionState.PUBLISHED)) & Q(signed_on=None)),
                name="published_ones_are_signed_off",
            ),
            models.CheckConstraint(
                condition=Q(state=CompetitionState.PUBLISHED, published_on__isnull=False)
                | (~Q(state=CompetitionState.PUBLISHED) & Q(published_on=None)),
                name="published_ones_have_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def word_of(cls, name: str, code: str) -> str:
        """The name of a front, for the history."""
        return str(dict(FrontKey.choices).get(code, "")) if name == "front_keys" else ""


class CriterionQuerySet(BaseQuerySet["CompetitionCriterion"]):
    def visible_to(self, user: "User") -> Self:
        """As the comparison."""
        return self.filter(competition__in=Competition.objects.visible_to(user))


class CompetitionCriterion(BaseModel):
    """What counts and how much; the database refuses any change once the comparison is open (migration 0003)."""

    competition = models.ForeignKey(
        Competition, models.PROTECT, related_name="criteria", verbose_name=_("comparison of results"), editable=False
    )
    name = models.CharField(pgettext_lazy("criterion", "name"), max_length=20)
    counts = models.CharField(pgettext_lazy("criterion", "what counts"), max_length=200)
    points = models.PositiveSmallIntegerField(_("most points"))
    is_ordering = models.BooleanField(_("results are put in order by it"), default=False)
    order = models.PositiveSmallIntegerField(_("sort order"), default=0, editable=False)
    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = _("criterion of a comparison")
        ordering = ("competition", "order", "id")
        indexes = [models.Index(fields=["competition", "order", "id"], name="criterion_in_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "name"],
                condition=Q(voided_at=None),
                name="one_criterion_of_a_name",
                violation_error_code="name",
                violation_error_message=_("This comparison has a criterion of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(points__gte=1, points__lte=HIGHEST_POINTS),
                name="criteria_give_1_to_100_points",
                violation_error_code="points",
                violation_error_message=_("A criterion gives 1 to 100 points."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EntryQuerySet(BaseQuerySet["CompetitionEntry"]):
    def visible_to(self, user: "User") -> Self:
        """Staff and leaders of the comparison's unit; liaisons those of their units; a reviewer what is verified while
        it is scored; whoever reads a published comparison all of its results.
        """
        from cadre_app.assignments.models.competition_scores import reviewed_by

        found = any_of(user.unit_ranges(*OVERSEERS), "competition__unit__path") | _of_liaison(user)
        read = Q(competition__in=Competition.objects.published_to(user))
        read |= Q(competition__in=reviewed_by(user).values("competition"))
        return self.filter(found | (read & Q(state=EntryState.VERIFIED, voided_at=None)))

    def of_liaison(self, user: "User") -> Self:
        """Results of teams of the units of which `user` is the liaison."""
        return self.filter(_of_liaison(user))

    def verified(self) -> Self:
        """What is scored."""
        return self.standing().filter(state=EntryState.VERIFIED)


class CompetitionEntry(BaseModel):
    """What a team, or a front as a whole, has done in the season; entered by staff or the unit, verified before it is
    scored. A team has a name, a unit and members who were posted to the front.
    """

    named_by: ClassVar[tuple[str, ...]] = ("front",)

    competition = models.ForeignKey(
        Competition, models.PROTECT, related_name="entries", verbose_name=_("comparison of results"), editable=False
    )
    kind = models.CharField(pgettext_lazy("competition", "whose result"), max_length=6, choices=EntryKind)
    front = models.ForeignKey(Front, models.PROTECT, related_name="results", verbose_name=_("front"))
    name = models.CharField(pgettext_lazy("competition", "name of the team"), max_length=40, blank=True)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="results",
        verbose_name=pgettext_lazy("competition", "unit of the team"),
    )
    result = models.TextField(pgettext_lazy("competition", "what was done"), max_length=LONGEST_RESULT)
    numbers = models.TextField(pgettext_lazy("competition", "in numbers"), max_length=LONGEST_NUMBERS)
    state = models.CharField(_("state"), max_length=10, choices=EntryState, default=EntryState.ENTERED, editable=False)
    return_reason = models.CharField(_("why it was returned"), max_length=300, blank=True, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by"), editable=False
    )
    entered_on = models.DateField(_("entered on"), editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("verified by"),
        editable=False,
    )
    verified_on = models.DateField(_("verified on"), null=True, blank=True, editable=False)
    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("result in a comparison")
        ordering = ("competition", "front__order", "name", "id")
        indexes = [
            models.Index(fields=["competition", "front", "id"], name="result_of_competition"),
            models.Index(fields=["state", "entered_on", "id"], condition=Q(voided_at=None), name="result_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "front"],
                condition=Q(voided_at=None, kind=EntryKind.FRONT),
                name="one_result_of_a_front",
                violation_error_code="front",
                violation_error_message=_("The result of this front as a whole is entered already."),
            ),
            models.UniqueConstraint(
                fields=["competition", "name"],
                condition=Q(voided_at=None, kind=EntryKind.TEAM),
                name="one_result_of_a_team",
                violation_error_code="name",
                violation_error_message=_("A team of this name is entered already."),
            ),
            models.CheckConstraint(
                condition=(Q(kind=EntryKind.TEAM, unit__isnull=False) & ~Q(name=""))
                | Q(kind=EntryKind.FRONT, unit=None, name=""),
                name="teams_have_name_and_unit",
                violation_error_code="name",
                violation_error_message=_("A team has a name and a unit; a front as a whole has neither."),
            ),
            models.CheckConstraint(
                condition=Q(state=EntryState.VERIFIED, verified_on__isnull=False)
                | (~Q(state=EntryState.VERIFIED) & Q(verified_on=None)),
                name="verified_results_have_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.front)


class CompetitionMemberQuerySet(BaseQuerySet["CompetitionMember"]):
    def visible_to(self, user: "User") -> Self:
        """Who follows the comparison, the liaison of the team's unit, the reviewer; in person, and as the mentor."""
        from cadre_app.assignments.models.competition_scores import reviewed_by

        found = any_of(user.unit_ranges(*OVERSEERS), "team__competition__unit__path")
        found |= _of_liaison(user, prefix="team__")
        found |= Q(team__competition__in=reviewed_by(user).values("competition"))
        return self.filter(found | Q(pk__in=tied_members(user)))


class CompetitionMember(BaseModel):
    """Somebody of a team; nothing is scored of people. `shown_on`: in the growth file since, kept with the publication."""

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)

    team = models.ForeignKey(
        CompetitionEntry, models.PROTECT, related_name="members", verbose_name=_("result in a comparison")
    )
    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="competition_results", verbose_name=_("growth file")
    )
    shown_on = models.DateField(_("in the growth file since"), null=True, blank=True, editable=False)
    objects = CompetitionMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a team")
        ordering = ("team", "created_at", "id")
        indexes = [
            models.Index(fields=["trainee", "-shown_on", "id"], name="team_result_of_trainee"),
            models.Index(
                fields=["shown_on", "id"], condition=Q(voided_at=None, shown_on__isnull=False), name="team_result_shown"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "trainee"], condition=Q(voided_at=None), name="once_in_a_team_of_a_comparison"
            ),
        ]

    def __str__(self) -> str:
        return str(self.trainee)


def tied_members(user: "User") -> "QuerySet[CompetitionMember]":
    """Standing members of published results: `user` in person, those whom `user` mentors, and people of the units of a
    liaison; no declared relative.
    """
    found = of_scope(user, Role.LIAISON, prefix="trainee__")
    if own_keys(user)[0] is not None:
        mentored = Q(pk__in=())
        for relation in relations.values():
            if relation.level == MENTOR_LEVEL:
                mentored |= Q(trainee__in=relation.trainee_ids(user))
        found |= Q(trainee__person__account=user) | (mentored & ~Q(trainee__person__in=avoided_persons(user)))
    return CompetitionMember.objects.standing().filter(found, shown_on__isnull=False, team__voided_at=None)


def _of_liaison(user: "User", prefix: str = "") -> Q:
    return any_of(user.unit_ranges(Role.LIAISON), f"{prefix}unit__path")


def _entries_of_liaison(user: "User") -> "QuerySet[CompetitionEntry]":
    return CompetitionEntry.objects.of_liaison(user).standing()


def _taking_from(user: "User") -> Q:
    """Open for results from units of which `user` is the liaison."""
    starts = [each.start for each in user.unit_ranges(Role.LIAISON)]
    paths = {path for start in starts for path in (*prefixes(start), start)}
    return Q(state=CompetitionState.OPEN, unit__path__in=sorted(paths))
