"""What falls due at the end of a village term: the reports of the person, the step of the review that waits."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cadre_app.assignments.models import TermReview
from cadre_app.assignments.policies import TERM_RULE
from cadre_app.assignments.services.term_reviews import handed_in
from cadre_app.assignments.term_stages import has_open_review
from cadre_app.assignments.term_words import SIGN_OFF, step_label, waiting_step
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.core.tables import joined
from cadre_app.people.models import VillageTerm, of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

SIGNED_WITHIN = 7
AT_SIGN_OFF = Q(proposed_on__isnull=False, signed_on=None)
FAR = timedelta(days=400)


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "assignments.term_reports",
        ReminderRule(
            label=gettext_lazy("Reports of the village term missing"),
            source=TERM_RULE,
            rows=terms,
            dues=reports_missing,
            visible=as_term,
            words=reports_words,
            order=420,
            leads=(90, 30, 7),
            overdue=(7,),
            supervisors=(Role.STAFF,),
        ),
    )
    reminder_rules.register(
        "assignments.term_review",
        ReminderRule(
            label=gettext_lazy("Step of the end-of-village-term assessment"),
            source=TERM_RULE,
            rows=reviews,
            dues=waiting,
            visible=as_office,
            words=waiting_words,
            order=422,
            leads=(30, 0),
            overdue=(15, 30, 60),
            attention=30,
        ),
    )
    reminder_rules.register(
        "assignments.term_sign_off",
        ReminderRule(
            label=gettext_lazy("End-of-village-term assessment to be signed off"),
            source=TERM_RULE,
            rows=reviews,
            dues=to_sign,
            visible=as_office,
            words=waiting_words,
            order=424,
            leads=(7, 0),
            overdue=(7,),
            attention=None,
            roles=(Role.LEADER,),
        ),
    )


def terms() -> Rows:
    """Terms with what of their two reports is there."""
    written = TermReview.objects.of_now().filter(term=OuterRef("pk"), summary_on__isnull=False)
    rows = VillageTerm.objects.select_related("trainee__person", "village")
    return rows.annotate(has_summary=Exists(written), has_report=handed_in())


def as_term(rows: Rows, user: "User") -> Rows:
    """Business roles in their scope; and one's own."""
    return rows.filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__") | Q(trainee__person__account=user))


def reports_missing(until: date) -> Rows:
    """Terms of which the summary or the research report is missing: running ones by their planned end, ended ones for as
    long as their review is open.
    """
    ended = Q(ended_on__lte=until, is_cut_short=False) & has_open_review()
    rows = terms().standing().filter(Q(ended_on=None, due_on__lte=until) | ended)
    rows = rows.filter(trainee__departed_on=None, trainee__voided_at=None)
    rows = rows.filter(Q(has_summary=False) | Q(has_report=False))
    day = Coalesce("ended_on", "due_on")
    return rows.annotate(due_day=day, trainee_key=F("trainee_id"), doer_key=F("trainee__person__account_id"))


def reports_words(row: VillageTerm, day: date, user: "User") -> DueWords:
    missing = []
    if not getattr(row, "has_summary", True):
        missing.append(_("own summary"))
    if not getattr(row, "has_report", True):
        missing.append(_("research report"))
    known = {"village": row.village.name, "day": formats.date_format(day)}
    known["missing"] = joined(missing) or _("reports")
    text = _("The term in %(village)s ends on %(day)s. Missing: %(missing)s.")
    return DueWords(
        title=_("Reports of the village term missing"),
        why=text % known,
        url=reverse("assignments:term_detail", kwargs={"pk": row.pk}),
        action=_("Open the village term"),
        subject="" if row.trainee.person.account_id == user.pk else row.trainee.person.name,
    )


def reviews() -> Rows:
    return TermReview.objects.select_related("term__trainee__person", "term__village")


def as_office(rows: Rows, user: "User") -> Rows:
    """Business roles in their scope; never the own term or a relative's."""
    return rows.filter(of_scope(user, *BUSINESS_ROLES, prefix="term__trainee__"))


def followed() -> Rows:
    """Keys of terms whose review has its first step: from then on `waiting` and `to_sign` name what is to be done."""
    return TermReview.objects.open().filter(summary_on__isnull=False).values("term")


def waiting(until: date) -> Rows:
    """Open reviews with a step of staff to be done (all but the summary and the sign-off), by the end of the term."""
    rows = _open(until).filter(summary_on__isnull=False).exclude(AT_SIGN_OFF)
    return _keyed(rows, F("due_on"))


def to_sign(until: date) -> Rows:
    """Proposals that wait for a leader, a week after they were made; however far the end of the term lies ahead."""
    day = ExpressionWrapper(F("proposed_on") + Value(SIGNED_WITHIN), output_field=DateField())
    rows = _open(until + FAR).filter(AT_SIGN_OFF, proposed_on__lte=until - timedelta(days=SIGNED_WITHIN))
    return _keyed(rows, day)


def waiting_words(row: TermReview, day: date, user: "User") -> DueWords:
    step = waiting_step(row)
    known = {"village": row.term.village.name, "day": formats.date_format(row.due_on), "step": step_label(step)}
    is_sign_off = step == SIGN_OFF
    return DueWords(
        title=_("End-of-village-term assessment to be signed off")
        if is_sign_off
        else _("End-of-village-term assessment: %(step)s") % known,
        why=_("The term in %(village)s ends on %(day)s.") % known,
        url=reverse("assignments:term_detail", kwargs={"pk": row.term_id}),
        action=pgettext("village term", "Open the review"),
        subject=row.term.trainee.person.name,
    )


def _open(until: date) -> Rows:
    rows = reviews().open().filter(due_on__lte=until, term__voided_at=None, term__is_cut_short=False)
    return rows.filter(term__trainee__departed_on=None, term__trainee__voided_at=None)


def _keyed(rows: Rows, day: object) -> Rows:
    return rows.annotate(due_day=day, trainee_key=F("term__trainee_id"), doer_key=NOBODY)
