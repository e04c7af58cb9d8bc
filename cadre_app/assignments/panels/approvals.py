"""What waits to be checked or signed off, for its page and for the desk."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.assignments.compliance import notes_on, with_compliance
from cadre_app.assignments.models import Posting, PostingState
from cadre_app.assignments.permissions import postings as permissions
from cadre_app.core.registries import DeskItem
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.core.signing import by_others
from cadre_app.people.models import of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.core.http import UserRequest

RELATED = ("trainee__person", "trainee__home_unit", "unit", "front", "proposed_by", "checked_by")
MOST, ON_DESK = 200, 20


@dataclass(frozen=True)
class Line:
    """One proposal; `is_mine` where the reader takes the next step, `is_own_check` where they took the one before, `notes`
    what stands against it.
    """

    posting: Posting
    is_mine: bool
    is_own: bool
    is_own_check: bool
    notes: list[Any]


def to_check(user: "User") -> Any:
    """Proposals in one's scope; own ones wait for somebody else."""
    return _waiting(user, PostingState.PROPOSED)


def to_sign(user: "User") -> Any:
    """Checked ones in one's scope, signed off by leaders."""
    return _waiting(user, PostingState.CHECKED)


def lines_of(user: "User", rows: Any) -> list[Line]:
    """The oldest first; one query however many."""
    today = timezone.localdate()
    found = with_compliance(rows, today)[:MOST]
    return [
        Line(
            posting,
            is_mine=permissions.can_check(user, posting) or permissions.can_sign_off(user, posting),
            is_own=posting.proposed_by_id == user.pk,
            is_own_check=permissions.has_only_checked(user, posting),
            notes=notes_on(posting, today),
        )
        for posting in found
    ]


def desk_items(request: "UserRequest") -> list[DeskItem]:
    """What the reader may check or sign off; one query."""
    user = request.user
    check = Q(state=PostingState.PROPOSED) & of_scope(user, Role.STAFF, Role.LEADER, prefix="trainee__")
    check &= by_others(user, "proposed_by")
    sign = Q(state=PostingState.CHECKED) & of_scope(user, Role.LEADER, prefix="trainee__")
    sign &= by_others(user, "proposed_by", "checked_by")
    rows = Posting.objects.standing().filter(check | sign, trainee__voided_at=None, trainee__departed_on=None)
    rows = rows.select_related(*RELATED).order_by("created_at", "pk")
    return [_item(posting) for posting in rows[:ON_DESK]]


def _waiting(user: "User", state: str) -> Any:
    rows = Posting.objects.standing().filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__"), state=state)
    rows = rows.filter(trainee__voided_at=None, trainee__departed_on=None)
    return rows.select_related(*RELATED).order_by("created_at", "pk")


def _item(posting: Posting) -> DeskItem:
    is_checked = posting.state == PostingState.CHECKED
    name = "assignments:posting_sign_off" if is_checked else "assignments:posting_detail"
    known = {"host": posting.host, "day": formats.date_format(posting.started_on)}
    title = (
        _("Posting to be signed off: %(host)s from %(day)s")
        if is_checked
        else _("Posting to be checked: %(host)s from %(day)s")
    )
    by = posting.checked_by if is_checked and posting.checked_by is not None else posting.proposed_by
    why = _("Checked by %(name)s") if is_checked else _("Proposed by %(name)s")
    return DeskItem(
        title=title % known,
        why=why % {"name": by.display_name},
        url=reverse(name, kwargs={"pk": posting.pk}),
        action=_("Sign off") if is_checked else pgettext("posting", "Check"),
        subject=posting.trainee.person.name,
    )
