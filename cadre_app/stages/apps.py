from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StagesConfig(AppConfig):
    name = "cadre_app.stages"
    verbose_name = _("Stages")

    def ready(self) -> None:
        from cadre_app.stages import policies  # noqa: F401
