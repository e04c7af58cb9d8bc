"""What falls due with talks: the regular one, one after an occasion, the booked one, the return visit.

Words go to staff and leaders (the person concerned: rules_own); none holds a restricted text.
"""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Case,
    DateField,
    DurationField,
    Exists,
    F,
    OuterRef,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.accounts.models import Grant
from cadre_app.care.models import Problem, Talk, TalkPlan, TalkState, TalkTrigger
from cadre_app.care.models.choices import ABOUT
from cadre_app.care.models.plans import WORKERS
from cadre_app.care.permissions import can_plan_many
from cadre_app.care.policies import TALK_RULE, TRIGGER_DAYS
from cadre_app.care.wording import cadence_text, happened_text
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import Role
from cadre_app.org.paths import stands_over
from cadre_app.people.models import of_scope

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User


def announce() -> None:
    """Called once, when the app is ready."""
    _announce_talks()
    _register("care.return_visit", gettext_lazy("Return visit after a talk"), talks, visits_due, visit_words, 250)


def _announce_talks() -> None:
    _register("care.talk_due", gettext_lazy("Regular talk"), plans, talks_due, plan_words, 210, joint=True)
    _register(
        "care.talk_trigger",
        gettext_lazy("Talk after an occasion"),
        triggers,
        triggers_due,
        trigger_words,
        220,
        joint=True,
    )
    _register(
        "care.talk_booked",
        gettext_lazy("Booked talk"),
        talks,
        talks_booked,
        booked_words,
        230,
        leads=(1, 0),
        joint=True,
    )
    _register(
        "care.talk_planned",
        gettext_lazy("Planned talk to be booked"),
        talks,
        talks_planned,
        planned_words,
        225,
        leads=(7, 0),
    )
    _register(
        "care.talk_closing",
        gettext_lazy("Talk to be closed"),
        talks,
        talks_to_close,
        closing_words,
        260,
        leads=(0,),
        overdue=(),
        attention=None,
    )


def plans() -> Rows:
    return TalkPlan.objects.select_related("trainee__person")


def talks_due(until: date) -> Rows:
    """Plans by their day; not while a talk is planned or booked for about that time (`talk_planned` asks for it then)."""
    arranged = Talk.objects.arranged("next_on").filter(trainee=OuterRef("trainee"))
    rows = plans().in_development().filter(~Exists(arranged), next_on__lte=until)
    return rows.annotate(due_day=F("next_on"), trainee_key=F("trainee_id"), doer_key=NOBODY)


def plan_words(row: TalkPlan, day: date, user: "User") -> DueWords:
    text = _("The next talk with %(name)s is to be held by %(day)s (%(rule)s).")
    known = {"name": row.trainee.person.name, "day": formats.date_format(day), "rule": cadence_text(row.months)}
    return DueWords(
        title=_("Heart-to-heart talk"),
        why=text % known,
        url=_page("care:talk_new", row.trainee_id, row, user),
        action=_("Plan a talk") if can_plan_many(user) else _("Open"),
        subject=row.trainee.person.name,
    )


def triggers() -> Rows:
    return TalkTrigger.objects.select_related("trainee__person")


def triggers_due(until: date) -> Rows:
    """Open occasions for which no talk is planned or booked for about that time."""
    arranged = Talk.objects.arranged("due_on").filter(trigger=OuterRef("pk"))
    rows = triggers().open().filter(~Exists(arranged), due_on__lte=until)
    return here(rows, "trainee").annotate(due_day=F("due_on"), trainee_key=F("trainee_id"), doer_key=NOBODY)


def trigger_words(row: TalkTrigger, day: date, user: "User") -> DueWords:
    text = _("After %(occasion)s of %(name)s please arrange a talk by %(day)s (%(rule)s).")
    known = {
        "name": row.trainee.person.name,
        "occasion": happened_text(row.occasion),
        "day": formats.date_format(day),
        "rule": _("within %(days)s") % {"days": TRIGGER_DAYS.text(TRIGGER_DAYS.now())},
    }
    return DueWords(
        title=row.get_occasion_display(),
        why=text % known,
        url=_page("care:trigger_set_aside", row.pk, row, user),
        action=_("Arrange a talk") if can_plan_many(user) else _("Open"),
        subject=row.trainee.person.name,
    )


def talks() -> Rows:
    return Talk.objects.without_texts().select_related("trainee__person", "interviewer")


def talks_planned(until: date) -> Rows:
    """Planned talks by their day, until they are booked, recorded or cancelled: the office's to arrange."""
    rows = talks().standing().filter(state=TalkState.PLANNED, planned_on__lte=until)
    return here(rows, "trainee").annotate(due_day=F("planned_on"), trainee_key=F("trainee_id"), doer_key=NOBODY)


def planned_words(row: Talk, day: date, user: "User") -> DueWords:
    text = _("A talk with %(name)s is planned for %(day)s: please agree on time and place.")
    return DueWords(
        title=row.get_occasion_display(),
        why=text % {"name": row.trainee.person.name, "day": formats.date_format(day)},
        url=reverse("care:talk_detail", kwargs={"pk": row.pk}),
        action=_("Open the talk"),
        subject=row.trainee.person.name,
    )


def talks_to_close(until: date) -> Rows:
    """Talks held a month ago or earlier in which nothing is left to follow."""
    waiting = Problem.objects.unsettled().filter(talk=OuterRef("pk"), revisited_on=None)
    held = talks().standing().filter(state__in=(TalkState.HELD, TalkState.FOLLOW_UP), held_on__lte=until - ABOUT)
    day = Cast(F("held_on") + Value(ABOUT, DurationField()), DateField())
    rows = here(held.filter(~Exists(waiting)), "trainee")
    return rows.annotate(due_day=day, trainee_key=F("trainee_id"), doer_key=NOBODY)


def closing_words(row: Talk, day: date, user: "User") -> DueWords:
    text = _("Nothing is left to follow from the talk with %(name)s of %(held)s: please close it.")
    held = formats.date_format(row.held_on) if row.held_on is not None else ""
    return DueWords(
        title=_("Talk to be closed"),
        why=text % {"name": row.trainee.person.name, "held": held},
        url=reverse("care:talk_detail", kwargs={"pk": row.pk}),
        action=_("Open the talk"),
        subject=row.trainee.person.name,
    )


def talks_booked(until: date) -> Rows:
    """Booked talks by their day, until they are recorded."""
    rows = talks().standing().filter(state=TalkState.BOOKED, planned_on__lte=until)
    return here(rows, "trainee").annotate(
        due_day=F("planned_on"), trainee_key=F("trainee_id"), doer_key=F("interviewer_id")
    )


def booked_words(row: Talk, day: date, user: "User") -> DueWords:
    text = _("The talk with %(name)s is at %(time)s on %(day)s, %(place)s.")
    return DueWords(
        title=row.get_occasion_display(),
        why=moved_text(row, day) or text % ({"name": row.trainee.person.name} | appointment(row)),
        url=reverse("care:talk_detail", kwargs={"pk": row.pk}),
        action=_("Open the talk"),
        subject=row.trainee.person.name,
    )


def visits_due(until: date) -> Rows:
    """Talks that wait for the return visit, by the day of their last problem, until each problem was visited."""
    waiting = Problem.objects.unsettled().filter(talk=OuterRef("pk"), revisited_on=None)
    rows = talks().standing().filter(Exists(waiting), state=TalkState.FOLLOW_UP, follow_up_on__lte=until)
    return _of_interviewer(rows, "follow_up_on")


def visit_words(row: Talk, day: date, user: "User") -> DueWords:
    text = _("What %(name)s raised in the talk of %(held)s waits for the return visit, by %(day)s.")
    held = formats.date_format(row.held_on) if row.held_on is not None else ""
    known = {"name": row.trainee.person.name, "held": held, "day": formats.date_format(day)}
    return DueWords(
        title=_("Return visit"),
        why=text % known,
        url=reverse("care:talk_detail", kwargs={"pk": row.pk}),
        action=_("Record the return visit"),
        subject=row.trainee.person.name,
    )


def _register(
    key: str,
    label: Any,
    rows: Callable[[], Rows],
    dues: Callable[[date], Rows],
    words: Callable[[Any, date, "User"], DueWords],
    order: int,
    **more: Any,
) -> None:
    more = {"visible": _seen_by("trainee__")} | more
    rule = ReminderRule(label=label, source=TALK_RULE, rows=rows, dues=dues, words=words, order=order, **more)
    reminder_rules.register(key, rule)


def _seen_by(path: str) -> "Callable[[Rows, User], Rows]":
    """Staff and leaders in their scope; the person concerned has the own page of talks instead."""
    return lambda rows, user: rows.filter(of_scope(user, *WORKERS, prefix=path))


def _of_interviewer(rows: Rows, day: str) -> Rows:
    return here(rows, "trainee").annotate(due_day=F(day), trainee_key=F("trainee_id"), doer_key=who_may("interviewer"))


def who_may(field: str, unit: str = "trainee__home_unit__path") -> Case:
    """That account while it is in use and staff of the unit whose path is `unit`, or of one above it; what anybody else holds,
    leaders among them, is the office's to record.
    """
    held = Grant.objects.in_force(timezone.localdate()).filter(user=OuterRef(field), role=Role.STAFF)
    staff = held.filter(stands_over(unit), user__is_active=True)
    return Case(When(Exists(staff), then=F(f"{field}_id")), default=NOBODY)


def moved_text(row: Talk, day: date) -> str:
    """Of a talk that was booked for `day` and is booked for another one now."""
    if row.booked_on == day:
        return ""
    text = _("The talk of %(was)s was moved to %(time)s on %(day)s, %(place)s.")
    return text % ({"was": formats.date_format(day)} | appointment(row))


def appointment(row: Talk) -> dict[str, str]:
    time = formats.time_format(timezone.localtime(row.booked_at), "H:i") if row.booked_at is not None else ""
    return {"day": formats.date_format(row.booked_on), "time": time, "place": row.place}


def here(rows: Rows, path: str) -> Rows:
    return rows.filter(**{f"{path}__departed_on": None, f"{path}__voided_at": None})


def _page(name: str, key: "UUID", row: Any, user: "User") -> str:
    """Where staff do it; leaders are led to the line of the list."""
    if can_plan_many(user):
        return reverse(name, kwargs={"pk": key})
    return f"{reverse('care:plan_list')}?{urlencode({'q': row.trainee.person.name})}"
