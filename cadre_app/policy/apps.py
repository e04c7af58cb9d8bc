from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PolicyConfig(AppConfig):
    name = "cadre_app.policy"
    verbose_name = _("Settings")

    def ready(self) -> None:
        from cadre_app.policy import values  # noqa: F401
