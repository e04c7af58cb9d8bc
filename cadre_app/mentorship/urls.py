from django.urls import URLPattern

app_name = "mentorship"
urlpatterns: list[URLPattern] = []
