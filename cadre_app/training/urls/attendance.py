"""Addresses of attendance; part of the room's (urls/__init__.py)."""

from django.urls import path

from cadre_app.training.views import attendance as views
from cadre_app.training.views import attendance_codes as codes
from cadre_app.training.views import attendance_outcomes as outcomes

urlpatterns = [
    path("classes/<uuid:pk>/attendance/", views.attendance_list, name="attendance_list"),
    path("classes/<uuid:pk>/attendance/add/", views.attendance_add, name="attendance_add"),
    path("attendance/<uuid:pk>/void/", views.attendance_void, name="attendance_void"),
    path("classes/<uuid:pk>/sheet/", views.attendance_sheet, name="attendance_sheet"),
    path("classes/<uuid:pk>/code/", codes.attendance_code, name="attendance_code"),
    path("classes/<uuid:pk>/code/close/", codes.attendance_code_close, name="attendance_code_close"),
    path("in/<str:token>/", codes.attendance_in, name="attendance_in"),
    path("sessions/<uuid:pk>/attendance/", outcomes.session_attendance, name="session_attendance"),
    path("sessions/<uuid:pk>/finish/", outcomes.session_finish, name="session_finish"),
    path("sessions/<uuid:pk>/unfinish/", outcomes.session_unfinish, name="session_unfinish"),
    path("sessions/<uuid:pk>/post/", outcomes.session_post, name="session_post"),
    path("sessions/<uuid:pk>/take-back/", outcomes.session_take_back, name="session_take_back"),
]
