from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ListsConfig(AppConfig):
    name = "cadre_app.lists"
    verbose_name = _("Saved filters and subscriptions")

    def ready(self) -> None:
        from cadre_app.lists import announcements, rules

        announcements.announce()
        rules.announce()
