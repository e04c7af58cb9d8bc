"""Addresses of mentors' half-year reports; part of the room's (urls.py)."""

from django.urls import path

from cadre_app.mentorship.views import reports

urlpatterns = [
    path("reports/", reports.report_list, name="report_list"),
    path("reports/new/", reports.report_new, name="report_new"),
    path("reports/<uuid:pk>/", reports.report_detail, name="report_detail"),
    path("reports/<uuid:pk>/edit/", reports.report_edit, name="report_edit"),
    path("reports/<uuid:pk>/regenerate/", reports.report_regenerate, name="report_regenerate"),
    path("reports/<uuid:pk>/send/", reports.report_send, name="report_send"),
    path("reports/<uuid:pk>/take-back/", reports.report_take_back, name="report_take_back"),
]
