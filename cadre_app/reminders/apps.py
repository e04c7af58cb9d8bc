from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RemindersConfig(AppConfig):
    name = "cadre_app.reminders"
    verbose_name = _("Reminders")

    def ready(self) -> None:
        from cadre_app.reminders import announcements, policies, prefs_announcements  # noqa: F401

        announcements.announce()
        prefs_announcements.announce()
