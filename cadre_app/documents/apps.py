from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "cadre_app.documents"
    verbose_name = _("Official papers")

    def ready(self) -> None:
        from cadre_app.core.registries import FileKind, file_kinds, verbs
        from cadre_app.documents import permissions
        from cadre_app.documents.services.templates import TEMPLATE
        from cadre_app.files.models import DOCUMENT

        file_kinds.register(TEMPLATE, FileKind(_("Word template"), (DOCUMENT,), permissions.may_read_template))
        verbs.register("documents.paper.opened", _("Official paper opened for printing"))
        verbs.register("documents.paper.word", _("Official paper made as Word"))
        verbs.register("documents.paper.pdf", _("Official paper made as PDF"))
        verbs.register("documents.number.given", _("Number given to an official paper"))
        verbs.register("documents.template.downloaded", _("Word template downloaded"))
        verbs.register("documents.template.replaced", _("Word template replaced"))
        verbs.register("documents.documenttemplate.voided", _("Own Word template taken out of use"))
