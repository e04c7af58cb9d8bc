"""问题诉求 what somebody raised in a talk, at a symposium or on a visit, who takes care of it, and the return visit."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.care.models.choices import IN_WORK, SETTLED, ProblemState
from cadre_app.care.models.meeting_choices import Source
from cadre_app.care.models.plans import WORKERS
from cadre_app.care.models.symposiums import Symposium
from cadre_app.care.models.talks import Talk
from cadre_app.care.models.visits import CareVisit
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.people.models import Trainee, of_scope
from cadre_app.people.models.persons import avoided_persons

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class ProblemQuerySet(BaseQuerySet["Problem"]):
    def visible_to(self, user: "User") -> Self:
        """Staff and leaders in their scope, of a symposium those of the unit that held it; nothing of oneself or a relative
        (回避). The person concerned reads them on the page of the talk, symposium or visit.
        """
        avoided = avoided_persons(user)
        theirs = of_scope(user, *WORKERS, prefix="trainee__") & Q(symposium=None)
        of_unit = Q(symposium__in=Symposium.objects.worked_on(user).values("pk"))
        if avoided:
            of_unit &= Q(trainee=None) | ~Q(trainee__person_id__in=avoided)
        rows = self.filter(theirs | of_unit)
        return rows.filter(talk__voided_at=None, symposium__voided_at=None, visit__voided_at=None)

    def in_work(self) -> Self:
        """To be assigned or in hand: an answer is due."""
        return self.standing().filter(state__in=IN_WORK)

    def unsettled(self) -> Self:
        """Neither closed nor explained."""
        return self.standing().exclude(state__in=SETTLED)


class Problem(BaseModel):
    """One thing that somebody raised; its text and answer are read by the person concerned.

    It comes from a talk, a symposium or a visit. `trainee` raised it; NULL where a symposium does not say who.
    """

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)

    talk = models.ForeignKey(
        Talk, models.PROTECT, null=True, blank=True, related_name="problems", verbose_name=_("talk"), editable=False
    )
    symposium = models.ForeignKey(
        Symposium, models.PROTECT, null=True, blank=True, related_name="problems", verbose_name=_("symposium"),
        editable=False,
    )  # fmt: skip
    visit = models.ForeignKey(
        CareVisit, models.PROTECT, null=True, blank=True, related_name="problems", verbose_name=_("visit"),
        editable=False,
    )  # fmt: skip
    trainee = models.ForeignKey(
        Trainee, models.PROTECT, null=True, blank=True, related_name="problems_raised", verbose_name=_("raised by")
    )
    text = models.CharField(_("problem"), max_length=200)
    state = models.CharField(
        _("state"), max_length=16, choices=ProblemState, default=ProblemState.TO_ASSIGN, editable=False
    )
    handling_unit = models.CharField(_("handled by (unit)"), max_length=60, blank=True)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="problems_handled",
        verbose_name=_("followed up by"),
    )
    due_on = models.DateField(_("answer by"))
    answer = models.CharField(pgettext_lazy("problem", "answer"), max_length=500, blank=True)
    answered_on = models.DateField(pgettext_lazy("problem", "answered on"), null=True, blank=True)
    revisited_on = models.DateField(_("return visit on"), null=True, blank=True)
    revisit_note = models.CharField(_("what the return visit found"), max_length=200, blank=True)
    closed_on = models.DateField(pgettext_lazy("talk", "closed on"), null=True, blank=True, editable=False)
    objects = ProblemQuerySet.as_manager()

    class Meta:
        verbose_name = _("problem raised")
        ordering = ("due_on", "id")
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                condition=Q(state__in=IN_WORK, voided_at=None),
                name="talk_problem_due",
            ),
            models.Index(fields=["state", "due_on", "id"], name="talk_problem_by_state"),
            models.Index(fields=["due_on", "id"], name="talk_problem_by_day"),
            models.Index(
                fields=["closed_on", "id"], condition=Q(closed_on__isnull=False), name="talk_problem_by_closing"
            ),
            models.Index(fields=["handler", "due_on", "id"], name="talk_problem_by_handler"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(talk__isnull=False, symposium=None, visit=None, trainee__isnull=False)
                | Q(talk=None, symposium__isnull=False, visit=None)
                | Q(talk=None, symposium=None, visit__isnull=False, trainee__isnull=False),
                name="problems_have_one_source",
                violation_error_message=_("A problem comes from one talk, symposium or visit."),
            ),
            models.CheckConstraint(
                condition=Q(state=ProblemState.TO_ASSIGN) | ~Q(handling_unit=""),
                name="problems_in_hand_have_a_unit",
                violation_error_code="handling_unit",
                violation_error_message=_("Say which unit takes care of it."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=IN_WORK) | (~Q(answer="") & ~Q(answered_on=None)),
                name="answered_problems_have_an_answer",
                violation_error_code="answer",
                violation_error_message=_("Write down the answer."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ProblemState.REVISITED) | ~Q(revisited_on=None),
                name="revisited_problems_have_a_day",
                violation_error_code="revisited_on",
                violation_error_message=_("Say on which day the return visit was."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def source(self) -> "Talk | Symposium | CareVisit":
        """Where it was raised."""
        if self.talk is not None:
            return self.talk
        if self.symposium is not None:
            return self.symposium
        if self.visit is not None:
            return self.visit
        raise ValueError("a problem without a source")

    @property
    def source_kind(self) -> Source:
        if self.talk_id is not None:
            return Source.TALK
        return Source.SYMPOSIUM if self.symposium_id is not None else Source.VISIT

    @property
    def is_settled(self) -> bool:
        return self.state in SETTLED

    @property
    def is_in_work(self) -> bool:
        return self.state in IN_WORK
