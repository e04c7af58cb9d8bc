from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "cadre_app.policy"
