"""消息 The inbox and its bell."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from cadre_app.core.http import UserRequest, page_or_fragment
from cadre_app.reminders import inbox
from cadre_app.reminders.models import Notice
from cadre_app.reminders.services import reading
from cadre_app.reminders.wording import kept_words


@require_GET
def inbox_list(request: UserRequest) -> HttpResponse:
    """What one was told, the latest first."""
    found = inbox.filtered_inbox(request.GET, user=request.user)
    table = inbox.InboxTable(request, found.qs, request.user)
    return render(request, page_or_fragment(request, "reminders/inbox.html"), {"table": table, "filter": found})


@require_GET
def bell(request: UserRequest) -> HttpResponse:
    """The number beside the bell, for a page that is open: asked each minute, which is no activity."""
    return render(request, "reminders/_bell.html", {"unread": reading.unread_count(request.user)})


@require_POST
def inbox_open(request: UserRequest, pk: UUID) -> HttpResponse:
    """Mark one notice as read and go where the thing is done; to the list where it is settled or out of sight."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user).select_related("occurrence"), pk=pk)
    reading.mark_read(keys=[notice.pk], actor=request.user)
    item = notice.occurrence
    words = kept_words([item], request.user).get(item.pk) if item is not None else None
    return redirect(words.url if words is not None else "reminders:due_list")


@require_POST
def inbox_read(request: UserRequest) -> HttpResponse:
    """Mark the own inbox as read."""
    count = reading.mark_all_read(actor=request.user)
    text = ngettext("%(count)d message marked as read.", "%(count)d messages marked as read.", count)
    messages.success(request, text % {"count": count})
    return redirect("reminders:inbox")
