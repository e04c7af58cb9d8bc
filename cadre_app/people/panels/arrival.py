"""What the desk of department staff says about files."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.core.registries import DeskItem
from cadre_app.core.roles import Role
from cadre_app.people.models import ArrivalCheck, Trainee
from cadre_app.people.policies import ARRIVAL_DAYS
from cadre_app.people.services.arrival import NO_LONGER_CHASED, TABLE, due_on
from cadre_app.policy import codes

if TYPE_CHECKING:
    from cadre_app.core.http import UserRequest

AHEAD = timedelta(days=7)
SHOWN = 10


def arrival_items(request: "UserRequest") -> list[DeskItem]:
    """The first ten files whose arrival checklist is not complete and due within seven days or overdue, and a line
    that says so when there are more; one query.

    Files that arrived more than a year ago are left out: their checklist shows on the file only.
    """
    today = timezone.localdate()
    wanted = [code for code, _name in codes.choices(TABLE)]
    ticked = ArrivalCheck.objects.standing().filter(trainee=OuterRef("pk"), item__in=wanted).order_by()
    done = Coalesce(Subquery(ticked.values("trainee").annotate(many=Count("pk")).values("many")), 0)
    last_arrival = today + AHEAD - timedelta(days=ARRIVAL_DAYS.now())
    found: Any = (
        Trainee.objects.in_scope(request.user, Role.STAFF)
        .in_development()
        .filter(arrived_on__range=(today - NO_LONGER_CHASED, last_arrival))
        .annotate(done=done)
        .filter(done__lt=len(wanted))
        .select_related("person", "home_unit")
        .order_by("arrived_on", "file_number")
    )
    files = list(found[: SHOWN + 1])
    items = [_item(trainee, len(wanted) - trainee.done, today) for trainee in files[:SHOWN]]
    if len(files) > SHOWN:
        items.append(_more(items[-1].state))
    return items


def _item(trainee: Trainee, missing: int, today: date) -> DeskItem:
    day = due_on(trainee)
    is_over = day < today
    days = abs((day - today).days)
    if is_over:
        when = ngettext("%(days)d day over", "%(days)d days over", days) % {"days": days}
    else:
        when = ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
    text = ngettext(
        "%(count)d item of the arrival checklist is open", "%(count)d items of the arrival checklist are open", missing
    )
    why = _("Due by %(day)s: %(rule)s after reporting for duty in %(unit)s")
    known = {
        "day": formats.date_format(day),
        "rule": ARRIVAL_DAYS.text(ARRIVAL_DAYS.now()),
        "unit": trainee.home_unit.label,
    }
    return DeskItem(
        title=text % {"count": missing},
        why=why % known,
        url=reverse("people:trainee_detail", kwargs={"pk": trainee.pk}) + "#arrival",
        action=_("Open the checklist"),
        state="over" if is_over else "soon",
        when=when,
        subject=trainee.person.name,
    )


def _more(state: str) -> DeskItem:
    return DeskItem(
        title=_("More arrival checklists are open"),
        why=_("The ten that are due first stand above; the roster lists the latest arrivals first."),
        url=reverse("people:trainee_list") + "?sort=-arrived_on",
        action=_("Open the roster"),
        state=state,
    )
