"""What a file repeats of its records: post and rank of today, and the order of ranks in lists."""

from collections.abc import Iterable

from cadre_app.people.models import PostRecord, Trainee
from cadre_app.people.models.trainees import WITHOUT_RANK
from cadre_app.policy import codes


def rank_order(rank: str) -> int:
    """The place of a rank in its table, the highest first; 99 without one."""
    order = [code for code, _name in codes.choices("rank", keep=rank)]
    return order.index(rank) + 1 if rank in order else WITHOUT_RANK


def take_current_post(trainee: Trainee, records: Iterable[PostRecord]) -> None:
    """Set post, rank and since when from the standing `records`, without saving.

    `post_since` is the day from which the present post, `rank_since` that from which the present rank or grade has
    been held without a break.
    """
    ordered = sorted((record for record in records if not record.is_voided), key=lambda record: record.started_on)
    last = ordered[-1] if ordered else None
    trainee.post = last.post if last else ""
    trainee.post_level = last.post_level if last else ""
    trainee.rank = last.rank if last else ""
    trainee.post_grade = last.post_grade if last else ""
    trainee.rank_order = rank_order(trainee.rank)
    trainee.post_since = trainee.rank_since = None
    if last is None:
        return
    post_open, rank_open = True, bool(last.rank or last.post_grade)
    for record in reversed(ordered):
        post_open = post_open and (record.post, record.post_level) == (last.post, last.post_level)
        rank_open = rank_open and (record.rank, record.post_grade) == (last.rank, last.post_grade)
        if post_open:
            trainee.post_since = record.started_on
        if rank_open:
            trainee.rank_since = record.started_on
