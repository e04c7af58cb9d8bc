"""What rewards and discipline announce to the registries."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.conduct import award_rows, entering, figures, growth, lists, rules
from cadre_app.conduct.importing import rewards as importing
from cadre_app.conduct.models.readers import named_terms
from cadre_app.conduct.permissions import restricted, rewards
from cadre_app.core.registries import JobKind, NavItem, access_terms, import_sheets, job_kinds, nav, verbs

VERBS = {
    "conduct.reward.entered": _("Reward entered"),
    "conduct.reward.changed": _("Reward changed"),
    "conduct.reward.voided": _("Reward voided"),
    "conduct.reward.restored": _("Reward restored"),
    "conduct.reward.talk_called": _("Talk called for by a reward"),
    "conduct.sanction.entered": _("Disciplinary decision entered"),
    "conduct.sanction.changed": _("Disciplinary decision changed"),
    "conduct.sanction.lifted": _("Disciplinary decision lifted"),
    "conduct.sanction.lifting_taken_back": _("Lifting of a disciplinary decision taken back"),
    "conduct.sanction.reason_given": _("Reason for voiding a disciplinary decision given"),
    "conduct.sanction.voided": _("Disciplinary decision voided"),
    "conduct.sanction.restored": _("Disciplinary decision restored"),
    "conduct.sanction.read": _("Disciplinary decision opened"),
    "conduct.sanction.listed": _("List of disciplinary decisions opened"),
    "conduct.sanction.exported": _("List of disciplinary decisions exported"),
    "conduct.admonition.entered": _("Reminder, inquiry or admonition entered"),
    "conduct.admonition.changed": _("Reminder, inquiry or admonition changed"),
    "conduct.admonition.answered": _("Report on a correction recorded"),
    "conduct.admonition.reviewed": _("Follow-up of an admonition recorded"),
    "conduct.admonition.reason_given": _("Reason for voiding an admonition given"),
    "conduct.admonition.voided": _("Reminder, inquiry or admonition voided"),
    "conduct.admonition.restored": _("Reminder, inquiry or admonition restored"),
    "conduct.admonition.read": _("Reminder, inquiry or admonition opened"),
    "conduct.admonition.listed": _("List of admonitions opened"),
    "conduct.admonition.exported": _("List of admonitions exported"),
    "conduct.namedstaff.named": _("Staff named for discipline"),
    "conduct.namedstaff.voided": _("Naming of staff withdrawn"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    entering.announce()
    award_rows.announce()
    growth.announce()
    rules.announce()
    figures.announce()
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    add = job_kinds.register
    may_list = rewards.can_list_rewards
    add(lists.REWARDS, JobKind(_("Rewards"), may_run=may_list, table=lists.exported_rewards))
    may_read = restricted.can_list_restricted
    add(
        lists.SANCTIONS,
        JobKind(_("Disciplinary decisions"), may_run=may_read, table=lists.exported_sanctions, desk_alone=True),
    )
    label = _("Reminders, inquiries and admonitions")
    add(lists.ADMONITIONS, JobKind(label, may_run=may_read, table=lists.exported_admonitions, desk_alone=True))
    access_terms.register("conduct.named", named_terms)
    import_sheets.register(importing.SHEET.key, importing.SHEET)
    nav.register(
        "rewards",
        NavItem(
            label=_("Rewards and discipline"),
            short=pgettext_lazy("short", "Rewards"),
            icon="award",
            url_name="conduct:reward_list",
            group="following",
            order=280,
            visible=rewards.sees_rewards,
        ),
    )
