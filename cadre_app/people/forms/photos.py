"""The form of a photo."""

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.forms import ChangeForm
from cadre_app.files.forms import UploadField, help_of
from cadre_app.people.services.photos import PHOTO


def _help() -> str:
    notice = _("A photo is optional. Whether one is uploaded has no influence on any evaluation.")
    return f"{notice} {help_of(PHOTO)}"


class PhotoForm(ChangeForm):
    photo = UploadField(kind=PHOTO, label=gettext_lazy("Photo"), help_text=lazy(_help, str)())
