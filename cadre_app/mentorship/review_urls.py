"""Addresses of pairing reviews; part of the room's (urls.py)."""

from django.urls import path

from cadre_app.mentorship.views import review_decisions, reviews

urlpatterns = [
    path("reviews/", reviews.review_list, name="review_list"),
    path("reviews/sign-off/", review_decisions.review_sign_off_many, name="review_sign_off_many"),
    path("reviews/<uuid:pk>/", reviews.review_detail, name="review_detail"),
    path("reviews/<uuid:pk>/mentor/", reviews.review_mentor_part, name="review_mentor_part"),
    path("reviews/<uuid:pk>/own/", reviews.review_trainee_part, name="review_trainee_part"),
    path("reviews/<uuid:pk>/conclude/", review_decisions.review_conclude, name="review_conclude"),
    path("reviews/<uuid:pk>/return/", review_decisions.review_return, name="review_return"),
    path("reviews/<uuid:pk>/return/back/", review_decisions.review_return_back, name="review_return_back"),
    path("reviews/<uuid:pk>/sign-off/", review_decisions.review_sign_off, name="review_sign_off"),
    path("reviews/<uuid:pk>/unsign/", review_decisions.review_unsign, name="review_unsign"),
]
