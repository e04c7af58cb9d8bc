"""搜索 Search from anywhere: a page of results, and the few that are offered while one types."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cadre_app.core.fields import seen
from cadre_app.core.http import UserRequest
from cadre_app.search import permissions, services
from cadre_app.search.finding import Span
from cadre_app.search.forms import NarrowingForm


@require_GET
def results(request: UserRequest) -> HttpResponse:
    """Names and titles first, then texts with the place that was found; of one kind page by page."""
    _must_search(request)
    typed = request.GET.get("q", "")
    text, form = services.clean(typed), NarrowingForm(request.GET, user=request.user)
    found: dict[str, Any] = _found(request, text, form) if form.is_valid() else {"found": [], "texts": []}
    context = {
        "text": text,
        "typed": seen(typed).strip()[: services.LONGEST],
        "form": form,
        "is_enough": services.is_enough(text),
        "is_alone": form.is_valid() and form.kind_asked != "",
        **found,
    }
    if text and not any(found.values()):
        context["hint"] = services.hint_for(request.user, text)
    return render(request, "search/results.html", context)


@require_GET
def suggestions(request: UserRequest) -> HttpResponse:
    """The first few of each kind, for the list under the search box."""
    _must_search(request)
    text = services.clean(request.GET.get("q", ""))
    texts = services.look_through(request.user, text, services.SUGGESTED_TEXTS)
    context = {
        "text": text,
        "found": services.suggest_things(request.user, text, beside=bool(texts)),
        "texts": texts,
        "is_enough": services.is_enough(text),
    }
    if text and not (context["found"] or texts):
        context["hint"] = services.hint_for(request.user, text)
    return render(request, "search/_suggestions.html", context)


def _found(request: UserRequest, text: str, form: NarrowingForm) -> dict[str, Any]:
    kind, span, user = form.kind_asked, form.span(), request.user
    if kind:
        most, page = services.LISTED_ALONE, form.page
        found = services.find_things(user, text, most, kind, page) if form.asks_for_things else []
        texts = services.look_through(user, text, services.PAGE, kind, span) if kind in form.texts else []
        return {"found": found, "texts": texts}
    found = services.find_things(user, text, services.LISTED) if form.asks_for_things else []
    every = Span(span.since, span.until)
    return {"found": found, "texts": services.look_through(user, text, services.LISTED_TEXTS, span=every)}


def _must_search(request: UserRequest) -> None:
    if not permissions.can_search(request.user):
        raise Http404
