"""Columns that the database never holds in clear."""

import re
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cadre_app.core import crypto

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.expressions import Expression

    TextBase = models.TextField[str, str]
else:
    TextBase = models.TextField


class EncryptedTextField(TextBase):
    """Text sealed in Python with the column's name as context; use `crypto.digest` in a second column to look it up."""

    sealed = True

    def get_prep_value(self, value: Any) -> Any:
        if value is None or value == "":
            return value
        return crypto.encrypt(str(value), context=self._context())

    def from_db_value(
        self, value: str | None, expression: "Expression", connection: "BaseDatabaseWrapper"
    ) -> str | None:
        if not value:
            return value
        return crypto.decrypt(value, context=self._context())

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise TypeError(f"{self.name} is encrypted: look it up by its digest column")

    def _context(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"


# Controls but tab and line ends, DEL and the second set of controls, lone surrogates and what
# stands for them after decoding, marks that turn the direction.
HIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]"
)

# A number of a document has a figure in it; for constraints too, so without flags.
WITH_FIGURE = "[0-9０-９〇一二三四五六七八九十]"

# Marks without width or ink, which come along when text is copied from web pages and chats, and letters that are blank.
UNSEEN = re.compile(
    r"[\u00ad\u115f\u1160\u180e\u200b-\u200d\u2060-\u2064\u2800\u3164\ufeff\uffa0\U000e0000-\U000e007f]"
)


def seen(text: str) -> str:
    """The text without what nobody sees, so that a field with nothing else counts as empty."""
    return UNSEEN.sub("", text)


def bare(text: str) -> str:
    """The text without blanks and without what nobody sees, as names are compared."""
    return "".join(seen(text).split())


def validate_plain_text(value: str) -> None:
    """Refuse NUL, lone surrogates, control and bidi-override characters, which hide or reorder what is read."""
    found = HIDDEN.search(value)
    if found is not None:
        raise ValidationError(
            _("This text contains an invisible control character (U+%(code)s). Please type it again."),
            code="control_character",
            params={"code": f"{ord(found[0]):04X}"},
        )
