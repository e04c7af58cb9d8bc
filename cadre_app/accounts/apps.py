from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "cadre_app.accounts"
