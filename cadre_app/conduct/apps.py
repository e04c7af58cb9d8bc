from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConductConfig(AppConfig):
    name = "cadre_app.conduct"
    verbose_name = _("Rewards and discipline")

    def ready(self) -> None:
        from cadre_app.conduct import announcements, criteria, list_pages, policies  # noqa: F401

        announcements.announce()
        criteria.announce()
        list_pages.announce()
