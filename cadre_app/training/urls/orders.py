"""Addresses of orders; part of the room's (urls/__init__.py)."""

from django.urls import URLPattern, path

from cadre_app.training.views import demand, order_list, orders, rounds

urlpatterns: list[URLPattern] = [
    path("demand/", demand.demand_board, name="demand_board"),
    path("demand/<uuid:pk>/", demand.demand_open, name="demand_open"),
    path("orders/", order_list.order_list, name="order_list"),
    path("orders/new/", order_list.order_enter, name="order_enter"),
    path("orders/answer/", order_list.order_answer, name="order_answer"),
    path("orders/assign/", order_list.order_assign, name="order_assign"),
    path("orders/mine/", orders.order_own, name="order_own"),
    path("orders/rounds/", rounds.round_list, name="round_list"),
    path("orders/rounds/new/", rounds.round_new, name="round_new"),
    path("orders/rounds/<uuid:pk>/", rounds.round_edit, name="round_edit"),
    path("orders/rounds/<uuid:pk>/close/", rounds.round_close, name="round_close"),
    path("orders/rounds/<uuid:pk>/reopen/", rounds.round_reopen, name="round_reopen"),
    path("orders/rounds/<uuid:pk>/void/", rounds.round_void, name="round_void"),
    path("orders/<uuid:pk>/", order_list.order_detail, name="order_detail"),
    path("orders/<uuid:pk>/withdraw/", orders.order_withdraw, name="order_withdraw"),
    path("orders/<uuid:pk>/again/", orders.order_again, name="order_again"),
    path("orders/<uuid:pk>/move/", orders.order_move, name="order_move"),
    path("orders/<uuid:pk>/answer-undo/", order_list.order_answer_undo, name="order_answer_undo"),
]
