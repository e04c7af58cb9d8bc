"""Settings of imports."""

from django.utils.translation import gettext_lazy as _

from cadre_app.policy.registry import register
from cadre_app.policy.specs import IntPolicy

MOST_ROWS = register(
    IntPolicy(
        key="imports.most_rows",
        label=_("Rows of one import at most"),
        group="jobs",
        default=20_000,
        unit="rows",
        low=100,
        high=50_000,
        help=_("A file with more rows is refused when it is uploaded."),
    )
)
KEEP_DAYS = register(
    IntPolicy(
        key="imports.keep_days",
        label=_("Rows of imports are kept"),
        group="jobs",
        default=30,
        unit="days",
        low=1,
        high=365,
        help=_("Counted from the last step. Afterwards the rows are removed, and an import cannot be undone any more."),
    )
)
