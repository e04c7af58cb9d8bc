"""The growth files of a roster as they stood on its day: official orders in SQL, post, rank and unit of the day set on rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Least
from django.utils import timezone

from cadre_app.org.models import Unit
from cadre_app.people.conditions import first_move_after
from cadre_app.people.models import PostRecord, Trainee
from cadre_app.people.models.trainees import WITHOUT_RANK
from cadre_app.people.services.current import take_current_post
from cadre_app.policy import codes, snapshot
from cadre_app.rosters.filters import records_until
from cadre_app.rosters.models import Order

if TYPE_CHECKING:
    from uuid import UUID

Trainees = QuerySet[Trainee]

# The level at which each rank stands (公务员职务与职级并行规定): 一级、二级巡视员 at department level, 一级至四级调研员 at county level,
# 一级至四级主任科员 at township level, 一级、二级科员 at that of section members.
LEVEL_OF_RANK = {
    "01": "121", "02": "122", "03": "131", "04": "131", "05": "132", "06": "132",
    "07": "141", "08": "141", "09": "142", "10": "142", "11": "150", "12": "150",
}  # fmt: skip
LAST_LEVEL, LAST_LEADING = "199", "142"  # GB/T 12407: 未定职; 乡科级副职, below which nobody leads
POST = ("level_held", "post_led", "rank_order", "held_since", "stroke_key")
NOW = {
    Order.UNIT: ("home_unit__path", *POST),
    Order.YEAR: ("arrival_year", "stroke_key"),
    Order.RANK: POST,
    Order.STROKES: ("stroke_key",),
}
THEN = {
    "home_unit__path": "path_then",
    "post_level": "post_level_then",
    "rank": "rank_then",
    "rank_order": "rank_order_then",
    "post_since": "post_since_then",
    "rank_since": "rank_since_then",
}


def in_order(trainees: Trainees, order: str, day: date) -> Trainees:
    """Sorted as the unit, post and rank of `day` say: by the higher level of post and rank; at one level those who lead first,
    by their post; then by rank; then whoever has held the post, or without one the rank, for a longer time.
    """
    columns, names = {name: name for name in THEN}, NOW[Order(order)]
    goes_by_post = set(POST) <= set(names)
    if day < timezone.localdate():
        trainees, columns = _as_of(trainees, day, with_posts=goes_by_post), THEN
    if goes_by_post:
        trainees = _with_level(trainees, columns)
    terms: list[Any] = [
        F(name).asc(nulls_last=True) if name == "held_since" else columns.get(name, name) for name in names
    ]
    return trainees.order_by(*terms, "pk")


def _with_level(trainees: Trainees, columns: Mapping[str, str]) -> Trainees:
    """`level_held`, `post_led` and `held_since`, by which posts and ranks stand in order; `columns` name those of the day."""
    level, rank = columns["post_level"], columns["rank"]
    led = {f"{level}__gt": "", f"{level}__lte": LAST_LEADING}
    by_post = Case(When(**{level: ""}, then=Value(LAST_LEVEL)), default=F(level), output_field=CharField())
    by_rank = Case(
        *(When(**{rank: code}, then=Value(at)) for code, at in LEVEL_OF_RANK.items()), default=Value(LAST_LEVEL)
    )
    return trainees.annotate(
        level_held=Least(by_post, by_rank, output_field=CharField()),
        post_led=Case(When(**led, then=F(level)), default=Value(LAST_LEVEL), output_field=CharField()),
        held_since=Case(When(**led, then=F(columns["post_since"])), default=F(columns["rank_since"])),
    )


def set_back(rows: Iterable[Any], day: date) -> None:
    """Unit, post, rank, village terms and departure of these unsaved rows become those of `day`; two queries."""
    found = list(rows)
    if day >= timezone.localdate():
        return
    records: defaultdict[UUID, list[PostRecord]] = defaultdict(list)
    for record in PostRecord.objects.standing().filter(trainee__in=found, started_on__lte=day):
        records[record.trainee_id].append(record)
    units = Unit.objects.only("name", "path").in_bulk({row.unit_then for row in found if row.unit_then})
    with snapshot.held():
        for row in found:
            take_current_post(row, records[row.pk])
            row.home_unit = units.get(row.unit_then, row.home_unit)
            row.departed_on = row.departed_on if row.departed_on and row.departed_on <= day else None
            row.terms_now = [term for term in row.terms_now if term.started_on <= day]
            for term in row.terms_now:
                if term.ended_on is not None and term.ended_on > day:
                    term.ended_on, term.is_cut_short = None, False


def _as_of(trainees: Trainees, day: date, *, with_posts: bool) -> Trainees:
    """With the unit of the day and its path; `with_posts` also with what post and rank were, and since when."""
    first = first_move_after(day)
    rows = trainees.annotate(
        unit_then=Subquery(first.values("from_unit")[:1]),
        path_then=Coalesce(Subquery(first.values("from_unit__path")[:1]), F("home_unit__path")),
    )
    return _with_posts(rows, day) if with_posts else rows


def _with_posts(trainees: Trainees, day: date) -> Trainees:
    records = records_until(day)
    rows = trainees.annotate(
        **{f"{name}_then": _text(records, name) for name in ("rank", "post_grade", "post", "post_level")}
    )
    places = [
        When(rank_then=code, then=Value(place)) for place, (code, _name) in enumerate(codes.choices("rank"), start=1)
    ]
    return rows.annotate(
        rank_order_then=Case(*places, default=Value(WITHOUT_RANK), output_field=IntegerField()),
        post_since_then=_unbroken(records, day, "post", "post_level"),
        rank_since_then=Case(
            When(rank_then="", post_grade_then="", then=None), default=_unbroken(records, day, "rank", "post_grade")
        ),
    )


def _text(records: "QuerySet[PostRecord]", name: str) -> Coalesce:
    """As the latest of `records` has it; empty without one."""
    return Coalesce(Subquery(records.values(name)[:1]), Value(""))


def _unbroken(records: "QuerySet[PostRecord]", day: date, *names: str) -> Subquery:
    """Since when the latest values of these columns have been held without a break, as `take_current_post` counts."""
    same = Q(**{name: OuterRef(f"{name}_then") for name in names})
    other = PostRecord.objects.standing().filter(
        ~Q(**{name: OuterRef(name) for name in names}),
        trainee=OuterRef("trainee"),
        started_on__gt=OuterRef("started_on"),
        started_on__lte=day,
    )
    rows = records.filter(same).exclude(Exists(other))
    return Subquery(rows.order_by("started_on").values("started_on")[:1])
