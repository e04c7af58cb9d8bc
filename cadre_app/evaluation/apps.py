from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    name = "cadre_app.evaluation"
    verbose_name = _("Community evaluation")

    def ready(self) -> None:
        from cadre_app.evaluation import announcements, criteria, list_pages, policies  # noqa: F401

        announcements.announce()
        criteria.announce()
        list_pages.announce()
