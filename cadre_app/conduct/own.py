"""What is on record about somebody in development, as their own page shows it: rewards, decisions, admonitions."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.conduct import award_rows
from cadre_app.conduct.models import Admonition, Sanction
from cadre_app.conduct.wording import sanction_mark
from cadre_app.core.awards import AwardLevel

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

AT_MOST = 200
LEVELS = dict(AwardLevel.choices)


@dataclass(frozen=True)
class Line:
    """One entry: what, by whom and on which document, until when it counts."""

    day: date
    title: str
    by: str
    note: str = ""
    mark: str = ""
    label: str = ""


def own_context(user: "User", *, with_restricted: bool) -> dict[str, Any]:
    """The own entries that stand, the latest first, of rewards and of what is restricted; three queries at most."""
    given = award_rows.united(lambda rows: rows.filter(trainee__person__account=user), user=user)
    decided = Sanction.objects.standing().filter(trainee__person__account=user)
    warned = Admonition.objects.standing().filter(trainee__person__account=user)
    rewards = [_reward(row) for row in given.order_by("-award_on", "pk")[:AT_MOST]]
    if not with_restricted:
        return {"rewards": rewards, "sanctions": [], "admonitions": []}
    return {
        "rewards": rewards,
        "sanctions": [_sanction(row) for row in decided.order_by("-decided_on", "pk")[:AT_MOST]],
        "admonitions": [_admonition(row) for row in warned.order_by("-given_on", "pk")[:AT_MOST]],
    }


def _reward(row: Any) -> Line:
    by = f"{row['award_awarded_by']} {row['award_document_number']}".strip()
    level = LEVELS.get(row["award_level"], "")
    note = f"{_('Level')}{pgettext('label and value', ': ')}{level}" if level else ""
    return Line(row["award_on"], award_rows.words_of(row), by, note)


def _sanction(row: Sanction) -> Line:
    mark, label = sanction_mark(row)
    title = f"{row.get_category_display()}{pgettext('label and value', ': ')}{row.words}"
    return Line(row.decided_on, title, f"{row.organ} {row.document_number}", _until(row), mark, label)


def _admonition(row: Admonition) -> Line:
    title = f"{row.words}{pgettext('label and value', ': ')}{row.get_matter_display()}"
    pieces = [_until(row)]
    if row.answer_due_on is not None:
        pieces.append(_("report on the correction by %(day)s") % {"day": formats.date_format(row.answer_due_on)})
    note = _(", ").join(filter(None, pieces))
    return Line(row.given_on, title, f"{row.organ} {row.document_number}", note)


def _until(row: Sanction | Admonition) -> str:
    return _("counts until %(day)s") % {"day": formats.date_format(row.ends_on)} if row.ends_on is not None else ""
