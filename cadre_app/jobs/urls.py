from django.urls import path

from cadre_app.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="job_list"),
    path("start/", views.job_start, name="job_start"),
    path("<uuid:pk>/", views.job_detail, name="job_detail"),
    path("<uuid:pk>/cancel/", views.job_cancel, name="job_cancel"),
    path("<uuid:pk>/retry/", views.job_retry, name="job_retry"),
    path("<uuid:pk>/file/", views.job_download, name="job_download"),
]
