"""Columns of the roster (demo-texts B18), for the page, the workbook and the printed list; numbers of identity are none."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cadre_app.accounts.models import AccountRequest
from cadre_app.core.tables import Column
from cadre_app.people import permissions
from cadre_app.people.models import Education, Trainee, VillageTerm
from cadre_app.people.roster.reader import Reader

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

FILE = (
    "kind", "sub_kind", "status", "arrived_on", "arrival_year", "post", "post_grade", "rank", "rank_order",
    "rank_since", "probation_ends_on", "term_ends_on", "departed_on", "file_number", "stroke_key", "remark",
)  # fmt: skip
PERSON = (
    "name", "name_pinyin", "sex", "birth_month", "ethnic_group", "native_place", "political_status", "party_stage", "party_joined_on",
    "work_month", "id_digest", "account", "account_request__status", "account_request__voided_at",
)  # fmt: skip
TERM = ("trainee", "started_on", "due_on", "ended_on", "is_cut_short", "village__name")
SCHOOLING = ("person", "mode", "level", "degree", "school", "major")


def prepared(trainees: "QuerySet[Trainee]") -> "QuerySet[Trainee]":
    """The rows with just what columns and orders read: one query for the files, one each for terms and schooling.

    Numbers of identity, résumés and whatever else no column shows are never fetched.
    """
    terms = VillageTerm.objects.standing().select_related("village").only(*TERM).order_by("-started_on")
    schooling = Education.objects.standing().only(*SCHOOLING).order_by("level")
    rows = trainees.select_related("person__account_request", "home_unit")
    rows = rows.only(*FILE, *(f"person__{name}" for name in PERSON), "home_unit__name", "home_unit__path")
    prefetches: list[Any] = [
        Prefetch("village_terms", queryset=terms, to_attr="terms_now"),
        Prefetch("person__educations", queryset=schooling, to_attr="schooling_now"),
    ]
    return rows.prefetch_related(*prefetches)


def account_text(row: Trainee) -> str:
    request = row.person.account_request
    if row.person.account_id is not None:
        return gettext("Has an account")
    waiting = request is not None and request.status == AccountRequest.Status.WAITING
    return pgettext("state of an account", "Account requested") if waiting else gettext("No account")


def roster_columns(user: "User", day: date | None = None) -> tuple[Column[Trainee], ...]:
    """All columns that `user` may see in their official order; those shown unless others are chosen come first. Stage and
    service are those of `day`, without one of today.
    """
    read = Reader(day)
    column: Callable[..., Column[Trainee]] = partial(Column)
    hidden: Callable[..., Column[Trainee]] = partial(Column, shown=False)
    found = (
        column("name", _("Full name"), lambda row: row.person.name, sort=("stroke_key",), html=read.name_html),
        hidden("pinyin", _("Pinyin"), _pinyin, sort=("person__name_pinyin",)),
        hidden("sex", _("Sex"), lambda row: read.code("sex", row.person.sex)),
        hidden("ethnic_group", _("Ethnic group"), lambda row: read.code("ethnic_group", row.person.ethnic_group)),
        hidden("birth", _("Month of birth (age)"), read.birth, sort=("person__birth_month",)),
        hidden("native_place", _("Native place"), lambda row: row.person.native_place),
        hidden("political", _("Political affiliation (since)"), read.political),
        hidden("work_month", _("Began work in"), lambda row: read.month(row.person.work_month)),
        hidden("education", _("Education and degree"), read.education),
        hidden("school", _("School and major"), read.school),
        column("kind", _("Kind"), read.kind, sort=("kind", "sub_kind"), html=read.kind_html),
        hidden("status", _("Personnel status"), lambda row: row.get_status_display()),
        hidden("year", _("Year of arrival"), lambda row: row.arrival_year, sort=("arrival_year", "stroke_key")),
        hidden("arrived_on", _("Reported for duty on"), lambda row: row.arrived_on, sort=("arrived_on",)),
        column("unit", _("Unit"), lambda row: row.home_unit.name, sort=("home_unit__path", "rank_order", "stroke_key")),
        hidden("post", _("Post"), lambda row: row.post),
        column("rank", _("Rank"), read.rank, sort=("rank_order", "rank_since", "stroke_key")),
        hidden("rank_since", _("In this rank since"), lambda row: row.rank_since or "", sort=("rank_since",)),
        hidden("village", _("Village and period"), read.term),
        column("stage", _("Stage"), read.stage_name, html=read.stage_html),
        hidden("stage_since", _("In this stage since"), lambda row: read.stage(row).since or ""),
        column("service", _("Service"), read.service, sort=("arrived_on",), numeric=True),
        column("term_end", _("Village term ends"), read.term_end, sort=("term_ends_on",), html=read.term_end_html),
        column("missing", pgettext_lazy("column", "Missing"), read.gap_text, html=read.gaps_html),
        hidden("file_number", _("File number"), lambda row: row.file_number, sort=("file_number",)),
        hidden("account", _("Account"), account_text),
        hidden("remark", _("Remark"), lambda row: row.remark),
    )
    hidden_from = frozenset() if permissions.can_request_accounts(user) else {"account"}
    return tuple(each for each in found if each.key not in hidden_from)


def _pinyin(row: Trainee) -> str:
    return row.person.name_pinyin.replace("'", " ")
