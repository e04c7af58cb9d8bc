from django.urls import path

from cadre_app.runtime import views

app_name = "runtime"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("settings/health/", views.health_page, name="health"),
]
