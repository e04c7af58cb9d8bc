"""Fields that ask for files; what is not allowed is refused beside the field, in words."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.core.registries import file_kinds
from cadre_app.files.checks import MEGABYTE, check_size, check_upload
from cadre_app.files.checks.families import accepted, named
from cadre_app.files.policies import MOST_MEGABYTES
from cadre_app.files.uploads import CheckedUpload
from cadre_app.files.wording import too_many


class UploadInput(forms.FileInput):
    """Tells the browser what is taken; asked of the kind when the page is drawn, for kinds are announced later."""

    def __init__(self, kind: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.kind = kind

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        """With `accept` and the limits that static/js/uploads.js says at once."""
        kind = file_kinds[self.kind]
        given = {
            "accept": accepted(kind.families),
            "data-upload-bytes": MOST_MEGABYTES.now() * MEGABYTE,
            "data-upload-total": settings.LARGEST_REQUEST - MEGABYTE,
        }
        return super().build_attrs({**base_attrs, **given}, extra_attrs)


class MultiUploadInput(UploadInput):
    allow_multiple_selected = True

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        given = {"multiple": True, "data-upload-count": file_kinds[self.kind].max_count}
        return super().build_attrs({**base_attrs, **given}, extra_attrs)


class UploadField(forms.FileField):
    """One file of a kind. The clean value is a CheckedUpload, or None where it may be left out."""

    widget_class: type[UploadInput] = UploadInput

    def __init__(self, *, kind: str, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _help(kind))
        super().__init__(widget=self.widget_class(kind), **kwargs)
        self.kind = kind

    def clean(self, data: Any, initial: Any = None) -> Any:
        if not isinstance(data, UploadedFile):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        return self._checked(data)

    def in_words(self, value: Any) -> str:
        """The names of files, for pages that show what was sent."""
        return str(value or "")

    def _checked(self, upload: "UploadedFile[bytes]") -> CheckedUpload:
        check_size(upload.size or 0)
        families = file_kinds[self.kind].families
        return check_upload(upload.name or "", upload.read(), families=families)


class MultiUploadField(UploadField):
    """Up to `max_count` files of a kind at once. The clean value is a list of CheckedUpload."""

    widget_class = MultiUploadInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        sent = [each for each in data or () if isinstance(each, UploadedFile)]
        most = file_kinds[self.kind].max_count
        if not sent and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(sent) > most:
            raise too_many(most, len(sent))
        found, problems = [], []
        for upload in sent:
            try:
                found.append(self._checked(upload))
            except ValidationError as error:
                problems.append(_about(upload, error))
        if problems:
            raise ValidationError(problems)
        return found

    def in_words(self, value: Any) -> str:
        return _joined(value or ())


def _about(upload: "UploadedFile[bytes]", error: ValidationError) -> ValidationError:
    """The same refusal with the file's name before it."""
    text = error.messages[0]
    known = {"name": (upload.name or "")[-40:], "text": text, **(error.params or {})}
    return ValidationError(_("%(name)s: %(text)s"), code=error.code, params=known)


def _joined(files: Sequence[CheckedUpload]) -> str:
    return str(_(", ")).join(file.name for file in files)


def help_of(kind: str) -> str:
    """What is taken and how much of it, in a line beside the field."""
    found = file_kinds[kind]
    known = {"kinds": named(found.families), "most": MOST_MEGABYTES.now(), "count": found.max_count}
    if found.max_count == 1:
        return _("%(kinds)s; at most %(most)d MB.") % known
    text = ngettext(
        "%(kinds)s; at most %(count)d file, each at most %(most)d MB.",
        "%(kinds)s; at most %(count)d files, each at most %(most)d MB.",
        found.max_count,
    )
    return text % known


_help = lazy(help_of, str)
