from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RuntimeConfig(AppConfig):
    name = "cadre_app.runtime"
    verbose_name = _("Running the system")

    def ready(self) -> None:
        # Without the Celery application a task sent by name would go to Celery's own default broker.
        from cadre_app import celery as _celery  # noqa: F401
        from cadre_app.core.registries import NavItem, nav, sweeps
        from cadre_app.runtime import permissions, services

        sweeps.register("runtime.submissions", services.purge_submissions)
        sweeps.register("runtime.sessions", services.purge_sessions)
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
