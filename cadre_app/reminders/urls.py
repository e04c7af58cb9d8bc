from django.urls import URLPattern, URLResolver, path

from cadre_app.reminders import calendar_urls, dead_letter_urls, prefs_urls
from cadre_app.reminders.views import dues, inbox

app_name = "reminders"
urlpatterns: list[URLPattern | URLResolver] = [
    path("due/", dues.due_list, name="due_list"),
    path("due/postpone/", dues.due_postpone, name="due_postpone"),
    path("due/<uuid:pk>/bring-back/", dues.due_bring_back, name="due_bring_back"),
    path("inbox/", inbox.inbox_list, name="inbox"),
    path("inbox/read/", inbox.inbox_read, name="inbox_read"),
    path("inbox/<uuid:pk>/open/", inbox.inbox_open, name="inbox_open"),
    path("bell/", inbox.bell, name="bell"),
    *prefs_urls.urlpatterns,
    *calendar_urls.urlpatterns,
    *dead_letter_urls.urlpatterns,
]
