"""条件对照 for named leaders at a desk: up to five people beside each other; on record before it is answered, kept nowhere."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from cadre_app.advancement import comparison, tabs
from cadre_app.advancement.permissions import criteria as permissions
from cadre_app.advancement.services import readings
from cadre_app.conduct.views.pages import require_desk
from cadre_app.core.criteria import AT_MOST
from cadre_app.core.http import UserRequest
from cadre_app.people.models import Trainee
from cadre_app.people.writing.names import name_matches

CHECK = "advancement:criteria_check"
PERSON, LONGEST_TYPED, SHOWN = "person", 40, 10


@require_GET
def criteria_check(request: UserRequest) -> HttpResponse:
    """`?person=` once for each; whoever is not to be seen is not found. `?q=` looks for somebody to put beside them."""
    user = request.user
    if not permissions.can_open_criteria(user):
        raise Http404
    require_desk(request)
    chosen = _chosen(request)
    if chosen:
        readings.read_criteria(chosen, actor=user)
    lines = comparison.lines_of(chosen, timezone.localdate()) if chosen else []
    keys = [str(one.pk) for one in chosen]
    context = {
        "people": [{"trainee": one, "without": _query(keys, without=str(one.pk))} for one in chosen],
        "blockers": [line for line in lines if line.is_blocker],
        "lines": [line for line in lines if not line.is_blocker],
        "lacks": comparison.lacks_of(lines),
        "tabs": tabs.tabs_of(user, CHECK),
        "at_most": AT_MOST,
        **_choice(request, keys),
    }
    return render(request, "advancement/criteria_check.html", context)


def _chosen(request: UserRequest) -> list[Trainee]:
    """The people of the address in the order of their names; 404 for an address that names somebody else, or too many."""
    asked = list(dict.fromkeys(request.GET.getlist(PERSON)))
    if not asked:
        return []
    try:
        keys = {UUID(text) for text in asked}
    except ValueError as error:
        raise Http404 from error
    if len(keys) > AT_MOST:
        raise Http404
    files = permissions.files_compared(request.user).filter(pk__in=keys).select_related("person", "home_unit")
    found = list(files.order_by("stroke_key", "pk"))
    if len(found) != len(keys):
        raise Http404
    return found


def _choice(request: UserRequest, keys: list[str]) -> dict[str, Any]:
    """Whom the typed name finds, those who stand there already left out; nobody without a name."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_TYPED]
    if not text or len(keys) >= AT_MOST:
        return {"typed": text, "found": [], "more": False, "keys": keys}
    files = permissions.files_compared(request.user).filter(name_matches(text, "person")).exclude(pk__in=keys)
    rows = list(files.select_related("person", "home_unit").order_by("stroke_key", "pk")[: SHOWN + 1])
    offered = [{"trainee": one, "query": _query([*keys, str(one.pk)])} for one in rows[:SHOWN]]
    return {"typed": text, "found": offered, "more": len(rows) > SHOWN, "keys": keys}


def _query(keys: list[str], *, without: str = "") -> str:
    """The address of these people, for a link."""
    return "?" + urlencode([(PERSON, key) for key in keys if key != without])
