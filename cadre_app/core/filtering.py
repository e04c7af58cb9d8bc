"""Filters that say of themselves how a list opens."""

import django_filters
from django_filters.fields import ChoiceField


class OpeningField(ChoiceField):  # type: ignore[misc]
    """Its empty choice is a condition too."""

    opens_narrowed = True


class OpeningChoiceFilter(django_filters.ChoiceFilter):  # type: ignore[misc]
    """A choice whose `empty_label` narrows the list as well: paper names it among the conditions, though no address does."""

    field_class = OpeningField
