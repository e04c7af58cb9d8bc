"""Settings of uploads."""

from django.utils.translation import gettext_lazy as _

from cadre_app.policy.registry import register
from cadre_app.policy.specs import IntPolicy
from cadre_app.policy.values import SECURITY_RULE

MOST_MEGABYTES = register(
    IntPolicy(
        key="files.most_megabytes",
        label=_("Largest file that can be uploaded"),
        group="files",
        default=20,
        unit="megabytes",
        low=1,
        high=50,
        source=SECURITY_RULE,
        help=_("Counted for each file. Tables for the import are limited to 20 MB whatever stands here."),
    )
)
KEEP_REMOVED_DAYS = register(
    IntPolicy(
        key="files.keep_removed_days",
        label=_("Removed files are kept"),
        group="files",
        default=30,
        unit="days",
        low=1,
        high=365,
        help=_("Until then a removed file can be restored; afterwards its content is deleted for good."),
    )
)
