"""The condition “unit” of lists about people, as the roster has it, and the day as of which it is meant."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from django.core.exceptions import ValidationError
from django.forms import DateField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cadre_app.accounts.filters import UnitFilter
from cadre_app.core.figures import check_day
from cadre_app.core.widgets import DayInput
from cadre_app.people.conditions import of_unit
from cadre_app.people.models import Trainee

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.org.models import Unit

AS_OF = "as_of"


def _check(day: date) -> None:
    check_day(day)


def day_asked(data: Mapping[str, Any]) -> date:
    """The day as of which a list with these URL parameters is asked for; today for none and for one that cannot be."""
    try:
        day: date | None = DateField(required=False, validators=[_check]).clean(data.get(AS_OF))
    except ValidationError:
        day = None
    return day or timezone.localdate()


class AsOfFilter(django_filters.DateFilter):  # type: ignore[misc]
    """The day itself narrows nothing: it says when the other conditions hold."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=DayInput, validators=[_check], **kwargs)

    def filter(self, queryset: "QuerySet[Any]", value: date | None) -> "QuerySet[Any]":
        return queryset


class OfADay(django_filters.FilterSet):  # type: ignore[misc]
    """Conditions that can be asked for a past day, as figures ask them; the day is a field where it is asked for alone."""

    as_of = AsOfFilter(label=_("Unit as of"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.filters.pop(AS_OF)
        if self.data.get(AS_OF):
            self.filters[AS_OF] = field

    @property
    def day(self) -> date:
        """The day (local date) as of which conditions hold."""
        return day_asked(self.data)


class FilesUnitFilter(UnitFilter):
    """Rows about the people of a unit and all below; a village also has those who serve there. `file` leads to the file."""

    def __init__(self, *args: Any, file: str = "trainee", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.file = file

    def filter(self, queryset: "QuerySet[Any]", value: "Unit | None") -> "QuerySet[Any]":
        if value is None:
            return queryset
        return queryset.filter(
            **{f"{self.file}__in": of_unit(Trainee.objects.order_by(), value, self.day).values("pk")}
        )

    @property
    def day(self) -> date:
        """The day whose unit is meant."""
        return self.parent.day if isinstance(self.parent, OfADay) else timezone.localdate()
