"""The review of a village term in words: its steps with their days, and what waits."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from cadre_app.assignments.models import TermConclusion
from cadre_app.assignments.services.leaves import day_span

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.assignments.models import TermReview

SUMMARY, PAPERS, TALKS, PROPOSAL, SIGN_OFF = "summary", "papers", "talks", "proposal", "sign_off"
NOTICE, HAND_OVER, FILING, PROLONG = "notice", "hand_over", "filing", "prolong"
LABELS: "dict[str, _StrPromise | str]" = {
    SUMMARY: gettext_lazy("Own summary"),
    PAPERS: gettext_lazy("Papers looked at"),
    TALKS: gettext_lazy("Talks with villagers"),
    PROPOSAL: pgettext_lazy("term review", "Proposal"),
    SIGN_OFF: pgettext_lazy("term review", "Sign-off"),
    NOTICE: gettext_lazy("Public notice"),
    HAND_OVER: gettext_lazy("Form handed over"),
    FILING: pgettext_lazy("term review", "Filing"),
    PROLONG: gettext_lazy("Term prolonged"),
}
DAY_OF = {
    SUMMARY: "summary_on",
    PAPERS: "papers_on",
    TALKS: "talks_on",
    PROPOSAL: "proposed_on",
    SIGN_OFF: "signed_on",
    NOTICE: "notice_from",
    HAND_OVER: "handed_over_on",
    FILING: "filed_on",
    PROLONG: "prolonged_on",
}
PASSING = (SUMMARY, PAPERS, TALKS, PROPOSAL, SIGN_OFF, NOTICE, HAND_OVER, FILING)
FAILING = (SUMMARY, PAPERS, TALKS, PROPOSAL, SIGN_OFF, PROLONG)


@dataclass(frozen=True)
class Step:
    """One step; `is_next` is the one that waits. `texts` are label and text, as far as the reader reads them."""

    key: str
    label: str
    day: str
    state: str
    is_next: bool
    texts: tuple[tuple[str, str], ...] = ()


def waiting_step(review: "TermReview") -> str:
    """The key of the step that waits; empty once it is filed or the term prolonged."""
    keys = FAILING if review.conclusion == TermConclusion.FAILED else PASSING
    return next((key for key in keys if getattr(review, DAY_OF[key]) is None), "")


def step_label(key: str) -> str:
    return str(LABELS[key])


def steps_of(review: "TermReview", *, texts: bool, own: bool, result: bool) -> list[Step]:
    """Every step; `texts`: the department's reader, `own`: the person, `result`: the conclusion may be said."""
    waits = waiting_step(review)
    found = []
    failed = result and review.conclusion == TermConclusion.FAILED
    for key in FAILING if failed else PASSING:
        day = getattr(review, DAY_OF[key])
        found.append(
            Step(
                key,
                step_label(key),
                _day(day),
                "ok" if day is not None else "wait" if key == waits else "none",
                is_next=key == waits,
                texts=tuple(_texts(review, key, texts=texts, own=own, result=result)),
            )
        )
    return found


def _day(day: date | None) -> str:
    if day is None:
        return ""
    return formats.date_format(day)


def _texts(review: "TermReview", key: str, *, texts: bool, own: bool, result: bool) -> list[tuple[str, str]]:
    """What the reader may read of one step."""
    known: list[tuple[str, Any, bool]] = {
        SUMMARY: [("", review.summary, texts or own)],
        PAPERS: [("", review.finding_papers, texts)],
        TALKS: [("", _talked(review), texts), ("", review.finding_talks, texts)],
        PROPOSAL: [
            (_("Conclusion"), review.get_conclusion_display(), result),
            ("", review.proposal, texts or (own and result)),
            (_("Why there is no research report"), review.no_report_reason, texts),
        ],
        SIGN_OFF: [("", review.signed_by.display_name if review.signed_by is not None else "", texts)],
        NOTICE: [("", _shown(review), True), (_("What was raised during the notice"), review.objections, texts)],
        HAND_OVER: [(_("Received by"), review.handed_to, texts or result)],
    }.get(key, [])
    return [(label, str(text)) for label, text, is_read in known if text and is_read]


def _shown(review: "TermReview") -> str:
    """The days of the public notice, which everybody may know."""
    if review.notice_from is None or review.notice_until is None:
        return ""
    return day_span(review.notice_from, review.notice_until)


def _talked(review: "TermReview") -> str:
    if not review.talks_held:
        return ""
    text = ngettext("%(number)d person was talked with.", "%(number)d people were talked with.", review.talks_held)
    return text % {"number": review.talks_held}
