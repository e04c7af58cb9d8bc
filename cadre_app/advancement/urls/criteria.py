"""条件对照, and which leaders are named for it."""

from django.urls import path

from cadre_app.advancement.views import criteria, named_leaders

urlpatterns = [
    path("outcomes/criteria/", criteria.criteria_check, name="criteria_check"),
    path("outcomes/criteria/leaders/", named_leaders.leader_list, name="leader_list"),
    path("outcomes/criteria/leaders/new/", named_leaders.leader_new, name="leader_new"),
    path("outcomes/criteria/leaders/<uuid:pk>/withdraw/", named_leaders.leader_withdraw, name="leader_withdraw"),
]
