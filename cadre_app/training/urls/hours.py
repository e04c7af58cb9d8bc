"""Addresses of hours; part of the room's (urls/__init__.py)."""

from django.urls import URLPattern, path

from cadre_app.training.views import hours, outside, outside_decisions

urlpatterns: list[URLPattern] = [
    path("mine/", hours.own_training, name="own_training"),
    path("hours/", hours.hours_board, name="hours_board"),
    path("hours/entries/", hours.hours_entries, name="hours_entries"),
    path("hours/<uuid:pk>/", hours.hours_of, name="hours_of"),
    path("hours/<uuid:pk>/outside/", outside.outside_enter, name="outside_enter"),
    path("outside/", outside.outside_list, name="outside_list"),
    path("outside/new/", outside.outside_submit, name="outside_submit"),
    path("outside/verify/", outside.outside_verify_many, name="outside_verify_many"),
    path("outside/<uuid:pk>/", outside.outside_detail, name="outside_detail"),
    path("outside/<uuid:pk>/edit/", outside.outside_edit, name="outside_edit"),
    path("outside/<uuid:pk>/verify/", outside_decisions.outside_verify, name="outside_verify"),
    path("outside/<uuid:pk>/return/", outside_decisions.outside_return, name="outside_return"),
    path("outside/<uuid:pk>/take-back/", outside_decisions.outside_take_back, name="outside_take_back"),
    path("outside/<uuid:pk>/withdraw/", outside_decisions.outside_withdraw, name="outside_withdraw"),
    path("outside/<uuid:pk>/restore/", outside_decisions.outside_restore, name="outside_restore"),
    path("outside/<uuid:pk>/proofs/<uuid:proof>/remove/", outside_decisions.proof_remove, name="proof_remove"),
]
