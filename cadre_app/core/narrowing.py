"""What narrows a list, in words: the conditions that an address fills in."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django_filters import FilterSet


def narrowing(filterset: "FilterSet", query: Any) -> Iterator[tuple[Any, list[str]]]:
    """The bound fields that `query` fills in, each with its parameters."""
    for bound in filterset.form:
        names = [name for name in query if name == bound.html_name or name.startswith(f"{bound.html_name}_")]
        if any(query.get(name) for name in names):
            yield bound, names


def text_of(bound: Any) -> str:
    """What was chosen, in words: the label of a choice, the text or day that was typed."""
    asked = bound.value()
    values = [
        str(value) for value in (asked if isinstance(asked, list | tuple) else [asked]) if value not in (None, "")
    ]
    labels = {
        str(value): str(label)
        for value, label in getattr(bound.field, "choices", ())
        if not isinstance(label, list | tuple)
    }
    return _(", ").join(labels.get(value, value) for value in values)
