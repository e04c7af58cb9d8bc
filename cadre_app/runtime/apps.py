from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RuntimeConfig(AppConfig):
    name = "cadre_app.runtime"
    verbose_name = _("Running the system")

    def ready(self) -> None:
        # Without the Celery application a task sent by name would go to Celery's own default broker.
        from cadre_app import celery as _celery  # noqa: F401
        from cadre_app.core.registries import DeskPanel, NavItem, desk_panels, nav, sweeps
        from cadre_app.runtime import operations, permissions, services

        sweeps.register("runtime.submissions", services.purge_submissions)
        sweeps.register("runtime.sessions", services.purge_sessions)
        sweeps.register("runtime.runs", services.purge_runs)
        desk_panels.register(
            "runtime.standstill",
            DeskPanel(
                order=0,
                visible=permissions.can_see_health,
                template="runtime/_standstill.html",
                context=operations.standstill,
                leads=True,
            ),
        )
        nav.register(
            "health",
            NavItem(
                label=_("Health"),
                short=_("Health"),
                icon="hdd-network",
                url_name="runtime:health",
                group="system",
                order=940,
                visible=permissions.can_see_health,
            ),
        )
