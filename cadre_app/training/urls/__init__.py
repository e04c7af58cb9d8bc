from cadre_app.training.urls import attendance, camps, courses, feedback, hours, orders, results, sessions, visits

app_name = "training"
urlpatterns = [
    *sessions.urlpatterns,
    *attendance.urlpatterns,
    *results.urlpatterns,
    *feedback.urlpatterns,
    *camps.urlpatterns,
    *courses.urlpatterns,
    *orders.urlpatterns,
    *hours.urlpatterns,
    *visits.urlpatterns,
]
