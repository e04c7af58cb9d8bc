"""Induction training in the growth file: in the head during probation, and as a gap while it is missing."""

from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cadre_app.core.growth import Access, Gap, GapPart, HeadLine, HeadPart, gap_parts, head_parts
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.people.models import Trainee
from cadre_app.training.induction import before_grading, with_induction


class Induction(NamedTuple):
    """Of somebody before the first grading: completed on, attended until but without a result, a place from, asked for from."""

    done_on: date | None
    untested_on: date | None
    coming_on: date | None
    ask_on: date


def announce() -> None:
    """Called once, when the app is ready."""
    head_parts.register("training.induction", HeadPart(order=30, lines=lines))
    gap_parts.register("training.induction", GapPart(order=30, gaps=gaps))


def lines(trainee: Trainee, access: Access) -> list[HeadLine]:
    """How induction training stands until the first grading; one query, which `gaps` shares."""
    found = _induction(trainee, access)
    if found is None:
        return []
    label = _("Induction training")
    if found.done_on is not None:
        text = _("completed on %(day)s") % {"day": formats.date_format(found.done_on)}
        return [HeadLine(label, text, state="ok", state_label=_("can be graded"))]
    note = _("needed before the first grading")
    if found.untested_on is not None:
        text = _("attended until %(day)s, result to be recorded") % {"day": formats.date_format(found.untested_on)}
        return [HeadLine(label, text, note=note, state="wait", state_label=_("not completed"))]
    if found.coming_on is not None:
        text = _("has a place from %(day)s on") % {"day": formats.date_format(found.coming_on)}
        return [HeadLine(label, text, note=note, state="wait", state_label=_("not completed"))]
    state = "soon" if found.ask_on <= timezone.localdate() else "none"
    return [HeadLine(label, _("not yet"), note=note, state=state, state_label=_("not completed"))]


def gaps(trainee: Trainee, access: Access) -> list[Gap]:
    """Missing, for those who work on the file."""
    found = _induction(trainee, access)
    if found is None or found.done_on is not None or not access.works(*BUSINESS_ROLES):
        return []
    why = _("Needed before the first grading at the end of probation")
    if not access.works(Role.STAFF):
        return [Gap(_("Induction training missing"), why=why)]
    query = urlencode({"q": trainee.person.name})
    address = f"{reverse('training:induction_list')}?{query}"
    return [Gap(_("Induction training missing"), why=why, url=address, action=_("Open the list"))]


def _induction(trainee: Trainee, access: Access) -> Induction | None:
    """None for a file that is graded or closed, and for those who do not see training; asked once per file shown."""
    if trainee.is_read_only or not access.reads(*BUSINESS_ROLES):
        return None
    if "_induction" not in trainee.__dict__:
        rows: Any = with_induction(before_grading(timezone.localdate()).filter(pk=trainee.pk).order_by())
        row = rows.values_list("done_on", "untested_on", "coming_on", "ask_on").first()
        trainee.__dict__["_induction"] = Induction(*row) if row is not None else None
    known: Induction | None = trainee.__dict__["_induction"]
    return known
