"""The health of the system: for monitors as JSON, for people as a page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.runtime import health, permissions


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when all is well, else 503 naming in `down` what is not; times are UTC, ISO 8601."""
    parts = health.check()
    down = health.down(parts)
    body: dict[str, object] = {
        part.name: {"ok": part.ok, **({"at": part.at} if part.at is not None else {})} for part in parts
    }
    response = JsonResponse({**body, "down": down}, status=503 if down else 200)
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_GET
def health_page(request: UserRequest) -> HttpResponse:
    """运行状况 Health: each part and its last sign of life."""
    require(permissions.can_see_health(request.user))
    parts = health.check()
    context = {"parts": parts, "all_well": not health.down(parts)}
    return render(request, page_or_fragment(request, "runtime/health.html"), context)
