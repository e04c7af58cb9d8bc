"""What falls due with growth files: arrival checklist, probation, village term, Party probation (PRODUCT.md)."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Count,
    DateField,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cadre_app.core.days import add_years, days_before
from cadre_app.core.probation import followed_probations
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.village_terms import followed_terms
from cadre_app.people.models import ArrivalCheck, Trainee, VillageTerm
from cadre_app.people.models.persons import PartyStage
from cadre_app.people.policies import ARRIVAL_DAYS, RECRUITMENT_RULE, VILLAGE_RULE
from cadre_app.people.services.arrival import NO_LONGER_CHASED, TABLE
from cadre_app.people.services.probation import ungraded
from cadre_app.policy import codes

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

ASSESS_DAYS = 30  # as RECRUITMENT_RULE says
PARTY_RULE = gettext_lazy("Constitution of the Party; rules on the admission of Party members")
ARRIVAL_RULE = gettext_lazy("Arrival of newly recruited people, arrangement of the department")


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "people.arrival",
        ReminderRule(
            label=gettext_lazy("Arrival checklist"),
            source=ARRIVAL_RULE,
            rows=files,
            dues=arrivals,
            visible=as_files,
            words=arrival_words,
            order=10,
            leads=(7, 1, 0),
        ),
    )
    reminder_rules.register(
        "people.probation",
        ReminderRule(
            label=gettext_lazy("End of probation"),
            source=RECRUITMENT_RULE,
            rows=files,
            dues=probations,
            visible=as_files,
            words=probation_words,
            order=20,
            leads=(60, 30, 0),
            overdue=(15, 30),
            attention=30,
        ),
    )
    reminder_rules.register(
        "people.village_term",
        ReminderRule(
            label=gettext_lazy("End of the village term"),
            source=VILLAGE_RULE,
            rows=lambda: VillageTerm.objects.select_related("trainee__person", "village"),
            dues=village_terms,
            visible=lambda rows, user: rows.visible_to(user),
            words=village_term_words,
            order=30,
            leads=(90, 30, 0),
        ),
    )
    reminder_rules.register(
        "people.party_probation",
        ReminderRule(
            label=gettext_lazy("End of the probation of a Party member"),
            source=PARTY_RULE,
            rows=files,
            dues=party_probations,
            visible=as_files,
            words=party_words,
            order=40,
            leads=(30,),
            joint=True,
        ),
    )


def files() -> Rows:
    return Trainee.objects.select_related("person", "home_unit")


def as_files(rows: Rows, user: "User") -> Rows:
    """As the file itself."""
    return rows.visible_to(user)


def arrivals(until: date) -> Rows:
    """Files of the last year whose checklist is not complete."""
    wanted = [code for code, _name in codes.choices(TABLE)]
    ticked = ArrivalCheck.objects.standing().filter(trainee=OuterRef("pk"), item__in=wanted).order_by()
    done = Coalesce(Subquery(ticked.values("trainee").annotate(many=Count("pk")).values("many")), 0)
    days = ARRIVAL_DAYS.now()
    return _due(
        files()
        .in_development()
        .filter(arrived_on__gte=timezone.localdate() - NO_LONGER_CHASED, arrived_on__lte=days_before(until, days))
        .annotate(done=done)
        .filter(done__lt=len(wanted)),
        ExpressionWrapper(F("arrived_on") + Value(days), output_field=DateField()),
    )


def arrival_words(row: Trainee, day: date, user: "User") -> DueWords:
    text = ngettext(
        "Due by %(day)s: %(days)d day after reporting for duty in %(unit)s",
        "Due by %(day)s: %(days)d days after reporting for duty in %(unit)s",
        (day - row.arrived_on).days,
    )
    known = {"day": formats.date_format(day), "days": (day - row.arrived_on).days, "unit": row.home_unit.label}
    return DueWords(
        title=_arrival_title(row),
        why=text % known,
        url=reverse("people:trainee_detail", kwargs={"pk": row.pk}) + "#arrival",
        action=_("Open the checklist"),
        subject=row.person.name,
    )


def _arrival_title(row: Trainee) -> str:
    """With the number of open items where the row was counted."""
    done = getattr(row, "done", None)
    if done is None:
        return _("Complete the arrival checklist")
    missing = len(codes.choices(TABLE)) - done
    text = ngettext(
        "%(count)d item of the arrival checklist is open", "%(count)d items of the arrival checklist are open", missing
    )
    return text % {"count": missing}


def probations(until: date) -> Rows:
    """Probations of the last year after which no rank or post grade is entered yet (任职定级), and which no rule follows
    step by step: one thing rings once.
    """
    rows = ungraded(timezone.localdate()).select_related("person", "home_unit").filter(probation_ends_on__lte=until)
    for followed in followed_probations.values():
        rows = rows.exclude(pk__in=followed())
    return _due(rows, F("probation_ends_on"))


def probation_words(row: Trainee, day: date, user: "User") -> DueWords:
    return DueWords(
        title=_("End-of-probation assessment"),
        why=probation_text(row, day, ASSESS_DAYS),
        url=reverse("people:trainee_detail", kwargs={"pk": row.pk}),
        action=_("Open the file"),
        subject=row.person.name,
    )


def probation_text(file: Trainee, day: date, within: int) -> str:
    """The sentence of the standing reminders, also once the day has passed."""
    if day < timezone.localdate():
        text = ngettext(
            "The probation of %(name)s ended on %(day)s: complete the assessment within %(within)d day of its end, and "
            "see whether the induction training is completed.",
            "The probation of %(name)s ended on %(day)s: complete the assessment within %(within)d days of its end, and "
            "see whether the induction training is completed.",
            within,
        )
    else:
        text = ngettext(
            "The probation of %(name)s ends on %(day)s: complete the assessment within %(within)d day of its end, and "
            "see whether the induction training is completed.",
            "The probation of %(name)s ends on %(day)s: complete the assessment within %(within)d days of its end, and "
            "see whether the induction training is completed.",
            within,
        )
    return text % {"name": file.person.name, "day": formats.date_format(day), "within": within}


def village_terms(until: date) -> Rows:
    """Terms that run, by their planned end; not those whose next step another rule names: one thing rings once."""
    rows = VillageTerm.objects.select_related("trainee__person", "village").standing()
    running = rows.filter(ended_on=None, due_on__lte=until, trainee__departed_on=None, trainee__voided_at=None)
    for terms in followed_terms.values():
        running = running.exclude(pk__in=terms())
    return running.annotate(due_day=F("due_on"), trainee_key=F("trainee_id"), doer_key=NOBODY)


def village_term_words(row: VillageTerm, day: date, user: "User") -> DueWords:
    text = _(
        "The term in %(village)s ends on %(day)s: prepare the papers of the end assessment "
        "(own summary, opinion of the village branch, research report)."
    )
    return DueWords(
        title=_("End-of-village-term assessment"),
        why=text % {"village": row.village.name, "day": formats.date_format(day)},
        url=reverse("people:trainee_detail", kwargs={"pk": row.trainee_id}),
        action=_("Open the file"),
        subject=row.trainee.person.name,
    )


def party_probations(until: date) -> Rows:
    """Probationary members of the last year or so; one year from the branch meeting, or as it was extended."""
    ends_on = party_probation_end("person__")
    rows = files().in_development().filter(person__party_stage=PartyStage.PROBATIONARY)
    near = rows.filter(person__party_joined_on__lte=add_years(until, -1) + timedelta(days=1))
    return near.annotate(due_day=ends_on, trainee_key=F("pk"), doer_key=F("person__account_id")).filter(
        due_day__lte=until
    )


def party_probation_end(path: str) -> Coalesce:
    """As `Person.party_probation_ends_on`, in the database."""
    a_year_later = Func(
        F(f"{path}party_joined_on"), template="(%(expressions)s + interval '1 year')::date", output_field=DateField()
    )
    return Coalesce(F(f"{path}party_extended_to"), a_year_later)


def party_words(row: Trainee, day: date, user: "User") -> DueWords:
    shown = {"day": formats.date_format(day)}
    if row.person.account_id == user.pk:
        text = _(
            "Your probation as a Party member ends on %(day)s: hand the application for full membership to your branch in time."
        )
        return DueWords(
            title=_("Apply for full Party membership"),
            why=text % shown,
            url=reverse("people:my_file"),
            action=_("Open"),
        )
    text = _(
        "The probation as a Party member ends on %(day)s: remind the person to apply for full membership to the branch in time."
    )
    return DueWords(
        title=_("End of the probation of a Party member"),
        why=text % shown,
        url=reverse("people:trainee_detail", kwargs={"pk": row.pk}),
        action=_("Open the file"),
        subject=row.person.name,
    )


def _due(rows: Rows, day: Any) -> Rows:
    """Annotated as the contract says, for files that the office works on."""
    return rows.annotate(due_day=day, trainee_key=F("pk"), doer_key=NOBODY)
