from django.urls import path

from cadre_app.history import views

app_name = "history"
urlpatterns = [path("", views.entry_list, name="entry_list")]
