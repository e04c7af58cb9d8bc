from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "cadre_app.feedback"
