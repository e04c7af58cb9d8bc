"""派遣 somebody works elsewhere for a time: on which document, doing what, until when, with what result."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Coalesce
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.accounts.models import DateRange
from cadre_app.assignments.models.choices import (
    OVER,
    PENDING,
    TAKING_DAYS,
    HostLevel,
    PostingKind,
    PostingMode,
    PostingStage,
    PostingState,
)
from cadre_app.assignments.models.fronts import Front
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.org.models import Unit
from cadre_app.people.models import Person, Trainee, of_scope
from cadre_app.people.models.persons import avoided_persons

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

LONGEST_TASKS, LONGEST_TEXT = 400, 1000
STAGE_OF: dict[str, PostingStage] = {
    PostingState.PROPOSED: PostingStage.PROPOSED,
    PostingState.CHECKED: PostingStage.PROPOSED,
    PostingState.APPROVED: PostingStage.APPROVED,
    PostingState.DECLINED: PostingStage.DECLINED,
    PostingState.RETURNED: PostingStage.APPRAISAL_DUE,
    PostingState.CLOSED: PostingStage.CLOSED,
}


class PostingQuerySet(BaseQuerySet["Posting"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope; one's own once approved; the supervisor on site from approval to the appraisal."""
        own = Q(trainee__person__account=user, voided_at=None)
        seen = of_scope(user, *BUSINESS_ROLES, prefix="trainee__") | (own & known_to_subject())
        return self.filter(seen | hosted_by(user))

    def worked_on(self, user: "User") -> Self:
        """Those that staff work on: own ones and those of declared relatives are taken out (回避)."""
        return self.filter(of_scope(user, Role.STAFF, prefix="trainee__"))

    def hosted_by(self, user: "User") -> Self:
        """Those in which `user` is the supervisor on site, while they run and until the appraisal is confirmed."""
        return self.filter(hosted_by(user))

    def taking(self) -> Self:
        """Standing ones that take days of a person: all but declined ones."""
        return self.standing().filter(state__in=TAKING_DAYS)

    def on(self, day: date) -> Self:
        """Where people were or will be on a local date, approved ones only."""
        real = self.standing().exclude(state__in=(*PENDING, PostingState.DECLINED)).filter(started_on__lte=day)
        real = real.filter(~never_began())
        return real.filter(Q(ended_on__gte=day) | Q(ended_on=None))

    def in_stage(self, stage: str, day: date) -> Self:
        """Standing ones, by the same columns as `Posting.stage_on`."""
        stays = ~never_began()
        here = Q(state=PostingState.APPROVED, started_on__lte=day) & stays
        late = Q(due_on__lt=day)
        middle = Q(mid_term_on__isnull=False, mid_term_on__lte=day, mid_term_held_on=None)
        conditions = {
            PostingStage.PROPOSED: Q(state__in=PENDING) & stays,
            PostingStage.APPROVED: Q(state=PostingState.APPROVED, started_on__gt=day) & stays,
            PostingStage.NEVER_BEGAN: never_began(),
            PostingStage.UNDER_WAY: here & ~late & ~middle,
            PostingStage.MID_TERM: here & ~late & middle,
            PostingStage.OVERSTAY: here & late,
            PostingStage.APPRAISAL_DUE: Q(state=PostingState.RETURNED),
            PostingStage.CLOSED: Q(state=PostingState.CLOSED, is_recalled=False),
            PostingStage.RECALLED: Q(state=PostingState.CLOSED, is_recalled=True),
            PostingStage.DECLINED: Q(state=PostingState.DECLINED),
        }
        return self.standing().filter(conditions[PostingStage(stage)])


class Posting(BaseModel):
    """One posting of one person. The host is a unit of the tree or, outside it, named in words.

    `due_on` is the last day planned, NULL where it ends with the task; `ended_on` is the last day that was. `covered_until`
    (database) is the day until which the person is taken. `mid_term_on` is when the mid-term review is due (kept by
    services), NULL for short ones. `paper_signatory` signed it off on paper before this system, where it was imported as history
    (ADR 29): no account has checked or signed it. `extensions` counts how often the end was put off, `follows` is the declined proposal
    that this one takes up. A full-time one takes the person whole: the database refuses two at a time.
    """

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person", "unit")
    decided_fields: ClassVar[tuple[str, ...]] = (
        "kind", "mode", "unit", "host_name", "post", "tasks", "reason", "started_on", "due_on", "document_number",
    )  # fmt: skip

    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="postings", verbose_name=_("growth file"), editable=False
    )
    kind = models.CharField(_("kind of posting"), max_length=16, choices=PostingKind)
    mode = models.CharField(_("working time"), max_length=8, choices=PostingMode)
    front = models.ForeignKey(
        Front, models.PROTECT, null=True, blank=True, related_name="postings", verbose_name=_("front")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="postings", verbose_name=_("host unit")
    )
    host_name = models.CharField(_("host outside the district"), max_length=80, blank=True)
    host_level = models.CharField(_("level of the host"), max_length=10, choices=HostLevel, default=HostLevel.DISTRICT)
    post = models.CharField(_("post held there"), max_length=60, blank=True)
    tasks = models.TextField(_("tasks"), max_length=LONGEST_TASKS)
    plan = models.TextField(_("study plan"), max_length=LONGEST_TEXT, blank=True)
    reason = models.TextField(_("reason for the posting"), max_length=LONGEST_TEXT, blank=True)
    supervisor = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supervised_postings",
        verbose_name=_("supervisor on site"),
    )
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    document_on = models.DateField(_("date of the document"), null=True, blank=True)
    superior_document = models.CharField(_("document of the superior department"), max_length=60, blank=True)
    started_on = models.DateField(_("from"))
    due_on = models.DateField(_("planned until"), null=True, blank=True)
    ended_on = models.DateField(_("last day there"), null=True, blank=True, editable=False)
    covered_until = models.GeneratedField(
        expression=Coalesce(F("ended_on"), F("due_on")), output_field=models.DateField(null=True), db_persist=True
    )
    mid_term_on = models.DateField(_("mid-term review due on"), null=True, blank=True, editable=False)
    mid_term_held_on = models.DateField(_("mid-term review held on"), null=True, blank=True, editable=False)
    mid_term_text = models.TextField(_("findings of the mid-term review"), max_length=LONGEST_TEXT, blank=True)
    extensions = models.PositiveSmallIntegerField(_("extensions"), default=0, editable=False)
    is_recalled = models.BooleanField(_("returned early"), default=False, editable=False)
    return_reason = models.CharField(_("reason for the early return"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=PostingState, default=PostingState.PROPOSED, editable=False
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("posting", "proposed by"),
        editable=False,
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("checked by"),
        editable=False,
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True, editable=False)
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
    paper_signatory = models.CharField(_("signed off on paper by"), max_length=60, blank=True, editable=False)
    declined_on = models.DateField(pgettext_lazy("posting", "declined on"), null=True, blank=True, editable=False)
    decline_reason = models.CharField(pgettext_lazy("posting", "reason for declining"), max_length=200, blank=True)
    follows = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposed_again",
        verbose_name=_("proposed again after"),
        editable=False,
    )
    returned_on = models.DateField(
        pgettext_lazy("posting", "return recorded on"), null=True, blank=True, editable=False
    )
    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting")
        ordering = ("-started_on", "id")
        indexes = [
            models.Index(fields=["trainee", "-started_on", "id"], name="posting_of_trainee"),
            models.Index(fields=["-started_on", "id"], name="posting_by_day"),
            models.Index(fields=["state", "-started_on", "id"], name="posting_by_state"),
            models.Index(fields=["kind", "-started_on", "id"], name="posting_by_kind"),
            models.Index(fields=["front", "-started_on", "id"], name="posting_by_front"),
            models.Index(fields=["unit", "-started_on", "id"], name="posting_by_host"),
            models.Index(fields=["supervisor", "state"], name="posting_of_supervisor"),
            models.Index(
                fields=["due_on", "id"], condition=Q(state=PostingState.APPROVED, voided_at=None), name="posting_by_end"
            ),
            models.Index(
                fields=["mid_term_on", "id"],
                condition=Q(state=PostingState.APPROVED, mid_term_held_on=None, voided_at=None),
                name="posting_by_mid_term",
            ),
            models.Index(
                fields=["returned_on", "id"],
                condition=Q(state=PostingState.RETURNED, voided_at=None),
                name="posting_to_be_appraised",
            ),
            models.Index(
                fields=["declined_on", "id"],
                condition=Q(state=PostingState.DECLINED, voided_at=None),
                name="posting_declined_by_day",
            ),
            models.Index(
                fields=["started_on", "id"],
                condition=Q(document_number="", voided_at=None),
                name="posting_without_document",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=F("started_on")),
                name="posting_is_due_after_start",
                violation_error_code="due_on",
                violation_error_message=_("The planned last day lies before the first one."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="posting_ends_after_start",
                violation_error_code="ended_on",
                violation_error_message=_("A posting cannot end before it started."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=OVER, ended_on__isnull=False) | (~Q(state__in=OVER) & Q(ended_on=None)),
                name="returned_postings_have_an_end",
                violation_error_code="ended_on",
                violation_error_message=_("The last day is entered when somebody returns."),
            ),
            models.CheckConstraint(
                condition=(Q(unit=None) & ~Q(host_name="")) | (Q(unit__isnull=False) & Q(host_name="")),
                name="posting_has_one_host",
                violation_error_code="unit",
                violation_error_message=_("Choose the host unit, or name a host outside the district."),
            ),
            models.CheckConstraint(
                condition=Q(unit=None) | Q(host_level=HostLevel.DISTRICT),
                name="units_of_the_district_are_of_its_level",
                violation_error_code="host_level",
                violation_error_message=_("A unit of the district is at district level or below."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=PostingKind.TEMPORARY_POST) | ~Q(post=""),
                name="temporary_posts_are_named",
                violation_error_code="post",
                violation_error_message=_("A temporary post has a name."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=PostingKind.SHADOW) | Q(post=""),
                name="shadow_training_holds_no_post",
                violation_error_code="post",
                violation_error_message=_("Whoever is in shadow training holds no post there."),
            ),
            models.CheckConstraint(
                condition=Q(kind=PostingKind.TASK_FORCE) | Q(due_on__isnull=False),
                name="only_task_forces_end_with_the_task",
                violation_error_code="due_on",
                violation_error_message=_("Enter the planned last day; only a task force may end with its task."),
            ),
            models.CheckConstraint(
                condition=Q(paper_signatory="")
                | (
                    Q(state__in=OVER, checked_by=None, signed_by=None, signed_on__isnull=False) & ~Q(document_number="")
                ),
                name="postings_on_paper_are_over",
                violation_error_message=_("Only what is over, with its document, is recorded as signed off on paper."),
            ),
            models.CheckConstraint(
                condition=(Q(state=PostingState.DECLINED) & ~Q(decline_reason=""))
                | (~Q(state=PostingState.DECLINED) & Q(decline_reason="")),
                name="declined_postings_say_why",
                violation_error_code="decline_reason",
                violation_error_message=_("Say why the posting is declined."),
            ),
            models.CheckConstraint(
                condition=Q(is_recalled=False) | ~Q(return_reason=""),
                name="early_returns_say_why",
                violation_error_code="return_reason",
                violation_error_message=_("Say why the person returns early."),
            ),
            models.UniqueConstraint(
                fields=["follows"],
                condition=Q(voided_at=None),
                name="proposed_again_once",
                violation_error_message=_("This posting is proposed again already."),
            ),
            ExclusionConstraint(
                name="one_full_time_posting_at_a_time",
                expressions=[
                    ("trainee", RangeOperators.EQUAL),
                    (
                        # Without the cast a row that has neither day would be asked about as text.
                        DateRange(
                            "started_on",
                            Cast(Coalesce("ended_on", "due_on"), models.DateField()),
                            RangeBoundary(inclusive_upper=True),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(voided_at=None, mode=PostingMode.FULL) & ~Q(state=PostingState.DECLINED),
                violation_error_code="started_on",
                violation_error_message=_("Another full-time posting covers these days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host} {formats.date_format(self.started_on)}"

    @property
    def host(self) -> str:
        """The host's name."""
        return self.unit.name if self.unit is not None else self.host_name

    def stage_on(self, day: date) -> PostingStage:
        """What pages show on a local date; an overstay goes before a mid-term review."""
        if self.never_began:
            return PostingStage.NEVER_BEGAN
        if self.state == PostingState.APPROVED and self.started_on <= day:
            return self._stage_there(day)
        if self.state == PostingState.CLOSED and self.is_recalled:
            return PostingStage.RECALLED
        return STAGE_OF[self.state]

    def _stage_there(self, day: date) -> PostingStage:
        if self.due_on is not None and self.due_on < day:
            return PostingStage.OVERSTAY
        if self.mid_term_on is not None and self.mid_term_on <= day and self.mid_term_held_on is None:
            return PostingStage.MID_TERM
        return PostingStage.UNDER_WAY

    @property
    def never_began(self) -> bool:
        """As `never_began()`, of one whose file is read already."""
        return did_not_begin(self, self.trainee.departed_on)

    @property
    def stage(self) -> PostingStage:
        return self.stage_on(timezone.localdate())


def never_began() -> Q:
    """Only proposed, or approved for a later day, when the person left: nobody goes there any more."""
    left = Q(trainee__departed_on__isnull=False)
    after = Q(state=PostingState.APPROVED, trainee__departed_on__isnull=False, started_on__gt=F("trainee__departed_on"))
    return left & Q(state__in=PENDING) | after


def did_not_begin(posting: Posting, left_on: date | None) -> bool:
    """As `never_began`, where the day of the departure is known."""
    if left_on is None:
        return False
    return posting.state in PENDING or (posting.state == PostingState.APPROVED and posting.started_on > left_on)


def known_to_subject(prefix: str = "") -> Q:
    """Approved and later: what is only proposed is not told to the person it is about."""
    return ~Q(**{f"{prefix}state__in": (*PENDING, PostingState.DECLINED)})


def hosted_by(user: "User", prefix: str = "") -> Q:
    """Postings whose supervisor on site `user` is, from approval until the appraisal is confirmed; never a relative's."""
    runs = {
        f"{prefix}supervisor__account": user,
        f"{prefix}state__in": (PostingState.APPROVED, PostingState.RETURNED),
        f"{prefix}voided_at": None,
    }
    return Q(**runs) & ~Q(**{f"{prefix}trainee__person__in": avoided_persons(user)})
