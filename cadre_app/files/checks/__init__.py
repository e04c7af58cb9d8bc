"""Looking at an upload by its content and its name before anything of it is kept."""

import hashlib
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cadre_app.core.markings import CLASSIFIED, refuse_marked
from cadre_app.files.checks import office, pdf, pictures
from cadre_app.files.checks.families import FAMILIES, named
from cadre_app.files.checks.names import plain_name, split
from cadre_app.files.models import DOCUMENT, PDF, PICTURE, SHEET
from cadre_app.files.policies import MOST_MEGABYTES
from cadre_app.files.uploads import CheckedUpload

MEGABYTE = 1024 * 1024
LOOKS = {PICTURE: pictures.look, PDF: pdf.look, DOCUMENT: office.look_at_document, SHEET: office.look_at_sheet}

EMPTY = _("The file is empty.")
OVERSIZE = _("The file is larger than %(most)s MB. Make it smaller and upload it again.")
OLD = _("Files of this kind are not taken. Open it, save it as %(kinds)s and upload that.")
MACROS = _("The file can contain macros. Save it without macros and upload it again.")
OTHER_KIND = _("Files of this kind are not taken here. Choose %(kinds)s.")


def check_upload(name: str, content: bytes, *, families: Iterable[str]) -> CheckedUpload:
    """What may be kept of `content`. Raises ValidationError, and nothing else, for whatever may not.

    For a classification marking the code is `classified` and `params` hold the sha256 of what was sent.
    """
    wanted = tuple(families)
    try:
        refuse_marked(name, split(name)[0])
        return _look(plain_name(name), content, wanted)
    except ValidationError as error:
        if error.code == CLASSIFIED:
            digest = hashlib.sha256(content).hexdigest()
            raise ValidationError(error.message, code=CLASSIFIED, params={"sha256": digest}) from error
        raise


def check_size(size: int) -> None:
    """Raises ValidationError for an empty file and one above the policy; asked before anything is read."""
    most = MOST_MEGABYTES.now()
    if size == 0:
        raise ValidationError(EMPTY, code="empty")
    if size > most * MEGABYTE:
        raise ValidationError(OVERSIZE, code="oversize", params={"most": most})


def _look(name: str, content: bytes, wanted: tuple[str, ...]) -> CheckedUpload:
    check_size(len(content))
    _stem, ending = split(name)
    kinds = {"kinds": named(wanted)}
    if ending in office.MACRO_ENDINGS:
        raise ValidationError(MACROS, code="macros")
    if ending in office.OLD_ENDINGS:
        raise ValidationError(OLD, code="old", params=kinds)
    for family in wanted:
        if ending in FAMILIES[family].endings:
            return LOOKS[family](name, content)
    raise ValidationError(OTHER_KIND, code="other_kind", params=kinds)
