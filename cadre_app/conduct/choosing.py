"""Whom something is entered about: a few found by name, never a list of everyone."""

from typing import TYPE_CHECKING, Any

from cadre_app.people.writing.names import name_matches

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.core.http import UserRequest
    from cadre_app.people.models import Trainee

SHOWN, LONGEST_TYPED = 50, 40


def choice(request: "UserRequest", files: "QuerySet[Trainee]") -> dict[str, Any]:
    """Files in development among `files`, as far as the typed name leads."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_TYPED]
    found = files.filter(departed_on=None, voided_at=None).select_related("person", "home_unit")
    if text:
        found = found.filter(name_matches(text, "person"))
    rows = list(found.order_by("stroke_key", "pk")[: SHOWN + 1])
    return {"typed": text, "found": rows[:SHOWN], "more": len(rows) > SHOWN}
