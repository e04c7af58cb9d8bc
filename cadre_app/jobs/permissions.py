"""Who may have a job done; whose a job is, `Job.objects.visible_to` says."""

from typing import TYPE_CHECKING

from cadre_app.core.registries import job_kinds

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def can_run(user: "User", kind: str) -> bool:
    """Active accounts that the job's kind admits; asked at the start, by the worker, and at delivery."""
    definition = job_kinds.get(kind)
    return definition is not None and user.is_active and definition.may_run(user)
