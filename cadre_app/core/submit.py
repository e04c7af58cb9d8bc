"""From a posted form to a service: errors back to their fields, a stale page to 409, a double tap to the first result."""

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from cadre_app.core.forms import LOOK_AGAIN, SUBMISSION, VERSION
from cadre_app.core.http import Refusal, Refused, refuse, require
from cadre_app.core.markings import CLASSIFIED
from cadre_app.core.models import BaseModel, Stale, Submission
from cadre_app.core.registries import marked_texts
from cadre_app.core.signing import checked_text

if TYPE_CHECKING:
    from cadre_app.core.http import UserRequest


@dataclass(frozen=True)
class Submitted:
    """What a service returned; `repeated` when this form had been sent before."""

    result: Any
    repeated: bool = False


class Conflict(Exception):
    """Carries a stale form to the 409 page, which shows both texts."""

    def __init__(self, form: forms.BaseForm, current: BaseModel) -> None:
        super().__init__(str(current.pk))
        self.form = form
        self.current = current


def require_step(
    request: "UserRequest", allowed: bool, record: BaseModel, *, duty: bool, page: str, own_check: bool = False
) -> None:
    """As `require`, for a step that `record` waits for. Whoever has the `duty`, and sends a page that was read before the
    record moved on, is told so by `submit` (409), with what was typed and the way to its `page`; and so
    is whoever is kept from signing by their own check alone (`own_check`).
    """
    if not allowed and duty and _is_outdated(request, record):
        refuse(
            request,
            Refusal(
                _("Somebody has just changed this record"),
                _("It no longer waits for this step: it was changed after you had opened the page."),
                _("Open the record and read it as it is now."),
                ((page, _("Open the record")),),
                status=409,
            ),
        )
        return
    if not allowed and own_check:
        advice = _("Open the record and read it as it is now.")
        refuse(
            request, Refusal(_("Another leader signs it off"), checked_text(), advice, ((page, _("Open the record")),))
        )
        return
    require(allowed)


def _is_outdated(request: "UserRequest", record: BaseModel) -> bool:
    return request.method == "POST" and request.POST.get(VERSION, "") not in ("", str(record.version))


def submit(
    request: "UserRequest", form: forms.BaseForm, service: Callable[..., Any], *objects: Any, **extra: Any
) -> Submitted | None:
    """Call `service(*objects, **cleaned_data, actor=…)` for a valid POST; None when the page must be shown (again), also
    for a question that is looked at again (`LOOK_AGAIN`).

    Raises Conflict when the posted `version` is not the current one, Refused where the view refused (core.http.refuse).
    """
    refusal = getattr(request, "refusal", None)
    if request.method != "POST" or LOOK_AGAIN in request.POST or not form.is_valid():
        if sent := _sent_before(request, form):
            return sent
        _tell_marked(request, form)
        if refusal is not None:
            raise Refused(refusal, form)
        return None
    arguments = dict(form.cleaned_data)
    token = _of_page(request, arguments.pop(SUBMISSION, None))
    if form.fields.get(VERSION) is None:
        arguments.pop(VERSION, None)
    try:
        with transaction.atomic():
            first = _first_result(request, token)
            if first is not None:
                return first
            if refusal is not None:
                raise Refused(refusal, form)
            result = service(*objects, **arguments, **extra, actor=request.user)
            _remember(request, token, result)
    except ValidationError as error:
        add_errors(form, error)
        return None
    except Stale as stale:
        raise Conflict(form, stale.current) from stale
    except IntegrityError as error:
        form.add_error(None, _constraint_message(error))
        return None
    return Submitted(result)


def _tell_marked(request: "UserRequest", form: forms.BaseForm) -> None:
    """Who sent a text or file with a classification marking, and its hash, go on record; the content does not."""
    if not form.is_bound:
        return
    for name, errors in form.errors.as_data().items():
        if any(error.code == CLASSIFIED for error in errors):
            for digest in _digests(form, name, errors):
                for tell in marked_texts.values():
                    tell(request.user, digest)


def _digests(form: forms.BaseForm, name: str, errors: list[ValidationError]) -> list[str]:
    """The sha256 of what was refused: of the text, or of each file as its check tells it (`params`)."""
    if isinstance(form.fields.get(name), forms.FileField):
        return [error.params["sha256"] for error in errors if error.params and "sha256" in error.params]
    text = str(form.data.get(form.add_prefix(name), ""))
    return [hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()]


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Put each message beside its field; keys that the form does not have go to its head."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        known = name != NON_FIELD_ERRORS and name in form.fields
        for single in errors:
            form.add_error(name if known else None, single)


def _of_page(request: "UserRequest", token: uuid.UUID | None) -> uuid.UUID | None:
    """The token as it counts for this address and this content: anything else sent with it is not a double tap."""
    if token is None:
        return None
    sent = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    sent += sorted((name, [_sha256(file) for file in files]) for name, files in request.FILES.lists())
    return uuid.uuid5(token, f"{request.path} {sent!r}")


def _sent_before(request: "UserRequest", form: forms.BaseForm) -> Submitted | None:
    """A form that its own first sending made wrong (a time is taken now) is a double tap all the same."""
    sent = getattr(form, "cleaned_data", {}) if request.method == "POST" else {}
    token = _of_page(request, sent.get(SUBMISSION))
    if token is None:
        return None
    row = Submission.objects.filter(user_id=request.user.pk, token=token).first()
    return Submitted(_result_of(row), repeated=True) if row is not None else None


def _sha256(file: Any) -> str:
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    return digest.hexdigest()


def _first_result(request: "UserRequest", token: uuid.UUID | None) -> Submitted | None:
    if token is None:
        return None
    row, created = Submission.objects.get_or_create(user_id=request.user.pk, token=token)
    return None if created else Submitted(_result_of(row), repeated=True)


def _result_of(row: Submission) -> models.Model | None:
    if not row.result_label:
        return None
    model: type[models.Model] = apps.get_model(row.result_label)
    return model._default_manager.filter(pk=row.result_id).first()


def _remember(request: "UserRequest", token: uuid.UUID | None, result: Any) -> None:
    if token is not None and isinstance(result, BaseModel):
        Submission.objects.filter(user_id=request.user.pk, token=token).update(
            result_label=result._meta.label, result_id=result.pk
        )


def _constraint_message(error: IntegrityError) -> str:
    """The message of the constraint that the database named, in the viewer's language."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return str(constraint.get_violation_error_message())
    return _("This contradicts a record that was saved a moment ago. Please check and send again.")
