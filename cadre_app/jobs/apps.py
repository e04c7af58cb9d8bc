from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class JobsConfig(AppConfig):
    name = "cadre_app.jobs"
    verbose_name = _("Tasks")

    def ready(self) -> None:
        from cadre_app.core.operations import operations_parts
        from cadre_app.core.registries import NavItem, job_kinds, nav, sweeps, verbs
        from cadre_app.jobs import operations, permissions, services

        def has_any(user: "User") -> bool:
            kinds = job_kinds.keys()
            return any(permissions.can_run(user, kind) for kind in kinds)

        nav.register(
            "jobs",
            NavItem(
                label=_("My tasks"),
                short=_("Tasks"),
                icon="hourglass-split",
                url_name="jobs:job_list",
                group="system",
                order=920,
                visible=has_any,
            ),
        )
        operations_parts.register("jobs.failed", operations.FAILED)
        sweeps.register("jobs", services.sweep_jobs)
        verbs.register("jobs.job.started", _("Task started"))
        verbs.register("jobs.job.cancelled", _("Task cancelled"))
        verbs.register("jobs.job.retried", _("Task started again"))
        verbs.register("jobs.job.downloaded", _("Result downloaded"))
