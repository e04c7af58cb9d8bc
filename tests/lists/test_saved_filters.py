"""常用筛选: kept for any list that announces itself, opened, renamed, made the default, removed and brought back."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from cadre_app.accounts.models import Grant, User
from cadre_app.core.lists import list_pages
from cadre_app.core.registries import job_kinds
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.lists.models import Report, SavedFilter, Subscription
from cadre_app.lists.services import reporting, saved_filters, subscriptions
from tests.factories import TraineeFactory
from tests.lists.conftest import ROSTER

LIST = reverse("people:trainee_list")
TALKS = reverse("care:talk_list")
HOME = reverse("lists:home")
SAVE = reverse("lists:filter_save")
CHIPS = reverse("lists:chips")

pytestmark = pytest.mark.django_db


def keep(actor, name="本月", query="kind=selected", page=ROSTER, **fields):
    return saved_filters.save_filter(page=page, name=name, query=query, actor=actor, **fields)


def test_conditions_are_kept_under_a_name_and_open_the_list(staff, place):
    asked = {"page": ROSTER, "query": "kind=selected&sort=name&after=x&page=2&q="}
    response = staff.post(
        f"{SAVE}?page={ROSTER}&query=kind%3Dselected%26sort%3Dname%26after%3Dx%26q%3D", {"name": "谈话"}
    )
    saved = SavedFilter.objects.get()
    assert (response.url, saved.owner, saved.query) == (
        f"{LIST}?kind=selected&sort=name",
        place.staff,
        "kind=selected&sort=name",
    )
    chips = staff.get(CHIPS, asked)
    assert f'class="chip on" href="{LIST}?kind=selected&amp;sort=name"' in chips.text
    assert "filter_save" not in chips.text + SAVE
    assert SAVE not in chips.text


def test_every_list_shows_where_its_filters_are_asked_for(staff):
    for page, query in ((LIST, "kind=selected"), (TALKS, "state=planned")):
        text = staff.get(f"{page}?{query}&page=2").text
        assert f'hx-get="{CHIPS}?page=' in text
        assert query.replace("=", "%3D") + '"' in text


def test_lists_keep_their_filters_apart(staff, place):
    keep(place.staff, "名册的")
    keep(place.staff, "谈话的", "state=planned", "care:talk_list")
    assert (
        "名册的" in staff.get(CHIPS, {"page": ROSTER}).text,
        "谈话的" in staff.get(CHIPS, {"page": ROSTER}).text,
    ) == (
        True,
        False,
    )
    assert [group.label for group in staff.get(HOME).context["groups"]] == ["Heart-to-heart talks", "Roster"]


@pytest.mark.parametrize("name", ["", "长" * 21, "a\x00b", "a\u202eb"])
def test_a_bad_name_is_told_beside_its_field(staff, name):
    form = staff.post(f"{SAVE}?page={ROSTER}&query=kind%3Dselected", {"name": name}).context["form"]
    assert list(form.errors) == ["name"]


def test_nothing_too_much_and_too_long_is_not_kept(staff, place):
    with pytest.raises(ValidationError):
        keep(place.staff, query="")
    with pytest.raises(ValidationError):
        keep(place.staff, query="q=" + "x" * 1_000)
    for number in range(20):
        keep(place.staff, f"第{number}")
    keep(place.staff, page="care:talk_list")
    form = staff.post(f"{SAVE}?page={ROSTER}&query=kind%3Dselected", {"name": "多"}).context["form"]
    assert (len(form.non_field_errors()), SavedFilter.objects.count()) == (1, 21)


def test_a_name_stands_once_for_one_list_of_one_person(staff, place):
    keep(place.somebody(Role.STAFF, place.top))
    url = f"{SAVE}?page={ROSTER}&query=kind%3Dselected"
    assert staff.post(url, {"name": "本月"}).status_code == 302
    assert list(staff.post(url, {"name": "本月"}).context["form"].errors) == ["name"]


def test_the_navigation_opens_a_list_with_its_default(staff, place):
    keep(place.staff, "先前", is_default=True)
    keep(place.staff, "现在", "kind=introduced", is_default=True)
    assert list(SavedFilter.objects.filter(is_default=True).values_list("name", flat=True)) == ["现在"]
    page = staff.get(HOME).text
    assert f'href="{LIST}?kind=introduced"' in page
    saved = SavedFilter.objects.get(name="现在")
    staff.post(reverse("lists:filter_edit", kwargs={"pk": saved.pk}), {"version": saved.version, "name": "改名"})
    assert SavedFilter.objects.get(pk=saved.pk).name == "改名"
    assert User.objects.get(pk=place.staff.pk).list_defaults == {}
    assert f'href="{LIST}"' in staff.get(HOME).text


def test_a_list_without_a_line_in_the_navigation_has_no_default(staff):
    form = staff.get(f"{SAVE}?page=people:party_list&query=state%3Dleft").context["form"]
    assert "is_default" not in form.fields


def test_a_removed_filter_is_brought_back_unless_its_name_is_taken(staff, place):
    saved = keep(place.staff, is_default=True)
    remove, restore = (reverse(f"lists:filter_{act}", kwargs={"pk": saved.pk}) for act in ("remove", "restore"))
    staff.post(remove, {"version": saved.version})
    assert [item.name for item in staff.get(HOME).context["removed"]] == ["本月"]
    assert User.objects.get(pk=place.staff.pk).list_defaults == {}
    again = keep(place.staff, query="kind=introduced")
    staff.post(restore, {"version": SavedFilter.objects.get(pk=saved.pk).version})
    assert SavedFilter.objects.get(pk=saved.pk).is_voided
    saved_filters.remove_filter(again, actor=place.staff)
    staff.post(restore, {"version": SavedFilter.objects.get(pk=saved.pk).version})
    assert not SavedFilter.objects.get(pk=saved.pk).is_voided
    assert User.objects.get(pk=place.staff.pk).list_defaults == {ROSTER: "kind=selected"}


def test_somebody_elses_filter_is_not_there(sign_in, place):
    saved = keep(place.staff, "年底前")
    client = sign_in(place.somebody(Role.LEADER, place.top))
    for act in ("edit", "remove", "restore"):
        url = reverse(f"lists:filter_{act}", kwargs={"pk": saved.pk})
        assert client.post(url, {"version": 1, "name": "我的"}).status_code == 404
    assert "年底前" not in client.get(HOME).text


def test_history_does_not_keep_what_was_typed(place):
    keep(place.staff, query="q=林知远")
    entry = Entry.objects.get(verb="lists.savedfilter.saved")
    assert ("query" in entry.after, entry.sealed) == (False, ["query"])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_cost_the_same_queries_however_many(staff, place, rows, django_assert_num_queries):
    for number in range(rows):
        keep(place.staff, f"第{number}")
    staff.get(HOME)
    with django_assert_num_queries(9):
        assert len(staff.get(HOME).context["groups"][0].lines) == rows
    with django_assert_num_queries(6):
        assert staff.get(CHIPS, {"page": ROSTER}).text.count('class="chip"') == rows


def test_every_list_that_is_announced_exists_and_restricted_ones_are_not_among_them():
    addresses = [reverse(name) for name in list_pages]
    assert len(addresses) == len(set(addresses))
    kept_off = {kind.table for kind in job_kinds.values() if kind.desk_alone}
    found = [name for name, page in list_pages.items() if page.table is not None and page.table in kept_off]
    # Its workbook alone says why somebody has no grade: neither its conditions nor the cells of a report single a case out
    # (tests/appraisal/test_on_a_phone.py).
    assert found == ["appraisal:annual_list"]
    assert [name for name in list_pages if name.startswith("advancement:criteria")] == []


def test_a_kept_filter_is_replaced_after_a_question(staff, place):
    first = keep(place.staff, query="kind=introduced", is_default=True)
    url = f"{SAVE}?page={ROSTER}&query=kind%3Dselected"
    asked = staff.post(url, {"name": " 本月 "}).context["form"]
    assert (list(asked.errors), "replace" in asked.fields, asked["replace"].value()) == (["name"], True, False)
    assert staff.post(url, {"name": "本月", "replace": "on"}).status_code == 302
    saved = SavedFilter.objects.get()
    assert (saved.pk, saved.query, saved.is_default) == (first.pk, "kind=selected", True)
    assert User.objects.get(pk=place.staff.pk).list_defaults == {ROSTER: "kind=selected"}


def test_a_new_name_is_not_asked_about(staff, place):
    keep(place.staff)
    form = staff.post(f"{SAVE}?page={ROSTER}&query=kind%3Dselected", {"name": "", "replace": "on"}).context["form"]
    assert (list(form.errors), "replace" in form.fields) == (["name"], False)


def test_a_report_goes_on_with_the_conditions_that_took_the_place_of_others(place):
    TraineeFactory.create(home_unit=place.town, kind="selected")
    saved = keep(place.staff, query="kind=introduced")
    subscriptions.subscribe_list(saved, day=1, actor=place.staff)
    keep(place.staff, query="kind=selected", replace=True)
    with time_machine.travel("2026-12-01T08:00:00+08:00", tick=False):
        reporting.make_reports()
    report = Report.objects.get(is_first=False)
    assert (report.total, report.added, report.gone) == (1, [], [])


@pytest.mark.parametrize("then", ["kind=selected", "kind=selected&rank=x"])
def test_a_paused_report_is_not_compared_with_what_other_conditions_held(place, then):
    TraineeFactory.create(home_unit=place.town, kind="selected")
    TraineeFactory.create(home_unit=place.town, kind="introduced")
    saved = keep(place.staff, query="kind=introduced")
    made = subscriptions.subscribe_list(saved, day=1, actor=place.staff)
    Subscription.objects.update(paused_on=date(2026, 11, 1), paused_why="unasked")
    keep(place.staff, query=then, replace=True)
    SavedFilter.objects.update(query="kind=selected")
    subscriptions.resume(made, actor=place.staff)
    with time_machine.travel("2026-12-01T08:00:00+08:00", tick=False):
        reporting.make_reports()
    report = Report.objects.get(is_first=False)
    assert (report.total, report.added, report.gone) == (1, [], [])


@pytest.mark.parametrize("page", [ROSTER, "people:office_list", "org:unit_list"])
def test_a_default_whose_unit_is_out_of_sight_does_not_shut_its_list(sign_in, place, page):
    leader = place.somebody(Role.LEADER, place.town)
    saved = keep(leader, query=f"unit={place.village.pk}", page=page, is_default=True)
    Grant.objects.filter(user=leader).update(unit=place.other_town)
    User.objects.filter(pk=leader.pk).update(language="en")
    client = sign_in(leader)
    opened = client.get(f"{reverse(page)}?{saved.query}", follow=True)
    assert opened.redirect_chain == [(reverse(page), 302)]
    assert "The filter that opens this list can no longer be asked for." in opened.text
    assert client.get(f"{reverse(page)}?unit={place.village.pk}&sort=name").status_code == 404


@pytest.mark.parametrize("page", ["reminders:inbox", "briefings:briefing_list", "training:demand_board"])
def test_lists_without_reports_keep_filters_all_the_same(staff, page):
    assert f'hx-get="{CHIPS}?page=' in staff.get(reverse(page)).text
