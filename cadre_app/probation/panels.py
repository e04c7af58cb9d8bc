"""What the page of a probation offers and tells besides its steps."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.people.models import Status
from cadre_app.probation import permissions
from cadre_app.probation.grading import proposed
from cadre_app.probation.models import Probation, State
from cadre_app.probation.policies import ASSESS_DAYS
from cadre_app.probation.services.conclusions import check_grounds, may_go_on
from cadre_app.probation.terms import terms_of
from cadre_app.probation.wording import grading_text, mark_of

if TYPE_CHECKING:
    from datetime import date

    from cadre_app.accounts.models import User


def acts_of(user: "User", one: Probation, induction_on: "date | None") -> list[tuple[str, str, bool]]:
    """What the reader can do now: label, address, and whether it is the next step."""
    concludes = permissions.can_conclude(user, one)
    end = one.trainee.probation_ends_on
    ready = one.is_in_work and one.opinion_on is not None and end is not None and end <= timezone.localdate()
    terms = terms_of(one)
    waives = permissions.can_waive(user, one) and (induction_on is None or bool(one.waiver_reason))
    offered = (
        ("summary", permissions.can_write_summary(user, one), _("Write the summary"), one.summary_on is None),
        ("opinion", permissions.can_write_opinion(user, one), _("Write the opinion"), one.opinion_on is None),
        ("waive", waives, str(terms.waive), False),
        ("passed", concludes, str(terms.passed_act), ready),
        ("deferred", concludes and may_go_on(one), _("Extend probation"), False),
        ("failed", concludes, str(terms.failed_act), False),
        ("send_back", permissions.can_return(user, one), _("Return for completion"), False),
        ("check", permissions.can_check(user, one), pgettext("probation", "Check"), True),
        ("sign", permissions.can_sign(user, one), _("Sign off"), True),
        ("take_back", permissions.can_take_back(user, one), pgettext("probation", "Take the sign-off back"), False),
        ("void", permissions.can_void(user, one), _("Void"), False),
        ("restore", permissions.can_restore(user, one), _("Restore"), True),
    )
    found = [(label, _page(name, one), is_next) for name, may, label, is_next in offered if may]
    if one.state == State.CANCELLED and permissions.records_departure(user, one):
        found.insert(0, (_("Record the departure"), reverse("people:depart", kwargs={"pk": one.trainee_id}), True))
    return found


def facts_of(user: "User", one: Probation) -> dict[str, Any]:
    """The days of the probation, until when it is assessed, and from when summary and opinion can be written."""
    end = one.ended_on or one.trainee.probation_ends_on
    first = permissions.opens_on(one.trainee)
    days = ASSESS_DAYS.on(end) if end is not None else 0
    today = timezone.localdate()
    return {
        "ends_on": end,
        "source": terms_of(one).source,
        "assess_by": _after(end, days),
        "is_late": end is not None and not one.is_closed and (today - end).days > days,
        "opens_on": first if first is not None and first > today and one.state == State.OPEN else None,
        "hint": not_yet(one) if permissions.can_conclude(user, one) and one.opinion_on is not None else "",
        "proposal": grading_hint(one) if permissions.can_conclude(user, one) else "",
    }


def papers_of(user: "User", one: Probation) -> list[tuple[str, str]]:
    """The papers that the reader opens: label and address."""
    if one.is_voided or not permissions.reads_result(user, one):
        return []
    found = [(_("Registration form"), "probation.assessment")]
    if one.conclusion == "passed":
        found.append((str(terms_of(one).form), "probation.grading"))
    return [(label, reverse("documents:paper", kwargs={"kind": kind, "pk": one.pk})) for label, kind in found]


def earlier_of(user: "User", one: Probation) -> list[dict[str, Any]]:
    """Other rounds of the same file, the latest first; one query."""
    rows = Probation.objects.visible_to(user).filter(trainee=one.trainee_id).exclude(pk=one.pk)
    today = timezone.localdate()
    found = []
    for row in rows.order_by("-round", "-created_at"):
        row.trainee = one.trainee
        found.append({"object": row, "mark": mark_of(row, today), "text": grading_text(row) if row.is_closed else ""})
    return found


def not_yet(one: Probation) -> str:
    """Why nobody can be graded today; empty where it can be."""
    if one.is_closed:
        return ""
    try:
        check_grounds(one)
    except ValidationError as error:
        return str(error.messages[0])
    return ""


def grading_hint(one: Probation) -> str:
    """The rank by education with the setting's source, or what is to be entered instead."""
    if one.trainee.status == Status.INSTITUTION:
        return _("Staff of public institutions are given a post grade.")
    found = proposed(one.trainee, one.trainee.probation_ends_on or timezone.localdate())
    if not found.rank:
        return _("No full-time education is entered: enter the rank and say how it was found.")
    known = {"education": found.because, "rank": Probation.word_of("rank", found.rank), "source": found.source}
    return _("By education (%(education)s): %(rank)s. Source: %(source)s.") % known


def extension_hint(last: "date") -> str:
    return _("Until %(day)s at most.") % {"day": formats.date_format(last)}


def _after(day: "date | None", days: int) -> "date | None":
    if day is None or day.toordinal() + days > day.max.toordinal():
        return None
    return day.fromordinal(day.toordinal() + days)


def _page(name: str, one: Probation) -> str:
    return reverse(f"probation:{name}", kwargs={"pk": one.pk})
