"""The condition “unit” of lists about people, as the roster has it."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cadre_app.accounts.filters import UnitFilter
from cadre_app.people.conditions import of_unit
from cadre_app.people.models import Trainee

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.org.models import Unit


class FilesUnitFilter(UnitFilter):
    """Rows about the people of a unit and all below; a village also has those who serve there. `file` leads to the file."""

    def __init__(self, *args: Any, file: str = "trainee", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.file = file

    def filter(self, queryset: "QuerySet[Any]", value: "Unit | None") -> "QuerySet[Any]":
        if value is None:
            return queryset
        files = of_unit(Trainee.objects.order_by(), value, timezone.localdate())
        return queryset.filter(**{f"{self.file}__in": files.values("pk")})
