"""Pairing reviews of the fictional district (demo texts B11), and half-year reports of two mentors.

Running pairings have their past reviews, those completed in the last two years their final one; of the latest reviews
one waits in each state.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from cadre_app.accounts.models import User
from cadre_app.core.days import add_years
from cadre_app.mentorship.models import (
    EndKind,
    GoalRemark,
    GoalSide,
    GoalState,
    GuidanceNote,
    Half,
    Pairing,
    PairingGoal,
    PairingReview,
    ReturnedTo,
)
from cadre_app.mentorship.models.reports import days_of
from cadre_app.mentorship.periods import Period, periods_of
from cadre_app.mentorship.policies import REVIEW_MONTHS
from cadre_app.mentorship.services.reports import generate_report, send_report
from cadre_app.people.models import Person
from cadre_app.people.services.bulk import write_many

MENTORS = (
    "角色转变较快，群众信任度提高，下半年要在独立承担项目上多压担子。",
    "能沉到村里，遇事肯动手，说话办事比刚来时稳当，下一步要学会统筹安排时间。",
    "入户走访认真，民情台账记得细，处理矛盾时还要多听几方意见。",
    "服从安排，急难工作中顶得上，文稿质量有提高，需要继续压缩篇幅、核准数据。",
)
TRAINEES = (
    "学会了先听后说，短板是写材料慢。",
    "跟着导师走村入户，弄清了村里的基本情况，和群众打交道不再发怵。",
    "懂得了事情要到现场看，今后要把走访中听到的问题及时记下来、办下去。",
    "在导师指导下独立办了几件具体的事，政策学习还不够系统，下一步补上。",
)
CONCLUSIONS = (
    "帮带正常，协议目标按期推进，建议增加一次跨村交流。",
    "帮带正常，双方评价客观，下一阶段继续按协议目标推进。",
    "帮带扎实，建议导师在文稿写作上再多作指导。",
)
FINALS = (
    "结对期满，协议约定的帮带已经完成，同意按期结束。",
    "结对期满，帮带对象能够独立承担工作，同意按期结束。",
)
RETURNED = "本人小结过于简单，请补充在村工作的具体情况。"
SHOWN = ("returned", "sign_off", "conclusion", "parts")
KEPT_YEARS = 2
SIGNED_AFTER, AT = timedelta(days=6), time(10, 0)


def load_reviews(users: dict[str, User], as_of: date) -> None:
    """All reviews as they stand on `as_of`, then the reports of the half-year before."""
    running = list(Pairing.objects.running().order_by("started_on", "pk"))
    opened = {row.pairing_id: row for row in PairingReview.objects.open().filter(pairing__in=running)}
    states, signed, moved = list(SHOWN), [], []
    for number, pairing in enumerate(running):
        past, current = _split(pairing, as_of)
        if current is None:
            continue
        review = opened[pairing.pk]
        if past and states:
            current = past.pop()
            _waits(review, states.pop(0), number, users, current)
        review.period_from, review.period_until, review.is_final = current.first, current.last, current.is_final
        moved.append(review)
        signed += [_signed(pairing, period, number + step, users, as_of) for step, period in enumerate(past)]
    columns = [field.name for field in PairingReview._meta.concrete_fields if not field.primary_key]
    PairingReview.objects.bulk_update(moved, columns)
    signed += _finals(users, as_of)
    write_many(signed, actor=users["leader"], verb="mentorship.pairingreview.signed_off", reason="")
    _load_goals(signed)
    _load_reports(as_of)


def _split(pairing: Pairing, as_of: date) -> tuple[list[Period], Period | None]:
    """The stretches that are over, and the one that runs."""
    periods = periods_of(pairing.started_on, pairing.due_on, REVIEW_MONTHS.on(pairing.started_on))
    past = [each for each in periods if each.last + SIGNED_AFTER <= as_of and not each.is_final]
    return past, periods[len(past)] if len(past) < len(periods) else None


def _finals(users: dict[str, User], as_of: date) -> Iterator[PairingReview]:
    """Of pairings that were completed in the last two years."""
    since = add_years(as_of, -KEPT_YEARS)
    rows = Pairing.objects.standing().filter(end_kind=EndKind.COMPLETED, ended_on__range=(since, as_of))
    for number, pairing in enumerate(rows.order_by("ended_on", "pk")):
        period = periods_of(pairing.started_on, pairing.due_on, REVIEW_MONTHS.on(pairing.started_on))[-1]
        yield _signed(pairing, period, number, users, as_of)


def _moment(day: date, as_of: date) -> datetime:
    return timezone.make_aware(datetime.combine(min(day, as_of), AT))


def _parts(number: int, at: datetime) -> dict[str, Any]:
    return {
        "mentor_text": MENTORS[number % len(MENTORS)],
        "mentor_at": at,
        "trainee_text": TRAINEES[(number + number // len(MENTORS)) % len(TRAINEES)],
        "trainee_at": at,
    }


def _signed(pairing: Pairing, period: Period, number: int, users: dict[str, User], as_of: date) -> PairingReview:
    texts = FINALS if period.is_final else CONCLUSIONS
    return PairingReview(
        pairing=pairing,
        period_from=period.first,
        period_until=period.last,
        is_final=period.is_final,
        **_parts(number, _moment(period.last, as_of)),
        conclusion=texts[number % len(texts)],
        concluded_at=_moment(period.last + SIGNED_AFTER / 2, as_of),
        concluded_by=users["staff"],
        signed_off_at=_moment(period.last + SIGNED_AFTER, as_of),
        signed_off_by=users["leader"],
    )


def _waits(review: PairingReview, state: str, number: int, users: dict[str, User], period: Period) -> None:
    """Fill an open review up to `state`."""
    at = _moment(period.last, period.last)
    for name, value in _parts(number, at).items():
        if state != "parts" or name.startswith("mentor"):
            setattr(review, name, value)
    if state == "sign_off":
        review.conclusion, review.concluded_at = CONCLUSIONS[number % len(CONCLUSIONS)], at
        review.concluded_by = users["staff"]
    if state == "returned":
        review.returned_to, review.returned_reason = ReturnedTo.TRAINEE, RETURNED


def _load_goals(signed: list[PairingReview]) -> None:
    """What the latest signed-off review of each running pairing says of its goals, the first of the mentor's is under way."""
    latest: dict[Any, PairingReview] = {}
    for review in signed:
        if not review.is_final:
            latest[review.pairing_id] = review
    goals = PairingGoal.objects.standing().filter(pairing__in=latest).exclude(side=GoalSide.BOTH)
    remarks, moved = [], []
    for goal in goals.order_by("pairing", "position"):
        review = latest[goal.pairing_id]
        goal.state, goal.progressed_on = GoalState.UNDER_WAY, review.period_until
        moved.append(goal)
        remarks.append(GoalRemark(review=review, goal=goal, state=GoalState.UNDER_WAY, text="按协议推进"))
    PairingGoal.objects.bulk_update(moved, ["state", "progressed_on"])
    GoalRemark.objects.bulk_create(remarks)


def _load_reports(as_of: date) -> None:
    """Of two mentors who wrote notes in the half-year before; the first one was sent."""
    half, year = (
        (Half.FIRST, as_of.year) if as_of >= days_of(as_of.year, Half.SECOND)[0] else (Half.SECOND, as_of.year - 1)
    )
    notes = GuidanceNote.objects.counted().filter(happened_on__range=days_of(year, half))
    authors = list(notes.order_by("author").values_list("author", flat=True).distinct()[:2])
    for place, mentor in enumerate(Person.objects.filter(pk__in=authors).order_by("name_stroke_key", "pk")):
        report = generate_report(mentor, year=year, half=half, actor=mentor.account)
        if place == 0:
            send_report(report, actor=mentor.account)
