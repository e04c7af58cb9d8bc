"""Columns of the list of proposals."""

from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from cadre_app.core.tables import Column
from cadre_app.people.models import Proposal
from cadre_app.people.services.proposals import SECTIONS


def section_label(proposal: Proposal) -> str:
    """The section in the viewer's language; one that is gone is shown as written."""
    return str(SECTIONS.get(proposal.section, proposal.section))


def _day(moment: object) -> str:
    return formats.date_format(timezone.localtime(moment), "DATE_FORMAT") if moment else ""  # type: ignore[arg-type]


PROPOSAL_COLUMNS: tuple[Column[Proposal], ...] = (
    Column(
        "name",
        _("Full name"),
        lambda row: row.trainee.person.name,
        sort=("trainee__stroke_key", "created_at"),
        template="people/cells/proposal.html",
    ),
    Column("unit", _("Unit"), lambda row: row.trainee.home_unit.name, sort=("trainee__home_unit__path", "created_at")),
    Column("section", _("Section"), section_label, sort=("section", "created_at")),
    Column("proposed_by", _("Proposed by"), lambda row: row.proposed_by.display_name),
    Column("created", _("Proposed on"), lambda row: _day(row.created_at), sort=("created_at",)),
    Column(
        "status",
        _("Status"),
        lambda row: row.status_text,
        sort=("status", "created_at"),
        template="people/cells/proposal_status.html",
    ),
    Column("answered", _("Answered on"), lambda row: _day(row.answered_at), sort=("answered_at",)),
)
