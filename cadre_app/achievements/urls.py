from django.urls import path

from cadre_app.achievements.views import deciding, pages, writing

app_name = "achievements"
urlpatterns = [
    path("", pages.achievement_list, name="achievement_list"),
    path("mine/", pages.achievement_mine, name="achievement_mine"),
    path("mentees/", pages.achievement_mentees, name="achievement_mentees"),
    path("new/", writing.achievement_new, name="achievement_new"),
    path("verify/", deciding.achievement_verify_many, name="achievement_verify_many"),
    path("<uuid:pk>/", pages.achievement_detail, name="achievement_detail"),
    path("<uuid:pk>/edit/", writing.achievement_edit, name="achievement_edit"),
    path("<uuid:pk>/submit/", writing.achievement_submit, name="achievement_submit"),
    path("<uuid:pk>/withdraw/", writing.achievement_withdraw, name="achievement_withdraw"),
    path("<uuid:pk>/verify/unit/", deciding.achievement_verify_for_unit, name="achievement_verify_for_unit"),
    path("<uuid:pk>/verify/", deciding.achievement_verify, name="achievement_verify"),
    path("<uuid:pk>/return/", deciding.achievement_return, name="achievement_return"),
    path("<uuid:pk>/correct/", writing.achievement_correct, name="achievement_correct"),
    path("<uuid:pk>/void/", deciding.achievement_void, name="achievement_void"),
    path("<uuid:pk>/restore/", deciding.achievement_restore, name="achievement_restore"),
    path("<uuid:pk>/evidence/<uuid:file>/remove/", writing.evidence_remove, name="evidence_remove"),
    path("<uuid:pk>/comments/new/", deciding.comment_new, name="comment_new"),
    path("comments/<uuid:pk>/void/", deciding.comment_void, name="comment_void"),
    path("comments/<uuid:pk>/restore/", deciding.comment_restore, name="comment_restore"),
]
