from django.urls import path

from cadre_app.core import views

app_name = "core"
urlpatterns = [
    path("csp-report", views.csp_report, name="csp_report"),
    path("help/", views.help_page, name="help"),
    path("help/components/", views.component_gallery, name="components"),
]
