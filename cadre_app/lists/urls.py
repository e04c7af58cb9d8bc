from django.urls import path

from cadre_app.lists.views import filters, subscriptions

app_name = "lists"
urlpatterns = [
    path("", filters.home, name="home"),
    path("chips/", filters.chips, name="chips"),
    path("save/", filters.filter_save, name="filter_save"),
    path("<uuid:pk>/edit/", filters.filter_edit, name="filter_edit"),
    path("<uuid:pk>/remove/", filters.filter_remove, name="filter_remove"),
    path("<uuid:pk>/restore/", filters.filter_restore, name="filter_restore"),
    path("<uuid:pk>/subscribe/", subscriptions.subscribe_list, name="subscribe_list"),
    path("figures/subscribe/", subscriptions.subscribe_figures, name="subscribe_figures"),
    path("subscriptions/<uuid:pk>/day/", subscriptions.change_day, name="change_day"),
    path("subscriptions/<uuid:pk>/cancel/", subscriptions.cancel, name="cancel"),
    path("subscriptions/<uuid:pk>/resume/", subscriptions.resume, name="resume"),
    path("reports/<uuid:pk>/", subscriptions.report, name="report"),
]
