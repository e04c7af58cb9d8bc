"""提醒方式: one's own channels outside the system, a test message over each, and the address of one's calendar."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest
from cadre_app.core.submit import submit
from cadre_app.reminders.addresses import masked
from cadre_app.reminders.channels import ChannelError, Failure, leaves, public_url
from cadre_app.reminders.forms.preferences import FORMS
from cadre_app.reminders.models import OUTSIDE, Channel, Feed, Mode, Preference
from cadre_app.reminders.policies import MONTHLY_CAP, OUTSIDE_WORKDAYS_ONLY, QUIET_FROM, QUIET_UNTIL
from cadre_app.reminders.services import feeds
from cadre_app.reminders.services import preferences as services
from cadre_app.reminders.views.feed import due_path


@dataclass(frozen=True)
class ChannelLine:
    """One channel as its owner has it; `address` is masked, `by_record` if it is that of the person's record."""

    channel: Channel
    mode: Mode
    address: str
    by_record: bool

    @property
    def state(self) -> str:
        """A mark of templatetags.ql.STATES."""
        return "idle" if self.mode == Mode.OFF else "ok" if self.address else "miss"


@require_GET
def preferences(request: UserRequest) -> HttpResponse:
    """提醒方式 How I am reminded."""
    rows = {row.channel: row for row in Preference.objects.visible_to(request.user)}
    email = services.record_email(request.user)
    context = {
        "lines": [_line(channel, rows.get(channel), email) for channel in OUTSIDE],
        "feed": Feed.objects.visible_to(request.user).standing().first(),
        "quiet_from": QUIET_FROM.text(QUIET_FROM.now()),
        "quiet_until": QUIET_UNTIL.text(QUIET_UNTIL.now()),
        "workdays_only": OUTSIDE_WORKDAYS_ONLY.now(),
        "cap": MONTHLY_CAP.now(),
        "most_trials": services.MOST_TRIALS,
    }
    return render(request, "reminders/preferences.html", context)


@sensitive_post_parameters("address", "signing")
@require_http_methods(["GET", "POST"])
def channel_edit(request: UserRequest, channel: str) -> HttpResponse:
    """How often, and where to."""
    form_class = FORMS.get(channel)
    if form_class is None:
        raise Http404
    row = Preference.objects.visible_to(request.user).filter(channel=channel).first()
    email = services.record_email(request.user) if channel == Channel.EMAIL else ""
    line = _line(Channel(channel), row, email)
    form = form_class(
        request.POST or None,
        instance=row,
        initial={"mode": line.mode},
        kept=masked(channel, row.address) if row else "",
        on_record=masked(channel, email),
    )
    if submit(request, form, services.set_channel, channel):
        messages.success(request, _("Saved. You can send yourself a test message now."))
        return redirect("reminders:preferences")
    return render(request, "reminders/channel_edit.html", {"form": form, "line": line})


@require_POST
def channel_try(request: UserRequest, channel: str) -> HttpResponse:
    """Send oneself a test message; the answer says whether it left, or why not."""
    if channel not in FORMS:
        raise Http404
    try:
        services.try_channel(channel, link=public_url(due_path()), actor=request.user)
    except services.TooManyTrials:
        messages.warning(request, _("Enough test messages for now. Please try again in an hour."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except ChannelError as error:
        text = _("The test message could not be sent: %(why)s.") % {"why": Failure(error.kind).label}
        messages.error(request, text)
    else:
        _say_sent(request, channel)
    return redirect("reminders:preferences")


@sensitive_variables("token")
@require_http_methods(["GET", "POST"])
def feed_make(request: UserRequest) -> HttpResponse:
    """A new address of one's calendar, shown this once; the one before stops working."""
    form = ChangeForm(request.POST or None)
    standing = Feed.objects.visible_to(request.user).standing().first()
    token = feeds.new_token()
    done = submit(request, form, feeds.make_feed, token=token)
    if done is None:
        return render(request, "reminders/feed_make.html", {"form": form, "feed": standing})
    address = "" if done.repeated else public_url(reverse("reminders:feed", kwargs={"token": token}))
    response = render(request, "reminders/feed_shown.html", {"address": address})
    add_never_cache_headers(response)
    return response


@require_http_methods(["GET", "POST"])
def feed_remove(request: UserRequest) -> HttpResponse:
    """The address of one's calendar stops working."""
    standing = get_object_or_404(Feed.objects.visible_to(request.user).standing())
    form = ChangeForm(request.POST or None)
    if submit(request, form, feeds.remove_feed, standing):
        messages.success(request, _("The calendar address was removed."))
        return redirect("reminders:preferences")
    return render(request, "reminders/feed_remove.html", {"form": form})


def _say_sent(request: UserRequest, channel: str) -> None:
    if leaves(channel):
        messages.success(request, _("The test message was sent. Please look whether it arrived."))
    else:
        messages.warning(
            request, _("The system has no mail server yet: the message was written, but stays on the server.")
        )


def _line(channel: Channel, row: Preference | None, email: str) -> ChannelLine:
    """`email` is the address of the person's record."""
    kept = row.address if row is not None else ""
    by_record = not kept and channel == Channel.EMAIL and bool(email)
    address = masked(channel, email if by_record else kept)
    unset: Any = Mode.DAILY if by_record else Mode.OFF
    return ChannelLine(channel, Mode(row.mode) if row is not None else unset, address, by_record)
