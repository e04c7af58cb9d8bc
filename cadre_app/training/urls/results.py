"""Addresses of results; part of the room's (urls/__init__.py)."""

from django.urls import path

from cadre_app.training.views import exercises, results

urlpatterns = [
    path("sessions/<uuid:pk>/results/", results.result_list, name="result_list"),
    path("sessions/<uuid:pk>/results/passed/", results.result_pass_all, name="result_pass_all"),
    path("sessions/<uuid:pk>/certificates/", results.certificate_number_all, name="certificate_number_all"),
    path("sessions/<uuid:pk>/exercises/", exercises.exercise_list, name="exercise_list"),
    path("sessions/<uuid:pk>/exercises/new/", exercises.exercise_new, name="exercise_new"),
    path("exercises/<uuid:pk>/edit/", exercises.exercise_edit, name="exercise_edit"),
    path("exercises/<uuid:pk>/void/", exercises.exercise_void, name="exercise_void"),
    path("exercises/<uuid:pk>/restore/", exercises.exercise_restore, name="exercise_restore"),
]
