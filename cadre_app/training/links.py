"""Links between the nouns of training."""

from typing import Any

from django.urls import reverse


def link(name: str, **kwargs: Any) -> str:
    """The address of a page of training (name without namespace)."""
    return reverse(f"training:{name}", kwargs=kwargs)
