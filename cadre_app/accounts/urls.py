from django.urls import path

from cadre_app.accounts.views import accounts, own, requests, signing

app_name = "accounts"
urlpatterns = [
    path("sign-in/", signing.sign_in, name="sign_in"),
    path("sign-out/", signing.sign_out, name="sign_out"),
    path("language/", signing.set_language, name="set_language"),
    path("text-size/", signing.set_text_size, name="set_text_size"),
    path("me/", own.preferences, name="preferences"),
    path("me/password/", own.password, name="change_password"),
    path("me/end-sessions/", own.end_own_sessions, name="end_own_sessions"),
    path("drafts/save/", own.draft_save, name="draft_save"),
    path("drafts/discard/", own.draft_discard, name="draft_discard"),
    path("requests/", requests.request_list, name="request_list"),
    path("requests/new/", requests.request_new, name="request_new"),
    path("requests/<uuid:pk>/", requests.request_detail, name="request_detail"),
    path("requests/<uuid:pk>/withdraw/", requests.request_withdraw, name="request_withdraw"),
    path("requests/<uuid:pk>/activate/", requests.request_activate, name="request_activate"),
    path("requests/<uuid:pk>/decline/", requests.request_decline, name="request_decline"),
    path("", accounts.account_list, name="list"),
    path("<uuid:pk>/", accounts.account_detail, name="detail"),
    path("<uuid:pk>/edit/", accounts.account_edit, name="edit"),
    path("<uuid:pk>/roles/new/", accounts.grant_add, name="grant_add"),
    path("<uuid:pk>/roles/<uuid:grant>/end/", accounts.grant_end, name="grant_end"),
    path("<uuid:pk>/roles/<uuid:grant>/void/", accounts.grant_void, name="grant_void"),
    path("<uuid:pk>/disable/", accounts.disable, name="disable"),
    path("<uuid:pk>/enable/", accounts.enable, name="enable"),
    path("<uuid:pk>/unlock/", accounts.unlock, name="unlock"),
    path("<uuid:pk>/end-sessions/", accounts.end_sessions, name="end_sessions"),
    path("<uuid:pk>/reset-password/", accounts.reset_password, name="reset_password"),
]
