from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "cadre_app.people"
    verbose_name = _("People")

    def ready(self) -> None:
        from cadre_app.people import (  # noqa: F401
            announcements,
            api,
            criteria,
            demands,
            figures,
            growth,
            list_pages,
            papers,
            policies,
            resume_facts,
            rules,
            search,
        )

        announcements.announce()
        criteria.announce()
        search.announce()
        growth.announce()
        demands.announce()
        figures.announce()
        rules.announce()
        resume_facts.announce()
        papers.announce()
        api.announce()
        list_pages.announce()
