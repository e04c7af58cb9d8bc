"""Many talks at once: planned for those who are due (按单位批量拟定计划), or as they stand, with history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import DateField, Exists, F, Min, OuterRef, Subquery
from django.db.models.functions import Least
from django.utils.translation import gettext as _

from cadre_app.care.models import Occasion, Problem, ProblemState, Talk, TalkKind, TalkTrigger
from cadre_app.care.services.checks import check_ahead, workers_for
from cadre_app.care.services.plans import keep_plan
from cadre_app.history import services as history
from cadre_app.people.models import Trainee
from cadre_app.people.services.checks import clean, refusal

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

MOST = 500
Plans = Any  # a queryset of TalkPlan


@dataclass(frozen=True, kw_only=True)
class NewProblem:
    """A problem as it stands."""

    text: str
    due_on: date
    state: str = ProblemState.IN_HAND
    handling_unit: str = ""
    handler: "User | None" = None
    answer: str = ""
    answered_on: date | None = None
    revisited_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class NewTalk:
    """A talk as it stands, with what was raised in it."""

    trainee: Trainee
    planned_on: date
    state: str
    topics: tuple[str, ...] = ()
    kind: str = TalkKind.ROUTINE
    occasion: str = Occasion.ROUTINE
    booked_at: datetime | None = None
    place: str = ""
    interviewer: "User | None" = None
    held_on: date | None = None
    content: str = ""
    response: str = ""
    recorded_by: "User | None" = None
    closed_on: date | None = None
    cancel_reason: str = ""
    problems: tuple[NewProblem, ...] = field(default=())


def plannable(plans: Plans, *, until: date | None = None) -> Plans:
    """Those of `plans` for whom no talk waits: about the day (`first_due`) of the regular one, or of an open occasion before
    it, nor for any day up to `until`.
    """
    occasions = TalkTrigger.objects.open().filter(trainee=OuterRef("trainee")).order_by().values("trainee")
    first = Subquery(occasions.annotate(first=Min("due_on")).values("first"))
    rows = plans.in_development().annotate(first_due=Least(F("next_on"), first, output_field=DateField()))
    of_them = Talk.objects.filter(trainee=OuterRef("trainee"))
    if until is not None:
        rows = rows.filter(~Exists(of_them.waiting().filter(planned_on__lte=until)))
    return rows.filter(~Exists(of_them.arranged("first_due")))


@transaction.atomic
def plan_talks_many(
    plans: Plans,
    *,
    planned_on: date,
    kind: str = TalkKind.ROUTINE,
    occasion: str = Occasion.ROUTINE,
    topics: Sequence[str] = (),
    interviewer: "User | None" = None,
    actor: "User",
) -> list[Talk]:
    """Plan one talk for each of `plans` (already narrowed to what `actor` works on); who has one waiting by then is left out.

    Raises ValidationError where nobody is left, or for an interviewer who may not talk with one of them.
    """
    check_ahead("planned_on", planned_on)
    rows = plannable(plans, until=planned_on).select_related("trainee__person", "trainee__home_unit")
    chosen = list(rows.order_by("next_on")[:MOST])
    if not chosen:
        raise ValidationError(_("Nobody is left: each of them has a talk planned already."), code="nobody")
    files = [plan.trainee for plan in chosen]
    if interviewer is not None:
        refused = [file.person.name for file in files if not workers_for(file).filter(pk=interviewer.pk).exists()]
        if refused:
            message = _("%(interviewer)s may not hold a talk with %(names)s. Leave it empty or plan these one by one.")
            names = {"interviewer": interviewer.display_name, "names": _(", ").join(refused[:5])}
            raise refusal("interviewer", message % names, code="not_a_worker")
    talks = [
        Talk(
            trainee=file,
            kind=kind,
            occasion=occasion,
            topics=list(topics),
            planned_on=planned_on,
            interviewer=interviewer,
        )
        for file in files
    ]
    Talk.objects.bulk_create(talks)
    history.record_created_many(talks, actor=actor, verb="care.talk.planned")
    return talks


@transaction.atomic
def add_talks_many(wanted: Iterable[NewTalk], *, actor: "User | None") -> list[Talk]:
    """Write talks and problems as they stand; callers have checked them. Raises ValidationError."""
    talks, problems = [], []
    for new in wanted:
        talk = _talk(new)
        clean(talk)
        talks.append(talk)
        problems += [(talk, one) for one in new.problems]
    Talk.objects.bulk_create(talks)
    for verb, told in (("care.talk.planned", False), ("care.talk.recorded", True)):
        history.record_created_many((talk for talk in talks if talk.is_held is told), actor=actor, verb=verb)
    raised = [Problem(talk=talk, trainee=talk.trainee, **_values(one)) for talk, one in problems]
    Problem.objects.bulk_create(raised)
    history.record_created_many(raised, actor=actor, verb="care.problem.added")
    for file in {talk.trainee_id: talk.trainee for talk in talks}.values():
        keep_plan(file)
    return talks


def _talk(new: NewTalk) -> Talk:
    return Talk(
        trainee=new.trainee,
        planned_on=new.planned_on,
        state=new.state,
        topics=list(new.topics),
        kind=new.kind,
        occasion=new.occasion,
        booked_at=new.booked_at,
        place=new.place,
        interviewer=new.interviewer,
        held_on=new.held_on,
        content=new.content,
        response=new.response,
        has_texts=bool(new.content or new.response),
        recorded_by=new.recorded_by,
        closed_on=new.closed_on,
        cancel_reason=new.cancel_reason,
        follow_up_on=max((one.due_on for one in new.problems), default=None),
    )


def _values(new: NewProblem) -> dict[str, object]:
    return {name: getattr(new, name) for name in NewProblem.__dataclass_fields__}
