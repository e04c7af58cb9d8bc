"""Reports to the superior on the desk: those that wait for a leader, and those that came back."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.core.registries import DeskItem
from cadre_app.rosters.models import ReportState, SuperiorReport
from cadre_app.rosters.permissions import reports as permissions

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.core.http import UserRequest

SHOWN = 10


def desk_items(request: "UserRequest") -> list[DeskItem]:
    """One query; each for whoever takes the next step."""
    user = request.user
    waits = Q(state=ReportState.SUBMITTED) | (Q(state=ReportState.DRAFT) & ~Q(return_reason=""))
    rows = SuperiorReport.objects.visible_to(user).standing().filter(waits).select_related("unit").order_by("as_of")
    found = [item for report in rows[: SHOWN * 2] if (item := _item(user, report)) is not None]
    return found[:SHOWN]


def _item(user: "User", report: SuperiorReport) -> DeskItem | None:
    url = reverse("rosters:report_detail", kwargs={"pk": report.pk})
    day = _("as of %(day)s") % {"day": formats.date_format(report.as_of)}
    title, subject = f"{report.get_kind_display()} · {report.unit.name}", report.unit.name
    if permissions.can_freeze_report(user, report):
        why = _("Submitted by another account; a leader checks and freezes it (%(day)s)") % {"day": day}
        return DeskItem(title, why, url, pgettext("report to the superior", "Check"), "wait", subject=subject)
    if permissions.can_submit_report(user, report):
        why = _("Returned: %(reason)s") % {"reason": report.return_reason}
        return DeskItem(title, why, url, pgettext("report to the superior", "Complete"), "soon", subject=subject)
    return None
