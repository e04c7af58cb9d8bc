"""Figures of mentoring: how many pairings run and how they go; each opens the list of exactly those."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy, pgettext_lazy

from cadre_app.core.days import start_of
from cadre_app.core.figures import Asked, Breakdown, Figure, Part, Share, breakdowns, figures, summed
from cadre_app.mentorship.health import Health, latest_note, limits_on, with_health, with_health_then
from cadre_app.mentorship.models import GuidanceNote, MentorKind, Pairing, PairingReview, ReviewState
from cadre_app.mentorship.note_lists import State
from cadre_app.mentorship.permissions.notes import knows_of_all_notes
from cadre_app.mentorship.running import running_on, with_both
from cadre_app.people.figures import files_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

GROUP = "mentoring"
PAIRS = npgettext_lazy("unit of a figure", "pair", "pairs")
TIMES = npgettext_lazy("unit of a figure", "time", "times")
TALKED = npgettext_lazy("unit of a figure, each person counts", "time", "times")
BOTH = {"case": "both", "kind": MentorKind.POLITICAL.value}
# Key, name, rule, and the conditions of the list that show the same pairings.
LINES: "tuple[tuple[str, _StrPromise, _StrPromise, dict[str, str]], ...]" = (
    ("mentor_pairs", _("Trainees with both mentors"), _("Both pairings run; those who left do not count"), BOTH),
    ("pairings_running", pgettext_lazy("figure", "Running pairings"), _("Begun and not ended"), {}),
    *[
        (
            f"pairings_{health}",
            label,
            _("By notes, check-ins and the planned last day"),
            {"health": health.value},
        )
        for health, label in (
            (Health.BEHIND, pgettext_lazy("figure", "Pairings behind")),
            (Health.ENDING, pgettext_lazy("figure", "Pairings that end soon")),
            (Health.QUIET, pgettext_lazy("figure", "Quiet pairings")),
        )
    ],
)


def announce() -> None:
    """Called once, when the app is ready."""
    for order, (key, label, rule, query) in enumerate(LINES):
        figure = Figure(
            label=label,
            group=GROUP,
            order=order,
            unit_word=PAIRS,
            count=Part(pairing_counts, key),
            url=partial(list_url, query=query),
            rule=rule,
            in_briefing=key == "mentor_pairs",
        )
        figures.register(key, figure)
    figures.register(
        "pairing_reviews",
        Figure(
            label=_("Pairing reviews signed off"),
            group=GROUP,
            order=len(LINES),
            unit_word=TIMES,
            count=signed_reviews,
            url=reviews_url,
            rule=_("Half-year and final reviews by the day of the sign-off"),
        ),
    )
    breakdowns.register(
        "pairings_by_health",
        Breakdown(
            label=_("Pairings by how they go"),
            group=GROUP,
            order=0,
            unit_word=PAIRS,
            heading=_("How it goes"),
            columns=(*[kind.label for kind in MentorKind], pgettext_lazy("pairings", "In all")),
            rows=by_health,
            sums=health_sums,
            rule=_("By notes, check-ins and the planned last day"),
        ),
    )
    figures.register(
        "guidance_notes",
        Figure(
            label=pgettext_lazy("figure", "Guidance notes"),
            group=GROUP,
            order=len(LINES) + 1,
            unit_word=TALKED,
            count=count_notes,
            url=notes_url,
            rule=_("By the day that they are about; a corrected note counts once, private and voided ones never"),
        ),
    )


def by_health(asked: Asked) -> "list[Share]":
    """Running pairings by how they go and kind of mentor, in one query."""
    found: Counter[tuple[str, str]] = Counter()
    for health, kind, number in _running(asked).values_list("health", "kind").annotate(number=Count("pk")):
        found[health, kind] = number
    shares = []
    for health in reversed(Health):
        numbers, query = [found[health.value, kind.value] for kind in MentorKind], {"health": health.value}
        share = Share(health.label, (*numbers, sum(numbers)), list_url(asked, query), _kinds(asked, query))
        shares.append(share)
    return shares


def health_sums(asked: Asked, rows: "Sequence[Share]") -> Share:
    """All that ran, by kind of mentor."""
    return summed(rows, len(MentorKind) + 1, list_url(asked, {}), _kinds(asked, {}))


def _kinds(asked: Asked, query: dict[str, str]) -> tuple[str, ...]:
    return tuple(list_url(asked, {**query, "kind": kind}) for kind in MentorKind.values)


def notes_written(asked: Asked) -> "QuerySet[GuidanceNote]":
    """Of the period, about everybody's file that counts; of those that the reader may know of."""
    rows = GuidanceNote.objects.counted_in_files().filter(happened_on__range=(asked.since, asked.as_of))
    if asked.user is not None:
        rows = rows.listed_for(asked.user)
    return rows.filter(pairing__trainee__in=files_of(asked).values("pk")).order_by()


def count_notes(asked: Asked) -> int:
    return notes_written(asked).count()


def notes_url(asked: Asked) -> str:
    """The notes of the period."""
    return asked.opens("mentorship:note_list", {"state": State.COUNTED, **asked.period, **asked.place})


def signed_reviews(asked: Asked) -> int:
    """Signed off in the period, of everybody's file that counts."""
    rows = PairingReview.objects.signed_off().filter(
        signed_off_at__gte=start_of(asked.since),
        signed_off_at__lt=start_of(asked.as_of + timedelta(days=1)),
        pairing__voided_at=None,
        pairing__trainee__in=files_of(asked).values("pk"),
    )
    return rows.count()


def reviews_url(asked: Asked) -> str:
    """The reviews that were signed off in the period."""
    days = {"signed_since": asked.since.isoformat(), "signed_until": asked.as_of.isoformat()}
    return asked.opens("mentorship:review_list", {"state": ReviewState.SIGNED_OFF.value, **days, **asked.place})


def pairing_counts(asked: Asked) -> dict[str, int]:
    """All numbers of LINES in one query."""
    wanted: dict[str, Q | None] = {"pairings_running": None}
    wanted |= {f"pairings_{health}": Q(health=health.value) for health in (Health.BEHIND, Health.ENDING, Health.QUIET)}
    wanted["mentor_pairs"] = Q(kind=MentorKind.POLITICAL) & with_both(asked.as_of)
    counts = {key: Count("pk", filter=value) for key, value in wanted.items()}
    found: dict[str, int] = _running(asked).aggregate(**counts)
    return found


def _running(asked: Asked) -> Any:
    """Pairings that ran on the day, each with `health` as the reader may know it."""
    day, limits = asked.as_of, limits_on(asked.as_of)
    rows: Any = Pairing.objects.order_by().filter(running_on(day), trainee__in=files_of(asked).values("pk"))
    if not asked.is_today:
        return with_health_then(rows, limits, asked.user)
    if asked.user is None or knows_of_all_notes(asked.user):
        return with_health(rows, limits)
    return with_health(rows.annotate(noted_on=latest_note(asked.user)), limits, last="noted_on")


def list_url(asked: Asked, query: Mapping[str, str]) -> str:
    """The list of pairings narrowed by `query`, as it stood on the day."""
    return asked.opens("mentorship:pairing_table", {**query, **asked.place, **asked.day})
