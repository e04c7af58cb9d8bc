from django.urls import path

from cadre_app.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("recount/", views.recount, name="recount"),
    path("burden/", views.burden, name="burden"),
    path("burden/<slug:party>/<uuid:pk>/", views.burden_of, name="burden_of"),
]
