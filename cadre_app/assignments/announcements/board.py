"""What the board, the timeline and the lists of postings announce to the registries."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.assignments import clashing, demands, search, texts
from cadre_app.assignments.figures import board as figures
from cadre_app.assignments.figures import claims
from cadre_app.assignments.lists import compliance, coverage, posting_list, where
from cadre_app.assignments.permissions import board as permissions
from cadre_app.assignments.rules import compliance as rules
from cadre_app.core.registries import JobKind, NavItem, job_kinds, nav


def announce() -> None:
    """Called once, when the app is ready."""
    clashing.announce()
    search.announce()
    texts.announce()
    rules.announce()
    figures.announce()
    demands.announce()
    claims.announce()
    nav.register(
        "postings",
        NavItem(
            label=_("Postings"),
            short=pgettext_lazy("short", "Postings"),
            icon="signpost-split",
            url_name="assignments:board",
            group="development",
            order=140,
            visible=permissions.can_see_board,
        ),
    )
    kinds = (
        (posting_list.EXPORT, JobKind(_("Postings"), permissions.can_see_board, table=posting_list.exported_postings)),
        (
            coverage.EXPORT,
            JobKind(_("Coverage of the fronts"), permissions.can_see_board, table=coverage.exported_coverage),
        ),
        (where.EXPORT, JobKind(_("Who is where"), permissions.can_see_board, run=where.write_where)),
        (
            compliance.EXPORT,
            JobKind(_("Compliance notes of postings"), permissions.can_see_board, run=compliance.write_compliance),
        ),
    )
    for key, kind in kinds:
        job_kinds.register(key, kind)
