"""Addresses of reports, their versions, reviews and prizes; part of the room's (urls/__init__.py)."""

from django.urls import URLPattern, path

from cadre_app.assignments.views import report_prizes, report_reviews, reports

urlpatterns: list[URLPattern] = [
    path("research/reports/", reports.report_list, name="report_list"),
    path("research/<uuid:pk>/versions/new/", reports.version_new, name="version_new"),
    path("research/<uuid:pk>/compare/", reports.version_compare, name="version_compare"),
    path("research/versions/<uuid:pk>/", reports.version_detail, name="version_detail"),
    path("research/versions/<uuid:pk>/reading/", reports.reading_write, name="reading_write"),
    path("research/<uuid:pk>/reviewers/", report_reviews.reviewers_name, name="reviewers_name"),
    path("research/reviews/<uuid:pk>/", report_reviews.review_write, name="review_write"),
    path("research/reviews/<uuid:pk>/do/<slug:act>/", report_reviews.review_act, name="review_act"),
    path("research/prizes/", report_prizes.prize_list, name="prize_list"),
    path("research/<uuid:pk>/prizes/new/", report_prizes.prize_new, name="prize_new"),
    path("research/prizes/<uuid:pk>/<slug:act>/", report_prizes.prize_act, name="prize_act"),
]
