"""What appointment forms announce to the registries."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.appointment import entering, papers
from cadre_app.appointment.models import AppointmentForm
from cadre_app.appointment.services.drafts import PHOTO
from cadre_app.core.registries import FileKind, file_kinds, verbs
from cadre_app.files.models import PICTURE

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User

VERBS = {
    "appointment.form.made": _("Appointment form made"),
    "appointment.form.edited": _("Appointment form edited"),
    "appointment.form.refilled": _("Appointment form filled anew"),
    "appointment.form.issued": _("Appointment form issued"),
    "appointment.form.read": _("Appointment form opened"),
    "appointment.form.lrmx": _("Appointment form taken as .lrmx"),
    "appointment.appointmentform.voided": _("Appointment form voided"),
    "appointment.appointmentform.restored": _("Appointment form restored"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    entering.announce()
    papers.announce()
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    file_kinds.register(PHOTO, FileKind(_("Photo of an appointment form"), (PICTURE,), may_read_photo, page_of=page_of))


def may_read_photo(user: "User", owner_id: "UUID") -> bool:
    """Whoever reads the form."""
    return AppointmentForm.objects.visible_to(user).filter(pk=owner_id).exists()


def page_of(owner_id: "UUID") -> str:
    return reverse("appointment:form_detail", kwargs={"pk": owner_id})
