"""群众评价 a campaign, and each person whom it is about (PRODUCT.md, "Community evaluation")."""

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.evaluation.models.choices import SETTLED, TAKES_PAPER, CampaignState, Outcome, Setting, Way
from cadre_app.evaluation.questionnaire import CURRENT, Questionnaire, questionnaire
from cadre_app.org.models import Unit
from cadre_app.people.models import Trainee, of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class CampaignQuerySet(BaseQuerySet["Campaign"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles, where it is about somebody in their scope; the people evaluated see their result, not this."""
        return self.filter(pk__in=Subject.objects.standing().overseen_by(user).order_by().values("campaign"))

    def run_within(self, user: "User") -> Self:
        """Those in which everybody is in the scope of a business role: who moved away takes the others along."""
        seen = Subject.objects.overseen_by(user).order_by().values("pk")
        elsewhere = Subject.objects.standing().exclude(pk__in=seen)
        return self.visible_to(user).exclude(pk__in=elsewhere.order_by().values("campaign"))


class Campaign(BaseModel):
    """Sheets about one or several people, filled in at one place in some days.

    `watcher_one` and `watcher_two` are the village representatives who watch; `least` is the number of sheets from which
    on a result is shown, as the setting stood when it was opened. `kept_small_on`: with too few sheets, and nobody waits
    for more; until it is extended.
    """

    named_by: ClassVar[tuple[str, ...]] = ("unit",)
    decided_fields: ClassVar[tuple[str, ...]] = ("title", "opens_on", "closes_on", "way")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="evaluations", verbose_name=_("place"), editable=False)
    title = models.CharField(pgettext_lazy("evaluation", "title"), max_length=60)
    setting = models.CharField(pgettext_lazy("evaluation", "occasion"), max_length=8, choices=Setting)
    way = models.CharField(_("way of filling in"), max_length=8, choices=Way, default=Way.PAPER)
    opens_on = models.DateField(pgettext_lazy("evaluation", "first day"))
    closes_on = models.DateField(pgettext_lazy("evaluation", "last day"))
    watcher_one = models.CharField(_("first representative who watches"), max_length=40, blank=True)
    watcher_two = models.CharField(_("second representative who watches"), max_length=40, blank=True)
    note = models.CharField(_("remark"), max_length=200, blank=True)
    questions = models.PositiveSmallIntegerField(_("version of the questions"), default=CURRENT, editable=False)
    least = models.PositiveSmallIntegerField(_("least number of sheets"), editable=False)
    state = models.CharField(
        _("state"), max_length=8, choices=CampaignState, default=CampaignState.PLANNED, editable=False
    )
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("set up by"), editable=False
    )
    closed_on = models.DateField(pgettext_lazy("evaluation", "closed on"), null=True, blank=True, editable=False)
    settled_on = models.DateField(_("counted on"), null=True, blank=True, editable=False)
    kept_small_on = models.DateField(
        pgettext_lazy("evaluation", "stays too small since"), null=True, blank=True, editable=False
    )
    kept_small_why = models.CharField(
        pgettext_lazy("evaluation", "why it stays too small"), max_length=300, blank=True, editable=False
    )
    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("community evaluation")
        ordering = ("-closes_on", "id")
        indexes = [
            models.Index(fields=["-closes_on", "id"], name="evaluation_by_day"),
            models.Index(fields=["state", "-closes_on", "id"], name="evaluation_by_state"),
            models.Index(fields=["way", "-closes_on", "id"], name="evaluation_by_way"),
            models.Index(fields=["unit", "-closes_on", "id"], name="evaluation_by_unit"),
            models.Index(
                fields=["closed_on", "id"],
                condition=Q(state=CampaignState.CLOSED, voided_at=None),
                name="evaluation_to_be_counted",
            ),
            models.Index(
                fields=["settled_on", "id"], condition=Q(state__in=SETTLED, voided_at=None), name="evaluation_counted"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="evaluation_closes_after_opening",
                violation_error_code="closes_on",
                violation_error_message=_("The last day lies before the first one."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=SETTLED, settled_on__isnull=False) | (~Q(state__in=SETTLED) & Q(settled_on=None)),
                name="counted_evaluations_have_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=CampaignState.CLOSED) | Q(closed_on__isnull=False),
                name="closed_evaluations_have_a_day",
            ),
            models.CheckConstraint(
                condition=Q(kept_small_on=None, kept_small_why="")
                | (Q(state=CampaignState.SMALL, kept_small_on__isnull=False) & ~Q(kept_small_why="")),
                name="evaluations_stay_too_small_for_a_reason",
            ),
        ]

    @property
    def last_day(self) -> date:
        """The last day on which sheets were filled in: the one on which it was closed, where that came before."""
        return min(self.closes_on, self.closed_on) if self.closed_on is not None else self.closes_on

    def __str__(self) -> str:
        return self.title

    @cached_property
    def standing_subjects(self) -> "list[Subject]":
        """Everybody whom it is about, by strokes of the name; read once for one page or change."""
        rows = self.subjects.standing().select_related("trainee__person", "trainee__home_unit")
        return list(rows.order_by("trainee__stroke_key", "pk"))

    @property
    def sheet(self) -> Questionnaire:
        return questionnaire(self.questions)

    @property
    def takes_paper(self) -> bool:
        """True while paper sheets are entered, unless it stays too small."""
        return self.state in TAKES_PAPER and self.kept_small_on is None

    @property
    def takes_answers(self) -> bool:
        """True while sheets are filled in by code."""
        today = timezone.localdate()
        is_time = self.opens_on <= today <= self.closes_on
        return self.state == CampaignState.OPEN and is_time and not self.is_voided


class SubjectQuerySet(BaseQuerySet["Subject"]):
    def overseen_by(self, user: "User") -> Self:
        """Of people in the scope of a business role; oneself and declared relatives are taken out (回避)."""
        return self.filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__"))

    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope; the person, once the result is valid and as long as it stands."""
        own = Q(trainee__person__account=user, outcome=Outcome.VALID, voided_at=None, campaign__voided_at=None)
        return self.filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__") | own)

    def valid(self) -> Self:
        """Standing ones with a result that is shown."""
        return self.standing().filter(outcome=Outcome.VALID, campaign__voided_at=None)


class Subject(BaseModel):
    """One person in a campaign, with the result once it is valid: `counts` by question and choice, of `sheets` sheets.

    `satisfied` of `judged` is the share of the last question. `codes_left_out`: so many sheets came by code, fewer than
    ten; they were forgotten and are part of nothing (ADR 24). `filled_until`: the last day of the campaign when the result
    was counted; it may be extended for others. `released_on`: when the person was last given comments to read.
    """

    sealed_fields: ClassVar[frozenset[str]] = frozenset({"counts", "codes_left_out"})
    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="subjects", verbose_name=_("evaluation"))
    trainee = models.ForeignKey(Trainee, models.PROTECT, related_name="evaluations", verbose_name=_("growth file"))
    outcome = models.CharField(_("result"), max_length=8, choices=Outcome, blank=True, editable=False)
    decided_on = models.DateField(_("counted on"), null=True, blank=True, editable=False)
    sheets = models.PositiveIntegerField(_("number of sheets"), null=True, blank=True, editable=False)
    satisfied = models.PositiveIntegerField(_("satisfied"), null=True, blank=True, editable=False)
    judged = models.PositiveIntegerField(_("judged"), null=True, blank=True, editable=False)
    counts: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True, editable=False)
    codes_left_out = models.PositiveSmallIntegerField(default=0, editable=False)
    filled_until = models.DateField(_("last day of its sheets"), null=True, blank=True, editable=False)
    released_on = models.DateField(_("comments released on"), null=True, blank=True, editable=False)
    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("person evaluated")
        ordering = ("campaign", "id")
        indexes = [
            models.Index(fields=["trainee", "-decided_on", "id"], name="evaluation_of_trainee"),
            models.Index(fields=["campaign", "id"], name="evaluation_subjects"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "trainee"],
                condition=Q(voided_at=None),
                name="one_place_per_evaluation",
                violation_error_message=_("This person is in the evaluation already."),
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.VALID, sheets__isnull=False, decided_on__isnull=False)
                | (~Q(outcome=Outcome.VALID) & Q(sheets=None, satisfied=None, judged=None)),
                name="only_valid_results_have_numbers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainee.person.name}"

    @property
    def last_day(self) -> date:
        """The last day of the sheets behind the result, whatever the campaign was extended to afterwards."""
        return self.filled_until or self.campaign.last_day

    @property
    def is_valid(self) -> bool:
        return self.outcome == Outcome.VALID

    @property
    def is_settled(self) -> bool:
        """Nothing more is filled in about this person."""
        return self.is_valid or self.is_voided
