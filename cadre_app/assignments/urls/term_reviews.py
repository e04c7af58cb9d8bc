"""到村任职 and the review of its end."""

from django.urls import path

from cadre_app.assignments.views import term_decisions, term_reviews, term_steps

urlpatterns = [
    path("terms/", term_reviews.term_list, name="term_list"),
    path("terms/<uuid:pk>/", term_reviews.term_detail, name="term_detail"),
    path("terms/<uuid:pk>/review/", term_reviews.review_open, name="review_open"),
    path("terms/reviews/<uuid:pk>/summary/", term_steps.term_summary, name="term_summary"),
    path("terms/reviews/<uuid:pk>/papers/", term_steps.term_papers, name="term_papers"),
    path("terms/reviews/<uuid:pk>/talks/", term_steps.term_talks, name="term_talks"),
    path("terms/reviews/<uuid:pk>/proposal/", term_steps.term_proposal, name="term_proposal"),
    path("terms/reviews/<uuid:pk>/notice/", term_steps.term_notice, name="term_notice"),
    path("terms/reviews/<uuid:pk>/hand-over/", term_steps.term_hand_over, name="term_hand_over"),
    path("terms/reviews/<uuid:pk>/sign-off/", term_decisions.term_sign, name="term_sign"),
    path("terms/reviews/<uuid:pk>/send-back/", term_decisions.term_send_back, name="term_send_back"),
    path("terms/reviews/<uuid:pk>/sign-off/take-back/", term_decisions.term_unsign, name="term_unsign"),
    path("terms/reviews/<uuid:pk>/file/", term_decisions.term_file, name="term_file"),
    path("terms/reviews/<uuid:pk>/file/take-back/", term_decisions.term_unfile, name="term_unfile"),
    path("terms/reviews/<uuid:pk>/prolong/", term_decisions.term_prolong, name="term_prolong"),
    path("terms/reviews/<uuid:pk>/void/", term_decisions.term_review_void, name="term_review_void"),
    path("terms/reviews/<uuid:pk>/restore/", term_decisions.term_review_restore, name="term_review_restore"),
]
