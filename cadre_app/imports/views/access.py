"""Finding the import or the table that a page is about."""

from uuid import UUID

from django.forms import BaseForm
from django.http import Http404
from django.shortcuts import get_object_or_404

from cadre_app.core.http import UserRequest
from cadre_app.core.importing import ImportSheet
from cadre_app.core.registries import import_sheets
from cadre_app.imports import permissions
from cadre_app.imports.models import Batch


def must_import(request: UserRequest) -> None:
    """404 for everybody but department staff, as with the other lists of the department."""
    if not permissions.can_import(request.user):
        raise Http404


def visible_batch(request: UserRequest, pk: UUID) -> Batch:
    """One of the person's own imports; 404 for any other."""
    batches = Batch.objects.visible_to(request.user).select_related("job", "result_job", "mapping")
    return get_object_or_404(batches, pk=pk)


def sheet_of(batch: Batch) -> ImportSheet:
    """What the import's table means; 404 if its room is gone."""
    if batch.definition is None:
        raise Http404
    return batch.definition


def named_sheet(request: UserRequest, key: str) -> ImportSheet:
    """The table with this key; 404 for an unknown one and for whoever may not import it."""
    if not permissions.can_import_sheet(request.user, key):
        raise Http404
    return import_sheets[key]


def joined_errors(form: BaseForm) -> str:
    """What a form without a page of its own was refused for."""
    return " ".join(str(message) for errors in form.errors.values() for message in errors)
