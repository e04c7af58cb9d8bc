"""学时 of the calendar year up to a day, for reports to the superior."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.db.models.functions import Coalesce, ExtractYear

from cadre_app.core.rosters import report_facts
from cadre_app.people.models import PostRecord, Trainee
from cadre_app.people.models.trainees import WITHOUT_RANK
from cadre_app.people.services.current import rank_order
from cadre_app.policy import snapshot
from cadre_app.training.models import HoursEntry
from cadre_app.training.requirement import Basis, Rules, Sums, basis_of, first_year
from cadre_app.training.requirement_sql import CLASSROOM, NONE, ONLINE


def announce() -> None:
    """Called once, when the app is ready."""
    report_facts.register("training", hours)


def hours(files: Collection[UUID], day: date) -> Mapping[UUID, Mapping[str, Any]]:
    """Classroom hours of the year of `day` until then, and whether what counts reaches what post and rank of that day require."""
    rules, year = Rules.of_year(day.year), day.year
    begin = date(first_year(Basis.COUNTY, year), 1, 1)
    entries = HoursEntry.objects.standing().filter(trainee__in=files, earned_on__range=(begin, day)).order_by()
    summed = entries.values_list("trainee_id", ExtractYear("earned_on")).annotate(
        classroom=Coalesce(Sum("hours", filter=CLASSROOM), NONE), online=Coalesce(Sum("hours", filter=ONLINE), NONE)
    )
    sums: defaultdict[UUID, dict[int, Sums]] = defaultdict(dict)
    for trainee, of, classroom, online in summed:
        sums[trainee][of] = (classroom, online)
    statuses = Trainee.objects.filter(pk__in=files).values_list("pk", "status")
    return {pk: _reckoned(sums[pk], year, rules, basis) for pk, basis in _bases(statuses, files, day).items()}


def _bases(statuses: Iterable[tuple[UUID, str]], files: Collection[UUID], day: date) -> Mapping[UUID, Basis]:
    """By the latest record of post and rank that began by the day."""
    records = PostRecord.objects.standing().filter(trainee__in=files, started_on__lte=day).order_by("started_on")
    held = {pk: (level, rank) for pk, level, rank in records.values_list("trainee_id", "post_level", "rank")}
    with snapshot.held():
        places = {rank: rank_order(rank) for _level, rank in held.values()}
    found = {}
    for pk, status in statuses:
        level, rank = held.get(pk, ("", ""))
        found[pk] = basis_of(status, level, places.get(rank, WITHOUT_RANK))
    return found


def _reckoned(sums: Mapping[int, Sums], year: int, rules: Rules, basis: Basis) -> Mapping[str, Any]:
    counted = rules.counted(value for of, value in sums.items() if of >= first_year(basis, year))
    classroom, _online = sums.get(year, (Decimal(0), Decimal(0)))
    return {"hours": classroom, "has_hours": counted >= rules.required(basis)}
