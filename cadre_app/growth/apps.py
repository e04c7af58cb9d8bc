from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GrowthConfig(AppConfig):
    name = "cadre_app.growth"
    verbose_name = _("Growth files")

    def ready(self) -> None:
        from cadre_app.core.registries import verbs
        from cadre_app.growth import api

        verbs.register("growth.file.printed", _("Growth file printed"))
        verbs.register("growth.year.printed", _("Year view of a growth file printed"))
        api.announce()
