"""What the criteria check announces to the registries."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.advancement.permissions import criteria as permissions
from cadre_app.core.registries import NavItem, nav, verbs

VERBS = {
    "advancement.criteria.read": _("Criteria check of a person opened"),
    "advancement.namedleader.named": _("Leader named for the criteria check"),
    "advancement.namedleader.voided": _("Naming of a leader withdrawn"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    nav.register(
        "named_leaders",
        NavItem(
            label=_("Leaders named for the criteria check"),
            short=pgettext_lazy("short", "Named leaders"),
            icon="person-check",
            url_name="advancement:leader_list",
            group="system",
            order=920,
            visible=permissions.can_name_leaders,
        ),
    )
