"""结对小结 every half year and at the end: the mentor on the goals, the trainee's own part, the department's conclusion."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.mentorship.models.goals import LONGEST_GOAL, GoalState, PairingGoal
from cadre_app.mentorship.models.pairings import Pairing
from cadre_app.mentorship.periods import SHORTEST

if TYPE_CHECKING:
    from datetime import date

    from cadre_app.accounts.models import User
    from cadre_app.people.models import Person

LONGEST_PART = 1000


class ReviewState(models.TextChoices):
    """Where a review stands, as its columns tell."""

    PARTS = "parts", pgettext_lazy("review", "Parts to be written")
    RETURNED = "returned", pgettext_lazy("review", "Returned for completion")
    CONCLUSION = "conclusion", pgettext_lazy("review", "Conclusion to be written")
    SIGN_OFF = "sign_off", pgettext_lazy("review", "To be signed off")
    SIGNED_OFF = "signed_off", pgettext_lazy("review", "Signed off")


class ReturnedTo(models.TextChoices):
    """Whose part is to be completed; the department's is the conclusion."""

    MENTOR = "mentor", pgettext_lazy("review returned to", "Mentor")
    TRAINEE = "trainee", pgettext_lazy("review returned to", "Mentee")
    BOTH = "both", pgettext_lazy("review returned to", "Both")
    DEPARTMENT = "department", pgettext_lazy("review returned to", "Department")


TO_MENTOR = (ReturnedTo.MENTOR, ReturnedTo.BOTH)
TO_TRAINEE = (ReturnedTo.TRAINEE, ReturnedTo.BOTH)


class PairingReviewQuerySet(BaseQuerySet["PairingReview"]):
    def visible_to(self, user: "User") -> Self:
        """As the pairing; which of the texts a reader gets is decided by permissions.reviews."""
        return self.filter(pairing__in=Pairing.objects.visible_to(user))

    def open(self) -> Self:
        """Not signed off."""
        return self.standing().filter(signed_off_at=None)

    def signed_off(self) -> Self:
        return self.standing().exclude(signed_off_at=None)

    def in_state(self, state: str) -> Self:
        """Standing ones, by the same columns as `PairingReview.state`."""
        return self.standing().filter(IN_STATE[state])


BOTH_PARTS = Q(mentor_at__isnull=False, trainee_at__isnull=False)
UNDER_WAY = Q(signed_off_at=None, returned_to="")
IN_STATE: dict[str, Q] = {
    ReviewState.PARTS: UNDER_WAY & Q(concluded_at=None) & ~BOTH_PARTS,
    ReviewState.RETURNED: Q(signed_off_at=None) & ~Q(returned_to=""),
    ReviewState.CONCLUSION: UNDER_WAY & Q(concluded_at=None) & BOTH_PARTS,
    ReviewState.SIGN_OFF: UNDER_WAY & Q(concluded_at__isnull=False),
    ReviewState.SIGNED_OFF: Q(signed_off_at__isnull=False),
}


class PairingReview(BaseModel):
    """The review of one stretch of a pairing, `period_from` to `period_until` (its last day, on which it is due).

    Exactly one stands open for a pairing that runs. A part has a text exactly when it has a moment (`…_at`);
    `…_entered_by` is the member of staff who entered it from paper, NULL where its author did. `returned_to` says whose
    part is to be completed (退回补充), with `returned_reason`; what was written before stands until then. `is_final`:
    signing it off completes the pairing. History keeps that texts changed, never the texts.
    """

    sealed_fields: ClassVar[frozenset[str]] = frozenset(
        {"mentor_text", "trainee_text", "conclusion", "returned_reason"}
    )
    named_by: ClassVar[tuple[str, ...]] = ()

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="reviews", verbose_name=_("pairing"))
    period_from = models.DateField(_("from"))
    period_until = models.DateField(_("until"))
    is_final = models.BooleanField(_("final review"), default=False)
    mentor_text = models.TextField(_("mentor's part"), max_length=LONGEST_PART, blank=True)
    mentor_at = models.DateTimeField(_("mentor's part given at"), null=True, blank=True, editable=False)
    mentor_entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("mentor's part entered by"),
        editable=False,
    )
    trainee_text = models.TextField(_("mentee's part"), max_length=LONGEST_PART, blank=True)
    trainee_at = models.DateTimeField(_("mentee's part given at"), null=True, blank=True, editable=False)
    trainee_entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("mentee's part entered by"),
        editable=False,
    )
    conclusion = models.TextField(_("conclusion of the department"), max_length=LONGEST_PART, blank=True)
    concluded_at = models.DateTimeField(_("concluded at"), null=True, blank=True, editable=False)
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("concluded by"),
        editable=False,
    )
    returned_to = models.CharField(_("returned to"), max_length=16, choices=ReturnedTo, blank=True)
    returned_reason = models.CharField(_("to be completed because"), max_length=200, blank=True)
    signed_off_at = models.DateTimeField(_("signed off at"), null=True, blank=True, editable=False)
    signed_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed off by"),
        editable=False,
    )
    objects = PairingReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("pairing review")
        ordering = ("pairing", "-period_until")
        indexes = [
            models.Index(fields=["pairing", "-period_until", "id"], name="review_of_pairing"),
            models.Index(fields=["period_until", "id"], condition=Q(voided_at=None), name="review_by_day"),
            models.Index(fields=["signed_off_at"], condition=Q(voided_at=None), name="review_by_sign_off"),
            models.Index(
                fields=["period_until", "id"], condition=Q(signed_off_at=None, voided_at=None), name="review_by_due_day"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["pairing"],
                condition=Q(signed_off_at=None, voided_at=None),
                name="one_open_review_per_pairing",
                violation_error_message=_("A review of this pairing is open already."),
            ),
            models.UniqueConstraint(
                fields=["pairing", "period_from"],
                condition=Q(voided_at=None),
                name="one_review_per_period",
                violation_error_message=_("This period has its review already."),
            ),
            models.CheckConstraint(
                condition=Q(period_until__gte=F("period_from")),
                name="review_period_in_order",
                violation_error_code="period_until",
                violation_error_message=_("The last day of the period lies before its first."),
            ),
            models.CheckConstraint(
                condition=Q(mentor_at=None, mentor_text="") | (Q(mentor_at__isnull=False) & ~Q(mentor_text="")),
                name="mentors_part_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(trainee_at=None, trainee_text="") | (Q(trainee_at__isnull=False) & ~Q(trainee_text="")),
                name="trainees_part_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(concluded_at=None, conclusion="") | (Q(concluded_at__isnull=False) & ~Q(conclusion="")),
                name="conclusion_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(concluded_at=None) | Q(mentor_at__isnull=False, trainee_at__isnull=False),
                name="conclusions_follow_both_parts",
                violation_error_code="conclusion",
                violation_error_message=_("The conclusion follows the parts of mentor and mentee."),
            ),
            models.CheckConstraint(
                condition=Q(signed_off_at=None, signed_off_by=None)
                | Q(signed_off_at__isnull=False, signed_off_by__isnull=False, concluded_at__isnull=False),
                name="only_concluded_reviews_are_signed_off",
                violation_error_message=_("A review is signed off after its conclusion."),
            ),
            models.CheckConstraint(
                condition=Q(signed_off_by=None) | Q(concluded_by=None) | ~Q(signed_off_by=F("concluded_by")),
                name="nobody_signs_off_the_own_conclusion",
                violation_error_message=_("Whoever wrote the conclusion does not sign it off."),
            ),
            models.CheckConstraint(
                condition=Q(returned_to="", returned_reason="")
                | (~Q(returned_to="") & ~Q(returned_reason="") & Q(signed_off_at=None)),
                name="returned_reviews_say_why",
                violation_error_code="returned_reason",
                violation_error_message=_("Say what is to be completed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{formats.date_format(self.period_from)}—{formats.date_format(self.period_until)}"

    @property
    def state(self) -> ReviewState:
        if self.signed_off_at is not None:
            return ReviewState.SIGNED_OFF
        if self.returned_to:
            return ReviewState.RETURNED
        if self.concluded_at is not None:
            return ReviewState.SIGN_OFF
        both = self.mentor_at is not None and self.trainee_at is not None
        return ReviewState.CONCLUSION if both else ReviewState.PARTS

    @property
    def opens_on(self) -> "date":
        """It can be written from a month before its last day on."""
        return self.period_until - SHORTEST

    @property
    def is_early(self) -> bool:
        return timezone.localdate() < self.opens_on

    @property
    def is_open(self) -> bool:
        return self.signed_off_at is None and not self.is_voided

    @property
    def takes_mentors_part(self) -> bool:
        """It can be written or changed: until the conclusion, and when it is to be completed."""
        return self.is_open and (self.concluded_at is None or self.returned_to in TO_MENTOR)

    @property
    def takes_trainees_part(self) -> bool:
        """As `takes_mentors_part`."""
        return self.is_open and (self.concluded_at is None or self.returned_to in TO_TRAINEE)

    @property
    def completes_mentors_part(self) -> bool:
        """The mentor's own words were returned to a mentor who can no longer write: the pairing ended, or there is no
        account to sign in with.
        """
        is_own = self.mentor_at is not None and self.mentor_entered_by_id is None
        is_gone = not self.pairing.is_running or not _signs_in(self.pairing.mentor)
        return is_own and self.returned_to in TO_MENTOR and is_gone

    @property
    def completes_trainees_part(self) -> bool:
        """As `completes_mentors_part`; a mentee writes also once the pairing has ended."""
        is_own = self.trainee_at is not None and self.trainee_entered_by_id is None
        return is_own and self.returned_to in TO_TRAINEE and not _signs_in(self.pairing.trainee.person)

    @property
    def takes_conclusion(self) -> bool:
        """Both parts are in and nobody has to complete theirs; a conclusion can be changed until it is signed off."""
        both = self.mentor_at is not None and self.trainee_at is not None
        return self.is_open and both and self.returned_to in ("", ReturnedTo.DEPARTMENT)


def _signs_in(person: "Person") -> bool:
    return person.account is not None and person.account.is_active


class GoalRemark(BaseModel):
    """What a review says about one goal; what a goal is pointed at by cannot be deleted any more."""

    review = models.ForeignKey(PairingReview, models.PROTECT, related_name="remarks", verbose_name=_("pairing review"))
    goal = models.ForeignKey(PairingGoal, models.PROTECT, related_name="remarks", verbose_name=_("goal"))
    state = models.CharField(_("progress"), max_length=16, choices=GoalState)
    text = models.CharField(_("how it stands"), max_length=LONGEST_GOAL, blank=True)
    objects = BaseQuerySet["GoalRemark"].as_manager()

    class Meta:
        verbose_name = _("remark on a goal")
        ordering = ("review", "goal__position")
        constraints = [
            models.UniqueConstraint(fields=["review", "goal"], name="one_remark_per_goal"),
        ]

    def __str__(self) -> str:
        return self.text
