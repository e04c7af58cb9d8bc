"""Answers of the interface: who calls, what they ask, on record first, then JSON.

Nothing but the token says who calls: the session of a browser that happens to send its cookies is not looked at.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone, translation
from django.utils.http import parse_etags
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables

from cadre_app.accounts.models import User
from cadre_app.api import permissions, services
from cadre_app.api.models import Token
from cadre_app.api.openapi import described
from cadre_app.api.policies import CALLS_A_MINUTE
from cadre_app.api.problems import answer_problem
from cadre_app.core.api import AFTER, Answer, BadParameters, Call, Errors, Resource
from cadre_app.history import services as history

SCHEME = "bearer"
WEAK = "W/"
View = Callable[..., HttpResponse]


class NotAnswered(Exception):
    """The refusal that stands for the answer."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__(response.status_code)
        self.response = response


def endpoint(resource: Resource) -> View:
    """The view of one resource."""

    def answer(request: HttpRequest, token: Token, id: UUID | None = None) -> HttpResponse:  # noqa: A002 - its name in addresses
        def ask() -> Answer:
            return resource.answer(Call(token.owner, _known(request.GET, resource, token.owner), id))

        try:
            found = ask()
        except BadParameters as error:
            return _failed(token, "bad_parameters", errors=error.errors, translated=_in_each_language(ask))
        through = {"token": str(token.pk)} if found.about is not None else {}
        history.record_reading(resource.verb, actor=token.owner, obj=found.about or token, after=through)
        following = request.GET.copy()
        following[AFTER] = found.after
        return _json(
            request,
            {"data": found.data, "next": f"{request.path}?{following.urlencode()}" if found.after else None}
            if resource.many
            else {"data": found.data},
        )

    return _for_tokens(answer)


def _description(request: HttpRequest, token: Token) -> HttpResponse:
    history.record_reading("api.description.read", actor=token.owner, obj=token)
    return _json(request, described(token.owner))


def _nothing(request: HttpRequest, token: Token, rest: str | None = None) -> HttpResponse:
    raise Http404


def _for_tokens(answer: View) -> View:
    """GET for whoever sends a token that holds; every refusal is a problem in JSON."""

    @csrf_exempt
    @login_not_required
    @sensitive_variables("secret")
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        with translation.override(_language(request, None)):
            if request.method != "GET":
                return answer_problem("not_allowed", headers={"Allow": "GET"})
            token = services.token_of(secret) if (secret := _secret(request)) else None
        with translation.override(_language(request, token.owner if token is not None else None)):
            try:
                return answer(request, _let_in(token, is_sent=bool(secret)), **kwargs)
            except NotAnswered as refusal:
                return refusal.response
            except Http404:
                return _failed(token, "not_found")

    return view


def _let_in(token: Token | None, *, is_sent: bool) -> Token:
    """The token, if it opens the interface at this moment; raises NotAnswered. What is refused counts as a call too."""
    if token is None:
        raise NotAnswered(answer_problem("unknown_token" if is_sent else "no_token"))
    owner = token.owner
    calls, seconds_left = services.count_call(token, timezone.now())
    if calls > CALLS_A_MINUTE.now():
        raise NotAnswered(answer_problem("too_many", headers={"Retry-After": str(seconds_left)}))
    if token.is_voided or not owner.is_active or owner.is_voided or owner.must_change_password:
        raise NotAnswered(_refused(token, "unknown_token"))
    if token.state != "valid":
        raise NotAnswered(_refused(token, "expired_token"))
    if not permissions.can_read(owner):
        raise NotAnswered(_refused(token, "no_role"))
    return token


def _refused(token: Token, key: str) -> HttpResponse:
    history.record_reading("api.token.refused", actor=token.owner, obj=token, reason=key)
    return answer_problem(key)


def _failed(token: Token | None, key: str, **extra: Any) -> HttpResponse:
    if token is not None:
        history.record_reading("api.call.failed", actor=token.owner, obj=token, reason=key)
    return answer_problem(key, **extra)


@sensitive_variables()
def _secret(request: HttpRequest) -> str:
    """What stands behind “Bearer” in the header; nothing else of a call is taken for a token."""
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == SCHEME else ""


def _in_each_language(ask: Callable[[], Answer]) -> dict[str, Errors]:
    """What is wrong with the parameters, asked once in each language of the house."""
    found: dict[str, Errors] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            try:
                ask()
            except BadParameters as error:
                found[code] = error.errors
    return found


def _known(query: QueryDict, resource: Resource, user: User) -> QueryDict:
    """The parameters; raises BadParameters for one that does not exist for `user` or that is given twice."""
    names = {parameter.name for parameter in resource.parameters_for(user)}
    errors = {}
    for name, values in query.lists():
        if name not in names:
            errors[name] = [translation.gettext("This parameter is not known here.")]
        elif len(values) > 1:
            errors[name] = [translation.gettext("This parameter is given more than once.")]
        elif "\x00" in values[0]:
            errors[name] = [translation.gettext("This value cannot be read.")]
    if errors:
        raise BadParameters(errors)
    return query


def _language(request: HttpRequest, owner: User | None) -> str:
    """What the call asks for, else the account's, else the house's."""
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return (owner.language if owner is not None else "") or settings.LANGUAGE_CODE


def _json(request: HttpRequest, body: Any) -> HttpResponse:
    """The answer, or that it is the one the caller has already; kept by nobody on the way."""
    content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    sent = parse_etags(request.headers.get("If-None-Match", ""))
    is_same = etag in {each.removeprefix(WEAK) for each in sent}  # proxies make weak ones of what they pack
    response = HttpResponse(b"" if is_same else content, status=304 if is_same else 200)
    if is_same:
        del response["Content-Type"]
    else:
        response["Content-Type"] = "application/json"
        response["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-store"
    return response


description = _for_tokens(_description)
nothing = _for_tokens(_nothing)
