"""What postings announce to the registries."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.assignments.growth import postings as growth
from cadre_app.assignments.importing import postings as importing
from cadre_app.assignments.permissions import postings as permissions
from cadre_app.assignments.rules import postings as rules
from cadre_app.assignments.services.posting_checks import refuse_posted_since
from cadre_app.assignments.services.posting_files import DOCUMENT_FILES, MOST_FILES, SUPERIOR_FILES
from cadre_app.core.registries import FileKind, file_kinds, import_sheets, verbs
from cadre_app.core.village_terms import term_end_holds

FAMILIES = ("pdf", "picture", "document")
VERBS = {
    "assignments.posting.proposed": _("Posting proposed"),
    "assignments.posting.entered_from_paper": _("Past posting entered from paper"),
    "assignments.postingappraisal.entered_from_paper": _("Appraisal of a past posting entered from paper"),
    "assignments.posting.changed": _("Posting changed, to be checked anew"),
    "assignments.posting.completed": _("Posting completed"),
    "assignments.posting.extended": _("Posting extended"),
    "assignments.posting.extension_taken_back": _("Extension taken back"),
    "assignments.postingextension.voided": _("Extension of a posting voided"),
    "assignments.posting.mid_term_held": _("Mid-term review recorded"),
    "assignments.posting.returned": _("Return recorded"),
    "assignments.posting.return_taken_back": _("Return taken back"),
    "assignments.posting.closed": _("Posting closed"),
    "assignments.posting.reopened": _("Posting waits for its appraisal again"),
    "assignments.posting.voided": _("Posting voided"),
    "assignments.posting.restored": _("Posting restored"),
    "assignments.postingextension.recorded": _("Extension of a posting recorded"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    kinds = (
        (DOCUMENT_FILES, _("Document of a posting"), permissions.may_read_document),
        (SUPERIOR_FILES, _("Document of the superior department"), permissions.may_read_superior),
    )
    for key, label, may_read in kinds:
        page = lambda owner: reverse("assignments:posting_detail", kwargs={"pk": owner})  # noqa: E731
        file_kinds.register(key, FileKind(label, FAMILIES, may_read, max_count=MOST_FILES, page_of=page))
    term_end_holds.register("assignments.postings", refuse_posted_since)
    growth.announce()
    rules.announce()
    import_sheets.register(importing.SHEET.key, importing.SHEET)
