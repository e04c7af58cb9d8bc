"""我的账号 the own account: what it is, own password, own sessions; and the drafts of forms."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadre_app.accounts import limits
from cadre_app.accounts.forms import PasswordForm
from cadre_app.accounts.links import links_of
from cadre_app.accounts.models import TextSize
from cadre_app.accounts.services import change_password, end_sessions, note_refused_password
from cadre_app.accounts.services.drafts import discard_drafts, save_draft
from cadre_app.accounts.services.signing import SEEN, STARTED, begin_session
from cadre_app.accounts.views.signing import local_target, next_page
from cadre_app.core.http import UserRequest
from cadre_app.core.submit import submit
from cadre_app.history.models import Entry

RECENT = 10


@require_GET
def preferences(request: UserRequest) -> HttpResponse:
    """我的账号 My account."""
    user = request.user
    longest = limits.longest_session(user)
    idle_minutes = int(limits.idle_period(user).total_seconds() // 60)
    context: dict[str, Any] = {
        "account": user,
        "grants": user.standing_grants,
        "started": datetime.fromtimestamp(request.session[STARTED], tz=UTC),
        "longest_hours": int(longest.total_seconds() // 3600) if longest else None,
        "idle_minutes": idle_minutes,
        "idle_hours": idle_minutes // 60 if idle_minutes % 60 == 0 else None,
        "sign_ins": Entry.objects.about(user).filter(kind=Entry.Kind.SIGN_IN).told(RECENT),
        "text_sizes": TextSize.choices,
        "links": links_of(user, user),
    }
    return render(request, "accounts/preferences.html", context)


@sensitive_post_parameters("current_password", "new_password", "repeated_password")
@require_http_methods(["GET", "POST"])
def password(request: UserRequest) -> HttpResponse:
    """修改密码 Change one's own password; too many wrong current passwords end the session."""
    form = PasswordForm(request.POST or None)
    first = request.user.must_change_password
    done = submit(request, form, change_password, request.user)
    if done is not None:
        if not done.repeated:
            keep_session(request, done.result)
        messages.success(request, _("The password has been changed. Other sessions of this account have ended."))
        return redirect("desk:home" if first else "accounts:preferences")
    if "current_password" in form.errors and note_refused_password(request.user):
        logout(request)
        messages.warning(request, _("Too many wrong passwords. Please sign in again."))
        return redirect("accounts:sign_in")
    return render(request, "accounts/password.html", {"form": form, "first": first})


@require_POST
def end_own_sessions(request: UserRequest) -> HttpResponse:
    """Sign out everywhere else; this session goes on."""
    keep_session(request, end_sessions(request.user, actor=request.user))
    messages.success(request, _("All other sessions of this account have ended."))
    return redirect("accounts:preferences")


@require_POST
def draft_save(request: UserRequest) -> HttpResponse:
    """Keep what is being typed: `page` is the path with query, `body` the form as it would be sent (urlencoded)."""
    page, body = request.POST.get("page", ""), request.POST.get("body", "")
    if page.startswith("/") and not page.startswith("//"):
        save_draft(request.user, page=page, data=QueryDict(body))
    return HttpResponse(status=204)


@require_POST
def draft_discard(request: UserRequest) -> HttpResponse:
    """Forget the kept draft of `page` and open it afresh."""
    page = request.POST.get("page", "")
    discard_drafts(request.user, page)
    return redirect(local_target(request) or next_page(request))


def keep_session(request: UserRequest, user: Any) -> None:
    """After the epoch moved on: this session gets a new key and the new hash."""
    update_session_auth_hash(request, user)
    if SEEN not in request.session:
        begin_session(request, datetime.now(tz=UTC))
