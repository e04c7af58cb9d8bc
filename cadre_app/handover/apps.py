from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HandoverConfig(AppConfig):
    name = "cadre_app.handover"
    verbose_name = _("Materials to be filed")

    def ready(self) -> None:
        from cadre_app.handover import announcements, list_pages, policies  # noqa: F401

        announcements.announce()
        list_pages.announce()
