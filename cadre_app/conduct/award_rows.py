"""Awards of every room in one list: rows of values by the same names, united by the database."""

from typing import TYPE_CHECKING, Any

from django.db.models import CharField, F, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse

from cadre_app.conduct.models import Reward
from cadre_app.conduct.models.rewards import reward_words
from cadre_app.core.awards import AwardSource, awards
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.people.models import of_scope

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

SOURCE = "conduct"
TEXTS = ("category", "kind", "title", "level", "awarded_by", "document_number")
VALUES = (
    "pk",
    "award_on",
    "award_page",
    "award_source",
    "award_stroke",
    "award_name",
    "award_unit",
    "award_file",
    *(f"award_{name}" for name in TEXTS),
)


def announce() -> None:
    """Called once, when the app is ready."""
    names: dict[str, Any] = {name: name for name in TEXTS}
    awards.register(
        SOURCE,
        AwardSource(
            rows=seen,
            columns=names | {"awarded_on": "awarded_on", "page": "pk"},
            words=reward_words,
            url=lambda page: reverse("conduct:reward_detail", kwargs={"pk": page}),
        ),
    )


def seen(user: "User | None") -> "QuerySet[Reward]":
    """Standing rewards that somebody sees, or all of them."""
    return (Reward.objects.visible_to(user) if user is not None else Reward.objects.all()).standing()


def with_values(key: str, source: AwardSource, rows: Any) -> Any:
    """`rows` of a source with the names of the list."""
    texts = {f"award_{name}": Cast(_field(source.columns[name]), TextField()) for name in TEXTS}
    return rows.order_by().annotate(
        award_on=_field(source.columns["awarded_on"]),
        award_page=_field(source.columns["page"]),
        award_source=Value(key, output_field=CharField()),
        award_stroke=F("trainee__stroke_key"),
        award_name=F("trainee__person__name"),
        award_unit=F("trainee__home_unit__name"),
        award_file=F("trainee_id"),
        **texts,
    )


def united(narrow: "Callable[[Any], Any]", *, user: "User | None") -> Any:
    """Every award that `user` sees (all for None), each source narrowed by `narrow` on the names of the list."""
    found = [narrow(with_values(key, source, source.rows(user))).values(*VALUES) for key, source in awards.items()]
    return found[0].union(*found[1:], all=True)


def in_scope(user: "User", rows: Any) -> Any:
    """Rows about people of the units that one works for, of files that stand; own ones and relatives' are taken out."""
    return rows.filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__"), trainee__voided_at=None)


def words_of(row: Any) -> str:
    """One award in the viewer's language."""
    return awards[row["award_source"]].words(row["award_kind"], row["award_title"])


def url_of(row: Any) -> str:
    page: UUID = row["award_page"]
    return awards[row["award_source"]].url(page)


def _field(value: Any) -> Any:
    return F(value) if isinstance(value, str) else value
