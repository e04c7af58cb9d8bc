from django.urls import path

from cadre_app.growth import views

app_name = "growth"
urlpatterns = [
    path("<uuid:pk>/", views.growth_file, name="file"),
    path("<uuid:pk>/print/", views.growth_print, name="print"),
]
