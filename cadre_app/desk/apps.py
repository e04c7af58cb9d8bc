from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "cadre_app.desk"
