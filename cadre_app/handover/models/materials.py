"""材料归档清单 papers about somebody that go to the keepers of the statutory archive within a month of being formed."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import Role
from cadre_app.people.models import Trainee, of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

READERS = (Role.STAFF, Role.LEADER)


class MaterialKind(models.TextChoices):
    """What is handed over of a young cadre (PRODUCT.md, "What the office does all year").

    The form of a village term has its hand-over among its own steps; papers of discipline are no matter of this list,
    which all staff read.
    """

    ANNUAL = "annual", _("Registration form of the annual assessment")
    PROBATION = "probation", _("End-of-probation assessment form")
    GRADING = "grading", _("Form of first appointment and grading")
    APPRAISAL = "appraisal", pgettext_lazy("material", "Appraisal of a posting")
    REWARD = "reward", pgettext_lazy("material", "Reward")
    PARTY = "party", _("Party membership")
    POST = "post", _("Appointment and rank")
    EDUCATION = "education", _("Education and degree")
    OTHER = "other", pgettext_lazy("material", "Other material")


class MaterialQuerySet(BaseQuerySet["Material"]):
    def visible_to(self, user: "User") -> Self:
        """Staff and leaders in their scope: the list is the office's own business."""
        return self.filter(of_scope(user, *READERS, prefix="trainee__"), trainee__voided_at=None)

    def staffed_by(self, user: "User") -> Self:
        """What `user` works on as staff, voided ones among it."""
        return self.filter(of_scope(user, Role.STAFF, prefix="trainee__"), trainee__voided_at=None)

    def kept_by(self, user: "User") -> Self:
        """What `user` may change as staff, as far as it stands."""
        return self.staffed_by(user).standing()

    def waiting(self) -> Self:
        """Formed and not handed over."""
        return self.standing().filter(handed_over_on=None)


class Material(BaseModel):
    """One paper: when it was formed, by when it goes, when it went and who signed for it.

    `source`: "label:key" of the record whose paper it is; empty for papers entered by hand.
    """

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)
    untold_fields: ClassVar[frozenset[str]] = frozenset({"source"})
    decided_fields: ClassVar[tuple[str, ...]] = ("handed_over_on", "received_by")

    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="materials", verbose_name=_("person"), editable=False
    )
    kind = models.CharField(pgettext_lazy("material", "kind"), max_length=16, choices=MaterialKind)
    title = models.CharField(pgettext_lazy("material", "name"), max_length=100)
    formed_on = models.DateField(_("formed on"))
    due_on = models.DateField(_("to be handed over by"), editable=False)
    handed_over_on = models.DateField(_("handed over on"), null=True, blank=True)
    received_by = models.CharField(_("signed for by"), max_length=60, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    source = models.CharField(max_length=80, blank=True, editable=False)
    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material to be filed")
        ordering = ("due_on", "id")
        indexes = [
            models.Index(
                fields=["due_on", "id"], condition=Q(handed_over_on=None, voided_at=None), name="material_waiting"
            ),
            models.Index(fields=["due_on", "id"], name="material_by_day"),
            models.Index(fields=["formed_on", "id"], name="material_by_forming"),
            models.Index(fields=["handed_over_on", "id"], name="material_by_handing_over"),
            models.Index(fields=["trainee", "formed_on", "id"], name="material_of_person"),
            models.Index(  # the papers of one record, with those that tell of its corrections
                fields=["source"],
                opclasses=["varchar_pattern_ops"],
                condition=~Q(source=""),
                name="material_by_source",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind"],
                condition=Q(voided_at=None) & ~Q(source=""),
                name="one_material_per_source",
                violation_error_message=_("This paper is on the list already."),
            ),
            models.CheckConstraint(
                condition=Q(handed_over_on=None) | Q(handed_over_on__gte=F("formed_on")),
                name="material_goes_after_forming",
                violation_error_code="handed_over_on",
                violation_error_message=_("A paper cannot be handed over before it was formed."),
            ),
            models.CheckConstraint(
                condition=(Q(handed_over_on=None) & Q(received_by="")) | (~Q(handed_over_on=None) & ~Q(received_by="")),
                name="material_is_signed_for",
                violation_error_code="received_by",
                violation_error_message=_("Whoever takes it signs for it: write down the name."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_waiting(self) -> bool:
        return self.handed_over_on is None and not self.is_voided
