from django.urls import path

from cadre_app.desk import views

app_name = "desk"
urlpatterns = [path("", views.home, name="home")]
