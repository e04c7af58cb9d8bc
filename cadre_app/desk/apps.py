from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "cadre_app.desk"
    verbose_name = _("Desk")

    def ready(self) -> None:
        from cadre_app.accounts import permissions as accounts
        from cadre_app.core.registries import DeskPanel, NavItem, desk_panels, nav
        from cadre_app.desk import panels, permissions
        from cadre_app.history import permissions as history
        from cadre_app.policy import permissions as policy

        nav.register(
            "desk",
            NavItem(
                label=_("Desk"),
                short=_("Desk"),
                icon="list-check",
                url_name="desk:home",
                group="desk",
                order=0,
                visible=lambda user: True,
            ),
        )
        template = "desk/_panel.html"
        side = (
            ("accounts", 10, accounts.can_manage_accounts, panels.accounts),
            ("log", 10, history.can_read_log, panels.log),
            ("condition", 10, policy.can_manage_settings, panels.condition),
            ("people", 20, permissions.has_scope, panels.people),
            ("calendar", 30, permissions.plans_by_workdays, panels.calendar),
        )
        for key, order, visible, context in side:
            desk_panels.register(f"desk.{key}", DeskPanel(order, visible, template=template, context=context))
