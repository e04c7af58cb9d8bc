"""Saved filters and subscriptions of the demo office: each opens a list that shows something to be asked for."""

import pytest
import time_machine
from django.test import Client

from cadre_app.accounts.models import User
from cadre_app.lists.models import Report, SavedFilter
from tests.district import load_demo

pytestmark = pytest.mark.django_db


def test_every_kept_filter_opens_its_list_and_what_is_reported_was_counted():
    with time_machine.travel("2026-11-23T12:00:00+08:00", tick=False):
        load_demo()
        client = Client()
        client.force_login(User.objects.get(username="staff"), backend="django.contrib.auth.backends.ModelBackend")
        pages = {saved.name: client.get(saved.address) for saved in SavedFilter.objects.all()}
    assert {name: page.context["filter"].is_valid() for name, page in pages.items()} == dict.fromkeys(pages, True)
    reported = Report.objects.get(subscription__saved__name="在村任职")
    assert reported.total == pages["在村任职"].context["counted"].total > 0
    assert Report.objects.get(subscription__saved=None).numbers["people_total"] > 0
