"""使用情况登记."""

from django.urls import path

from cadre_app.advancement.views import outcome_acts, outcomes

urlpatterns = [
    path("outcomes/", outcomes.outcome_list, name="outcome_list"),
    path("outcomes/new/", outcomes.outcome_new, name="outcome_new"),
    path("outcomes/<uuid:pk>/", outcomes.outcome_detail, name="outcome_detail"),
    path("outcomes/<uuid:pk>/edit/", outcomes.outcome_edit, name="outcome_edit"),
    path("outcomes/<uuid:pk>/check/", outcome_acts.outcome_check, name="outcome_check"),
    path("outcomes/<uuid:pk>/sign/", outcome_acts.outcome_sign, name="outcome_sign"),
    path("outcomes/<uuid:pk>/return/", outcome_acts.outcome_return, name="outcome_return"),
    path("outcomes/<uuid:pk>/void/", outcome_acts.outcome_void, name="outcome_void"),
    path("outcomes/<uuid:pk>/restore/", outcome_acts.outcome_restore, name="outcome_restore"),
]
