"""The families of content that can be uploaded: what their names end in, and how they are called."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.files.models import DOCUMENT, PDF, PICTURE, SHEET

OTHER_CONTENT = gettext_lazy("The name ends in %(ending)s, but the content is something else. Choose another file.")


@dataclass(frozen=True)
class Family:
    """`endings` of names, `accept` for the browser's dialogue, `labels` of the formats."""

    endings: tuple[str, ...]
    accept: str
    labels: tuple[str, ...]


FAMILIES = {
    PICTURE: Family(
        (".jpg", ".jpeg", ".png", ".heic", ".heif"), "image/jpeg,image/png,.heic,.heif", ("JPG", "PNG", "HEIC")
    ),
    PDF: Family((".pdf",), ".pdf,application/pdf", ("PDF",)),
    DOCUMENT: Family((".docx",), ".docx", ("Word (.docx)",)),
    SHEET: Family((".xlsx",), ".xlsx", ("Excel (.xlsx)",)),
}


def named(families: Iterable[str]) -> str:
    """The formats in words: JPG, PNG, HEIC, PDF."""
    return str(_(", ")).join(label for family in families for label in FAMILIES[family].labels)


def accepted(families: Iterable[str]) -> str:
    """The value of a file input's `accept`."""
    return ",".join(FAMILIES[family].accept for family in families)


def other_content(ending: str) -> ValidationError:
    """The name promises what the content does not keep."""
    return ValidationError(OTHER_CONTENT, code="other_content", params={"ending": ending})
