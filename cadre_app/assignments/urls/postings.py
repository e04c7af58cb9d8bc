"""Addresses of postings; part of the room's (urls/__init__.py)."""

from django.urls import path

from cadre_app.assignments.views import posting_acts, postings

urlpatterns = [
    path("postings/new/", postings.posting_new, name="posting_new"),
    path("postings/new/<uuid:pk>/", postings.posting_propose, name="posting_propose"),
    path("postings/<uuid:pk>/", postings.posting_detail, name="posting_detail"),
    path("postings/<uuid:pk>/again/", postings.posting_propose_again, name="posting_propose_again"),
    path("postings/<uuid:pk>/edit/", postings.posting_edit, name="posting_edit"),
    path("postings/<uuid:pk>/extend/", posting_acts.posting_extend, name="posting_extend"),
    path("postings/extensions/<uuid:pk>/back/", posting_acts.extension_take_back, name="extension_take_back"),
    path("postings/<uuid:pk>/mid-term/", posting_acts.posting_mid_term, name="posting_mid_term"),
    path("postings/<uuid:pk>/return/", posting_acts.posting_return, name="posting_return"),
    path("postings/<uuid:pk>/return/back/", posting_acts.posting_take_return_back, name="posting_take_return_back"),
    path("postings/<uuid:pk>/void/", posting_acts.posting_void, name="posting_void"),
    path("postings/<uuid:pk>/restore/", posting_acts.posting_restore, name="posting_restore"),
    path("postings/files/<uuid:pk>/remove/", posting_acts.posting_file_remove, name="posting_file_remove"),
]
