"""结转事项 open next steps that went over to the successor when a pairing was handed over (结对交接)."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import Role
from cadre_app.mentorship.models.notes import GuidanceNote, Visibility
from cadre_app.mentorship.models.pairings import Pairing, mentored_by
from cadre_app.people.models import of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class CarriedStepQuerySet(BaseQuerySet["CarriedStep"]):
    def visible_to(self, user: "User") -> Self:
        """Those who read the note, and the new mentor while the pairing runs: the step and its day, never the note."""
        readers = of_scope(user, Role.STAFF, Role.LEADER, prefix="pairing__trainee__")
        return self.told().filter(readers | self._concerned(user))

    def by_mentor(self, user: "User") -> Self:
        """In the running pairings of `user`."""
        return self.told().filter(mentored_by(user, "pairing__"))

    def told(self) -> Self:
        """Of a pairing and a note that stand; a note that is no longer shared, or was corrected, takes its step back."""
        return self.standing().filter(
            pairing__voided_at=None,
            note__voided_at=None,
            note__superseded_at=None,
            note__visibility=Visibility.SHARED,
        )

    def open(self) -> Self:
        """Not done."""
        return self.told().filter(note__next_step_done_on=None).exclude(note__next_step="")

    @staticmethod
    def _concerned(user: "User") -> Q:
        return mentored_by(user, "pairing__") | Q(pairing__trainee__person__account=user)

    def by_day(self) -> Self:
        return self.order_by(F("note__next_step_on").asc(nulls_last=True), "pk")


class CarriedStep(BaseModel):
    """The step stays on the note of the former mentor; whoever mentors in `pairing` sees and ticks it."""

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="carried_steps", verbose_name=_("pairing"))
    note = models.ForeignKey(GuidanceNote, models.PROTECT, related_name="carried_to", verbose_name=_("guidance note"))
    objects = CarriedStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("next step carried over")
        ordering = ("pairing", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["pairing", "note"],
                name="a_step_is_carried_once",
                violation_error_message=_("This next step is carried over already."),
            ),
        ]

    def __str__(self) -> str:
        return self.note.next_step
