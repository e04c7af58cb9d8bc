"""What the page of a comparison shows: results as far as somebody reads them, averages, order, steps, what is missing."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.assignments.models import (
    Competition,
    CompetitionCriterion,
    CompetitionEntry,
    CompetitionMember,
    CompetitionReviewer,
    CompetitionScore,
    CompetitionState,
    EntryKind,
    EntryState,
)
from cadre_app.assignments.models.choices import SCORED
from cadre_app.assignments.permissions import competitions as permissions
from cadre_app.assignments.services.competition_course import why_not_closed, why_not_scored, why_not_signed
from cadre_app.assignments.services.competition_entries import EVIDENCE, TAKING, VOIDABLE
from cadre_app.assignments.services.competition_reviewers import NAMABLE
from cadre_app.assignments.services.competition_scores import Outcome, outcomes_of
from cadre_app.files.listing import files_of
from cadre_app.history.models import Entry

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

MARKS = {EntryState.ENTERED: "wait", EntryState.RETURNED: "soon", EntryState.VERIFIED: "ok"}


@dataclass(frozen=True)
class Step:
    """A button of the page; `act` is a key of views.competition_acts.ACTS."""

    act: str
    label: str
    is_main: bool = False
    is_quiet: bool = False


@dataclass
class Line:
    """One result with its members as far as they are seen, its files, and what can be done with it."""

    entry: CompetitionEntry
    mark: tuple[str, str]
    members: list[CompetitionMember] = field(default_factory=list)
    files: list[Any] = field(default_factory=list)
    may_change: bool = False
    may_verify: bool = False
    may_return: bool = False
    may_void: bool = False
    may_restore: bool = False


@dataclass(frozen=True)
class Row:
    """One result in the table of averages, with what it has by each criterion."""

    entry: CompetitionEntry
    cells: list[tuple[CompetitionCriterion, Outcome | None]]


@dataclass(frozen=True)
class Order:
    """Teams and fronts in order by a criterion that says so; equal means share a place."""

    criterion: CompetitionCriterion
    places: list[tuple[int, CompetitionEntry, Decimal]]


@dataclass(frozen=True)
class Sheet:
    """What one reviewer gave: a row for each result, in the order of the criteria."""

    reviewer: CompetitionReviewer
    rows: list[tuple[CompetitionEntry, list[tuple[CompetitionCriterion, CompetitionScore | None]]]]


def lines_of(user: "User", competition: Competition) -> list[Line]:
    """The results that `user` sees, in the order of the fronts; those taken out last, for who may restore them."""
    rows = CompetitionEntry.objects.visible_to(user).filter(competition=competition)
    rows = rows.select_related("front", "unit", "entered_by", "changed_by", "verified_by", "competition__unit")
    runs = permissions.can_run_competition(user, competition)
    found = [entry for entry in rows.order_by("front__order", "name", "pk") if runs or not entry.is_voided]
    found.sort(key=lambda entry: entry.is_voided)
    lines = [_line(user, competition, entry) for entry in found]
    by_key = {line.entry.pk: line for line in lines}
    members = (
        CompetitionMember.objects.visible_to(user).standing().filter(team__in=list(by_key), team__kind=EntryKind.TEAM)
    )
    for member in members.select_related("trainee__person", "trainee__home_unit").order_by("created_at", "pk"):
        by_key[member.team_id].members.append(member)
    for key, files in files_of(EVIDENCE, list(by_key)).items():
        by_key[key].files.extend(files)
    return lines


def entry_mark(entry: CompetitionEntry) -> tuple[str, str]:
    if entry.is_voided:
        return "idle", _("Taken out")
    return MARKS[EntryState(entry.state)], str(entry.get_state_display())


def _line(user: "User", competition: Competition, entry: CompetitionEntry) -> Line:
    takes = competition.state in TAKING and not competition.is_voided
    line = Line(entry, entry_mark(entry))
    if competition.is_voided or competition.state not in VOIDABLE:
        return line
    changes = permissions.can_change_result(user, entry)
    if entry.is_voided:
        line.may_restore = takes and permissions.can_run_competition(user, competition)
        return line
    verifies = takes and permissions.can_verify_result(user, entry)
    line.may_change = takes and changes
    line.may_verify = verifies and entry.state != EntryState.VERIFIED
    line.may_return = verifies and entry.state != EntryState.RETURNED
    line.may_void = changes if takes else permissions.can_run_competition(user, competition)
    return line


def averages_of(
    user: "User", competition: Competition, criteria: list[CompetitionCriterion], lines: list[Line]
) -> tuple[list[Row], list[Order]]:
    """Means by result and criterion with the order where a criterion says so; empty for who does not read them."""
    if competition.state not in SCORED or not permissions.reads_results(user, competition):
        return [], []
    entries = [line.entry for line in lines if not line.entry.is_voided and line.entry.state == EntryState.VERIFIED]
    known = outcomes_of(competition)
    rows = [Row(entry, [(one, known.get((entry.pk, one.pk))) for one in criteria]) for entry in entries]
    orders = [_order(one, rows, number) for number, one in enumerate(criteria) if one.is_ordering]
    return rows, [order for order in orders if order.places]


def _order(criterion: CompetitionCriterion, rows: list[Row], number: int) -> Order:
    means = [(outcome.mean, row.entry) for row in rows if (outcome := row.cells[number][1])]
    means.sort(key=lambda pair: -pair[0])
    return Order(criterion, [(1 + sum(other > mean for other, _e in means), entry, mean) for mean, entry in means])


def sheets_of(user: "User", competition: Competition, criteria: list[CompetitionCriterion]) -> list[Sheet]:
    """Who gave what, for who follows it from above; a reviewer sees the own sheet; two queries."""
    rows = (
        CompetitionScore.objects.visible_to(user)
        .standing()
        .filter(reviewer__competition=competition, reviewer__voided_at=None, entry__voided_at=None)
    )
    rows = rows.select_related("reviewer__person", "entry__front", "criterion")
    given: dict[Any, dict[Any, dict[Any, CompetitionScore]]] = {}
    heads: dict[Any, CompetitionReviewer] = {}
    entries: dict[Any, CompetitionEntry] = {}
    for score in rows.order_by("reviewer__created_at", "reviewer", "entry__front__order", "entry__name", "entry"):
        heads[score.reviewer_id], entries[score.entry_id] = score.reviewer, score.entry
        given.setdefault(score.reviewer_id, {}).setdefault(score.entry_id, {})[score.criterion_id] = score
    return [
        Sheet(head, [(entries[key], [(one, by.get(one.pk)) for one in criteria]) for key, by in given[pk].items()])
        for pk, head in heads.items()
    ]


def steps_of(user: "User", competition: Competition) -> list[Step]:
    """What `user` can do with it now."""
    runs = permissions.can_run_competition(user, competition)
    if competition.is_voided:
        return [Step("restore", _("Restore"))] if runs else []
    state = CompetitionState(competition.state)
    signs = permissions.can_sign_competition(user, competition)
    return [*(RUN[state]() if runs else []), *(SIGN[state]() if signs and state in SIGN else [])]


def missing_for(user: "User", competition: Competition) -> str:
    """What stands between it and its next step, for staff who run it and the leader who signs."""
    signs = permissions.can_sign_competition(user, competition)
    if competition.is_voided or not (signs or permissions.can_run_competition(user, competition)):
        return ""
    if competition.state in (CompetitionState.CLOSED, CompetitionState.SIGNED):
        return why_not_signed(competition)
    if competition.state == CompetitionState.OPEN:
        return why_not_scored(competition)
    return why_not_closed(competition) if competition.state == CompetitionState.REVIEW else ""


def may_of(user: "User", competition: Competition) -> dict[str, bool]:
    """What the page offers beside the steps."""
    stands = not competition.is_voided
    runs = stands and permissions.can_run_competition(user, competition)
    is_draft, is_open = competition.state == CompetitionState.DRAFT, competition.state == CompetitionState.OPEN
    return {
        "edit": runs and is_draft,
        "enter": stands and is_open and permissions.can_enter_result(user, competition),
        "name": runs and competition.state in NAMABLE,
        "release": runs and competition.state in NAMABLE,
        "return_scores": runs and competition.state == CompetitionState.REVIEW,
    }


def changes_of(user: "User", competition: Competition, lines: list[Line]) -> list[Entry] | None:
    """What was changed of it, its criteria, results and reviewers; for who follows it from above."""
    if not permissions.oversees_it(user, competition):
        return None
    reviewers = competition.reviewers.select_related("person")
    objects = [competition, *competition.criteria.all(), *(line.entry for line in lines), *reviewers]
    found: list[Entry] = Entry.objects.about_any(objects).order_by("-at", "-id").told()
    names = {each.pk: str(each) for each in objects[1:]}
    for entry in found:
        entry.subject = names.get(entry.object_id, "")
    return found


def _of_draft() -> list[Step]:
    return [
        Step("open", _("Open for results"), is_main=True),
        Step("cancel", pgettext("competition", "Cancel it"), is_quiet=True),
        Step("void", _("Void"), is_quiet=True),
    ]


def _of_open() -> list[Step]:
    return [
        Step("review", _("Give to the reviewers"), is_main=True),
        Step("back", _("Back to preparation"), is_quiet=True),
        Step("cancel", pgettext("competition", "Cancel it"), is_quiet=True),
    ]


def _of_review() -> list[Step]:
    return [
        Step("close", _("Close the review"), is_main=True),
        Step("move", _("Move the last day"), is_quiet=True),
        Step("back", _("Back to the results"), is_quiet=True),
        Step("cancel", pgettext("competition", "Cancel it"), is_quiet=True),
    ]


def _of_closed() -> list[Step]:
    return [
        Step("back", _("Open the review again"), is_quiet=True),
        Step("cancel", pgettext("competition", "Cancel it"), is_quiet=True),
    ]


def _of_signed() -> list[Step]:
    return [
        Step("publish", _("Publish"), is_main=True),
        Step("cancel", pgettext("competition", "Cancel it"), is_quiet=True),
    ]


def _of_published() -> list[Step]:
    return [Step("back", _("Take the publication back"), is_quiet=True)]


def _of_cancelled() -> list[Step]:
    return [Step("resume", pgettext("competition", "Carry on"))]


def _to_sign() -> list[Step]:
    return [
        Step("send-back", pgettext("competition", "Send back")),
        Step("sign", _("Sign off"), is_main=True),
    ]


def _signed() -> list[Step]:
    return [Step("send-back", pgettext("competition", "Send back"), is_quiet=True)]


RUN = {
    CompetitionState.DRAFT: _of_draft,
    CompetitionState.OPEN: _of_open,
    CompetitionState.REVIEW: _of_review,
    CompetitionState.CLOSED: _of_closed,
    CompetitionState.SIGNED: _of_signed,
    CompetitionState.PUBLISHED: _of_published,
    CompetitionState.CANCELLED: _of_cancelled,
}
SIGN = {CompetitionState.CLOSED: _to_sign, CompetitionState.SIGNED: _signed}
