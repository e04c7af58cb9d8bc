from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "cadre_app.org"
