"""What the apps have announced: a line that appears or disappears is meant, or it is a mistake."""

from cadre_app.core import (
    appraisal_tabs,
    claims,
    demands,
    documents,
    figures,
    growth,
    guides,
    operations,
    probation,
    registries,
    report_pages,
    resumes,
    texts,
    village_terms,
)


def test_the_lines_of_the_navigation() -> None:
    assert sorted(registries.nav) == [
        "account_requests",
        "accounts",
        "achievements",
        "advancement",
        "api_tokens",
        "appointment_forms",
        "appraisal",
        "demand",
        "desk",
        "dues",
        "evaluation",
        "feedback",
        "health",
        "history",
        "hosted",
        "imports",
        "jobs",
        "materials",
        "mentor_reports",
        "mentoring",
        "my_file",
        "named_leaders",
        "notes",
        "offices",
        "org",
        "own_achievements",
        "own_appraisal",
        "own_leave",
        "own_orders",
        "own_research",
        "own_training",
        "people",
        "policy",
        "postings",
        "proposals",
        "reminder_rules",
        "reports",
        "research",
        "reviews",
        "rewards",
        "talks",
        "teaching",
        "training",
        "work_calendar",
    ]


def test_the_parts_of_the_desk() -> None:
    assert sorted(registries.desk_panels) == [
        "accounts.answers",
        "accounts.locked",
        "accounts.requests",
        "achievements.mentees",
        "achievements.own",
        "achievements.queue",
        "appraisal.queue",
        "assignments.approvals",
        "assignments.competitions",
        "assignments.hosted",
        "assignments.leaves",
        "assignments.own_leave",
        "assignments.readings",
        "assignments.reviews",
        "care.own",
        "desk.accounts",
        "desk.calendar",
        "desk.condition",
        "desk.log",
        "desk.people",
        "feedback",
        "mentorship.mentees",
        "mentorship.own_notes",
        "mentorship.pairings",
        "people.own_file",
        "people.proposals",
        "policy.holidays",
        "reminders.due",
        "reminders.work_calendar",
        "rosters.reports",
        "runtime.standstill",
        "training.own",
        "training.own_orders",
        "training.teaching",
    ]


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


def test_what_the_sweep_does() -> None:
    assert sorted(registries.sweeps) == [
        "accounts.attempts",
        "accounts.drafts",
        "appointment",
        "appraisal.years",
        "assignments.term_reviews",
        "care.plans",
        "care.triggers",
        "evaluation.box",
        "evaluation.campaigns",
        "files",
        "imports",
        "jobs",
        "lists.reports",
        "probation",
        "reminders",
        "runtime.runs",
        "runtime.sessions",
        "runtime.submissions",
        "training.visits",
    ]


def test_what_is_known_of_village_terms() -> None:
    assert sorted(village_terms.term_marks) == ["assignments.term_reviews"]
    assert sorted(village_terms.followed_terms) == ["assignments.term_reviews"]
    assert sorted(village_terms.term_followers) == ["assignments.research"]
    assert sorted(village_terms.term_end_holds) == ["assignments.postings", "assignments.term_reviews", "training"]
    assert sorted(village_terms.term_change_holds) == ["assignments.term_reviews"]


def test_what_is_known_of_probations_and_the_pages_of_assessments() -> None:
    assert sorted(probation.inductions) == ["training"]
    assert sorted(probation.followed_probations) == ["probation"]
    assert sorted(probation.kept_ends) == ["probation"]
    assert sorted(probation.first_ranks) == ["probation"]
    assert sorted(probation.graded_posts) == ["probation"]
    assert sorted(probation.posts_built_on) == ["advancement"]
    assert sorted(probation.cancellings) == ["probation"]
    assert [tab.url for tab in appraisal_tabs.tabs_in(appraisal_tabs.appraisal_pages, "")] == [
        "/probation/",
        "/appraisal/",
        "/appraisal/annual/",
        "/appraisal/quarterly/",
        "/appraisal/quarterly/list/",
    ]
    assert sorted(appraisal_tabs.own_appraisal_pages) == ["appraisal:mine", "probation:mine"]


def test_the_parts_of_the_operations_page() -> None:
    assert sorted(operations.operations_parts) == [
        "jobs.failed",
        "reminders.dead_letters",
    ]


def test_the_tables_that_can_be_imported() -> None:
    assert sorted(registries.import_sheets) == [
        "annual_assessments",
        "attendance",
        "offices",
        "outcomes",
        "pairings",
        "postings",
        "rewards",
        "trainees",
        "training_history",
        "units",
    ]


def test_the_kinds_of_uploads() -> None:
    assert sorted(registries.file_kinds) == [
        "achievements.evidence",
        "appointment.photo",
        "assignments.competition",
        "assignments.document",
        "assignments.report",
        "assignments.superior",
        "documents.template",
        "mentorship.agreement",
        "mentorship.note_photo",
        "people.photo",
        "training.course_material",
        "training.outside_proof",
        "training.session_material",
    ]


def test_the_kinds_of_official_papers() -> None:
    assert sorted(documents.document_kinds) == [
        "appointment.form",
        "assignments.term_review",
        "briefings.briefing",
        "care.minutes",
        "care.talk",
        "evaluation.result",
        "handover.sheet",
        "mentorship.agreement",
        "mentorship.letter",
        "mentorship.report",
        "people.resume",
        "probation.assessment",
        "probation.grading",
        "training.certificate",
    ]


def test_what_is_entered_from_the_growth_file() -> None:
    assert sorted(growth.entry_links) == [
        "achievements.achievement",
        "advancement.outcome",
        "appointment.form",
        "appraisal.annual",
        "assignments.appraisal",
        "assignments.leave",
        "assignments.own_leave",
        "assignments.posting",
        "care.ask",
        "care.held",
        "care.held_visit",
        "care.occasion",
        "care.talk",
        "care.visit",
        "conduct.admonition",
        "conduct.reward",
        "conduct.sanction",
        "evaluation.campaign",
        "handover.material",
        "mentorship.check_in",
        "mentorship.note",
        "mentorship.review",
        "training.outside",
        "training.own_outside",
    ]


def test_who_gives_lines_to_the_resume() -> None:
    assert sorted(resumes.resume_lines) == [
        "advancement.outcomes",
        "assignments.postings",
        "people.posts",
        "people.schools",
        "people.terms",
    ]


def test_who_names_the_guides_of_somebody() -> None:
    assert sorted(guides.guides) == ["mentorship"]


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


def test_what_a_departure_and_the_closing_of_a_unit_leave_open() -> None:
    assert sorted(registries.departure_notes) == ["assignments.postings"]
    assert sorted(registries.closing_notes) == ["assignments.postings"]


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
