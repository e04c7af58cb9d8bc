"""Word templates of the office's own in the stead of ours: tried before they are kept."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.core.documents import DocumentKind, document_kinds
from cadre_app.documents.models import DocumentTemplate
from cadre_app.documents.word import fill
from cadre_app.files import services as files
from cadre_app.files.models import StoredFile
from cadre_app.files.uploads import CheckedUpload
from cadre_app.history import services as history

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

TEMPLATE = "documents.template"
SAMPLE_NUMBERS = ("望样〔2026〕3号", "")


def own_template(kind: str) -> DocumentTemplate | None:
    """The office's own template that is in use; one query."""
    return DocumentTemplate.objects.standing().filter(kind=kind).first()


def file_of(template: DocumentTemplate) -> StoredFile | None:
    """The upload of a template that is in use."""
    return StoredFile.objects.of(TEMPLATE, [template.pk]).first()


def template_content(kind: str) -> bytes:
    """The template in use: the office's own, or ours."""
    own = own_template(kind)
    file = file_of(own) if own is not None else None
    return files.read_content(file) if file is not None else document_kinds[kind].word.read_bytes()


def sample_values(definition: DocumentKind, number: str) -> Mapping[str, Any]:
    return {**definition.sample, "number": number, "dated": "2026年11月23日"}


def try_template(kind: str, content: bytes) -> None:
    """Fill it with sample values, with a number and without. Raises ValidationError that names the placeholder."""
    for number in SAMPLE_NUMBERS:
        fill(content, sample_values(document_kinds[kind], number))


@transaction.atomic
def replace_template(kind: str, *, template: CheckedUpload, reason: str, actor: "User") -> DocumentTemplate:
    """Use an upload from now on; the one before it is taken out of use. Raises ValidationError by its field."""
    try:
        try_template(kind, template.content)
    except ValidationError as error:
        raise ValidationError({"template": error}) from error
    before = DocumentTemplate.objects.standing().filter(kind=kind).select_for_update().first()
    if before is not None:
        _take_out(before, reason, actor)
    row = DocumentTemplate(kind=kind, note=reason)
    with history.change(row, actor=actor, verb="documents.template.replaced", reason=reason):
        row.full_clean()
        row.save(force_insert=True)
    files.store_file(kind=TEMPLATE, owner=row, upload=template, actor=actor)
    return row


@transaction.atomic
def return_to_default(
    template: DocumentTemplate, *, reason: str, version: int | None = None, actor: "User"
) -> DocumentTemplate:
    """Our template again. Raises Stale; ValidationError when it was taken out of use already."""
    template = DocumentTemplate.objects.lock(template.pk, version)
    if template.is_voided:
        raise ValidationError(_("This template is no longer in use."), code="voided")
    _take_out(template, reason, actor)
    return template


def _take_out(template: DocumentTemplate, reason: str, actor: "User") -> None:
    history.void(template, actor=actor, reason=reason)
    for file in StoredFile.objects.of(TEMPLATE, [template.pk]):
        files.remove_file(file, reason=reason, actor=actor)
