from cadre_app.mentorship import note_urls

app_name = "mentorship"
urlpatterns = [*note_urls.urlpatterns]
