"""Addresses of hosts; part of the room's (urls/__init__.py)."""

from django.urls import path

from cadre_app.assignments.views import hosts as views

urlpatterns = [
    path("hosts/", views.host_list, name="host_list"),
    path("postings/<uuid:pk>/appraisal/", views.appraisal_write, name="appraisal_write"),
    path("hosts/appraisals/<uuid:pk>/return/", views.appraisal_return, name="appraisal_return"),
    path("hosts/appraisals/<uuid:pk>/confirm/", views.appraisal_confirm, name="appraisal_confirm"),
    path("hosts/appraisals/<uuid:pk>/reopen/", views.appraisal_reopen, name="appraisal_reopen"),
    path("hosts/appraisals/<uuid:pk>/void/", views.appraisal_void, name="appraisal_void"),
    path("hosts/appraisals/<uuid:pk>/restore/", views.appraisal_restore, name="appraisal_restore"),
]
