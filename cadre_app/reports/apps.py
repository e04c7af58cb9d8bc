from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportsConfig(AppConfig):
    name = "cadre_app.reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from cadre_app.core.registries import JobKind, NavItem, job_kinds, nav, sweeps
        from cadre_app.core.report_pages import ReportPage, report_pages
        from cadre_app.reports import api, burden_list, exports, kept, parties, permissions

        api.announce()
        parties.announce()
        sweeps.register("reports.kept", kept.recount_kept)
        pages = (
            ReportPage(_("Overview"), "reports:overview", 10, permissions.can_see_overview),
            ReportPage(_("Burden page"), "reports:burden", 90, permissions.can_see_burden),
        )
        for page in pages:
            report_pages.register(page.url_name, page)
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
                beside=report_pages.keys,
            ),
        )
        job_kinds.register(
            exports.EXPORT,
            JobKind(label=_("Overview"), may_run=permissions.can_see_overview, run=exports.write_overview),
        )
        job_kinds.register(
            burden_list.EXPORT,
            JobKind(label=_("Burden page"), may_run=permissions.can_see_burden, table=burden_list.exported_burden),
        )
