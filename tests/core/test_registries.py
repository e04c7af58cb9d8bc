"""What the apps have announced: a line that appears or disappears is meant, or it is a mistake."""

from cadre_app.core import documents, figures, growth, operations, registries, reminding, village_terms


def test_the_lines_of_the_navigation() -> None:
    assert sorted(registries.nav) == [
        "account_requests",
        "accounts",
        "appraisal",
        "demand",
        "desk",
        "dues",
        "feedback",
        "health",
        "history",
        "hosted",
        "imports",
        "jobs",
        "mentor_reports",
        "mentoring",
        "my_file",
        "notes",
        "offices",
        "org",
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
        "runtime.standstill",
        "training.own",
        "training.own_orders",
        "training.teaching",
    ]


def test_the_kinds_of_long_work() -> None:
    assert sorted(registries.job_kinds) == [
        "accounts.requests",
        "accounts.users",
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
        "care.plans",
        "care.problems",
        "care.talks",
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
        "people.roster",
        "reminders.dues",
        "reminders.work_calendar",
        "reports.overview",
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
        "appraisal.years",
        "assignments.term_reviews",
        "care.plans",
        "care.triggers",
        "files",
        "imports",
        "jobs",
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
        "trainees",
        "units",
    ]


def test_the_kinds_of_uploads() -> None:
    assert sorted(registries.file_kinds) == [
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
        "assignments.term_review",
        "mentorship.agreement",
        "mentorship.letter",
        "mentorship.report",
        "training.certificate",
    ]


def test_the_figures_and_their_breakdowns() -> None:
    assert sorted(figures.figures) == [
        "annual_assessed",
        "annual_basic",
        "annual_excellent",
        "annual_without_grade",
        "arrival_open",
        "avg_hours",
        "camp_grades",
        "camp_sessions",
        "headquarters_postings",
        "in_village",
        "mentor_pairs",
        "on_demand_sessions",
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
        "probation_ending",
        "research_prizes",
        "secondments",
        "study_visits",
        "village_ending",
        "village_interrupted",
    ]
    assert sorted(figures.breakdowns) == [
        "people_by_stage",
        "people_by_year",
        "sessions_by_kind",
    ]


def test_the_kinds_of_entries_of_a_growth_file() -> None:
    assert sorted(growth.growth_kinds) == [
        "appraisal",
        "mentoring",
        "party",
        "posting",
        "posts",
        "practice",
        "research",
        "talks",
        "training",
    ]


def test_what_the_growth_file_is_pulled_from() -> None:
    assert sorted(growth.growth_sources) == [
        "appraisal.annual",
        "appraisal.quarterly",
        "assignments.appraisal",
        "assignments.competition",
        "assignments.leave",
        "assignments.posting",
        "assignments.posting_end",
        "assignments.research",
        "assignments.research_award",
        "assignments.term_prolonged",
        "assignments.term_review",
        "care.talk",
        "mentorship.agreement",
        "mentorship.check_in",
        "mentorship.note",
        "mentorship.pairing.end",
        "mentorship.pairing.start",
        "mentorship.review",
        "people.arrival",
        "people.interruption",
        "people.party_activist_on",
        "people.party_applied_on",
        "people.party_candidate_on",
        "people.party_full_on",
        "people.party_joined_on",
        "people.post",
        "people.term.end",
        "people.term.start",
        "people.transfer",
        "training.camp",
        "training.camp.left",
        "training.outside",
        "training.session",
        "training.visit",
    ]


def test_every_source_of_the_growth_file_names_known_kinds() -> None:
    kinds = {kind for source in growth.growth_sources.values() for kind in source.kinds}
    assert kinds - set(growth.growth_kinds) == set()


def test_the_reminder_rules() -> None:
    assert sorted(reminding.reminder_rules) == [
        "appraisal.entry",
        "appraisal.notice",
        "appraisal.quarter",
        "appraisal.review",
        "appraisal.signature",
        "assignments.appraisal",
        "assignments.appraisal_confirm",
        "assignments.competition_close",
        "assignments.competition_published",
        "assignments.competition_scores",
        "assignments.compliance",
        "assignments.document",
        "assignments.end",
        "assignments.leave_approve",
        "assignments.leave_confirm",
        "assignments.leave_overdue",
        "assignments.leave_return",
        "assignments.mid_term",
        "assignments.overstay",
        "assignments.own_end",
        "assignments.research_barred",
        "assignments.research_check",
        "assignments.research_decide",
        "assignments.research_draft",
        "assignments.research_news",
        "assignments.research_report",
        "assignments.research_returned",
        "assignments.research_review",
        "assignments.research_step",
        "assignments.research_topic",
        "assignments.term_reports",
        "assignments.term_review",
        "assignments.term_sign_off",
        "care.own_talk",
        "care.problem_due",
        "care.return_visit",
        "care.talk_booked",
        "care.talk_closing",
        "care.talk_due",
        "care.talk_planned",
        "care.talk_trigger",
        "mentorship.agreement",
        "mentorship.carried_step",
        "mentorship.check_in",
        "mentorship.hand_over",
        "mentorship.next_step",
        "mentorship.note_of_month",
        "mentorship.own_next_step",
        "mentorship.own_review",
        "mentorship.quiet",
        "mentorship.review",
        "mentorship.review_conclusion",
        "mentorship.review_sign_off",
        "mentorship.term_end",
        "people.arrival",
        "people.party_probation",
        "people.probation",
        "people.village_term",
        "reminders.work_calendar",
        "training.attendance_missing",
        "training.demand_waits",
        "training.feedback",
        "training.hours_behind",
        "training.induction",
        "training.order_answered",
        "training.outside_returned",
        "training.outside_to_verify",
        "training.place",
        "training.result_missing",
        "training.round_closes",
        "training.session_teaching",
        "training.session_tomorrow",
        "training.session_unopened",
        "training.teaching_news",
        "training.to_finish",
        "training.visit",
        "training.visit_hours",
        "training.visit_news",
        "training.visit_record",
    ]
