"""What the page of one outcome shows: its steps with their days, what it changed, who may do what."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.advancement.models import Outcome, OutcomeChange, OutcomeState
from cadre_app.advancement.permissions import outcomes as permissions
from cadre_app.advancement.wording import Line, made_lines, what_text
from cadre_app.history.models import Entry

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

RELATED = (
    "trainee__person__account", "trainee__home_unit", "unit", "entered_by", "checked_by", "signed_by",
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One step of the chain with its mark, who took it and when."""

    state: str
    label: str
    text: str = ""


def acts_of(user: "User", outcome: Outcome) -> dict[str, bool]:
    """By act whether its reader may do it now."""
    return {
        "change": permissions.can_change_outcome(user, outcome),
        "check": permissions.can_check_outcome(user, outcome),
        "sign": permissions.can_sign_outcome(user, outcome),
        "return": permissions.can_return_outcome(user, outcome),
        "void": permissions.can_void_outcome(user, outcome),
        "restore": permissions.can_restore_outcome(user, outcome),
    }


def facts_of(outcome: Outcome) -> dict[str, str]:
    """What the announcement says in words."""
    level = Outcome.word_of("post_level", outcome.post_level) if outcome.post_level else ""
    return {"what": what_text(outcome), "post_level": level}


def steps_of(outcome: Outcome) -> list[Step]:
    """经办、审核、签批."""
    return [
        _step(pgettext("outcome", "Prepared"), outcome.entered_by, outcome.entered_on),
        _step(
            pgettext("outcome", "Checked"),
            outcome.checked_by,
            outcome.checked_on,
            waits=outcome.state == OutcomeState.ANNOUNCED,
        ),
        _step(
            pgettext("outcome", "Signed off"),
            outcome.signed_by,
            outcome.signed_on,
            waits=outcome.state == OutcomeState.RECORDED,
        ),
    ]


def changes_of(outcome: Outcome, user: "User") -> list[Line]:
    """What the sign-off wrote, also what was taken back."""
    rows = OutcomeChange.objects.visible_to(user).filter(outcome=outcome).select_related("record")
    return made_lines(list(rows.order_by("part", "created_at")), outcome.trainee.person)


def unit_differs(outcome: Outcome) -> bool:
    """The new post lies outside the unit of the file: the transfer is recorded apart. A post in a village moves nobody."""
    unit, home = outcome.unit, outcome.trainee.home_unit
    return unit is not None and not outcome.is_voided and not unit.path.startswith(home.path)


def history_of(outcome: Outcome, user: "User") -> Any:
    """Changes in words for staff and leaders, None for others."""
    return Entry.objects.about(outcome).told() if permissions.reads_history(user, outcome) else None


def _step(label: str, by: "User | None", on: date | None, *, waits: bool = False) -> Step:
    if by is not None and on is not None:
        return Step("ok", label, _("%(name)s, %(day)s") % {"name": by.display_name, "day": formats.date_format(on)})
    return Step("wait" if waits else "none", label)
