"""Every setting of the house by key; other apps announce theirs in `AppConfig.ready()`."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.utils.translation import gettext_lazy as _

from cadre_app.core.registry import Registry
from cadre_app.policy.specs import Policy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

P = TypeVar("P", bound="Policy[Any]")

GROUPS: "dict[str, _StrPromise]" = {
    "office": _("Names and contact"),
    "people": _("People and files"),
    "training": _("Training"),
    "postings": _("Postings and field research"),
    "mentorship": _("Mentoring"),
    "care": _("Talks and care"),
    "handover": _("Materials to be filed"),
    "probation": _("Probation and grading"),
    "appraisal": _("Appraisal"),
    "advancement": _("Development outcomes"),
    "evaluation": _("Community evaluation"),
    "conduct": _("Rewards and discipline"),
    "stages": _("Stages"),
    "reminders": _("Reminders"),
    "reports": _("Reports"),
    "accounts": _("Sign-in and accounts"),
    "files": _("Uploaded files"),
    "jobs": _("Long work"),
}

policies: "Registry[Policy[Any]]" = Registry("policy settings")


def register(policy: P) -> P:
    """Announce a setting and return it, so that it can be kept as a constant."""
    policies.register(policy.key, policy)
    return policy
