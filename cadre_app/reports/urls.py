from django.urls import path

from cadre_app.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.overview, name="overview"),
]
