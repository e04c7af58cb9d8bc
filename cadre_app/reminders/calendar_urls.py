from django.urls import path

from cadre_app.reminders.views import work_calendar as views
from cadre_app.reminders.views import work_items_voided as taking_back

urlpatterns = [
    path("calendar/", views.work_calendar, name="work_calendar"),
    path("calendar/new/", views.work_item_new, name="work_item_new"),
    path("calendar/<uuid:pk>/", views.work_item_detail, name="work_item_detail"),
    path("calendar/<uuid:pk>/edit/", views.work_item_edit, name="work_item_edit"),
    path("calendar/<uuid:pk>/move/", views.work_item_move, name="work_item_move"),
    path("calendar/<uuid:pk>/done/", views.work_item_done, name="work_item_done"),
    path("calendar/<uuid:pk>/switch/", views.work_item_switch, name="work_item_switch"),
    path("calendar/<uuid:pk>/void/", taking_back.work_item_void, name="work_item_void"),
    path("calendar/<uuid:pk>/restore/", taking_back.work_item_restore, name="work_item_restore"),
    path("calendar/done/<uuid:pk>/undo/", taking_back.work_done_undo, name="work_done_undo"),
]
