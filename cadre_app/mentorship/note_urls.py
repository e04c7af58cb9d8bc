"""Addresses of guidance notes and check-ins; part of the room's (urls.py)."""

from django.urls import path

from cadre_app.mentorship.views import check_ins, note_changes, notes

urlpatterns = [
    path("notes/", notes.note_list, name="note_list"),
    path("notes/new/", notes.note_new, name="note_new"),
    path("notes/<uuid:pk>/", notes.note_detail, name="note_detail"),
    path("notes/<uuid:pk>/sent/", notes.note_sent, name="note_sent"),
    path("notes/<uuid:pk>/edit/", notes.note_edit, name="note_edit"),
    path("notes/<uuid:pk>/correct/", notes.note_correct, name="note_correct"),
    path("notes/<uuid:pk>/void/", note_changes.note_void, name="note_void"),
    path("notes/<uuid:pk>/restore/", note_changes.note_restore, name="note_restore"),
    path("notes/<uuid:pk>/read/", note_changes.note_acknowledge, name="note_acknowledge"),
    path("notes/<uuid:pk>/answer/", note_changes.note_answer, name="note_answer"),
    path("notes/<uuid:pk>/step/", note_changes.note_step, name="note_step"),
    path("notes/<uuid:pk>/photos/<uuid:photo>/remove/", note_changes.photo_remove, name="photo_remove"),
    path("pairings/<uuid:pk>/check-ins/", check_ins.check_in_list, name="check_in_list"),
    path("pairings/<uuid:pk>/check-ins/new/", check_ins.check_in_new, name="check_in_new"),
    path("check-ins/<uuid:pk>/edit/", check_ins.check_in_edit, name="check_in_edit"),
    path("check-ins/<uuid:pk>/held/", check_ins.check_in_hold, name="check_in_hold"),
    path("check-ins/<uuid:pk>/call-off/", check_ins.check_in_call_off, name="check_in_call_off"),
    path("check-ins/<uuid:pk>/reopen/", check_ins.check_in_reopen, name="check_in_reopen"),
]
