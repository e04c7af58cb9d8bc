"""数据接口: what can be read over it, and the access tokens."""

import json
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.api import permissions, services
from cadre_app.api.columns import TokenFilter, token_columns
from cadre_app.api.forms import TokenForm
from cadre_app.api.models import Token
from cadre_app.api.openapi import described
from cadre_app.api.policies import CALLS_A_MINUTE
from cadre_app.api.reference import operations_for, problems
from cadre_app.core.forms import ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.core.tables import Empty, Table


@require_GET
def reference(request: UserRequest) -> HttpResponse:
    """数据接口说明 Every address with its parameters and fields, as this account sees them."""
    _known(request)
    context = {
        "operations": operations_for(request.user),
        "problems": problems(),
        "calls_a_minute": CALLS_A_MINUTE.now(),
    }
    return render(request, "api/reference.html", context)


@require_GET
def document(request: UserRequest) -> HttpResponse:
    """The same as OpenAPI 3.1, for programs that read it."""
    _known(request)
    content = json.dumps(described(request.user), ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": 'attachment; filename="qinglan-openapi.json"'}
    return HttpResponse(content, content_type="application/json", headers=headers)


@require_GET
def token_list(request: UserRequest) -> HttpResponse:
    """访问令牌 One's own tokens; everybody's for the security administrator."""
    if not permissions.can_see_tokens(request.user):
        raise Http404
    oversees = permissions.oversees_tokens(request.user)
    rows = Token.objects.visible_to(request.user).with_use(timezone.localdate()).select_related("owner")
    found = TokenFilter(request.GET, queryset=rows)
    text = _("A program that reads the figures or the roster for you needs one.")
    empty = Empty(_("No access tokens yet."), "" if oversees else text)
    table = Table(
        request, found.qs, token_columns(request.user), name="tokens", empty=empty, default_sort="-made_on", tools=False
    )
    context = {
        "table": table,
        "filter": found if oversees else None,
        "may_make": permissions.can_make_tokens(request.user),
    }
    return render(request, page_or_fragment(request, "api/token_list.html"), context)


@sensitive_variables("secret")
@require_http_methods(["GET", "POST"])
def token_new(request: UserRequest) -> HttpResponse:
    """新建令牌 A new token, shown this once."""
    if not permissions.can_see_tokens(request.user):
        raise Http404
    require(permissions.can_make_tokens(request.user))
    form = TokenForm(request.POST or None)
    secret = services.new_secret()
    done = submit(request, form, services.make_token, secret=secret)
    if done is None:
        return render(request, "api/token_new.html", {"form": form})
    context = {"token": done.result, "secret": "" if done.repeated else secret}
    response = render(request, "api/token_shown.html", context)
    add_never_cache_headers(response)
    return response


@require_http_methods(["GET", "POST"])
def token_revoke(request: UserRequest, pk: UUID) -> HttpResponse:
    """吊销 A token opens nothing from now on; of somebody else with a reason. Sent twice, it is done once."""
    token = get_object_or_404(Token.objects.visible_to(request.user).select_related("owner"), pk=pk)
    if token.is_voided:
        messages.info(request, _("The token was revoked before. It opens nothing any more."))
        return redirect("api:token_list")
    is_own = token.owner_id == request.user.pk
    form = (RestoreForm if is_own else ReasonForm)(request.POST or None, instance=token)
    if submit(request, form, services.revoke_token, token):
        messages.success(request, _("The token was revoked. It opens nothing any more."))
        return redirect("api:token_list")
    return render(request, "api/token_revoke.html", {"form": form, "token": token, "is_own": is_own})


def _known(request: UserRequest) -> None:
    """404 for whoever cannot use the interface."""
    if not permissions.can_make_tokens(request.user):
        raise Http404
