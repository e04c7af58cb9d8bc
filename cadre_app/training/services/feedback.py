"""训后评价 handing in an anonymous sheet.

There is no history entry, no submission and no draft of it: nothing keeps together who handed in and what was written.
"""

import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.training.models import CourseSession, Enrolment, FeedbackReceipt, FeedbackSheet
from cadre_app.training.models.choices import HELD
from cadre_app.training.policies import FEEDBACK_DAYS

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def closes_on(session: CourseSession) -> date:
    """The last day on which sheets are taken, by the setting in force on the last day of the session."""
    return session.ends_on + timedelta(days=FEEDBACK_DAYS.on(session.ends_on))


def is_open(session: CourseSession, day: date) -> bool:
    """Finished, and its feedback time is not over on the local date."""
    return session.state in HELD and not session.is_voided and day <= closes_on(session)


def is_given(enrolment: Enrolment) -> bool:
    """Somebody with this place has handed in a sheet; nothing tells which."""
    return FeedbackReceipt.objects.filter(pk=enrolment.pk).exists()


@transaction.atomic
def give_feedback(
    enrolment: Enrolment, *, content: int, teaching: int, usefulness: int, text: str = "", actor: "User | None"
) -> Enrolment:
    """Hand in the sheet of one place; what is returned is the place, never the sheet.

    Raises ValidationError when the time is over or a sheet was handed in already.
    """
    session = CourseSession.objects.lock(enrolment.session_id)
    enrolment = Enrolment.objects.lock(enrolment.pk)
    if not is_open(session, timezone.localdate()):
        raise ValidationError(_("Feedback on this session is not open."), code="not_open")
    if is_given(enrolment):
        raise ValidationError(_("You have handed in your feedback already. Thank you."), code="handed_in")
    sheet = FeedbackSheet(session=session, content=content, teaching=teaching, usefulness=usefulness, text=text)
    sheet.full_clean()
    FeedbackReceipt.objects.create(enrolment=enrolment)
    _put_among(sheet)
    return enrolment


def _put_among(sheet: FeedbackSheet) -> None:
    """Write all sheets of the session anew in a random order, under the lock of the session.

    Rows of a table lie in the order in which they were written, and so do copies of the database: without this the
    third receipt would belong to the third sheet.
    """
    sheets = [*FeedbackSheet.objects.filter(session=sheet.session_id), sheet]
    FeedbackSheet.objects.filter(session=sheet.session_id).delete()
    for one in sheets:
        one.pk = uuid.uuid4()
    FeedbackSheet.objects.bulk_create(sorted(sheets, key=lambda one: str(one.pk)))
