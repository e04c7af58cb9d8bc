from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "cadre_app.api"
    verbose_name = _("Read interface")

    def ready(self) -> None:
        from cadre_app.api import announcements, policies, rules  # noqa: F401

        announcements.announce()
        rules.announce()
