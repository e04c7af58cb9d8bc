"""国情调研 from the call to the prize: projects, who works on them, their versions and reviews (PRODUCT.md, row 8)."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.assignments.models.choices import (
    OPEN_PROJECTS,
    ProjectKind,
    ProjectNews,
    ProjectState,
)
from cadre_app.core.days import end_of, start_of
from cadre_app.core.grams import gram_index
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.registries import relations
from cadre_app.core.roles import Role
from cadre_app.people.models import Trainee, VillageTerm, of_scope
from cadre_app.people.models.persons import avoided_persons, own_keys

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

OVERSEERS = (Role.STAFF, Role.LEADER)
LONGEST_TITLE, LONGEST_PLAN, LONGEST_REMARK = 80, 2000, 1000
MENTOR_LEVEL = "mentor"


class ResearchCallQuerySet(BaseQuerySet["ResearchCall"]):
    def visible_to(self, user: "User") -> Self:
        """Staff and leaders; whoever has a growth file, once it is open."""
        if user.has_role(*OVERSEERS):
            return self
        if own_keys(user)[1] is None:
            return self.none()
        return self.standing().filter(is_open=True)


class ResearchCall(BaseModel):
    """征集 one year's call with its directions, days and criteria; `criteria` are name and points, 100 together."""

    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    directions = ArrayField(models.CharField(max_length=40), verbose_name=_("directions"))
    criteria = models.JSONField(_("reviewers' criteria"), default=list)
    note = models.CharField(_("remark"), max_length=400, blank=True)
    topics_until = models.DateField(_("topics until"))
    drafts_until = models.DateField(_("first versions until"))
    reports_until = models.DateField(_("reports until"))
    reviews_until = models.DateField(_("reviews until"))
    is_open = models.BooleanField(_("open"), default=False, editable=False)
    objects = ResearchCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call for research topics")
        ordering = ("-year", "title")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "title"],
                condition=Q(voided_at=None),
                name="one_call_of_a_title_a_year",
                violation_error_code="title",
                violation_error_message=_("This year has a call of this title already."),
            ),
            models.CheckConstraint(
                condition=Q(drafts_until__gte=F("topics_until"))
                & Q(reports_until__gte=F("drafts_until"))
                & Q(reviews_until__gte=F("reports_until")),
                name="days_of_a_call_follow_each_other",
                violation_error_code="drafts_until",
                violation_error_message=_("Topics, first versions, reports and reviews follow each other."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProjectQuerySet(BaseQuerySet["ResearchProject"]):
    def visible_to(self, user: "User") -> Self:
        """Staff and leaders in scope of a member; members; mentors of a personal one; reviewers until it is closed."""
        seen = Q(pk__in=members_seen(user).values("project"))
        seen |= Q(pk__in=ResearchProject.objects.mentored_by(user))
        from cadre_app.assignments.models.reports import reviewed_by  # reports lead to the project, not back

        return self.filter(seen | Q(pk__in=reviewed_by(user).values("report__project")))

    def mentored_by(self, user: "User") -> Self:
        """Standing personal reports whose author `user` mentors now."""
        return self.standing().filter(kind=ProjectKind.PERSONAL, pk__in=_mentored(user).values("project"))

    def worked_on(self, user: "User") -> Self:
        """Those that staff work on: of a member in scope, and of none whom `user` avoids (回避)."""
        in_scope = ResearchMember.objects.standing().filter(of_scope(user, Role.STAFF, prefix="trainee__"))
        avoided = ResearchMember.objects.standing().filter(trainee__person__in=avoided_persons(user))
        return self.filter(pk__in=in_scope.values("project")).exclude(pk__in=avoided.values("project"))

    def open(self) -> Self:
        return self.standing().filter(state__in=OPEN_PROJECTS)

    def handed_in(self) -> Self:
        """Of which a version is in and which were not dropped: the one meaning of a report that is handed in."""
        return self.standing().filter(versions_count__gt=0).exclude(state=ProjectState.DROPPED)

    def handed_in_from(self, day: date) -> Self:
        """These, by the day of the first version: none before `day`."""
        return self.handed_in().filter(versions__number=1, versions__handed_in_at__gte=start_of(day))

    def handed_in_until(self, day: date) -> Self:
        """These, by the day of the first version: none after `day`."""
        return self.handed_in().filter(versions__number=1, versions__handed_in_at__lt=end_of(day))


class ResearchProject(BaseModel):
    """One report in the making. A personal one belongs to a village term (`term`), a team topic to a call.

    `due_on` is when the report is due (kept by services from the call or the term), `versions_count` and `reviews_done`
    repeat what stands in their tables, so that boards need not count. `remarked_on` and `returned_on` are of the latest
    version; what was said stands in its remarks.
    """

    named_by: ClassVar[tuple[str, ...]] = ()
    decided_fields: ClassVar[tuple[str, ...]] = (
        "title", "direction", "plan", "due_on", "versions_count", "reviews_released_on", "remarked_on", "returned_on",
        "recommended_on", "submitted_on",
    )  # fmt: skip

    kind = models.CharField(pgettext_lazy("research", "kind"), max_length=10, choices=ProjectKind, editable=False)
    call = models.ForeignKey(
        ResearchCall, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name=_("call")
    )
    term = models.ForeignKey(
        VillageTerm,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="research",
        verbose_name=_("village term"),
        editable=False,
    )
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    direction = models.CharField(_("direction"), max_length=40, blank=True)
    plan = models.TextField(_("research plan"), max_length=LONGEST_PLAN, blank=True)
    due_on = models.DateField(_("report due on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=ProjectState, default=ProjectState.CALL, editable=False)
    state_since = models.DateField(_("in this state since"), editable=False)
    versions_count = models.PositiveSmallIntegerField(_("versions"), default=0, editable=False)
    reviews_done = models.PositiveSmallIntegerField(_("reviews handed in"), default=0, editable=False)
    reviews_released_on = models.DateField(_("reviews shown to the team since"), null=True, blank=True, editable=False)
    recommended_on = models.DateField(_("recommended on"), null=True, blank=True, editable=False)
    submitted_on = models.DateField(_("sent up on"), null=True, blank=True)
    submitted_to = models.CharField(_("sent up to"), max_length=60, blank=True)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    drop_reason = models.CharField(_("reason for dropping it"), max_length=200, blank=True)
    dropped_from = models.CharField(
        _("stage before it was dropped"), max_length=12, choices=ProjectState, blank=True, editable=False
    )
    remarked_on = models.DateField(_("the department looked at it on"), null=True, blank=True, editable=False)
    returned_on = models.DateField(_("sent back on"), null=True, blank=True, editable=False)
    news = models.CharField(_("told last"), max_length=10, choices=ProjectNews, blank=True, editable=False)
    news_on = models.DateField(_("told on"), null=True, blank=True, editable=False)
    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("research project")
        ordering = ("-created_at", "id")
        indexes = [
            models.Index(fields=["state", "state_since", "id"], name="project_by_state"),
            models.Index(fields=["kind", "state", "id"], name="project_by_kind"),
            models.Index(fields=["call", "state", "id"], name="project_of_call"),
            models.Index(
                fields=["due_on", "id"], condition=Q(state__in=OPEN_PROJECTS, voided_at=None), name="project_by_due_day"
            ),
            models.Index(fields=["news_on", "id"], condition=Q(news_on__isnull=False), name="project_by_news_day"),
            models.Index(
                fields=["returned_on", "id"], condition=Q(returned_on__isnull=False), name="project_by_return_day"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["term"],
                condition=Q(voided_at=None, kind=ProjectKind.PERSONAL) & ~Q(state=ProjectState.DROPPED),
                name="one_personal_report_of_a_term",
                violation_error_code="term",
                violation_error_message=_("This village term has its research report already."),
            ),
            models.CheckConstraint(
                condition=Q(kind=ProjectKind.PERSONAL, term__isnull=False) | Q(kind=ProjectKind.TEAM, term=None),
                name="personal_reports_belong_to_a_term",
                violation_error_code="term",
                violation_error_message=_("A personal report belongs to a village term, a team topic does not."),
            ),
            models.CheckConstraint(
                condition=(Q(state=ProjectState.DROPPED) & ~Q(drop_reason=""))
                | (~Q(state=ProjectState.DROPPED) & Q(drop_reason="")),
                name="dropped_projects_say_why",
                violation_error_code="drop_reason",
                violation_error_message=_("Say why the topic is dropped."),
            ),
            models.CheckConstraint(
                condition=Q(submitted_on=None) | ~Q(submitted_to=""),
                name="submitted_reports_say_where",
                violation_error_code="submitted_to",
                violation_error_message=_("Say to whom the report was sent up."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_handed_in(self) -> bool:
        """As `handed_in` of the queryset."""
        return not self.is_voided and self.versions_count > 0 and self.state != ProjectState.DROPPED


class MemberQuerySet(BaseQuerySet["ResearchMember"]):
    def visible_to(self, user: "User") -> Self:
        """As the project."""
        return self.filter(project__in=ResearchProject.objects.visible_to(user))


class ResearchMember(BaseModel):
    """Somebody in a team, or the author of a personal report; exactly one leads. Whoever left keeps their part of it."""

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)

    project = models.ForeignKey(
        ResearchProject, models.PROTECT, related_name="members", verbose_name=_("research project"), editable=False
    )
    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="research", verbose_name=_("growth file"), editable=False
    )
    is_lead = models.BooleanField(_("leads the team"), default=False)
    share = models.CharField(_("part of the work"), max_length=100, blank=True)
    joined_on = models.DateField(_("in the team since"), editable=False)
    left_on = models.DateField(_("left the team on"), null=True, blank=True, editable=False)
    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a research team")
        ordering = ("project", "-is_lead", "joined_on", "id")
        indexes = [models.Index(fields=["trainee", "-joined_on", "id"], name="research_of_trainee")]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "trainee"],
                condition=Q(voided_at=None),
                name="once_in_a_research_team",
                violation_error_code="trainee",
                violation_error_message=_("This person is in the team already."),
            ),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(voided_at=None, is_lead=True),
                name="one_lead_of_a_research_team",
                violation_error_code="is_lead",
                violation_error_message=_("The team has a lead already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.trainee)


def members_seen(user: "User") -> "QuerySet[ResearchMember]":
    """Standing members in scope of staff and leaders, and `user` in person."""
    own = Q(trainee__person__account=user)
    seen = of_scope(user, *OVERSEERS, prefix="trainee__") | own
    return ResearchMember.objects.standing().filter(seen)


def overseen(user: "User") -> "QuerySet[ResearchMember]":
    """Standing members by whom staff and leaders follow a project from above: of none in which they are themselves."""
    own = ResearchMember.objects.standing().filter(trainee__person__account=user)
    rows = ResearchMember.objects.standing().filter(of_scope(user, *OVERSEERS, prefix="trainee__"))
    return rows.exclude(project__in=own.values("project"))


def _mentored(user: "User") -> "QuerySet[ResearchMember]":
    """Standing members whose mentor `user` is, by the relations that other rooms announce; no declared relative (回避)."""
    tied = Q(pk__in=())
    for relation in relations.values():
        if relation.level == MENTOR_LEVEL:
            tied |= Q(trainee__in=relation.trainee_ids(user))
    return ResearchMember.objects.standing().filter(tied).exclude(trainee__person__in=avoided_persons(user))


class MeetingQuerySet(BaseQuerySet["ProgressMeeting"]):
    def visible_to(self, user: "User") -> Self:
        """Staff and leaders; members of the projects that were looked at."""
        if user.has_role(*OVERSEERS):
            return self
        own = ProgressItem.objects.standing().filter(project__in=members_seen(user).values("project"))
        return self.standing().filter(pk__in=own.values("meeting"))


class ProgressMeeting(BaseModel):
    """推进会 with its minutes; what was said of each project lies in its items."""

    call = models.ForeignKey(
        ResearchCall, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("call")
    )
    held_on = models.DateField(pgettext_lazy("progress meeting", "held on"))
    place = models.CharField(_("place"), max_length=60, blank=True)
    chair = models.CharField(_("chair"), max_length=40, blank=True)
    minutes = models.TextField(_("minutes"), max_length=LONGEST_PLAN)
    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress meeting")
        ordering = ("-held_on", "id")
        indexes = [
            models.Index(fields=["-held_on", "id"], name="meeting_by_day"),
            gram_index("meeting_grams", "minutes", condition=Q(voided_at=None)),
        ]

    def __str__(self) -> str:
        return formats.date_format(self.held_on)


class ItemQuerySet(BaseQuerySet["ProgressItem"]):
    def visible_to(self, user: "User") -> Self:
        """As the project."""
        return self.filter(project__in=ResearchProject.objects.visible_to(user))


class ProgressItem(BaseModel):
    """What a progress meeting agreed for one project, and until when."""

    named_by: ClassVar[tuple[str, ...]] = ("project",)

    meeting = models.ForeignKey(
        ProgressMeeting, models.PROTECT, related_name="items", verbose_name=_("progress meeting"), editable=False
    )
    project = models.ForeignKey(
        ResearchProject, models.PROTECT, related_name="progress", verbose_name=_("research project")
    )
    progress = models.CharField(_("progress"), max_length=400)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True, editable=False)
    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of a progress meeting")
        ordering = ("meeting", "created_at")
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(done_on=None, voided_at=None), name="progress_by_due_day")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "project"],
                condition=Q(voided_at=None),
                name="once_on_the_agenda",
                violation_error_code="project",
                violation_error_message=_("This meeting has an item for the project already."),
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | ~Q(next_step=""),
                name="dated_steps_say_what",
                violation_error_code="next_step",
                violation_error_message=_("Say what is to be done until that day."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.project)
