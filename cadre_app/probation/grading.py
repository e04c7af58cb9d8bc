"""定级 Which rank a first grading gives, by full-time education and the settings in force when probation ended."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cadre_app.people.models import Education, Status, Trainee
from cadre_app.policy import codes
from cadre_app.probation.policies import RANK_OF_BACHELORS, RANK_OF_DOCTORS, RANK_OF_MASTERS, RANK_OF_OTHERS

if TYPE_CHECKING:
    from cadre_app.policy.specs import ChoicePolicy

DOCTOR, MASTER, UNDERGRADUATE = ("2",), ("3",), ("1", "2")


@dataclass(frozen=True)
class Proposal:
    """`rank` by the setting `policy`, and the schooling that it follows from; empty for who is given a post grade."""

    rank: str
    because: str = ""
    source: str = ""


def proposed(trainee: Trainee, day: date) -> Proposal:
    """One query. Without full-time education entered nothing is proposed."""
    if trainee.status == Status.INSTITUTION:
        return Proposal("")
    rows = Education.objects.standing().filter(person=trainee.person_id, mode=Education.Mode.FULL_TIME)
    known = sorted(rows, key=_height)
    if not known:
        return Proposal("")
    best = known[0]
    policy = _policy(best)
    return Proposal(policy.on(day), _words(best), policy.source_on(day))


def _height(one: Education) -> tuple[int, str]:
    return _PLACES.index(_policy(one)), one.level


def _policy(one: Education) -> "ChoicePolicy":
    """By the degree, else by the education itself: postgraduate studies without a degree count as undergraduate ones."""
    if one.degree.startswith(DOCTOR):
        return RANK_OF_DOCTORS
    if one.degree.startswith(MASTER):
        return RANK_OF_MASTERS
    return RANK_OF_BACHELORS if one.level.startswith(UNDERGRADUATE) else RANK_OF_OTHERS


def _words(one: Education) -> str:
    level = codes.label("education", one.level)
    return f"{level} · {codes.label('degree', one.degree)}" if one.degree else level


_PLACES = (RANK_OF_DOCTORS, RANK_OF_MASTERS, RANK_OF_BACHELORS, RANK_OF_OTHERS)
