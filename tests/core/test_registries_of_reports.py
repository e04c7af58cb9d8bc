"""What goes in and out of the house: tables, figures, claims, reports, texts that are searched, and the long work of it."""

from cadre_app.core import (
    claims,
    demands,
    figures,
    registries,
    report_pages,
    texts,
)


def test_the_kinds_of_long_work() -> None:
    assert sorted(registries.job_kinds) == [
        "accounts.requests",
        "accounts.users",
        "achievements.list",
        "advancement.outcomes",
        "advancement.ranks",
        "appointment.export",
        "appraisal.annual",
        "appraisal.quarters",
        "appraisal.units",
        "assignments.competitions",
        "assignments.compliance",
        "assignments.coverage",
        "assignments.leave_days",
        "assignments.leaves",
        "assignments.postings",
        "assignments.research",
        "assignments.research_prizes",
        "assignments.research_reports",
        "assignments.terms",
        "assignments.where",
        "briefings.compose",
        "care.plans",
        "care.problems",
        "care.symposiums",
        "care.talks",
        "care.visits",
        "conduct.admonitions",
        "conduct.rewards",
        "conduct.sanctions",
        "handover.materials",
        "history.entries",
        "imports.check",
        "imports.confirm",
        "imports.errors",
        "imports.result",
        "imports.undo",
        "mentorship.mentor_reports",
        "mentorship.mentors",
        "mentorship.notes",
        "mentorship.pairings",
        "mentorship.reviews",
        "org.units",
        "people.offices",
        "people.party",
        "people.roster",
        "probation.probations",
        "reminders.dues",
        "reminders.work_calendar",
        "reports.burden",
        "reports.overview",
        "rosters.pdf",
        "rosters.workbook",
        "training.camp_members",
        "training.courses",
        "training.demand",
        "training.hours",
        "training.hours_entries",
        "training.induction",
        "training.orders",
        "training.outside",
        "training.sessions",
        "training.statistics",
        "training.visits",
    ]


def test_every_kind_of_long_work_says_how_it_is_done() -> None:
    assert [key for key, kind in registries.job_kinds.items() if (kind.run is None) == (kind.table is None)] == []


def test_the_tables_that_can_be_imported() -> None:
    assert sorted(registries.import_sheets) == [
        "annual_assessments",
        "attendance",
        "offices",
        "outcomes",
        "pairings",
        "postings",
        "quarterly_assessments",
        "rewards",
        "trainees",
        "training_history",
        "units",
    ]


def test_what_texts_claim_only_where_it_holds() -> None:
    assert sorted(claims.claims) == ["outcomes_once_each", "postings_in_order", "problems_answered"]


def test_the_figures_and_their_breakdowns() -> None:
    assert sorted(figures.figures) == [
        "achievements",
        "annual_assessed",
        "annual_basic",
        "annual_excellent",
        "annual_without_grade",
        "arrival_open",
        "avg_hours",
        "camp_grades",
        "camp_sessions",
        "evaluations",
        "guidance_notes",
        "headquarters_postings",
        "in_village",
        "introduced",
        "mentor_pairs",
        "on_demand_sessions",
        "outcomes",
        "outcomes_in_period",
        "pairing_reviews",
        "pairings_behind",
        "pairings_ending",
        "pairings_quiet",
        "pairings_running",
        "people_advanced",
        "people_arrived",
        "people_camp_1",
        "people_camp_2",
        "people_camp_3",
        "people_left",
        "people_total",
        "postings_begun",
        "postings_ending",
        "postings_here",
        "probation_ending",
        "problems",
        "problems_closed",
        "reports",
        "research_prizes",
        "rewards",
        "secondments",
        "selected",
        "study_visits",
        "symposiums",
        "talks",
        "talks_late",
        "talks_near",
        "village_ending",
        "village_interrupted",
    ]
    assert sorted(figures.breakdowns) == [
        "hours_by_month",
        "outcomes_by_kind",
        "outcomes_by_year",
        "pairings_by_health",
        "people_by_stage",
        "people_by_year",
        "postings_by_front",
        "research_by_stage",
        "sessions_by_kind",
        "talks_by_month",
    ]


def test_what_is_asked_of_whom_and_the_pages_of_reports() -> None:
    assert sorted(demands.parties) == ["mentors", "persons", "units"]
    assert sorted(demands.demands) == [
        "achievements.unit",
        "appraisal.annual",
        "appraisal.quarterly",
        "assignments.appraisals",
        "assignments.leaves",
        "assignments.reports",
        "care.symposiums",
        "care.talks",
        "evaluation.campaigns",
        "mentorship.check_ins",
        "mentorship.notes",
        "mentorship.own_reviews",
        "mentorship.reports",
        "mentorship.reviews",
        "probation.opinions",
        "probation.summaries",
        "reminders.mentors",
        "reminders.persons",
        "reminders.units",
        "training.days",
        "training.feedback",
        "training.visits",
    ]
    assert {demand.party for demand in demands.demands.values()} == set(demands.parties)
    assert sorted(report_pages.report_pages) == [
        "briefings:briefing_list",
        "reports:burden",
        "reports:overview",
        "rosters:report_list",
        "rosters:roster",
    ]


def test_the_texts_that_the_search_looks_through() -> None:
    assert sorted(texts.text_sources) == [
        "achievements.achievements",
        "assignments.appraisals",
        "assignments.meetings",
        "assignments.reports",
        "care.remarks",
        "care.symposiums",
        "mentorship.notes",
        "training.visits",
    ]
