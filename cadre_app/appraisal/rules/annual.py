"""What falls due in the assessments: entering, entering again what was sent back, the end of a public notice, the signature, the answer to a review."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import DateField, ExpressionWrapper, F, Q, Value
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.appraisal.models import AnnualAssessment, AnnualState, QuarterlyAssessment
from cadre_app.appraisal.policies import ANNUAL_RULE, QUARTER_RULE, REVIEW_DAYS, SIGNATURE_DAYS
from cadre_app.appraisal.services.quarterly import assessed_in, due_day, latest_quarter
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.people.models import Trainee, of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

NEWS_FOR = timedelta(days=14)
OPEN = {"trainee__departed_on": None, "trainee__voided_at": None, "quota__campaign__voided_at": None}


def announce() -> None:
    """Called once, when the app is ready."""
    for key, rule in _rules().items():
        reminder_rules.register(key, rule)


def _rules() -> dict[str, ReminderRule]:
    return {
        "appraisal.entry": ReminderRule(
            label=gettext_lazy("Annual assessment to be entered"),
            source=ANNUAL_RULE,
            rows=annual,
            dues=not_entered,
            visible=as_office,
            words=entry_words,
            order=430,
            leads=(30, 7, 0),
            roles=(Role.LIAISON,),
            supervisors=(Role.STAFF,),
            gathered=True,
        ),
        "appraisal.returned": ReminderRule(
            label=gettext_lazy("Annual assessment sent back, to be entered again"),
            source=ANNUAL_RULE,
            rows=annual,
            dues=returned,
            visible=as_office,
            words=returned_words,
            order=431,
            leads=(0,),
            supervisors=(Role.STAFF,),
        ),
        "appraisal.notice": ReminderRule(
            label=gettext_lazy("Public notice of the annual assessment ends"),
            source=ANNUAL_RULE,
            rows=annual,
            dues=on_display,
            visible=as_office,
            words=notice_words,
            order=432,
            leads=(0,),
            attention=None,
        ),
        "appraisal.signature": ReminderRule(
            label=gettext_lazy("Annual assessment to be signed by the person"),
            source=ANNUAL_RULE,
            rows=annual,
            dues=unsigned,
            visible=as_office_or_own,
            words=signature_words,
            order=434,
            leads=(15, 7, 1, 0),
            supervisors=(Role.STAFF,),
        ),
        "appraisal.review": ReminderRule(
            label=gettext_lazy("Review of an annual assessment asked for"),
            source=ANNUAL_RULE,
            rows=annual,
            dues=reviews,
            visible=as_office,
            words=review_words,
            order=436,
            leads=(30, 14, 7, 0),
        ),
        "appraisal.review_answered": ReminderRule(
            label=gettext_lazy("Own review of an annual assessment answered"),
            source=ANNUAL_RULE,
            rows=annual,
            dues=reviews_answered,
            visible=as_own,
            words=answered_words,
            order=444,
            leads=(0,),
            overdue=(),
            attention=None,
            supervisors=(),
            personal=True,
            is_news=True,
        ),
        "appraisal.quarter": ReminderRule(
            label=gettext_lazy("Quarterly assessment to be entered"),
            source=QUARTER_RULE,
            rows=people,
            dues=quarters_missing,
            visible=people_in_scope,
            words=quarter_words,
            order=438,
            leads=(7, 0),
            roles=(Role.LIAISON,),
            supervisors=(Role.STAFF,),
            gathered=True,
        ),
    }


def annual() -> Rows:
    return AnnualAssessment.objects.select_related("trainee__person", "quota__campaign", "quota__unit")


def as_office(rows: Rows, user: "User") -> Rows:
    """Business roles in their scope; never the own one or a relative's."""
    return rows.filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__"))


def as_office_or_own(rows: Rows, user: "User") -> Rows:
    """Business roles in their scope; and one's own."""
    scope = of_scope(user, *BUSINESS_ROLES, prefix="trainee__")
    return rows.filter(scope | Q(trainee__person__account=user, confirmed_on__isnull=False))


def as_own(rows: Rows, user: "User") -> Rows:
    """One's own, once confirmed."""
    return rows.filter(trainee__person__account=user, confirmed_on__isnull=False)


def not_entered(until: date) -> Rows:
    """Empty rows, by the last day of their campaign."""
    rows = annual().in_work().filter(state=AnnualState.NOT_STARTED, quota__campaign__ends_on__lte=until, **OPEN)
    return _keyed(rows, F("quota__campaign__ends_on"), NOBODY)


def returned(until: date) -> Rows:
    """Sent back, from that day on until they are entered again; whoever entered them is told."""
    rows = annual().in_work().filter(returned_on__lte=until, **OPEN)
    return _keyed(rows, F("returned_on"), F("entered_by_id"))


def on_display(until: date) -> Rows:
    """Notices, the day after their last one: the assessment can be signed off then."""
    rows = annual().in_work().filter(notice_until__lt=until, **OPEN)
    return _keyed(rows, _after("notice_until", 1), NOBODY)


def unsigned(until: date) -> Rows:
    """Filed and not signed, the days of the setting after the filing or a later correction."""
    days = SIGNATURE_DAYS.now()
    last = until - timedelta(days=days)
    rows = annual().to_sign().filter(filed_on__lte=last, **OPEN).exclude(corrected_on__gt=last)
    known = Greatest(F("filed_on"), Coalesce(F("corrected_on"), F("filed_on")))
    day = ExpressionWrapper(known + Value(days), output_field=DateField())
    return _keyed(rows, day, F("trainee__person__account_id"))


def reviews(until: date) -> Rows:
    """Reviews without an answer."""
    days = REVIEW_DAYS.now()
    rows = (
        annual().standing().filter(review_asked_on__lte=until - timedelta(days=days), review_answered_on=None, **OPEN)
    )
    return _keyed(rows, _after("review_asked_on", days), NOBODY)


def reviews_answered(until: date) -> Rows:
    """Answered in the last two weeks; whoever asked is told."""
    days = (timezone.localdate() - NEWS_FOR, until)
    rows = annual().standing().filter(review_answered_on__range=days, **OPEN)
    return _keyed(rows, F("review_answered_on"), F("trainee__person__account_id"))


def people() -> Rows:
    return Trainee.objects.select_related("person", "home_unit")


def people_in_scope(rows: Rows, user: "User") -> Rows:
    return rows.filter(of_scope(user, *BUSINESS_ROLES))


def quarters_missing(until: date) -> Rows:
    """Civil servants without the latest quarter, once the office keeps quarters here at all."""
    year, quarter = latest_quarter(timezone.localdate())
    day = due_day(year, quarter)
    known = QuarterlyAssessment.objects.standing()
    if day > until:
        return people().none().annotate(due_day=Value(day, DateField()), trainee_key=F("pk"), doer_key=NOBODY)
    missing = assessed_in(year, quarter).exclude(pk__in=known.filter(year=year, quarter=quarter).values("trainee"))
    rows = people().filter(pk__in=missing.values("pk"))
    if not QuarterlyAssessment.objects.kept_here().exists():
        rows = rows.none()
    return rows.annotate(due_day=Value(day, DateField()), trainee_key=F("pk"), doer_key=NOBODY)


def entry_words(row: AnnualAssessment, day: date, user: "User") -> DueWords:
    text = _("The annual assessment %(year)s of %(unit)s is entered by %(day)s.")
    known = {"year": row.year, "unit": row.quota.unit.name, "day": formats.date_format(day)}
    return DueWords(
        title=_("Annual assessment to be entered"),
        why=text % known,
        url=reverse("appraisal:annual_grid", kwargs={"pk": row.quota_id}),
        action=_("Enter the table"),
        subject=row.trainee.person.name,
    )


def returned_words(row: AnnualAssessment, day: date, user: "User") -> DueWords:
    return _annual_words(
        row,
        _("Annual assessment %(year)s sent back") % {"year": row.year},
        _("Reason: %(reason)s") % {"reason": row.return_reason},
        _("Open the assessment"),
    )


def notice_words(row: AnnualAssessment, day: date, user: "User") -> DueWords:
    return _annual_words(
        row,
        _("Public notice of the annual assessment is over"),
        _("Excellent %(year)s, on display until %(day)s. It can be signed off once it is checked.")
        % {"year": row.year, "day": formats.date_format(row.notice_until or day)},
        _("Open the assessment"),
    )


def signature_words(row: AnnualAssessment, day: date, user: "User") -> DueWords:
    """{年份}年度考核结果已确认，请登录查看并签署意见 (demo-texts A6)."""
    if row.trainee.person.account_id == user.pk:
        text = _(
            "The result of your annual assessment %(year)s is confirmed. Please read it and sign; if you disagree, you can ask for a review within the time allowed."
        )
        title, action = _("Annual assessment to be signed"), _("Read and sign")
    else:
        text = _("The annual assessment %(year)s is filed and not signed by the person.")
        title, action = _("Signature on the annual assessment missing"), _("Open the assessment")
    return _annual_words(row, title, text % {"year": row.year}, action, is_own=row.trainee.person.account_id == user.pk)


def review_words(row: AnnualAssessment, day: date, user: "User") -> DueWords:
    text = _("Asked for on %(asked)s, to be answered by %(day)s.")
    known = {"asked": formats.date_format(row.review_asked_on or day), "day": formats.date_format(day)}
    return _annual_words(
        row, _("Review of the annual assessment %(year)s") % {"year": row.year}, text % known, _("Answer the review")
    )


def answered_words(row: AnnualAssessment, day: date, user: "User") -> DueWords:
    title = _("Your review of the annual assessment %(year)s is answered") % {"year": row.year}
    why = str(row.get_review_outcome_display())
    return _annual_words(row, title, why, _("Open the assessment"), is_own=True)


def quarter_words(row: Trainee, day: date, user: "User") -> DueWords:
    year, quarter = latest_quarter(day)
    known = {"year": year, "quarter": quarter, "unit": row.home_unit.name, "day": formats.date_format(day)}
    return DueWords(
        title=_("Quarterly assessment to be entered"),
        why=_("%(year)s, quarter %(quarter)s of %(unit)s is entered by %(day)s.") % known,
        url=reverse("appraisal:quarter_grid", kwargs={"pk": row.home_unit_id, "year": year, "quarter": quarter}),
        action=_("Enter the quarter"),
        subject=row.person.name,
    )


def _annual_words(row: AnnualAssessment, title: str, why: str, action: str, *, is_own: bool = False) -> DueWords:
    return DueWords(
        title=title,
        why=why,
        url=reverse("appraisal:annual_detail", kwargs={"pk": row.pk}),
        action=action,
        subject="" if is_own else row.trainee.person.name,
    )


def _after(name: str, days: int) -> Any:
    return ExpressionWrapper(F(name) + Value(days), output_field=DateField())


def _keyed(rows: Rows, day: object, doer: object) -> Rows:
    return rows.annotate(due_day=day, trainee_key=F("trainee_id"), doer_key=doer)
