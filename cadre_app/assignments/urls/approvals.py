"""Addresses of approvals; part of the room's (urls/__init__.py)."""

from django.urls import path

from cadre_app.assignments.views import approvals as views

urlpatterns = [
    path("postings/approvals/", views.approval_list, name="approval_list"),
    path("postings/<uuid:pk>/check/", views.posting_check, name="posting_check"),
    path("postings/<uuid:pk>/sign-off/", views.posting_sign_off, name="posting_sign_off"),
    path("postings/<uuid:pk>/decline/", views.posting_decline, name="posting_decline"),
]
