from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "cadre_app.training"
    verbose_name = _("Training")

    def ready(self) -> None:
        from cadre_app.training import (
            criteria,
            entering,
            list_pages,
            policies,  # noqa: F401
            relations,
            report_facts,
            term_ends,
        )
        from cadre_app.training.announcements import (
            attendance,
            camps,
            courses,
            feedback,
            hours,
            orders,
            results,
            sessions,
            visits,
        )
        from cadre_app.training.growth import kind

        kind.announce()
        relations.announce()
        term_ends.announce()
        criteria.announce()
        entering.announce()
        report_facts.announce()
        for noun in (sessions, attendance, results, feedback, camps, courses, orders, hours, visits):
            noun.announce()
        list_pages.announce()
