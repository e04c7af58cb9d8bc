from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "cadre_app.jobs"
