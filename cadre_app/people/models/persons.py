"""A person: who they are, whatever they do here; education and declared relatives."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from cadre_app.accounts.models import AccountRequest
from cadre_app.core.days import add_years
from cadre_app.core.fields import EncryptedTextField
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.org.paths import any_of
from cadre_app.people.models.coded import CodedMixin

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def name_parts(path: str = "") -> dict[str, Func]:
    """Where a part of the name may begin that is searched for: after a surname of one or two characters, after a ·."""
    name = f"{path}__name" if path else "name"
    return {
        "person_by_name_from_2": Substr(name, 2),
        "person_by_name_from_3": Substr(name, 3),
        "person_by_last_part": Func(name, Value("·"), Value(2), function="split_part", output_field=models.TextField()),
    }


class PartyStage(models.TextChoices):
    """Steps of Party membership (PRODUCT.md, "Party membership"); empty: none known."""

    APPLICANT = "applicant", _("Applicant")
    ACTIVIST = "activist", _("Activist")
    CANDIDATE = "candidate", _("Candidate for admission")
    PROBATIONARY = "probationary", _("Probationary member")
    FULL = "full", _("Full member")


class PersonQuerySet(BaseQuerySet["Person"]):
    def visible_to(self, user: "User") -> Self:
        """Persons whose file `user` may open, holders of offices in units of a business role, and oneself."""
        from cadre_app.people.models.offices import OfficeHolding
        from cadre_app.people.models.trainees import Trainee

        ranges = user.unit_ranges(*BUSINESS_ROLES)
        held = OfficeHolding.objects.standing().filter(any_of(ranges, "office__unit__path"))
        return self.filter(
            Q(pk__in=Trainee.objects.visible_to(user).values("person_id"))
            | (Q(pk__in=held.values("person_id")) if ranges else Q(pk__in=[]))
            | Q(account=user)
        )


class Person(CodedMixin, BaseModel):
    """One human being. `name_pinyin`, `name_initials` and `name_stroke_key` follow from the name (people.names).

    Months (`month_fields`) are stored as the first day of the month.
    """

    sealed_fields: ClassVar[frozenset[str]] = frozenset({"id_digest"})
    month_fields: ClassVar[frozenset[str]] = frozenset({"birth_month", "work_month"})
    coded: ClassVar[dict[str, str]] = {
        "sex": "sex",
        "ethnic_group": "ethnic_group",
        "political_status": "political_status",
    }

    name = models.CharField(_("full name"), max_length=40)
    name_pinyin = models.CharField(max_length=200, blank=True, editable=False, db_collation="C")
    name_initials = models.CharField(max_length=40, blank=True, editable=False, db_collation="C")
    name_stroke_key = models.CharField(max_length=240, blank=True, editable=False, db_collation="C")
    sex = models.CharField(_("sex"), max_length=20, blank=True)
    birth_month = models.DateField(_("month of birth"), null=True, blank=True)
    ethnic_group = models.CharField(_("ethnic group"), max_length=20, blank=True)
    native_place = models.CharField(_("native place"), max_length=40, blank=True)
    birth_place = models.CharField(_("place of birth"), max_length=40, blank=True)
    health = models.CharField(_("health"), max_length=20, blank=True)
    id_number = EncryptedTextField(_("ID number"), blank=True)
    id_digest = models.CharField(_("ID number digest"), max_length=64, blank=True, editable=False)
    phone = EncryptedTextField(_("mobile phone"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    political_status = models.CharField(_("political affiliation"), max_length=20, blank=True)
    party_stage = models.CharField(_("Party stage"), max_length=16, choices=PartyStage, blank=True)
    party_applied_on = models.DateField(_("applied for admission on"), null=True, blank=True)
    party_activist_on = models.DateField(_("activist since"), null=True, blank=True)
    party_candidate_on = models.DateField(_("candidate since"), null=True, blank=True)
    party_joined_on = models.DateField(_("admitted by the branch meeting on"), null=True, blank=True)
    party_extended_to = models.DateField(_("Party probation extended until"), null=True, blank=True)
    party_full_on = models.DateField(_("full member since"), null=True, blank=True)
    party_full_why = models.CharField(_("why a full member within a year"), max_length=200, blank=True)
    work_month = models.DateField(_("began work in"), null=True, blank=True)
    specialty = models.CharField(_("professional strengths"), max_length=100, blank=True)
    technical_post = models.CharField(_("professional title"), max_length=60, blank=True)
    resume = models.TextField(_("résumé"), blank=True)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("account"),
    )
    account_request = models.OneToOneField(
        AccountRequest,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("account request"),
    )
    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        ordering = ("name_stroke_key", "id")
        indexes = [
            models.Index(fields=["name_stroke_key", "id"], name="person_by_strokes"),
            models.Index(fields=["name_pinyin", "id"], name="person_by_pinyin"),
            models.Index(fields=["name_initials", "id"], name="person_by_initials"),
            models.Index(fields=["name"], opclasses=["varchar_pattern_ops"], name="person_by_name"),
            *(models.Index(OpClass(part, "text_pattern_ops"), name=key) for key, part in name_parts().items()),
            models.Index(fields=["birth_month", "id"], name="person_by_birth_month"),
            models.Index(
                fields=["party_joined_on", "id"],
                condition=Q(party_stage="probationary"),
                name="person_on_party_probation",
            ),
            models.Index(fields=["party_stage", "id"], condition=~Q(party_stage=""), name="person_by_party_stage"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["id_digest"],
                condition=Q(voided_at=None) & ~Q(id_digest=""),
                name="one_person_per_id_number",
                violation_error_code="id_number",
                violation_error_message=_("This ID number belongs to somebody who is already entered."),
            ),
            models.CheckConstraint(
                condition=Q(party_full_on=None) | Q(party_joined_on=None) | Q(party_full_on__gte=F("party_joined_on")),
                name="full_member_after_admission",
                violation_error_code="party_full_on",
                violation_error_message=_("Nobody becomes a full member before having been admitted."),
            ),
            models.CheckConstraint(
                condition=Q(party_extended_to=None) | Q(party_extended_to__gt=F("party_joined_on")),
                name="party_probation_is_extended_after_admission",
                violation_error_code="party_extended_to",
                violation_error_message=_("Only the probation of an admitted member is extended."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def party_probation_ends_on(self) -> date | None:
        """One year from the branch meeting, or the day until which it was extended; None for who is not on probation."""
        joined_on = self.party_joined_on
        if self.party_stage != PartyStage.PROBATIONARY or joined_on is None or joined_on.year >= date.max.year:
            return None
        return self.party_extended_to or add_years(joined_on, 1)

    def public_values(self) -> dict[str, Any]:
        """Without the keys that follow from the name."""
        return {name: value for name, value in super().public_values().items() if not name.startswith("name_")}


class EducationQuerySet(BaseQuerySet["Education"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope; and one's own."""
        from cadre_app.people.models.trainees import of_scope

        scope = of_scope(user, *BUSINESS_ROLES, prefix="person__trainee__")
        return self.filter(scope | Q(person__account=user))


class Education(CodedMixin, BaseModel):
    """One stretch of schooling: full-time before work or on the job; codes of `education` and `degree`."""

    class Mode(models.TextChoices):
        FULL_TIME = "full_time", _("Full-time education")
        ON_THE_JOB = "on_the_job", _("On-the-job education")

    person = models.ForeignKey(Person, models.PROTECT, related_name="educations", verbose_name=_("person"))
    coded: ClassVar[dict[str, str]] = {"level": "education", "degree": "degree"}
    month_fields: ClassVar[frozenset[str]] = frozenset({"started_on", "graduated_on"})

    mode = models.CharField(_("mode of study"), max_length=16, choices=Mode)
    level = models.CharField(_("education"), max_length=20)
    degree = models.CharField(_("degree"), max_length=20, blank=True)
    school = models.CharField(_("school"), max_length=60, blank=True)
    major = models.CharField(_("major"), max_length=60, blank=True)
    started_on = models.DateField(_("entered school in"), null=True, blank=True)
    graduated_on = models.DateField(_("graduated in"), null=True, blank=True)
    objects = EducationQuerySet.as_manager()

    class Meta:
        verbose_name = _("education")
        ordering = ("person", "mode", "level")
        indexes = [models.Index(fields=["person", "mode", "level"], name="education_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(graduated_on=None) | Q(graduated_on__gte=F("started_on")),
                name="graduates_after_entering_school",
                violation_error_code="graduated_on",
                violation_error_message=_("Nobody graduates before having entered school."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.school}"


class RelativeQuerySet(BaseQuerySet["Relative"]):
    def visible_to(self, user: "User") -> Self:
        """Staff and leaders in their scope; and one's own."""
        from cadre_app.people.models.trainees import of_scope

        scope = of_scope(user, Role.STAFF, Role.LEADER, prefix="person__trainee__")
        return self.filter(scope | Q(person__account=user))


class Relative(CodedMixin, BaseModel):
    """A member of the family; `other` names them where they are in this system, and then 回避 applies both ways."""

    coded: ClassVar[dict[str, str]] = {"political_status": "political_status"}
    month_fields: ClassVar[frozenset[str]] = frozenset({"birth_month"})

    person = models.ForeignKey(Person, models.PROTECT, related_name="relatives", verbose_name=_("person"))
    relation = models.CharField(_("relation"), max_length=20)
    name = models.CharField(_("full name"), max_length=40)
    birth_month = models.DateField(_("month of birth"), null=True, blank=True)
    political_status = models.CharField(_("political affiliation"), max_length=20, blank=True)
    work = models.CharField(_("unit and post"), max_length=100, blank=True)
    other = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="relative_of", verbose_name=_("in this system")
    )
    objects = RelativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("relative")
        ordering = ("person", "created_at")
        constraints = [
            models.CheckConstraint(
                condition=Q(other=None) | ~Q(other=F("person")),
                name="nobody_is_their_own_relative",
                violation_error_code="other",
                violation_error_message=_("Nobody is a relative of oneself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.relation} {self.name}"


def own_keys(user: "User") -> tuple[UUID | None, UUID | None]:
    """The person whom `user` is, and their standing growth file; asked once per request."""
    known: tuple[UUID | None, UUID | None] | None = user.__dict__.get("_own_keys")
    if known is None:
        row = Person.objects.filter(account=user).values_list("pk", "trainee__pk", "trainee__voided_at").first()
        person, file, voided_at = row or (None, None, None)
        known = person, file if voided_at is None else None
        user.__dict__["_own_keys"] = known
    return known


def avoided_persons(user: "User") -> frozenset[UUID]:
    """Oneself and declared relatives, whom `user` never works on (回避, ACCESS.md); asked once per request."""
    known: frozenset[UUID] | None = user.__dict__.get("_avoided_persons")
    if known is None:
        own, _file = own_keys(user)
        ties: Iterable[tuple[UUID, UUID | None]] = ()
        if own is not None:
            standing = Relative.objects.standing().exclude(other=None).filter(Q(person=own) | Q(other=own))
            ties = standing.order_by().values_list("person_id", "other_id")
        keys = {pk for tie in ties for pk in tie} | {own}
        known = frozenset(pk for pk in keys if pk is not None)
        user.__dict__["_avoided_persons"] = known
    return known


def relatives_of(persons: Iterable[UUID]) -> set[UUID]:
    """Declared relatives of these persons who are in this system (回避); one query."""
    keys = set(persons)
    rows = Relative.objects.standing().filter(other__isnull=False).filter(Q(person__in=keys) | Q(other__in=keys))
    ties = rows.values_list("person_id", "other_id")
    return {other for first, second in ties for one, other in ((first, second), (second, first)) if one in keys}
