from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppointmentConfig(AppConfig):
    name = "cadre_app.appointment"
    verbose_name = _("Appointment forms")

    def ready(self) -> None:
        from cadre_app.appointment import announcements

        announcements.announce()
