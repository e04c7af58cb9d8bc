"""Messages given up after eight tries: the list, and trying again, one or all."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.core.tables import Empty, Table
from cadre_app.reminders import letters, permissions
from cadre_app.reminders.models import Message
from cadre_app.reminders.services import dead_letters as services


@require_GET
def dead_letter_list(request: UserRequest) -> HttpResponse:
    """未送达消息 Messages given up, oldest first, without recipient and content."""
    require(permissions.can_see_dead_letters(request.user))
    empty = Empty(_("No message is given up."), _("A message stands here after eight tries without success."))
    parked = Message.objects.parked()
    columns = letters.columns(request.user)
    table = Table(
        request, parked, columns, name="letters", empty=empty, default_sort="created_at", keyset=True, tools=False
    )
    context = {"table": table, "counts": letters.counts(), "may_retry": permissions.can_retry_messages(request.user)}
    return render(request, page_or_fragment(request, "reminders/dead_letter_list.html"), context)


@require_http_methods(["GET", "POST"])
def message_retry(request: UserRequest, pk: UUID) -> HttpResponse:
    """Try one message again, after asking."""
    require(permissions.can_retry_messages(request.user))
    message = get_object_or_404(Message, pk=pk)
    form = ChangeForm(request.POST or None)
    if submit(request, form, services.retry_message, pk):
        messages.success(request, _("The message will be tried again with the next sweep."))
        return redirect("reminders:dead_letter_list")
    is_parked = message.state == Message.State.PARKED
    context = {
        "form": form,
        "message": message,
        "error_text": letters.error_of(message),
        "not_parked": "" if is_parked or form.errors else services.NOT_PARKED[message.state],
    }
    return render(request, "reminders/message_retry.html", context)


@require_http_methods(["GET", "POST"])
def retry_all(request: UserRequest) -> HttpResponse:
    """Try everything again that was given up, after asking."""
    require(permissions.can_retry_messages(request.user))
    form = ChangeForm(request.POST or None)
    if done := submit(request, form, services.retry_all):
        if done.result:
            text = ngettext(
                "%(count)d message will be tried again with the next sweep.",
                "%(count)d messages will be tried again with the next sweep.",
                done.result,
            )
            messages.success(request, text % {"count": done.result})
        return redirect("reminders:dead_letter_list")
    return render(request, "reminders/retry_all.html", {"form": form, "count": Message.objects.parked().count()})
