"""夺旗争先 comparison of reviewed results by front and season: criteria set beforehand, results of teams and fronts."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

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
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit
from cadre_app.org.paths import any_of, prefixes
from cadre_app.people.models.persons import avoided_persons

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

OVERSEERS = (Role.STAFF, Role.LEADER)
LONGEST_TITLE, LONGEST_RESULT, LONGEST_NUMBERS = 60, 2000, 600
HIGHEST_POINTS = 100


class CompetitionQuerySet(BaseQuerySet["Competition"]):
    def visible_to(self, user: "User") -> Self:
        """Staff and leaders of its unit; liaisons below it while it takes results, and where their teams are in it;
        reviewers from the scoring on; once it is published members of its teams and whoever was posted to its fronts in
        the season, with their mentors and liaisons.
        """
        # Members and sheets lead here, not back.
        from cadre_app.assignments.models.competition_members import posted_readers, tied_members
        from cadre_app.assignments.models.competition_scores import reviewed_by

        found = any_of(user.unit_ranges(*OVERSEERS), "unit__path")
        standing = _taking_from(user) | Q(pk__in=_entries_of_liaison(user).values("competition"))
        standing |= Q(pk__in=reviewed_by(user).values("competition"))
        told = Q(pk__in=tied_members(user).values("team__competition")) | posted_readers(user)
        standing |= Q(state=CompetitionState.PUBLISHED) & told
        return self.filter(found | (standing & Q(voided_at=None)))

    def published_to(self, user: "User") -> Self:
        """Those whose results somebody reads."""
        return self.visible_to(user).filter(state=CompetitionState.PUBLISHED)

    def staffed_by(self, user: "User") -> Self:
        """Those of units of which `user` is staff."""
        return self.filter(any_of(user.unit_ranges(Role.STAFF), "unit__path"))

    def led_by(self, user: "User") -> Self:
        """Those that `user` may sign off as a leader: of their units, set up by somebody else and with no result that they
        entered, changed or verified.
        """
        verified = CompetitionEntry.objects.verified().filter(verified_by=user).order_by()
        recorded = CompetitionEntry.objects.standing().recorded_by(user).order_by()
        rows = self.filter(any_of(user.unit_ranges(Role.LEADER), "unit__path")).exclude(set_by=user)
        return rows.exclude(pk__in=verified.values("competition")).exclude(pk__in=recorded.values("competition"))

    def asking(self, user: "User") -> Self:
        """Those open for results to which no unit of which `user` is the liaison has given one yet."""
        given = _entries_of_liaison(user).values("competition")
        return self.standing().filter(_taking_from(user)).exclude(pk__in=given)

    def overseen(self, user: "User") -> Self:
        """Those followed from above: of none in whose teams are `user` or a declared relative (回避)."""
        from cadre_app.assignments.models.competition_members import CompetitionMember

        avoided = CompetitionMember.objects.in_teams().filter(trainee__person__in=avoided_persons(user))
        rows = self.filter(any_of(user.unit_ranges(*OVERSEERS), "unit__path"))
        return rows.exclude(pk__in=avoided.values("team__competition"))


class Competition(BaseModel):
    """One comparison: of a season, on one front or several, held by a unit; its results are read after the sign-off."""

    named_by: ClassVar[tuple[str, ...]] = ()
    decided_fields: ClassVar[tuple[str, ...]] = ("title", "state", "state_since", "scores_until", "sent_back_reason")

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
        """Staff and leaders of the comparison's unit; liaisons those of their units; a reviewer what is verified from
        the scoring on; whoever reads a published comparison all of its results.
        """
        from cadre_app.assignments.models.competition_scores import reviewed_by

        found = any_of(user.unit_ranges(*OVERSEERS), "competition__unit__path") | _of_liaison(user)
        read = Q(competition__in=Competition.objects.published_to(user))
        read |= Q(competition__in=reviewed_by(user).values("competition"))
        return self.filter(found | (read & Q(state=EntryState.VERIFIED, voided_at=None)))

    def of_liaison(self, user: "User") -> Self:
        """Results of teams of the units of which `user` is the liaison, and of whole fronts where they hold the comparison."""
        return self.filter(_of_liaison(user))

    def verified(self) -> Self:
        """What is scored."""
        return self.standing().filter(state=EntryState.VERIFIED)

    def recorded_by(self, account: Any) -> Self:
        """What this account (or the one an expression names) has entered or changed last."""
        return self.filter(Q(entered_by=account) | Q(changed_by=account))


class CompetitionEntry(BaseModel):
    """What a team, or a front as a whole, has done in the season; entered by staff or the unit, verified before it is
    scored by somebody who neither entered it nor changed it last. A team has a name, a unit and members who were posted to
    the front.
    """

    named_by: ClassVar[tuple[str, ...]] = ("front",)
    decided_fields: ClassVar[tuple[str, ...]] = ("name", "state", "result", "numbers", "return_reason")

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
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("result", "changed by"),
        editable=False,
    )
    changed_on = models.DateField(pgettext_lazy("result", "changed on"), null=True, blank=True, editable=False)
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
            models.CheckConstraint(
                condition=Q(changed_by=None, changed_on=None) | Q(changed_by__isnull=False, changed_on__isnull=False),
                name="changed_results_have_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.front)


def _of_liaison(user: "User") -> Q:
    ranges = user.unit_ranges(Role.LIAISON)
    return any_of(ranges, "unit__path") | (Q(kind=EntryKind.FRONT) & any_of(ranges, "competition__unit__path"))


def _entries_of_liaison(user: "User") -> "QuerySet[CompetitionEntry]":
    return CompetitionEntry.objects.of_liaison(user).standing()


def _taking_from(user: "User") -> Q:
    """Open for results from units of which `user` is the liaison."""
    ranges = user.unit_ranges(Role.LIAISON)
    paths = {path for each in ranges for path in (*prefixes(each.start), each.start)}
    return Q(state=CompetitionState.OPEN) & (Q(unit__path__in=sorted(paths)) | any_of(ranges, "unit__path"))
