"""What the community evaluation announces to the registries."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.registries import NavItem, nav, sweeps, verbs
from cadre_app.evaluation import demands, entering, figures, growth, papers, permissions, rules
from cadre_app.evaluation.services.box import stir_box
from cadre_app.evaluation.services.campaigns import sweep_campaigns

VERBS = {
    "evaluation.campaign.created": _("Evaluation set up"),
    "evaluation.campaign.changed": _("Evaluation changed"),
    "evaluation.campaign.opened": _("Evaluation opened"),
    "evaluation.campaign.extended": _("Evaluation extended"),
    "evaluation.campaign.closed": _("Evaluation closed"),
    "evaluation.campaign.counted": _("Sheets of the evaluation counted"),
    "evaluation.campaign.kept_small": _("Evaluation left too small"),
    "evaluation.campaign.voided": _("Evaluation voided"),
    "evaluation.campaign.restored": _("Evaluation restored"),
    "evaluation.subject.added": _("Person taken into the evaluation"),
    "evaluation.subject.voided": _("Person taken out of the evaluation"),
    "evaluation.subject.restored": _("Person taken into the evaluation again"),
    "evaluation.subject.counted": _("Sheets about a person counted"),
    "evaluation.subject.reopened": _("More sheets about a person waited for"),
    "evaluation.subject.codes_made": _("One-time codes made"),
    "evaluation.subject.remarks_released": _("Comments released to the person"),
    "evaluation.paperbatch.begun": _("Batch of paper sheets begun"),
    "evaluation.paperbatch.changed": _("Cover of a batch changed"),
    "evaluation.paperbatch.entered": _("Paper sheets entered"),
    "evaluation.paperbatch.counted": _("Batch of paper sheets counted"),
    "evaluation.paperbatch.voided": _("Batch of paper sheets voided"),
    "evaluation.paperbatch.restored": _("Batch of paper sheets restored"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    entering.announce()
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    growth.announce()
    figures.announce()
    demands.announce()
    rules.announce()
    papers.announce()
    sweeps.register("evaluation.box", stir_box)
    sweeps.register("evaluation.campaigns", sweep_campaigns)
    nav.register(
        "evaluation",
        NavItem(
            label=_("Community evaluation"),
            short=pgettext_lazy("short", "Evaluation"),
            icon="clipboard-check",
            url_name="evaluation:campaign_list",
            group="following",
            order=280,
            visible=permissions.can_list,
        ),
    )
