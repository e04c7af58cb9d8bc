from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProbationConfig(AppConfig):
    name = "cadre_app.probation"
    verbose_name = _("Probation and grading")

    def ready(self) -> None:
        from cadre_app.probation import announcements, list_pages

        announcements.announce()
        list_pages.announce()
