"""Addresses of hand-overs; part of the room's (urls.py)."""

from django.urls import path

from cadre_app.mentorship.views import handovers

urlpatterns = [
    path("hand-overs/", handovers.handover_list, name="handover_list"),
    path("hand-overs/confirm/", handovers.handover_confirm, name="handover_confirm"),
    path("hand-overs/done/", handovers.handover_done, name="handover_done"),
    path("hand-overs/steps/<uuid:pk>/", handovers.carried_step_tick, name="carried_step_tick"),
    path("<uuid:pk>/hand-over/", handovers.handover_choose, name="handover_choose"),
    path("<uuid:pk>/hand-over/keep/", handovers.handover_keep, name="handover_keep"),
    path("<uuid:pk>/hand-over/take-back/", handovers.handover_undo_page, name="handover_undo"),
]
