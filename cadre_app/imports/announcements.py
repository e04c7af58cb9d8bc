"""What imports announce: the line of the navigation, long work, words of the history, housekeeping, settings."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.registries import JobKind, NavItem, job_kinds, nav, sweeps, verbs
from cadre_app.imports import permissions, tasks
from cadre_app.imports.services import sweep_imports

VERBS = {
    "imports.batch.uploaded": _("File uploaded for import"),
    "imports.batch.refused": _("Upload refused: classification marking"),
    "imports.columnmapping.kept": _("Columns of an own sheet kept"),
    "imports.columnmapping.renamed": _("Kept columns renamed"),
    "imports.columnmapping.voided": _("Kept columns removed"),
    "imports.batch.confirmed": _("Import done"),
    "imports.batch.undone": _("Import undone"),
    "imports.batch.withdrawn": _("Import withdrawn"),
    "imports.batch.emptied": _("Rows of an import removed"),
}
KINDS = {
    "imports.check": (_("Checking an import"), tasks.run_check),
    "imports.confirm": (_("Importing"), tasks.run_confirm),
    "imports.undo": (_("Undoing an import"), tasks.run_undo),
    "imports.result": (_("Result of an import"), tasks.run_result),
    "imports.errors": (_("Rows with errors"), tasks.run_errors),
}
# They hold the rows of any table, also of one that does not open on phones.
WORKBOOKS = ("imports.result", "imports.errors")


def announce() -> None:
    """Called once, when the app is ready."""
    nav.register(
        "imports",
        NavItem(
            label=pgettext_lazy("navigation", "Import"),
            short=pgettext_lazy("short navigation", "Import"),
            icon="upload",
            url_name="imports:batch_list",
            group="system",
            order=820,
            visible=permissions.can_import,
        ),
    )
    for key, (label, run) in KINDS.items():
        kind = JobKind(label, permissions.can_import, run, done_url=tasks.page_of, desk_alone=key in WORKBOOKS)
        job_kinds.register(key, kind)
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    sweeps.register("imports", sweep_imports)
