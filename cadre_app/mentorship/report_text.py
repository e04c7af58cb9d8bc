"""What a half-year report says, made from the data and from nothing else; in Chinese, as it goes into the papers.

Private notes never count, texts of notes are not copied: only their topics, and only of notes the department may read.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Max, Q
from django.utils import timezone

from cadre_app.core.days import start_of
from cadre_app.mentorship.models import (
    CheckIn,
    GoalSide,
    GoalState,
    GuidanceNote,
    MentorKind,
    Pairing,
    PairingGoal,
    PairingReview,
    Way,
)
from cadre_app.people.models import Person

WAYS = {
    Way.FACE: "面对面",
    Way.VISIT: "同访",
    Way.SITE: "现场",
    Way.FIELD: "一起下地",
    Way.PHONE: "电话",
    Way.WRITTEN: "书面",
}
KINDS = {MentorKind.POLITICAL: "政治淬炼导师", MentorKind.COMMUNITY: "群众工作导师"}
NUMERALS = "一二三四五六七八九十"
MOST_TOPICS = 12


@dataclass
class Mentee:
    """What the data show of one pairing in the half-year."""

    pairing: Pairing
    notes: list[GuidanceNote] = field(default_factory=list)
    met: int = 0
    goals: list[PairingGoal] = field(default_factory=list)
    reviews: list[PairingReview] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.notes and not self.met and not self.reviews


def mentees_of(mentor: Person, first: date, last: date) -> list[Mentee]:
    """All pairings of this mentor that ran in that time, with what happened in it; five queries."""
    ran = Pairing.objects.standing().filter(
        Q(ended_on=None) | Q(ended_on__gte=first),
        mentor=mentor,
        started_on__lte=min(last, timezone.localdate()),
        trainee__voided_at=None,
    )
    rows = ran.select_related("trainee__person").order_by("started_on", "pk")
    found = {row.pk: Mentee(row) for row in rows}
    notes = GuidanceNote.objects.counted().filter(author=mentor, pairing__in=found, happened_on__range=(first, last))
    for note in notes.order_by("happened_on", "created_at"):
        found[note.pairing_id].notes.append(note)
    for key in (
        CheckIn.objects.standing()
        .filter(pairing__in=found, held_on__range=(first, last))
        .values_list("pairing_id", flat=True)
    ):
        found[key].met += 1
    goals = PairingGoal.objects.standing().filter(pairing__in=found).exclude(side=GoalSide.BOTH)
    for goal in goals.order_by("position"):
        found[goal.pairing_id].goals.append(goal)
    signed = (start_of(first), start_of(last + timedelta(days=1)))
    reviews = PairingReview.objects.standing().filter(
        pairing__in=found, signed_off_at__gte=signed[0], signed_off_at__lt=signed[1]
    )
    for review in reviews.order_by("period_until"):
        found[review.pairing_id].reviews.append(review)
    return list(found.values())


def latest_record(mentor: Person, until: date) -> date | None:
    """The latest day of which there is something to report; None for a mentor without any record. Three queries."""
    pairings = Pairing.objects.standing().filter(mentor=mentor, started_on__lte=until, trainee__voided_at=None)
    notes = GuidanceNote.objects.counted().filter(author=mentor, pairing__in=pairings, happened_on__lte=until)
    held = CheckIn.objects.standing().filter(pairing__in=pairings, held_on__lte=until)
    signed = PairingReview.objects.signed_off().filter(pairing__in=pairings).aggregate(day=Max("signed_off_at"))["day"]
    days = [
        notes.aggregate(day=Max("happened_on"))["day"],
        held.aggregate(day=Max("held_on"))["day"],
        timezone.localdate(signed) if signed is not None else None,
    ]
    return max((day for day in days if day is not None), default=None)


def text_of(mentees: list[Mentee], first: date, last: date, today: date) -> str:
    """Headings and paragraphs, one a line; empty where there is nothing to report."""
    if all(each.is_empty for each in mentees):
        return ""
    until = min(last, today)
    lines = ["一、总体情况", _whole(mentees, first, until), "二、帮带情况"]
    lines += [_one(place, each, until) for place, each in enumerate(mentees, start=1)]
    unfinished = sum(_steps(each)[1] for each in mentees)
    if unfinished:
        lines += ["三、未办结事项", f"截至{_day(today)}，帮带记录中提出的下一步事项有{unfinished}项尚未办结。"]
    return "\n".join(lines)


def _whole(mentees: list[Mentee], first: date, until: date) -> str:
    notes = [note for each in mentees for note in each.notes]
    people = len({each.pairing.trainee_id for each in mentees})
    found = f"{_day(first)}至{_day(until)}，结对帮带{people}人，写帮带记录{len(notes)}条"
    ways = Counter(Way(note.way) for note in notes)
    if ways:
        found += "，其中" + "、".join(f"{WAYS[way]}{ways[way]}次" for way in Way if ways[way])
    found += "。"
    met = sum(each.met for each in mentees)
    if met:
        found += f"约定的帮带见面进行了{met}次。"
    reviews = sum(len(each.reviews) for each in mentees)
    if reviews:
        found += f"签批结对小结{reviews}份。"
    topics = list(dict.fromkeys(note.topic for note in notes if note.topic))
    if topics:
        found += f"记录的主题{'主要' if len(topics) > MOST_TOPICS else ''}有：{'、'.join(topics[:MOST_TOPICS])}。"
    return found


def _one(place: int, each: Mentee, until: date) -> str:
    pairing = each.pairing
    number = NUMERALS[place - 1] if place <= len(NUMERALS) else str(place)
    trainee = pairing.trainee
    found = f"（{number}）{trainee.person.name}（本人任{KINDS[MentorKind(pairing.kind)]}）。"
    found += _noted(each) + _stepped(each) + _aimed(each, until)
    for review in each.reviews:
        name = "期满小结" if review.is_final else "半年小结"
        found += f"{_day(review.period_from)}至{_day(review.period_until)}的{name}已签批。"
    if pairing.ended_on is not None and pairing.ended_on <= until:
        found += f"结对已于{_day(pairing.ended_on)}{'期满' if pairing.end_kind == 'completed' else '提前结束'}。"
    return found


def _noted(each: Mentee) -> str:
    if not each.notes:
        return "本半年没有帮带记录。" + (f"约定的帮带见面进行了{each.met}次。" if each.met else "")
    days = [note.happened_on for note in each.notes]
    found = f"帮带记录{len(days)}条，"
    found += f"时间为{_day(days[0])}" if days[0] == days[-1] else f"首次为{_day(days[0])}，末次为{_day(days[-1])}"
    return found + "。" + (f"约定的帮带见面进行了{each.met}次。" if each.met else "")


def _stepped(each: Mentee) -> str:
    done, unfinished = _steps(each)
    if not done and not unfinished:
        return ""
    if not unfinished:
        return f"提出下一步事项{done}项，均已办结。"
    if not done:
        return f"提出下一步事项{unfinished}项，尚未办结。"
    return f"提出下一步事项{done + unfinished}项，已办结{done}项，未办结{unfinished}项。"


def _aimed(each: Mentee, until: date) -> str:
    if not each.goals:
        return ""
    known = [goal for goal in each.goals if goal.progressed_on is not None and goal.progressed_on <= until]
    states = Counter(goal.state for goal in known)
    reached, under_way = states[GoalState.REACHED], states[GoalState.UNDER_WAY]
    found = f"帮带目标{len(each.goals)}项"
    if reached == len(each.goals):
        return found + "，均已达成。"
    parts = [f"已达成{reached}项"] if reached else []
    parts += [f"推进中{under_way}项"] if under_way else []
    return found + ("，" + "，".join(parts) if parts else "") + "。"


def _steps(each: Mentee) -> tuple[int, int]:
    """Next steps that are done, and those that are not."""
    steps = [note for note in each.notes if note.next_step]
    done = sum(note.next_step_done_on is not None for note in steps)
    return done, len(steps) - done


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
