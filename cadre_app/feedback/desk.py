"""What the desk says about suggestions: unanswered ones to staff, fresh answers to their authors."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.core.registries import DeskItem
from cadre_app.feedback import permissions
from cadre_app.feedback.models import Feedback

if TYPE_CHECKING:
    from datetime import datetime

    from cadre_app.core.http import UserRequest

ANSWER_SHOWN = timedelta(days=7)
AT_MOST = 5


def items(request: "UserRequest") -> list[DeskItem]:
    """At most five unanswered ones for staff, oldest first; answers of the last seven days for their author."""
    user = request.user
    found = []
    if permissions.can_answer_any(user):
        waiting = Feedback.objects.to_answer(user).open().select_related("author__unit").order_by("created_at")
        found += [
            DeskItem(
                title=_("Answer a suggestion"),
                why=_("Written on %(day)s") % {"day": _day(feedback.created_at)},
                url=reverse("feedback:answer", kwargs={"pk": feedback.pk}),
                action=_("Answer"),
                subject=f"{feedback.author.display_name} · {feedback.author.unit.label}",
            )
            for feedback in waiting[:AT_MOST]
        ]
    fresh = Feedback.objects.own(user).answered_since(timezone.now() - ANSWER_SHOWN)
    found += [
        DeskItem(
            title=_("Your suggestion was answered"),
            why=_("Answered on %(day)s") % {"day": _day(feedback.answered_at or feedback.updated_at)},
            url=reverse("feedback:mine"),
            action=_("Read the answer"),
        )
        for feedback in fresh[:AT_MOST]
    ]
    return found


def _day(moment: "datetime") -> str:
    return formats.date_format(timezone.localdate(moment), "DATE_FORMAT")
