"""人员名册: the list, the tree beside it, the printed roster, and the workbook of what was picked."""

from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.lists import opens_without_lost_default
from cadre_app.core.tables import Empty, Table, asked, joined
from cadre_app.jobs import services as jobs
from cadre_app.people import permissions
from cadre_app.people.models import Trainee
from cadre_app.people.roster.lists import EXPORT, Roster, counted, numbered, roster_for
from cadre_app.people.roster.picks import CONTROLS, chosen_query, roster_query
from cadre_app.people.roster.tree import roster_tree
from cadre_app.policy.values import CORE_DISTRICT_NAME

SORTS = (
    ("unit", gettext_lazy("by unit")),
    ("year", gettext_lazy("by year of arrival, then strokes")),
    ("rank", gettext_lazy("by rank, then date of rank")),
    ("name", gettext_lazy("by strokes of the surname")),
    ("pinyin", gettext_lazy("by pinyin")),
)
MOST_PRINTED = 2_000
UNBROKEN = {"number", "name", "sex", "ethnic_group", "native_place", "work_month", "year", "rank_since", "arrived_on"}
# Conditions that the roster of a past day does not have.
NOT_SET_BACK = ("state", "case", "since", "until", "account", "below")
KEPT = ("unit", "sort", "size", "columns", "density")
OFFICIAL = (
    "name,sex,ethnic_group,birth,native_place,political,work_month,education,school,kind,year,unit,post,rank,"
    "rank_since,village,remark"
)


@require_GET
@opens_without_lost_default
def trainee_list(request: UserRequest) -> HttpResponse:
    """人员名册 Roster: everybody in one's scope, narrowed by what the URL says."""
    roster = _visible_roster(request)
    may_create = permissions.can_create(request.user)
    context: dict[str, Any] = {
        "table": roster.table,
        "filter": roster.filter,
        "chosen": roster.chosen,
        "is_past": roster.filter.day < timezone.localdate(),
        "scope": joined(grant.unit.name for grant in request.user.standing_grants if grant.unit is not None),
        "counted": counted(roster.table),
        "sorts": SORTS,
        "order": _order_text(roster.table),
        "kept": [(name, request.GET[name]) for name in KEPT if request.GET.get(name)],
        "tree_url": f"{reverse('people:trainee_tree')}?{roster_query(request.GET)}",
        "export_kind": EXPORT,
        "may_request": permissions.can_request_accounts(request.user),
        "import_url": _url("imports:batch_list") if may_create else "",
        "create_url": _url("people:trainee_create") if may_create else "",
        "forms_url": _url("appointment:form_export") if may_create else "",
    }
    return render(request, page_or_fragment(request, "people/trainee_list.html"), context)


@require_GET
def trainee_tree(request: UserRequest) -> HttpResponse:
    """The units with how many serve there; asked for after the list is shown."""
    if not permissions.can_see_roster(request.user):
        raise Http404
    key, find = request.GET.get("unit", ""), request.GET.get("find", "")
    context = {
        "tree": roster_tree(request.user, key=key, find=find),
        "find": find,
        "rest": roster_query(request.GET, without=("unit", "below")),
    }
    return render(request, page_or_fragment(request, "people/trainee_tree.html"), context)


@require_GET
def roster_print(request: UserRequest) -> HttpResponse:
    """花名册 Printed roster: every row of the list as it is narrowed, for A4 across; of a past day it says what is of then."""
    query = request.GET.copy()
    if not query.get("columns"):
        query["columns"] = OFFICIAL
    roster = _visible_roster(request, asked(query))
    table, day = roster.table, roster.filter.day
    is_past = day < timezone.localdate()
    numbered(table)
    is_short = [column.key in UNBROKEN for column in table.columns]
    headings, *rows = (list(zip(row, is_short, strict=True)) for row in islice(table.export_rows(), MOST_PRINTED + 2))
    context = {
        "headings": headings,
        "rows": rows if len(rows) <= MOST_PRINTED else None,
        "most": MOST_PRINTED,
        "query": roster_query(request.GET),
        "district": CORE_DISTRICT_NAME.now(),
        "day": day,
        "is_past": is_past,
        "set_back_url": _set_back_url(request) if is_past else "",
    }
    return render(request, "people/roster_print.html", context)


@require_POST
def roster_export(request: UserRequest) -> HttpResponse:
    """The picked rows as a workbook, with the columns and the order of the page that they were picked on."""
    require(permissions.can_see_roster(request.user))
    query = chosen_query(request.POST)
    job = jobs.start_job(EXPORT, {"query": query}, request.user)
    return redirect("jobs:job_detail", pk=job.pk)


def _visible_roster(request: UserRequest, parameters: HttpRequest | None = None) -> Roster:
    """The roster of whoever asks; 404 without a business role, or for a unit out of sight."""
    if not permissions.can_see_roster(request.user):
        raise Http404
    empty = Empty(
        _("Nobody has been entered yet."),
        _("Download the template, fill it in and import it; or add people one by one."),
    )
    try:
        return roster_for(request.user, parameters or request, empty=empty, tools=False, offers_all=True)
    except ValidationError as error:
        raise Http404 from error


def _order_text(table: Table[Trainee]) -> str:
    """The order in words: an official one, else that of the heading."""
    key = table.sort.lstrip("-")
    named: dict[str, Any] = {column.key: _("by %(column)s") % {"column": column.label} for column in table.all_columns}
    return str((named | dict(SORTS))[key] if table.sort == key else named[key])


def _set_back_url(request: UserRequest) -> str:
    """The roster that sets unit, post and rank back to the day, under the same conditions; empty where it lacks one of them."""
    if any(request.GET.get(name) for name in NOT_SET_BACK):
        return ""
    url = _url("rosters:roster")
    return f"{url}?{roster_query(request.GET, without=CONTROLS)}" if url else ""


def _url(name: str) -> str:
    """The address of a page, empty where its room does not exist."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
