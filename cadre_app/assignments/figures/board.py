"""Figures of postings: how many times people were sent to headquarters and to departments above, with their lists."""

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy, pgettext_lazy

from cadre_app.assignments.models import FrontKey, HostLevel, Posting, PostingKind
from cadre_app.assignments.policies import FIGURES_SINCE
from cadre_app.assignments.scope import ABOVE, SENT, sent
from cadre_app.core.figures import Asked, Figure, Part, figures
from cadre_app.people.figures import files_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

GROUP = "postings"
TIMES = npgettext_lazy("unit of a figure", "posting", "postings")
RULE = _("Begun since the day in the settings and approved; each posting counts")
# Key, name, and the conditions of the list that show the same postings.
LINES: "tuple[tuple[str, _StrPromise, dict[str, str]], ...]" = (
    (
        "headquarters_postings",
        pgettext_lazy("figure", "Sent to project headquarters"),
        {"front": FrontKey.HEADQUARTERS.value},
    ),
    (
        "secondments",
        pgettext_lazy("figure", "Shadow training at city level or above"),
        {"kind": PostingKind.SHADOW.value, "level": ABOVE},
    ),
)


def announce() -> None:
    """Called once, when the app is ready."""
    for order, (key, label, query) in enumerate(LINES):
        figures.register(
            key,
            Figure(
                label=label,
                group=GROUP,
                order=order,
                unit_word=TIMES,
                count=Part(posting_counts, key),
                url=partial(list_url, query=query),
                rule=RULE,
                in_briefing=True,
            ),
        )


def posting_counts(asked: Asked) -> dict[str, int]:
    """Both numbers in one query."""
    rows = Posting.objects.standing().filter(
        sent(asked.as_of),
        started_on__gte=FIGURES_SINCE.on(asked.as_of),
        trainee__in=files_of(asked).values("pk"),
    )
    found: dict[str, int] = rows.order_by().aggregate(
        headquarters_postings=Count("pk", filter=Q(front__key=FrontKey.HEADQUARTERS)),
        secondments=Count("pk", filter=Q(kind=PostingKind.SHADOW) & ~Q(host_level=HostLevel.DISTRICT)),
    )
    return found


def list_url(asked: Asked, query: dict[str, str]) -> str:
    """The list of exactly these postings; it shows how things stand today, to those who have it."""
    if asked.user is None or not asked.is_today:
        return ""
    known = {"stage": SENT, **query, "since": FIGURES_SINCE.on(asked.as_of).isoformat()}
    if asked.unit is not None:
        known["unit"] = str(asked.unit.pk)
    return f"{reverse('assignments:posting_list')}?{urlencode(known)}"
