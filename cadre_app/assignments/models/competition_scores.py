"""Named reviewers of a comparison and what each gives to each result by each criterion."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.assignments.models.choices import SCORED, CompetitionState
from cadre_app.assignments.models.competition_members import CompetitionMember
from cadre_app.assignments.models.competitions import (
    HIGHEST_POINTS,
    Competition,
    CompetitionCriterion,
    CompetitionEntry,
)
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.registries import relations
from cadre_app.people.models import Person, Relative
from cadre_app.people.models.persons import own_keys

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

LONGEST_REMARK = 200


class ReviewerQuerySet(BaseQuerySet["CompetitionReviewer"]):
    def visible_to(self, user: "User") -> Self:
        """Who follows the comparison and is in none of its teams; the reviewer from the scoring on; readers of what is
        published, who learn the names and never who gave what.
        """
        named = Q(competition__in=Competition.objects.published_to(user), handed_in_at__isnull=False, voided_at=None)
        followed = Q(competition__in=Competition.objects.overseen(user))
        return self.filter(followed | named | Q(pk__in=reviewed_by(user)))

    def waiting(self) -> Self:
        """Who still has to score."""
        return self.standing().filter(
            handed_in_at=None, competition__state=CompetitionState.REVIEW, competition__voided_at=None
        )

    def barred(self) -> Self:
        """Who must not score (回避), also where that came later: members of a team, their declared relatives and mentors,
        and whoever entered or changed a result.
        """
        return self.filter(_ties())

    def impartial(self) -> Self:
        return self.exclude(_ties())


class CompetitionReviewer(BaseModel):
    """Somebody who scores the results of a comparison: in none of its teams, no declared relative or mentor of a member,
    and says so before handing in. Whoever is released is voided; what they gave no longer counts.
    """

    named_by: ClassVar[tuple[str, ...]] = ("person",)
    decided_fields: ClassVar[tuple[str, ...]] = ("person", "handed_in_at", "return_reason")

    competition = models.ForeignKey(
        Competition, models.PROTECT, related_name="reviewers", verbose_name=_("comparison of results"), editable=False
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="competition_reviews", verbose_name=_("reviewer"), editable=False
    )
    declared_on = models.DateField(_("declared no conflict on"), null=True, blank=True, editable=False)
    handed_in_at = models.DateTimeField(_("handed in at"), null=True, blank=True, editable=False)
    return_reason = models.CharField(_("why it was returned"), max_length=300, blank=True, editable=False)
    objects = ReviewerQuerySet.as_manager()

    class Meta:
        verbose_name = _("reviewer of a comparison")
        ordering = ("competition", "created_at", "id")
        indexes = [models.Index(fields=["person", "competition"], name="competition_of_reviewer")]
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "person"],
                condition=Q(voided_at=None),
                name="once_a_reviewer_of_a_comparison",
                violation_error_code="person",
                violation_error_message=_("This person reviews the comparison already."),
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at=None) | Q(declared_on__isnull=False),
                name="scores_handed_in_are_declared",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class ScoreQuerySet(BaseQuerySet["CompetitionScore"]):
    def visible_to(self, user: "User") -> Self:
        """Who follows the comparison and is in none of its teams, those who score in it after handing in; a reviewer own
        ones. Nobody else, also once it is published: then averages are read.
        """
        owed = reviewed_by(user).waiting().values("competition")
        followed = Q(reviewer__competition__in=Competition.objects.overseen(user))
        return self.filter((followed & ~Q(reviewer__competition__in=owed)) | Q(reviewer__in=reviewed_by(user)))

    def counted(self, competition: Competition) -> Self:
        """What counts: of standing reviewers who handed in, for standing results as they read now."""
        return self.standing().filter(
            reviewer__competition=competition,
            reviewer__voided_at=None,
            reviewer__handed_in_at__isnull=False,
            entry__voided_at=None,
        )


class CompetitionScore(BaseModel):
    """What one reviewer gives to one result by one criterion; `most` repeats the criterion, so that the database refuses
    more. A change of the result voids its scores: they were given to another text.
    """

    named_by: ClassVar[tuple[str, ...]] = ("criterion",)

    reviewer = models.ForeignKey(
        CompetitionReviewer, models.PROTECT, related_name="scores", verbose_name=_("reviewer"), editable=False
    )
    entry = models.ForeignKey(
        CompetitionEntry,
        models.PROTECT,
        related_name="scores",
        verbose_name=_("result in a comparison"),
        editable=False,
    )
    criterion = models.ForeignKey(
        CompetitionCriterion,
        models.PROTECT,
        related_name="scores",
        verbose_name=pgettext_lazy("competition", "criterion"),
        editable=False,
    )
    points = models.PositiveSmallIntegerField(_("points"))
    most = models.PositiveSmallIntegerField(_("most points"), editable=False)
    comment = models.CharField(_("comment"), max_length=LONGEST_REMARK, blank=True)
    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("score of a result")
        ordering = ("reviewer", "entry", "criterion__order", "id")
        indexes = [models.Index(fields=["entry", "criterion"], name="scores_of_result")]
        constraints = [
            models.UniqueConstraint(
                fields=["reviewer", "entry", "criterion"],
                condition=Q(voided_at=None),
                name="one_score_of_a_reviewer",
                violation_error_message=_("This result is scored by this criterion already."),
            ),
            models.CheckConstraint(
                condition=Q(points__lte=F("most"), most__lte=HIGHEST_POINTS),
                name="scores_keep_to_most_points",
                violation_error_code="points",
                violation_error_message=_("A score is not above the most points of its criterion."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.points}"


def reviewed_by(user: "User") -> ReviewerQuerySet:
    """Where `user` scores or has scored: from the scoring on, also once it is closed."""
    if own_keys(user)[0] is None:
        return CompetitionReviewer.objects.none()
    return CompetitionReviewer.objects.standing().filter(
        person__account=user, competition__state__in=SCORED, competition__voided_at=None
    )


def _ties() -> Q:
    """Between the reviewer and a team or a result of the comparison."""
    team = CompetitionMember.objects.in_teams().filter(team__competition=OuterRef("competition"))
    inner = CompetitionMember.objects.in_teams().filter(team__competition=OuterRef(OuterRef("competition")))
    persons, reviewer = inner.values("trainee__person"), OuterRef("person")
    kin = Relative.objects.standing().filter(
        Q(person=reviewer, other__in=persons) | Q(other=reviewer, person__in=persons)
    )
    entered = CompetitionEntry.objects.standing().filter(competition=OuterRef("competition"))
    found = Q(Exists(team.filter(trainee__person=reviewer))) | Q(Exists(kin))
    found |= Q(Exists(entered.recorded_by(OuterRef("person__account"))))
    for relation in relations.values():
        if relation.person_ids is not None:
            found |= Q(person__in=relation.person_ids(inner.values("trainee")))
    return found
