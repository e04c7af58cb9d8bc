from cadre_app.reminders import dead_letter_urls

app_name = "reminders"
urlpatterns = [*dead_letter_urls.urlpatterns]
