"""The health of the system: for monitors as JSON, for people as a page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.runtime import health, operations, permissions
from cadre_app.runtime.models import Heartbeat


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
    """运行状况 Health: signs of life, the last sweeps, the queue, and what the rooms tell of their own machinery."""
    require(permissions.can_see_health(request.user))
    now = timezone.now()
    parts = health.check()
    by_name = {part.name: part for part in parts}
    sweep = by_name[Heartbeat.Name.SWEEP]
    context = {
        "signs": operations.signs(parts, now),
        "all_well": not health.down(parts),
        "stands_still": not sweep.ok,
        "panel": {"since": sweep.at, "manages_system": permissions.manages_system(request.user), "is_here": True},
        "queue": operations.queue_length() if by_name["broker"].ok else None,
        "sweeps": operations.last_sweeps(now),
        "reports": operations.reports(request.user),
        "now": now,
    }
    return render(request, page_or_fragment(request, "runtime/health.html"), context)
