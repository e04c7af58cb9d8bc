"""What falls due with outcomes: to be checked, to be signed off, to be completed. What is announced and not entered nobody knows."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cadre_app.advancement.models import Outcome, OutcomeState
from cadre_app.advancement.permissions import outcomes as permissions
from cadre_app.advancement.policies import OUTCOME_RULE
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import Role
from cadre_app.core.signing import another_needed_text, by_others
from cadre_app.org.paths import end_of
from cadre_app.people.models import Transfer, TransferKind, of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "advancement.check",
        ReminderRule(
            label=gettext_lazy("Outcome to be checked"),
            source=OUTCOME_RULE,
            rows=outcomes,
            dues=to_check,
            visible=as_checking,
            words=check_words,
            order=520,
            leads=(0,),
            overdue=(3, 7),
            attention=None,
            roles=(Role.STAFF, Role.LEADER),
        ),
    )
    reminder_rules.register(
        "advancement.sign_off",
        ReminderRule(
            label=gettext_lazy("Outcome to be signed off"),
            source=OUTCOME_RULE,
            rows=outcomes,
            dues=to_sign,
            visible=as_signing,
            words=sign_words,
            order=522,
            leads=(0,),
            overdue=(3, 7),
            attention=3,
            roles=(Role.LEADER,),
            supervisors=(Role.STAFF,),
        ),
    )
    reminder_rules.register(
        "advancement.returned",
        ReminderRule(
            label=gettext_lazy("Outcome to be completed"),
            source=OUTCOME_RULE,
            rows=outcomes,
            dues=to_complete,
            visible=as_department,
            words=complete_words,
            order=524,
            leads=(0,),
            overdue=(3, 7),
            attention=None,
        ),
    )
    _announce_transfer()


def _announce_transfer() -> None:
    reminder_rules.register(
        "advancement.transfer",
        ReminderRule(
            label=gettext_lazy("Transfer to be recorded after an outcome"),
            source=OUTCOME_RULE,
            rows=outcomes,
            dues=to_transfer,
            visible=as_department,
            words=transfer_words,
            order=526,
            leads=(0,),
            overdue=(7, 14),
            attention=None,
        ),
    )


def outcomes() -> Rows:
    return Outcome.objects.select_related("trainee__person", "trainee__home_unit", "unit")


def as_department(rows: Rows, user: "User") -> Rows:
    """Staff and leaders in their scope; never the own outcome or a relative's."""
    return rows.filter(of_scope(user, Role.STAFF, Role.LEADER, prefix="trainee__"))


def as_checking(rows: Rows, user: "User") -> Rows:
    """As the department, but what others entered."""
    return as_department(rows, user).filter(by_others(user))


def as_signing(rows: Rows, user: "User") -> Rows:
    """Leaders what others entered and checked; other staff all of it, as they see to it that somebody signs."""
    leads = of_scope(user, Role.LEADER, prefix="trainee__")
    staffs = of_scope(user, Role.STAFF, prefix="trainee__")
    return rows.filter(leads & by_others(user, checked="checked_by") | staffs & ~leads)


def to_check(until: date) -> Rows:
    rows = _here(OutcomeState.ANNOUNCED).filter(entered_on__lte=until)
    return rows.annotate(due_day=F("entered_on"), trainee_key=F("trainee_id"), doer_key=NOBODY)


def to_sign(until: date) -> Rows:
    """Checked, and in effect: before that day nothing can be signed off."""
    rows = _here(OutcomeState.RECORDED).filter(checked_on__lte=until, effective_on__lte=until)
    due_day = Greatest(F("checked_on"), F("effective_on"))
    return rows.annotate(due_day=due_day, trainee_key=F("trainee_id"), doer_key=NOBODY)


def to_complete(until: date) -> Rows:
    rows = _here(OutcomeState.RETURNED).filter(returned_on__lte=until)
    return rows.annotate(due_day=F("returned_on"), trainee_key=F("trainee_id"), doer_key=F("entered_by_id"))


def to_transfer(until: date) -> Rows:
    """In the file, with a post outside the unit, and since then nobody has recorded the transfer (outcome_page.unit_differs)."""
    moved = Transfer.objects.standing().filter(
        trainee=OuterRef("trainee"), kind=TransferKind.INTERNAL, effective_on__gte=OuterRef("effective_on")
    )
    rows = _here(OutcomeState.IN_FILE).filter(~Exists(moved), unit__isnull=False, signed_on__lte=until)
    home = "trainee__home_unit__path"
    rows = rows.exclude(unit__path__gte=F(home), unit__path__lt=end_of(home))
    return rows.annotate(due_day=F("signed_on"), trainee_key=F("trainee_id"), doer_key=NOBODY)


def transfer_words(row: Outcome, day: date, user: "User") -> DueWords:
    known = {"unit": row.unit.name if row.unit is not None else "", "home": row.trainee.home_unit.name}
    text = _("The new post is in %(unit)s, the file still in %(home)s: record the transfer in the growth file.")
    return DueWords(
        title=_("Transfer to be recorded after an outcome"),
        why=text % known,
        url=reverse("growth:file", kwargs={"pk": row.trainee_id}),
        action=_("Open the growth file"),
        subject=row.trainee.person.name,
    )


def check_words(row: Outcome, day: date, user: "User") -> DueWords:
    return _words(row, "check", _("Outcome to be checked"), pgettext("outcome", "Check"))


def sign_words(row: Outcome, day: date, user: "User") -> DueWords:
    if not permissions.leads(user):
        words = _words(row, "detail", _("Outcome to be signed off"), _("Open"))
        return replace(words, why=another_needed_text())
    return _words(row, "sign", _("Outcome to be signed off"), _("Sign off"))


def complete_words(row: Outcome, day: date, user: "User") -> DueWords:
    return _words(row, "edit", _("Outcome to be completed"), pgettext("outcome", "Complete"))


def _words(row: Outcome, page: str, title: str, action: str) -> DueWords:
    known = {"kind": row.get_kind_display(), "number": row.document_number}
    return DueWords(
        title=title,
        why=row.return_reason or _("%(kind)s, announced by %(number)s.") % known,
        url=reverse(f"advancement:outcome_{page}", kwargs={"pk": row.pk}),
        action=action,
        subject=row.trainee.person.name,
    )


def _here(state: str) -> Rows:
    return outcomes().filter(state=state, voided_at=None, trainee__departed_on=None, trainee__voided_at=None)
