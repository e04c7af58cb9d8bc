from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HistoryConfig(AppConfig):
    name = "cadre_app.history"
    verbose_name = _("History")

    def ready(self) -> None:
        from cadre_app.core.registries import JobKind, NavItem, changes_since, job_kinds, marked_texts, nav, verbs
        from cadre_app.history import columns, list_pages, permissions, services, since

        verbs.register("history.text.refused", _("Text or file refused: classification marking"))
        marked_texts.register("history", services.record_marked)
        changes_since.register("history", since.values_before)

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
        job_kinds.register(
            "history.entries",
            JobKind(label=_("Activity log"), may_run=columns.may_export, table=columns.exported_entries),
        )
        list_pages.announce()
