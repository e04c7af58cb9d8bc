from django.urls import path

from cadre_app.org import views

app_name = "org"
urlpatterns = [
    path("", views.unit_list, name="unit_list"),
    path("<uuid:pk>/", views.unit_detail, name="unit_detail"),
    path("<uuid:pk>/new/", views.unit_create, name="unit_create"),
    path("<uuid:pk>/edit/", views.unit_edit, name="unit_edit"),
    path("<uuid:pk>/move/", views.unit_move, name="unit_move"),
    path("<uuid:pk>/close/", views.unit_close, name="unit_close"),
    path("<uuid:pk>/reopen/", views.unit_reopen, name="unit_reopen"),
    path("<uuid:pk>/void/", views.unit_void, name="unit_void"),
    path("<uuid:pk>/restore/", views.unit_restore, name="unit_restore"),
    path("<uuid:pk>/order/", views.unit_reorder, name="unit_reorder"),
]
