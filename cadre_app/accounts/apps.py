from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "cadre_app.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from cadre_app.accounts import announcements, list_pages

        announcements.announce()
        list_pages.announce()
