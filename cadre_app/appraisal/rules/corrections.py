"""What falls due with corrections of annual assessments: those to be signed off, and the answer to a declined one."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.appraisal.models import AnnualCorrection
from cadre_app.appraisal.policies import ANNUAL_RULE
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import Role
from cadre_app.people.models import of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

NEWS_FOR = timedelta(days=14)
OPEN = {
    "assessment__voided_at": None,
    "assessment__quota__campaign__voided_at": None,
    "assessment__trainee__departed_on": None,
    "assessment__trainee__voided_at": None,
}


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "appraisal.correction_sign",
        ReminderRule(
            label=gettext_lazy("Correction of an annual assessment to be signed off"),
            source=ANNUAL_RULE,
            rows=corrections,
            dues=to_sign,
            visible=as_signing,
            words=sign_words,
            order=437,
            leads=(0,),
            overdue=(3, 7),
            attention=None,
            roles=(Role.LEADER,),
            supervisors=(),
            gathered=True,
        ),
    )
    reminder_rules.register(
        "appraisal.correction_declined",
        ReminderRule(
            label=gettext_lazy("Own correction of an annual assessment declined"),
            source=ANNUAL_RULE,
            rows=corrections,
            dues=declined,
            visible=as_proposer,
            words=declined_words,
            order=439,
            leads=(0,),
            overdue=(),
            attention=None,
            supervisors=(),
            personal=True,
        ),
    )


def corrections() -> Rows:
    return AnnualCorrection.objects.select_related("assessment__trainee__person")


def as_signing(rows: Rows, user: "User") -> Rows:
    """Leaders in their scope; nobody signs off what they proposed."""
    return rows.filter(of_scope(user, Role.LEADER, prefix="assessment__trainee__")).exclude(proposed_by=user)


def as_proposer(rows: Rows, user: "User") -> Rows:
    return rows.visible_to(user).filter(proposed_by=user)


def to_sign(until: date) -> Rows:
    """Those that wait, from the day on which they were proposed."""
    found = corrections().waiting().filter(**OPEN).annotate(due_day=TruncDate("created_at"))
    return found.filter(due_day__lte=until).annotate(trainee_key=F("assessment__trainee_id"), doer_key=NOBODY)


def declined(until: date) -> Rows:
    """Declined in the last two weeks, as long as nothing was proposed instead; whoever proposed it is told."""
    days = (timezone.localdate() - NEWS_FOR, until)
    found = corrections().standing().filter(is_signed=False, decided_on__range=days, **OPEN)
    later = AnnualCorrection.objects.standing().filter(
        assessment=OuterRef("assessment"), created_at__gte=OuterRef("created_at")
    )
    found = found.filter(~Exists(later.exclude(pk=OuterRef("pk"))))
    key = F("assessment__trainee_id")
    return found.annotate(due_day=F("decided_on"), trainee_key=key, doer_key=F("proposed_by_id"))


def sign_words(row: AnnualCorrection, day: date, user: "User") -> DueWords:
    title = _("Correction of the annual assessment %(year)s to be signed off")
    why = _("%(before)s → %(after)s. Until then the assessment stands as it is.")
    before, after = row.outcomes_told(at_desk=False)  # the bell rings on phones, too
    return DueWords(
        title=title % {"year": row.assessment.year},
        why=why % {"before": before, "after": after},
        url=reverse("appraisal:correction_sign", kwargs={"pk": row.pk}),
        action=_("Sign off"),
        subject=row.assessment.trainee.person.name,
    )


def declined_words(row: AnnualCorrection, day: date, user: "User") -> DueWords:
    title = _("Your correction of the annual assessment %(year)s was declined")
    return DueWords(
        title=title % {"year": row.assessment.year},
        why=_("Reason: %(reason)s") % {"reason": row.decline_reason},
        url=reverse("appraisal:annual_detail", kwargs={"pk": row.assessment_id}) + "#corrections",
        action=_("Open the assessment"),
        subject=row.assessment.trainee.person.name,
    )
