"""What falls due with symposiums and visits: invitations and the day for those invited, records and visits for the office.

No word holds a restricted text.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case, DateField, DurationField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.care.models import CareVisit, Invitation, Symposium, SymposiumNews, SymposiumState, Told, VisitState
from cadre_app.care.models.meeting_choices import COMING
from cadre_app.care.models.plans import WORKERS
from cadre_app.care.policies import CARE_RULE
from cadre_app.care.rules import who_may
from cadre_app.care.wording_meetings import NEWS, NEWS_TITLES, time_text
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.people.models import Person, Relative, of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

DAY = timedelta(days=1)
TO_BE_READ = (Told.CANCELLED, Told.TAKEN_OFF)  # nothing is to be done: two days of the desk, the inbox keeps it
ACCOUNT = "invitation__trainee__person__account"


def announce() -> None:
    """Called once, when the app is ready."""
    personal: dict[str, Any] = {"overdue": (), "attention": None, "supervisors": (), "personal": True}
    office: dict[str, Any] = {"overdue": (7,), "attention": None, "supervisors": ()}
    reminder_rules.register(
        "care.symposium_news",
        ReminderRule(
            label=gettext_lazy("Invitation to a symposium"), source=CARE_RULE, rows=news, dues=to_be_told,
            visible=lambda rows, user: rows.filter(**{ACCOUNT: user}), words=news_words, order=262, leads=(0,),
            **personal | {"overdue": (2,), "is_news": True},
        ),
    )  # fmt: skip
    reminder_rules.register(
        "care.own_symposium",
        ReminderRule(
            label=gettext_lazy("Own symposium"), source=CARE_RULE, rows=places, dues=coming,
            visible=lambda rows, user: rows.filter(trainee__person__account=user), words=coming_words, order=264,
            leads=(1, 0), **personal,
        ),
    )  # fmt: skip
    reminder_rules.register(
        "care.symposium_record",
        ReminderRule(
            label=gettext_lazy("Symposium to be recorded"), source=CARE_RULE, rows=symposiums, dues=unrecorded,
            visible=lambda rows, user: rows.filter(pk__in=Symposium.objects.worked_on(user).values("pk")),
            words=record_words, order=266, leads=(0,), **office,
        ),
    )  # fmt: skip
    reminder_rules.register(
        "care.visit_due",
        ReminderRule(
            label=gettext_lazy("Planned visit"), source=CARE_RULE, rows=visits, dues=visits_due,
            visible=lambda rows, user: rows.filter(of_scope(user, *WORKERS, prefix="trainee__")),
            words=visit_words, order=268, leads=(7, 1, 0), **office,
        ),
    )  # fmt: skip


def news() -> Rows:
    return SymposiumNews.objects.select_related("invitation__symposium")


def to_be_told(until: date) -> Rows:
    """Events that wait for an answer, until `coming` asks for it on the last two days; for two days that somebody was
    taken off, and what is cancelled or was voided.
    """
    rows = news().filter(
        closed_at=None,
        told_on__lte=until,
        invitation__symposium__day__gte=timezone.localdate(),
        invitation__symposium__state__in=(SymposiumState.NOTIFIED, SymposiumState.CANCELLED),
    )
    rows = rows.filter(Q(invitation__symposium__voided_at=None) | Q(kind=Told.CANCELLED))
    rows = rows.filter(
        Q(kind__in=TO_BE_READ, told_on__gte=timezone.localdate() - DAY)
        | ~Q(kind__in=TO_BE_READ) & _ahead() & (_is_far() | Q(told_on__gte=_day_before()))
    )
    rows = rows.filter(Q(invitation__voided_at=None) | Q(kind=Told.TAKEN_OFF), **{f"{ACCOUNT}__isnull": False})
    rows = rows.filter(invitation__trainee__departed_on=None, invitation__trainee__voided_at=None)
    return rows.annotate(due_day=F("told_on"), trainee_key=F("invitation__trainee_id"), doer_key=F(f"{ACCOUNT}_id"))


def _ahead() -> Q:
    """Symposiums that have not begun."""
    now = timezone.localtime()
    today = Q(invitation__symposium__day=now.date(), invitation__symposium__starts_at__gt=now.time())
    return today | Q(invitation__symposium__day__gt=now.date())


def _is_far() -> Q:
    return Q(invitation__symposium__day__gt=timezone.localdate() + DAY)


def _day_before() -> Cast:
    return Cast(F("invitation__symposium__day") - Value(DAY, DurationField()), DateField())


def news_words(row: SymposiumNews, day: date, user: "User") -> DueWords:
    symposium, kind = row.invitation.symposium, Told(row.kind)
    is_off = kind == Told.TAKEN_OFF or symposium.is_voided
    detail = reverse("care:symposium_detail", kwargs={"pk": symposium.pk})
    return DueWords(
        title=str(NEWS_TITLES[kind]) % {"title": symposium.title},
        why=str(NEWS[kind]) % (_known(symposium) | {"reason": row.reason}),
        url=reverse("care:symposium_list") if is_off else detail,
        action=_("Answer") if kind in (Told.INVITED, Told.MOVED) else _("Open"),
    )


def places() -> Rows:
    return Invitation.objects.select_related("symposium")


def coming(until: date) -> Rows:
    """Notified symposiums up to their day, for those who did not ask for leave; each once, here or as an invitation."""
    rows = places().standing().filter(
        symposium__state=SymposiumState.NOTIFIED,
        symposium__voided_at=None,
        symposium__day__range=(timezone.localdate(), until),
        trainee__person__account__isnull=False,
        trainee__departed_on=None,
        trainee__voided_at=None,
    )  # fmt: skip
    waiting = to_be_told(timezone.localdate()).filter(invitation=OuterRef("pk")).values("pk")
    rows = rows.exclude(answer="excused").filter(~Exists(waiting))
    return rows.annotate(
        due_day=F("symposium__day"), trainee_key=F("trainee_id"), doer_key=F("trainee__person__account_id")
    )


def coming_words(row: Invitation, day: date, user: "User") -> DueWords:
    asks = not row.answer and not row.symposium.has_begun
    told = _("The symposium is on %(day)s, %(time)s, %(place)s.")
    asked = _("You are invited for %(day)s, %(time)s, %(place)s. Please answer whether you take part.")
    return DueWords(
        title=row.symposium.title,
        why=(asked if asks else told) % _known(row.symposium),
        url=reverse("care:symposium_detail", kwargs={"pk": row.symposium_id}),
        action=_("Answer") if asks else _("Open"),
    )


def symposiums() -> Rows:
    return Symposium.objects.without_texts()


def unrecorded(until: date) -> Rows:
    """Symposiums whose day has passed without their attendance; due on the day after. The office records what its preparer
    may not: one who is staff no more, or has a declared relative on the list.
    """
    last = min(until, timezone.localdate()) - DAY
    day = Cast(F("day") + Value(DAY, DurationField()), DateField())
    rows = symposiums().standing().filter(state__in=COMING, day__lte=last)
    return rows.annotate(due_day=day, trainee_key=NOBODY, doer_key=_preparer())


def _preparer() -> Case:
    """Whoever prepared it, unless it is kept from them (回避)."""
    persons = Person.objects.filter(account=OuterRef(OuterRef("prepared_by"))).values("pk")
    listed = Invitation.objects.standing().filter(symposium=OuterRef(OuterRef("pk"))).values("trainee__person")
    ties = Relative.objects.standing().filter(
        Q(person__in=persons, other__in=listed) | Q(other__in=persons, person__in=listed)
    )
    return Case(When(Exists(ties), then=NOBODY), default=who_may("prepared_by", "unit__path"))


def record_words(row: Symposium, day: date, user: "User") -> DueWords:
    text = _("It was planned for %(day)s: please record who was there and write the minutes, or cancel it.")
    return DueWords(
        title=_("Symposium to be recorded: %(title)s") % {"title": row.title},
        why=text % _known(row),
        url=reverse("care:symposium_detail", kwargs={"pk": row.pk}),
        action=_("Open"),
    )


def visits() -> Rows:
    return CareVisit.objects.without_texts().select_related("trainee__person")


def visits_due(until: date) -> Rows:
    """Planned visits by their day, for whoever makes them; of leaders the office records them."""
    rows = visits().standing().filter(state=VisitState.PLANNED, planned_on__lte=until)
    rows = rows.filter(trainee__departed_on=None, trainee__voided_at=None)
    return rows.annotate(due_day=F("planned_on"), trainee_key=F("trainee_id"), doer_key=who_may("visitor"))


def visit_words(row: CareVisit, day: date, user: "User") -> DueWords:
    text = _("Please visit %(name)s by %(day)s (%(what)s) and record it.")
    known = {"name": row.trainee.person.name, "day": formats.date_format(day), "what": row.subject or row.occasion_text}
    return DueWords(
        title=_("Visit to %(name)s") % known,
        why=text % known,
        url=reverse("care:visit_detail", kwargs={"pk": row.pk}),
        action=_("Open"),
        subject=row.trainee.person.name,
    )


def _known(symposium: Symposium) -> dict[str, str]:
    day = formats.date_format(symposium.day)
    return {"title": symposium.title, "day": day, "time": time_text(symposium), "place": symposium.place}
