from django.urls import URLPattern, URLResolver, include, path

from cadre_app.reminders.views import dues, inbox

app_name = "reminders"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("cadre_app.reminders.prefs_urls")),
    path("due/", dues.due_list, name="due_list"),
    path("due/postpone/", dues.due_postpone, name="due_postpone"),
    path("due/<uuid:pk>/bring-back/", dues.due_bring_back, name="due_bring_back"),
    path("inbox/", inbox.inbox_list, name="inbox"),
    path("inbox/read/", inbox.inbox_read, name="inbox_read"),
    path("inbox/<uuid:pk>/open/", inbox.inbox_open, name="inbox_open"),
    path("bell/", inbox.bell, name="bell"),
]
