from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "cadre_app.files"
    verbose_name = _("Files")

    def ready(self) -> None:
        from cadre_app.core.registries import sweeps, verbs
        from cadre_app.files import policies, sweeping  # noqa: F401

        sweeps.register("files", sweeping.sweep_files)
        verbs.register("files.storedfile.added", _("File uploaded"))
        verbs.register("files.storedfile.voided", _("File removed"))
        verbs.register("files.storedfile.restored", _("File restored"))
        verbs.register("files.storedfile.emptied", _("Content of a removed file deleted"))
        verbs.register("files.storedfile.downloaded", _("File downloaded"))
        verbs.register("files.storedfile.opened", _("Document opened in the page"))
