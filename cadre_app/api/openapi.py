"""The interface described: OpenAPI 3.1 for programs, and the same as rows for the page that shows it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.api.problems import PROBLEMS
from cadre_app.core.api import Field, Parameter, Resource, api_resources

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

VERSION = "1.0"
SCHEME = "token"
PROBLEM = {"$ref": "#/components/schemas/Problem"}


def described(user: "User") -> dict[str, Any]:
    """The document for `user`, in the language of the moment: fields are those that `user` sees."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("Qinglan read interface"),
            "version": VERSION,
            "description": _(
                "Read only, with the rights of the account that made the token, at the moment of the call."
            ),
        },
        "servers": [{"url": f"{settings.PUBLIC_URL}{reverse('api:description').rpartition('/')[0]}"}],
        "security": [{SCHEME: []}],
        "paths": {
            f"/{resource.path}": {"get": _operation(key, resource, user)} for key, resource in api_resources.items()
        },
        "components": {
            "securitySchemes": {SCHEME: {"type": "http", "scheme": "bearer"}},
            "schemas": {"Problem": _problem_schema()},
        },
    }


def _operation(key: str, resource: Resource, user: "User") -> dict[str, Any]:
    parameters = [_parameter(each, user) for each in resource.parameters_for(user)]
    if "{id}" in resource.path:
        schema = {"type": "string", "format": "uuid"}
        parameters.insert(0, {"name": "id", "in": "path", "required": True, "schema": schema})
    return {
        "operationId": key,
        "summary": str(resource.label),
        "description": str(resource.text),
        "parameters": parameters,
        "responses": {
            "200": {
                "description": str(resource.label),
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": {"application/json": {"schema": _answer_schema(resource, user)}},
            },
            "304": {"description": _("The same as the ETag that was sent in “If-None-Match”")},
            **{str(problem.status): _problem_answer(problem.status) for problem in PROBLEMS.values()},
        },
    }


def _problem_answer(status: int) -> dict[str, Any]:
    titles = [str(problem.title) for problem in PROBLEMS.values() if problem.status == status]
    return {"description": _("; ").join(titles), "content": {"application/problem+json": {"schema": PROBLEM}}}


def _parameter(parameter: Parameter, user: "User") -> dict[str, Any]:
    schema: dict[str, Any] = {"type": parameter.type}
    if parameter.format:
        schema["format"] = parameter.format
    description = str(parameter.label)
    choices = chosen(parameter, user)
    if choices:
        schema["enum"] = [value for value, _label in choices]
        said = (" ".join(dict.fromkeys(filter(None, pair))) for pair in choices)
        description += pgettext("label and value", ": ") + _("; ").join(said)
    told: dict[str, Any] = {"name": parameter.name, "in": "query", "description": description, "schema": schema}
    if parameter.several:
        told |= {"schema": {"type": "array", "items": schema}, "style": "form", "explode": False}
    return told


def chosen(parameter: Parameter, user: "User") -> list[tuple[str, str]]:
    """The values that a parameter takes with their words; none where it takes any."""
    found = parameter.choices(user) if parameter.choices is not None else ()
    return [(str(value), str(label)) for value, label in found]


def _answer_schema(resource: Resource, user: "User") -> dict[str, Any]:
    item = _object(resource.fields(user))
    if not resource.many:
        return {"type": "object", "properties": {"data": item}, "required": ["data"]}
    following = {"type": ["string", "null"], "description": _("The address of what follows; null at the end")}
    return {
        "type": "object",
        "properties": {"data": {"type": "array", "items": item}, "next": following},
        "required": ["data", "next"],
    }


def _object(fields: Iterable[Field]) -> dict[str, Any]:
    known = list(fields)
    return {
        "type": "object",
        "properties": {each.name: field_schema(each) for each in known},
        "required": [each.name for each in known if each.always],
    }


def field_schema(field: Field) -> dict[str, Any]:
    """JSON Schema of one field."""
    schema: dict[str, Any] = {
        "type": list(field.type) if isinstance(field.type, tuple) else field.type,
        "description": str(field.label),
    }
    if field.format:
        schema["format"] = field.format
    if field.items:
        schema["items"] = _object(field.items)
    elif field.item_type:
        schema["items"] = {"type": field.item_type}
    return schema


def _problem_schema() -> dict[str, Any]:
    text = {"type": "string"}
    errors = {"type": "object", "additionalProperties": {"type": "array", "items": text}}
    words = {
        "type": "object",
        "properties": {"title": text, "detail": text, "errors": errors},
        "required": ["title", "detail"],
    }
    return {
        "type": "object",
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": text,
            "status": {"type": "integer"},
            "detail": text,
            "languages": {"type": "object", "additionalProperties": words},
            "errors": errors,
        },
        "required": ["type", "title", "status", "detail", "languages"],
    }
