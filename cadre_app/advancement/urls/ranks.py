"""职级晋升时间表."""

from django.urls import path

from cadre_app.advancement.views import ranks

urlpatterns = [
    path("outcomes/ranks/", ranks.rank_list, name="rank_list"),
    path("outcomes/ranks/<uuid:pk>/", ranks.rank_detail, name="rank_detail"),
]
