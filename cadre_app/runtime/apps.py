from django.apps import AppConfig


class RuntimeConfig(AppConfig):
    name = "cadre_app.runtime"
