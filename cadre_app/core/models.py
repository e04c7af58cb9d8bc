"""What every record has: a random key, a version, and voiding instead of deletion."""

import uuid
from collections.abc import Sequence
from functools import reduce
from operator import and_
from typing import Any, ClassVar, Self, TypeVar

from django.core.exceptions import FieldError, ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

M = TypeVar("M", bound="BaseModel")


class Stale(Exception):
    """Somebody changed the record after the page that posts now was opened."""

    def __init__(self, current: "BaseModel") -> None:
        super().__init__(f"{current._meta.label} {current.pk} is at version {current.version}")
        self.current = current


class AllChecks(models.BaseConstraint):
    """The check constraints of one model, asked in one statement; each for itself only where one does not hold.

    Django asks one by one, with a savepoint around each: three statements for every constraint of every change.
    """

    def __init__(self, checks: Sequence[models.CheckConstraint]) -> None:
        super().__init__(name="all_checks")
        self.checks = checks
        holds = (models.Q(Coalesce(check.condition, True, output_field=models.BooleanField())) for check in checks)
        # Asked for the contrary: a statement that the database cannot carry out counts as true.
        self.broken = ~reduce(and_, holds)

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: set[str] | None = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        """Raises ValidationError with the error of every check that does not hold, fields in `exclude` left out."""
        try:
            against = instance._get_field_expression_map(model._meta, exclude)  # type: ignore[attr-defined]
            if not self.broken.check(against, using=using):
                return
        except FieldError:
            pass  # A check names an excluded field: which one it is, each finds out for itself.
        errors = []
        for check in self.checks:
            try:
                check.validate(model, instance, exclude=exclude, using=using)
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError(errors)


class BaseQuerySet(models.QuerySet[M]):
    """Reads are chainable; `lock` is how every change begins."""

    def standing(self) -> Self:
        """Leave out voided records."""
        return self.filter(voided_at=None)

    def lock(self, pk: uuid.UUID, version: int | None = None) -> M:
        """Lock one row for this transaction; raises Stale if `version` is given and not the current one."""
        row = self.select_for_update(of=("self",)).get(pk=pk)
        if version is not None and row.version != version:
            raise Stale(row)
        return row


class BaseModel(models.Model):
    """Random UUID key, `version` counted up by `history.change`, voided with a reason, never deleted.

    `named_by`: relations that its text (`__str__`) asks for, so that many are named in one query; `month_fields`: days
    that stand for their month; `decided_fields`: what somebody has to have read who decides on it by one question;
    `untold_fields`: what history records for those who account for it, and pages of changes leave out; `idle`: rows that
    stand and say nothing any more, as what was set aside.
    """

    sealed_fields: ClassVar[frozenset[str]] = frozenset()
    named_by: ClassVar[tuple[str, ...]] = ()
    month_fields: ClassVar[frozenset[str]] = frozenset()
    decided_fields: ClassVar[tuple[str, ...]] = ()
    untold_fields: ClassVar[frozenset[str]] = frozenset()
    idle: ClassVar[models.Q | None] = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    voided_at = models.DateTimeField(_("voided at"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def get_constraints(self) -> list[tuple[type[models.Model], Sequence[models.BaseConstraint]]]:
        """As Django gives them to its validation, the check constraints of a model together."""
        return [(model, _together(constraints)) for model, constraints in super().get_constraints()]

    @property
    def is_voided(self) -> bool:
        return self.voided_at is not None

    def public_values(self) -> dict[str, Any]:
        """Concrete field values by name that history may keep: no sealed, encrypted or computed ones."""
        return {
            field.attname: field.value_from_object(self)
            for field in self._meta.concrete_fields
            if not is_sealed(self, field) and not field.generated
        }


def _together(constraints: Sequence[models.BaseConstraint]) -> list[models.BaseConstraint]:
    checks = [each for each in constraints if isinstance(each, models.CheckConstraint)]
    others = [each for each in constraints if not isinstance(each, models.CheckConstraint)]
    return [AllChecks(checks), *others] if checks else others


def in_force(rows: "models.QuerySet[Any]") -> "models.QuerySet[Any]":
    """Of rows that point at a record, those which say something: of other models than ours all, else neither voided nor idle."""
    if issubclass(rows.model, BaseModel):
        rows = rows.filter(voided_at=None)
        if rows.model.idle is not None:
            rows = rows.exclude(rows.model.idle)
    return rows


def is_sealed(obj: BaseModel, field: "models.Field[Any, Any]") -> bool:
    """True where history records only *that* the field changed."""
    return field.name in obj.sealed_fields or getattr(field, "sealed", False)


class Submission(models.Model):
    """One sent form: the hidden id that makes a double tap meet the first result."""

    user_id = models.UUIDField()
    token = models.UUIDField()
    result_label = models.CharField(max_length=100, blank=True)
    result_id = models.UUIDField(null=True)
    sent_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user_id", "token"], name="one_submission_per_token"),
        ]

    def __str__(self) -> str:
        return f"{self.result_label} {self.result_id}"
