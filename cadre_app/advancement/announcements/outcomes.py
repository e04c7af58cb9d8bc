"""What the outcome register announces to the registries."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.advancement.figures import claims
from cadre_app.advancement.figures import outcomes as figures
from cadre_app.advancement.growth import outcomes as growth
from cadre_app.advancement.importing import outcomes as importing
from cadre_app.advancement.lists import outcomes as lists
from cadre_app.advancement.permissions import outcomes as permissions
from cadre_app.advancement.rules import outcomes as rules
from cadre_app.advancement.services.effects import goes_on_with
from cadre_app.core.probation import posts_built_on
from cadre_app.core.registries import JobKind, NavItem, import_sheets, job_kinds, nav, verbs

VERBS = {
    "advancement.outcome.entered": _("Outcome entered"),
    "advancement.outcome.changed": _("Outcome changed, to be checked anew"),
    "advancement.outcome.checked": _("Outcome checked"),
    "advancement.outcome.signed_off": _("Outcome signed off"),
    "advancement.outcome.returned": _("Outcome returned for completion"),
    "advancement.outcome.voided": _("Outcome voided"),
    "advancement.outcome.restored": _("Outcome restored"),
    "advancement.outcome.reopened": _("Outcome to be checked and signed off anew"),
    "advancement.outcomechange.made": _("Post, rank or résumé changed by an outcome"),
    "advancement.outcomechange.voided": _("Change made by an outcome taken back"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    posts_built_on.register("advancement", goes_on_with)
    import_sheets.register(importing.SHEET.key, importing.SHEET)
    growth.announce()
    rules.announce()
    figures.announce()
    claims.announce()
    job_kinds.register(
        lists.EXPORT,
        JobKind(label=_("Record of outcomes"), may_run=permissions.can_list_outcomes, table=lists.exported_outcomes),
    )
    nav.register(
        "advancement",
        NavItem(
            label=_("Development outcomes"),
            short=pgettext_lazy("short", "Outcomes"),
            icon="flag",
            url_name="advancement:outcome_list",
            group="following",
            order=320,
            visible=permissions.can_list_outcomes,
        ),
    )
