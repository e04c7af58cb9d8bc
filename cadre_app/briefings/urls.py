"""工作简报."""

from django.urls import path

from cadre_app.briefings.views import acts, pages

app_name = "briefings"
urlpatterns = [
    path("", pages.briefing_list, name="briefing_list"),
    path("new/", pages.briefing_new, name="briefing_new"),
    path("<uuid:pk>/", pages.briefing_detail, name="briefing_detail"),
    path("<uuid:pk>/edit/", pages.briefing_edit, name="briefing_edit"),
    path("<uuid:pk>/changes/", pages.briefing_changes, name="briefing_changes"),
    path("<uuid:pk>/numbers/take/", acts.numbers_take, name="numbers_take"),
    path("<uuid:pk>/numbers/keep/", acts.numbers_keep, name="numbers_keep"),
    path("<uuid:pk>/submit/", acts.briefing_submit, name="briefing_submit"),
    path("<uuid:pk>/withdraw/", acts.briefing_withdraw, name="briefing_withdraw"),
    path("<uuid:pk>/return/", acts.briefing_return, name="briefing_return"),
    path("<uuid:pk>/issue/", acts.briefing_issue, name="briefing_issue"),
    path("<uuid:pk>/copy/", acts.briefing_copy, name="briefing_copy"),
    path("<uuid:pk>/void/", acts.briefing_void, name="briefing_void"),
    path("<uuid:pk>/restore/", acts.briefing_restore, name="briefing_restore"),
]
