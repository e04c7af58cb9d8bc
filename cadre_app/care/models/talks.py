"""谈心谈话 a talk of the department with somebody in development, from the plan to its closing."""

import uuid
from datetime import date, time
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import DateField, DurationField, OuterRef, Q, Value
from django.db.models.functions import Cast, Greatest
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.care.models.choices import ABOUT, HELD, WAITING, Occasion, TalkKind, TalkState, Topic
from cadre_app.care.models.plans import WORKERS, TalkTrigger
from cadre_app.core.fields import EncryptedTextField
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.tables import joined
from cadre_app.people.models import Trainee, of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

LONGEST_TEXT = 5_000


class TalkQuerySet(BaseQuerySet["Talk"]):
    def visible_to(self, user: "User") -> Self:
        """Staff and leaders in their scope; and one's own that stand: time, topic, status and follow-up of them."""
        own = Q(trainee__person__account=user, voided_at=None)
        return self.filter(of_scope(user, *WORKERS, prefix="trainee__") | own)

    def worked_on(self, user: "User") -> Self:
        """Staff and leaders in their scope; own files and those of declared relatives are taken out (回避)."""
        return self.filter(of_scope(user, *WORKERS, prefix="trainee__"))

    def waiting(self) -> Self:
        """Planned or booked."""
        return self.standing().filter(state__in=WAITING)

    def arranged(self, due: str) -> Self:
        """Those that wait for a day within a month of `due` of the outer query, or of today: one next year settles nothing."""
        latest = Greatest(OuterRef(due), Value(timezone.localdate(), DateField()), output_field=DateField()) + Value(
            ABOUT, DurationField()
        )
        return self.waiting().filter(planned_on__lte=Cast(latest, DateField()))

    def held(self) -> Self:
        """Took place, whatever followed."""
        return self.standing().filter(state__in=HELD)

    def without_texts(self) -> Self:
        """The restricted texts stay in the database: no page, list or export holds them by accident."""
        return self.defer("content", "response")


class Talk(BaseModel):
    """One talk. `content` and `response` are restricted (限定知悉): read by `recorded_by` and `readers`, each reading on
    record; the person concerned never reads them. `follow_up_on` is the day of its last problem; kept by services.
    """

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)

    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="talks", verbose_name=_("growth file"), editable=False
    )
    kind = models.CharField(_("kind of talk"), max_length=16, choices=TalkKind, default=TalkKind.ROUTINE)
    occasion = models.CharField(_("occasion"), max_length=16, choices=Occasion, default=Occasion.ROUTINE)
    topics = ArrayField(
        models.CharField(max_length=16, choices=Topic), verbose_name=_("topics"), default=list, blank=True
    )
    state = models.CharField(_("state"), max_length=16, choices=TalkState, default=TalkState.PLANNED, editable=False)
    planned_on = models.DateField(pgettext_lazy("talk", "planned for"))
    booked_at = models.DateTimeField(_("time"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=60, blank=True)
    interviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="talks_held",
        verbose_name=_("interviewer"),
    )
    held_on = models.DateField(pgettext_lazy("talk", "held on"), null=True, blank=True)
    content = EncryptedTextField(_("content of the talk (restricted)"), blank=True)
    response = EncryptedTextField(_("what the person said to it (restricted)"), blank=True)
    has_texts = models.BooleanField(_("restricted text was recorded"), default=False, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="talks_recorded",
        verbose_name=_("recorded by"),
        editable=False,
    )
    readers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="talks_to_read", blank=True, verbose_name=_("readers")
    )
    trigger = models.ForeignKey(
        TalkTrigger,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="talks",
        verbose_name=_("occasion that it answers"),
        editable=False,
    )
    batch = models.ForeignKey(
        "care.TalkBatch",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="talks",
        verbose_name=_("talks planned together"),
        editable=False,
    )
    follow_up_on = models.DateField(_("return visit by"), null=True, blank=True, editable=False)
    closed_on = models.DateField(pgettext_lazy("talk", "closed on"), null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("reason for cancelling"), max_length=200, blank=True)
    objects = TalkQuerySet.as_manager()

    class Meta:
        verbose_name = _("talk")
        ordering = ("-planned_on", "id")
        indexes = [
            models.Index(fields=["trainee", "-held_on", "id"], name="talk_of_trainee"),
            models.Index(fields=["planned_on", "id"], name="talk_by_day"),
            models.Index(fields=["held_on", "id"], condition=Q(held_on__isnull=False), name="talk_by_day_held"),
            models.Index(fields=["state", "planned_on", "id"], name="talk_by_state"),
            models.Index(fields=["kind", "planned_on", "id"], name="talk_by_kind"),
            models.Index(fields=["occasion", "planned_on", "id"], name="talk_by_occasion"),
            models.Index(fields=["interviewer", "planned_on", "id"], name="talk_by_interviewer"),
            models.Index(
                fields=["follow_up_on", "id"],
                condition=Q(state=TalkState.FOLLOW_UP, voided_at=None),
                name="talk_by_follow_up",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state__in=HELD) & ~Q(held_on=None)) | (~Q(state__in=HELD) & Q(held_on=None)),
                name="held_talks_have_a_day",
                violation_error_code="held_on",
                violation_error_message=_("Say on which day the talk was held."),
            ),
            models.CheckConstraint(
                condition=~Q(state=TalkState.BOOKED) | (~Q(booked_at=None) & ~Q(interviewer=None)),
                name="booked_talks_have_time_and_interviewer",
                violation_error_code="interviewer",
                violation_error_message=_("A talk is booked for a time, with an interviewer."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=HELD) | ~Q(interviewer=None),
                name="held_talks_have_an_interviewer",
                violation_error_code="interviewer",
                violation_error_message=_("Say who held the talk."),
            ),
            models.CheckConstraint(
                condition=(Q(state=TalkState.CANCELLED) & ~Q(cancel_reason=""))
                | (~Q(state=TalkState.CANCELLED) & Q(cancel_reason="")),
                name="cancelled_talks_say_why",
                violation_error_code="reason",
                violation_error_message=_("Say why the talk is cancelled."),
            ),
            models.CheckConstraint(
                condition=(Q(state=TalkState.CLOSED) & ~Q(closed_on=None))
                | (~Q(state=TalkState.CLOSED) & Q(closed_on=None)),
                name="closed_talks_have_a_day",
                violation_error_message=_("A talk is closed on a day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_occasion_display()} {formats.date_format(self.day)}"

    @classmethod
    def word_of(cls, name: str, code: str) -> str:
        """The word of a topic."""
        return str(Topic(code).label) if name == "topics" and code in Topic.values else ""

    @property
    def day(self) -> date:
        """The day it was held, or is planned for."""
        return self.held_on or self.planned_on

    @property
    def topics_text(self) -> str:
        return joined(str(Topic(code).label) for code in self.topics if code in Topic.values)

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING and not self.is_voided

    @property
    def is_held(self) -> bool:
        return self.state in HELD

    @property
    def booked_on(self) -> date:
        """The day of the booking, else the one that is planned."""
        return timezone.localtime(self.booked_at).date() if self.booked_at is not None else self.planned_on

    @property
    def booked_time(self) -> time | None:
        return timezone.localtime(self.booked_at).time() if self.booked_at is not None else None


class TalkMove(models.Model):
    """The person concerned is told of another time or place of a booked talk, or, where both are as before, that one which
    was off takes place after all. `closed_at`: overtaken by a later one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    talk = models.ForeignKey(Talk, models.PROTECT, related_name="moves", verbose_name=_("talk"))
    told_on = models.DateField(_("to be told since"))
    from_at = models.DateTimeField(_("time before"))
    from_place = models.CharField(_("place before"), max_length=60, blank=True)
    to_at = models.DateTimeField(_("time"))
    to_place = models.CharField(_("place"), max_length=60, blank=True)
    closed_at = models.DateTimeField(_("overtaken at"), null=True)

    class Meta:
        verbose_name = _("move of a talk")
        ordering = ("told_on", "id")
        indexes = [models.Index(fields=["told_on", "id"], condition=Q(closed_at=None), name="talk_move_to_tell")]

    def __str__(self) -> str:
        return str(self.told_on)

    @property
    def is_on_again(self) -> bool:
        return (self.from_at, self.from_place) == (self.to_at, self.to_place)
