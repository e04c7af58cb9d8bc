"""请销假."""

from django.urls import path

from cadre_app.assignments.views import leave_changes, leaves

urlpatterns = [
    path("leave/", leaves.leave_list, name="leave_list"),
    path("leave/days/", leaves.leave_days, name="leave_days"),
    path("leave/mine/", leaves.leave_mine, name="leave_mine"),
    path("leave/new/", leave_changes.leave_new, name="leave_new"),
    path("leave/<uuid:pk>/", leaves.leave_detail, name="leave_detail"),
    path("leave/<uuid:pk>/edit/", leave_changes.leave_edit, name="leave_edit"),
    path("leave/<uuid:pk>/confirm/", leave_changes.leave_confirm, name="leave_confirm"),
    path("leave/<uuid:pk>/approve/", leave_changes.leave_approve, name="leave_approve"),
    path("leave/<uuid:pk>/decline/", leave_changes.leave_decline, name="leave_decline"),
    path("leave/<uuid:pk>/withdraw/", leave_changes.leave_withdraw, name="leave_withdraw"),
    path("leave/<uuid:pk>/return/", leave_changes.leave_return, name="leave_return"),
    path("leave/<uuid:pk>/return/confirm/", leave_changes.leave_confirm_return, name="leave_confirm_return"),
    path("leave/<uuid:pk>/correct/", leave_changes.leave_correct, name="leave_correct"),
    path("leave/<uuid:pk>/return/take-back/", leave_changes.leave_unreturn, name="leave_unreturn"),
    path("leave/<uuid:pk>/void/", leave_changes.leave_void, name="leave_void"),
    path("leave/<uuid:pk>/restore/", leave_changes.leave_restore, name="leave_restore"),
]
