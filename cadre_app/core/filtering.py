"""Filters that say of themselves how a list opens, and what cannot be asked of a list."""

from typing import TYPE_CHECKING

import django_filters
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_filters.fields import ChoiceField

if TYPE_CHECKING:
    from django_filters import FilterSet


class OpeningField(ChoiceField):  # type: ignore[misc]
    """Its empty choice is a condition too."""

    opens_narrowed = True


class OpeningChoiceFilter(django_filters.ChoiceFilter):  # type: ignore[misc]
    """A choice whose `empty_label` narrows the list as well: paper names it among the conditions, though no address does."""

    field_class = OpeningField


def not_open(found: "FilterSet") -> list[str]:
    """The conditions among the parameters that the list has, but not for this person."""
    fields = found.form.fields
    return [name for name in type(found).base_filters if name not in fields and found.data.get(name)]


def require_asked(found: "FilterSet") -> None:
    """Raise ValidationError unless every condition narrows the list.

    A page shows beside the field what is wrong with it; what leaves the page would cover more than its name says.
    """
    if not found.is_valid() or not_open(found):
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
