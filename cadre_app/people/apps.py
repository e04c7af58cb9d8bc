from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "cadre_app.people"
    verbose_name = _("People")

    def ready(self) -> None:
        from cadre_app.people import announcements, criteria, figures, growth, policies, rules, search  # noqa: F401

        announcements.announce()
        criteria.announce()
        search.announce()
        growth.announce()
        figures.announce()
        rules.announce()
