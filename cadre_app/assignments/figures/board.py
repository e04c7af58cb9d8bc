"""Figures of postings: how many were sent, where, and who is there on a day; each opens its list."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy, pgettext_lazy

from cadre_app.assignments.models import FrontKey, HostLevel, Posting, PostingKind
from cadre_app.assignments.policies import FIGURES_SINCE
from cadre_app.assignments.scope import ANY_FRONT, ENDING, HEADQUARTERS, HERE, MUNICIPAL, SENT, ending, here_on, sent
from cadre_app.core.figures import Asked, Breakdown, Figure, Part, Share, breakdowns, figures, summed
from cadre_app.people.figures import files_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

GROUP = "postings"
TIMES = npgettext_lazy("unit of a figure", "posting", "postings")
RULE = _("Begun since the day in the settings and approved; each posting counts")
# Key, name, and the conditions of the list that show the same postings.
SINCE_POLICY: "tuple[tuple[str, _StrPromise, dict[str, str]], ...]" = (
    (
        "headquarters_postings",
        pgettext_lazy("figure", "Sent to project headquarters"),
        {"front": FrontKey.HEADQUARTERS.value},
    ),
    (
        "secondments",
        pgettext_lazy("figure", "Shadow training at municipal departments"),
        {"kind": PostingKind.SHADOW.value, "level": HostLevel.CITY.value},
    ),
)


def announce() -> None:
    """Called once, when the app is ready."""
    for order, (key, label, query) in enumerate(SINCE_POLICY):
        count, url = Part(posting_counts, key), partial(since_policy_url, query=query)
        figures.register(key, Figure(label, GROUP, order, TIMES, count, url, RULE, in_briefing=True))
    more: tuple[tuple[str, Any, Any, Any, bool], ...] = (
        (
            "postings_begun",
            pgettext_lazy("figure", "Postings begun"),
            partial(begun_url, query={}),
            _("Begun in the period and approved; each posting counts"),
            False,
        ),
        (
            "postings_here",
            pgettext_lazy("figure", "Postings under way"),
            partial(stage_url, stage=HERE),
            _("Begun by the day, the return not recorded or later"),
            False,
        ),
        (
            "postings_ending",
            pgettext_lazy("figure", "Postings that end soon"),
            partial(stage_url, stage=ENDING),
            _("By the planned end, within the days in the settings; as of today only"),
            True,
        ),
    )
    for order, (key, label, url, rule, is_of_today) in enumerate(more, start=len(SINCE_POLICY)):
        count = Part(posting_counts, key)
        figures.register(key, Figure(label, GROUP, order, TIMES, count, url, rule, is_of_today=is_of_today))
    breakdowns.register(
        "postings_by_front",
        Breakdown(
            label=_("Postings by front"),
            group=GROUP,
            order=0,
            unit_word=TIMES,
            heading=_("Front"),
            columns=(
                pgettext_lazy("postings", "Begun in the period"),
                pgettext_lazy("postings", "Since the day in the settings"),
            ),
            rows=by_front,
            sums=front_sums,
            rule=RULE,
        ),
    )


def posting_counts(asked: Asked) -> dict[str, int]:
    """All numbers in one query beside the settings."""
    day, counted = asked.as_of, sent(asked.as_of)
    since_policy = counted & Q(started_on__gte=FIGURES_SINCE.on(day))
    wanted = {
        "headquarters_postings": since_policy & HEADQUARTERS,
        "secondments": since_policy & MUNICIPAL,
        "postings_begun": counted & Q(started_on__gte=asked.since),
        "postings_here": here_on(day),
        "postings_ending": ending(day),
    }
    counts = {key: Count("pk", filter=condition) for key, condition in wanted.items()}
    found: dict[str, int] = _rows(asked).aggregate(**counts)
    return found


def by_front(asked: Asked) -> list[Share]:
    """Each of the six fronts, in one query beside the setting."""
    counted = sent(asked.as_of)
    rows = _rows(asked).filter(front__isnull=False).values_list("front__key")
    found = {
        key: (begun, whole)
        for key, begun, whole in rows.annotate(
            begun=Count("pk", filter=counted & Q(started_on__gte=asked.since)),
            whole=Count("pk", filter=counted & Q(started_on__gte=FIGURES_SINCE.on(asked.as_of))),
        )
    }
    return [
        Share(
            front.label,
            found.get(front.value, (0, 0)),
            since_policy_url(asked, {"front": front.value}),
            (begun_url(asked, {"front": front.value}),),
        )
        for front in FrontKey
    ]


def front_sums(asked: Asked, rows: Sequence[Share]) -> Share:
    """All six together."""
    query = {"front": ANY_FRONT}
    return summed(rows, 2, since_policy_url(asked, query), (begun_url(asked, query),))


def since_policy_url(asked: Asked, query: Mapping[str, str]) -> str:
    """Those begun since the day in the settings."""
    return begun_url(asked, {**query, "since": FIGURES_SINCE.on(asked.as_of).isoformat()})


def begun_url(asked: Asked, query: Mapping[str, str]) -> str:
    """Those begun in the period."""
    return asked.opens("assignments:posting_list", {"stage": SENT, **asked.period, **query, **asked.place})


def stage_url(asked: Asked, stage: str) -> str:
    """Those who were there on the day."""
    return asked.opens("assignments:posting_list", {"stage": stage, **asked.place, **asked.day})


def _rows(asked: Asked) -> Any:
    return Posting.objects.standing().filter(trainee__in=files_of(asked).values("pk")).order_by()
