"""Columns of the roster (demo-texts B18), for the page, the workbook and the printed list; numbers of identity are none."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from cadre_app.accounts.models import AccountRequest
from cadre_app.core.days import months_between
from cadre_app.core.tables import Column, joined
from cadre_app.people.gaps import facts_of, gaps_of
from cadre_app.people.models import Education, Trainee, VillageTerm
from cadre_app.policy import codes, snapshot
from cadre_app.stages.labels import stage_label
from cadre_app.stages.rules import Rules, Stage, stage_on

if TYPE_CHECKING:
    from django.db.models import QuerySet

TABLES = ("sex", "ethnic_group", "political_status", "education", "degree", "rank")
SEALED = ("person__id_number", "person__phone", "person__resume", "person__email")


def prepared(trainees: "QuerySet[Trainee]") -> "QuerySet[Trainee]":
    """The rows with everything that a column asks for: one query for the files, one each for terms and schooling."""
    terms = VillageTerm.objects.standing().select_related("village").order_by("-started_on")
    schooling = Education.objects.standing().order_by("level")
    rows = trainees.select_related("person__account_request", "home_unit").defer(*SEALED)
    prefetches: list[Any] = [
        Prefetch("village_terms", queryset=terms, to_attr="terms_now"),
        Prefetch("person__educations", queryset=schooling, to_attr="schooling_now"),
    ]
    return rows.prefetch_related(*prefetches)


class Reader:
    """Reads cells of one list: codes, rules and the day (local date) are asked for once."""

    def __init__(self) -> None:
        self.day = timezone.localdate()
        with snapshot.held():
            self.rules = Rules.on(self.day)
            self.names = {table: codes.names(table) for table in TABLES}

    def code(self, table: str, code: str) -> str:
        return self.names[table].get(code, code)

    def stage(self, row: Any) -> Stage:
        """The stage today, worked out once for each row."""
        found: Stage | None = row.__dict__.get("stage_now")
        if found is None:
            found = stage_on(facts_of(row, row.terms_now), self.day, self.rules)
            row.__dict__["stage_now"] = found
        return found

    def stage_name(self, row: Trainee) -> str:
        stage = self.stage(row)
        return str(stage_label(stage.stage, stage.grade))

    def birth(self, row: Trainee) -> str:
        """1996年7月（30岁）."""
        born = row.person.birth_month
        if born is None:
            return ""
        age = months_between(born, self.day) // 12
        return _("%(month)s (%(age)s)") % {
            "month": month(born),
            "age": ngettext("%(count)d year old", "%(count)d years old", age) % {"count": age},
        }

    def political(self, row: Trainee) -> str:
        """中共党员（2018年6月）."""
        name, since = self.code("political_status", row.person.political_status), row.person.party_joined_on
        return _("%(text)s (%(since)s)") % {"text": name, "since": month(since)} if name and since else name

    def education(self, row: Any) -> str:
        """The highest of each mode with its degree."""
        return _("; ").join(
            " ".join(filter(None, [self.code("education", item.level), self.code("degree", item.degree)]))
            for item in _highest(row)
        )

    def school(self, row: Any) -> str:
        return _("; ").join(" ".join(filter(None, [item.school, item.major])) for item in _highest(row))

    def rank(self, row: Trainee) -> str:
        """The rank, the post grade of public-institution staff, or that it is still probation."""
        if row.rank or row.post_grade:
            return self.code("rank", row.rank) if row.rank else row.post_grade
        on_probation = row.probation_ends_on is not None and row.probation_ends_on >= self.day
        return _("On probation") if on_probation else ""

    def service(self, row: Trainee) -> str:
        """Completed years and months until today, or until the departure."""
        until = min(self.day, row.departed_on or self.day)
        if row.arrived_on > until:
            return ""
        years, months = divmod(months_between(row.arrived_on, until), 12)
        return _("%(years)s y %(months)s m") % {"years": years, "months": months}

    def term(self, row: Any) -> str:
        """The latest village with its days."""
        latest = row.terms_now[0] if row.terms_now else None
        if latest is None:
            return ""
        last = latest.ended_on or latest.due_on
        period = {"village": latest.village.name, "since": month(latest.started_on), "until": month(last)}
        if last is None:
            return _("%(village)s (from %(since)s)") % period
        return _("%(village)s (%(since)s to %(until)s)") % period

    def gaps(self, row: Any) -> list[str]:
        """Everything that is missing, in words; worked out once for each row."""
        found: list[str] | None = row.__dict__.get("gaps_now")
        if found is None:
            found = [str(gap) for gap in gaps_of(row, self.stage(row), row.person.schooling_now)]
            row.__dict__["gaps_now"] = found
        return found

    def gap_text(self, row: Any) -> str:
        return joined(self.gaps(row))

    def term_end(self, row: Any) -> str:
        """In words for the page: over, the month it ends, interrupted, or not started."""
        if row.term_ends_on is not None:
            return _("Term over") if row.term_ends_on < self.day else month(row.term_ends_on)
        latest = row.terms_now[0] if row.terms_now else None
        if latest is None:
            return ""
        return _("Ended early") if latest.is_cut_short else _("Interrupted")


def month(day: date | None) -> str:
    """A month as the viewer's language writes it."""
    return formats.date_format(day, "YEAR_MONTH_FORMAT") if day is not None else ""


def kind_text(row: Trainee) -> str:
    """选调生（定向选调）."""
    if not row.sub_kind:
        return row.get_kind_display()
    return _("%(kind)s (%(sub_kind)s)") % {"kind": row.get_kind_display(), "sub_kind": row.get_sub_kind_display()}


def account_text(row: Trainee) -> str:
    request = row.person.account_request
    if row.person.account_id is not None:
        return _("Has an account")
    waiting = request is not None and request.status == AccountRequest.Status.WAITING
    return _("Account requested") if waiting else _("No account")


def roster_columns() -> tuple[Column[Trainee], ...]:
    """All columns in their official order; those shown unless others are chosen come first to the eye."""
    read = Reader()
    column: Callable[..., Column[Trainee]] = partial(Column)
    hidden: Callable[..., Column[Trainee]] = partial(Column, shown=False)
    t = gettext_lazy
    cells = "people/cells/"
    return (
        column(
            "name", t("Full name"), lambda row: row.person.name, sort=("stroke_key",), template=f"{cells}trainee.html"
        ),
        hidden("pinyin", t("Pinyin"), _pinyin, sort=("person__name_pinyin",)),
        hidden("sex", t("Sex"), lambda row: read.code("sex", row.person.sex)),
        hidden("ethnic_group", t("Ethnic group"), lambda row: read.code("ethnic_group", row.person.ethnic_group)),
        hidden("birth", t("Month of birth (age)"), read.birth, sort=("person__birth_month",)),
        hidden("native_place", t("Native place"), lambda row: row.person.native_place),
        hidden("political", t("Political affiliation (since)"), read.political),
        hidden("work_month", t("Began work in"), lambda row: month(row.person.work_month)),
        hidden("education", t("Education and degree"), read.education),
        hidden("school", t("School and major"), read.school),
        column("kind", t("Kind"), kind_text, sort=("kind", "sub_kind"), template=f"{cells}kind.html"),
        hidden("status", t("Personnel status"), lambda row: row.get_status_display()),
        hidden("year", t("Year of arrival"), lambda row: row.arrival_year, sort=("arrival_year", "stroke_key")),
        hidden("arrived_on", t("Reported for duty on"), lambda row: row.arrived_on, sort=("arrived_on",)),
        column("unit", t("Unit"), lambda row: row.home_unit.name, sort=("home_unit__path", "rank_order", "stroke_key")),
        hidden("post", t("Post"), lambda row: row.post),
        column("rank", t("Rank"), read.rank, sort=("rank_order", "rank_since", "stroke_key")),
        hidden("rank_since", t("In this rank since"), lambda row: row.rank_since or "", sort=("rank_since",)),
        hidden("village", t("Village and period"), read.term),
        column("stage", t("Stage"), read.stage_name, template=f"{cells}stage.html"),
        hidden("stage_since", t("In this stage since"), lambda row: read.stage(row).since or ""),
        column("service", t("Service"), read.service, sort=("arrived_on",), numeric=True),
        column(
            "term_end", t("Village term ends"), read.term_end, sort=("term_ends_on",), template=f"{cells}term_end.html"
        ),
        column("missing", pgettext_lazy("column", "Missing"), read.gap_text, template=f"{cells}missing.html"),
        hidden("file_number", t("File number"), lambda row: row.file_number, sort=("file_number",)),
        hidden("account", t("Account"), account_text),
        hidden("remark", t("Remark"), lambda row: row.remark),
    )


def _pinyin(row: Trainee) -> str:
    return row.person.name_pinyin.replace("'", " ")


def _highest(row: Any) -> list[Education]:
    """The highest schooling of each mode, full-time first; the rows come by level, a smaller code first."""
    found: dict[str, Education] = {}
    for item in row.person.schooling_now:
        found.setdefault(item.mode, item)
    modes = (Education.Mode.FULL_TIME, Education.Mode.ON_THE_JOB)
    return [found[mode] for mode in modes if mode in found]
