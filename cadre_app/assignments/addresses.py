"""Addresses of pages of this room that may be looked up by name; "" where a page does not exist."""

from typing import Any

from django.urls import NoReverseMatch, reverse


def address(name: str, **kwargs: Any) -> str:
    """The address of a page of postings (name without namespace)."""
    try:
        return reverse(f"assignments:{name}", kwargs=kwargs)
    except NoReverseMatch:
        return ""


def page_of(name: str, pk: object, trainee: object) -> str:
    """The page of a posting, a leave or a village term; else the growth file it belongs to."""
    return address(name, pk=pk) or reverse("growth:file", kwargs={"pk": trainee})
