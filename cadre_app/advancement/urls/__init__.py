from cadre_app.advancement.urls import outcomes

app_name = "advancement"
urlpatterns = [
    *outcomes.urlpatterns,
]
