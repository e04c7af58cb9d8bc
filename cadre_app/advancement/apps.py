from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdvancementConfig(AppConfig):
    name = "cadre_app.advancement"
    verbose_name = _("Development outcomes")

    def ready(self) -> None:
        from cadre_app.advancement import criteria_of_ranks, entering, list_pages, policies, resume_facts  # noqa: F401
        from cadre_app.advancement.announcements import criteria, outcomes, ranks

        outcomes.announce()
        ranks.announce()
        criteria.announce()
        criteria_of_ranks.announce()
        resume_facts.announce()
        entering.announce()
        list_pages.announce()
