"""引进生、选调生年报: numbers by kind, with their fixed rules."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.advancement.models import OutcomeKind
from cadre_app.appraisal.models import Grade, NoGrade
from cadre_app.people.models import Kind, SubKind, TransferKind
from cadre_app.people.models.trainees import SUB_KINDS
from cadre_app.rosters import cohorts
from cadre_app.rosters.definitions.parts import HOURS, TIMES, WHOLE, Column, Definition, Group, Line, one_if
from cadre_app.rosters.models import ReportKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.rosters.facts import Facts

Test = Callable[["Facts"], bool]

COUNTY, TOWN_CHIEF, TOWN_DEPUTY = ("131", "132"), "141", "142"
COUNSEL, CHIEF_MEMBERS, MEMBERS = ("03", "04", "05", "06"), ("07", "08", "09", "10"), ("11", "12")
GRADES: "dict[str, tuple[_StrPromise, tuple[str, ...]]]" = {
    "excellent": (pgettext_lazy("annual assessment", "Excellent"), (Grade.EXCELLENT,)),
    "competent": (
        pgettext_lazy("report to the superior", "Competent or qualified"),
        (Grade.COMPETENT, Grade.QUALIFIED),
    ),
    "basic": (
        pgettext_lazy("report to the superior", "Basically competent or qualified"),
        (Grade.BASIC_COMPETENT, Grade.BASIC_QUALIFIED),
    ),
    "failed": (
        pgettext_lazy("report to the superior", "Not competent or qualified"),
        (Grade.INCOMPETENT, Grade.UNQUALIFIED),
    ),
    "no_grade": (
        pgettext_lazy("report to the superior", "No grade"),
        (NoGrade.PROBATION, NoGrade.AWAY, NoGrade.CASE_OPEN),
    ),
}


def _columns() -> tuple[Column, ...]:
    found = [
        Column("all", pgettext_lazy("report to the superior", "In all"), WHOLE, lambda facts: True, tuple(Kind.values))
    ]
    for kind in (Kind.SELECTED, Kind.INTRODUCED):
        subs = SUB_KINDS[kind]
        rule = _("By the kind in the growth file")
        found.append(Column(kind, kind.label, rule, _is("kind", kind), tuple(sub.value for sub in subs)))
        found += [_of_sub_kind(kind, sub) for sub in subs]
    return tuple(found)


def _of_sub_kind(kind: Kind, sub: SubKind) -> Column:
    return Column(
        sub, sub.label, _("By the sub-kind in the growth file"),
        lambda facts: facts.kind == kind and facts.sub_kind == sub,
    )  # fmt: skip


def _is(name: str, *values: object) -> Test:
    return lambda facts: getattr(facts, name) in values


def _begins(groups: tuple[str, ...]) -> Test:
    return lambda facts: facts.education[:1] in groups


def _aged(low: int, high: int) -> Test:
    return lambda facts: facts.age is not None and low <= facts.age <= high


def _at(level: str) -> Test:
    return lambda facts: level_of(facts) == level


def _announced(kind: str) -> Callable[["Facts"], int]:
    return lambda facts: facts.outcomes.count(kind) if facts.is_here else 0


def _sexes() -> tuple[Line, ...]:
    rule = _("By the code of GB/T 2261.1 in the growth file")
    labels = (("male", pgettext_lazy("sex", "Men"), "1"), ("female", pgettext_lazy("sex", "Women"), "2"))
    return tuple(Line(key, label, rule, one_if(_is("sex", code))) for key, label, code in labels)


def _schooling() -> tuple[Line, ...]:
    rule = _(
        "The highest level finished by the day, full-time or on the job (GB/T 4658); without a month of graduation as it "
        "is recorded now"
    )
    labels = (
        ("postgraduate", _("Postgraduate"), ("1",)),
        ("university", _("University"), ("2",)),
        ("college", _("Junior college"), ("3",)),
        ("below", _("Below junior college"), ("4", "5", "6", "7", "8", "9")),
    )
    return tuple(Line(key, label, rule, one_if(_begins(groups))) for key, label, groups in labels)


def _ages() -> tuple[Line, ...]:
    rule = _("Full years on the day, by the month of birth")
    spans = (
        ("age_25", _("25 and below"), 0, 25),
        ("age_30", _("26 to 30"), 26, 30),
        ("age_35", _("31 to 35"), 31, 35),
        ("age_36", _("36 and above"), 36, 200),
    )
    return tuple(Line(key, label, rule, one_if(_aged(low, high))) for key, label, low, high in spans)


def _parties() -> tuple[Line, ...]:
    rule = _("By the code of GB/T 4762 in the growth file, as it is recorded now")
    labels = (
        ("communists", _("Members of the CPC, with probationary ones"), ("01", "02")),
        ("league", _("Members of the Youth League"), ("03",)),
        ("democrats", _("Members of democratic parties"), tuple(f"{code:02d}" for code in range(4, 12))),
        ("masses", _("Without party affiliation, and the masses"), ("12", "13")),
    )
    return tuple(Line(key, label, rule, one_if(_is("political", *codes))) for key, label, codes in labels)


def _years(year: int) -> tuple[Line, ...]:
    rule = _("By the calendar year of reporting for duty")
    found = [
        Line(
            cohorts.key_of(year - back),
            pgettext_lazy("a year", "%(year)s") % {"year": year - back},
            rule,
            one_if(_is("arrival_year", year - back)),
        )
        for back in range(cohorts.YEARS_SHOWN)
    ]
    last = year - cohorts.YEARS_SHOWN
    earlier = _("%(year)s and earlier") % {"year": last}
    return (*found, Line(cohorts.key_until(last), earlier, rule, one_if(lambda facts: facts.arrival_year <= last)))


def level_of(facts: "Facts") -> str:
    """Post level first, else rank, else post grade; each person stands in one line."""
    by_level = {TOWN_CHIEF: "level_chief", TOWN_DEPUTY: "level_deputy"} | dict.fromkeys(COUNTY, "level_county")
    by_rank = (
        dict.fromkeys(COUNSEL, "rank_counsel")
        | dict.fromkeys(CHIEF_MEMBERS, "rank_chief")
        | dict.fromkeys(MEMBERS, "rank_member")
    )
    found = by_level.get(facts.post_level) or by_rank.get(facts.rank)
    return found or ("institution" if facts.post_grade else "ungraded")


def _levels() -> tuple[Line, ...]:
    rule = _("By the record of post and rank in force on the day: post level first, then rank, then post grade")
    labels = (
        ("level_county", _("County level posts")),
        ("level_chief", _("Township level, chief posts")),
        ("level_deputy", _("Township level, deputy posts")),
        ("rank_counsel", _("Counsel of the first to fourth class")),
        ("rank_chief", _("Chief section members of the first to fourth class")),
        ("rank_member", _("Section members of the first and second class")),
        ("institution", _("Post grades of public institutions")),
        ("ungraded", _("On probation or not graded")),
    )
    return tuple(Line(key, label, rule, one_if(_at(key))) for key, label in labels)


def _terms() -> tuple[Line, ...]:
    return (
        Line("term_running", _("In the village"), _("Terms that run on the day, without interrupted ones"), one_if(_is("term", "running"))),
        Line("term_interrupted", _("Interrupted"), _("Terms that stand still on the day"), one_if(_is("term", "interrupted"))),
        Line("term_ended", _("Completed in the year"), _("The last day lies in the year of the day; not those cut short"), one_if(lambda facts: facts.term_ended), in_year=True),
    )  # fmt: skip


def _assessed(year: int) -> tuple[Line, ...]:
    rule = _("Assessment of %(year)s, signed off by the day; those who reported for duty by the end of that year") % {
        "year": year - 1
    }
    return tuple(
        Line(f"grade_{key}", label, rule, one_if(_is("grade", *values))) for key, (label, values) in GRADES.items()
    )


def _trained() -> tuple[Line, ...]:
    rule = _("Classroom hours of the calendar year until the day, from all courses that stand")
    return (
        Line("hours", _("Training hours in all"), rule, lambda facts: facts.hours if facts.is_here else 0, HOURS, in_year=True),
        Line("hours_reached", _("Reached the requirement"), _("What counts by the settings of the year reaches what is required"), one_if(lambda facts: facts.has_hours), in_year=True),
        Line("hours_short", _("Did not reach it"), _("All others who are here on the day"), one_if(lambda facts: not facts.has_hours), in_year=True),
    )  # fmt: skip


def _used() -> tuple[Line, ...]:
    rule = _(
        "Announced in the calendar year until the day and signed off; first appointment and grading does not count"
    )
    return tuple(
        Line(f"outcome_{kind}", kind.label, rule, _announced(kind), TIMES, in_year=True) for kind in OutcomeKind
    )


def _left() -> tuple[Line, ...]:
    rule = _("Left in the calendar year until the day, by the type of the departure")
    kinds = [kind for kind in TransferKind if kind is not TransferKind.INTERNAL]
    return tuple(
        Line(f"left_{kind}", kind.label, rule, one_if(_is("left", kind), here=False), in_year=True) for kind in kinds
    )


def yearly(year: int) -> Definition:
    """The definition as it reads for a day in `year`."""
    here = Line("here", _("In service on the day"), _("Reported for duty and not left"), one_if(lambda facts: True))
    due = Line(
        "assessable",
        _("To be assessed for the year before"),
        _(
            "In service on the day and reported for duty by the end of the year before, without those whom the unit they "
            "were transferred to assesses"
        ),
        one_if(lambda facts: facts.arrived_on.year < year and facts.grade != NoGrade.TRANSFERRED),
    )
    left = Line(
        "left",
        _("Left in the year"),
        _("All departures of the calendar year until the day"),
        one_if(lambda facts: bool(facts.left), here=False),
        in_year=True,
    )
    return Definition(
        title=ReportKind.YEARLY.label,
        columns=_columns(),
        groups=(
            Group("total", pgettext_lazy("report to the superior", "Number"), (here,)),
            Group("sex", _("Sex"), _sexes(), "here"),
            Group("education", _("Education"), _schooling(), "here"),
            Group("age", _("Age"), _ages(), "here"),
            Group("political", _("Political affiliation"), _parties(), "here"),
            Group("year", _("Year of arrival"), _years(year), "here"),
            Group("level", _("Post and rank"), _levels(), "here"),
            Group("term", _("Village term"), _terms()),
            Group("assessable", pgettext_lazy("report to the superior", "Annual assessment"), (due,)),
            Group("grade", pgettext_lazy("report to the superior", "Results"), _assessed(year), "assessable"),
            Group("hours", _("Training hours"), _trained()),
            Group("outcome", _("Development outcomes"), _used()),
            Group("departure", pgettext_lazy("report to the superior", "Departures"), (left,)),
            Group("left", pgettext_lazy("report to the superior", "Among them"), _left(), "left"),
        ),
        note=WHOLE,
    )
