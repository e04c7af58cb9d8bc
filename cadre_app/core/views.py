"""Help, the gallery of components, and the address browsers report breaches of the content policy to."""

import json
from typing import Any

import structlog
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadre_app.core import permissions
from cadre_app.core.gallery import gallery_context
from cadre_app.core.http import UserRequest, require

logger = structlog.get_logger("qinglan.csp")

REPORT_BYTES = 16 * 1024
REPORT_FIELDS = (
    "effective-directive",
    "violated-directive",
    "blocked-uri",
    "document-uri",
    "source-file",
    "line-number",
)
FIELD_CHARACTERS = 200


@csrf_exempt
@login_not_required
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Log what the content policy stopped (addresses without their query); answers 204 to whatever is sent."""
    report = _report(request)
    if report:
        logger.warning("csp_report", **report)
    return HttpResponse(status=204)


def _report(request: HttpRequest) -> dict[str, str]:
    try:
        body: Any = json.loads(request.read(REPORT_BYTES))
    except (ValueError, RecursionError):
        return {}
    report = body.get("csp-report") if isinstance(body, dict) else None
    if not isinstance(report, dict):
        return {}
    return {
        name.replace("-", "_"): str(report[name]).partition("?")[0].partition("#")[0][:FIELD_CHARACTERS]
        for name in REPORT_FIELDS
        if name in report
    }


@require_GET
def help_page(request: UserRequest) -> HttpResponse:
    """使用帮助 Help: what the marks mean, what is kept when something fails, and where to ask."""
    gallery = permissions.can_see_components(request.user)
    return render(request, "core/help.html", {"shows_gallery": gallery})


@require_http_methods(["GET", "POST"])
def component_gallery(request: UserRequest) -> HttpResponse:
    """组件 Components: every part of the face on one page; a POST shows the form with its errors and saves nothing."""
    require(permissions.can_see_components(request.user))
    return render(request, "core/components.html", gallery_context(request))
