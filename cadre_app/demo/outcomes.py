"""使用情况: twenty-eight announced outcomes (demo texts B2, "Promoted"), each of somebody else; two more wait for their steps.

Whoever came four or five years before the latest was promoted or advanced after three and a half years, as the records of
post and rank say; some were put to further use in the unit that they moved to, institution staff took up a post there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cadre_app.accounts.models import User
from cadre_app.advancement.models import Outcome, OutcomeKind
from cadre_app.advancement.services.decisions import check_outcome, sign_outcome
from cadre_app.advancement.services.naming import name_leader
from cadre_app.advancement.services.outcomes import enter_outcome
from cadre_app.core.days import add_months
from cadre_app.demo.trainees import LATER_POSTS, DemoTrainee, trainees
from cadre_app.people.models import Status, Trainee

OLDER = (5, 4)
AFTER_POST, AFTER_USE = 44, 50
IN_DEPARTMENT = ("综合科科长", "办公室主任", "业务科科长", "办公室副主任")
IN_TECHNOLOGY, IN_MEDIA = "技术推广部副主任", "采编部副主任"
FURTHER, CALLED_UP = 4, 2
WAITING = ("万俟宁", "何语嫣")
NEW_POSTS = ("镇团委书记", "党建办公室主任")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class DemoOutcome:
    """What was announced for one person, from `effective_on` on."""

    name: str
    kind: str
    effective_on: date
    post: str = ""
    rank: str = ""


def load_outcomes(users: dict[str, User], files: dict[str, Trainee], as_of: date) -> None:
    """All of them through the services, each signed off within the fortnight; then the two that wait."""
    name_leader(user=users["leader"], reason="分管干部工作", actor=users["secadmin"])
    here = {name: file for name, file in files.items() if not Trainee.objects.get(pk=file.pk).is_read_only}
    wanted = [one for one in _wanted(as_of) if one.name in here]
    for number, one in enumerate(wanted):
        entered = _entered(one, here[one.name], number, users["staff"], as_of)
        _sign(entered, users, as_of)
    waiting = [
        DemoOutcome(name, OutcomeKind.PROMOTED, as_of - 5 * DAY, post)
        for name, post in zip(WAITING, NEW_POSTS, strict=True)
    ]
    entered_last = [
        _entered(one, here[one.name], len(wanted) + number, users["staff"], as_of) for number, one in enumerate(waiting)
    ]
    check_outcome(entered_last[-1], on=as_of, actor=users["chief"])


def _entered(one: DemoOutcome, file: Trainee, number: int, staff: User, as_of: date) -> Outcome:
    published = min(one.effective_on + (2 + number % 4) * DAY, as_of)
    return enter_outcome(
        file,
        kind=one.kind,
        post=one.post,
        rank=one.rank,
        document_number=f"望委干〔{published.year}〕{12 + number}号",
        published_on=published,
        effective_on=one.effective_on,
        on=min(published + DAY, as_of),
        actor=staff,
    )


def _sign(outcome: Outcome, users: dict[str, User], as_of: date) -> None:
    """The section chief checks, the deputy head signs off."""
    checked = check_outcome(outcome, on=min(outcome.entered_on + 2 * DAY, as_of), actor=users["chief"])
    sign_outcome(checked, on=min(outcome.entered_on + 5 * DAY, as_of), actor=users["leader"])


def _wanted(as_of: date) -> Iterator[DemoOutcome]:
    people = trainees(as_of)
    moved = [one for one in people if one.cohort == OLDER[0] and one.moved_on is not None][:FURTHER]
    for one in (each for each in people if each.cohort in OLDER and not each.departure):
        if one in moved:
            post = IN_DEPARTMENT[moved.index(one)]
            yield DemoOutcome(one.name, OutcomeKind.FURTHER, add_months(one.arrived_on, AFTER_USE), post)
        elif one.status == Status.INSTITUTION:
            post = IN_TECHNOLOGY if "推广" in one.home_unit else IN_MEDIA
            yield DemoOutcome(one.name, OutcomeKind.PROMOTED, add_months(one.arrived_on, AFTER_POST), post)
        else:
            yield _stepped(one)
    yield from _called_up(people)


def _stepped(one: DemoTrainee) -> DemoOutcome:
    """The step after three and a half years: a post in the town, or the rank alone."""
    last = one.posts[-1]
    if last.post in LATER_POSTS:
        return DemoOutcome(one.name, OutcomeKind.PROMOTED, last.started_on, last.post, last.rank)
    return DemoOutcome(one.name, OutcomeKind.ADVANCED, last.started_on, rank=last.rank)


def _called_up(people: list[DemoTrainee]) -> Iterator[DemoOutcome]:
    """The first of the next cohort, called from the town to a department of the district."""
    moved = [one for one in people if one.cohort == OLDER[-1] - 1 and one.moved_on is not None]
    for one in moved[:CALLED_UP]:
        record = one.posts[-1]
        yield DemoOutcome(one.name, OutcomeKind.FURTHER, record.started_on, record.post)
