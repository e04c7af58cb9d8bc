"""Settings of postings, leave, the village term's end and field research (PRODUCT.md, "Dispatch kinds", "Village term")."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from cadre_app.policy.registry import register
from cadre_app.policy.specs import DatePolicy, IntPolicy, TextPolicy

POSTING_RULE = _("Measures for temporary posts of cadres")
SHADOW_RULE = _("Superior department's notice on shadow training")
BURDEN_RULE = _("Rules against formalism that relieve the grassroots, 2024")
TERM_RULE = _("Measures for graduates serving in villages")
LEAVE_RULE = _("District rules on leave from the village")
RESEARCH_RULE = _("Annual research plan of the department")
COMPETITION_RULE = _("Annual plan for comparing results by front and team")
GROUP = "postings"

SHADOW_MONTHS = register(
    IntPolicy(
        key="postings.shadow_months",
        label=_("Shadow training lasts at most"),
        group=GROUP,
        default=6,
        unit="months",
        low=1,
        high=24,
        source=SHADOW_RULE,
    )
)
SHADOW_EXTENSIONS = register(
    IntPolicy(
        key="postings.shadow_extensions",
        label=_("Extensions of shadow training"),
        group=GROUP,
        default=1,
        unit="times",
        low=0,
        high=5,
        source=SHADOW_RULE,
    )
)
SHADOW_COOLING_MONTHS = register(
    IntPolicy(
        key="postings.shadow_cooling_months",
        label=_("Time between two spells of shadow training"),
        group=GROUP,
        default=24,
        unit="months",
        low=0,
        high=120,
        source=SHADOW_RULE,
        help=_("Counted from the last day of the one before."),
    )
)
RESUME_MONTHS = register(
    IntPolicy(
        key="postings.resume_months",
        label=_("A posting stands in the résumé if it lasts at least"),
        group=GROUP,
        default=6,
        unit="months",
        low=0,
        high=24,
        help=_("Counted by months; shorter ones are usually not written."),
    )
)
TEMPORARY_LEAST_MONTHS = register(
    IntPolicy(
        key="postings.temporary_least_months",
        label=_("A temporary post lasts at least"),
        group=GROUP,
        default=12,
        unit="months",
        low=1,
        high=60,
        source=POSTING_RULE,
    )
)
TEMPORARY_MOST_MONTHS = register(
    IntPolicy(
        key="postings.temporary_most_months",
        label=_("A temporary post lasts at most"),
        group=GROUP,
        default=24,
        unit="months",
        low=1,
        high=60,
        source=POSTING_RULE,
    )
)
LOAN_MONTHS = register(
    IntPolicy(
        key="postings.loan_months",
        label=_("Borrowing lasts at most"),
        group=GROUP,
        default=12,
        unit="months",
        low=1,
        high=36,
        source=BURDEN_RULE,
    )
)
VILLAGE_MONTHS = register(
    IntPolicy(
        key="postings.village_months",
        label=_("Time in the village before a full-time posting"),
        group=GROUP,
        default=24,
        unit="months",
        low=0,
        high=60,
        source=TERM_RULE,
        help=_(
            "A note stands on the posting if less has passed; during the village term it needs the superior department's document."
        ),
    )
)
MID_TERM_FROM_MONTHS = register(
    IntPolicy(
        key="postings.mid_term_from_months",
        label=_("Mid-term review for postings of at least"),
        group=GROUP,
        default=3,
        unit="months",
        low=1,
        high=24,
        source=POSTING_RULE,
        help=_("It is due half-way."),
    )
)
COMPLIANCE_WEEKDAY = register(
    IntPolicy(
        key="postings.compliance_weekday",
        label=_("Compliance notes are sent on weekday"),
        group=GROUP,
        default=1,
        low=1,
        high=7,
        source=BURDEN_RULE,
        help=_("1 is Monday, 7 is Sunday."),
    )
)
DOCUMENT_DAYS = register(
    IntPolicy(
        key="postings.document_days",
        label=_("Document number entered within"),
        group=GROUP,
        default=10,
        unit="days",
        low=1,
        high=60,
        source=BURDEN_RULE,
        help=_("Counted from the first day of the posting."),
    )
)
APPRAISAL_DAYS = register(
    IntPolicy(
        key="postings.appraisal_days",
        label=_("Appraisal after the return within"),
        group=GROUP,
        default=15,
        unit="days",
        low=1,
        high=90,
        source=POSTING_RULE,
    )
)
DUE_SOON_DAYS = register(
    IntPolicy(
        key="postings.due_soon_days",
        label=_("A posting ends soon"),
        group=GROUP,
        default=60,
        unit="days",
        low=7,
        high=180,
    )
)
LEAVE_BY_UNIT_DAYS = register(
    IntPolicy(
        key="postings.leave_by_unit_days",
        label=_("Leave that the unit alone approves, up to"),
        group=GROUP,
        default=3,
        unit="days",
        low=0,
        high=30,
        source=LEAVE_RULE,
        help=_(
            "Longer leave goes on to the department. Leaves of one kind with no working day between them count as one."
        ),
    )
)
LEAVE_COUNTED_FROM_DAYS = register(
    IntPolicy(
        key="postings.leave_counted_from_days",
        label=_("Leave is added to the village term from"),
        group=GROUP,
        default=30,
        unit="days",
        low=1,
        high=365,
        source=LEAVE_RULE,
        help=_(
            "Of the kinds named below, in one stretch, first and last day included; "
            "leaves of one kind with no working day between them are one stretch."
        ),
    )
)
NOTICE_DAYS = register(
    IntPolicy(
        key="postings.notice_days",
        label=_("Public notice at the end of the village term"),
        group=GROUP,
        default=5,
        unit="days",
        low=3,
        high=20,
        source=TERM_RULE,
        help=_("Working days at least."),
    )
)
TERM_REVIEW_DAYS = register(
    IntPolicy(
        key="postings.term_review_days",
        label=_("Review of the village term opens before its end"),
        group=GROUP,
        default=90,
        unit="days",
        low=10,
        high=180,
        source=TERM_RULE,
    )
)
REVIEWERS = register(
    IntPolicy(
        key="postings.reviewers",
        label=_("Reviewers of a research report at least"),
        group=GROUP,
        default=2,
        unit="people",
        low=2,
        high=9,
        source=RESEARCH_RULE,
    )
)
REVIEW_DAYS = register(
    IntPolicy(
        key="postings.review_days",
        label=_("A reviewer has"),
        group=GROUP,
        default=14,
        unit="days",
        low=1,
        high=60,
        source=RESEARCH_RULE,
    )
)
COMPETITION_REVIEWERS = register(
    IntPolicy(
        key="postings.competition_reviewers",
        label=_("Reviewers of a comparison of results at least"),
        group=GROUP,
        default=3,
        unit="people",
        low=2,
        high=9,
        source=COMPETITION_RULE,
    )
)
LEAVE_KINDS_COUNTED = register(
    TextPolicy(
        key="postings.leave_kinds_counted",
        label=_("Kinds of leave that are added to the village term"),
        group=GROUP,
        default="sick,personal,maternity",
        source=LEAVE_RULE,
        help=_("Codes with commas: annual, sick, personal, marriage, maternity, bereavement, away."),
    )
)
FIGURES_SINCE = register(
    DatePolicy(
        key="postings.figures_since",
        label=_("Figures of postings and prizes count from"),
        group=GROUP,
        default=date(2023, 1, 1),
        source=RESEARCH_RULE,
        help=_("The first day that counts in the overview and in the briefing."),
    )
)
