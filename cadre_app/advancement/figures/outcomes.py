"""The figure of announced outcomes since the term change, by kind and by year; 任职定级 is none of them."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy, pgettext_lazy

from cadre_app.advancement.models import Outcome, OutcomeKind, OutcomeState
from cadre_app.advancement.policies import FIGURES_SINCE
from cadre_app.core.figures import Asked, Breakdown, Figure, Share, breakdowns, figures, summed
from cadre_app.people.figures import files_of

if TYPE_CHECKING:
    from cadre_app.advancement.models.outcomes import OutcomeQuerySet

GROUP = "outcomes"
TIMES = npgettext_lazy("unit of a figure", "outcome", "outcomes")
RULE = _("Announced since the term change and signed off; first appointment and grading does not count")


def announce() -> None:
    """Called once, when the app is ready."""
    figures.register(
        "outcomes",
        Figure(
            label=pgettext_lazy("figure", "Promoted, advanced or put to further use"),
            group=GROUP,
            order=0,
            unit_word=TIMES,
            count=count,
            url=list_url,
            rule=RULE,
            in_briefing=True,
        ),
    )
    figures.register(
        "outcomes_in_period",
        Figure(
            label=pgettext_lazy("figure", "Of these announced in the period"),
            group=GROUP,
            order=1,
            unit_word=TIMES,
            count=count_in_period,
            url=period_url,
            rule=_("By the day of publication; first appointment and grading does not count"),
        ),
    )
    together = (pgettext_lazy("outcome", "In all"),)
    kinds = (*[kind.label for kind in OutcomeKind], *together)
    shares = (
        ("outcomes_by_kind", _("Outcomes by kind"), pgettext_lazy("outcome", "Kind"), together, by_kind),
        ("outcomes_by_year", _("Outcomes by year"), _("Year"), kinds, by_year),
    )
    for order, (key, label, heading, columns, rows) in enumerate(shares):
        breakdowns.register(
            key,
            Breakdown(
                label=label,
                group=GROUP,
                order=order,
                unit_word=TIMES,
                heading=heading,
                columns=columns,
                rows=rows,
                rule=RULE,
                sums=partial(sums, columns=len(columns)),
            ),
        )


def counted(asked: Asked) -> "OutcomeQuerySet":
    """What counts: in the file, announced from the day of the setting to the day that is asked."""
    days = (FIGURES_SINCE.on(asked.as_of), asked.as_of)
    return (
        Outcome.objects.in_file().filter(published_on__range=days, trainee__in=files_of(asked).values("pk")).order_by()
    )


def count(asked: Asked) -> int:
    return counted(asked).count()


def since_in_period(asked: Asked) -> date:
    """The first day that counts in the period: what was announced before the term change is none of these."""
    return max(asked.since, FIGURES_SINCE.on(asked.as_of))


def count_in_period(asked: Asked) -> int:
    return counted(asked).filter(published_on__gte=since_in_period(asked)).count()


def period_url(asked: Asked) -> str:
    return list_url(asked, since=since_in_period(asked).isoformat())


def by_kind(asked: Asked) -> list[Share]:
    """Each of the three, also where there is none."""
    found = dict(counted(asked).values_list("kind").annotate(times=Count("pk")))
    return [Share(kind.label, (found.get(kind, 0),), list_url(asked, kind=kind.value)) for kind in OutcomeKind]


def by_year(asked: Asked) -> list[Share]:
    """The years in which something was announced, the latest first."""
    rows = counted(asked).annotate(year=ExtractYear("published_on")).values_list("year", "kind")
    found = Counter({(year, kind): times for year, kind, times in rows.annotate(times=Count("pk"))})
    return [_year(asked, found, year) for year in sorted({year for year, _kind in found}, reverse=True)]


def sums(asked: Asked, rows: Sequence[Share], *, columns: int) -> Share:
    """All that count, by kind where the rows are."""
    urls = _kinds(asked) if columns > 1 else ()
    return summed(rows, columns, list_url(asked), urls)


def list_url(asked: Asked, **query: str) -> str:
    """The list of exactly these."""
    days = {"since": FIGURES_SINCE.on(asked.as_of).isoformat(), "until": asked.as_of.isoformat()}
    return asked.opens(
        "advancement:outcome_list", {"state": OutcomeState.IN_FILE.value, **days, **query, **asked.place}
    )


def _kinds(asked: Asked, **query: str) -> tuple[str, ...]:
    return tuple(list_url(asked, kind=kind, **query) for kind in OutcomeKind.values)


def _year(asked: Asked, found: "Counter[tuple[int, str]]", year: int) -> Share:
    numbers = [found[year, kind.value] for kind in OutcomeKind]
    first = max(date(year, 1, 1), FIGURES_SINCE.on(asked.as_of)).isoformat()
    last = min(date(year, 12, 31), asked.as_of).isoformat()
    url, urls = list_url(asked, since=first, until=last), _kinds(asked, since=first, until=last)
    return Share(str(year), (*numbers, sum(numbers)), url, urls)
