"""What the desk of department staff says about pairings: who lacks a mentor, what is past its planned last day."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.core.registries import DeskItem
from cadre_app.core.roles import Role
from cadre_app.mentorship.handing_over import waiting_for
from cadre_app.mentorship.models import Pairing
from cadre_app.mentorship.running import between_relatives
from cadre_app.mentorship.services.suggestions import lacking_for
from cadre_app.people.models import of_scope

if TYPE_CHECKING:
    from cadre_app.core.http import UserRequest

COUNTED = 100


def pairing_items(request: "UserRequest") -> list[DeskItem]:
    """At most four lines; four queries, which count to 100."""
    mine = of_scope(request.user, Role.STAFF, prefix="trainee__")
    lacking = lacking_for(request.user).order_by()[:COUNTED].count()
    over = Pairing.objects.running().filter(mine, due_on__lt=timezone.localdate(), trainee__voided_at=None)
    days = list(over.order_by("due_on").values_list("due_on", flat=True)[:COUNTED])
    kin = (
        Pairing.objects.running()
        .filter(mine, between_relatives(), trainee__voided_at=None)
        .order_by()[:COUNTED]
        .count()
    )
    found = []
    if kin:
        found.append(_relatives(kin))
    if changed := waiting_for(request.user).order_by()[:COUNTED].count():
        found.append(_hand_overs(changed))
    if lacking:
        found.append(_lacking(lacking))
    if days:
        found.append(_over(days))
    return found


def _lacking(count: int) -> DeskItem:
    text = ngettext("%(count)d person lacks a mentor", "%(count)d people lack a mentor", count)
    return DeskItem(
        title=text % {"count": count},
        why=_("The system suggests the mentors by office; staff confirm them, one or many"),
        url=reverse("mentorship:suggestion_list"),
        action=_("See the suggestions"),
    )


def _hand_overs(count: int) -> DeskItem:
    text = ngettext("%(count)d hand-over is waiting", "%(count)d hand-overs are waiting", count)
    return DeskItem(
        title=text % {"count": count},
        why=_("An office, a unit or a village has changed; nothing ends until staff confirm, one or many"),
        url=reverse("mentorship:handover_list"),
        action=_("See the hand-overs"),
    )


def _relatives(count: int) -> DeskItem:
    text = ngettext("%(count)d pairing is of declared relatives", "%(count)d pairings are of declared relatives", count)
    return DeskItem(
        title=text % {"count": count},
        why=_("Relatives do not mentor one another: end this pairing and confirm another mentor"),
        url=reverse("mentorship:pairing_table") + "?case=relatives",
        action=_("Open the list"),
        state="over",
    )


def _over(days: list[date]) -> DeskItem:
    text = ngettext(
        "%(count)d pairing is past its planned last day",
        "%(count)d pairings are past their planned last day",
        len(days),
    )
    return DeskItem(
        title=text % {"count": len(days)},
        why=_("The first was planned until %(day)s: complete it, or move that day")
        % {"day": formats.date_format(days[0])},
        url=reverse("mentorship:pairing_table") + "?case=over",
        action=_("Open the list"),
        state="over",
    )
