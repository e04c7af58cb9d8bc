"""What is recorded while somebody is away, and what is taken back; each page is one form or one question."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from cadre_app.assignments.forms.postings import ExtendForm, MidTermForm, RestoringForm, ReturnForm, WhyForm
from cadre_app.assignments.models import Posting, PostingExtension
from cadre_app.assignments.permissions import postings as permissions
from cadre_app.assignments.posting_page import RELATED, last_day_possible
from cadre_app.assignments.services import posting_course as course
from cadre_app.assignments.services import posting_files
from cadre_app.assignments.services import postings as services
from cadre_app.assignments.services.posting_files import DOCUMENT_FILES, SUPERIOR_FILES
from cadre_app.assignments.views.posting_pages import posting_form, visible_posting
from cadre_app.core.form_pages import Page
from cadre_app.core.http import UserRequest, require
from cadre_app.files.models import StoredFile


@require_http_methods(["GET", "POST"])
def posting_extend(request: UserRequest, pk: UUID) -> HttpResponse:
    """Put the planned end off, on a document."""
    posting = visible_posting(request, pk)
    require(permissions.can_run(request.user, posting))
    form = ExtendForm(request.POST or None, request.FILES or None, instance=posting)
    page = Page(_("Extend the posting"), _("The extension is recorded."), _("Record the extension"))
    return posting_form(request, posting, form, course.extend_posting, page)


@require_http_methods(["GET", "POST"])
def extension_take_back(request: UserRequest, pk: UUID) -> HttpResponse:
    """An extension recorded by mistake."""
    rows = PostingExtension.objects.visible_to(request.user).standing().filter(posting__voided_at=None)
    extension = get_object_or_404(rows.select_related(*[f"posting__{name}" for name in RELATED]), pk=pk)
    posting = extension.posting
    require(permissions.can_run(request.user, posting))
    page = Page(
        _("Take the extension back"), _("The end before stands again."), _("Take back"),
        question=_("Take the extension until %(day)s back?") % {"day": formats.date_format(extension.due_on)},
        consequence=_("The posting is then planned until %(day)s again.")
        % {"day": formats.date_format(extension.was_due_on)},
    )  # fmt: skip
    form = WhyForm(request.POST or None, instance=extension)
    return posting_form(request, posting, form, course.take_extension_back, page, extension)


@require_http_methods(["GET", "POST"])
def posting_mid_term(request: UserRequest, pk: UUID) -> HttpResponse:
    posting = visible_posting(request, pk)
    require(permissions.can_run(request.user, posting))
    initial = {"mid_term_held_on": posting.mid_term_held_on or timezone.localdate()}
    form = MidTermForm(request.POST or None, instance=posting, initial=initial)
    page = Page(_("Mid-term review"), _("The mid-term review is recorded."), _("Record the review"))
    return posting_form(request, posting, form, course.hold_mid_term, page)


@require_http_methods(["GET", "POST"])
def posting_return(request: UserRequest, pk: UUID) -> HttpResponse:
    """办理返回, as planned or early."""
    posting = visible_posting(request, pk)
    require(permissions.can_return(request.user, posting))
    left_on, latest = posting.trainee.departed_on, last_day_possible(posting)
    last = posting.due_on if posting.due_on is not None and posting.due_on < latest else latest
    form = ReturnForm(request.POST or None, instance=posting, initial={"ended_on": last})
    said = _("The return is recorded. The host writes the appraisal next.")
    notices: tuple[str, ...] = ()
    if left_on is not None:
        said = pgettext("posting", "The return is recorded.")
        text = _("The person left on %(day)s: enter the last day there, on that day or before it.")
        notices = (text % {"day": formats.date_format(left_on)},)
    page = Page(_("Record return"), said, _("Record return"), notices=notices)
    return posting_form(request, posting, form, course.return_posting, page)


@require_http_methods(["GET", "POST"])
def posting_take_return_back(request: UserRequest, pk: UUID) -> HttpResponse:
    posting = visible_posting(request, pk)
    require(permissions.can_take_return_back(request.user, posting))
    page = Page(
        pgettext("posting", "Take the return back"), _("The posting runs again."), pgettext("posting", "Take the return back"),
        question=_("Take the return back?"), consequence=_("The posting counts as under way again."),
    )  # fmt: skip
    form = WhyForm(request.POST or None, instance=posting)
    return posting_form(request, posting, form, course.take_return_back, page)


@require_http_methods(["GET", "POST"])
def posting_void(request: UserRequest, pk: UUID) -> HttpResponse:
    posting = visible_posting(request, pk)
    require(permissions.can_void(request.user, posting))
    page = Page(
        _("Void the posting"), _("The posting was voided."), _("Void"),
        question=_("Void this posting?"), danger=True,
        consequence=_("It no longer takes any days and can be restored."),
    )  # fmt: skip
    return posting_form(request, posting, WhyForm(request.POST or None, instance=posting), services.void_posting, page)


@require_http_methods(["GET", "POST"])
def posting_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    posting = visible_posting(request, pk, voided=True)
    require(permissions.can_restore(request.user, posting))
    page = Page(
        _("Restore the posting"), _("The posting stands again."), _("Restore"),
        question=_("Restore this posting?"), consequence=_("It takes its days again, as it did before."),
    )  # fmt: skip
    form = RestoringForm(request.POST or None, instance=posting)
    return posting_form(request, posting, form, services.restore_posting, page)


@require_http_methods(["GET", "POST"])
def posting_file_remove(request: UserRequest, pk: UUID) -> HttpResponse:
    """Take a file off a posting, for example the wrong one."""
    rows = StoredFile.objects.standing().filter(kind__in=(DOCUMENT_FILES, SUPERIOR_FILES))
    file = get_object_or_404(rows.filter(owner_id__in=Posting.objects.visible_to(request.user).values("pk")), pk=pk)
    posting = visible_posting(request, file.owner_id)
    require(permissions.can_change(request.user, posting) or permissions.can_complete(request.user, posting))
    page = Page(
        _("Remove the file"), _("The file was removed."), _("Remove"),
        question=_("Remove “%(name)s”?") % {"name": file.name}, danger=True,
        consequence=_("Nobody opens it any more. The number that was entered stays."),
    )  # fmt: skip
    form = WhyForm(request.POST or None, instance=file)
    return posting_form(request, posting, form, posting_files.remove_file, page, file)
