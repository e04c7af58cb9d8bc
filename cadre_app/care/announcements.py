"""What talks announce to the registries."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.care import (
    busy,
    claims,
    demands,
    entering,
    figures,
    growth,
    growth_meetings,
    lists,
    meeting_verbs,
    own,
    papers,
    permissions,
    rules,
    rules_meetings,
    rules_own,
    rules_problems,
    search,
)
from cadre_app.care.lists_meetings import EXPORTS as MEETING_EXPORTS
from cadre_app.care.services.plans import sweep_plans
from cadre_app.care.services.triggers import sweep_triggers
from cadre_app.core.registries import DeskPanel, JobKind, NavItem, desk_panels, job_kinds, nav, sweeps, verbs

VERBS = {
    "care.talk.planned": _("Talk planned"),
    "care.talk.booked": _("Talk arranged"),
    "care.talk.rebooked": _("Talk moved"),
    "care.talk.changed": _("Talk changed"),
    "care.talk.recorded": _("Talk recorded"),
    "care.talk.texts_written": _("Restricted text of a talk written"),
    "care.talk.readers_named": _("Readers of a talk named"),
    "care.talk.read": _("Restricted text of a talk read"),
    "care.talk.revealed": _("Restricted text of a talk opened with a reason"),
    "care.talk.printed": _("Restricted text of a talk printed"),
    "care.talk.followed_up": _("Follow-up of a talk changed"),
    "care.talk.closed": _("Talk closed"),
    "care.talk.cancelled": _("Talk cancelled"),
    "care.talk.reopened": _("Talk taken up again"),
    "care.talk.voided": _("Talk voided"),
    "care.talkbatch.planned": _("Talks of a quarter planned"),
    "care.talkbatch.voided": _("Talks planned together taken back"),
    "care.talk.restored": _("Talk restored"),
    "care.problem.added": _("Problem entered"),
    "care.problem.assigned": _("Problem assigned"),
    "care.problem.answered": _("Problem answered"),
    "care.problem.explained": _("Problem explained"),
    "care.problem.revisited": _("Return visit recorded"),
    "care.problem.closed": _("Problem closed"),
    "care.problem.reopened": _("Problem taken up again"),
    "care.problem.voided": _("Problem voided"),
    "care.problem.restored": _("Problem restored"),
    "care.talktrigger.added": _("Occasion for a talk entered"),
    "care.talktrigger.found": _("Occasion for a talk found by rule"),
    "care.talktrigger.set_aside": _("Occasion for a talk set aside"),
    "care.talktrigger.taken_up": _("Occasion for a talk taken up again"),
    "care.talkplan.changed": _("Talk plan changed"),
}
EXPORTS = {
    lists.TALKS: (_("Heart-to-heart talks"), lists.exported_talks),
    lists.PLANS: (_("Talks by person"), lists.exported_plans),
    lists.PROBLEMS: (_("Problems and follow-up"), lists.exported_problems),
}


def announce() -> None:
    """Called once, when the app is ready."""
    entering.announce()
    figures.announce()
    demands.announce()
    claims.announce()
    busy.announce()
    growth.announce()
    growth_meetings.announce()
    rules.announce()
    rules_own.announce()
    search.announce()
    rules_meetings.announce()
    rules_problems.announce()
    papers.announce()
    for verb, label in (VERBS | meeting_verbs.VERBS).items():
        verbs.register(verb, label)
    for key, (label, table) in (EXPORTS | MEETING_EXPORTS).items():
        job_kinds.register(key, JobKind(label=label, may_run=permissions.can_see_list, table=table))
    sweeps.register("care.plans", sweep_plans)
    sweeps.register("care.triggers", sweep_triggers)
    nav.register(
        "talks",
        NavItem(
            label=_("Talks and care"),
            short=pgettext_lazy("short", "Care"),
            icon="chat-square-text",
            url_name="care:talk_list",
            group="following",
            order=300,
            visible=permissions.sees_talks,
            beside=lambda: ("care:symposium_list", "care:visit_list", "care:problem_list"),
        ),
    )
    desk_panels.register(
        "care.own",
        DeskPanel(order=20, visible=permissions.can_ask, template="care/_desk_own.html", context=own.own_panel),
    )
