"""What the frame of every page needs: navigation, search, watermark, language and text size."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from cadre_app.core import nav
from cadre_app.core.backlinks import way_back
from cadre_app.core.phones import SIMPLE_FRAME_KINDS, says_phone
from cadre_app.core.texts import asked_for


def frame(request: HttpRequest) -> dict[str, Any]:
    """Navigation groups for the signed-in user, the time printed in the watermark, the way back to a file."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"nav_groups": [], "text_size": getattr(request, "text_size", "normal")}
    return {
        "nav_groups": nav.groups_for(user, request.path, on_phone=says_phone(request)),
        "text_size": user.text_size,
        "watermark_time": timezone.localtime(),
        "search_asks_for": asked_for(user),
        "simple_frame": user.kind in SIMPLE_FRAME_KINDS,
        "way_back": way_back(request),
    }
