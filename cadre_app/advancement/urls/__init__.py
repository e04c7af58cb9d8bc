from cadre_app.advancement.urls import criteria, outcomes, ranks

app_name = "advancement"
urlpatterns = [
    *outcomes.urlpatterns,
    *ranks.urlpatterns,
    *criteria.urlpatterns,
]
