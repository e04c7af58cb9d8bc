"""列对应: saying which heading of an own sheet is which column; what is kept of that, renamed and removed."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.core.tables import Empty, Table
from cadre_app.imports import intake, permissions, services
from cadre_app.imports.columns import MAPPING_COLUMNS
from cadre_app.imports.forms import COLUMN, MatchForm, NameForm
from cadre_app.imports.models import ColumnMapping
from cadre_app.imports.policies import MOST_ROWS
from cadre_app.imports.services.files import read_file
from cadre_app.imports.views.access import must_import, sheet_of, visible_batch
from cadre_app.imports.wording import shortly

NAMED = 6


@require_http_methods(["GET", "POST"])
def match(request: UserRequest, pk: UUID) -> HttpResponse:
    """Each heading of the file with its first values, and which column it is; afterwards the rows are checked."""
    batch = visible_batch(request, pk)
    require(permissions.can_match(request.user, batch))
    sheet = sheet_of(batch)
    try:
        head = intake.head(read_file(batch.file), batch.file_name, sheet, most_rows=MOST_ROWS.now())
    except OSError:
        head = None
    if head is None:
        messages.error(request, _("The file is no longer there. Please upload it again."))
        return redirect("imports:batch_detail", pk=pk)
    kept = services.mapping_for(request.user, batch.sheet, [head.marks])
    nearest = services.nearest_mapping(request.user, batch.sheet, head.marks) if kept is None else None
    like = kept or nearest
    known = services.known_of(like, head.marks) if like is not None else {}
    marks = services.unlike_in_year(like, head.marks) if like is not None else []
    yearly = [heading for heading in head.headings if heading.mark in marks]
    beside = intake.side_by_side(head, sheet.columns())
    unclear = [*beside, *yearly]
    form = MatchForm(request.POST or None, head=head, sheet=sheet, known=known, unclear=unclear, instance=batch)
    if kept is not None and permissions.can_change_mapping(request.user, kept):
        form.initial["keep_as"] = kept.name
    elif nearest is not None:
        form.initial["keep_as"] = services.free_name(nearest, request.user)
    if submit(request, form, services.match_columns, batch):
        return redirect("imports:batch_detail", pk=pk)
    headings = [
        (heading, [shortly(text) for text in heading.samples], form[f"{COLUMN}{place}"])
        for place, heading in enumerate(form.head.headings)
    ]
    context = {
        "batch": batch,
        "form": form,
        "head": head,
        "headings": headings,
        "keep_as": form["keep_as"],
        "nearest": nearest,
        "known_count": len(known),
        "beside": _named(beside),
        "yearly": _named(yearly),
    }
    return render(request, "imports/match.html", context)


def _named(headings: Sequence[intake.Heading]) -> str:
    return _(", ").join(heading.text for heading in headings[:NAMED])


@require_GET
def mapping_list(request: UserRequest) -> HttpResponse:
    """What the office keeps of its own sheets."""
    must_import(request)
    kept = ColumnMapping.objects.visible_to(request.user).standing().select_related("unit", "kept_by")
    empty = Empty(
        _("No columns are kept."), _("They are kept when you match the columns of a sheet of your own while importing.")
    )
    table = Table(request, kept, MAPPING_COLUMNS, name="mappings", empty=empty, default_sort="name")
    return render(request, page_or_fragment(request, "imports/mapping_list.html"), {"table": table})


@require_http_methods(["GET", "POST"])
def mapping_rename(request: UserRequest, pk: UUID) -> HttpResponse:
    """Another name for what is kept."""
    mapping = _visible(request, pk)
    require(permissions.can_change_mapping(request.user, mapping))
    form = NameForm(request.POST or None, instance=mapping)
    if submit(request, form, services.rename_mapping, mapping):
        messages.success(request, _("The columns were renamed."))
        return redirect("imports:mapping_list")
    return render(request, "imports/mapping_rename.html", {"mapping": mapping, "form": form})


@require_http_methods(["GET", "POST"])
def mapping_remove(request: UserRequest, pk: UUID) -> HttpResponse:
    """Files with these headings are asked about again."""
    mapping = _visible(request, pk)
    require(permissions.can_change_mapping(request.user, mapping))
    form = ChangeForm(request.POST or None, instance=mapping)
    if submit(request, form, services.remove_mapping, mapping):
        messages.success(request, _("The columns are no longer kept."))
        return redirect("imports:mapping_list")
    return render(request, "imports/mapping_remove.html", {"mapping": mapping, "form": form})


def _visible(request: UserRequest, pk: UUID) -> ColumnMapping:
    rows = ColumnMapping.objects.visible_to(request.user).select_related("unit")
    return get_object_or_404(rows, pk=pk)
