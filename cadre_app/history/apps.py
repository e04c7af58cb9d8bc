from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HistoryConfig(AppConfig):
    name = "cadre_app.history"
    verbose_name = _("History")

    def ready(self) -> None:
        from cadre_app.core.registries import NavItem, nav
        from cadre_app.history import permissions

        nav.register(
            "history",
            NavItem(
                label=_("Activity log"),
                short=_("Log"),
                icon="clock-history",
                url_name="history:entry_list",
                group="system",
                order=950,
                visible=permissions.can_read_log,
            ),
        )
