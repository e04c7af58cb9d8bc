"""The contract of the bell: rules say what is due and for whom, the reminders room does the rest.

A rule is pulled, not pushed: what is due follows from records as they stand (ARCHITECTURE.md, "Reminder rules"). Nothing
is told twice, and what is no longer due closes by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import UUIDField, Value

from cadre_app.core.registry import Registry
from cadre_app.core.roles import Role

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User

Rows = Any  # a queryset of some app's own class
NOBODY = Value(None, output_field=UUIDField(null=True))  # `doer_key` or `trainee_key` where there is none
LEADS = (14, 7, 1, 0)
OVERDUE = (7,)
ATTENTION = 14


@dataclass(frozen=True)
class DueWords:
    """One due item in the viewer's language: whom it is about, what is to be done, why, and where it is done."""

    title: str
    why: str
    url: str
    action: str
    subject: str = ""


@dataclass(frozen=True)
class ReminderRule:
    """Something that falls due.

    `rows()` gives the records the items are about, with what `words` reads (select_related). `dues(until)` gives those
    of them that are due up to that local date and not done, without a lower bound, over an indexed column, annotated
    with `due_day` (date), `trainee_key` and `doer_key` (uuid of the growth file and of the account that has to act;
    each may be NULL) and nothing sliced or ordered. `visible(rows, user)` keeps the rows whose items `user` may see.
    `words(row, due_day, user)` names one item without queries; `row` comes from `rows()`.

    Whom it rings: the doer. Without a doer, or with `joint`, whoever holds one of `roles` on a unit above the file
    today; a file-less item rings every holder. `supervisors` read the item `attention` days after its day (提请关注).
    `personal`: the item is nobody else's business, not even in lists. `on_desk` False: the desk of whoever acts has a
    place of its own for it. `gathered`: the desk of everybody has, as one line tells all of its items. `is_news`: its
    day is the one since which it is told; nothing of it is ever late. `restricted`: it is read in the inbox and on its own page alone, for the
    person's file would name whom its words do not name.

    `leads` and `overdue` are days before and after; `source` is the regulation or custom behind the rule. All of these
    are defaults that an office changes, also for single units. `order` places the rule in lists.
    """

    label: "_StrPromise | str"
    source: "_StrPromise | str"
    rows: "Callable[[], Rows]"
    dues: "Callable[[date], Rows]"
    visible: "Callable[[Rows, User], Rows]"
    words: "Callable[[Any, date, User], DueWords]"
    order: int
    leads: tuple[int, ...] = LEADS
    overdue: tuple[int, ...] = OVERDUE
    attention: int | None = ATTENTION
    roles: tuple[str, ...] = (Role.STAFF,)
    supervisors: tuple[str, ...] = (Role.LEADER,)
    joint: bool = False
    personal: bool = False
    on_desk: bool = True
    gathered: bool = False
    is_news: bool = False
    restricted: bool = False
    is_on: bool = True


reminder_rules: Registry[ReminderRule] = Registry("reminder rules")
