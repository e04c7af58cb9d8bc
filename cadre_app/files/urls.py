from django.urls import path

from cadre_app.files import views

app_name = "files"
urlpatterns = [
    path("<uuid:pk>/", views.download, name="download"),
    path("<uuid:pk>/preview/", views.preview, name="preview"),
    path("<uuid:pk>/pages/<int:number>/", views.page, name="page"),
]
