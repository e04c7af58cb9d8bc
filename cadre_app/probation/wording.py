"""Where a probation stands (demo-texts A3), and its steps in words as far as their reader reads them."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from cadre_app.people import permissions as people
from cadre_app.probation import permissions
from cadre_app.probation.models import Conclusion, Probation, State
from cadre_app.probation.terms import terms_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class Stage(models.TextChoices):
    """未到期 → 待考核 → 考核中 → 待审批 → 已任职定级；延期、取消录用."""

    NOT_DUE = "not_due", pgettext_lazy("probation", "Not due")
    DUE = "due", pgettext_lazy("probation", "Due")
    UNDER_WAY = "under_way", pgettext_lazy("probation", "Under way")
    WAITING = "waiting", pgettext_lazy("probation", "With the department")
    GRADED = "graded", pgettext_lazy("probation", "Graded")
    DEFERRED = "deferred", pgettext_lazy("probation", "Deferred")
    CANCELLED = "cancelled", pgettext_lazy("probation", "Employment cancelled")


MARKS = {
    Stage.NOT_DUE: "none",
    Stage.DUE: "soon",
    Stage.UNDER_WAY: "wait",
    Stage.WAITING: "wait",
    Stage.GRADED: "ok",
    Stage.DEFERRED: "miss",
    Stage.CANCELLED: "idle",
}
MISSING = pgettext_lazy("probation", "Why summary or opinion is missing")
IN_WORK = (Stage.NOT_DUE, Stage.DUE, Stage.UNDER_WAY, Stage.WAITING, Stage.DEFERRED)


@dataclass(frozen=True)
class Step:
    """One step; `is_next` waits. `texts` are label and text, as far as the reader reads them."""

    label: str
    day: str
    state: str
    by: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    is_next: bool = False


def stage_of(one: Probation, today: date) -> Stage:
    """By the state, and while nothing is written by the day on which probation ends."""
    if one.state != State.OPEN:
        return Stage(one.state)
    end = one.trainee.probation_ends_on
    if end is not None and end <= today:
        return Stage.DUE
    return Stage.DEFERRED if one.round > 1 else Stage.NOT_DUE


def stage_label(one: Probation, stage: Stage) -> str:
    """In the words of the personnel status."""
    terms = terms_of(one)
    return str({Stage.GRADED: terms.graded, Stage.CANCELLED: terms.cancelled}.get(stage, stage.label))


def in_stage(stage: str, today: date) -> Q:
    """As `stage_of`, over the current records."""
    opened, over = Q(state=State.OPEN), Q(trainee__probation_ends_on__lte=today)
    still = Q(trainee__probation_ends_on=None) | Q(trainee__probation_ends_on__gt=today)
    known = {
        Stage.DUE: opened & over,
        Stage.NOT_DUE: opened & still & Q(round=1),
        Stage.DEFERRED: opened & still & Q(round__gt=1),
    }
    return known.get(Stage(stage), Q(state=stage))


def mark_of(one: Probation, today: date, *, waits: bool = False) -> tuple[str, str]:
    """The mark of the stage and its word; `waits`: with what it waits for."""
    if one.is_voided:
        return "none", _("Voided")
    stage = stage_of(one, today)
    parts = [stage_label(one, stage)]
    if waits and one.state == State.WAITING:
        checked = one.checked_on is not None
        parts.append(pgettext("probation", "to be signed off") if checked else pgettext("probation", "to be checked"))
    if waits and one.returned_on is not None:
        unsigned = pgettext("probation", "sign-off taken back")
        parts.append(unsigned if one.was_unsigned else pgettext("probation", "returned for completion"))
    return MARKS[stage], " · ".join(parts)


def steps_of(user: "User", one: Probation, induction: tuple[date | None, str]) -> list[Step]:
    """初任培训 → 本人总结 → 单位意见 → 考核结论 → 审核 → 签批; the person reads days, not who."""
    office, work = permissions.oversees(user, one), permissions.reads_work(user, one)
    result, own = permissions.reads_result(user, one), people.is_own(user, one.trainee)
    reads_opinion = permissions.reads_opinion(user, one)
    found = [
        _induction(one, induction, office=office),
        _step(_("Own summary"), one.summary_on, texts=_text(one.summary, office or own)),
        _step(
            _("Opinion of the unit"),
            one.opinion_on,
            by=_name(one.opinion_by, office),
            texts=_text(one.opinion, reads_opinion),
        ),
    ]
    concluded = one.entered_on if not one.is_in_work and (work or one.is_closed) else None
    texts = _conclusion(one, work=work) if result and one.conclusion else ()
    found.append(_step(pgettext("probation", "Conclusion"), concluded, by=_name(one.entered_by, work), texts=texts))
    if work:
        found.append(_step(pgettext("probation", "Checked"), one.checked_on, by=_name(one.checked_by, work)))
    found.append(_step(pgettext("probation", "Signed off"), one.signed_on, by=_name(one.signed_by, work)))
    first = permissions.opens_on(one.trainee)
    is_early = one.state == State.OPEN and (first is None or first > timezone.localdate())
    return found if one.is_voided or one.is_closed or is_early else _with_next(found)


def shown_lines(one: Probation, *names: str) -> list[tuple[str, str]]:
    """What whoever takes the next step has to have read: `summary`, `opinion`, `conclusion`."""
    found: list[tuple[str, str]] = []
    for name in names:
        if name == "summary":
            found.append((_("Own summary"), one.summary))
        elif name == "opinion":
            found.append((_("Opinion of the unit"), one.opinion))
        elif one.conclusion:
            found += [
                (label or pgettext("probation", "Comment on the probation"), text)
                for label, text in _conclusion(one, work=True)
            ]
            found.append((_("Why induction training is waived"), one.waiver_reason))
    return [(label, text) for label, text in found if text]


def grading_text(one: Probation) -> str:
    """Post and rank, or post grade."""
    rank = Probation.word_of("rank", one.rank) if one.rank else one.post_grade
    return " · ".join(part for part in (one.post, rank) if part)


def _induction(one: Probation, induction: tuple[date | None, str], *, office: bool) -> Step:
    label = str(terms_of(one).training)
    done_on, title = induction
    if done_on is not None:
        return Step(label, formats.date_format(done_on), "ok", texts=(("", title),) if title else ())
    if one.waiver_reason:
        day = formats.date_format(one.waived_on) if one.waived_on is not None else ""
        waived = pgettext("induction", "Waived")
        texts = ((waived, one.waiver_reason),) if office else (("", waived),)
        return Step(label, day, "ok", by=_name(one.waived_by, office), texts=texts)
    return Step(label, "", "none")


def _conclusion(one: Probation, *, work: bool) -> tuple[tuple[str, str], ...]:
    known: list[tuple[Any, str]] = [
        (pgettext("probation", "Conclusion"), str(one.get_conclusion_display())),
        ("", one.comment),
    ]
    if one.conclusion == Conclusion.PASSED:
        terms = terms_of(one)
        known.append((terms.posted, grading_text(one)))
        since = one.ended_on or one.trainee.probation_ends_on
        known.append((terms.since, formats.date_format(since) if since is not None else ""))
        known.append((_("Why another rank than by education"), one.rank_reason if work else ""))
    if one.extended_to is not None:
        known.append((_("Probation extended until"), formats.date_format(one.extended_to)))
    known.append((pgettext("probation", "Reason"), one.reason))
    known.append((MISSING, one.missing_reason if work else ""))
    known.append((_("Document number"), one.document_number))
    if one.document_on is not None:
        known.append((_("Day of the document"), formats.date_format(one.document_on)))
    return tuple((str(label), text) for label, text in known if text)


def _step(label: str, day: date | None, *, by: str = "", texts: tuple[tuple[str, str], ...] = ()) -> Step:
    return Step(label, formats.date_format(day) if day is not None else "", "ok" if day else "none", by, texts)


def _text(text: str, reads: bool) -> tuple[tuple[str, str], ...]:
    return (("", text),) if text and reads else ()


def _name(account: "User | None", reads: bool) -> str:
    return account.display_name if reads and account is not None else ""


def _with_next(steps: list[Step]) -> list[Step]:
    """The first step that is missing waits; induction training runs beside the others."""
    waits = next((place for place, step in enumerate(steps) if place and step.state != "ok"), None)
    if waits is None:
        return steps
    step = steps[waits]
    steps[waits] = Step(step.label, step.day, "wait", step.by, step.texts, is_next=True)
    return steps
