"""Addresses of pairings and suggestions; part of the room's (urls.py)."""

from django.urls import path

from cadre_app.mentorship.views import agreements, goals, overviews, pairing_changes, pairings, reminding, suggestions

urlpatterns = [
    path("", pairings.pairing_list, name="pairing_list"),
    path("list/", pairings.pairing_table, name="pairing_table"),
    path("remind/", reminding.pairing_remind, name="pairing_remind"),
    path("gaps/", overviews.gap_matrix, name="gap_matrix"),
    path("mentors/", overviews.mentor_list, name="mentor_list"),
    path("suggestions/", suggestions.suggestion_list, name="suggestion_list"),
    path("suggestions/confirm/", suggestions.suggestion_confirm, name="suggestion_confirm"),
    path("new/<uuid:pk>/<str:kind>/", suggestions.pairing_new, name="pairing_new"),
    path("<uuid:pk>/", pairings.pairing_detail, name="pairing_detail"),
    path("<uuid:pk>/edit/", pairing_changes.pairing_edit, name="pairing_edit"),
    path("<uuid:pk>/end/", pairing_changes.pairing_end, name="pairing_end"),
    path("<uuid:pk>/reopen/", pairing_changes.pairing_reopen, name="pairing_reopen"),
    path("<uuid:pk>/void/", pairing_changes.pairing_void, name="pairing_void"),
    path("<uuid:pk>/restore/", pairing_changes.pairing_restore, name="pairing_restore"),
    path("<uuid:pk>/agreement/", agreements.agreement_edit, name="agreement_edit"),
    path("<uuid:pk>/agreement/<uuid:file>/remove/", agreements.agreement_remove, name="agreement_remove"),
    path("<uuid:pk>/agreement/<uuid:file>/restore/", agreements.agreement_restore, name="agreement_restore"),
    path("<uuid:pk>/agreement/sign/", agreements.agreement_sign, name="agreement_sign"),
    path("<uuid:pk>/agreement/unsign/", agreements.agreement_unsign, name="agreement_unsign"),
    path("<uuid:pk>/goals/new/", goals.goal_new, name="goal_new"),
    path("goals/<uuid:pk>/edit/", goals.goal_edit, name="goal_edit"),
    path("goals/<uuid:pk>/progress/", goals.goal_progress, name="goal_progress"),
    path("goals/<uuid:pk>/void/", goals.goal_void, name="goal_void"),
    path("goals/<uuid:pk>/restore/", goals.goal_restore, name="goal_restore"),
]
