"""座谈交流 a symposium with people in development: who is invited, who came, what was said."""

import re
import uuid
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.care.models.meeting_choices import (
    COMING,
    TOOK_PLACE,
    Answer,
    Presence,
    SymposiumKind,
    SymposiumState,
    Told,
)
from cadre_app.care.models.notes import RestrictedNote
from cadre_app.care.models.plans import WORKERS
from cadre_app.core.grams import gram_index
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.org.models import Unit
from cadre_app.org.paths import any_of
from cadre_app.people.models import Trainee
from cadre_app.people.models.persons import avoided_persons

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

LONGEST_AGENDA = 1_000
NUMBER = re.compile(r"^[(（]?\d{1,2}\s*[.．、)）]\s*(?=\D)")
LONGEST_GUESTS = 400
LONGEST_MINUTES = 3_000
SEARCHED = ("title", "agenda", "minutes")


class SymposiumQuerySet(BaseQuerySet["Symposium"]):
    def visible_to(self, user: "User") -> Self:
        """Staff and leaders of the unit that holds it; whoever is invited, once it was notified; whoever was there."""
        return self.filter(Q(pk__in=self.worked_on(user).values("pk")) | Q(pk__in=_own_invitations(user)))

    def worked_on(self, user: "User") -> Self:
        """Staff and leaders of the unit; never who is on the list, or has a declared relative there (回避, ACCESS.md)."""
        avoided = avoided_persons(user)
        rows = self.filter(any_of(user.unit_ranges(*WORKERS), "unit__path"))
        return rows.exclude(pk__in=_with(avoided)) if avoided else rows

    def took_place(self) -> Self:
        return self.standing().filter(state__in=TOOK_PLACE)

    def without_texts(self) -> Self:
        """The restricted text stays in the database."""
        return self.defer("note")


class Symposium(RestrictedNote):
    """One symposium. `agenda` and `guests` hold one entry in a line; `minutes` are shared with those who were invited."""

    title = models.CharField(pgettext_lazy("symposium", "title"), max_length=60)
    kind = models.CharField(pgettext_lazy("symposium", "kind"), max_length=16, choices=SymposiumKind)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("symposium", "held by"))
    day = models.DateField(pgettext_lazy("symposium", "day"))
    starts_at = models.TimeField(pgettext_lazy("symposium", "from"))
    ends_at = models.TimeField(pgettext_lazy("symposium", "to"))
    place = models.CharField(_("place"), max_length=60)
    chair = models.CharField(_("chaired by"), max_length=40)
    agenda = models.TextField(_("agenda"), max_length=LONGEST_AGENDA, validators=[MaxLengthValidator(LONGEST_AGENDA)])
    guests = models.TextField(
        _("other guests"), max_length=LONGEST_GUESTS, blank=True, validators=[MaxLengthValidator(LONGEST_GUESTS)]
    )
    minutes = models.TextField(
        pgettext_lazy("symposium", "minutes"),
        max_length=LONGEST_MINUTES,
        blank=True,
        validators=[MaxLengthValidator(LONGEST_MINUTES)],
    )
    state = models.CharField(
        _("state"), max_length=16, choices=SymposiumState, default=SymposiumState.PLANNED, editable=False
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("prepared by"),
        editable=False,
    )
    notified_on = models.DateField(_("notified on"), null=True, blank=True, editable=False)
    closed_on = models.DateField(pgettext_lazy("symposium", "closed on"), null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("reason for cancelling"), max_length=200, blank=True)
    objects = SymposiumQuerySet.as_manager()

    class Meta:
        verbose_name = _("symposium")
        ordering = ("-day", "id")
        indexes = [
            models.Index(fields=["day", "id"], name="symposium_by_day"),
            models.Index(fields=["state", "day", "id"], name="symposium_by_state"),
            models.Index(fields=["kind", "day", "id"], name="symposium_by_kind"),
            models.Index(fields=["unit", "day", "id"], name="symposium_of_unit"),
            gram_index("symposium_grams", *SEARCHED, condition=Q(voided_at=None, state__in=TOOK_PLACE)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="symposium_ends_after_start",
                violation_error_code="ends_at",
                violation_error_message=_("It ends after it begins."),
            ),
            models.CheckConstraint(
                condition=(Q(state=SymposiumState.CANCELLED) & ~Q(cancel_reason=""))
                | (~Q(state=SymposiumState.CANCELLED) & Q(cancel_reason="")),
                name="cancelled_symposiums_say_why",
                violation_error_code="reason",
                violation_error_message=_("Say why the symposium is cancelled."),
            ),
            models.CheckConstraint(
                condition=(Q(state=SymposiumState.CLOSED) & ~Q(closed_on=None))
                | (~Q(state=SymposiumState.CLOSED) & Q(closed_on=None)),
                name="closed_symposiums_have_a_day",
                violation_error_message=_("A symposium is closed on a day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {formats.date_format(self.day)}"

    @property
    def agenda_items(self) -> list[str]:
        """The agenda in its order, without numbers that were typed: whoever shows it numbers it."""
        return [NUMBER.sub("", line) for line in lines_of(self.agenda)]

    @property
    def guest_names(self) -> list[str]:
        return lines_of(self.guests)

    @property
    def has_taken_place(self) -> bool:
        return self.state in TOOK_PLACE

    @property
    def has_begun(self) -> bool:
        return self.span[0] <= timezone.now()

    @property
    def is_ahead(self) -> bool:
        """Planned or notified, and not begun."""
        return self.state in COMING and not self.has_begun

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From when to when, aware."""
        return tuple(timezone.make_aware(datetime.combine(self.day, at)) for at in (self.starts_at, self.ends_at))  # type: ignore[return-value]


class InvitationQuerySet(BaseQuerySet["Invitation"]):
    def visible_to(self, user: "User") -> Self:
        """Staff and leaders of the unit that holds the symposium; one's own, once it was notified, or with attendance."""
        seen = Q(symposium__in=Symposium.objects.worked_on(user).values("pk"))
        own = Q(trainee__person__account=user, voided_at=None, symposium__in=_own_invitations(user))
        return self.filter(seen | own)

    def attended(self) -> Self:
        """Those who were there."""
        return self.standing().filter(
            presence=Presence.PRESENT, symposium__state__in=TOOK_PLACE, symposium__voided_at=None
        )


class Invitation(BaseModel):
    """Somebody on the list of a symposium: the answer, and whether they were there. `news` say what they are told."""

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)

    symposium = models.ForeignKey(
        Symposium, models.PROTECT, related_name="invitations", verbose_name=_("symposium"), editable=False
    )
    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="symposium_invitations", verbose_name=_("growth file"), editable=False
    )
    answer = models.CharField(pgettext_lazy("invitation", "answer"), max_length=16, choices=Answer, blank=True)
    answer_reason = models.CharField(_("reason for the leave"), max_length=200, blank=True)
    presence = models.CharField(pgettext_lazy("symposium", "attendance"), max_length=16, choices=Presence, blank=True)
    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to a symposium")
        ordering = ("symposium", "trainee__stroke_key")
        indexes = [
            models.Index(fields=["symposium", "trainee"], name="invitation_of_symposium"),
            models.Index(fields=["trainee", "symposium"], name="invitation_of_trainee"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["symposium", "trainee"],
                condition=Q(voided_at=None),
                name="one_invitation_per_symposium",
                violation_error_message=_("This person is on the list already."),
            ),
            models.CheckConstraint(
                condition=(Q(answer=Answer.EXCUSED) & ~Q(answer_reason=""))
                | (~Q(answer=Answer.EXCUSED) & Q(answer_reason="")),
                name="leave_from_a_symposium_has_a_reason",
                violation_error_code="answer_reason",
                violation_error_message=_("Say why you ask for leave."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainee} {self.symposium}"


class SymposiumNews(models.Model):
    """One event that one invited person is told of, once; `closed_at`: answered, or overtaken by a later event."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    invitation = models.ForeignKey(
        Invitation, models.PROTECT, related_name="news", verbose_name=_("invitation to a symposium")
    )
    kind = models.CharField(pgettext_lazy("news of a symposium", "event"), max_length=16, choices=Told)
    told_on = models.DateField(_("to be told since"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    closed_at = models.DateTimeField(_("answered or overtaken at"), null=True)

    class Meta:
        verbose_name = _("news of a symposium")
        ordering = ("told_on", "id")
        indexes = [
            models.Index(fields=["told_on", "id"], condition=Q(closed_at=None), name="symposium_news_to_tell"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.told_on}"


class RemarkQuerySet(BaseQuerySet["Remark"]):
    def visible_to(self, user: "User") -> Self:
        """Whoever sees the symposium, those invited once it took place: remarks are part of the shared minutes."""
        worked = Q(symposium__in=Symposium.objects.worked_on(user).values("pk"))
        shared = Q(symposium__in=_own_invitations(user), symposium__state__in=TOOK_PLACE, voided_at=None)
        return self.filter(worked | shared)


class Remark(BaseModel):
    """What somebody said: an invited person, a guest by name, or nobody who is named. An anonymous one keeps no name, nor
    does the history of any: a remark with a name may become one without.
    """

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)
    sealed_fields: ClassVar[frozenset[str]] = frozenset({"trainee", "speaker"})
    untold_fields: ClassVar[frozenset[str]] = frozenset({"trainee", "speaker"})

    symposium = models.ForeignKey(
        Symposium, models.PROTECT, related_name="remarks", verbose_name=_("symposium"), editable=False
    )
    trainee = models.ForeignKey(
        Trainee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("speaker")
    )
    speaker = models.CharField(_("speaker (guest)"), max_length=40, blank=True)
    is_anonymous = models.BooleanField(_("without a name"), default=False)
    text = models.CharField(pgettext_lazy("symposium", "remark"), max_length=500)
    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark at a symposium")
        ordering = ("created_at", "id")
        indexes = [
            models.Index(fields=["symposium", "created_at", "id"], name="remark_of_symposium"),
            gram_index("remark_grams", "text", condition=Q(voided_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_anonymous=True, trainee=None, speaker="")
                | Q(is_anonymous=False, trainee__isnull=False, speaker="")
                | (Q(is_anonymous=False, trainee=None) & ~Q(speaker="")),
                name="remarks_have_one_speaker_or_none",
                violation_error_code="speaker",
                violation_error_message=_("Name one speaker, or mark the remark as without a name."),
            ),
        ]

    def __str__(self) -> str:
        return self.text


def lines_of(text: str) -> list[str]:
    """Entries as they are kept, one in a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _with(persons: "frozenset[uuid.UUID]") -> "models.QuerySet[Invitation, uuid.UUID]":
    return Invitation.objects.standing().filter(trainee__person__in=persons).values_list("symposium", flat=True)


def _own_invitations(user: "User") -> "models.QuerySet[Invitation, uuid.UUID]":
    """Symposiums to which `user` is invited and that they know of: notified, or recorded afterwards with them present."""
    rows = Invitation.objects.standing().filter(trainee__person__account=user, trainee__voided_at=None)
    was_there = Q(presence=Presence.PRESENT, symposium__state__in=TOOK_PLACE)
    rows = rows.filter(Q(symposium__notified_on__isnull=False) | was_there, symposium__voided_at=None)
    return rows.exclude(symposium__state=SymposiumState.PLANNED).values_list("symposium", flat=True)
