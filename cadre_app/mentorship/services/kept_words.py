"""Sentences that the system itself writes into records: in the language of the house, whoever pressed the button."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ENDED = _("The pairing ended.")
NOTHING_LEFT = _("Nothing is left to review.")


def in_house_language(text: "_StrPromise | str") -> str:
    """As it is kept."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(text)
