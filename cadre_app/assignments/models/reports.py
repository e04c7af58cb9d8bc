"""What a research project hands in: versions of its report, the mentor's reading, reviews by criteria, prizes."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.assignments.models.choices import PrizeLevel, PrizeRank, ProjectState
from cadre_app.assignments.models.research import ResearchMember, ResearchProject, members_seen, overseen
from cadre_app.core.grams import gram_index
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.people.models import Person, Relative, Trainee

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

LONGEST_BODY, LONGEST_COMMENT = 30_000, 1000
SEARCHED = ("title", "body", "changes")


class VersionQuerySet(BaseQuerySet["ReportVersion"]):
    def visible_to(self, user: "User") -> Self:
        """As the project; a reviewer sees the version that was given to them, no other."""
        reviewed = Q(pk__in=reviewed_by(user).values("report"))
        members = Q(project__in=members_seen(user).values("project"))
        mentored = Q(project__in=ResearchProject.objects.mentored_by(user))
        return self.filter(members | mentored | reviewed)


class ReportVersion(BaseModel):
    """One version of the report as it was handed in; never changed afterwards. A file of it may lie beside the text."""

    named_by: ClassVar[tuple[str, ...]] = ("project",)

    project = models.ForeignKey(
        ResearchProject, models.PROTECT, related_name="versions", verbose_name=_("research project"), editable=False
    )
    number = models.PositiveSmallIntegerField(_("version"), editable=False)
    title = models.CharField(_("title"), max_length=80)
    body = models.TextField(_("text"), max_length=LONGEST_BODY)
    changes = models.CharField(_("what is new"), max_length=200, blank=True)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("handed in by"), editable=False
    )
    handed_in_at = models.DateTimeField(_("handed in at"), editable=False)
    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a report")
        ordering = ("project", "-number")
        indexes = [
            models.Index(fields=["handed_in_at", "id"], condition=Q(number=1), name="report_by_first_day"),
            models.Index(fields=["handed_in_at", "id"], name="version_by_day"),
            gram_index("version_grams", *SEARCHED, condition=Q(voided_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_version_of_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.number}"


class ReportRemark(BaseModel):
    """审阅意见 A line of the department on a version: a comment, or why it was sent back (退回补充). Never changed; read on
    the page of its project, as that is read.
    """

    named_by: ClassVar[tuple[str, ...]] = ("report",)

    report = models.ForeignKey(
        ReportVersion, models.PROTECT, related_name="remarks", verbose_name=_("version of a report"), editable=False
    )
    is_return = models.BooleanField(_("sent back to be supplemented"), default=False, editable=False)
    text = models.TextField(_("the department on it"), max_length=LONGEST_COMMENT)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("said by"), editable=False
    )
    said_on = models.DateField(_("said on"), editable=False)
    objects = BaseQuerySet["ReportRemark"].as_manager()

    class Meta:
        verbose_name = _("remark on a report")
        ordering = ("report", "created_at")
        indexes = [models.Index(fields=["report", "-created_at", "id"], name="remark_of_version")]

    def __str__(self) -> str:
        return str(self.report)


class ReadingQuerySet(BaseQuerySet["MentorReading"]):
    def visible_to(self, user: "User") -> Self:
        """Staff and leaders in scope of a member, members, and the mentor who wrote it."""
        members = Q(report__project__in=members_seen(user).values("project"))
        return self.filter(members | Q(mentor__account=user))


class MentorReading(BaseModel):
    """The mentor has read a version of the mentee's report and says what to better."""

    named_by: ClassVar[tuple[str, ...]] = ("mentor",)

    report = models.ForeignKey(
        ReportVersion, models.PROTECT, related_name="readings", verbose_name=_("version of a report"), editable=False
    )
    mentor = models.ForeignKey(
        Person, models.PROTECT, related_name="research_readings", verbose_name=_("mentor"), editable=False
    )
    read_on = models.DateField(_("read on"), editable=False)
    comment = models.TextField(_("comment"), max_length=LONGEST_COMMENT, blank=True)
    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("mentor's reading of a report")
        ordering = ("-read_on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "mentor"],
                condition=Q(voided_at=None),
                name="one_reading_of_a_version",
                violation_error_message=_("You have read this version already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.mentor)


class ReviewQuerySet(BaseQuerySet["ResearchReview"]):
    def visible_to(self, user: "User") -> Self:
        """Staff and leaders in scope of a member; the reviewer. Members read what is released by permissions alone."""
        followed = Q(report__project__in=overseen(user).values("project"))
        return self.filter(followed | Q(pk__in=reviewed_by(user)))

    def waiting(self) -> Self:
        return self.standing().filter(handed_in_at=None)

    def barred(self) -> Self:
        """Whose reviewer is in the team or a declared relative of it (回避), also where that came about later."""
        return self.filter(_ties())

    def with_ties(self) -> Self:
        """With `is_barred`: as `barred`."""
        return self.annotate(is_barred=_ties())

    def impartial(self) -> Self:
        return self.exclude(_ties())


class ResearchReview(BaseModel):
    """One reviewer on one version: points by criterion of the call, and what to say about it. Nobody reviews their own
    team's report or that of a relative; points of criteria and their sum are kept, never a rank among people.
    """

    named_by: ClassVar[tuple[str, ...]] = ("reviewer",)

    report = models.ForeignKey(
        ReportVersion, models.PROTECT, related_name="reviews", verbose_name=_("version of a report"), editable=False
    )
    reviewer = models.ForeignKey(
        Person, models.PROTECT, related_name="research_reviews", verbose_name=_("reviewer"), editable=False
    )
    due_on = models.DateField(_("review due on"))
    points = models.JSONField(_("points"), default=dict, blank=True, editable=False)
    total = models.PositiveSmallIntegerField(pgettext_lazy("review", "points in all"), null=True, editable=False)
    comment = models.TextField(_("comment"), max_length=LONGEST_COMMENT, blank=True)
    handed_in_at = models.DateTimeField(_("handed in at"), null=True, blank=True, editable=False)
    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of a report")
        ordering = ("report", "created_at")
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(handed_in_at=None, voided_at=None), name="review_due"),
            models.Index(fields=["reviewer", "due_on", "id"], name="review_of_reviewer"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "reviewer"],
                condition=Q(voided_at=None),
                name="one_review_of_a_version",
                violation_error_code="reviewer",
                violation_error_message=_("This person reviews the version already."),
            ),
            models.CheckConstraint(
                condition=Q(total=None) | Q(total__lte=100),
                name="points_of_a_review_are_sane",
                violation_error_code="total",
                violation_error_message=_("A review gives 100 points at most."),
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at=None, total=None) | Q(handed_in_at__isnull=False, total__isnull=False),
                name="reviews_handed_in_have_points",
            ),
        ]

    def __str__(self) -> str:
        return str(self.reviewer)


def reviewed_by(user: "User") -> "QuerySet[ResearchReview]":
    """Standing reviews that `user` writes, while the project is under review; of no relative's report."""
    return (
        ResearchReview.objects.standing()
        .impartial()
        .filter(reviewer__account=user, report__project__state=ProjectState.REVIEW, report__project__voided_at=None)
    )


def _ties() -> Q:
    """A declared relation between the reviewer and somebody of the team, or a place in it."""
    team = ResearchMember.objects.standing().filter(project=OuterRef(OuterRef("report__project")))
    persons = team.values("trainee__person")
    reviewer = OuterRef("reviewer")
    ties = Q(person=reviewer, other__in=persons) | Q(other=reviewer, person__in=persons)
    own = ResearchMember.objects.standing().filter(
        project=OuterRef("report__project"), trainee__person=OuterRef("reviewer")
    )
    return Exists(Relative.objects.standing().filter(ties)) | Exists(own)


class PrizeQuerySet(BaseQuerySet["ResearchPrize"]):
    def visible_to(self, user: "User") -> Self:
        """Staff, leaders and whoever is a member, as the project."""
        return self.filter(project__in=members_seen(user).values("project"))


class ResearchPrize(BaseModel):
    """获奖 a prize that was announced, on its document; every member gets an award of it."""

    named_by: ClassVar[tuple[str, ...]] = ("project",)

    project = models.ForeignKey(
        ResearchProject, models.PROTECT, related_name="prizes", verbose_name=_("research project"), editable=False
    )
    level = models.CharField(pgettext_lazy("research prize", "level"), max_length=10, choices=PrizeLevel)
    rank = models.CharField(pgettext_lazy("research prize", "prize"), max_length=10, choices=PrizeRank)
    name = models.CharField(_("name of the prize"), max_length=60)
    awarded_by = models.CharField(_("awarded by"), max_length=60)
    awarded_on = models.DateField(_("awarded on"))
    document_number = models.CharField(_("document number"), max_length=60)
    objects = PrizeQuerySet.as_manager()

    class Meta:
        verbose_name = _("research prize")
        ordering = ("-awarded_on", "id")
        indexes = [
            models.Index(fields=["-awarded_on", "id"], name="prize_by_day"),
            models.Index(fields=["level", "rank", "-awarded_on"], name="prize_by_level"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name", "awarded_on"],
                condition=Q(voided_at=None),
                name="one_prize_of_a_name_a_day",
                violation_error_code="name",
                violation_error_message=_("This prize is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return prize_name(self.rank, self.name)


def prize_name(rank: str, name: str) -> str:
    """Name and prize; a prize that the name says already is not said twice, in whatever language it is read."""
    label = str(PrizeRank(rank).label)
    with translation.override(settings.LANGUAGE_CODE):
        of_the_office = str(PrizeRank(rank).label)
    return name if label in name or of_the_office in name else f"{name} {label}"


class AwardQuerySet(BaseQuerySet["ResearchAward"]):
    def visible_to(self, user: "User") -> Self:
        """As the prize."""
        return self.filter(prize__in=ResearchPrize.objects.visible_to(user))

    def lead_first(self, *before: str) -> Self:
        """Ordered by `before`, then who leads the team, then as they were recorded."""
        lead = ResearchMember.objects.standing().filter(is_lead=True, project=OuterRef("prize__project"))
        led = Exists(lead.filter(trainee=OuterRef("trainee")))
        return self.alias(led=led).order_by(*before, F("led").desc(), "created_at", "pk")


class ResearchAward(BaseModel):
    """A member's award of a prize; kept by services, voided with the prize."""

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)

    prize = models.ForeignKey(
        ResearchPrize, models.PROTECT, related_name="awards", verbose_name=_("research prize"), editable=False
    )
    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="research_awards", verbose_name=_("growth file"), editable=False
    )
    awarded_on = models.DateField(_("awarded on"), editable=False)
    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("research award")
        ordering = ("-awarded_on", "id")
        indexes = [models.Index(fields=["trainee", "-awarded_on", "id"], name="award_of_trainee")]
        constraints = [
            models.UniqueConstraint(
                fields=["prize", "trainee"], condition=Q(voided_at=None), name="one_award_of_a_prize"
            ),
        ]

    def __str__(self) -> str:
        return str(self.prize)
