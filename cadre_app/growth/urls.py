from django.urls import path

from cadre_app.growth.views import files, years

app_name = "growth"
urlpatterns = [
    path("<uuid:pk>/", files.growth_file, name="file"),
    path("<uuid:pk>/print/", files.growth_print, name="print"),
    path("<uuid:pk>/year/<int:year>/", years.growth_year, name="year"),
    path("<uuid:pk>/year/<int:year>/print/", years.growth_year_print, name="year_print"),
    path("<uuid:pk>/year/<int:year>/pdf/", years.growth_year_pdf, name="year_pdf"),
]
