"""Settings of training (PRODUCT.md, "Training hours" and rows 2 to 4; values marked ° there)."""

from django.utils.translation import gettext_lazy as _

from cadre_app.policy.registry import register
from cadre_app.policy.specs import BoolPolicy, IntPolicy, TextPolicy

TRAINING_RULE = _("Regulations on the training of civil servants")
CAMP_RULE = _("Annual training plan of the department")
GROUP = "training"

HOURS_PER_YEAR = register(
    IntPolicy(
        key="training.hours_per_year",
        label=_("Training hours a year"),
        group=GROUP,
        default=90,
        unit="hours",
        low=1,
        high=500,
        source=TRAINING_RULE,
        help=_(
            "Township-level posts and ranks up to chief section member of the first class. "
            "The rule says 12 days or 90 hours: hours are counted."
        ),
    )
)
COUNTY_HOURS = register(
    IntPolicy(
        key="training.county_hours",
        label=_("Training hours in five years, county level"),
        group=GROUP,
        default=550,
        unit="hours",
        low=1,
        high=2000,
        source=TRAINING_RULE,
        help=_(
            "County-level posts and ranks of counsel. Counted over this year and the four before; a fifth a year is the "
            "pace. The rule says three months or 550 hours: hours are counted."
        ),
    )
)
ONLINE_COUNTS = register(
    BoolPolicy(
        key="training.online_counts",
        label=_("Online hours count towards the requirement"),
        group=GROUP,
        default=False,
        help=_(
            "Off: only classroom hours count, and online hours are shown apart. On: online hours count too, up to their limit."
        ),
    )
)
ONLINE_CAP = register(
    IntPolicy(
        key="training.online_cap",
        label=_("Online hours counted a year at most"),
        group=GROUP,
        default=40,
        unit="hours",
        low=0,
        high=500,
        help=_("Online hours are shown apart; above this they are not recognised."),
    )
)
MISSED_PART = register(
    IntPolicy(
        key="training.missed_part",
        label=_("Withdrawn when more is missed than one part in"),
        group=GROUP,
        default=7,
        low=2,
        high=20,
        source=TRAINING_RULE,
        help=_("7 means more than a seventh of the hours of the course."),
    )
)
PASS_MARKS = register(
    IntPolicy(
        key="training.pass_marks",
        label=_("Marks needed to pass"),
        group=GROUP,
        default=60,
        low=1,
        high=100,
        source=CAMP_RULE,
    )
)
GROUP_SIZE = register(
    IntPolicy(
        key="training.group_size",
        label=_("A session is opened from orders of at least"),
        group=GROUP,
        default=12,
        unit="people",
        low=1,
        high=200,
        source=CAMP_RULE,
        help=_("Smaller groups can be opened too; the demand board says how many are missing."),
    )
)
WAIT_DAYS = register(
    IntPolicy(
        key="training.wait_days",
        label=_("An order waits long after"),
        group=GROUP,
        default=30,
        unit="days",
        low=1,
        high=365,
        help=_("The demand board marks groups whose first order is older."),
    )
)
ORDERS_PER_ROUND = register(
    IntPolicy(
        key="training.orders_per_round",
        label=_("Courses ordered by one person in a round"),
        group=GROUP,
        default=3,
        low=1,
        high=20,
        source=CAMP_RULE,
        help=_("Proposed for a new round; a single round can differ."),
    )
)
RESULT_DAYS = register(
    IntPolicy(
        key="training.result_days",
        label=_("Results recorded within"),
        group=GROUP,
        default=7,
        unit="days",
        low=1,
        high=90,
        help=_("Counted from the last day of the session."),
    )
)
FEEDBACK_DAYS = register(
    IntPolicy(
        key="training.feedback_days",
        label=_("Feedback on a session open for"),
        group=GROUP,
        default=14,
        unit="days",
        low=1,
        high=60,
        help=_("Counted from the last day of the session."),
    )
)
FEEDBACK_THRESHOLD = register(
    IntPolicy(
        key="training.feedback_threshold",
        label=_("Feedback is shown from"),
        group=GROUP,
        default=5,
        low=5,
        high=50,
        help=_("Sheets; below that nobody sees anything, so that nobody can be recognised."),
    )
)
CODE_ON = register(
    BoolPolicy(
        key="training.code_on",
        label=_("Attendance by code on the screen allowed"),
        group=GROUP,
        default=False,
        source=_("Provisions on relieving the grassroots of formalism"),
        help=_(
            "Off: attendance is taken by list. On: a session can switch it on for itself; no location is asked for."
        ),
    )
)
CODE_SECONDS = register(
    IntPolicy(
        key="training.code_seconds",
        label=_("Code on the screen changes every"),
        group=GROUP,
        default=20,
        unit="seconds",
        low=10,
        high=120,
        help=_("A code that was passed on as a picture is worth nothing after that."),
    )
)
INDUCTION_MONTHS = register(
    IntPolicy(
        key="training.induction_months",
        label=_("Ask for missing induction training after"),
        group=GROUP,
        default=8,
        unit="months",
        low=1,
        high=24,
        source=TRAINING_RULE,
        help=_("Counted from reporting for duty; induction training is needed before the first grading."),
    )
)
CERTIFICATE_PREFIX = register(
    TextPolicy(
        key="training.certificate_prefix",
        label=_("Number of certificates begins with"),
        group=GROUP,
        default="望青训",
        longest=20,
        help=_("Stands before the year, as in 望青训〔2026〕3号. Numbers given already keep theirs."),
    )
)
