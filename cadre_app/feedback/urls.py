from django.urls import path

from cadre_app.feedback import views

app_name = "feedback"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("new/", views.new, name="new"),
    path("inbox/", views.inbox, name="inbox"),
    path("<uuid:pk>/answer/", views.answer, name="answer"),
]
