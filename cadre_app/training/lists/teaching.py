"""我的授课 the teacher's own list in three pages: classes that lie ahead, those not recorded, sessions that are finished."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.core.tables import Column, Empty, Table
from cadre_app.training.panels.sessions import coming_of, past_of, unrecorded_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

TAB = "tab"
COMING, UNRECORDED, PAST = "", "unrecorded", "held"
ROWS = {COMING: coming_of, UNRECORDED: unrecorded_of, PAST: past_of}
LABELS = {
    COMING: gettext_lazy("Coming classes"),
    UNRECORDED: gettext_lazy("Attendance not recorded"),
    PAST: pgettext_lazy("session", "Held"),
}


def teaching(request: HttpRequest, user: "User") -> dict[str, Any]:
    """The page that is asked for, and how much there is on each."""
    asked = request.GET.get(TAB, "")
    shown = asked if asked in ROWS else COMING
    return {
        "shown": shown,
        "chips": [(key, label, ROWS[key](user).count()) for key, label in LABELS.items()],
        "table": _table(request, ROWS[shown](user), shown),
    }


def _table(request: HttpRequest, rows: "QuerySet[Any]", shown: str) -> Table[Any]:
    texts = {
        COMING: (
            _("No class lies ahead."),
            _("The organization department enters your classes; they stand here at once."),
        ),
        UNRECORDED: (_("The attendance of all classes is recorded."), ""),
        PAST: (_("No session is finished yet."), ""),
    }
    columns = (Column[Any]("day", "", lambda one: one.pk),)
    return Table(request, rows, columns, name="teaching", empty=Empty(*texts[shown]), tools=False)
