"""From dates and policy to a stage: pure functions (PRODUCT.md, "Stages"); `sql.py` says the same for many rows."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cadre_app.core.days import add_years, months_between
from cadre_app.policy import snapshot
from cadre_app.stages import policies
from cadre_app.stages.keys import Rule

GRADES = FIRST, SECOND, THIRD = 1, 2, 3


class StageKey(StrEnum):
    NOT_ARRIVED = "not_arrived"
    CAMP = "camp"
    ADVANCED = "advanced"
    LEFT = "left"


class Missing(StrEnum):
    """What the dates leave open; texts.MISSING gives the words."""

    NO_TERM = "no_term"
    TERM_OPEN = "term_open"
    TERM_UNCONFIRMED = "term_unconfirmed"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Dates of one person. `term_ends_on`: last day of the village term that counts, NULL while there is none or it is
    interrupted; `has_term`: any standing term; `term_confirmed`: its end is recorded, not only due.
    `departed_on`, the first day away, is never before `arrived_on`.
    """

    arrived_on: date
    term_ends_on: date | None = None
    departed_on: date | None = None
    has_term: bool = False
    term_confirmed: bool = False


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The settings in force on one day: completed years for grades 2 and 3, and the reference date of the camp."""

    second_years: int = 1
    third_years: int = 2
    month: int = 9
    day: int = 1

    @classmethod
    def on(cls, day: date) -> "Rules":
        """The rules in force on `day`: at most one query, none where the request has read its settings."""
        with snapshot.held():
            return cls(
                second_years=policies.SECOND_GRADE_YEARS.on(day),
                third_years=policies.THIRD_GRADE_YEARS.on(day),
                month=policies.REFERENCE_MONTH.on(day),
                day=policies.REFERENCE_DAY.on(day),
            )

    def reference_in(self, year: int) -> date | None:
        """The reference date of `year`: the last day of a month that is too short; None outside the years 1 to 9999."""
        if not date.min.year <= year <= date.max.year:
            return None
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))

    def latest_reference(self, day: date) -> date | None:
        """The latest reference date not after `day`."""
        this = self.reference_in(day.year)
        return this if this is not None and this <= day else self.reference_in(day.year - 1)

    def first_reference(self, day: date) -> date | None:
        """The first reference date not before `day`."""
        this = self.reference_in(day.year)
        return this if this is not None and this >= day else self.reference_in(day.year + 1)


@dataclass(frozen=True)
class Stretch:
    """A stage from its first day on; `until` is its last day by the dates known, None while they name none."""

    stage: StageKey
    grade: int | None
    since: date
    until: date | None


@dataclass(frozen=True)
class Stage:
    """What holds for one person on `day`. `since` and `grade` are None where there is none; `coming`: what follows by
    dates alone.
    """

    stage: StageKey
    grade: int | None
    since: date | None
    rule: Rule
    missing: tuple[Missing, ...]
    coming: tuple[Stretch, ...]
    facts: Facts
    rules: Rules
    day: date

    @property
    def next(self) -> Stretch | None:
        """The next step, where the dates name one."""
        return self.coming[0] if self.coming else None

    @property
    def reference_on(self) -> date | None:
        """The reference date that decides the grade on `day`."""
        return self.rules.latest_reference(self.day)

    @property
    def months_on_reference(self) -> int:
        """Completed months of service on the reference date; 0 for whoever arrived after it."""
        reference = self.reference_on
        return 0 if reference is None else months_between(self.facts.arrived_on, reference)


def stage_on(facts: Facts, day: date, rules: Rules | None = None) -> Stage:
    """The stage of one person on a local date, by `rules` or else by those in force on that date."""
    rules = rules or Rules.on(day)
    stretches = course(facts, rules)
    past = [stretch for stretch in stretches if stretch.since <= day]
    stage, grade, since = (
        (past[-1].stage, past[-1].grade, past[-1].since) if past else (StageKey.NOT_ARRIVED, None, None)
    )
    return Stage(
        stage=stage,
        grade=grade,
        since=since,
        rule=_rule(facts, stage, grade, rules.latest_reference(day)),
        missing=_missing(facts, stage, grade),
        coming=stretches[len(past) :],
        facts=facts,
        rules=rules,
        day=day,
    )


def course(facts: Facts, rules: Rules) -> tuple[Stretch, ...]:
    """Every stage of one person in order, from reporting for duty, as far as the dates known tell."""
    arrived = facts.arrived_on
    # A later line takes over from an earlier one whatever that one's own next step is.
    starts: list[tuple[StageKey, int | None, date | None]] = [
        (StageKey.CAMP, FIRST, arrived),
        (StageKey.CAMP, SECOND, _grade_start(arrived, rules.second_years, rules)),
        (StageKey.CAMP, THIRD, _grade_start(arrived, rules.third_years, rules)),
        (StageKey.ADVANCED, None, _advanced_start(facts)),
        (StageKey.LEFT, None, facts.departed_on),
    ]
    found: list[Stretch] = []
    for stage, grade, since in reversed(starts):
        following = found[0].since if found else None
        if since is not None and (following is None or since < following):
            found.insert(0, Stretch(stage, grade, since, following - timedelta(days=1) if following else None))
    return tuple(found)


def _grade_start(arrived_on: date, years: int, rules: Rules) -> date | None:
    try:
        return rules.first_reference(add_years(arrived_on, years))
    except OverflowError:
        return None


def _advanced_start(facts: Facts) -> date | None:
    """The day after the village term, but not before reporting for duty."""
    if facts.term_ends_on is None or facts.term_ends_on == date.max:
        return None
    return max(facts.arrived_on, facts.term_ends_on + timedelta(days=1))


def _rule(facts: Facts, stage: StageKey, grade: int | None, reference: date | None) -> Rule:
    if stage is StageKey.CAMP:
        if reference is None or facts.arrived_on > reference:
            return Rule.AFTER_REFERENCE
        return {FIRST: Rule.FIRST_GRADE, SECOND: Rule.SECOND_GRADE}.get(grade or FIRST, Rule.THIRD_GRADE)
    return {StageKey.NOT_ARRIVED: Rule.NOT_ARRIVED, StageKey.ADVANCED: Rule.TERM_ENDED}.get(stage, Rule.LEFT)


def _missing(facts: Facts, stage: StageKey, grade: int | None) -> tuple[Missing, ...]:
    found = []
    if stage is StageKey.CAMP and facts.term_ends_on is None:
        if facts.has_term:
            found.append(Missing.TERM_OPEN)
        elif grade != FIRST:
            found.append(Missing.NO_TERM)
    if stage is StageKey.ADVANCED and not facts.term_confirmed:
        found.append(Missing.TERM_UNCONFIRMED)
    return tuple(found)
