"""The list of materials, for the page and for the workbook, and the list of hand-overs."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from cadre_app.core.tables import Empty, Table, asked
from cadre_app.handover import permissions
from cadre_app.handover.columns import HAND_OVERS, MATERIALS
from cadre_app.handover.filters import hand_overs_of, materials_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

EXPORT = "handover.materials"


def material_table(request: HttpRequest, user: "User") -> tuple[Table[Any], Any]:
    """材料归档清单: what `request` asks for, with the filter it went through."""
    found = materials_of(user, request.GET)
    empty = Empty(
        _("No material is on the list.") if "state" in request.GET else _("Nothing waits to be handed over here."),
        _("Forms and appraisals come here by themselves when they are signed. Others are entered by hand."),
    )
    table: Table[Any] = Table(
        request, found.qs, MATERIALS, name="materials", empty=empty, default_sort="due_on", export_kind=EXPORT,
        keyset=True, offers_all=permissions.can_hand_over_many(user),
    )  # fmt: skip
    return table, found


def hand_over_table(request: HttpRequest, user: "User") -> tuple[Table[Any], Any]:
    """移交记录: every going of papers, the latest first, with how many of its papers `user` reads."""
    found = hand_overs_of(user, request.GET)
    empty = Empty(
        _("No hand-over is recorded here."),
        _("Each time papers are handed over, the list that was signed is kept here and can be printed again."),
    )
    table: Table[Any] = Table(
        request, found.qs, HAND_OVERS, name="hand_overs", empty=empty, default_sort="-handed_over_on", keyset=True
    )
    return table, found


def exported_materials(user: "User", query: QueryDict) -> Table[Any]:
    table, found = material_table(asked(query), user)
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table
