"""Sessions end by rule and what was being typed is kept; language and text size follow the account."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme

from cadre_app.accounts import limits
from cadre_app.accounts.models import TextSize, User
from cadre_app.accounts.services import drafts
from cadre_app.accounts.services.signing import SEEN, STARTED, begin_session
from cadre_app.core.context import current_draft
from cadre_app.core.middleware import GetResponse

SEEN_EVERY = 30
ENDED = "session_ended"
TEXT_SIZE_COOKIE = "qinglan_text_size"
BEFORE_NEW_PASSWORD = frozenset(
    {"accounts:change_password", "accounts:sign_out", "accounts:set_language", "accounts:set_text_size"}
)
DRAFT_SAVE = "accounts:draft_save"


class SessionPolicyMiddleware:
    """Idle and longest time, ended sessions, first password, drafts.

    An expired session stays in its table: it opens nothing any more, but a form sent from it still finds its owner.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        owner = _end_by_rule(request)
        request.ended_owner = owner  # type: ignore[attr-defined]
        user = request.user
        if not isinstance(user, User):
            return _to_sign_in_if_fragment(request, self.get_response(request))
        token = current_draft.set(_draft_finder(request, user))
        try:
            response = self.get_response(request)
        finally:
            current_draft.reset(token)
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND and request.user.is_authenticated:
            submission = request.POST.get("submission")
            drafts.discard_drafts(user, request.get_full_path(), request.path, submission=submission)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """After the CSRF check: keep the form of an ended session; lead to the first password."""
        if not getattr(view, "login_required", True):
            return None
        owner = getattr(request, "ended_owner", None)
        if owner is not None:
            return _answer_ended(request, owner)
        user = request.user
        name = request.resolver_match.view_name if request.resolver_match else ""
        if isinstance(user, User) and user.must_change_password and name not in BEFORE_NEW_PASSWORD:
            return _leave(request, reverse("accounts:change_password"))
        return None


class PreferencesMiddleware:
    """Language: account, then cookie, then the office's; the browser's own wish is not asked."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user if isinstance(request.user, User) else None
        language = (user.language if user else "") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        size = user.text_size if user else request.COOKIES.get(TEXT_SIZE_COOKIE, "")
        request.text_size = size if size in TextSize.values else TextSize.NORMAL.value  # type: ignore[attr-defined]
        return self.get_response(request)


def _end_by_rule(request: HttpRequest) -> User | None:
    """The owner of a session that has ended by time, by its epoch or by disabling; None while it runs."""
    key = request.session.get(SESSION_KEY)
    if key is None:
        return None
    started, seen = request.session.get(STARTED), request.session.get(SEEN)
    user = request.user  # looking at it empties a session whose hash no longer fits
    now = timezone.now()
    if isinstance(user, User):
        if started is None or seen is None:
            begin_session(request, now)
            return None
        moments = {"started": _moment(started), "seen": _moment(seen)}
        if not limits.is_over(user, **moments, now=now):
            if request.headers.get("X-Poll") != "1" and now.timestamp() - seen > SEEN_EVERY:
                request.session[SEEN] = now.timestamp()
            return None
        request.user = AnonymousUser()
        return user
    owner: User | None = User.objects.filter(pk=key, is_active=True).first()
    return owner if owner is not None and _had_the_password(owner, started) else None


def _had_the_password(owner: User, started: float | None) -> bool:
    """False when the password was changed since the session began at `started`: it may be in other hands."""
    return started is None or owner.password_set_at is None or owner.password_set_at.timestamp() <= started


def _moment(stamp: float) -> datetime:
    return datetime.fromtimestamp(stamp, tz=UTC)


def _answer_ended(request: HttpRequest, owner: User) -> HttpResponse:
    page, data = _page_of(request), request.POST
    autosave = request.resolver_match is not None and request.resolver_match.view_name == DRAFT_SAVE
    if autosave:
        page, data = request.POST.get("page", ""), QueryDict(request.POST.get("body", ""))
    kept = request.method == "POST" and _is_local(request, page) and drafts.save_draft(owner, page=page, data=data)
    before = request.session.get(ENDED)
    if kept:
        before = "partly" if drafts.holds_restricted(data) else "kept"
    request.session[ENDED] = before if before in ("kept", "partly") else "ended"
    if autosave:
        return HttpResponse(status=401)
    return _leave(request, f"{reverse('accounts:sign_in')}?{urlencode({REDIRECT_FIELD_NAME: page})}")


def _page_of(request: HttpRequest) -> str:
    """The page the person was on: for a form or a fragment the one that holds it, as the browser names it."""
    shown = request.headers.get("HX-Current-URL", "")
    if not shown and request.method == "POST":
        shown = request.headers.get("Referer", "")
    if shown and _is_local(request, shown):
        parts = urlsplit(shown)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return request.get_full_path()


def _is_local(request: HttpRequest, url: str) -> bool:
    return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())


def _leave(request: HttpRequest, url: str) -> HttpResponse:
    """Go to another page; a fragment cannot, so the page around it is told to."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=401, headers={"HX-Redirect": url})
    return redirect(url)


def _to_sign_in_if_fragment(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    sign_in = reverse("accounts:sign_in")
    to_sign_in = response.status_code == HTTPStatus.FOUND and response.headers.get("Location", "").startswith(
        f"{sign_in}?"
    )
    if to_sign_in and request.headers.get("HX-Request") == "true":
        return _leave(request, f"{sign_in}?{urlencode({REDIRECT_FIELD_NAME: _page_of(request)})}")
    return response


def _draft_finder(request: HttpRequest, user: User) -> Callable[[], Any]:
    """Looked up only by a page that shows a form, and only for whole pages."""
    if request.method != "GET" or request.headers.get("HX-Request") == "true":
        return lambda: None
    return partial(drafts.find_draft, user, request.get_full_path(), request.path)
