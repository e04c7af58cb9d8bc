"""工作简报 a briefing of one unit and period: its words, and the figures as they stood when it was written."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit
from cadre_app.org.paths import any_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

REPORTED_TO = "区委主要领导、分管领导，市委组织部。"
SENT_TO = "各乡镇（街道）党（工）委，区直各单位党组（党委）。"
WORKERS = (Role.STAFF, Role.LEADER)
LONGEST_REASON, LONGEST_DEPARTMENT = 300, 40


class BriefingState(models.TextChoices):
    """草稿 → 待签发 → 已签发; returned ones are drafts again and say why."""

    DRAFT = "draft", pgettext_lazy("briefing", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("briefing", "To be issued")
    ISSUED = "issued", pgettext_lazy("briefing", "Issued")


class BriefingQuerySet(BaseQuerySet["Briefing"]):
    def visible_to(self, user: "User") -> Self:
        """Department staff and leaders, of the units on which they hold that role."""
        return self.filter(any_of(user.unit_ranges(*WORKERS), "unit__path"))


class Briefing(BaseModel):
    """What a unit's programme did from `since` to `as_of`, counted on `counted_at`.

    `figures` holds the numbers as they stand in the text, each with its rule: see `snapshots`. `hands` are the keys of
    everybody who wrote part of it: none of them issues it. Submitted, it waits for a leader and is not changed. Issued, it
    bears the next number of its unit and year, and the name that the department (`department`) had on that day; a number is
    never given again.
    """

    named_by: ClassVar[tuple[str, ...]] = ("unit",)
    untold_fields: ClassVar[frozenset[str]] = frozenset({"figures", "hands", "counted_at"})

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="briefings", verbose_name=_("unit"), editable=False)
    since = models.DateField(pgettext_lazy("briefing", "from"), editable=False)
    as_of = models.DateField(pgettext_lazy("briefing", "to"), editable=False)
    title = models.CharField(pgettext_lazy("briefing", "title"), max_length=120)
    opening = models.TextField(pgettext_lazy("briefing", "opening"))
    stages = models.TextField(pgettext_lazy("briefing", "development in stages"), blank=True)
    practice = models.TextField(pgettext_lazy("briefing", "work under load"), blank=True)
    following = models.TextField(pgettext_lazy("briefing", "following each person"), blank=True)
    shortcomings = models.TextField(pgettext_lazy("briefing", "shortcomings"), blank=True)
    plans = models.TextField(pgettext_lazy("briefing", "next steps"), blank=True)
    reported_to = models.CharField(pgettext_lazy("briefing", "reported to"), max_length=120, default=REPORTED_TO)
    sent_to = models.CharField(pgettext_lazy("briefing", "sent to"), max_length=120, default=SENT_TO)
    copies = models.PositiveSmallIntegerField(pgettext_lazy("briefing", "number of copies"), default=30)
    figures: "models.JSONField[Any, Any]" = models.JSONField(default=list, editable=False)
    counted_at = models.DateTimeField(pgettext_lazy("briefing", "counted at"), editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("briefing", "written by"),
        editable=False,
    )
    hands = ArrayField(models.UUIDField(), default=list, blank=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=BriefingState, default=BriefingState.DRAFT, editable=False
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("briefing", "submitted by"), editable=False,
    )  # fmt: skip
    submitted_on = models.DateField(pgettext_lazy("briefing", "submitted on"), null=True, blank=True, editable=False)
    returned_on = models.DateField(pgettext_lazy("briefing", "returned on"), null=True, blank=True, editable=False)
    return_reason = models.CharField(
        pgettext_lazy("briefing", "to be completed"), max_length=LONGEST_REASON, blank=True, editable=False
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, editable=False)
    number = models.PositiveSmallIntegerField(
        pgettext_lazy("briefing", "number"), null=True, blank=True, editable=False
    )
    issued_on = models.DateField(pgettext_lazy("briefing", "issued on"), null=True, blank=True, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("briefing", "issued by"), editable=False,
    )  # fmt: skip
    department = models.CharField(
        pgettext_lazy("briefing", "department"), max_length=LONGEST_DEPARTMENT, blank=True, editable=False
    )
    objects = BriefingQuerySet.as_manager()

    class Meta:
        verbose_name = _("briefing")
        ordering = ("-as_of", "id")
        indexes = [
            models.Index(fields=["-as_of", "id"], name="briefing_by_day"),
            models.Index(fields=["unit", "-as_of", "id"], name="briefing_of_unit"),
            models.Index(fields=["state", "-as_of", "id"], name="briefing_by_state"),
            models.Index(fields=["-issued_on", "id"], name="briefing_by_issue"),
            models.Index(
                fields=["submitted_on"],
                condition=Q(state=BriefingState.SUBMITTED, voided_at=None),
                name="briefing_waiting",
            ),
            models.Index(fields=["returned_on"], condition=Q(returned_on__isnull=False), name="briefing_returned"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "number"],
                name="one_briefing_of_a_number",
                violation_error_message=_("This number has been given to another briefing."),
            ),
            models.CheckConstraint(
                condition=Q(as_of__gte=F("since")),
                name="briefing_ends_after_it_begins",
                violation_error_code="as_of",
                violation_error_message=_("The last day lies before the first one."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state=BriefingState.ISSUED,
                    year__isnull=False,
                    number__gte=1,
                    issued_on__isnull=False,
                    issued_by__isnull=False,
                )
                | ~Q(state=BriefingState.ISSUED) & Q(year=None, number=None, issued_on=None, issued_by=None),
                name="issued_briefings_bear_a_number",
            ),
            # Issued ones without the day of the submission were issued before that step was.
            models.CheckConstraint(
                condition=Q(state=BriefingState.DRAFT, submitted_on=None)
                | Q(state=BriefingState.SUBMITTED, submitted_on__isnull=False, submitted_by__isnull=False)
                | Q(state=BriefingState.ISSUED),
                name="submitted_briefings_say_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(returned_on=None, return_reason="")
                | Q(state=BriefingState.DRAFT, returned_on__isnull=False) & ~Q(return_reason=""),
                name="returned_briefings_say_why",
            ),
            models.CheckConstraint(
                condition=Q(state=BriefingState.DRAFT) | (~Q(shortcomings="") & ~Q(plans="")),
                name="issued_briefings_name_shortcomings",
                violation_error_message=_("A briefing is issued with its shortcomings and next steps."),
            ),
            models.CheckConstraint(
                condition=Q(issued_by=None) | ~Q(issued_by=F("written_by")),
                name="briefings_are_issued_by_another",
                violation_error_message=_("Nobody checks or signs off what they entered themselves."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        """True while it can be changed."""
        return self.state == BriefingState.DRAFT and not self.is_voided

    @property
    def is_submitted(self) -> bool:
        """True while it waits for a leader."""
        return self.state == BriefingState.SUBMITTED and not self.is_voided

    @property
    def is_open(self) -> bool:
        """True until it is issued."""
        return self.is_draft or self.is_submitted
