from django.urls import path

from cadre_app.reminders.views import dead_letters as views

urlpatterns = [
    path("dead-letters/", views.dead_letter_list, name="dead_letter_list"),
    path("dead-letters/retry/", views.retry_all, name="retry_all"),
    path("dead-letters/<uuid:pk>/retry/", views.message_retry, name="message_retry"),
]
