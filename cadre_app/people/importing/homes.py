"""In which unit people were on a day, for records of past years."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from cadre_app.people.models import Transfer, TransferKind

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from cadre_app.org.models import Unit
    from cadre_app.people.models import Trainee


class Homes:
    """Of these files (with `home_unit`), by the transfers on record; one query."""

    def __init__(self, files: "Iterable[Trainee]") -> None:
        moves = Transfer.objects.standing().filter(kind=TransferKind.INTERNAL, trainee__in={file.pk for file in files})
        self._moves: defaultdict[UUID, list[Transfer]] = defaultdict(list)
        for move in moves.select_related("from_unit").order_by("effective_on", "created_at"):
            self._moves[move.trainee_id].append(move)

    def on(self, file: "Trainee", day: "date") -> "Unit":
        """The unit that the first transfer after `day` led away from; the present one where none did."""
        later = (move.from_unit for move in self._moves[file.pk] if move.effective_on > day)
        return next(later, file.home_unit)
