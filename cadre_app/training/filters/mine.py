"""Sessions and visits with somebody of the units that their reader works for."""

from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Exists, QuerySet
from django.utils.translation import gettext_lazy as _

from cadre_app.training.figures.training import MINE, OF_MINE

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit


class MineFilter(django_filters.ChoiceFilter):  # type: ignore[misc]
    """As the filter of the unit, for all units of an account that works for parts of the district."""

    def __init__(self, *args: Any, of: "Callable[[Collection[Unit], date], Exists]", **kwargs: Any) -> None:
        choices = [(OF_MINE, _("Somebody of the units I work for"))]
        super().__init__(*args, choices=choices, label=_("My units"), empty_label=_("All"), **kwargs)
        self.of, self.units = of, list[Any]()

    def filter(self, queryset: "QuerySet[Any]", value: str) -> "QuerySet[Any]":
        return queryset.filter(self.of(self.units, self.parent.day)) if value and self.units else queryset


def of_parts(found: Any, user: "User") -> None:
    """Put the units of `user` into the filter; whoever works for one or for all has none to choose."""
    if len(user.parts) > 1:
        found.filters[MINE].units = user.parts
    else:
        del found.filters[MINE]
