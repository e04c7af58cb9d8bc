"""Where somebody was on a day, and as what: from transfers and records of post and rank, not from the file of today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from cadre_app.people.models import PostRecord, Trainee, Transfer, TransferKind
from cadre_app.policy import codes

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

SETTLED = timedelta(
    days=31
)  # a post that follows a transfer is entered by then; a later one leaves the time before it open


@dataclass(frozen=True)
class Stations:
    """Records and transfers of one file in the order of their days, as a reader sees them."""

    trainee: Trainee
    records: Sequence[PostRecord]
    moves: Sequence[Transfer]

    @cached_property
    def days(self) -> list[date]:
        """On which unit, post or rank changed after arrival."""
        days = [record.started_on for record in self.records] + [move.effective_on for move in self.moves]
        return [day for day in days if self.trainee.arrived_on < day]

    def unit(self, day: date) -> str:
        """The unit on that day; the first one before it."""
        held = [move for move in self.moves if move.effective_on <= day]
        if held and held[-1].to_unit is not None:
            return held[-1].to_unit.name
        return self.moves[0].from_unit.name if self.moves else self.trainee.home_unit.name

    def parts(self, day: date, language: str = "") -> list[str]:
        """Post and rank of the record in force; the rank alone where the post belonged to the unit before."""
        held = [record for record in self.records if record.started_on <= day]
        if not held:
            return []
        last = held[-1]
        rank = codes.label("rank", last.rank, language) if last.rank else last.post_grade
        post = "" if any(last.started_on < move.effective_on <= day for move in self.moves) else last.post
        return [part for part in (post, rank) if part]

    def without_post(self) -> list[tuple[Transfer, date | None]]:
        """Transfers into a unit in which no post was entered for the time that begins with them, until the day of a later one."""
        ends = [*(move.effective_on for move in self.moves[1:]), date.max]
        found = []
        for move, end in zip(self.moves, ends, strict=False):
            days = [one.started_on for one in self.records if one.post and move.effective_on <= one.started_on < end]
            first = min(days, default=None)
            if first is None or first - move.effective_on > SETTLED:
                found.append((move, first))
        return found


def stations_of(user: "User", trainee: Trainee) -> Stations:
    """What `user` may see of them; two queries."""
    records = PostRecord.objects.visible_to(user).standing().filter(trainee=trainee).order_by("started_on")
    moves = Transfer.objects.visible_to(user).standing().filter(trainee=trainee, kind=TransferKind.INTERNAL)
    related = moves.select_related("from_unit", "to_unit").order_by("effective_on", "created_at")
    return Stations(trainee, list(records), list(related))
