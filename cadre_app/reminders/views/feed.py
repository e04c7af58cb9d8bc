"""日历订阅: the calendar that a phone or mail program fetches by its secret address, without signing in."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from cadre_app.core import errors
from cadre_app.reminders.calendar_feed import calendar_of
from cadre_app.reminders.services.feeds import digest_of, owner_of

MOST_A_MINUTE = 20
MINUTE = 60


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar; the same 404 for an unknown or removed address and for a disabled account."""
    user = owner_of(token)
    if user is None:
        raise Http404
    if _too_often(token):
        return errors.too_many(request)
    content = calendar_of(user, due_path(), timezone.localdate())
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    asked = parse_etags(request.headers.get("If-None-Match", ""))
    same = etag in asked
    response = HttpResponse(b"" if same else content, status=304 if same else 200)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-store"
    if not same:
        response["Content-Type"] = "text/calendar; charset=utf-8"
        response["Content-Disposition"] = 'inline; filename="qinglan.ics"'
    return response


def due_path() -> str:
    """The page that lists what is due."""
    try:
        return reverse("reminders:due_list")
    except NoReverseMatch:
        return "/reminders/due/"


def _too_often(token: str) -> bool:
    """More than a calendar program asks for, counted by each web process."""
    key = f"reminders.feed.{digest_of(token)}"
    cache.add(key, 0, MINUTE)
    try:
        return cache.incr(key) > MOST_A_MINUTE
    except ValueError:
        return False
