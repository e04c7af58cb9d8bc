"""What appointment forms announce to the registries."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.appointment import entering, papers, permissions
from cadre_app.appointment.exporting import EXPORT, run_export
from cadre_app.appointment.models import AppointmentForm
from cadre_app.appointment.services.drafts import PHOTO
from cadre_app.appointment.services.sweeping import sweep_intakes
from cadre_app.core.registries import FileKind, JobKind, NavItem, file_kinds, job_kinds, nav, sweeps, verbs
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
    "appointment.form.exported": _("Appointment form taken as .lrmx with others"),
    "appointment.intake.uploaded": _("Appointment forms brought in"),
    "appointment.intake.read": _("Appointment form compared with the file"),
    "appointment.intake.assigned": _("Said whose appointment form it is"),
    "appointment.intake.closed": _("Nothing taken over from an appointment form"),
    "appointment.intake.same": _("Appointment form without a difference"),
    "appointment.intake.taken": _("Appointment form taken over"),
    "appointment.intake.taken_back": _("Appointment form taken back"),
    "appointment.intake.undone": _("Import undone"),
    "appointment.intake.emptied": _("Rows of an import removed"),
    "appointment.appointmentform.voided": _("Appointment form voided"),
    "appointment.appointmentform.restored": _("Appointment form restored"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    entering.announce()
    papers.announce()
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    job_kinds.register(
        EXPORT,
        JobKind(_("Appointment forms (.lrmx)"), permissions.can_export_forms, run=run_export, desk_alone=True),
    )
    nav.register(
        "appointment_forms",
        NavItem(
            label=_("Forms brought in"),
            short=pgettext_lazy("short navigation", "Forms"),
            icon="upload",
            url_name="appointment:intake_list",
            group="system",
            order=825,
            visible=permissions.can_bring_in,
            desk_alone=True,
        ),
    )
    sweeps.register("appointment", sweep_intakes)
    file_kinds.register(PHOTO, FileKind(_("Photo of an appointment form"), (PICTURE,), may_read_photo, page_of=page_of))


def may_read_photo(user: "User", owner_id: "UUID") -> bool:
    """Whoever reads the form."""
    return AppointmentForm.objects.visible_to(user).filter(pk=owner_id).exists()


def page_of(owner_id: "UUID") -> str:
    return reverse("appointment:form_detail", kwargs={"pk": owner_id})
