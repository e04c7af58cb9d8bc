from cadre_app.reminders import calendar_urls, dead_letter_urls

app_name = "reminders"
urlpatterns = [*dead_letter_urls.urlpatterns, *calendar_urls.urlpatterns]
