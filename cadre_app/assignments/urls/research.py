"""Addresses of topics, teams, calls and progress meetings; part of the room's (urls/__init__.py)."""

from django.urls import URLPattern, path

from cadre_app.assignments.views import research, research_acts, research_calls, research_meetings, research_teams

urlpatterns: list[URLPattern] = [
    path("research/", research.research_board, name="research_board"),
    path("research/list/", research.research_list, name="research_list"),
    path("research/mine/", research.research_mine, name="research_mine"),
    path("research/new/", research.topic_new, name="topic_new"),
    path("research/terms/<uuid:pk>/new/", research.personal_new, name="personal_new"),
    path("research/<uuid:pk>/", research.project_detail, name="project_detail"),
    path("research/<uuid:pk>/edit/", research.project_edit, name="project_edit"),
    path("research/<uuid:pk>/plan/", research.project_plan, name="project_plan"),
    path("research/<uuid:pk>/do/<slug:act>/", research_acts.project_act, name="project_act"),
    path("research/<uuid:pk>/team/", research_teams.member_add, name="research_member_add"),
    path("research/members/<uuid:pk>/<slug:act>/", research_teams.member_act, name="research_member_act"),
    path("research/calls/", research_calls.call_list, name="call_list"),
    path("research/calls/new/", research_calls.call_new, name="call_new"),
    path("research/calls/<uuid:pk>/edit/", research_calls.call_edit, name="call_edit"),
    path("research/calls/<uuid:pk>/do/<slug:act>/", research_calls.call_act, name="call_act"),
    path("research/meetings/", research_meetings.meeting_list, name="meeting_list"),
    path("research/meetings/new/", research_meetings.meeting_new, name="meeting_new"),
    path("research/meetings/<uuid:pk>/", research_meetings.meeting_detail, name="meeting_detail"),
    path("research/meetings/<uuid:pk>/edit/", research_meetings.meeting_edit, name="meeting_edit"),
    path("research/meetings/<uuid:pk>/void/", research_meetings.meeting_void, name="meeting_void"),
    path("research/meetings/<uuid:pk>/restore/", research_meetings.meeting_restore, name="meeting_restore"),
    path("research/meetings/<uuid:pk>/items/new/", research_meetings.item_new, name="item_new"),
    path("research/items/<uuid:pk>/edit/", research_meetings.item_edit, name="item_edit"),
    path("research/items/<uuid:pk>/void/", research_meetings.item_void, name="item_void"),
    path("research/items/<uuid:pk>/restore/", research_meetings.item_restore, name="item_restore"),
    path("research/items/<uuid:pk>/done/", research_meetings.item_done, name="item_done"),
]
