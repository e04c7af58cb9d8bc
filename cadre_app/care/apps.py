from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CareConfig(AppConfig):
    name = "cadre_app.care"
    verbose_name = _("Talks and care")

    def ready(self) -> None:
        from cadre_app.care import announcements, list_pages, policies  # noqa: F401

        announcements.announce()
        list_pages.announce()
