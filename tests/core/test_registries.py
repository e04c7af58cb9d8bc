"""What the apps have announced: a line that appears or disappears is meant, or it is a mistake."""

from cadre_app.core import (
    appraisal_tabs,
    documents,
    growth,
    guides,
    operations,
    probation,
    registries,
    resumes,
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
        "reports.kept",
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


def test_what_a_departure_and_the_closing_of_a_unit_leave_open() -> None:
    assert sorted(registries.departure_notes) == ["assignments.postings"]
    assert sorted(registries.closing_notes) == ["assignments.postings"]
