from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdvancementConfig(AppConfig):
    name = "cadre_app.advancement"
    verbose_name = _("Development outcomes")
