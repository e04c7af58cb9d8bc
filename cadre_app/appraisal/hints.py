"""Which of the four cases may apply, and that of another personnel status, from what is known of the person: hints beside the row, nothing is set by itself."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.appraisal.models import AnnualAssessment
from cadre_app.appraisal.policies import AWAY_DAYS
from cadre_app.core.absences import absent_days
from cadre_app.people.models import Transfer, TransferKind
from cadre_app.people.services.probation import end_of


def hints_of(rows: Iterable[AnnualAssessment], *, at_desk: bool = True) -> dict[UUID, list[str]]:
    """By key of the assessment; two queries for the rows of one year. Not `at_desk`: without what the unit before wrote,
    which may say that a case is open.
    """
    listed = list(rows)
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    by_year: defaultdict[int, list[AnnualAssessment]] = defaultdict(list)
    for one in listed:
        by_year[one.year].append(one)
        told = (_status(one), _former(one) if at_desk else "", _probation(one))
        found[one.pk] += [text for text in told if text]
    for year, of_year in by_year.items():
        _add_absences(found, of_year, year)
        _add_transfers(found, of_year, year)
    return {key: texts for key, texts in found.items() if texts}


def _status(one: AnnualAssessment) -> str:
    """Another personnel status than the file says, with the reason that was given: it fixes the scale."""
    if one.status == one.trainee.status:
        return ""
    known = {"status": one.get_status_display(), "file": one.trainee.get_status_display(), "why": one.status_note}
    if one.status_note:
        return _("Assessed as “%(status)s”; the growth file says “%(file)s”. Reason: %(why)s") % known
    return _("Assessed as “%(status)s”; the growth file says “%(file)s”.") % known


def _former(one: AnnualAssessment) -> str:
    """What the unit before a transfer wrote, which is no part of the result."""
    return _("From the unit before: %(text)s") % {"text": one.former} if one.former else ""


def _probation(one: AnnualAssessment) -> str:
    day = end_of(one.trainee)
    if day <= date(one.year, 12, 31):
        return ""
    return _("On probation at the end of the year, until %(day)s.") % {"day": formats.date_format(day)}


def _add_absences(found: dict[UUID, list[str]], rows: list[AnnualAssessment], year: int) -> None:
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = absent_days([one.trainee_id for one in rows], first, last)
    for one in rows:
        count = days.get(one.trainee_id, 0)
        if count > AWAY_DAYS.on(last):
            text = ngettext(
                "%(count)d day of sick and personal leave in the year.",
                "%(count)d days of sick and personal leave in the year.",
                count,
            )
            found[one.pk].append(text % {"count": count})


def _add_transfers(found: dict[UUID, list[str]], rows: list[AnnualAssessment], year: int) -> None:
    moves = Transfer.objects.standing().filter(
        Q(effective_on__year=year), trainee__in=[one.trainee_id for one in rows], kind=TransferKind.INTERNAL
    )
    by_file = {move.trainee_id: move for move in moves.select_related("from_unit").order_by("effective_on")}
    for one in rows:
        if (move := by_file.get(one.trainee_id)) is not None:
            text = _("Came from %(unit)s on %(day)s: assessed by the present unit.")
            known = {"unit": move.from_unit.name, "day": formats.date_format(move.effective_on)}
            found[one.pk].append(text % known)
