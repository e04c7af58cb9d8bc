"""What waits in a unit for the next act of the department: check, sign-off, filing, and quarters to be confirmed.

One item tells of all that wait together: of the rows of a unit which the same hands left, the first one stands for them.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.appraisal.models import AnnualState, Grade, QuarterlyAssessment
from cadre_app.appraisal.permissions import hands
from cadre_app.appraisal.permissions.rooms import CHECKING
from cadre_app.appraisal.policies import ANNUAL_RULE, QUARTER_RULE
from cadre_app.appraisal.rules.annual import OPEN, annual
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import Role
from cadre_app.core.signing import another_needed_text
from cadre_app.people.models import of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.appraisal.models import AnnualAssessment

DAY = timedelta(days=1)


def announce() -> None:
    """Called once, when the app is ready."""
    for key, rule in _rules().items():
        reminder_rules.register(key, rule)


def _rules() -> dict[str, ReminderRule]:
    of_year: dict[str, Any] = {"source": ANNUAL_RULE, "rows": annual, "leads": (0,), "overdue": (7,), "gathered": True}
    of_quarter = of_year | {"source": QUARTER_RULE, "rows": quarters}
    return {
        "appraisal.check": ReminderRule(
            label=gettext_lazy("Annual assessment of a unit to be checked"),
            dues=to_check, visible=as_checking, words=check_words, order=440, roles=CHECKING, **of_year,
        ),
        "appraisal.sign_off": ReminderRule(
            label=gettext_lazy("Annual assessment of a unit to be signed off"),
            dues=to_sign, visible=as_signing, words=sign_words, order=441,
            attention=3, roles=(Role.LEADER,), supervisors=(Role.STAFF,), **of_year,
        ),
        "appraisal.file": ReminderRule(
            label=gettext_lazy("Annual assessment of a unit to be filed"),
            dues=to_file, visible=as_filing, words=file_words, order=442, **of_year,
        ),
        "appraisal.quarter_confirm": ReminderRule(
            label=gettext_lazy("Quarterly assessment to be confirmed"),
            dues=to_confirm, visible=as_checking, words=confirm_words, order=443, roles=CHECKING, **of_quarter,
        ),
    }  # fmt: skip


def quarters() -> Rows:
    return QuarterlyAssessment.objects.select_related("trainee__person", "trainee__home_unit")


def as_checking(rows: Rows, user: "User") -> Rows:
    """Staff and leaders in their scope, what others entered."""
    return rows.filter(of_scope(user, *CHECKING, prefix="trainee__"), hands.to_check(user))


def as_signing(rows: Rows, user: "User") -> Rows:
    """Leaders in their scope, what others entered and checked; staff look after all of it."""
    signs = of_scope(user, Role.LEADER, prefix="trainee__") & hands.to_sign(user)
    return rows.filter(signs | of_scope(user, Role.STAFF, prefix="trainee__"))


def as_filing(rows: Rows, user: "User") -> Rows:
    """Staff and leaders in their scope."""
    return rows.filter(of_scope(user, *CHECKING, prefix="trainee__"))


def to_check(until: date) -> Rows:
    """Entered, and not sent back."""
    rows = annual().in_work().filter(checked_on=None, returned_on=None, entered_on__lte=until, **OPEN)
    rows = rows.exclude(state=AnnualState.NOT_STARTED)
    return _first(rows, F("entered_on"), "quota", "hands")


def to_sign(until: date) -> Rows:
    """Checked, and no longer on display."""
    over = ~Q(grade=Grade.EXCELLENT) | Q(notice_until__lt=until)
    rows = annual().in_work().filter(over, checked_on__lte=until, **OPEN)
    after = ExpressionWrapper(F("notice_until") + Value(1), output_field=DateField())
    day = Greatest(F("checked_on"), Coalesce(after, F("checked_on")))
    return _first(rows, day, "quota", "hands", "checked_by")


def to_file(until: date) -> Rows:
    rows = annual().standing().filter(confirmed_on__lte=until, filed_on=None, **OPEN)
    return _first(rows, F("confirmed_on"), "quota")


def to_confirm(until: date) -> Rows:
    rows = quarters().standing().filter(confirmed_on=None, entered_on__lte=until)
    rows = rows.filter(trainee__departed_on=None, trainee__voided_at=None)
    return _first(rows, F("entered_on"), "trainee__home_unit", "year", "quarter", "hands")


def check_words(row: "AnnualAssessment", day: date, user: "User") -> DueWords:
    text = _("Annual assessment %(year)s to be checked: %(unit)s")
    return _words(row, text, "unit_check", _("Check the unit"))


def sign_words(row: "AnnualAssessment", day: date, user: "User") -> DueWords:
    text = _("Annual assessment %(year)s to be signed off: %(unit)s")
    if user.holds(row.quota.unit, Role.LEADER):
        return _words(row, text, "unit_sign", _("Sign off"))
    return replace(_words(row, text, "unit_detail", _("Open the unit")), why=another_needed_text())


def file_words(row: "AnnualAssessment", day: date, user: "User") -> DueWords:
    return _words(row, _("Annual assessment %(year)s to be filed: %(unit)s"), "unit_file", _("File the unit"))


def confirm_words(row: QuarterlyAssessment, day: date, user: "User") -> DueWords:
    known = {"year": row.year, "quarter": row.quarter}
    title = _("Quarterly assessment %(year)s.%(quarter)s to be confirmed: %(unit)s")
    return DueWords(
        title=title % {**known, "unit": row.trainee.home_unit.name},
        why=_("Entered by somebody else; the people read it once it is confirmed."),
        url=reverse("appraisal:quarter_confirm", kwargs={"pk": row.trainee.home_unit_id, **known}),
        action=_("Confirm"),
    )


def _words(row: "AnnualAssessment", text: str, name: str, action: str) -> DueWords:
    return DueWords(
        title=text % {"year": row.year, "unit": row.quota.unit.name},
        why=_("All of the unit who wait for this step are decided on together."),
        url=reverse(f"appraisal:{name}", kwargs={"pk": row.quota_id}),
        action=action,
    )


def _first(rows: Rows, day: object, *alike: str) -> Rows:
    """Of those that are alike in these columns the first one, which keeps its place as long as it waits."""
    known = rows.filter(**{name: OuterRef(name) for name in alike}, pk__lt=OuterRef("pk"))
    found = rows.filter(~Exists(known.order_by()))
    return found.annotate(due_day=day, trainee_key=F("trainee_id"), doer_key=NOBODY)
