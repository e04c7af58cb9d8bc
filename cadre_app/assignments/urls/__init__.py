from cadre_app.assignments.urls import (
    approvals,
    board,
    competitions,
    fronts,
    hosts,
    leaves,
    postings,
    reports,
    research,
    term_reviews,
)

app_name = "assignments"
urlpatterns = [
    *approvals.urlpatterns,
    *board.urlpatterns,
    *competitions.urlpatterns,
    *fronts.urlpatterns,
    *hosts.urlpatterns,
    *leaves.urlpatterns,
    *postings.urlpatterns,
    *reports.urlpatterns,
    *research.urlpatterns,
    *term_reviews.urlpatterns,
]
