"""帮带记录 what a mentor writes down after seeing, calling or writing to the mentee."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import ExpressionWrapper, F, Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.grams import gram_index
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import Role
from cadre_app.mentorship.models.check_ins import CheckIn
from cadre_app.mentorship.models.pairings import Pairing, mentored_by
from cadre_app.people.models import Person, of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class Way(models.TextChoices):
    """How: the first four are meetings and count as a check-in."""

    FACE = "face", _("Face to face")
    VISIT = "visit", _("Visiting together")
    SITE = "site", _("On site")
    FIELD = "field", _("In the fields together")
    PHONE = "phone", _("By phone")
    WRITTEN = "written", _("In writing")


MEETINGS = (Way.FACE, Way.VISIT, Way.SITE, Way.FIELD)
SEARCHED = ("topic", "text", "next_step", "answer")


class Visibility(models.TextChoices):
    """ACCESS.md: shared with the trainee; for the department only; for the author only."""

    SHARED = "shared", _("Shared with the trainee")
    DEPARTMENT = "department", _("Department only")
    PRIVATE = "private", _("Only for me")


FINDABLE = Q(voided_at=None, superseded_at=None) & ~Q(visibility=Visibility.PRIVATE)


class GuidanceNoteQuerySet(BaseQuerySet["GuidanceNote"]):
    def visible_to(self, user: "User") -> Self:
        """Whose text `user` may read: the author while the pairing runs all of them, staff and leaders in their scope all
        but private ones, the trainee the shared ones that stand. A liaison reads no text (`listed_for`).
        """
        return self.filter(_readable(user))

    def listed_for(self, user: "User") -> Self:
        """These, and the shared ones of which a liaison sees day, way and state; `is_readable` tells them apart."""
        readable = ExpressionWrapper(_readable(user), output_field=models.BooleanField())
        return self.annotate(is_readable=readable).filter(Q(is_readable=True) | _dated(user))

    def by_trainee(self, user: "User") -> Self:
        """Shared notes about `user`, none that was corrected."""
        return self.uncorrected().filter(visibility=Visibility.SHARED, pairing__trainee__person__account=user)

    def by_mentor(self, user: "User") -> Self:
        """Notes that `user` wrote in pairings that run, none that was corrected."""
        return self.uncorrected().filter(_written(user))

    def uncorrected(self) -> Self:
        """Standing ones that no later entry has corrected."""
        return self.standing().filter(superseded_at=None)

    def counted(self) -> Self:
        """The latest ones that others may know of: what dates and figures are made of."""
        return self.uncorrected().exclude(visibility=Visibility.PRIVATE)

    def counted_in_files(self) -> Self:
        """These, of pairings and files that stand: what figures count."""
        return self.counted().filter(pairing__voided_at=None, pairing__trainee__voided_at=None)

    def unfinished(self) -> Self:
        """With a next step that is not done, dated or not."""
        return self.uncorrected().filter(next_step_done_on=None).exclude(next_step="")

    def open_steps(self) -> Self:
        """With a dated next step that is not done."""
        return self.uncorrected().filter(next_step_done_on=None).exclude(next_step_on=None)


def _readable(user: "User") -> Q:
    scope = of_scope(user, Role.STAFF, Role.LEADER, prefix="pairing__trainee__")
    return (
        (Q(visibility__in=(Visibility.SHARED, Visibility.DEPARTMENT)) & scope)
        | Q(visibility=Visibility.SHARED, voided_at=None, pairing__trainee__person__account=user)
        | _written(user)
    )


def _written(user: "User") -> Q:
    return Q(author__account=user) & mentored_by(user, "pairing__")


def _dated(user: "User") -> Q:
    scope = of_scope(user, Role.LIAISON, prefix="pairing__trainee__")
    return Q(visibility=Visibility.SHARED, voided_at=None) & scope


class GuidanceNote(BaseModel):
    """One note of the mentor of a pairing; history keeps that its texts changed, never the texts.

    `acknowledged_at` and `answer` are the trainee's, for shared notes only. `next_step_on` is due until
    `next_step_done_on`. After its days a note is corrected by one that `supersedes` it; both stay readable, the later
    one counts. `superseded_at` is kept with that.
    """

    sealed_fields: ClassVar[frozenset[str]] = frozenset({"topic", "text", "next_step", "answer"})

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="notes", verbose_name=_("pairing"))
    author = models.ForeignKey(Person, models.PROTECT, related_name="guidance_notes", verbose_name=_("author"))
    happened_on = models.DateField(_("day"))
    way = models.CharField(_("how"), max_length=16, choices=Way)
    topic = models.CharField(_("topic"), max_length=40, blank=True)
    text = models.TextField(_("what"), max_length=2000)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("next step by"), null=True, blank=True)
    next_step_done_on = models.DateField(_("next step done on"), null=True, blank=True)
    visibility = models.CharField(_("who reads it"), max_length=16, choices=Visibility, default=Visibility.SHARED)
    check_in = models.OneToOneField(
        CheckIn, models.PROTECT, null=True, blank=True, related_name="note", verbose_name=_("check-in"), editable=False
    )
    supersedes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("corrects"),
        editable=False,
    )
    superseded_at = models.DateTimeField(_("corrected at"), null=True, blank=True, editable=False)
    acknowledged_at = models.DateTimeField(_("acknowledged at"), null=True, blank=True, editable=False)
    answer = models.CharField(pgettext_lazy("guidance note", "answer"), max_length=500, blank=True)
    answered_at = models.DateTimeField(
        pgettext_lazy("guidance note", "answered at"), null=True, blank=True, editable=False
    )
    objects = GuidanceNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("guidance note")
        ordering = ("pairing", "-happened_on")
        indexes = [
            models.Index(fields=["pairing", "happened_on", "id"], name="note_of_pairing"),
            models.Index(fields=["happened_on", "id"], name="note_by_day"),
            models.Index(fields=["author", "happened_on", "id"], name="note_of_author"),
            models.Index(
                fields=["next_step_on", "id"],
                condition=Q(next_step_done_on=None, voided_at=None) & ~Q(next_step_on=None),
                name="note_by_next_step",
            ),
            gram_index(
                "note_grams",
                *SEARCHED,
                condition=FINDABLE,
                day="happened_on",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["supersedes"],
                condition=Q(voided_at=None),
                name="one_correction_of_a_note",
                violation_error_message=_("This note has been corrected already."),
            ),
            models.CheckConstraint(
                condition=Q(next_step_on=None) | ~Q(next_step=""),
                name="dated_next_steps_say_what",
                violation_error_code="next_step",
                violation_error_message=_("Say what the next step is."),
            ),
            models.CheckConstraint(
                condition=Q(next_step_on=None) | Q(next_step_on__gte=F("happened_on")),
                name="next_step_after_the_note",
                violation_error_code="next_step_on",
                violation_error_message=_("The next step lies before the day of the note."),
            ),
            models.CheckConstraint(
                condition=Q(visibility=Visibility.SHARED) | Q(acknowledged_at=None, answer=""),
                name="only_shared_notes_are_answered",
                violation_error_code="answer",
                violation_error_message=_("Only a note shared with the trainee can be answered."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()} {formats.date_format(self.happened_on)}"

    @property
    def is_shared(self) -> bool:
        return self.visibility == Visibility.SHARED

    @property
    def is_superseded(self) -> bool:
        """Corrected by a later entry that stands."""
        return self.superseded_at is not None

    @property
    def is_counted(self) -> bool:
        """Stands uncorrected, and others may know of it."""
        return not self.is_voided and not self.is_superseded and self.visibility != Visibility.PRIVATE

    @property
    def is_meeting(self) -> bool:
        return self.way in MEETINGS
