"""The next rank in the head of a growth file: the earliest day without periods of effect, and the page that reckons it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.advancement import rank_words
from cadre_app.advancement.permissions.ranks import READERS
from cadre_app.advancement.rank_inputs import reckoning_of
from cadre_app.advancement.ranks import next_rank
from cadre_app.core.growth import Access, HeadLine, HeadPart, head_parts
from cadre_app.people.models import Trainee
from cadre_app.policy import codes


def announce() -> None:
    """Called once, when the app is ready."""
    head_parts.register("advancement.rank", HeadPart(order=50, lines=rank_lines))


def rank_lines(trainee: Trainee, access: Access) -> list[HeadLine]:
    """For staff, leaders and the person; one query, none off the ladder."""
    if not access.reads(*READERS) or trainee.is_read_only:
        return []
    reckoning = reckoning_of(trainee, with_periods=False)
    if reckoning is None:
        return []
    return [
        HeadLine(
            _("Next rank"),
            codes.label("rank", next_rank(trainee.rank) or ""),
            detail=pgettext("rank timeline", "on %(day)s at the earliest") % {"day": rank_words.due_text(reckoning)},
            note=_("Reaching the years is not advancing. Periods of effect are not reckoned in here."),
            url=reverse("advancement:rank_detail", kwargs={"pk": trainee.pk}),
        )
    ]
