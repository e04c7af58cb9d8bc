from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppraisalConfig(AppConfig):
    name = "cadre_app.appraisal"
    verbose_name = _("Assessment")

    def ready(self) -> None:
        from cadre_app.appraisal import criteria, entering, list_pages, policies, roster_cells  # noqa: F401
        from cadre_app.appraisal.announcements import annual, quarterly
        from cadre_app.appraisal.rules import corrections, units

        annual.announce()
        quarterly.announce()
        corrections.announce()
        units.announce()
        entering.announce()
        criteria.announce()
        list_pages.announce()
        roster_cells.announce()
