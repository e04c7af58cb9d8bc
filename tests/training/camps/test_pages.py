"""The pages of camps, induction training and statistics, as the department uses them."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.urls import reverse

from cadre_app.core.registries import job_kinds
from cadre_app.people.models import Trainee
from cadre_app.training.models import Camp, CampMember
from cadre_app.training.services.camp_previews import preview
from cadre_app.training.services.camps import plan_camp


def url(name, **kwargs):
    return reverse(f"training:{name}", kwargs=kwargs)


@pytest.fixture
def staff(place, client_of):
    return client_of(place.staff)


def test_without_a_camp_the_page_offers_to_start_one(staff, people):
    assert "Start the camp of 2026" in staff.get(url("camp_current")).content.decode()
    done = staff.post(url("camp_new"), {"year": 2026})
    assert done.url == url("camp_grade", pk=Camp.objects.get().pk)
    assert staff.get(url("camp_current")).url == url("camp_detail", pk=Camp.objects.get().pk)


def test_a_camp_planned_for_next_year_leaves_the_one_under_way_in_its_place(staff, place, graded):
    plan_camp(year=2027, actor=place.staff)
    assert staff.get(url("camp_current")).url == url("camp_detail", pk=graded.pk)


def test_grades_are_given_out_as_they_were_shown(staff, place, people, camp):
    page = staff.get(url("camp_grade", pk=camp.pk)).content.decode()
    assert "after the reference date of" in page
    sent = {"shown": preview(camp, place.staff).digest, "version": camp.version}
    assert staff.post(url("camp_grade", pk=camp.pk), sent).url == url("camp_detail", pk=camp.pk)
    page = staff.get(url("camp_detail", pk=camp.pk)).content.decode()
    assert [name in page for name in ("林知远", "陈嘉穗", "赵启明", "孙望舒")] == [True, True, True, False]


def test_moved_data_shows_the_new_preview_and_applies_nothing(staff, place, people, camp):
    sent = {"shown": preview(camp, place.staff).digest, "version": camp.version}
    Trainee.objects.filter(pk=people["new"].pk).update(arrived_on=date(2025, 8, 1))
    page = staff.post(url("camp_grade", pk=camp.pk), sent).content.decode()
    assert "nothing was applied" in page
    assert preview(camp, place.staff).digest in page
    assert CampMember.objects.count() == 0


def test_the_page_names_whose_term_ended_meanwhile(staff, graded):
    page = staff.get(url("camp_detail", pk=graded.pk)).content.decode()
    assert "1 person is no longer due in the camp" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"grade": 2}, {"吴书瑶"}),
        ({"q": "赵"}, {"赵启明"}),
        ({"state": "late"}, {"陈嘉穗"}),
        ({"state": "paused"}, set()),
        ({"unit": "other"}, set()),
    ],
)
def test_the_list_is_narrowed(staff, place, graded, query, expected):
    known = {"unit": place.other_town.pk} if "unit" in query else query
    address = f"{url('camp_detail', pk=graded.pk)}?{urlencode(known)}"
    seats = [seat for lane in staff.get(address).context["lanes"] for seat in lane.seats]
    assert {seat.member.trainee.person.name for seat in seats} == expected


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_camp_asks_the_same_for_one_and_for_many(staff, place, graded, count, django_assert_num_queries):
    keys = CampMember.objects.order_by("pk").values_list("pk", flat=True)[count:]
    CampMember.objects.filter(pk__in=list(keys)).delete()
    staff.get(url("camp_detail", pk=graded.pk))
    with django_assert_num_queries(18):
        staff.get(url("camp_detail", pk=graded.pk))


def test_a_member_goes_on_leave_and_comes_back(staff, people, graded):
    member = CampMember.objects.get(trainee=people["new"])
    staff.post(url("member_pause", pk=member.pk), {"paused_reason": "产假", "version": member.version})
    member.refresh_from_db()
    assert member.paused_reason == "产假"
    staff.post(url("member_resume", pk=member.pk), {"version": member.version})
    member.refresh_from_db()
    staff.post(
        url("member_leave", pk=member.pk), {"left_on": "2026-11-20", "left_note": "借调", "version": member.version}
    )
    member.refresh_from_db()
    assert (member.paused_reason, member.left_note) == ("", "借调")
    staff.post(url("member_return", pk=member.pk), {"reason": "返回", "version": member.version})
    member.refresh_from_db()
    assert member.left_on is None


@pytest.mark.parametrize("step", ["member_pause", "member_leave"])
def test_what_was_recorded_of_a_member_is_told_in_words(staff, people, graded, step):
    member = CampMember.objects.get(trainee=people["third"])
    page = staff.get(url(step, pk=member.pk)).content.decode()
    assert ("third_grade" in page, str(member.get_rule_display()) in page) == (False, True)


def test_what_is_wrong_stands_beside_its_field(staff, people, graded):
    member = CampMember.objects.get(trainee=people["new"])
    sent = {"left_on": "2030-01-01", "left_note": "借调在外", "version": member.version}
    form = staff.post(url("member_leave", pk=member.pk), sent).context["form"]
    assert (list(form.errors), form["left_note"].value()) == (["left_on"], "借调在外")


def test_the_workbook_holds_the_list_of_the_camp_asked_for(place, graded):
    table = job_kinds["training.camp_members"].table(place.staff, QueryDict(f"camp={graded.pk}&grade=2"))
    _heading, row = table.export_rows()
    assert row[:5] == ["二年级", "吴书瑶", "梧岭镇", date(2025, 7, 1), 14]


@pytest.mark.parametrize(
    ("query", "field"),
    [({"since": "1999-01-01"}, "since"), ({"until": "2030-01-01"}, "until"), ({"since": "2026-11-23", "until": "2026-11-22"}, "until")],
)  # fmt: skip
def test_a_period_that_cannot_be_asked_for_says_so(staff, query, field):
    page = staff.get(f"{url('statistics')}?{urlencode(query)}")
    assert (list(page.context["form"].errors), page.context["found"]) == ([field], None)


@pytest.mark.parametrize(
    ("state", "expected"), [("missing", {"林知远", "陈嘉穗", "吴书瑶"}), ("late", {"吴书瑶"}), ("done", set())]
)
def test_the_list_of_induction_training_is_narrowed(staff, people, state, expected):
    table = staff.get(f"{url('induction_list')}?state={state}").context["table"]
    assert {row.object.person.name for row in table.rows} == expected
