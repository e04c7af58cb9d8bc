"""The channels outside the system: one message each, which says only that something is due, and where to look."""

import errno
import smtplib
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext, ngettext

from cadre_app.reminders.failures import ChannelError, Failure
from cadre_app.reminders.models import Channel
from cadre_app.reminders.robots import call_robot

__all__ = ["ChannelError", "Failure", "Outgoing", "leaves", "public_url", "send", "texts_for", "trial_texts"]

STAY_HERE = tuple(f"django.core.mail.backends.{kind}.EmailBackend" for kind in ("filebased", "console", "dummy"))
PERMANENT = 500
NO_WAY = (errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ENETDOWN)
# What is wrong between the two servers and not with this one message, the first that fits.
OF_THE_SERVER = (
    ((smtplib.SMTPAuthenticationError, smtplib.SMTPSenderRefused), Failure.SIGN_IN),
    ((smtplib.SMTPResponseException,), Failure.BUSY),
    ((smtplib.SMTPNotSupportedError,), Failure.ANSWER),
)


@dataclass(frozen=True)
class Outgoing:
    """One message; `id` is the same for every try, so that whoever gets it twice can tell."""

    id: UUID
    channel: str
    address: str
    subject: str
    body: str
    link: str


def send(outgoing: Outgoing) -> None:
    """Send one message within a few seconds; raises ChannelError."""
    if outgoing.channel == Channel.EMAIL:
        _mail(outgoing)
    elif outgoing.channel in (Channel.WECOM, Channel.DINGTALK):
        call_robot(outgoing.channel, outgoing.address, outgoing.body)
    else:
        raise ChannelError(Failure.ADDRESS, permanent=True)


def texts_for(count: int, language: str, link: str) -> tuple[str, str]:
    """Subject and body in the recipient's language ("" for the house's): how many items, and where to look."""
    with translation.override(language or settings.LANGUAGE_CODE):
        subject = ngettext(
            "Qinglan: %(count)d item is due or will be due soon",
            "Qinglan: %(count)d items are due or will be due soon",
            count,
        )
        body = ngettext(
            "%(count)d item is due or will be due soon. Please sign in to see it: %(link)s",
            "%(count)d items are due or will be due soon. Please sign in to see them: %(link)s",
            count,
        )
        return subject % {"count": count}, body % {"count": count, "link": link}


def trial_texts(language: str, link: str) -> tuple[str, str]:
    """Subject and body of a message that only shows that messages arrive."""
    with translation.override(language or settings.LANGUAGE_CODE):
        subject = gettext("Qinglan: test message")
        body = gettext(
            "Test message: what is due or will be due soon is told here. To be seen after signing in: %(link)s"
        )
        return subject, body % {"link": link}


def public_url(path: str) -> str:
    """The address of a page as messages and calendars give it."""
    return f"{settings.PUBLIC_URL}{path}"


def leaves(channel: str) -> bool:
    """False for e-mail where no mail server is set: then messages stay on this machine."""
    return channel != Channel.EMAIL or settings.EMAIL_BACKEND not in STAY_HERE


def message_host() -> str:
    """The host in Message-IDs and in the names of calendar entries."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "qinglan"
    return f"[{host}]" if ":" in host else host


def _mail(outgoing: Outgoing) -> None:
    headers = {
        "Message-ID": f"<{outgoing.id}@{message_host()}>",
        "Auto-Submitted": "auto-generated",
    }
    try:
        EmailMessage(outgoing.subject, outgoing.body, to=[outgoing.address], headers=headers).send()
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise _failure(error) from None


def _failure(error: Exception) -> ChannelError:
    """What happened, without a word of what the server said: it repeats addresses."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _text in error.recipients.values()]
        return _refused(min(codes, default=0))
    if isinstance(error, smtplib.SMTPDataError):
        return _refused(error.smtp_code)
    if isinstance(error, ValueError):
        return ChannelError(Failure.ADDRESS, permanent=True)
    for kinds, failure in OF_THE_SERVER:
        if isinstance(error, kinds):
            return ChannelError(failure)
    if isinstance(error, (ConnectionRefusedError, socket.gaierror)) or getattr(error, "errno", None) in NO_WAY:
        return ChannelError(Failure.UNREACHABLE)
    late = isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)
    return ChannelError(Failure.TIMEOUT if late else Failure.CONNECTION)


def _refused(code: int) -> ChannelError:
    permanent = code >= PERMANENT
    return ChannelError(Failure.REFUSED if permanent else Failure.BUSY, permanent=permanent)
