"""Refusals of the interface as application/problem+json (RFC 9457), each in both languages of the house."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cadre_app.core.api import Errors

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

REALM = "Qinglan"


@dataclass(frozen=True)
class Problem:
    """One way in which a call is refused."""

    status: int
    title: "_StrPromise | str"
    detail: "_StrPromise | str"


PROBLEMS = {
    "no_token": Problem(
        401,
        _("An access token is missing"),
        _("Send the token in the header “Authorization: Bearer …”. Cookies and parameters are not looked at."),
    ),
    "unknown_token": Problem(
        401,
        _("This access token opens nothing"),
        _("It is unknown or revoked, or its account is disabled or has to set a new password first."),
    ),
    "expired_token": Problem(401, _("This access token has expired"), _("Make another one on the page “My account”.")),
    "no_role": Problem(
        403,
        _("This account may not use the interface"),
        _("It is for department staff and leaders; the roles of the account have changed."),
    ),
    "not_found": Problem(
        404, _("Nothing is found at this address"), _("It does not exist, or it is not among what this account sees.")
    ),
    "not_allowed": Problem(405, _("This method is not allowed"), _("The interface is read only: use GET.")),
    "bad_parameters": Problem(
        400, _("These parameters cannot be answered"), _("“errors” says what is wrong with each of them.")
    ),
    "too_many": Problem(
        429, _("Too many calls"), _("Wait until the minute is over; the header “Retry-After” says how many seconds.")
    ),
}


def answer_problem(
    key: str,
    *,
    errors: Errors | None = None,
    translated: Mapping[str, Errors] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The refusal in the language of the call, and in `languages` in each of them; `errors` are those of parameters,
    `translated` the same by language.
    """
    problem = PROBLEMS[key]
    body: dict[str, Any] = {
        "type": f"{reverse('api:reference')}#{key}",
        "title": str(problem.title),
        "status": problem.status,
        "detail": str(problem.detail),
        "languages": {
            code: _in_words(problem, code) | ({"errors": told} if (told := (translated or {}).get(code)) else {})
            for code, _name in settings.LANGUAGES
        },
    }
    if errors:
        body["errors"] = errors
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False), status=problem.status, content_type="application/problem+json"
    )
    for name, value in (headers or {}).items():
        response[name] = value
    if problem.status == 401:  # noqa: PLR2004 - the one that asks for a token
        response["WWW-Authenticate"] = f'Bearer realm="{REALM}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _in_words(problem: Problem, code: str) -> dict[str, Any]:
    with translation.override(code):
        return {"title": str(problem.title), "detail": str(problem.detail)}
