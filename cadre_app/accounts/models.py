"""Accounts, the roles granted to them on units, requests for accounts, and drafts that outlive a session."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cadre_app.core.fields import EncryptedTextField
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.org.models import Unit
from cadre_app.org.paths import PathRange

validate_username = RegexValidator(
    r"\A[a-z0-9][a-z0-9._-]{2,31}\Z",
    _("A sign-in name has 3 to 32 small letters, digits, dots, hyphens or underscores."),
)


class AccountKind(models.TextChoices):
    """What the account is for: it chooses the desk and the length of sessions, and grants nothing."""

    OFFICE = "office", _("Office staff")
    TRAINER = "trainer", _("Party-school trainer")
    MENTOR = "mentor", _("Mentor")
    TRAINEE = "trainee", _("Trainee")
    ADMINISTRATOR = "administrator", _("Administrator")


class TextSize(models.TextChoices):
    NORMAL = "normal", _("Standard")
    LARGE = "large", _("Large")
    XLARGE = "xlarge", _("Extra large")


class UserQuerySet(BaseQuerySet["User"]):
    def visible_to(self, user: "User") -> Self:
        """The security administrator manages every account; everyone else sees their own."""
        if user.has_role(Role.SECURITY):
            return self
        return self.filter(pk=user.pk)


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> "User":
        """User names are compared in lower case."""
        found: User = self.get(username=(username or "").lower())
        return found


class User(AbstractBaseUser, BaseModel):
    """A sign-in account of one person; disabled, never deleted."""

    sealed_fields: ClassVar[frozenset[str]] = frozenset({"password", "post", "list_defaults"})

    username = models.CharField(_("sign-in name"), max_length=32, unique=True, validators=[validate_username])
    display_name = models.CharField(_("display name"), max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="accounts", verbose_name=_("unit"))
    post = models.CharField(_("post"), max_length=60, blank=True)
    kind = models.CharField(_("account kind"), max_length=16, choices=AccountKind, default=AccountKind.OFFICE)
    is_active = models.BooleanField(_("active"), default=True)
    must_change_password = models.BooleanField(_("must change the password"), default=False)
    password_set_at = models.DateTimeField(_("password set at"), null=True, blank=True, editable=False)
    session_epoch = models.PositiveIntegerField(_("sign-in series"), default=1, editable=False)
    language = models.CharField(_("language"), max_length=10, blank=True)
    text_size = models.CharField(_("text size"), max_length=8, choices=TextSize, default=TextSize.NORMAL)
    # By name of a list's address the conditions that the navigation opens it with: repeats the room of saved filters.
    list_defaults = models.JSONField(default=dict, blank=True, editable=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("account")
        ordering = ("username",)
        indexes = [models.Index(fields=["kind", "username"], name="user_by_kind")]

    def __str__(self) -> str:
        return self.display_name

    def unique_error_message(self, model_class: type[models.Model], unique_check: Sequence[str]) -> ValidationError:
        """The sign-in name's own sentence, which fits beside its field."""
        if tuple(unique_check) == ("username",):
            text = gettext("This sign-in name is already taken. Please choose another one.")
            return ValidationError(text, code="unique")
        return super().unique_error_message(model_class, unique_check)

    @cached_property
    def standing_grants(self) -> tuple["Grant", ...]:
        """Grants in force today (local date), with their units; asked once per request."""
        return tuple(self.grants.in_force(timezone.localdate()).select_related("unit"))

    def has_role(self, *roles: str) -> bool:
        """True if one of `roles` is granted anywhere today."""
        return any(grant.role in roles for grant in self.standing_grants)

    def holds(self, unit: Unit, *roles: str) -> bool:
        """True if one of `roles` is granted today on `unit` or above it."""
        return any(unit.path in item for item in self.unit_ranges(*roles))

    def unit_ranges(self, *roles: str) -> tuple[PathRange, ...]:
        """Path ranges of the units on which one of `roles` (business roles only) is granted today."""
        return tuple(
            grant.unit.range
            for grant in self.standing_grants
            if grant.unit is not None and grant.role in roles and grant.role in BUSINESS_ROLES
        )

    @property
    def widest_units(self) -> list[Unit]:
        """The units of all business roles of today, in their order, without those below another one of them."""
        granted = (grant.unit for grant in self.standing_grants if grant.role in BUSINESS_ROLES)
        units = {unit.path: unit for unit in granted if unit is not None}
        return [
            units[path]
            for path in sorted(units)
            if not any(path != other and path in units[other].range for other in units)
        ]

    @property
    def parts(self) -> list[Unit]:
        """`widest_units` of an account that works for parts of the tree; none for one that works for the whole, or for nothing."""
        units = self.widest_units
        return units if all(unit.depth for unit in units) else []

    @property
    def only_unit(self) -> Unit | None:
        """The unit that covers all business roles of today, where it is one below the top; None for several, or the whole."""
        parts = self.parts
        return parts[0] if len(parts) == 1 else None

    def get_session_auth_hash(self) -> str:
        return self._hash_with(None)

    def get_session_auth_fallback_hash(self) -> Any:
        from django.conf import settings

        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._hash_with(secret)

    def _hash_with(self, secret: str | None) -> str:
        value = f"{self.password}:{self.session_epoch}:{self.is_active}"
        return salted_hmac("qinglan.accounts.session", value, secret=secret, algorithm="sha256").hexdigest()


class GrantQuerySet(BaseQuerySet["Grant"]):
    def in_force(self, day: date) -> Self:
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day, voided_at=None)


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class Grant(BaseModel):
    """A role on a unit and all below it, from a day until a day (both included). Administrator roles name no unit."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants", verbose_name=_("account"))
    role = models.CharField(_("role"), max_length=16, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("unit"))
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)
    duty = models.GeneratedField(
        verbose_name=_("duty"),
        expression=Case(When(role__in=[*BUSINESS_ROLES], then=Value("business")), default=F("role")),
        output_field=models.CharField(max_length=16),
        db_persist=True,
    )
    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        ordering = ("role", "valid_from")
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[*BUSINESS_ROLES], unit__isnull=False)
                | Q(role__in=[Role.SECURITY, Role.AUDIT, Role.SYSTEM], unit__isnull=True),
                name="business_role_has_unit",
                violation_error_code="unit",
                violation_error_message=_(
                    "A business role is granted on a unit; an administrator role is granted without one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="grant_ends_after_start",
                violation_error_code="valid_until",
                violation_error_message=_("A role cannot end before it starts."),
            ),
            ExclusionConstraint(
                name="one_duty_per_account",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("duty", RangeOperators.NOT_EQUAL),
                    (
                        DateRange("valid_from", "valid_until", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(voided_at=None),
                violation_error_code="role",
                violation_error_message=_(
                    "One account holds one duty: no two administrator roles, and no business role beside one."
                ),
            ),
            ExclusionConstraint(
                name="no_overlapping_grant",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    (
                        DateRange("valid_from", "valid_until", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(voided_at=None),
                violation_error_code="role",
                violation_error_message=_("This account already holds this role on this unit in that period."),
            ),
            ExclusionConstraint(
                name="no_overlapping_administrator_grant",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (
                        DateRange("valid_from", "valid_until", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(voided_at=None, unit=None),
                violation_error_code="role",
                violation_error_message=_("This account already holds this role in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class AccountRequestQuerySet(BaseQuerySet["AccountRequest"]):
    def visible_to(self, user: User) -> Self:
        """The security administrator sees all; department staff see those for units in their scope."""
        if user.has_role(Role.SECURITY):
            return self
        ranges = user.unit_ranges(Role.STAFF)
        return self.filter(unit__in=Unit.objects.within(ranges)) if ranges else self.none()


class AccountRequest(BaseModel):
    """Staff ask for an account; the security administrator activates or declines it."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("To be handled")
        ACTIVATED = "activated", _("Activated")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Request withdrawn")

    display_name = models.CharField(_("display name"), max_length=40)
    username = models.CharField(_("sign-in name"), max_length=32, validators=[validate_username])
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    post = models.CharField(_("post"), max_length=60, blank=True)
    kind = models.CharField(_("account kind"), max_length=16, choices=AccountKind)
    role = models.CharField(_("role"), max_length=16, choices=Role, blank=True)
    role_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("role on unit")
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.WAITING)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    requested_by = models.ForeignKey(
        User, models.PROTECT, related_name="account_requests", verbose_name=_("requested by")
    )
    account = models.OneToOneField(
        User, models.PROTECT, null=True, blank=True, related_name="request", verbose_name=_("account")
    )
    objects = AccountRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("account request")
        ordering = ("-created_at",)
        indexes = [models.Index(fields=["status", "-created_at"], name="account_request_by_status")]
        constraints = [
            models.UniqueConstraint(
                fields=["username"],
                condition=Q(status="waiting", voided_at=None),
                name="one_waiting_request_per_username",
                violation_error_code="username",
                violation_error_message=_("An account with this sign-in name has already been requested."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.display_name} ({self.username})"


class Draft(models.Model):
    """What someone had typed into a form: sealed, bound to the user, restored after signing in again.

    `submission` is the hidden id of the form, so that the draft goes when that form has been accepted.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    page = models.CharField(max_length=300)
    submission = models.UUIDField(null=True)
    body = EncryptedTextField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "page"], name="one_draft_per_page")]

    def __str__(self) -> str:
        return self.page
