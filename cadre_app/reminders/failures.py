"""Why a message outside could not be sent: a short kind, never its content or address."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Failure(models.TextChoices):
    UNREACHABLE = "unreachable", _("The server cannot be reached")
    CONNECTION = "connection", _("The connection to the server broke off")
    TIMEOUT = "timeout", _("The server did not answer in time")
    SIGN_IN = "sign_in", _("The mail server did not accept the system's sign-in or sender")
    REFUSED = "refused", _("The receiving side refused the message")
    BUSY = "busy", _("The receiving side is busy")
    ADDRESS = "address", _("The address is not usable")
    ANSWER = "answer", _("The answer of the server was not understood")


class ChannelError(Exception):
    """`permanent`: another try of the same message will not help."""

    def __init__(self, kind: str, permanent: bool = False) -> None:
        super().__init__(str(kind))
        self.kind = str(kind)
        self.permanent = permanent
