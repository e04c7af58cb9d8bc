"""Feedback on sessions."""

from django.urls import path

from cadre_app.training.views import feedback

urlpatterns = [
    path("feedback/<uuid:pk>/", feedback.feedback_form, name="feedback_form"),
    path("sessions/<uuid:pk>/feedback/", feedback.feedback_results, name="feedback_results"),
]
