"""What falls due with study visits: the day itself and news of it for those who take part, the record for the office."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import Role
from cadre_app.org.paths import any_of
from cadre_app.people.models import of_scope
from cadre_app.training.models import News, PlaceNews, StudyVisit, VisitMember, VisitState
from cadre_app.training.models.choices import CAME
from cadre_app.training.permissions.rooms import is_department
from cadre_app.training.policies import CAMP_RULE
from cadre_app.training.rules.persons import of_person

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.training.models.visits import VisitMemberQuerySet

DAYS_TO_RECORD = 1
DEPARTMENT = (Role.STAFF, Role.LEADER)
DAYS_TO_POST = 3
TOLD_OF = (VisitState.PLANNED, VisitState.CANCELLED)
TITLES = {
    News.CANCELLED: gettext_lazy("Study visit cancelled: %(title)s"),
    News.TAKEN_OFF: gettext_lazy("Off the list of a study visit: %(title)s"),
}
TEXTS = {
    News.INVITED: gettext_lazy("You are on the list for %(day)s. Please look at time and place."),
    News.MOVED: gettext_lazy("Meeting point, sites or places of %(day)s were changed. Please look at them again."),
    News.CANCELLED: gettext_lazy("It was planned for %(day)s. Reason: %(reason)s"),
    News.TAKEN_UP: gettext_lazy("It takes place after all, on %(day)s. Please look at time and place."),
    News.TAKEN_OFF: gettext_lazy("You do not take part on %(day)s. Reason: %(reason)s"),
}
OTHER_DAY = gettext_lazy("It was moved from %(was)s to %(day)s. Please look at time and place.")


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "training.visit",
        ReminderRule(
            label=gettext_lazy("Own study visit"),
            source=CAMP_RULE,
            rows=places,
            dues=coming,
            visible=as_own,
            words=coming_words,
            order=170,
            leads=(1, 0),
            overdue=(),
            attention=None,
            supervisors=(),
            personal=True,
        ),
    )
    reminder_rules.register(
        "training.visit_news",
        ReminderRule(
            label=gettext_lazy("News of an own study visit"),
            source=CAMP_RULE,
            rows=news,
            dues=to_be_told,
            visible=lambda rows, user: rows.filter(member__trainee__person__account=user),
            words=news_words,
            order=172,
            leads=(0,),
            overdue=(),
            attention=None,
            supervisors=(),
            personal=True,
        ),
    )
    reminder_rules.register(
        "training.visit_record",
        ReminderRule(
            label=gettext_lazy("Study visit to be recorded"),
            source=CAMP_RULE,
            rows=visits,
            dues=unrecorded,
            visible=of_those_who_record,
            words=unrecorded_words,
            order=174,
            leads=(0,),
            overdue=(7,),
            attention=None,
            supervisors=(),
        ),
    )
    reminder_rules.register(
        "training.visit_hours",
        ReminderRule(
            label=gettext_lazy("Hours of a study visit to be posted"),
            source=CAMP_RULE,
            rows=StudyVisit.objects.all,
            dues=unposted,
            visible=of_those_who_post,
            words=unposted_words,
            order=176,
            leads=(0,),
            overdue=(7,),
            attention=None,
            supervisors=(),
        ),
    )


def places() -> Rows:
    return VisitMember.objects.select_related("visit")


def as_own(rows: Rows, user: "User") -> Rows:
    return rows.filter(trainee__person__account=user)


def visits() -> Rows:
    """With whether there is somebody to be recorded, which words are made of."""
    return StudyVisit.objects.annotate(is_open=Exists(_unrecorded()))


def of_those_who_record(rows: Rows, user: "User") -> Rows:
    """Staff and leaders of somebody who is left to be recorded; where nobody is, of everybody on the list."""
    here = any_of(user.unit_ranges(*DEPARTMENT), "trainee__home_unit__path")
    others = VisitMember.objects.standing().filter(visit=OuterRef("pk")).exclude(here)
    own = Exists(_unrecorded().filter(of_scope(user, *DEPARTMENT, prefix="trainee__")))
    return rows.filter(own | Q(~Exists(others), is_open=False)) if is_department(user) else rows.none()


def of_those_who_post(rows: Rows, user: "User") -> Rows:
    """Staff and leaders of everybody who gets hours."""
    here = of_scope(user, *DEPARTMENT, prefix="trainee__")
    others = VisitMember.objects.attending().filter(visit=OuterRef("pk")).exclude(here)
    return rows.filter(~Exists(others)) if is_department(user) else rows.none()


def coming(until: date) -> Rows:
    """Places on planned visits up to their day, of those who have an account."""
    rows = places().standing().filter(visit__state=VisitState.PLANNED, visit__voided_at=None)
    return of_person(rows.filter(visit__visited_on__range=(timezone.localdate(), until)), "visit__visited_on")


def coming_words(row: VisitMember, day: date, user: "User") -> DueWords:
    visit = row.visit
    known = {"title": visit.title, "day": formats.date_format(day), "place": visit.meets_at or visit.site_names[0]}
    return DueWords(
        title=_("Study visit: %(title)s") % known,
        why=_("You take part on %(day)s: %(place)s.") % known,
        url=reverse("training:visit_detail", kwargs={"pk": visit.pk}),
        action=_("Open the programme"),
    )


def news() -> Rows:
    return PlaceNews.objects.filter(member__isnull=False).select_related("member__visit")


def to_be_told(until: date) -> Rows:
    """Events of which people do not know yet, until the day of the visit is past; also of those who were taken off."""
    rows = news().filter(
        closed_at=None,
        told_on__lte=until,
        member__visit__state__in=TOLD_OF,
        member__visit__voided_at=None,
        member__visit__visited_on__gte=timezone.localdate(),
    )
    stands = rows.filter(Q(member__voided_at=None) | Q(kind=News.TAKEN_OFF))
    return of_person(stands, "told_on", "member__")


def news_words(row: PlaceNews, day: date, user: "User") -> DueWords:
    visit, kind = row.member.visit, News(row.kind)  # type: ignore[union-attr]
    known = {"title": visit.title, "day": formats.date_format(visit.visited_on), "reason": row.reason}
    title, why = TITLES.get(kind, _("Study visit: %(title)s")), TEXTS[kind]
    if kind == News.MOVED and row.was_on is not None and row.was_on != visit.visited_on:
        why, known["was"] = OTHER_DAY, formats.date_format(row.was_on)
    is_off = kind == News.TAKEN_OFF
    page = reverse("training:visit_list") if is_off else reverse("training:visit_detail", kwargs={"pk": visit.pk})
    return DueWords(
        title=str(title) % known, why=str(why) % known, url=page, action=_("Open") if is_off else _("Take note")
    )


def unrecorded(until: date) -> Rows:
    """Visits whose day is past, without the attendance of everybody on their list, or without anybody on it who was in
    the programme on that day; due on the day after.
    """
    people = VisitMember.objects.attending().filter(visit=OuterRef("pk"))
    waits = Q(is_open=True, state__in=(VisitState.PLANNED, VisitState.HELD))
    return _past(until, DAYS_TO_RECORD).filter(waits | Q(~Exists(people), state=VisitState.PLANNED))


def unrecorded_words(row: Any, day: date, user: "User") -> DueWords:
    if not row.is_open:
        return DueWords(
            title=_("Cancel the study visit: %(title)s") % {"title": row.title},
            why=_("It was planned for %(day)s and nobody was on its list.")
            % {"day": formats.date_format(row.visited_on)},
            url=reverse("training:visit_detail", kwargs={"pk": row.pk}),
            action=_("Look at the study visit"),
        )
    return DueWords(
        title=_("Study visit to be recorded: %(title)s") % {"title": row.title},
        why=_("It was planned for %(day)s; attendance is not recorded for everybody.")
        % {"day": formats.date_format(row.visited_on)},
        url=reverse("training:visit_record", kwargs={"pk": row.pk}),
        action=_("Record attendance"),
    )


def unposted(until: date) -> Rows:
    """Recorded visits that give hours which are in no file yet; due some days after the visit."""
    came = VisitMember.objects.attending().filter(visit=OuterRef("pk"), presence__in=CAME)
    rows = _past(until, DAYS_TO_POST).filter(Exists(came), state=VisitState.HELD, hours__isnull=False)
    return rows.filter(~Exists(_unrecorded()))


def unposted_words(row: StudyVisit, day: date, user: "User") -> DueWords:
    return DueWords(
        title=_("Post hours: %(course)s") % {"course": row.title},
        why=_("The attendance of %(day)s is recorded; the hours are in no file yet.")
        % {"day": formats.date_format(row.visited_on)},
        url=reverse("training:visit_detail", kwargs={"pk": row.pk}),
        action=_("Post the hours"),
    )


def _past(until: date, days: int) -> Rows:
    """Visits that were on an earlier day, due so many days after it."""
    last = min(until, timezone.localdate()) - timedelta(days=days)
    day = ExpressionWrapper(F("visited_on") + Value(days), output_field=DateField())
    rows = visits().filter(voided_at=None, visited_on__lte=last)
    return rows.annotate(due_day=day, trainee_key=NOBODY, doer_key=NOBODY)


def _unrecorded() -> "VisitMemberQuerySet":
    return VisitMember.objects.attending().filter(visit=OuterRef("pk"), presence="")
