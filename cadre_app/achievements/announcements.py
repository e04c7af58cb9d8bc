"""What achievements announce to the registries."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.achievements import demands, entering, figures, growth, lists, panels, permissions, rules, search
from cadre_app.achievements.policies import MOST_EVIDENCE
from cadre_app.achievements.services.writing import EVIDENCE
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
from cadre_app.files.models import DOCUMENT, PDF, PICTURE, SHEET

if TYPE_CHECKING:
    from uuid import UUID

VERBS = {
    "achievements.achievement.written": _("Achievement written"),
    "achievements.achievement.changed": _("Achievement changed"),
    "achievements.achievement.submitted": _("Achievement submitted"),
    "achievements.achievement.withdrawn": _("Achievement withdrawn"),
    "achievements.achievement.unit_verified": _("Achievement verified by the unit"),
    "achievements.achievement.verified": _("Achievement verified by the department"),
    "achievements.achievement.returned": _("Achievement returned for completion"),
    "achievements.achievement.corrected": _("Achievement that corrects an earlier one written"),
    "achievements.achievement.superseded": _("Achievement superseded by a later one"),
    "achievements.achievement.counts_again": _("Achievement counts again"),
    "achievements.achievement.voided": _("Achievement voided"),
    "achievements.achievement.restored": _("Achievement restored"),
    "achievements.achievementcomment.added": _("Comment on an achievement written"),
    "achievements.achievementcomment.voided": _("Comment on an achievement voided"),
    "achievements.achievementcomment.restored": _("Comment on an achievement restored"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    entering.announce()
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    for part in (demands, figures, growth, rules, search):
        part.announce()
    file_kinds.register(
        EVIDENCE,
        FileKind(
            _("Evidence of an achievement"),
            (PICTURE, PDF, DOCUMENT, SHEET),
            permissions.may_read_evidence,
            max_count=MOST_EVIDENCE,
            page_of=_page_of,
        ),
    )
    job_kinds.register(
        lists.EXPORT,
        JobKind(
            label=_("Work achievements"),
            may_run=permissions.can_list_achievements,
            table=lists.exported_achievements,
        ),
    )
    _announce_pages()


def _page_of(owner_id: "UUID") -> str:
    return reverse("achievements:achievement_detail", kwargs={"pk": owner_id})


def _announce_pages() -> None:
    nav.register(
        "achievements",
        NavItem(
            label=_("Work achievements"),
            short=pgettext_lazy("short", "Achievements"),
            icon="flag",
            url_name="achievements:achievement_list",
            group="following",
            order=290,
            visible=permissions.can_list_achievements,
        ),
    )
    nav.register(
        "own_achievements",
        NavItem(
            label=_("My achievements"),
            short=pgettext_lazy("short", "Achievements"),
            icon="flag",
            url_name="achievements:achievement_mine",
            group="following",
            order=240,
            visible=permissions.can_see_own_achievements,
        ),
    )
    desk_panels.register("achievements.queue", DeskPanel(order=28, visible=panels.has_queue, items=panels.queue))
    desk_panels.register(
        "achievements.own",
        DeskPanel(
            order=22,
            visible=permissions.can_see_own_achievements,
            template="achievements/_desk_own.html",
            context=panels.own_panel,
        ),
    )
    desk_panels.register(
        "achievements.mentees",
        DeskPanel(
            order=40,
            visible=panels.may_mentor,
            template="achievements/_desk_mentees.html",
            context=panels.mentor_card,
        ),
    )
