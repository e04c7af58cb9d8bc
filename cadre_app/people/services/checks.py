"""What every change of a file asks first, and how a refusal finds its field."""

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.fields import WITH_FIGURE
from cadre_app.people.models import Person, Trainee

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.core.models import BaseModel

READ_ONLY = gettext_lazy("This growth file is closed: it can be read, no longer changed.")


def refusal(field: str, message: Any, *, code: str) -> ValidationError:
    """An error that stands beside `field`."""
    return ValidationError({field: ValidationError(message, code=code)})


def clean(obj: "BaseModel") -> None:
    """`full_clean` with each constraint's message beside the field that its code names."""
    try:
        obj.full_clean()
    except ValidationError as error:
        names = {field.name for field in obj._meta.fields}
        found: dict[str, list[ValidationError]] = {}
        for name, errors in error.error_dict.items():
            for single in errors:
                code = str(single.code)
                found.setdefault(code if name == NON_FIELD_ERRORS and code in names else name, []).append(single)
        raise ValidationError(found) from error


def refuse_standing(obj: "BaseModel") -> None:
    """Only what is voided can be restored."""
    if not obj.is_voided:
        raise ValidationError(_("This entry is not voided."), code="not_voided")


def lock_file(trainee_id: "UUID", version: int | None = None) -> Trainee:
    """Lock the person, then the file: everything about one person waits in this line.

    Raises Stale for an old `version` of the file.
    """
    person_id = Trainee.objects.values_list("person_id", flat=True).get(pk=trainee_id)
    person = Person.objects.lock(person_id)
    trainee = Trainee.objects.lock(trainee_id, version)
    trainee.person = person
    return trainee


def lock_open_file(trainee_id: "UUID", version: int | None = None) -> Trainee:
    """As `lock_file`; raises ValidationError for a file that is closed by a departure or voided."""
    trainee = lock_file(trainee_id, version)
    if trainee.is_read_only:
        raise ValidationError(READ_ONLY, code="read_only")
    return trainee


def refuse_future(field: str, day: date) -> None:
    """Only what has happened is recorded (local date)."""
    if day > timezone.localdate():
        raise refusal(field, _("This day has not come yet. Record it on that day."), code="future")


def refuse_numberless(field: str, number: str) -> None:
    """The number of a document has a figure in it."""
    if re.search(WITH_FIGURE, number) is None:
        raise refusal(field, _("Write the number as the document bears it, with its figures."), code="no_number")


def refuse_before(field: str, day: date, earliest: date, message: Any) -> None:
    """`message` beside `field` when `day` lies before `earliest`."""
    if day < earliest:
        raise refusal(field, message, code="too_early")
