"""Signing in and out, language and text size."""

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from cadre_app.accounts import limits, lockout
from cadre_app.accounts.forms import LanguageForm, SignInForm, TextSizeForm
from cadre_app.accounts.middleware import ENDED, TEXT_SIZE_COOKIE
from cadre_app.accounts.models import User
from cadre_app.accounts.services import set_preferences
from cadre_app.accounts.services.signing import Outcome
from cadre_app.accounts.services.signing import sign_in as open_session
from cadre_app.accounts.services.signing import sign_out as close_session
from cadre_app.core.http import UserRequest
from cadre_app.policy import values

COOKIE_SECONDS = 365 * 24 * 3600


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """登录 Sign in: one answer for unknown, disabled and wrong; 429 while locked."""
    if request.user.is_authenticated and request.method == "GET":
        return redirect(next_page(request))
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        outcome = open_session(request, **form.cleaned_data) if form.is_valid() else Outcome.WRONG
        if outcome is Outcome.SIGNED_IN:
            return redirect(next_page(request))
        if outcome is Outcome.LOCKED:
            return lockout.locked_response(request, None, None)
        form.errors.clear()
        form.add_error(None, refusal(outcome))
    context = {
        "form": form,
        "notice": ended_notice(request),
        "contact_phone": values.CORE_CONTACT_PHONE.now(),
        "organization": values.CORE_ORGANIZATION_NAME.now(),
        "next": local_target(request),
    }
    return render(request, "accounts/sign_in.html", context)


@require_POST
@login_not_required
def sign_out(request: HttpRequest) -> HttpResponse:
    """退出 Sign out; also answers a session that is over already."""
    if isinstance(request.user, User):
        close_session(request, actor=request.user)
    return redirect("accounts:sign_in")


@require_POST
@login_not_required
def set_language(request: UserRequest) -> HttpResponse:
    """Remember the language in a cookie and, when signed in, on the account."""
    form = LanguageForm(request.POST)
    response = _back(request)
    if form.is_valid():
        language = form.cleaned_data["language"]
        if request.user.is_authenticated:
            set_preferences(request.user, language=language, actor=request.user)
        _remember(response, settings.LANGUAGE_COOKIE_NAME, language)
    return response


@require_POST
@login_not_required
def set_text_size(request: UserRequest) -> HttpResponse:
    """Remember the text size in a cookie and, when signed in, on the account."""
    form = TextSizeForm(request.POST)
    response = _back(request)
    if form.is_valid():
        text_size = form.cleaned_data["text_size"]
        if request.user.is_authenticated:
            set_preferences(request.user, text_size=text_size, actor=request.user)
        _remember(response, TEXT_SIZE_COOKIE, text_size)
    return response


def refusal(outcome: Outcome) -> str:
    """What the page says after a refused sign-in; it never tells whether the account exists."""
    if outcome is Outcome.EXPIRED:
        return _("The temporary password has expired. Please ask the security administrator for a new one.")
    return _(
        "The sign-in name or the password is not correct. After %(count)d failures the account is locked for "
        "%(minutes)d minutes."
    ) % {"count": limits.lock_threshold(), "minutes": int(limits.lock_period().total_seconds() // 60)}


def ended_notice(request: HttpRequest) -> str:
    """Why the person is asked to sign in again, once."""
    reason = request.session.pop(ENDED, "") if ENDED in request.session else ""
    if reason == "kept":
        return _(
            "Your session has ended, please sign in again. What you typed has been saved and comes back after signing in."
        )
    if reason == "partly":
        return _(
            "Your session has ended, please sign in again. What you typed has been saved and comes back after signing in, "
            "but for restricted text, which is never kept: please write it again."
        )
    return _("Your session has ended, please sign in again.") if reason else ""


def local_target(request: HttpRequest) -> str:
    """`next` if it is a page of this site, otherwise nothing."""
    target = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    local = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if local else ""


def next_page(request: HttpRequest) -> str:
    return local_target(request) or reverse(settings.LOGIN_REDIRECT_URL)


def _back(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(next_page(request))


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=COOKIE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
