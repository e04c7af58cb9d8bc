"""Settings of mentoring (PRODUCT.md, "Check-in"; values marked ° there)."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.demands import RELIEF_RULE
from cadre_app.policy.registry import register
from cadre_app.policy.specs import BoolPolicy, IntPolicy, TextPolicy

PAIRING_RULE = _("Measures for the pairing of mentors and young cadres")

PAIRING_MONTHS = register(
    IntPolicy(
        key="mentorship.pairing_months",
        label=_("Length of a pairing"),
        group="mentorship",
        default=24,
        unit="months",
        low=3,
        high=60,
        source=PAIRING_RULE,
        help=_("Counted from the first day; a single pairing can differ."),
    )
)
NEWCOMER_MONTHS = register(
    IntPolicy(
        key="mentorship.newcomer_months",
        label=_("Suggest mentors for those who arrived within"),
        group="mentorship",
        default=24,
        unit="months",
        low=1,
        high=120,
        source=PAIRING_RULE,
        help=_("Who arrived earlier is shown among the suggestions when everybody is asked for."),
    )
)
AGREEMENT_DAYS = register(
    IntPolicy(
        key="mentorship.agreement_days",
        label=_("Pairing agreement signed within"),
        group="mentorship",
        default=14,
        unit="days",
        low=1,
        high=180,
        source=PAIRING_RULE,
        help=_("Counted from the first day of the pairing; staff attach the signed copy."),
    )
)
CHECK_IN_DAYS = register(
    IntPolicy(
        key="mentorship.check_in_days",
        label=_("A check-in at least every"),
        group="mentorship",
        default=30,
        unit="days",
        low=7,
        high=180,
        source=PAIRING_RULE,
        help=_("Proposed for a new pairing; a single pairing can differ."),
    )
)
NOTE_DAYS = register(
    IntPolicy(
        key="mentorship.note_days",
        label=_("A guidance note at least every"),
        group="mentorship",
        default=31,
        unit="days",
        low=7,
        high=180,
        source=PAIRING_RULE,
        help=_("Without one for longer a pairing counts as quiet, for twice as long as behind."),
    )
)
NOTE_EDIT_DAYS = register(
    IntPolicy(
        key="mentorship.note_edit_days",
        label=_("A guidance note can be changed for"),
        group="mentorship",
        default=7,
        unit="days",
        low=1,
        high=30,
        help=_(
            "Counted from the day on which it was sent; afterwards a later entry corrects it, and both stay readable."
        ),
    )
)
REMIND_POLITICAL = register(
    BoolPolicy(
        key="mentorship.remind_political",
        label=_("Remind political mentors of the monthly note"),
        group="mentorship",
        default=False,
        help=_("Community mentors are always reminded."),
    )
)
ENDING_DAYS = register(
    IntPolicy(
        key="mentorship.ending_days",
        label=_("A pairing ends soon within"),
        group="mentorship",
        default=60,
        unit="days",
        low=7,
        high=180,
        source=PAIRING_RULE,
    )
)
REVIEW_MONTHS = register(
    IntPolicy(
        key="mentorship.review_months",
        label=_("A pairing review every"),
        group="mentorship",
        default=6,
        unit="months",
        low=1,
        high=24,
        source=PAIRING_RULE,
        help=_("Counted from the first day of the pairing; the last review is due with its planned last day."),
    )
)
QUIET_DAYS = register(
    IntPolicy(
        key="mentorship.quiet_days",
        label=_("Ask kindly after a pairing without any record for"),
        group="mentorship",
        default=30,
        unit="days",
        low=7,
        high=180,
        source=PAIRING_RULE,
        help=_("Neither a guidance note nor a check-in; the reminder itself is switched among the reminder rules."),
    )
)
MAX_LOAD = register(
    IntPolicy(
        key="mentorship.max_load",
        label=_("Mentees of one mentor at most"),
        group="mentorship",
        default=6,
        unit="people",
        low=1,
        high=50,
        source=PAIRING_RULE,
        help=_("Running pairings of one person; whoever has that many is neither suggested nor chosen."),
    )
)
AGREEMENT_PREFIX = register(
    TextPolicy(
        key="mentorship.agreement_prefix",
        label=_("Number of pairing agreements begins with"),
        group="mentorship",
        default="望青结",
        longest=20,
        help=_("Stands before the year, as in 望青结〔2026〕3号. Numbers given already keep theirs."),
    )
)
LETTER_PREFIX = register(
    TextPolicy(
        key="mentorship.letter_prefix",
        label=_("Number of letters of appointment begins with"),
        group="mentorship",
        default="望青聘",
        longest=20,
        help=_("Stands before the year, as in 望青聘〔2026〕3号. Numbers given already keep theirs."),
    )
)
BURDEN_CAP = register(
    IntPolicy(
        key="mentorship.burden_cap",
        label=_("What a mentor may be asked for in a month"),
        group="reports",
        default=6,
        unit="times",
        low=1,
        high=200,
        source=RELIEF_RULE,
        help=_("Check-ins, notes, reviews, reports and reminders; more than that is marked on the burden page."),
    )
)
