from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "cadre_app.imports"
    verbose_name = _("Import")

    def ready(self) -> None:
        from cadre_app.imports import announcements

        announcements.announce()
