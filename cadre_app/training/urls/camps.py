"""Addresses of camps, induction training and statistics; part of the room's (urls/__init__.py)."""

from django.urls import URLPattern, path

from cadre_app.training.views import camp_members, camps, statistics

urlpatterns: list[URLPattern] = [
    path("camps/", camps.camp_list, name="camp_list"),
    path("camps/current/", camps.camp_current, name="camp_current"),
    path("camps/new/", camps.camp_new, name="camp_new"),
    path("camps/<uuid:pk>/", camps.camp_detail, name="camp_detail"),
    path("camps/<uuid:pk>/grades/", camps.camp_grade, name="camp_grade"),
    path("camps/<uuid:pk>/grades/take-back/", camps.camp_take_back, name="camp_take_back"),
    path("camps/<uuid:pk>/edit/", camps.camp_edit, name="camp_edit"),
    path("camps/<uuid:pk>/void/", camps.camp_void, name="camp_void"),
    path("camps/members/<uuid:pk>/pause/", camp_members.member_pause, name="member_pause"),
    path("camps/members/<uuid:pk>/resume/", camp_members.member_resume, name="member_resume"),
    path("camps/members/<uuid:pk>/leave/", camp_members.member_leave, name="member_leave"),
    path("camps/members/<uuid:pk>/return/", camp_members.member_return, name="member_return"),
    path("induction/", statistics.induction_list, name="induction_list"),
    path("statistics/", statistics.statistics, name="statistics"),
]
