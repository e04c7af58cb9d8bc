from cadre_app.mentorship import handover_urls, note_urls, pairing_urls, report_urls, review_urls

app_name = "mentorship"
urlpatterns = [
    *pairing_urls.urlpatterns,
    *handover_urls.urlpatterns,
    *note_urls.urlpatterns,
    *review_urls.urlpatterns,
    *report_urls.urlpatterns,
]
