from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "cadre_app.history"
