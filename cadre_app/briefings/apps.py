from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BriefingsConfig(AppConfig):
    name = "cadre_app.briefings"
    verbose_name = _("Briefing")

    def ready(self) -> None:
        from django.core import checks

        from cadre_app.briefings import announcements, list_pages, snapshots

        announcements.announce()
        list_pages.announce()
        checks.register(snapshots.check_figures)
