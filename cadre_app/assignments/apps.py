from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssignmentsConfig(AppConfig):
    name = "cadre_app.assignments"
    verbose_name = _("Postings and field research")

    def ready(self) -> None:
        from cadre_app.assignments import (
            criteria,
            entering,
            left_open,
            list_pages,
            policies,  # noqa: F401
            relations,
            resume_facts,
        )
        from cadre_app.assignments.announcements import (
            approvals,
            board,
            competitions,
            fronts,
            hosts,
            leaves,
            postings,
            reports,
            research,
            term_reviews,
        )
        from cadre_app.assignments.growth import kind

        kind.announce()
        relations.announce()
        left_open.announce()
        resume_facts.announce()
        criteria.announce()
        entering.announce()
        for noun in (approvals, board, competitions, fronts, hosts, leaves, postings, reports, research, term_reviews):
            noun.announce()
        list_pages.announce()
