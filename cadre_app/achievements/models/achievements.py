"""工作实绩 what somebody did, in which part and with which result: from the draft to the department's word."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.achievements.models.choices import SETTLED, WAITING, AchievementState
from cadre_app.core.grams import gram_index
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.registries import relations
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.people.models import Trainee, of_scope
from cadre_app.people.models.persons import avoided_persons

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

MENTOR_LEVEL = "mentor"
LONGEST_TITLE, LONGEST_ROLE, LONGEST_DONE, LONGEST_RESULT, LONGEST_WITNESS = 60, 40, 2000, 500, 100
LONGEST_COMMENT = 500
SEARCHED = ("title", "role", "done", "result")


def of_mentees(user: "User", prefix: str = "") -> Q:
    """Rows of those whom `user` mentors in a running pairing; declared relatives taken out (回避)."""
    found = Q(pk__in=[])
    for relation in relations.values():
        if relation.level == MENTOR_LEVEL:
            found |= Q(**{f"{prefix}trainee__in": relation.trainee_ids(user)})
    avoided = avoided_persons(user)
    return found & ~Q(**{f"{prefix}trainee__person__in": avoided}) if avoided else found


class AchievementQuerySet(BaseQuerySet["Achievement"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope and mentors of running pairings what was submitted (mentors: and stands); the
        person all own ones, also those that were voided.
        """
        own = Q(trainee__person__account=user)
        office = of_scope(user, *BUSINESS_ROLES, prefix="trainee__")
        mentored = of_mentees(user) & Q(voided_at=None)
        return self.filter(own | ((office | mentored) & ~Q(state=AchievementState.DRAFT)))

    def overseen_by(self, user: "User", *roles: str) -> Self:
        """What was submitted, of files that stand, in the scope of a role; never own ones or those of relatives (回避)."""
        found = self.filter(of_scope(user, *(roles or BUSINESS_ROLES), prefix="trainee__"), trainee__voided_at=None)
        return found.exclude(state=AchievementState.DRAFT)

    def of_mentees(self, user: "User") -> Self:
        """What the mentees of `user` submitted and stands."""
        return self.standing().filter(of_mentees(user), trainee__voided_at=None).exclude(state=AchievementState.DRAFT)

    def waiting(self) -> Self:
        """Standing ones that wait for somebody's word, of files that take new records."""
        here = self.standing().filter(state__in=WAITING)
        return here.filter(trainee__departed_on=None, trainee__voided_at=None)

    def verified_within(self, since: date, until: date) -> Self:
        """What the department verified between two days, and no later entry corrects."""
        return self.standing().filter(state=AchievementState.VERIFIED, verified_on__range=(since, until))


class Achievement(BaseModel):
    """One entry of one person. `state_since` is the day on which its state began; `return_comment` what is asked for while
    it is returned. A verified entry is locked; a later one that `supersedes` it goes the same way and counts instead.
    """

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)
    decided_fields: ClassVar[tuple[str, ...]] = (
        "title", "started_on", "ended_on", "role", "done", "result", "witness",
    )  # fmt: skip

    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="achievements", verbose_name=_("growth file"), editable=False
    )
    title = models.CharField(pgettext_lazy("achievement", "title"), max_length=LONGEST_TITLE)
    started_on = models.DateField(pgettext_lazy("achievement", "from"), null=True, blank=True)
    ended_on = models.DateField(pgettext_lazy("achievement", "until"), null=True, blank=True)
    role = models.CharField(pgettext_lazy("achievement", "own part"), max_length=LONGEST_ROLE, blank=True)
    done = models.TextField(pgettext_lazy("achievement", "what was done"), max_length=LONGEST_DONE, blank=True)
    result = models.CharField(pgettext_lazy("achievement", "result in numbers"), max_length=LONGEST_RESULT, blank=True)
    witness = models.CharField(pgettext_lazy("achievement", "who can confirm"), max_length=LONGEST_WITNESS, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=AchievementState, default=AchievementState.DRAFT, editable=False
    )
    state_since = models.DateField(pgettext_lazy("achievement", "state since"), editable=False)
    unit_verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("achievement", "verified for the unit by"),
        editable=False,
    )
    unit_verified_on = models.DateField(
        pgettext_lazy("achievement", "verified by the unit on"), null=True, blank=True, editable=False
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("achievement", "verified for the department by"),
        editable=False,
    )
    verified_on = models.DateField(
        pgettext_lazy("achievement", "verified by the department on"), null=True, blank=True, editable=False
    )
    return_comment = models.CharField(
        pgettext_lazy("achievement", "what is to be completed"), max_length=LONGEST_COMMENT, blank=True, editable=False
    )
    supersedes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=pgettext_lazy("achievement", "corrects"),
        editable=False,
    )
    objects = AchievementQuerySet.as_manager()

    class Meta:
        verbose_name = _("work achievement")
        ordering = ("-ended_on", "id")
        indexes = [
            models.Index(fields=["trainee", "-ended_on", "id"], name="achievement_of_trainee"),
            models.Index(fields=["ended_on", "id"], name="achievement_by_day"),
            models.Index(fields=["state_since", "id"], name="achievement_by_state_day"),
            models.Index(fields=["state", "state_since", "id"], name="achievement_by_state"),
            models.Index(
                fields=["verified_on", "id"], condition=Q(verified_on__isnull=False), name="achievement_verified"
            ),
            models.Index(fields=["voided_at", "id"], condition=Q(voided_at__isnull=False), name="achievement_voided"),
            gram_index("achievement_grams", *SEARCHED, condition=Q(voided_at=None) & ~Q(state=AchievementState.DRAFT)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["supersedes"],
                condition=Q(voided_at=None),
                name="one_correction_of_an_achievement",
                violation_error_message=_("This entry has a correction already. Change or discard that one."),
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None) | ~Q(supersedes=F("id")), name="an_achievement_corrects_another_one"
            ),
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="achievement_ends_after_start",
                violation_error_code="ended_on",
                violation_error_message=_("The last day lies before the first one."),
            ),
            models.CheckConstraint(
                condition=Q(state=AchievementState.DRAFT)
                | (
                    Q(started_on__isnull=False, ended_on__isnull=False)
                    & ~Q(role="")
                    & ~Q(done="")
                    & ~Q(result="")
                    & ~Q(witness="")
                ),
                name="submitted_achievements_are_complete",
                violation_error_message=_("Only a draft may have empty fields."),
            ),
            models.CheckConstraint(
                condition=Q(unit_verified_by=None, unit_verified_on=None)
                | Q(unit_verified_by__isnull=False, unit_verified_on__isnull=False),
                name="unit_verified_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SETTLED, verified_by__isnull=False, verified_on__isnull=False)
                | (~Q(state__in=SETTLED) & Q(verified_by=None, verified_on=None)),
                name="only_verified_achievements_have_a_day",
            ),
            models.CheckConstraint(
                condition=Q(unit_verified_by=None) | Q(verified_by=None) | ~Q(verified_by=F("unit_verified_by")),
                name="unit_and_department_verify_by_two_accounts",
                violation_error_message=_("Unit and department verify by two different accounts."),
            ),
            models.CheckConstraint(
                condition=(Q(state=AchievementState.RETURNED) & ~Q(return_comment=""))
                | (~Q(state=AchievementState.RETURNED) & Q(return_comment="")),
                name="returned_achievements_say_why",
                violation_error_code="comment",
                violation_error_message=_("Say what is to be completed."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == AchievementState.DRAFT

    @property
    def is_returned(self) -> bool:
        return self.state == AchievementState.RETURNED

    def correction(self) -> "Achievement | None":
        """The standing entry that corrects this one, also by way of one that was voided."""
        rows = list(self.corrections.order_by("created_at"))
        for row in rows:
            if not row.is_voided:
                return row
        return next((found for row in rows if (found := row.correction()) is not None), None)

    @property
    def is_superseded(self) -> bool:
        """A later entry that was verified counts instead."""
        return self.state == AchievementState.SUPERSEDED
