"""到期事项 What is due, and putting off being reminded."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadre_app.core.forms import RestoreForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.core.tables import Empty
from cadre_app.people.roster.picks import picked_keys
from cadre_app.reminders import dues, permissions
from cadre_app.reminders.forms.postponing import PostponeForm
from cadre_app.reminders.models import Occurrence
from cadre_app.reminders.services import postponing
from cadre_app.reminders.wording import live_words

SHOWN = 10


@require_GET
def due_list(request: UserRequest) -> HttpResponse:
    """What the signed-in person has to do, or everything in scope; soonest first."""
    found = dues.filtered_dues(request.GET, user=request.user)
    empty = Empty(_("Nothing is due."), _("What comes up stands here, soonest first, each line with its reason."))
    table = dues.DueTable(
        request, found.qs, request.user, empty=empty, export_kind=dues.EXPORT, keyset=True,
        tools=permissions.works_for_units(request.user),
    )  # fmt: skip
    bulk = "reminders/_due_bulk.html" if permissions.can_postpone(request.user) else ""
    context = {"table": table, "filter": found, "bulk": bulk}
    return render(request, page_or_fragment(request, "reminders/due_list.html"), context)


@require_POST
def due_postpone(request: UserRequest) -> HttpResponse:
    """Say how many items are put off until when and why; put them off once that is confirmed."""
    require(permissions.can_postpone(request.user))
    keys = picked_keys(request.POST)
    is_confirmed = "confirmed" in request.POST
    form = PostponeForm(request.POST if is_confirmed else None, keys=keys)
    if is_confirmed and keys and (done := submit(request, form, postponing.postpone_items)):
        count = len(done.result or ())
        text = ngettext("%(count)d item was postponed.", "%(count)d items were postponed.", count)
        messages.success(request, text % {"count": count} if count else _("The items were postponed."))
        return redirect("reminders:due_list")
    items = list(Occurrence.objects.postponable(request.user).filter(pk__in=keys).select_related(*dues.RELATED))
    words = live_words(items, request.user)
    shown = [words[item.pk] for item in items if item.pk in words]
    context = {"form": form, "items": shown[:SHOWN], "count": len(shown), "more": len(shown) - SHOWN, "keys": keys}
    return render(request, "reminders/due_postpone.html", context)


@require_http_methods(["GET", "POST"])
def due_bring_back(request: UserRequest, pk: UUID) -> HttpResponse:
    """Undo a postponement."""
    item = get_object_or_404(Occurrence.objects.visible_to(request.user).open(), pk=pk)
    require(permissions.can_bring_back(request.user, item))
    form = RestoreForm(request.POST or None, instance=item)
    if submit(request, form, postponing.bring_back, item):
        messages.success(request, _("The item stands on its own day again."))
        return redirect("reminders:due_list")
    words = live_words([item], request.user).get(item.pk)
    return render(request, "reminders/due_bring_back.html", {"form": form, "item": item, "words": words})
