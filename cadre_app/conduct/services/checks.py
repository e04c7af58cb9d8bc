"""What every change of a reward or a restricted entry asks first."""

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.conduct.models import Admonition, Reward, Sanction
from cadre_app.core.days import add_months
from cadre_app.people.services.checks import lock_open_file, refusal, refuse_before, refuse_future

if TYPE_CHECKING:
    from cadre_app.people.models import Trainee

# The number ends a document number; what follows it would be the matter itself.
NUMBER_AT_END = re.compile(r"[0-9０-９〇零一二三四五六七八九十百]\s*[号號]$")
# What stands in a sentence and in no name of a post.
NO_POST = re.compile(r"[0-9０-９，。；：！？,;:!?]|^因|由于|導致|导致")
E = TypeVar("E", Reward, Sanction, Admonition)
LONGEST_PERIOD = 120


def lock_entry(entry: E, version: int | None = None, *, voided: bool = False) -> E:
    """The entry with its open file, locked in this order. Raises Stale, or ValidationError for a closed file or where the
    entry is (not) voided.
    """
    trainee = lock_open_file(entry.trainee_id)
    locked = type(entry).objects.lock(entry.pk, version)
    if locked.is_voided and not voided:
        raise ValidationError(_("This entry was voided: it can be read, no longer changed."), code="voided")
    if not locked.is_voided and voided:
        raise ValidationError(_("This entry is not voided."), code="not_voided")
    locked.trainee = trainee
    return locked


def check_day(trainee: "Trainee", field: str, day: date) -> None:
    """Raise ValidationError beside `field` for a day that has not come, or before the person reported for duty."""
    refuse_future(field, day)
    refuse_before(field, day, trainee.arrived_on, _("The person had not reported for duty yet on this day."))


def check_number(field: str, number: str) -> None:
    """The number of a document that is there, with no room for the matter itself. Raises ValidationError by field."""
    if number.strip() and NUMBER_AT_END.search(number.strip()) is None:
        message = _("Only the number of the document: it ends with its number and 号, and nothing follows.")
        raise refusal(field, message, code="not_a_number")


def check_post(field: str, post: str) -> None:
    """A post, with no room for the matter itself. Raises ValidationError by field."""
    if NO_POST.search(post.strip()):
        raise refusal(field, _("Only the post, such as 镇党委书记; nothing of the matter."), code="not_a_post")


def period_end(start: date, months: int) -> date:
    """The last day of a period of effect that begins on `start`: the day before the same day of a later month, the last day
    of that month where it has no such day.
    """
    after = add_months(start, months)
    return after if after.day < start.day else after - timedelta(days=1)


def asked_end(entry: Sanction | Admonition, ends_on: date | None, end_reason: str, *, is_other: bool) -> date | None:
    """The last day that somebody asks for: what was computed, or belongs to another kind, follows day and kind instead."""
    if ends_on == entry.ends_on and not entry.end_reason and not end_reason:
        return None if is_other or entry.months is not None else ends_on
    return ends_on


def set_period(entry: Sanction | Admonition, start: date, ends_on: date | None, end_reason: str) -> None:
    """Until when it counts: as the kind says, on another day only with its reason. Raises ValidationError by field."""
    if entry.months is None:
        entry.ends_on, entry.end_reason = ends_on, end_reason if ends_on is not None else ""
    else:
        computed = period_end(start, entry.months)
        entry.ends_on = ends_on or computed
        if entry.ends_on != computed and not end_reason:
            message = _("By its kind it counts until %(day)s. Another day needs a reason.")
            raise refusal("end_reason", message % {"day": formats.date_format(computed)}, code="no_reason")
        entry.end_reason = end_reason if entry.ends_on != computed else ""
    if entry.ends_on is not None and entry.ends_on > add_months(start, LONGEST_PERIOD):
        raise refusal("ends_on", _("A period of effect lasts ten years at most."), code="too_late")
