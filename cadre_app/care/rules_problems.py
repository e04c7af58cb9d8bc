"""What falls due with problems: the answer, and the return visit to whoever raised one at a symposium or on a visit."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Case, F, When
from django.db.models.functions import Coalesce
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.care.models import Problem, ProblemState
from cadre_app.care.policies import TALK_RULE
from cadre_app.care.rules import here, who_may
from cadre_app.care.wording_meetings import raised_by, source_url
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def announce() -> None:
    """Called once, when the app is ready."""
    known = (
        ("problem_revisit", gettext_lazy("Return visit after a symposium or visit"), revisits_due, revisit_words, 252),
        ("problem_due", gettext_lazy("Problem raised"), problems_due, problem_words, 240),
    )
    for key, label, dues, words, order in known:
        rule = ReminderRule(
            label=label, source=TALK_RULE, rows=problems, dues=dues, visible=as_seen, words=words, order=order
        )
        reminder_rules.register(f"care.{key}", rule)


def as_seen(rows: Rows, user: "User") -> Rows:
    return rows.visible_to(user)


def problems() -> Rows:
    rows = Problem.objects.select_related("trainee__person", "talk", "symposium", "visit", "handler")
    return rows.defer("talk__content", "talk__response", "symposium__note", "visit__note")


def problems_due(until: date) -> Rows:
    """Problems without an answer, by the day it is due."""
    rows = problems().in_work().filter(due_on__lte=until)
    return _of_handler(rows)


def problem_words(row: Problem, day: date, user: "User") -> DueWords:
    known = {
        "name": raised_by(row),
        "problem": row.text,
        "unit": row.handling_unit,
        "day": formats.date_format(day),
    }
    if row.handling_unit:
        text = _("“%(problem)s”, raised by %(name)s, is with %(unit)s and due by %(day)s: please report how it stands.")
    else:
        text = _("“%(problem)s”, raised by %(name)s, is to be assigned; the answer is due by %(day)s.")
    return DueWords(
        title=_("Problem raised"),
        why=text % known,
        url=source_url(row),
        action=_("Enter the answer") if row.handling_unit else _("Assign"),
        subject=raised_by(row),
    )


def revisits_due(until: date) -> Rows:
    """Answered problems of symposiums and visits that wait for the return visit; those of a talk ring with the talk."""
    return _of_handler(problems().standing().filter(state=ProblemState.ANSWERED, talk=None, due_on__lte=until))


def revisit_words(row: Problem, day: date, user: "User") -> DueWords:
    text = _("“%(problem)s”, raised by %(name)s, was answered and waits for the return visit, by %(day)s.")
    return DueWords(
        title=_("Return visit"),
        why=text % {"name": raised_by(row), "problem": row.text, "day": formats.date_format(day)},
        url=source_url(row),
        action=_("Record the return visit"),
        subject=raised_by(row),
    )


def _of_handler(rows: Rows) -> Rows:
    """One without a name is for whoever prepared the symposium."""
    rows = here(rows.filter(talk__voided_at=None, symposium__voided_at=None, visit__voided_at=None), "trainee")
    rows = rows.annotate(of_unit=Coalesce("trainee__home_unit__path", "symposium__unit__path"))
    prepared = who_may("symposium__prepared_by", "of_unit")
    doer = Coalesce(who_may("handler", "of_unit"), Case(When(trainee=None, then=prepared), default=NOBODY))
    return rows.annotate(due_day=F("due_on"), trainee_key=F("trainee_id"), doer_key=doer)
