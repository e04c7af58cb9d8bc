"""Reads the cells of the roster, as text and as markup: what fifty rows share is worked out once for all of them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cadre_app.core.days import months_between
from cadre_app.core.tables import joined
from cadre_app.core.templatetags.ql import shown, status
from cadre_app.people.file.gaps import facts_of, gaps_of
from cadre_app.people.models import Education, Kind, SubKind, Trainee
from cadre_app.people.writing.schooling import written_degree, written_level
from cadre_app.policy import codes, snapshot
from cadre_app.stages.labels import stage_label
from cadre_app.stages.rules import Rules, Stage, stage_on
from cadre_app.stages.templatetags.stages import stage_badge

TABLES = ("sex", "ethnic_group", "political_status", "degree", "rank")
NAMED_GAPS = 2
NOBODY = UUID(int=0)


class Reader:
    """Reads cells of one list as of a day (today, local date): codes and rules are asked for once."""

    def __init__(self, day: date | None = None) -> None:
        self.day = day or timezone.localdate()
        with snapshot.held():
            self.rules = Rules.on(self.day)
            self.names = {table: codes.names(table) for table in TABLES}
        self.kinds = {value: str(label) for value, label in (*Kind.choices, *SubKind.choices)}
        self.months: dict[date, str] = {}
        self.badges: dict[tuple[str, int | None], SafeString] = {}
        self.none = format_html('<span class="ink3">{}</span>', pgettext("nothing missing", "None"))
        page, _key, self.page_end = reverse("growth:file", kwargs={"pk": NOBODY}).partition(str(NOBODY))
        self.page_start = page

    def code(self, table: str, code: str) -> str:
        return self.names[table].get(code, code)

    def month(self, day: date | None) -> str:
        """A month as the viewer's language writes it."""
        if day is None:
            return ""
        if day not in self.months:
            self.months[day] = formats.date_format(day, "YEAR_MONTH_FORMAT")
        return self.months[day]

    def kind(self, row: Trainee) -> str:
        """选调生（定向选调）."""
        kind = self.kinds[row.kind]
        if not row.sub_kind:
            return kind
        return _("%(kind)s (%(sub_kind)s)") % {"kind": kind, "sub_kind": self.kinds[row.sub_kind]}

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
            "month": self.month(born),
            "age": ngettext("%(count)d year old", "%(count)d years old", age) % {"count": age},
        }

    def political(self, row: Trainee) -> str:
        """中共党员（2018年6月）."""
        name, since = self.code("political_status", row.person.political_status), row.person.party_joined_on
        return _("%(text)s (%(since)s)") % {"text": name, "since": self.month(since)} if name and since else name

    def education(self, row: Any) -> str:
        """The highest of each mode with its degree."""
        return _("; ").join(
            " ".join(filter(None, [written_level(item.level), written_degree(self.code("degree", item.degree))]))
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
        if not years:
            return _("%(months)s m") % {"months": months}
        if not months:
            return _("%(years)s y") % {"years": years}
        return _("%(years)s y %(months)s m") % {"years": years, "months": months}

    def term(self, row: Any) -> str:
        """The latest village with its days."""
        latest = row.terms_now[0] if row.terms_now else None
        if latest is None:
            return ""
        last = latest.ended_on or latest.due_on
        period = {"village": latest.village.name, "since": self.month(latest.started_on), "until": self.month(last)}
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

    def name_html(self, row: Trainee) -> SafeString:
        """The name leads to the file."""
        name = conditional_escape(row.person.name)
        return mark_safe(f'<a class="nm" href="{self.page_start}{row.pk}{self.page_end}">{name}</a>')  # noqa: S308

    def kind_html(self, row: Trainee) -> SafeString:
        kind = conditional_escape(self.kinds[row.kind])
        sub_kind = conditional_escape(self.kinds.get(row.sub_kind, ""))
        text = f'<span>{kind} <span class="ink3">{sub_kind}</span></span>' if sub_kind else kind
        return mark_safe(text)  # noqa: S308

    def stage_html(self, row: Trainee) -> SafeString:
        stage = self.stage(row)
        key = (stage.stage, stage.grade)
        if key not in self.badges:
            self.badges[key] = stage_badge(*key)
        return self.badges[key]

    def term_end_html(self, row: Any) -> SafeString:
        """The month; quietly where it is over, with a mark where it is open."""
        text = self.term_end(row)
        if row.term_ends_on is None:
            return status("miss", text) if text else conditional_escape(shown(""))
        return format_html('<span class="ink3">{}</span>', text) if row.term_ends_on < self.day else escape(text)

    def gaps_html(self, row: Any) -> SafeString:
        """Up to two things by name, more by their number."""
        gaps = self.gaps(row)
        if not gaps:
            return self.none
        if len(gaps) <= NAMED_GAPS:
            return status("miss", joined(gaps))
        text = ngettext("%(number)s thing missing", "%(number)s things missing", len(gaps))
        return status("miss", text % {"number": len(gaps)})

    def gap_text(self, row: Any) -> str:
        return joined(self.gaps(row))

    def term_end(self, row: Any) -> str:
        """In words for the page: over, the month it ends, interrupted, or not started."""
        if row.term_ends_on is not None:
            return _("Term over") if row.term_ends_on < self.day else self.month(row.term_ends_on)
        latest = row.terms_now[0] if row.terms_now else None
        if latest is None:
            return ""
        return _("Ended early") if latest.is_cut_short else _("Interrupted")


def _highest(row: Any) -> list[Education]:
    """The highest schooling of each mode, full-time first; the rows come by level, a smaller code first."""
    found: dict[str, Education] = {}
    for item in row.person.schooling_now:
        found.setdefault(item.mode, item)
    modes = (Education.Mode.FULL_TIME, Education.Mode.ON_THE_JOB)
    return [found[mode] for mode in modes if mode in found]
