"""Addresses of comparisons of results; part of the room's (urls/__init__.py)."""

from django.urls import URLPattern, path

from cadre_app.assignments.views import competition_acts, competition_entries, competitions, scoring

urlpatterns: list[URLPattern] = [
    path("postings/competitions/", competitions.competition_list, name="competition_list"),
    path("postings/competitions/new/", competitions.competition_new, name="competition_new"),
    path("postings/competitions/<uuid:pk>/", competitions.competition_detail, name="competition_detail"),
    path("postings/competitions/<uuid:pk>/edit/", competitions.competition_edit, name="competition_edit"),
    path("postings/competitions/<uuid:pk>/do/<slug:act>/", competition_acts.competition_act, name="competition_act"),
    path("postings/competitions/<uuid:pk>/criteria/new/", competitions.criterion_new, name="criterion_new"),
    path("postings/competitions/criteria/<uuid:pk>/edit/", competitions.criterion_edit, name="criterion_edit"),
    path("postings/competitions/criteria/<uuid:pk>/remove/", competitions.criterion_remove, name="criterion_remove"),
    path("postings/competitions/<uuid:pk>/results/new/", competition_entries.result_new, name="result_new"),
    path("postings/competitions/results/<uuid:pk>/", competition_entries.result_page, name="result_page"),
    path("postings/competitions/results/<uuid:pk>/edit/", competition_entries.result_edit, name="result_edit"),
    path("postings/competitions/results/<uuid:pk>/do/<slug:act>/", competition_entries.result_act, name="result_act"),
    path(
        "postings/competitions/evidence/<uuid:pk>/remove/", competition_entries.evidence_remove, name="evidence_remove"
    ),
    path("postings/competitions/<uuid:pk>/reviewers/", competition_acts.reviewers_name, name="competition_reviewers"),
    path(
        "postings/competitions/reviewers/<uuid:pk>/do/<slug:act>/", competition_acts.reviewer_act, name="reviewer_act"
    ),
    path("postings/competitions/reviewers/<uuid:pk>/", scoring.scoring_sheet, name="scoring_sheet"),
    path("postings/competitions/reviewers/<uuid:pk>/results/<uuid:entry>/", scoring.score_write, name="score_write"),
    path("postings/competitions/reviewers/<uuid:pk>/hand-in/", scoring.scores_hand_in, name="scores_hand_in"),
    path("postings/competitions/reviewers/<uuid:pk>/take-back/", scoring.scores_take_back, name="scores_take_back"),
]
