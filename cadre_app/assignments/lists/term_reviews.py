"""到村任职 the table of village terms: everybody in a village now, and those that end."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import DateField, F, IntegerField, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Least
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cadre_app.assignments.filters.term_reviews import TermFilter, terms_of
from cadre_app.assignments.models import Leave, LeaveKind
from cadre_app.assignments.services.leave_counting import calendar_days
from cadre_app.assignments.services.term_reviews import handed_in
from cadre_app.assignments.term_stages import misfits, review_of, stage_mark, with_stage
from cadre_app.assignments.term_words import step_label, waiting_step
from cadre_app.core.tables import Column, Empty, Table, asked
from cadre_app.core.templatetags.ql import status
from cadre_app.people.models import VillageTerm

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

EXPORT = "assignments.terms"


def term_table(request: HttpRequest, user: "User") -> tuple[Table[Any], TermFilter]:
    """The village terms that `request` asks for, with the filter they went through."""
    found = terms_of(user, request.GET)
    empty = Empty(_("Nobody is in a village now."), _("A village term is begun in the growth file of the person."))
    rows = found.qs.select_related("trainee__person", "trainee__home_unit", "village")
    rows = with_stage(rows, timezone.localdate()).annotate(leave_days=leave_days(), has_report=handed_in())
    table: Table[Any] = Table(
        request, rows, TERMS, name="terms", empty=empty, default_sort="due_on", export_kind=EXPORT, keyset=True
    )
    return table, found


def exported_terms(user: "User", query: QueryDict) -> Table[Any]:
    """The list with these URL parameters, for its workbook. Raises ValidationError for a condition that is none."""
    table, found = term_table(asked(query), user)
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table


def leave_days() -> Coalesce:
    """As `days_of_term`, over terms."""
    last = Coalesce(OuterRef("ended_on"), OuterRef("due_on"), Value(date.max, DateField()))
    days = calendar_days(Least(Coalesce(F("ended_on"), F("due_on")), last), F("started_on"))
    taken = Leave.objects.taking().filter(term=OuterRef("pk"), started_on__lte=last).exclude(kind=LeaveKind.AWAY)
    rows = taken.order_by().values("term")
    return Coalesce(Subquery(rows.annotate(sum=Sum(days)).values("sum"), output_field=IntegerField()), 0)


def _name(term: VillageTerm) -> SafeString:
    url = reverse("assignments:term_detail", kwargs={"pk": term.pk})
    return format_html('<a class="nm" href="{}">{}</a>', url, term.trainee.person.name)


def _role(term: VillageTerm) -> SafeString:
    role = _wrapped(term.get_role_display())
    if not misfits(term):
        return role
    return format_html("{} {}", role, status("soon", pgettext("village term", "Role does not fit")))


def _wrapped(text: str) -> SafeString:
    """English words for roles and steps are long: they may break."""
    return format_html('<span class="wrap">{}</span>', text)


def _role_text(term: VillageTerm) -> str:
    role = str(term.get_role_display())
    return f"{role}（{pgettext('village term', 'Role does not fit')}）" if misfits(term) else role


def _stage(term: Any) -> SafeString:
    return SafeString(status(*stage_mark(term, timezone.localdate())))


def _report(term: Any) -> str:
    return _("Handed in") if term.has_report else ""


def _step(term: Any) -> str:
    """What waits in the review, or how it ended."""
    review = review_of(term)
    if review is None:
        return ""
    if review.filed_on is not None:
        return str(review.get_conclusion_display())
    return _("waits for: %(step)s") % {"step": step_label(waiting_step(review))}


TERMS: tuple[Column[Any], ...] = (
    Column("name", gettext_lazy("Full name"), lambda term: term.trainee.person.name, html=_name),
    Column("unit", gettext_lazy("Unit"), lambda term: term.trainee.home_unit.name),
    Column("village", gettext_lazy("Village"), lambda term: term.village.name),
    Column("role", gettext_lazy("Role in the village"), _role_text, html=_role),
    Column("started_on", gettext_lazy("Reported on"), lambda term: term.started_on, sort=("started_on",)),
    Column("due_on", gettext_lazy("Due to end on"), lambda term: term.due_on, sort=("due_on",)),
    Column("ended_on", gettext_lazy("Ended on"), lambda term: term.ended_on, shown=False),
    Column("stage", gettext_lazy("State"), lambda term: stage_mark(term, timezone.localdate())[1], html=_stage),
    Column("leave", pgettext_lazy("village term", "Days of leave"), lambda term: term.leave_days or "", numeric=True),
    Column("report", gettext_lazy("Research report"), _report),
    Column("review", pgettext_lazy("village term", "End review"), _step, html=lambda term: _wrapped(_step(term))),
    Column("document", gettext_lazy("Document number"), lambda term: term.document_number, shown=False),
)
