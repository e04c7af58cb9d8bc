from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RemindersConfig(AppConfig):
    name = "cadre_app.reminders"
    verbose_name = _("Reminders")

    def ready(self) -> None:
        from cadre_app.reminders import (
            announcements,
            calendar_announcements,
            growth,
            list_pages,
            operations_announcements,
            policies,  # noqa: F401
            prefs_announcements,
        )

        announcements.announce()
        prefs_announcements.announce()
        operations_announcements.announce()
        calendar_announcements.announce()
        growth.announce()
        list_pages.announce()
