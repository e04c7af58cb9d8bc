"""Community evaluations in the liaison's town: one with valid results, one under way, one with too few sheets (demo texts B12)."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from cadre_app.evaluation.models import (
    BatchKind,
    BatchState,
    Campaign,
    CampaignState,
    Outcome,
    PaperBatch,
    Respondent,
    Setting,
    Subject,
)
from cadre_app.evaluation.policies import LEAST_SHEETS
from cadre_app.evaluation.services.box import Filled, keep_sheets
from cadre_app.evaluation.services.results import add_up
from cadre_app.people.models import Trainee, VillageTerm
from cadre_app.people.services.bulk import write_many

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit

TOWN = "梧岭镇"
COMMENTS = (
    "小伙子肯跑，下雨天也来看水沟。",
    "说话客气，老人听得懂。",
    "帮我们问清楚了医保的事，谢谢。",
    "刚来的时候听不懂我们讲话，现在可以了。",
    "办事有回音，办不成也说清楚为什么。",
    "希望多组织年轻人回村开会。",
    "路灯的事还没有办好，请再催一催。",
    "没见过几次，不太了解。",
    "写材料的时间太多，希望多到田里来。",
    "调解我们两家的事很公道。",
)
# The choices of one sheet after another; the last of each question is the way out.
ANSWERS = (
    (1, 1, 1, 1, 1),
    (1, 2, 1, 2, 1),
    (2, 1, 1, 1, 2),
    (1, 5, 2, 1, 1),
    (2, 2, 2, 2, 2),
    (1, 1, 1, 2, 1),
    (3, 3, 2, 3, 3),
    (1, 1, 1, 1, 1),
    (5, 5, 5, 5, 5),
    (2, 2, 1, 2, 2),
)
RESPONDENTS = tuple(Respondent)
VALID_SHEETS, RUNNING_SHEETS, SMALL_SHEETS = 24, 8, 6
BEFORE, JUST_COME, MOST_PEOPLE = timedelta(days=70), timedelta(days=5), 3


def load_evaluations(users: "dict[str, User]", units: "dict[str, Unit]", as_of: date) -> None:
    """As they stand on `as_of`; nothing lies before the people came to the village."""
    liaison, town = users["liaison"], units[TOWN]
    terms = VillageTerm.objects.standing().filter(
        trainee__home_unit=town, trainee__departed_on=None, is_cut_short=False, started_on__lte=as_of - JUST_COME
    )
    known = {term.trainee_id: term for term in terms.select_related("trainee").order_by("started_on", "pk")}
    newest = sorted(known.values(), key=lambda term: (term.started_on, term.trainee.file_number), reverse=True)
    closes_on, people = _days(newest, as_of)
    if not people:
        return
    _valid(people, town, liaison, closes_on)
    _too_small(people[-1:], town, liaison, closes_on - timedelta(days=60))
    here = [term.trainee for term in newest if term.ended_on is None][:MOST_PEOPLE]
    _under_way(here or people, town, liaison, as_of)


def _days(newest: list[VillageTerm], as_of: date) -> tuple[date, list[Trainee]]:
    """The last day of the valid one, and several people who were in a village then and for long enough before."""
    for term in newest:
        closes_on = min(as_of - timedelta(days=70), (term.ended_on or as_of) - timedelta(days=30))
        first = closes_on - BEFORE
        here = [
            one.trainee
            for one in newest
            if one.started_on <= first and (one.ended_on is None or one.ended_on >= closes_on)
        ]
        if len(here) > 1:
            return closes_on, here[:MOST_PEOPLE]
    return as_of, []


def _under_way(people: list[Trainee], town: "Unit", actor: "User", as_of: date) -> None:
    campaign = _campaign("年度群众评价", town, actor, as_of - timedelta(days=4), as_of + timedelta(days=3))
    _collect(_with(campaign, people, actor), actor, RUNNING_SHEETS, as_of - timedelta(days=2))
    _draft(campaign, people[0], actor, as_of - timedelta(days=1))


def _too_small(people: list[Trainee], town: "Unit", actor: "User", closes_on: date) -> None:
    campaign = _campaign("试点群众评价", town, actor, closes_on - timedelta(days=10), closes_on)
    settled_on = closes_on + timedelta(days=2)
    Campaign.objects.filter(pk=campaign.pk).update(
        state=CampaignState.SMALL, closed_on=closes_on, settled_on=settled_on
    )
    _collect(
        _with(campaign, people, actor, outcome=Outcome.SMALL, decided_on=settled_on), actor, SMALL_SHEETS, closes_on
    )


def _valid(people: list[Trainee], town: "Unit", actor: "User", closes_on: date) -> None:
    campaign = _campaign("半年群众评价", town, actor, closes_on - timedelta(days=9), closes_on)
    settled_on = closes_on + timedelta(days=3)
    subjects = _with(campaign, people, actor)
    for number, subject in enumerate(subjects):
        _collect([subject], actor, VALID_SHEETS + number, closes_on)
        subject.remarks.filter(text__in=COMMENTS[:5]).update(is_released=True)
        add_up(campaign, subject)
        subject.decided_on = settled_on
        subject.save()
    Campaign.objects.filter(pk=campaign.pk).update(
        state=CampaignState.VALID, closed_on=closes_on, settled_on=settled_on
    )


def _campaign(title: str, town: "Unit", actor: "User", opens_on: date, closes_on: date) -> Campaign:
    campaign = Campaign(
        unit=town,
        title=f"{town.name}到村任职{title}",
        setting=Setting.TERM,
        opens_on=opens_on,
        closes_on=closes_on,
        watcher_one="蔡代表",
        watcher_two="林代表",
        least=LEAST_SHEETS.on(closes_on),
        state=CampaignState.OPEN,
        set_by=actor,
    )
    write_many([campaign], actor=actor, verb="evaluation.campaign.created", reason="")
    return campaign


def _with(campaign: Campaign, people: list[Trainee], actor: "User", **fields: object) -> list[Subject]:
    subjects = [Subject(campaign=campaign, trainee=trainee, **fields) for trainee in people]
    write_many(subjects, actor=actor, verb="evaluation.subject.added", reason="")
    return subjects


def _collect(subjects: list[Subject], actor: "User", number: int, held_on: date) -> None:
    """A counted batch of so many paper sheets about each."""
    batches = [
        PaperBatch(
            subject=subject,
            kind=BatchKind.SHEETS,
            number=number,
            held_on=held_on,
            collected_by=actor.display_name,
            state=BatchState.COUNTED,
            entered_by=actor,
        )
        for subject in subjects
    ]
    write_many(batches, actor=actor, verb="evaluation.paperbatch.begun", reason="")
    for subject in subjects:
        keep_sheets(_sheets(subject, number))


def _draft(campaign: Campaign, trainee: Trainee, actor: "User", held_on: date) -> None:
    """A batch that is still being entered."""
    batch = PaperBatch(
        subject=Subject.objects.get(campaign=campaign, trainee=trainee),
        kind=BatchKind.SHEETS,
        number=5,
        held_on=held_on,
        collected_by=actor.display_name,
        state=BatchState.DRAFT,
        rows=[[list(ANSWERS[number]), RESPONDENTS[number].value, COMMENTS[number]] for number in range(3)],
        entered_by=actor,
    )
    write_many([batch], actor=actor, verb="evaluation.paperbatch.begun", reason="")


def _sheets(subject: Subject, number: int) -> list[Filled]:
    """Every second one with a comment."""
    return [
        Filled(
            subject.pk,
            list(ANSWERS[place % len(ANSWERS)]),
            RESPONDENTS[place % len(RESPONDENTS)].value,
            COMMENTS[place // 2 % len(COMMENTS)] if place % 2 == 0 else "",
        )
        for place in range(number)
    ]
