"""A trainee: the person in the programme, with the file number and everything that rules hang on."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.registries import relations
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.org.models import Unit
from cadre_app.org.paths import any_of
from cadre_app.people.models.coded import CodedMixin
from cadre_app.people.models.persons import Person, avoided_persons

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

WITHOUT_RANK = 99
SORTING = frozenset({"stroke_key", "rank_order"})


class Kind(models.TextChoices):
    INTRODUCED = "introduced", _("Introduced graduate")
    SELECTED = "selected", _("Selected graduate")


class SubKind(models.TextChoices):
    CENTRAL = "central", _("Selected by the central level")
    TARGETED = "targeted", _("Targeted selection")
    ORDINARY = "ordinary", _("Ordinary selection")
    PROVINCIAL = "provincial", _("Introduced by the province")
    CITY = "city", _("Introduced by the city")


SUB_KINDS = {
    Kind.SELECTED: (SubKind.CENTRAL, SubKind.TARGETED, SubKind.ORDINARY),
    Kind.INTRODUCED: (SubKind.PROVINCIAL, SubKind.CITY),
}


class Status(models.TextChoices):
    CIVIL_SERVANT = "civil_servant", _("Civil servant")
    INSTITUTION = "institution", _("Public institution staff")


def of_scope(user: "User", *roles: str, prefix: str = "") -> Q:
    """As `Trainee.objects.in_scope`, for a row that leads to its trainee by `prefix`: joined, so that the database looks
    at the rows that are asked for and never at everybody in scope.
    """
    found = any_of(user.unit_ranges(*roles), f"{prefix}home_unit__path")
    avoided = avoided_persons(user)
    return found & ~Q(**{f"{prefix}person_id__in": avoided}) if avoided else found


class TraineeQuerySet(BaseQuerySet["Trainee"]):
    def in_scope(self, user: "User", *roles: str) -> Self:
        """Trainees of units on which `user` holds one of `roles`; own file and declared relatives taken out."""
        return self.filter(of_scope(user, *roles))

    def visible_to(self, user: "User") -> Self:
        """In scope of a business role, one's own, or tied by a relation (mentor, trainer, host, reviewer)."""
        seen = any_of(user.unit_ranges(*BUSINESS_ROLES), "home_unit__path")
        for relation in relations.values():
            seen |= Q(pk__in=relation.trainee_ids(user))
        avoided = avoided_persons(user)
        if avoided:
            seen = (seen & ~Q(person_id__in=avoided)) | Q(person__account=user)
        return self.filter(seen)

    def in_development(self) -> Self:
        """Neither voided nor departed."""
        return self.standing().filter(departed_on=None)


class Trainee(CodedMixin, BaseModel):
    """One growth file. `post`, `rank`… repeat the latest PostRecord; `term_ends_on` and `departed_on` are kept by services.

    `term_ends_on` is the last day of the village term that counts (PRODUCT.md, "Stages"); NULL while there is none or
    it is interrupted. `rank_order` is the number of the rank in its table, 99 without one, and `stroke_key` repeats the
    person's `name_stroke_key` (services.naming), so that an index gives lists their official orders.
    """

    coded: ClassVar[dict[str, str]] = {"rank": "rank", "post_level": "post_level"}
    named_by: ClassVar[tuple[str, ...]] = ("person",)

    person = models.OneToOneField(Person, models.PROTECT, related_name="trainee", verbose_name=_("person"))
    file_number = models.CharField(_("file number"), max_length=24, unique=True, db_collation="C", editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    sub_kind = models.CharField(_("sub-kind"), max_length=16, choices=SubKind, blank=True)
    status = models.CharField(_("personnel status"), max_length=16, choices=Status)
    scheme = models.CharField(_("scheme or batch"), max_length=60, blank=True)
    stroke_key = models.CharField(max_length=240, blank=True, editable=False, db_collation="C")
    arrived_on = models.DateField(_("reported for duty on"))
    arrival_year = models.GeneratedField(
        verbose_name=_("year of arrival"),
        expression=ExtractYear("arrived_on"),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )
    home_unit = models.ForeignKey(Unit, models.PROTECT, related_name="trainees", verbose_name=_("present unit"))
    linked_village = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="linked_trainees", verbose_name=_("linked village")
    )
    probation_ends_on = models.DateField(_("probation ends on"), null=True, blank=True)
    post = models.CharField(_("post"), max_length=100, blank=True)
    post_level = models.CharField(_("post level"), max_length=20, blank=True)
    post_since = models.DateField(_("in this post since"), null=True, blank=True)
    rank = models.CharField(_("rank"), max_length=20, blank=True)
    rank_order = models.PositiveSmallIntegerField(default=WITHOUT_RANK, editable=False)
    rank_since = models.DateField(_("in this rank since"), null=True, blank=True)
    post_grade = models.CharField(_("post grade (public institution)"), max_length=40, blank=True)
    term_ends_on = models.DateField(_("village term ends on"), null=True, blank=True, editable=False)
    departed_on = models.DateField(_("left on"), null=True, blank=True, editable=False)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    objects = TraineeQuerySet.as_manager()

    class Meta:
        verbose_name = _("growth file")
        ordering = ("file_number",)
        indexes = [
            models.Index(fields=["home_unit", "rank_order", "id"], name="trainee_by_unit"),
            models.Index(fields=["stroke_key", "id"], name="trainee_by_strokes"),
            models.Index(fields=["arrived_on", "id"], name="trainee_by_arrival"),
            models.Index(fields=["arrival_year", "stroke_key", "id"], name="trainee_by_year"),
            models.Index(fields=["rank_order", "rank_since", "stroke_key", "id"], name="trainee_by_rank"),
            models.Index(fields=["term_ends_on", "id"], name="trainee_by_term_end"),
            models.Index(fields=["kind", "sub_kind", "id"], name="trainee_by_kind"),
            models.Index(fields=["status", "id"], name="trainee_by_status"),
            models.Index(fields=["departed_on", "id"], condition=~Q(departed_on=None), name="trainee_departed"),
            models.Index(
                fields=["arrived_on", "home_unit"],
                include=["id", "term_ends_on", "departed_on"],
                condition=Q(voided_at=None, departed_on=None),
                name="trainee_in_development",
            ),
            models.Index(
                fields=["probation_ends_on", "id"],
                condition=Q(voided_at=None, departed_on=None),
                name="trainee_by_probation",
            ),
            models.Index(fields=["voided_at", "id"], condition=~Q(voided_at=None), name="trainee_voided"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=Kind.SELECTED) | Q(status=Status.CIVIL_SERVANT),
                name="selected_graduates_are_civil_servants",
                violation_error_code="status",
                violation_error_message=_("A selected graduate is always a civil servant."),
            ),
            models.CheckConstraint(
                condition=Q(sub_kind="")
                | Q(kind=Kind.SELECTED, sub_kind__in=SUB_KINDS[Kind.SELECTED])
                | Q(kind=Kind.INTRODUCED, sub_kind__in=SUB_KINDS[Kind.INTRODUCED]),
                name="sub_kind_fits_kind",
                violation_error_code="sub_kind",
                violation_error_message=_("This sub-kind does not belong to this kind."),
            ),
            models.CheckConstraint(
                condition=Q(departed_on=None) | Q(departed_on__gte=F("arrived_on")),
                name="departs_after_arrival",
                violation_error_code="effective_on",
                violation_error_message=_("Nobody leaves before having reported for duty."),
            ),
            models.CheckConstraint(
                condition=Q(probation_ends_on=None) | Q(probation_ends_on__gte=F("arrived_on")),
                name="probation_ends_after_arrival",
                violation_error_code="probation_ends_on",
                violation_error_message=_("Probation cannot end before reporting for duty."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.file_number}"

    def public_values(self) -> dict[str, Any]:
        """Without what only sorts lists."""
        return {name: value for name, value in super().public_values().items() if name not in SORTING}

    @property
    def is_read_only(self) -> bool:
        """Departed or voided: the file is kept and read, no longer changed."""
        return self.departed_on is not None or self.is_voided


class PostRecordQuerySet(BaseQuerySet["PostRecord"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope; and one's own."""
        return self.filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__") | Q(trainee__person__account=user))


class PostRecord(CodedMixin, BaseModel):
    """Post and rank from a day on, until the next record; public-institution staff have a post grade instead of a rank."""

    coded: ClassVar[dict[str, str]] = {"rank": "rank", "post_level": "post_level"}

    trainee = models.ForeignKey(Trainee, models.PROTECT, related_name="post_records", verbose_name=_("growth file"))
    started_on = models.DateField(_("from"))
    post = models.CharField(_("post"), max_length=100, blank=True)
    post_level = models.CharField(_("post level"), max_length=20, blank=True)
    rank = models.CharField(_("rank"), max_length=20, blank=True)
    post_grade = models.CharField(_("post grade (public institution)"), max_length=40, blank=True)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    objects = PostRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("post and rank")
        ordering = ("trainee", "-started_on")
        constraints = [
            models.UniqueConstraint(
                fields=["trainee", "started_on"],
                condition=Q(voided_at=None),
                name="one_post_record_per_day",
                violation_error_code="started_on",
                violation_error_message=_("There is already a record from this day on. Correct that one instead."),
            ),
        ]

    def __str__(self) -> str:
        return f"{formats.date_format(self.started_on)} {self.post}"


class ArrivalCheckQuerySet(BaseQuerySet["ArrivalCheck"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope; and one's own."""
        return self.filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__") | Q(trainee__person__account=user))


class ArrivalCheck(CodedMixin, BaseModel):
    """One item of the arrival checklist done; `item` is a code of the table `arrival_item`."""

    coded: ClassVar[dict[str, str]] = {"item": "arrival_item"}

    trainee = models.ForeignKey(Trainee, models.PROTECT, related_name="arrival_checks", verbose_name=_("growth file"))
    item = models.CharField(_("item"), max_length=20)
    done_on = models.DateField(_("done on"))
    note = models.CharField(_("remark"), max_length=100, blank=True)
    objects = ArrivalCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of the arrival checklist")
        ordering = ("trainee", "item")
        constraints = [
            models.UniqueConstraint(
                fields=["trainee", "item"],
                condition=Q(voided_at=None),
                name="one_check_per_item",
                violation_error_code="item",
                violation_error_message=_("This item is already ticked off."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {formats.date_format(self.done_on)}"
