from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppraisalConfig(AppConfig):
    name = "cadre_app.appraisal"
    verbose_name = _("Assessment")
