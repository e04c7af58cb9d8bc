"""帮带记录 Guidance notes: written on the phone, read by whom they are for, listed for staff."""

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.accounts.services import drafts
from cadre_app.core.backlinks import way_back, with_way_back
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.core.tables import Empty, Table
from cadre_app.files.listing import files_of
from cadre_app.history.models import Entry
from cadre_app.mentorship import note_lists
from cadre_app.mentorship.forms.notes import AnswerForm, CorrectionForm, NoteForm
from cadre_app.mentorship.models import GuidanceNote, Pairing
from cadre_app.mentorship.note_columns import columns_for
from cadre_app.mentorship.note_drafts import local_store
from cadre_app.mentorship.permissions import notes as permissions
from cadre_app.mentorship.policies import NOTE_EDIT_DAYS
from cadre_app.mentorship.services import corrections
from cadre_app.mentorship.services import notes as services

BY_SCRIPT = "X-Qinglan-Send"
NOTE_RELATED = ("pairing__trainee__person", "pairing__trainee__home_unit", "pairing__mentor", "author", "check_in")


@require_GET
def note_list(request: UserRequest) -> HttpResponse:
    """For business roles the table over their units; for mentor and trainee their own notes, one below the other."""
    user = request.user
    if not permissions.can_see_list(user):
        raise Http404
    if not permissions.works_for_units(user):
        own = GuidanceNote.objects.visible_to(user).standing().select_related(*NOTE_RELATED)
        table = note_lists.own_table(request, own)
        return render(request, page_or_fragment(request, "mentorship/note_own.html"), {"table": table})
    found = note_lists.filtered_notes(request.GET, user=user)
    empty = Empty(
        _("No guidance notes yet."), _("A talk, a visit together, a phone call: each can become a note of the mentor.")
    )
    table = Table(
        request, found.qs, columns_for(user), name="notes", empty=empty, default_sort="-happened_on",
        export_kind=note_lists.EXPORT, keyset=True,
    )  # fmt: skip
    return render(request, page_or_fragment(request, "mentorship/note_list.html"), {"table": table, "filter": found})


@require_http_methods(["GET", "POST"])
def note_new(request: UserRequest) -> HttpResponse:
    """写帮带记录 The phone note: of the only mentee, or of the one that was tapped (`?pairing=`).

    The address of the form always names the pairing, so that a draft never comes back under another name.
    """
    mine = list(Pairing.objects.of_mentor(request.user).select_related("trainee__person", "trainee__home_unit"))
    asked = request.GET.get("pairing") or request.POST.get("pairing", "")
    pairing = _chosen(asked, mine)
    if (
        request.method == "POST"
        and pairing is None
        and (asked or not mine)
        and permissions.has_mentor_account(request.user)
    ):
        return render(request, "mentorship/note_lost.html", {"typed": request.POST}, status=404)
    require(permissions.is_mentor(request.user))
    if pairing is None and asked:
        raise Http404
    if pairing is None:
        return render(request, "mentorship/note_choose.html", {"pairings": mine})
    if request.method == "GET" and "pairing" not in request.GET:
        return redirect(f"{request.path}?pairing={pairing.pk}")
    form = NoteForm(request.POST or None, request.FILES or None, initial={"happened_on": timezone.localdate()})
    if done := submit(request, form, services.add_note, pairing, key=_key(request)):
        return _sent(request, done.result)
    if form.has_error(NON_FIELD_ERRORS, "arrived"):
        form.data = {**request.POST.dict(), "submission": str(uuid.uuid4())}
    context = {"form": form, "pairing": pairing, "others": len(mine) > 1, "store": local_store(request.user)}
    return render(request, "mentorship/note_new.html", context)


@require_GET
def note_sent(request: UserRequest, pk: UUID) -> HttpResponse:
    """What was kept, who reads it, what can be done next."""
    note = visible_note(request, pk)
    require(permissions.can_write(request.user, note.pairing))
    if note.is_voided:
        return redirect("mentorship:note_detail", pk=pk)
    context = {
        "note": note,
        "photos": len(files_of(services.PHOTO, [note.pk])[note.pk]),
        "may_change": permissions.can_change(request.user, note),
        "edit_days": NOTE_EDIT_DAYS.now(),
        "store": local_store(request.user),
    }
    return render(request, "mentorship/note_sent.html", context)


@require_GET
def note_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One note with what its reader may do."""
    user, note = request.user, visible_note(request, pk)
    context = {
        "note": note,
        "trainee": note.pairing.trainee,
        "photos": files_of(services.PHOTO, [note.pk])[note.pk],
        "may_change": permissions.can_change(user, note),
        "may_correct": permissions.can_correct(user, note),
        **_both(user, note),
        "may_void": permissions.can_void(user, note),
        "may_restore": permissions.can_restore(user, note),
        "may_answer": permissions.can_answer(user, note),
        "submission": uuid.uuid4(),
        "may_tick": permissions.can_tick_step(user, note),
        "answer_form": AnswerForm(instance=note) if permissions.writes_answer(user, note) else None,
        "entries": Entry.objects.about(note).told() if permissions.can_read_history(user, note) else None,
    }
    return render(request, "mentorship/note_detail.html", context)


@require_http_methods(["GET", "POST"])
def note_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """Correct an own note within its days."""
    note = visible_note(request, pk)
    require(permissions.can_change(request.user, note))
    form = NoteForm(request.POST or None, request.FILES or None, instance=note)
    if submit(request, form, services.change_note, note):
        messages.success(request, _("The note was changed."))
        return redirect("mentorship:note_detail", pk=pk)
    photos = files_of(services.PHOTO, [note.pk])[note.pk]
    return render(request, "mentorship/note_edit.html", {"form": form, "note": note, "photos": photos})


@require_http_methods(["GET", "POST"])
def note_correct(request: UserRequest, pk: UUID) -> HttpResponse:
    """更正 A later entry with the whole note as it should have been; the old one stays beside it."""
    note = visible_note(request, pk)
    require(permissions.can_correct(request.user, note))
    form = CorrectionForm(request.POST or None, request.FILES or None, instance=note)
    if done := submit(request, form, corrections.correct_note, note):
        messages.success(request, _("The note was corrected. The earlier text stays readable beside it."))
        return redirect("mentorship:note_detail", pk=done.result.pk if done.result is not None else pk)
    return render(request, "mentorship/note_correct.html", {"form": form, "note": note})


def _both(user: Any, note: GuidanceNote) -> dict[str, Any]:
    """The note that this one corrects, and the one that corrects it; those that `user` reads."""
    readable = GuidanceNote.objects.visible_to(user).select_related("author")
    return {
        "earlier": readable.filter(pk=note.supersedes_id).first() if note.supersedes_id else None,
        "later": readable.standing().filter(supersedes=note).first() if note.is_superseded else None,
    }


def visible_note(request: UserRequest, pk: UUID) -> GuidanceNote:
    """A note whose text one may read; 404 where it is out of sight."""
    return get_object_or_404(GuidanceNote.objects.visible_to(request.user).select_related(*NOTE_RELATED), pk=pk)


def _chosen(asked: str, mine: list[Pairing]) -> Pairing | None:
    """The pairing that the address (or the form) names, else the only one; None for one that is not theirs."""
    if not asked:
        return mine[0] if len(mine) == 1 else None
    return next((pairing for pairing in mine if str(pairing.pk) == asked), None)


def _key(request: UserRequest) -> UUID | None:
    """The key of the note that this page becomes, whatever is sent from it twice: nobody else's page has it."""
    try:
        return uuid.uuid5(UUID(request.POST.get("submission", "")), str(request.user.pk))
    except ValueError:
        return None


def _sent(request: UserRequest, note: Any) -> HttpResponse:
    """On to the page that says so; to a script only where that is, and the draft is forgotten as after a redirect."""
    url = reverse("mentorship:note_sent", kwargs={"pk": note.pk}) if note is not None else reverse("desk:home")
    if path := way_back(request):
        url = with_way_back(url, path, goes_on=True)
    if BY_SCRIPT not in request.headers:
        return redirect(url)
    token = request.POST.get("submission")
    drafts.discard_drafts(request.user, request.get_full_path(), request.path, submission=token)
    return JsonResponse({"url": url}, status=201)
