"""公文模板 The Word templates of all papers: ours, or the office's own in their stead."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.documents import DocumentKind, document_kinds
from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.documents import permissions
from cadre_app.documents.forms import TemplateForm
from cadre_app.documents.models import DocumentTemplate
from cadre_app.documents.services import templates
from cadre_app.files.checks.office import WORD_TYPE
from cadre_app.history.models import Entry
from cadre_app.history.services import record_reading


@require_GET
def template_list(request: UserRequest) -> HttpResponse:
    """Every kind of paper with the template in use."""
    _must_read(request)
    own = {row.kind: row for row in DocumentTemplate.objects.standing()}
    rows = [{"kind": kind, "label": found.label, "own": own.get(kind)} for kind, found in document_kinds.items()]
    return render(request, "documents/template_list.html", {"rows": rows, "can_manage": _may_manage(request)})


@require_GET
def template_detail(request: UserRequest, kind: str) -> HttpResponse:
    """One template: which is in use, what it can print, and what was changed."""
    definition = _definition(request, kind)
    own = templates.own_template(kind)
    context = {
        "kind": kind,
        "definition": definition,
        "own": own,
        "file": templates.file_of(own) if own is not None else None,
        "fields": _fields(definition),
        "entries": _entries(kind),
        "can_manage": _may_manage(request),
    }
    return render(request, "documents/template_detail.html", context)


@require_GET
def template_file(request: UserRequest, kind: str) -> HttpResponse:
    """The template in use, to be changed in Word; on record."""
    definition = _definition(request, kind)
    content = templates.template_content(kind)
    record_reading("documents.template.downloaded", actor=request.user, obj=templates.own_template(kind))
    response = HttpResponse(content, content_type=WORD_TYPE)
    name = _("%(label)s (template).docx") % {"label": definition.label}
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
def template_replace(request: UserRequest, kind: str) -> HttpResponse:
    """Upload a template; it is tried with sample values before it is used."""
    definition = _definition(request, kind)
    require(permissions.can_manage_templates(request.user))
    form = TemplateForm(request.POST or None, request.FILES or None)
    if submit(request, form, templates.replace_template, kind):
        messages.success(request, _("The template is in use from now on."))
        return redirect("documents:template_detail", kind=kind)
    return render(request, "documents/template_replace.html", {"form": form, "kind": kind, "definition": definition})


@require_http_methods(["GET", "POST"])
def template_default(request: UserRequest, kind: str) -> HttpResponse:
    """Go back to our template."""
    definition = _definition(request, kind)
    require(permissions.can_manage_templates(request.user))
    own = templates.own_template(kind)
    if own is None:
        raise Http404
    form = ReasonForm(request.POST or None, instance=own, initial={"reason": ""})
    if submit(request, form, templates.return_to_default, own):
        messages.success(request, _("The standard template is in use again."))
        return redirect("documents:template_detail", kind=kind)
    return render(request, "documents/template_default.html", {"form": form, "kind": kind, "definition": definition})


def _must_read(request: UserRequest) -> None:
    """404 for those whose menu has no settings: the address says nothing to them."""
    if not permissions.can_read_templates(request.user):
        raise Http404


def _may_manage(request: UserRequest) -> bool:
    return permissions.can_manage_templates(request.user)


def _definition(request: UserRequest, kind: str) -> DocumentKind:
    _must_read(request)
    found = document_kinds.get(kind)
    if found is None:
        raise Http404
    return found


def _fields(definition: DocumentKind) -> list[tuple[str, str]]:
    """Each placeholder as it is written, with a sample of what it prints; of lists what a loop over them prints."""
    values = templates.sample_values(definition, templates.SAMPLE_NUMBERS[0])
    return [line for name, value in values.items() for line in _written(name, value)]


def _written(name: str, value: Any) -> list[tuple[str, str]]:
    if isinstance(value, str):
        return [(f"{{{{ {name} }}}}", value)]
    each = _fullest(value)
    return [(_looped(name, each, "part"), _first_text(each))]


def _fullest(values: list[Any]) -> Any:
    """Of the lines of a sample one that leaves the fewest of its own lists empty."""
    return max(values, key=lambda each: sum(map(bool, each.values())) if isinstance(each, dict) else 0)


def _looped(name: str, each: Any, one: str) -> str:
    """A loop as it is written, with what stands in it."""
    if isinstance(each, str):
        inner = [f"{{{{ {one} }}}}"]
    else:
        inner = [
            f"{{{{ {one}.{key} }}}}" if isinstance(found, str) else _looped(f"{one}.{key}", found[0], "line")
            for key, found in each.items()
        ]
    return " ".join((f"{{%p for {one} in {name} %}}", *inner, "{%p endfor %}"))


def _first_text(each: Any) -> str:
    return each if isinstance(each, str) else str(next(iter(each.values())))


def _entries(kind: str) -> list[Entry]:
    """Replacements and returns of this kind, newest first."""
    keys = DocumentTemplate.objects.filter(kind=kind).values("pk")
    label = DocumentTemplate._meta.label_lower
    found = Entry.objects.filter(object_label=label, object_id__in=keys, kind=Entry.Kind.CHANGE)
    entries = found.select_related("actor").told()
    for entry in entries:
        entry.changes = []  # what happened and why says everything
    return entries
