"""A stage in sentences: which rule says so, on what settings it rests, what comes next, what is missing."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cadre_app.policy.specs import Policy
from cadre_app.stages import policies
from cadre_app.stages.keys import Rule
from cadre_app.stages.labels import stage_label
from cadre_app.stages.rules import FIRST, SECOND, Missing, Stage, StageKey, Stretch

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LEAP_YEAR = 2000
MONTHS_A_YEAR = 12

MISSING: "dict[Missing, _StrPromise]" = {
    Missing.NO_TERM: gettext_lazy("No village term has been entered"),
    Missing.TERM_OPEN: gettext_lazy("The end of the village term is open: it was interrupted or ended early"),
    Missing.TERM_UNCONFIRMED: gettext_lazy("The village term is over by its dates, its end has not been entered"),
}


def rule_text(stage: Stage) -> str:
    """Why this stage, then what comes next, in the viewer's language."""
    why, then = why_text(stage), next_text(stage)
    return _("%(first)s %(second)s") % {"first": why, "second": then} if then else why


def why_text(stage: Stage) -> str:
    """The sentence of the rule that decides."""
    if stage.stage is StageKey.CAMP:
        return _why_camp(stage)
    facts = stage.facts
    if stage.rule is Rule.NOT_ARRIVED:
        return _("Reports for duty on %(day)s.") % {"day": _day(facts.arrived_on)}
    if stage.rule is Rule.LEFT:
        return _("Left on %(day)s.") % {"day": _day(facts.departed_on)}
    if Missing.TERM_UNCONFIRMED in stage.missing:
        return _("The village term was due to end on %(day)s.") % {"day": _day(facts.term_ends_on)}
    return _("The village term ended on %(day)s.") % {"day": _day(facts.term_ends_on)}


def next_text(stage: Stage) -> str:
    """What follows by the dates known; empty where nothing does."""
    following, term_ends_on = stage.next, stage.facts.term_ends_on
    if following is None:
        is_open = stage.stage is StageKey.CAMP and term_ends_on is None
        return _("The advanced plan follows the village term.") if is_open else ""
    return _next_sentence(stage, following) % {
        "day": _day(following.since),
        "stage": stage_label(following.stage, following.grade),
        "end": _day(term_ends_on),
    }


def basis_text(stage: Stage) -> str:
    """The settings behind the grade with the source of each, as in force on the day; empty outside the camp."""
    if stage.stage is not StageKey.CAMP:
        return ""
    years = {policies.SECOND_GRADE_YEARS: stage.rules.second_years, policies.THIRD_GRADE_YEARS: stage.rules.third_years}
    if stage.grade != SECOND:
        del years[policies.THIRD_GRADE_YEARS if stage.grade == FIRST else policies.SECOND_GRADE_YEARS]
    lines = [_basis(str(policy.label), policy.text(value), stage.day, policy) for policy, value in years.items()]
    reference = stage.rules.reference_in(LEAP_YEAR)
    lines.append(
        _basis(
            _("reference date"),
            formats.date_format(reference, "MONTH_DAY_FORMAT") if reference else "",
            stage.day,
            policies.REFERENCE_MONTH,
            policies.REFERENCE_DAY,
        )
    )
    return _("; ").join(lines)


def missing_texts(stage: Stage) -> list[str]:
    """What is missing, one line each."""
    return [str(MISSING[key]) for key in stage.missing]


def duration_text(months: int) -> str:
    """Completed months in words: 1 year and 4 months; less than a month says so."""
    years, rest = divmod(max(months, 0), MONTHS_A_YEAR)
    in_years = ngettext("%(count)s year", "%(count)s years", years) % {"count": years}
    in_months = ngettext("%(count)s month", "%(count)s months", rest) % {"count": rest}
    if years and rest:
        return _("%(years)s and %(months)s") % {"years": in_years, "months": in_months}
    if years or rest:
        return in_years if years else in_months
    return _("less than a month")


def _next_sentence(stage: Stage, following: Stretch) -> str:
    if following.stage is StageKey.LEFT:
        return _("Leaves on %(day)s.")
    if following.stage is StageKey.ADVANCED:
        return _("The village term ends on %(end)s, the advanced plan begins on %(day)s.")
    later = [stretch.stage for stretch in stage.coming]
    if stage.stage is StageKey.CAMP and StageKey.ADVANCED in later:
        return _("%(stage)s from %(day)s; the advanced plan after the village term, which ends on %(end)s.")
    if stage.stage is StageKey.CAMP and StageKey.LEFT not in later:
        return _("%(stage)s from %(day)s; the advanced plan after the village term.")
    return _("%(stage)s from %(day)s.")


def _why_camp(stage: Stage) -> str:
    rules, reference = stage.rules, stage.reference_on
    if stage.rule is Rule.AFTER_REFERENCE:
        values = {"day": _day(stage.facts.arrived_on), "reference": _day(reference)}
        if reference is None:
            return _("Reported for duty on %(day)s.") % values
        return _("Reported for duty on %(day)s, after the reference date of %(reference)s.") % values
    values = {
        "reference": _day(reference),
        "service": duration_text(stage.months_on_reference),
        "low": _years(rules.third_years),
        "high": _years(min(rules.second_years, rules.third_years) if stage.grade == FIRST else rules.third_years),
    }
    if stage.rule is Rule.THIRD_GRADE:
        return _("On the reference date of %(reference)s %(service)s of service, at least %(low)s.") % values
    if stage.months_on_reference == 0:
        return _("On the reference date of %(reference)s less than a month of service.") % values
    if stage.rule is Rule.SECOND_GRADE:
        return (
            _("On the reference date of %(reference)s %(service)s of service completed, less than %(high)s.") % values
        )
    return _("On the reference date of %(reference)s %(service)s of service, less than %(high)s.") % values


def _basis(label: str, value: str, day: date, *behind: "Policy[int]") -> str:
    sources = list(dict.fromkeys(policy.source_on(day) for policy in behind))
    return _("%(setting)s: %(value)s (%(source)s)") % {
        "setting": label,
        "value": value,
        "source": _(", ").join(sources),
    }


def _years(count: int) -> str:
    return duration_text(count * MONTHS_A_YEAR)


def _day(day: date | None) -> str:
    return "" if day is None else formats.date_format(day, "DATE_FORMAT")
