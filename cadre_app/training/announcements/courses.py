"""What courses announce to the registries."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.core.registries import FileKind, JobKind, file_kinds, job_kinds, verbs
from cadre_app.files.models import DOCUMENT, PDF, PICTURE, SHEET
from cadre_app.training import search
from cadre_app.training.lists import courses as lists
from cadre_app.training.permissions import courses as permissions
from cadre_app.training.permissions.rooms import oversees
from cadre_app.training.services.courses import MATERIAL, MOST_MATERIALS

VERBS = {
    "training.course.created": _("Course added"),
    "training.course.changed": _("Course changed"),
    "training.course.closed": _("Course closed"),
    "training.course.reopened": _("Course offered again"),
    "training.course.voided": _("Course voided"),
    "training.course.restored": _("Course restored"),
    "training.teacher.created": _("Teacher added"),
    "training.teacher.changed": _("Teacher changed"),
    "training.scenario.created": _("Sand-table scenario added"),
    "training.scenario.changed": _("Sand-table scenario changed"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    file_kinds.register(
        MATERIAL,
        FileKind(
            _("Course material"),
            (PDF, DOCUMENT, SHEET, PICTURE),
            permissions.may_read_material,
            max_count=MOST_MATERIALS,
            page_of=lambda owner_id: reverse("training:course_detail", kwargs={"pk": owner_id}),
        ),
    )
    job_kinds.register(lists.EXPORT, JobKind(label=_("Course catalogue"), may_run=oversees, table=lists.course_table))
    search.announce()
