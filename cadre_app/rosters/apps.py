from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RostersConfig(AppConfig):
    name = "cadre_app.rosters"
    verbose_name = _("Rosters and reports to the superior")

    def ready(self) -> None:
        from cadre_app.rosters import announcements

        announcements.announce()
