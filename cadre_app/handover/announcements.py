"""What materials announce to the registries."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.archiving import papers_formed, papers_gone, papers_known, papers_undone
from cadre_app.core.registries import JobKind, NavItem, job_kinds, nav, verbs
from cadre_app.handover import entering, lists, papers, permissions, rules
from cadre_app.handover.services import followed

VERBS = {
    "handover.material.noted": _("Material formed"),
    "handover.material.added": _("Material entered"),
    "handover.material.changed": _("Material corrected"),
    "handover.material.followed": _("Material corrected with its record"),
    "handover.material.struck_off": _("Material struck off the list"),
    "handover.material.handed_over": _("Material handed over"),
    "handover.material.taken_back": _("Hand-over of a material taken back"),
    "handover.hand_over.recorded": pgettext_lazy("material", "Hand-over recorded"),
    "handover.hand_over.corrected": pgettext_lazy("material", "Hand-over corrected"),
    "handover.hand_over.taken_back": pgettext_lazy("material", "Hand-over taken back"),
    "handover.material.hand_over_corrected": pgettext_lazy("material", "Hand-over corrected"),
    "handover.handoverline.voided": _("Line of a hand-over struck out"),
    "handover.material.sheet_saved": _("Hand-over sheet saved"),
    "handover.material.voided": _("Material voided"),
    "handover.material.restored": _("Material restored"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    entering.announce()
    rules.announce()
    papers.announce()
    papers_formed.register("handover.material", followed.keep_formed)
    papers_undone.register("handover.material", followed.drop_undone)
    papers_known.register("handover.material", followed.formed_before)
    papers_gone.register("handover.material", followed.handed_over)
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    job_kinds.register(
        lists.EXPORT,
        JobKind(label=_("Materials to be filed"), may_run=permissions.can_see_list, table=lists.exported_materials),
    )
    nav.register(
        "materials",
        NavItem(
            label=_("Materials to be filed"),
            short=pgettext_lazy("short", "Materials"),
            icon="journal-text",
            url_name="handover:material_list",
            group="following",
            order=390,
            visible=permissions.can_see_list,
        ),
    )
