"""The settings that the product reads today; `ACCOUNTS_IDLE_MINUTES.now()` gives the typed value in force."""

from django.utils.translation import gettext_lazy as _

from cadre_app.policy.registry import register
from cadre_app.policy.specs import IntPolicy, TextPolicy

SECURITY_RULE = _("Internal security rule of the department")

ACCOUNTS_IDLE_MINUTES = register(
    IntPolicy(
        key="accounts.idle_minutes",
        label=_("Sign-out after idle time (desktop)"),
        group="accounts",
        default=15,
        unit="minutes",
        low=5,
        high=120,
        source=SECURITY_RULE,
        help=_("Time without a page opened or a form sent; pages that refresh themselves do not count."),
    )
)
ACCOUNTS_MENTOR_IDLE_HOURS = register(
    IntPolicy(
        key="accounts.mentor_idle_hours",
        label=_("Sign-out after idle time (mentors' phones)"),
        group="accounts",
        default=12,
        unit="hours",
        low=1,
        high=72,
        help=_("Counts after a full sign-in."),
    )
)
ACCOUNTS_STAFF_SESSION_HOURS = register(
    IntPolicy(
        key="accounts.staff_session_hours",
        label=_("Longest session of department staff"),
        group="accounts",
        default=8,
        unit="hours",
        low=1,
        high=24,
        help=_("After this time a new sign-in is asked for even while working; what was typed is kept."),
    )
)
ACCOUNTS_LOCK_THRESHOLD = register(
    IntPolicy(
        key="accounts.lock_threshold",
        label=_("Failed sign-ins before locking"),
        group="accounts",
        default=5,
        unit="times",
        low=3,
        high=10,
        source=SECURITY_RULE,
    )
)
ACCOUNTS_LOCK_MINUTES = register(
    IntPolicy(
        key="accounts.lock_minutes",
        label=_("Length of the lock"),
        group="accounts",
        default=20,
        unit="minutes",
        low=5,
        high=1440,
        source=SECURITY_RULE,
    )
)
ACCOUNTS_SLIP_DAYS = register(
    IntPolicy(
        key="accounts.slip_days",
        label=_("Validity of a temporary password"),
        group="accounts",
        default=7,
        unit="days",
        low=1,
        high=30,
        help=_("Counted from the day the slip was printed."),
    )
)
CORE_ORGANIZATION_NAME = register(
    TextPolicy(
        key="core.organization_name",
        label=_("Full name of the department"),
        group="office",
        default="中共望屿区委组织部",
        longest=40,
        help=_("Stands on printed documents and on the sign-in page."),
    )
)
CORE_DISTRICT_NAME = register(
    TextPolicy(key="core.district_name", label=_("Name of the district"), group="office", default="望屿区", longest=20)
)
CORE_CITY_NAME = register(
    TextPolicy(
        key="core.city_name",
        label=_("Name of the city above the district"),
        group="office",
        default="临澜市",
        optional=True,
        longest=20,
        help=_("Stands before the district in résumés."),
    )
)
CORE_CONTACT_PHONE = register(
    TextPolicy(
        key="core.contact_phone",
        label=_("Contact phone"),
        group="office",
        default="",
        optional=True,
        longest=40,
        help=_("Shown on the sign-in page to those who forgot their password."),
    )
)
JOBS_RESULT_DAYS = register(
    IntPolicy(
        key="jobs.result_days",
        label=_("Result files are kept"),
        group="jobs",
        default=7,
        unit="days",
        low=1,
        high=90,
        help=_("Afterwards the file is removed and must be made again."),
    )
)
