"""Addresses of approvals; part of the room's (urls/__init__.py)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
