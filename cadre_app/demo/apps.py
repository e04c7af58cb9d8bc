from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "cadre_app.demo"
