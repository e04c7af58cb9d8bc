from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrgConfig(AppConfig):
    name = "cadre_app.org"
    verbose_name = _("Units")

    def ready(self) -> None:
        from cadre_app.core.registries import JobKind, NavItem, import_sheets, job_kinds, nav, verbs
        from cadre_app.org import exports, importing, list_pages, permissions

        nav.register(
            "org",
            NavItem(
                label=_("Units"),
                short=_("Units"),
                icon="diagram-3",
                url_name="org:unit_list",
                group="system",
                order=800,
                visible=permissions.can_see_units,
            ),
        )
        job_kinds.register(
            "org.units",
            JobKind(label=_("List of units"), may_run=exports.may_export, table=exports.unit_table),
        )
        import_sheets.register(importing.SHEET.key, importing.SHEET)
        verbs.register("org.unit.created", _("Unit added"))
        verbs.register("org.unit.changed", _("Unit changed"))
        verbs.register("org.unit.moved", _("Unit moved"))
        verbs.register("org.unit.closed", _("Unit closed"))
        verbs.register("org.unit.reopened", _("Unit opened again"))
        verbs.register("org.unit.reordered", _("Official order of a unit changed"))
        verbs.register("org.unit.voided", _("Unit voided"))
        verbs.register("org.unit.restored", _("Unit restored"))
        list_pages.announce()
