"""The lists of talks, of people with their plans, and of problems: for the page and for the workbook."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre_app.care import columns, permissions
from cadre_app.care.filters import plans_of, problems_of, talks_of
from cadre_app.care.models import Talk, TalkTrigger
from cadre_app.core.tables import Empty, Table, asked

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

TALKS, PLANS, PROBLEMS = "care.talks", "care.plans", "care.problems"


def talk_table(request: HttpRequest, user: "User") -> tuple[Table[Any], Any]:
    """The talks that `request` asks for, with the filter they went through."""
    found = talks_of(user, request.GET)
    may_plan = permissions.can_plan_many(user)
    empty = Empty(
        _("No talk is planned this quarter."),
        _("Plans can be made for whole units at once."),
        reverse("care:quarter_plan") if may_plan else "",
        _("Plan a quarter"),
    )
    return _table(request, found, columns.TALKS, name="talks", empty=empty, sort="-planned_on", kind=TALKS), found


def plan_table(request: HttpRequest, user: "User", *, acts: bool = False) -> tuple[Table[Any], Any]:
    """Everybody in development with the last talk, the next one and open occasions."""
    found = plans_of(user, request.GET)
    waiting = Talk.objects.waiting().without_texts().order_by("planned_on")
    rows = found.qs.prefetch_related(
        Prefetch("trainee__talks", queryset=waiting, to_attr="talks_waiting"),
        Prefetch("trainee__talk_triggers", queryset=TalkTrigger.objects.open(), to_attr="triggers_open"),
    )
    empty = Empty(_("Nobody is in development here."), _("A plan is made for everybody who reported for duty."))
    shown = (*columns.PLANS, *columns.FOR_STAFF) if acts else (*columns.PLANS, columns.OCCASIONS)
    bulk = permissions.can_plan_many(user)
    table: Table[Any] = Table(
        request, rows, shown, name="plans", empty=empty, default_sort="next_on", export_kind=PLANS, keyset=True,
        offers_all=bulk,
    )  # fmt: skip
    return table, found


def problem_table(request: HttpRequest, user: "User", *, acts: bool = False) -> tuple[Table[Any], Any]:
    """问题诉求办理 what is raised in talks, at symposiums and on visits; `acts`: with the next step of each."""
    found = problems_of(user, request.GET)
    empty = Empty(
        _("No problems are on record."),
        _("What somebody raises is entered on the page of the talk, symposium or visit."),
    )
    shown = (*columns.PROBLEMS, columns.NEXT_STEP) if acts else columns.PROBLEMS
    return _table(request, found, shown, name="problems", empty=empty, sort="due_on", kind=PROBLEMS), found


def exported_talks(user: "User", query: QueryDict) -> Table[Any]:
    return _checked(talk_table(asked(query), user))


def exported_plans(user: "User", query: QueryDict) -> Table[Any]:
    return _checked(plan_table(asked(query), user))


def exported_problems(user: "User", query: QueryDict) -> Table[Any]:
    return _checked(problem_table(asked(query), user))


def _table(
    request: HttpRequest, found: Any, shown: Any, *, name: str, empty: Empty, sort: str, kind: str
) -> Table[Any]:
    return Table(request, found.qs, shown, name=name, empty=empty, default_sort=sort, export_kind=kind, keyset=True)


def _checked(asked_for: tuple[Table[Any], Any]) -> Table[Any]:
    table, found = asked_for
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table
