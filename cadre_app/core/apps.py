from django.apps import AppConfig
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "cadre_app.core"
    verbose_name = _("Core")

    def ready(self) -> None:
        """Every text box of Django's refuses NUL: also search boxes, whose forms are none of ours, say it in our words."""
        ProhibitNullCharactersValidator.message = _(
            "This text contains an invisible control character. Please type it again."
        )
