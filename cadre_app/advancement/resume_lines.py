"""简历 the line that an outcome writes: the open last line ends in the month in which a new one begins."""

from dataclasses import replace
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cadre_app.advancement.models import Outcome
from cadre_app.people.services.terms import VILLAGE_KINDS
from cadre_app.people.writing import resume as resumes
from cadre_app.people.writing.places import full_place
from cadre_app.people.writing.posts import place_and_post
from cadre_app.people.writing.resume import ResumeLine
from cadre_app.policy import codes

CHINESE = "zh-hans"


def line_of(outcome: Outcome, *, post: str, rank: str) -> str:
    """临澜市望屿区梧岭镇党建办公室主任、三级主任科员: unit, a village with its town, post and rank as the appointment form wants them."""
    unit = outcome.unit or outcome.trainee.home_unit
    name = codes.label("rank", rank, CHINESE) if rank else ""
    held = "、".join(part for part in (post, name) if part)
    if unit.kind not in VILLAGE_KINDS or unit.parent is None:
        return place_and_post(full_place(unit.name), held)
    return place_and_post(f"{full_place(unit.parent.name)}{unit.name}", held.removeprefix(unit.name) or held)


def with_line(text: str, day: date, line: str) -> str:
    """The résumé with a line from the month of `day` on; the same where the line stands already.

    Raises ValidationError where no line can follow: no résumé, one that cannot be read, a later line.
    """
    if not text.strip():
        raise ValidationError(_("There is no résumé yet: write it in the growth file."), code="empty")
    month = day.replace(day=1)
    try:
        lines = resumes.parse(text)
    except ValidationError as error:
        message = _("The résumé has lines that cannot be read: write this one in the growth file.")
        raise ValidationError(message, code="unreadable") from error
    if any(each.start == month and each.text == line for each in lines):
        return text
    last = lines[-1]
    if last.start > month or (last.end is not None and last.end > month):
        message = _("The résumé has a line that reaches beyond this month: write this one in the growth file.")
        raise ValidationError(message, code="later")
    closed = last if last.end is not None else replace(last, end=month)
    try:
        return resumes.check(resumes.write([*lines[:-1], closed, ResumeLine(month, None, line)]))
    except ValidationError as error:
        message = _("A period inside the last line of the résumé is still open: write this line in the growth file.")
        raise ValidationError(message, code="nested") from error


def without_line(text: str, before: str, after: str) -> str | None:
    """The résumé without the line that made `after` of `before`, whatever follows it: the line before it ends where that one
    ended, as far as it was closed for it. None where the line does not stand as it was written.
    """
    if text == after:
        return before
    try:
        held, made, lines = resumes.parse(before), resumes.parse(after)[-1], resumes.parse(text)
    except ValidationError:
        return None
    place = next((n for n, line in enumerate(lines) if n and replace(line, end=None) == made), None)
    if place is None or not _is_followed(lines, place):
        return None
    former, gone = lines[place - 1], lines[place]
    if held[-1].end is None and former.end == gone.start:
        former = replace(former, end=gone.end)
    try:
        return resumes.check(resumes.write([*lines[: place - 1], former, *lines[place + 1 :]]))
    except ValidationError:
        return None


def _is_followed(lines: list[ResumeLine], place: int) -> bool:
    """Whether a line runs on, or ends in the month in which the next one begins."""
    end = lines[place].end
    return end is None or (place + 1 < len(lines) and lines[place + 1].start == end)
