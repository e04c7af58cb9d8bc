from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AchievementsConfig(AppConfig):
    name = "cadre_app.achievements"
    verbose_name = _("Work achievements")

    def ready(self) -> None:
        from cadre_app.achievements import (
            announcements,
            list_pages,
            policies,  # noqa: F401
        )

        announcements.announce()
        list_pages.announce()
