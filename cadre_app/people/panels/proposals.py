"""What desks say about proposals: that some wait, to staff; that one was answered, to whoever made it."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.core.registries import DeskItem
from cadre_app.core.roles import Role
from cadre_app.people import permissions
from cadre_app.people.models import Proposal, of_scope
from cadre_app.people.proposal_columns import section_label

if TYPE_CHECKING:
    from cadre_app.core.http import UserRequest

ANSWER_SHOWN = timedelta(days=7)
AT_MOST = 5
COUNTED = 100


def proposal_items(request: "UserRequest") -> list[DeskItem]:
    """One line for all that wait for staff, and the last five answers of seven days to their proposer."""
    found = []
    if permissions.can_create(request.user):
        found += _waiting(request)
    answered = (Proposal.Status.ACCEPTED, Proposal.Status.REFUSED)
    rows = (
        Proposal.objects.visible_to(request.user)
        .standing()
        .filter(proposed_by=request.user, status__in=answered, answered_at__gte=timezone.now() - ANSWER_SHOWN)
    )
    return found + [_answer(row) for row in rows.select_related("trainee__person").order_by("-answered_at")[:AT_MOST]]


def _waiting(request: "UserRequest") -> list[DeskItem]:
    mine = of_scope(request.user, Role.STAFF, prefix="trainee__")
    rows = Proposal.objects.waiting().filter(mine).exclude(proposed_by=request.user)
    first = list(rows.order_by("created_at").values_list("created_at", flat=True)[:COUNTED])
    if not first:
        return []
    title = ngettext("%(count)d proposal waits for an answer", "%(count)d proposals wait for an answer", len(first))
    return [
        DeskItem(
            title=title % {"count": len(first)},
            why=_("Changes that trainees and liaisons propose; the oldest is of %(day)s") % {"day": _day(first[0])},
            url=reverse("people:proposal_list"),
            action=_("Compare"),
        )
    ]


def _answer(row: Proposal) -> DeskItem:
    is_taken = row.status == Proposal.Status.ACCEPTED
    known = {"day": _day(row.answered_at), "answer": row.answer}
    return DeskItem(
        title=(
            _("Your proposal was accepted: %(section)s") if is_taken else _("Your proposal was refused: %(section)s")
        )
        % {"section": section_label(row)},
        why=(_("Answered on %(day)s: %(answer)s") if row.answer else _("Answered on %(day)s")) % known,
        url=reverse("people:proposal_detail", kwargs={"pk": row.pk}),
        action=_("View"),
        subject=row.trainee.person.name,
    )


def _day(moment: object) -> str:
    return formats.date_format(timezone.localtime(moment), "DATE_FORMAT")  # type: ignore[arg-type]
