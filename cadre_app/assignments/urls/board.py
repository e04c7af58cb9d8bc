"""Addresses of board; part of the room's (urls/__init__.py)."""

from django.urls import URLPattern, path

from cadre_app.assignments.views import board, compliance, coverage, timeline, where

urlpatterns: list[URLPattern] = [
    path("postings/", board.board, name="board"),
    path("postings/list/", board.posting_list, name="posting_list"),
    path("postings/timeline/", timeline.timeline, name="timeline"),
    path("postings/where/", where.where, name="where"),
    path("postings/coverage/", coverage.coverage, name="coverage"),
    path("postings/notes/", compliance.compliance, name="compliance"),
]
