"""What is said of uploads that are refused."""

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext_lazy


def too_many(most: int, sent: int | None = None) -> ValidationError:
    """More files than the kind allows; `sent` at once, or together with those that are there."""
    if sent is None:
        message = ngettext_lazy(
            "At most %(most)d file can be kept here. Remove one first.",
            "At most %(most)d files can be kept here. Remove some first.",
            "most",
        )
    else:
        message = ngettext_lazy(
            "You chose %(sent)d files; at most %(most)d can be sent. What you typed is kept: choose again.",
            "You chose %(sent)d files; at most %(most)d can be sent. What you typed is kept: choose again.",
            "most",
        )
    return ValidationError(message, code="too_many", params={"most": most, "sent": sent})
