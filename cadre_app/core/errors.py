"""The error pages: what happened, whether anything was lost, what to do next."""

import re
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.forms import BaseForm, ChoiceField, Field, ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.choices import flatten_choices
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cadre_app.core.forms import LOOK_AGAIN, VERSION, is_encrypted
from cadre_app.core.http import Refused
from cadre_app.core.registries import changes_since
from cadre_app.core.tables import joined

if TYPE_CHECKING:
    from cadre_app.core.submit import Conflict

STATE = "state"
EMPTY: tuple[Any, ...] = (None, "", [], False)
NOT_ECHOED = ("password", "csrf", "secret", "submission", "version")
# Keys, days, small numbers and the values of choices: not what somebody would copy.
OF_MACHINES = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d{2}-\d{2}|\d{1,6}|[a-z_]{1,24}")
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


@dataclass(frozen=True)
class Decided:
    """A field of a record that is decided on; `before` is what it held when it was read, if it was changed since."""

    label: str
    value: Any
    is_changed: bool = False
    before: str = ""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when the body was larger than the product accepts."""
    if isinstance(exception, TOO_LARGE):
        return too_large(request)
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: visible, but not this person's to do; or not as things stand, with the reason (409 if it changed meanwhile); with
    what was typed.
    """
    if isinstance(exception, Refused):
        typed = _typed_in(exception.form)
        refusal = exception.refusal
        return _page(request, refusal.status, template="errors/refused.html", refusal=refusal, typed=typed)
    return _page(request, 403, texts=_sent_texts(request))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same page and the same bytes whether it does not exist or is out of sight; with what was typed."""
    return _page(request, 404, texts=_sent_texts(request))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when the form's token does not match: the page had been open across a sign-in."""
    return _page(request, 403, template="errors/csrf.html")


def _sent_texts(request: HttpRequest) -> list[str]:
    """What somebody signed in wrote in a form of the product that cannot be taken; never keys, choices or passwords.

    Whether it came from the product's own page was looked at before the view was called; elsewhere nothing is told.
    """
    user = getattr(request, "user", None)
    if request.method != "POST" or request.resolver_match is None or user is None or not user.is_authenticated:
        return []
    try:
        sent = list(request.POST.lists())
    except (*TOO_LARGE, MultiPartParserError):
        return []
    texts = [value for name, values in sent if not any(part in name for part in NOT_ECHOED) for value in values]
    return [text for text in texts if text.strip() and not OF_MACHINES.fullmatch(text)]


def _in_words(field: Field, value: Any) -> Any:
    """The word a choice is shown by, what a field of its own (`in_words`) says; any other value as it is."""
    own = getattr(field, "in_words", None)
    if own is not None:
        return own(value)
    if not isinstance(field, ChoiceField) or isinstance(field, ModelChoiceField):
        return value
    choices: Any = field.choices
    words = dict(flatten_choices(choices))
    if isinstance(value, list):
        return joined(str(words.get(one, one)) for one in value)
    return words.get(value, value)


def _typed_in(form: BaseForm | None) -> list[tuple[Any, Any]]:
    """Label and value of every field of a sent form that holds something."""
    if form is None or not form.is_bound:
        return []
    cleaned = getattr(form, "cleaned_data", {})
    seen = [bound for bound in form if not bound.is_hidden]
    found = [(bound.label, _in_words(bound.field, cleaned.get(bound.name, bound.data))) for bound in seen]
    return [(label, value) for label, value in found if value not in (None, "") and value is not False]


def conflict(request: HttpRequest, error: "Conflict") -> HttpResponse:
    """409: somebody changed the record meanwhile; shows their text beside the one that was typed.

    Where nothing was typed but a decision taken (`_is_question`), what is decided on is shown instead, with what was
    changed, and it is asked anew; the reason that was typed stands in the question again.
    """
    fields = []
    for bound in error.form:
        if bound.is_hidden:
            continue
        field = bound.field
        hidden = is_encrypted(error.current, bound.name)
        theirs = _("(not shown here)") if hidden else _standing(error.form, error.current, bound.name)
        mine = error.form.cleaned_data.get(bound.name, bound.data)
        fields.append(
            {
                "bound": bound,
                "label": field.label or bound.label,
                "theirs": _in_words(field, theirs),
                "mine": _in_words(field, mine),
            }
        )
    is_question = _is_question(error)
    decided = _decided_on(error) if is_question else []
    context: dict[str, Any] = {
        "form": error.form,
        "current": error.current,
        "fields": [one for one in fields if one["mine"] not in EMPTY] if is_question else fields,
        "is_question": is_question,
        "decided": decided,
        "hidden": [bound for bound in error.form.hidden_fields() if bound.name != "version"],
        "path": request.path,
        "asked_at": (asked_at := _asked_at(request)),
        "is_kept": urlsplit(asked_at).path == request.path,
        "look_again": LOOK_AGAIN,
        "submission": uuid.uuid4(),
    }
    return _page(request, 409, **context)


def _standing(form: BaseForm, current: Any, name: str) -> Any:
    """What the record holds for a field; a form whose fields are no columns says it itself (`standing_value`)."""
    own = getattr(form, "standing_value", None)
    return own(current, name) if own is not None else getattr(current, name, "")


def _is_question(error: "Conflict") -> bool:
    """The form decides on the record instead of writing in it: it holds nothing but, at most, the reason."""
    why = getattr(error.form, "why", "")
    for bound in error.form:
        written = error.form.cleaned_data.get(bound.name) not in EMPTY
        emptied = getattr(error.current, bound.name, None) not in EMPTY
        if not bound.is_hidden and bound.name != why and (written or emptied):
            return False
    return True


def _decided_on(error: "Conflict") -> list[Decided]:
    """The state of the record and what somebody has to have read who decides on it, with what was changed meanwhile."""
    current, was = error.current, _held_before(error)
    names = [field.name for field in current._meta.concrete_fields if field.name == STATE]
    names += [name for name in current.decided_fields if name != STATE]
    found = []
    for name in names:
        field = current._meta.get_field(name)
        shown = getattr(current, f"get_{name}_display", None)
        value = shown() if shown is not None else getattr(current, name)
        if value not in EMPTY or name in was:
            label = capfirst(str(getattr(field, "verbose_name", name)))
            found.append(Decided(label, value, is_changed=name in was, before=was.get(name, "")))
    return found


def _held_before(error: "Conflict") -> dict[str, str]:
    """By field that was changed meanwhile, what the page had shown that was sent."""
    read = error.form.cleaned_data.get(VERSION)
    found: dict[str, str] = {}
    if isinstance(read, int):
        for told in changes_since.values():
            found |= told(error.current, read)
    return found


def _asked_at(request: HttpRequest) -> str:
    """The page that was sent from, if it is one of ours: some questions are asked on the page of the record."""
    sent_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(sent_from, {request.get_host()}, require_https=request.is_secure())
    return sent_from if is_ours else request.path


def too_large(request: HttpRequest) -> HttpResponse:
    """413: the body was larger than the product accepts."""
    return _page(request, 413)


def not_a_page(request: HttpRequest) -> HttpResponse:
    """405: the address of a button that somebody opened, mostly by going back after a sign-in."""
    return _page(request, 405)


def too_many(request: HttpRequest, **context: Any) -> HttpResponse:
    """429: too many attempts in a short time."""
    return _page(request, 429, **context)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 with the number to tell the administrator; rendered without context processors, which may be what broke."""
    number = getattr(request, "request_id", "")
    return HttpResponse(render_to_string("errors/500.html", {"number": number}), status=500)


def _page(request: HttpRequest, status: int, *, template: str = "", **context: Any) -> HttpResponse:
    response = render(request, template or f"errors/{status}.html", context, status=status)
    add_never_cache_headers(response)
    return response
