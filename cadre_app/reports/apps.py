from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportsConfig(AppConfig):
    name = "cadre_app.reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from cadre_app.core.registries import JobKind, NavItem, job_kinds, nav
        from cadre_app.reports import api, exports, permissions

        api.announce()

        nav.register(
            "reports",
            NavItem(
                label=_("Reports"),
                short=pgettext_lazy("short navigation", "Reports"),
                icon="bar-chart",
                url_name="reports:overview",
                group="summary",
                order=700,
                visible=permissions.can_see_overview,
            ),
        )
        job_kinds.register(
            exports.EXPORT,
            JobKind(label=_("Overview"), may_run=permissions.can_see_overview, run=exports.write_overview),
        )
