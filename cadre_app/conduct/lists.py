"""The lists of rewards, decisions and admonitions: for the page and for the workbook."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre_app.conduct import columns
from cadre_app.conduct.filters import FoundRewards, admonitions_of, sanctions_of
from cadre_app.conduct.permissions import restricted
from cadre_app.conduct.permissions import rewards as permissions
from cadre_app.conduct.services import reading
from cadre_app.core.tables import Empty, Table, asked

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

REWARDS, SANCTIONS, ADMONITIONS = "conduct.rewards", "conduct.sanctions", "conduct.admonitions"


def reward_table(request: HttpRequest, user: "User") -> tuple[Table[Any], Any]:
    """Rewards of every room, with the filter they went through."""
    found = FoundRewards(user, request.GET)
    may = permissions.can_enter_rewards(user)
    empty = Empty(
        _("No reward is on record."),
        _("Rewards are entered one by one; research prizes come by themselves."),
        reverse("conduct:reward_choose") if may else "",
        _("Enter a reward"),
    )
    table: Table[Any] = Table(
        request, found.rows, columns.REWARDS, name="rewards", empty=empty, default_sort="-awarded_on",
        export_kind=REWARDS,
    )  # fmt: skip
    return table, found.form_filter


def sanction_table(request: HttpRequest, user: "User") -> tuple[Table[Any], Any]:
    """Decisions that one reads by office."""
    found = sanctions_of(user, request.GET)
    empty = Empty(
        _("No disciplinary decision is on record."),
        _("Only leaders and named staff see this list; each reading is put on record."),
        *_way(user, "conduct:sanction_choose"),
    )
    return _table(request, found, columns.SANCTIONS, "sanctions", empty, "-decided_on", SANCTIONS), found


def admonition_table(request: HttpRequest, user: "User") -> tuple[Table[Any], Any]:
    """Admonitions that one reads by office."""
    found = admonitions_of(user, request.GET)
    empty = Empty(
        _("No reminder, inquiry or admonition is on record."),
        _("Only leaders and named staff see this list; each reading is put on record."),
        *_way(user, "conduct:admonition_choose"),
    )
    return _table(request, found, columns.ADMONITIONS, "admonitions", empty, "-given_on", ADMONITIONS), found


def exported_rewards(user: "User", query: QueryDict) -> Table[Any]:
    return _checked(reward_table(asked(query), user))


def exported_sanctions(user: "User", query: QueryDict) -> Table[Any]:
    """The workbook is on record before it is made."""
    reading.export_list("sanctions", actor=user)
    return _checked(sanction_table(asked(query), user))


def exported_admonitions(user: "User", query: QueryDict) -> Table[Any]:
    """The workbook is on record before it is made."""
    reading.export_list("admonitions", actor=user)
    return _checked(admonition_table(asked(query), user))


def _way(user: "User", name: str) -> tuple[str, str]:
    return (reverse(name), _("Enter one")) if restricted.can_enter_restricted(user) else ("", "")


def _table(request: HttpRequest, found: Any, shown: Any, name: str, empty: Empty, sort: str, kind: str) -> Table[Any]:
    return Table(request, found.qs, shown, name=name, empty=empty, default_sort=sort, export_kind=kind, keyset=True)


def _checked(asked_for: tuple[Table[Any], Any]) -> Table[Any]:
    table, found = asked_for
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table
