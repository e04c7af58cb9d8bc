"""The address on printed sheets."""

from django.urls import path

from cadre_app.evaluation.views import answering

urlpatterns = [path("<str:token>/", answering.evaluate, name="evaluate")]
