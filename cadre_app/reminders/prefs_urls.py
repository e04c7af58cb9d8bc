"""How rules ring, how a person is reminded, and the person's calendar feed."""

from django.urls import path

from cadre_app.reminders.views import feed, preferences, settings

urlpatterns = [
    path("mine/", preferences.preferences, name="preferences"),
    path("mine/calendar/make/", preferences.feed_make, name="feed_make"),
    path("mine/calendar/remove/", preferences.feed_remove, name="feed_remove"),
    path("mine/<str:channel>/", preferences.channel_edit, name="channel_edit"),
    path("mine/<str:channel>/try/", preferences.channel_try, name="channel_try"),
    path("feed/<str:token>.ics", feed.feed, name="feed"),
    path("rules/", settings.rule_list, name="rule_list"),
    path("rules/<str:key>/", settings.rule_detail, name="rule_detail"),
    path("rules/<str:key>/edit/", settings.rule_edit, name="rule_edit"),
    path("rules/<str:key>/units/new/", settings.exception_new, name="exception_new"),
    path("rule-settings/<uuid:pk>/edit/", settings.setting_edit, name="setting_edit"),
    path("rule-settings/<uuid:pk>/void/", settings.setting_void, name="setting_void"),
    path("rule-settings/<uuid:pk>/restore/", settings.setting_restore, name="setting_restore"),
]
