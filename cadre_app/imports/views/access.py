"""Finding the import or the table that a page is about."""

from uuid import UUID

from django.forms import BaseForm
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre_app.core.http import UserRequest
from cadre_app.core.importing import ImportSheet
from cadre_app.core.phones import require_desk
from cadre_app.core.registries import import_sheets
from cadre_app.core.submit import require_step
from cadre_app.imports import permissions
from cadre_app.imports.models import Batch


def must_import(request: UserRequest) -> None:
    """404 for everybody but department staff, as with the other lists of the department."""
    if not permissions.can_import(request.user):
        raise Http404


def visible_batch(request: UserRequest, pk: UUID) -> Batch:
    """One of the person's own imports; 404 for any other, 403 with the reason on a phone for what is kept off it."""
    batches = Batch.objects.visible_to(request.user).select_related("job", "result_job", "mapping")
    batch = get_object_or_404(batches, pk=pk)
    if batch.definition is not None:
        _require_desk(request, batch.definition)
    return batch


def require_open(request: UserRequest, batch: Batch, allowed: bool) -> None:
    """For its owner who comes too late: that it was confirmed, withdrawn or undone meanwhile."""
    duty = permissions.can_import_sheet(request.user, batch.sheet)
    require_step(request, allowed, batch, duty=duty, page=reverse("imports:batch_detail", kwargs={"pk": batch.pk}))


def sheet_of(batch: Batch) -> ImportSheet:
    """What the import's table means; 404 if its room is gone."""
    if batch.definition is None:
        raise Http404
    return batch.definition


def named_sheet(request: UserRequest, key: str) -> ImportSheet:
    """The table with this key; 404 for an unknown one and for whoever may not import it, 403 as `visible_batch`."""
    if not permissions.can_import_sheet(request.user, key):
        raise Http404
    _require_desk(request, import_sheets[key])
    return import_sheets[key]


def _require_desk(request: UserRequest, sheet: ImportSheet) -> None:
    if sheet.desk_alone:
        title = _("This table is not imported on a phone")
        require_desk(request, title=title, back=(reverse("imports:batch_list"), _("Back to the imports")))


def joined_errors(form: BaseForm) -> str:
    """What a form without a page of its own was refused for."""
    return " ".join(str(message) for errors in form.errors.values() for message in errors)
