"""What a row says about 到村任职: a village term that is new, or the end of one that runs."""

from datetime import date, timedelta

from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.core.days import add_months, months_between
from cadre_app.org.models import Unit
from cadre_app.people.importing.cases import Case, Setting
from cadre_app.people.importing.cells import day_text, is_missing, is_month_only, refuse_at, same_month, says
from cadre_app.people.importing.units import NotFound
from cadre_app.people.models import VillageTerm
from cadre_app.people.policies import TERM_MONTHS
from cadre_app.people.services.bulk import NewTerm
from cadre_app.people.services.terms import LONGEST_MONTHS, PLANNED_AHEAD

HALF_A_MONTH = 15


def examine_village(case: Case, setting: Setting) -> None:
    """Fill `term` or `ended_term`; errors at their cells."""
    row = case.row
    if "village" not in row.values:
        if is_missing(row, "village") and ("term_started_on" in row.values or "term_ended_on" in row.values):
            row.refuse("village", _("Say in which village the term runs."))
        return
    terms = setting.terms[case.trainee.pk] if case.trainee is not None else []
    village = _village(case, setting, terms)
    if village is None:
        return
    start = _start(case)
    term = next(
        (term for term in reversed(terms) if term.village_id == village.pk and _is_meant(case, term, start)), None
    )
    if term is not None:
        _examine_end(case, term, setting)
    elif start is not None:
        _examine_start(case, village, start, terms, setting)
    elif is_missing(row, "term_started_on"):
        row.refuse("term_started_on", _("Say since when the village term runs."))


def _village(case: Case, setting: Setting, terms: list[VillageTerm]) -> Unit | None:
    text = case.row.get("village")
    if text is None:
        return None
    try:
        return setting.units.village(text, case.unit)
    except NotFound as error:
        for term in reversed(terms):
            if text in (term.village.name, term.village.short_name):
                return term.village
        case.row.refuse("village", str(error))
        return None


def _start(case: Case) -> date | None:
    """The first day; a month that is the one of the arrival begins with the arrival."""
    day: date | None = case.row.get("term_started_on")
    arrived = case.arrived_on
    if day is not None and arrived is not None and day < arrived and same_month(day, arrived):
        return arrived if is_month_only(case.row, "term_started_on") else day
    return day


def _is_meant(case: Case, term: VillageTerm, start: date | None) -> bool:
    return start is None or start == term.started_on or says(case.row, "term_started_on", term.started_on)


def _examine_start(case: Case, village: Unit, start: date, terms: list[VillageTerm], setting: Setting) -> None:
    row, arrived = case.row, case.arrived_on
    end: date | None = row.get("term_ended_on")
    if arrived is not None and start < arrived:
        text = _("A village term cannot start before reporting for duty on %(day)s.")
        row.refuse("term_started_on", text % {"day": formats.date_format(arrived)})
    elif start > setting.today + PLANNED_AHEAD:
        row.refuse("term_started_on", _("A village term is planned one year ahead at most."))
    elif end is not None and end < start and not same_month(end, start):
        row.refuse("term_ended_on", _("A village term cannot end before it started."))
    elif _refuse_interruption(case, start, setting):
        return
    elif not _refuse_overlap(case, start, terms):
        case.term = _term(case, village, start, max(end, start) if end is not None else None, setting)
        if case.trainee is not None and case.term is not None:
            row.changes.append((setting.labels["village"], "", village.name))
            row.changes.append((setting.labels["term_started_on"], "", day_text(start)))
            for halted, _last, _reason in case.term.interruptions:
                row.changes.append((setting.labels["term_interrupted_on"], "", day_text(halted)))
            if case.term.ended_on is not None:
                row.changes.append((setting.labels["term_ended_on"], "", day_text(case.term.ended_on)))


def _refuse_interruption(case: Case, start: date, setting: Setting) -> bool:
    """An interruption until further notice lies within the term and leaves its end open."""
    row, day = case.row, case.row.get("term_interrupted_on")
    if day is None:
        return False
    if row.is_filled("term_ended_on"):
        row.refuse("term_ended_on", _("While the term is interrupted its end is open: leave this empty."))
    elif not start <= day <= setting.today:
        row.refuse("term_interrupted_on", _("The interruption begins after the term has begun, and not in the future."))
    else:
        return False
    return True


def _refuse_overlap(case: Case, start: date, terms: list[VillageTerm]) -> bool:
    end = case.row.get("term_ended_on") or date.max
    for term in terms:
        if start <= (term.ended_on or date.max) and term.started_on <= end:
            told = {"village": term.village.name, "day": formats.date_format(term.started_on)}
            text = _(
                "A village term in %(village)s is recorded from %(day)s. Correct or end it on the page of the file."
            )
            refuse_at(case.row, "term_started_on village", text % told)
            return True
    return False


def _term(case: Case, village: Unit, start: date, end: date | None, setting: Setting) -> NewTerm | None:
    """The new term: an end to come gives its length, one that has passed is its last day."""
    months = TERM_MONTHS.on(start)
    due = _due(start, months)
    halted: date | None = case.row.get("term_interrupted_on")
    if halted is not None:
        return NewTerm(village=village, started_on=start, interruptions=((halted, None, _("Entered by import")),))
    if end is None and due < setting.today:
        text = _("No end is given: with %(months)s months the term counts as over on %(day)s.")
        case.row.notes.append(text % {"months": months, "day": day_text(due)})
    if end is None or end == due:
        return NewTerm(village=village, started_on=start, ended_on=end if end and end <= setting.today else None)
    if is_month_only(case.row, "term_ended_on") and same_month(end, due):
        return NewTerm(village=village, started_on=start, ended_on=due if due <= setting.today else None)
    if end <= setting.today:
        if end < due:
            text = _(
                "This term was shorter than usual and counts as completed. If it was cut short, say so on the page."
            )
            case.row.notes.append(text)
        return NewTerm(village=village, started_on=start, ended_on=end)
    months = _months_until(start, end, by_month=is_month_only(case.row, "term_ended_on"))
    if months > LONGEST_MONTHS:
        text = _("A village term lasts 1 to %(most)s months.") % {"most": LONGEST_MONTHS}
        case.row.refuse("term_ended_on", text)
        return None
    due = _due(start, months)
    if due == end or is_month_only(case.row, "term_ended_on"):
        text = _("The term is planned until %(day)s.") % {"day": day_text(due)}
    else:
        text = _("Terms run in whole months: this one until %(day)s; %(given)s as in the file was not taken.")
        text %= {"day": day_text(due), "given": day_text(end)}
    case.row.notes.append(text)
    return NewTerm(village=village, started_on=start, months=months)


def _months_until(start: date, end: date, *, by_month: bool) -> int:
    months = months_between(start, end + timedelta(days=1))
    rest = (end - _due(start, months)).days
    if by_month and not same_month(_due(start, months), end):
        return max(1, months + 1)
    return max(1, months + (0 if by_month or rest < HALF_A_MONTH else 1))


def _examine_end(case: Case, term: VillageTerm, setting: Setting) -> None:
    """The row is about a term that is recorded: only its end may be new."""
    row = case.row
    end: date | None = row.get("term_ended_on")
    if end is None or says(row, "term_ended_on", term.ended_on):
        return
    due = term.due_on
    is_due = due is not None and (end == due or (is_month_only(row, "term_ended_on") and same_month(end, due)))
    if term.ended_on is not None:
        text = _("The end of this term is recorded as %(day)s. Correct it on the page of the file.")
        row.refuse("term_ended_on", text % {"day": formats.date_format(term.ended_on)})
    elif (due if is_due and due is not None else end) > setting.today:
        if not is_due and due is not None:
            text = _("The end to come is not changed: the term is planned until %(day)s.")
            row.notes.append(text % {"day": day_text(due)})
    elif end < term.started_on:
        row.refuse("term_ended_on", _("A village term cannot end before it started."))
    else:
        last = due if is_due and due is not None else end
        gaps = [gap for gap in term.interruptions.all() if not gap.is_voided]
        if any((gap.ended_on or date.max) > last for gap in gaps):
            text = _("The term is interrupted on this day. Enter the last day of the interruption first.")
            row.refuse("term_ended_on", text)
            return
        case.ended_term = (term.pk, last)
        row.changes.append((setting.labels["term_ended_on"], day_text(due), day_text(last)))


def _due(start: date, months: int) -> date:
    return add_months(start, months) - timedelta(days=1)
