"""The audit log."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.tables import Empty, Table
from cadre_app.history import permissions
from cadre_app.history.columns import ENTRY_COLUMNS
from cadre_app.history.filters import filtered_entries


@require_GET
def entry_list(request: UserRequest) -> HttpResponse:
    """操作日志 Activity log: who did what and when."""
    require(permissions.can_read_log(request.user))
    entries = filtered_entries(request.GET)
    table = Table(
        request,
        entries.qs,
        ENTRY_COLUMNS,
        name="entries",
        empty=Empty(_("No entries in this period."), _("Choose a longer period or clear the filters.")),
        default_sort="-at",
        export_kind="history.entries",
        density="dense",
    )
    return render(request, page_or_fragment(request, "history/entry_list.html"), {"table": table, "filter": entries})
