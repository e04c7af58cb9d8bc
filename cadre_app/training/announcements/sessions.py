"""What sessions and rosters announce to the registries."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.registries import (
    DeskPanel,
    FileKind,
    JobKind,
    NavItem,
    desk_panels,
    file_kinds,
    job_kinds,
    nav,
    verbs,
)
from cadre_app.training import clashing
from cadre_app.training.lists import sessions as lists
from cadre_app.training.materials import FAMILIES, MATERIAL, MOST_MATERIALS
from cadre_app.training.panels.sessions import teaching_panel
from cadre_app.training.permissions import sessions as permissions
from cadre_app.training.permissions.rooms import is_teacher, oversees
from cadre_app.training.rules import sessions as rules
from cadre_app.training.rules import teaching

VERBS = {
    "training.coursesession.created": _("Session entered"),
    "training.coursesession.changed": _("Session changed"),
    "training.coursesession.opened": _("Session opened"),
    "training.coursesession.cancelled": _("Session cancelled"),
    "training.coursesession.taken_up": _("Session taken up again"),
    "training.coursesession.voided": _("Session voided"),
    "training.coursesession.restored": _("Session restored"),
    "training.classmeeting.added": _("Class added"),
    "training.classmeeting.changed": _("Class changed"),
    "training.classmeeting.voided": _("Class taken out"),
    "training.enrolment.placed": _("Put on a roster"),
    "training.enrolment.moved_up": _("Moved up from the waiting list"),
    "training.enrolment.declined": _("Place declined"),
    "training.enrolment.taken_off": _("Taken off a roster"),
    "training.enrolment.told_anew": _("To be told anew"),
    "training.enrolment.noted": _("Took note of the place"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    clashing.announce()
    rules.announce()
    teaching.announce()
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    job_kinds.register(
        lists.SESSIONS,
        JobKind(label=_("Sessions"), may_run=oversees, table=lists.exported_sessions),
    )
    file_kinds.register(
        MATERIAL,
        FileKind(
            _("Material of a session"),
            FAMILIES,
            permissions.may_read_material,
            max_count=MOST_MATERIALS,
            page_of=lambda key: reverse("training:session_detail", kwargs={"pk": key}),
        ),
    )
    nav.register(
        "training",
        NavItem(
            label=_("Training"),
            short=pgettext_lazy("short", "Training"),
            icon="mortarboard",
            url_name="training:session_list",
            group="development",
            order=130,
            visible=oversees,
        ),
    )
    nav.register(
        "teaching",
        NavItem(
            label=_("My courses"),
            short=pgettext_lazy("short", "My courses"),
            icon="mortarboard",
            url_name="training:session_mine",
            group="development",
            order=131,
            visible=is_teacher,
        ),
    )
    desk_panels.register(
        "training.teaching",
        DeskPanel(
            order=6, visible=is_teacher, template="training/_desk_teaching.html", context=teaching_panel, leads=True
        ),
    )
