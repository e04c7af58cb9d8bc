"""Achievements on pages that are one's own: the phone page, what waits on the desk, the mentor's card."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cadre_app.achievements import permissions
from cadre_app.achievements.models import Achievement, AchievementState
from cadre_app.achievements.policies import UNIT_DAYS
from cadre_app.achievements.words import mark_of, span_of
from cadre_app.core.registries import DeskItem
from cadre_app.core.roles import Role
from cadre_app.people.models import Trainee
from cadre_app.people.models.persons import own_keys

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.core.http import UserRequest

AT_MOST, SHOWN, CARD_LINES = 10, 100, 3


def own_achievements(user: "User") -> dict[str, Any]:
    """Own entries, the latest first, with what can be done; one query beside the own file."""
    rows = Achievement.objects.visible_to(user).standing().filter(trainee=own_keys(user)[1])
    found = list(rows.select_related("trainee__person", "trainee__home_unit")[:SHOWN])
    trainee = found[0].trainee if found else _own_file(user)
    verified = sum(row.state == AchievementState.VERIFIED for row in found)
    return {
        "cards": [own_card(user, row) for row in found],
        "verified": verified,
        "may_write": permissions.can_write_achievement(user, trainee),
    }


def own_card(user: "User", row: Achievement) -> dict[str, Any]:
    """One entry as a card, with what its author may do next."""
    return {
        "achievement": row,
        "mark": mark_of(row),
        "span": span_of(row.started_on, row.ended_on),
        "may_change": permissions.can_change_achievement(user, row),
        "may_withdraw": permissions.can_withdraw_achievement(user, row),
    }


def mentee_cards(user: "User") -> list[dict[str, Any]]:
    """What the mentees of `user` submitted, the latest first; one query."""
    rows = Achievement.objects.of_mentees(user).select_related("trainee__person").order_by("-state_since", "pk")
    return [_card(row) for row in rows[:SHOWN]]


def mentor_card(request: "UserRequest") -> dict[str, Any] | None:
    """The desk of a mentor: what mentees submitted lately; left out where there is nothing. One query."""
    rows = Achievement.objects.of_mentees(request.user).select_related("trainee__person")
    found = list(rows.order_by("-state_since", "pk")[:CARD_LINES])
    return {"lines": [_card(row) for row in found]} if found else None


def own_panel(request: "UserRequest") -> dict[str, Any]:
    """The way to the own entries, and to a new one; asks nothing of the database."""
    return {}


def may_mentor(user: "User") -> bool:
    """Somebody who is a person of this system without a file of their own: only these are mentors."""
    person, file = own_keys(user)
    return person is not None and file is None


def queue(request: "UserRequest") -> list[DeskItem]:
    """What waits for the viewer: own returned entries; for the unit; for the department; the oldest first."""
    user = request.user
    found: list[DeskItem] = []
    if permissions.can_see_own_achievements(user):
        found += _returned(user)
    if permissions.verifies_for_unit(user):
        rows = Achievement.objects.overseen_by(user, Role.LIAISON).filter(state=AchievementState.UNIT)
        found += [_item(row, _("Achievement to be verified by the unit")) for row in _waiting(rows)]
    if permissions.works_here(user):
        found += _for_department(user)
    return found


def has_queue(user: "User") -> bool:
    """Whoever writes or verifies."""
    return permissions.verifies(user) or permissions.can_see_own_achievements(user)


def _for_department(user: "User") -> list[DeskItem]:
    """What the unit verified, and what it has left for longer than its days."""
    late = timezone.localdate() - timedelta(days=UNIT_DAYS.now())
    left = Q(state=AchievementState.UNIT, state_since__lt=late)
    ready_here = Q(state=AchievementState.DEPARTMENT) & ~Q(unit_verified_by=user)
    rows = Achievement.objects.overseen_by(user, Role.STAFF).filter(ready_here | left)
    ready, waits = (
        _("Achievement to be verified by the department"),
        _("Achievement that the unit has not verified for days"),
    )
    return [_item(row, ready if row.state == AchievementState.DEPARTMENT else waits) for row in _waiting(rows)]


def _waiting(rows: Any) -> list[Achievement]:
    return list(rows.waiting().select_related("trainee__person").order_by("state_since", "pk")[:AT_MOST])


def _item(row: Achievement, title: str) -> DeskItem:
    days = (timezone.localdate() - row.state_since).days
    waits = ngettext("waiting for %(days)d day", "waiting for %(days)d days", days) % {"days": days}
    known = {"title": row.title, "since": formats.date_format(row.state_since), "waits": waits}
    text = _("“%(title)s”, since %(since)s, %(waits)s") if days else _("“%(title)s”, since %(since)s")
    return DeskItem(
        title=title,
        why=text % known,
        url=_page(row),
        action=pgettext("achievement", "Look at it"),
        state="soon" if days > UNIT_DAYS.now() else "none",
        subject=row.trainee.person.name,
    )


def _returned(user: "User") -> list[DeskItem]:
    rows = Achievement.objects.standing().filter(trainee=own_keys(user)[1], state=AchievementState.RETURNED)
    return [
        DeskItem(
            title=_("Complete the achievement “%(title)s”") % {"title": row.title},
            why=_("Returned on %(day)s: %(comment)s")
            % {"day": formats.date_format(row.state_since), "comment": row.return_comment},
            url=_page(row),
            action=_("Complete it"),
            state="soon",
        )
        for row in rows.order_by("state_since", "pk")[:AT_MOST]
    ]


def _card(row: Achievement) -> dict[str, Any]:
    return {"achievement": row, "mark": mark_of(row), "span": span_of(row.started_on, row.ended_on)}


def _own_file(user: "User") -> Trainee:
    return Trainee.objects.select_related("person", "home_unit").get(person__account=user)


def _page(row: Achievement) -> str:
    return reverse("achievements:achievement_detail", kwargs={"pk": row.pk})
