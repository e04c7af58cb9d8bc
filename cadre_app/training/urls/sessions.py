"""Addresses of sessions and their rosters; part of the room's (urls/__init__.py)."""

from django.urls import path

from cadre_app.training.views import rosters, session_changes, sessions

urlpatterns = [
    path("", sessions.session_list, name="session_list"),
    path("calendar/", sessions.session_calendar, name="session_calendar"),
    path("calendar.ics", sessions.session_calendar_file, name="session_calendar_file"),
    path("teaching/", sessions.session_mine, name="session_mine"),
    path("sessions/new/", session_changes.session_new, name="session_new"),
    path("sessions/<uuid:pk>/", sessions.session_detail, name="session_detail"),
    path("sessions/<uuid:pk>/calendar.ics", sessions.session_file, name="session_file"),
    path("sessions/<uuid:pk>/edit/", session_changes.session_edit, name="session_edit"),
    path("sessions/<uuid:pk>/open/", session_changes.session_open, name="session_open"),
    path("sessions/<uuid:pk>/cancel/", session_changes.session_cancel, name="session_cancel"),
    path("sessions/<uuid:pk>/take-up/", session_changes.session_take_up, name="session_take_up"),
    path("sessions/<uuid:pk>/void/", session_changes.session_void, name="session_void"),
    path("sessions/<uuid:pk>/restore/", session_changes.session_restore, name="session_restore"),
    path("sessions/<uuid:pk>/classes/new/", session_changes.meeting_new, name="meeting_new"),
    path("sessions/<uuid:pk>/materials/", session_changes.material_add, name="material_add"),
    path(
        "sessions/<uuid:pk>/materials/<uuid:file>/remove/",
        session_changes.material_remove,
        name="session_material_remove",
    ),
    path("sessions/<uuid:pk>/people/", rosters.roster_add, name="roster_add"),
    path("sessions/<uuid:pk>/camp/", rosters.roster_fill, name="roster_fill"),
    path("sessions/<uuid:pk>/sign-up/", rosters.session_sign_up, name="session_sign_up"),
    path("classes/<uuid:pk>/edit/", session_changes.meeting_edit, name="meeting_edit"),
    path("classes/<uuid:pk>/void/", session_changes.meeting_void, name="meeting_void"),
    path("places/<uuid:pk>/noted/", rosters.place_note, name="place_note"),
    path("places/<uuid:pk>/decline/", rosters.place_decline, name="place_decline"),
    path("places/<uuid:pk>/take-off/", rosters.place_take_off, name="place_take_off"),
    path("places/<uuid:pk>/move-up/", rosters.place_move_up, name="place_move_up"),
]
