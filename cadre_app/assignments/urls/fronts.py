"""Addresses of fronts; part of the room's (urls/__init__.py)."""

from django.urls import path

from cadre_app.assignments.views import fronts as views

urlpatterns = [
    path("postings/fronts/", views.front_list, name="front_list"),
    path("postings/fronts/<uuid:pk>/edit/", views.front_edit, name="front_edit"),
]
