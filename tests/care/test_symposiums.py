"""Symposiums from the plan to their closing: lists, answers, attendance, clashes, the paper, the growth file."""

from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from cadre_app.care.models import Remark, Symposium
from cadre_app.care.papers.minutes import minutes_paper
from cadre_app.care.services import invitations, problems, remarks, symposiums
from cadre_app.core.growth import growth_sources
from cadre_app.core.models import Stale
from cadre_app.core.reminding import reminder_rules
from cadre_app.growth.timeline import Timeline
from cadre_app.history.models import Entry
from cadre_app.people.access import resolve
from tests.care.conftest import TODAY, Care
from tests.care.symposiums import (
    ATTENDANCE_QUERIES,
    DETAIL_QUERIES,
    LIST_QUERIES,
    NEXT,
    SHEET_QUERIES,
    TYPED,
    codes,
    due,
    held,
    invited,
    made,
    notified,
    told,
)
from tests.factories import TraineeFactory

pytestmark = pytest.mark.django_db


def test_the_way_from_the_plan_to_the_closing(care: Care) -> None:
    invitation = notified(care)
    invitations.answer_invitation(invitation, answer="coming", actor=care.own)
    with time_machine.travel("2026-11-30T12:00:00+08:00", tick=False):
        presence = {invitation.pk: "present"}
        symposium = invitations.record_attendance(invitation.symposium, presence=presence, actor=care.staff)
        symposium = symposiums.write_minutes(symposium, minutes="听取了交流。", actor=care.staff)
        symposium = symposiums.close_symposium(symposium, actor=care.staff)
    assert (symposium.state, symposium.closed_on) == ("closed", NEXT)
    verbs = Entry.objects.filter(object_id=symposium.pk).values_list("verb", flat=True)
    assert sorted(verb.removeprefix("care.symposium.") for verb in verbs) == [
        "closed",
        "held",
        "minutes_written",
        "notified",
        "planned",
    ]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ends_at": time(8)}, "ends_at"),
        ({"day": date(2028, 1, 1)}, "day"),
        ({"day": date(2001, 1, 1)}, "day"),
        ({"title": "长" * 61}, "title"),
        ({"agenda": ""}, "agenda"),
        ({"agenda": "议" * 1001}, "agenda"),
        ({"kind": "other"}, "kind"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(care: Care, values: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as error:
        made(care, **values)
    assert list(codes(error)) == [field]


def test_it_is_held_by_a_unit_one_works_for_and_people_are_of_that_unit(care: Care) -> None:
    with pytest.raises(ValidationError) as error:
        symposiums.plan_symposium(
            **TYPED | {"day": NEXT, "starts_at": time(9), "ends_at": time(11), "unit": care.district.top},  # type: ignore[arg-type]
            actor=care.other_staff,
        )
    assert codes(error) == {"unit": ["out_of_scope"]}
    with pytest.raises(ValidationError) as error:
        invited(care, made(care, unit=care.district.other_town))
    assert codes(error) == {"": ["out_of_scope"]}


def test_nobody_outside_of_the_scope_is_picked(care: Care, client_of: Any) -> None:
    outside = TraineeFactory.create(home_unit=care.district.town)
    symposium = symposiums.plan_symposium(
        **TYPED | {"day": NEXT, "starts_at": time(9), "ends_at": time(11), "unit": care.district.other_town},  # type: ignore[arg-type]
        actor=care.other_staff,
    )
    url = reverse("care:symposium_place", kwargs={"pk": symposium.pk})
    client_of(care.user("other_staff")).post(url, {"pick": outside.pk, "confirmed": "1", "submission": uuid4()})
    assert symposium.invitations.count() == 0


def test_everybody_on_the_list_is_told_once(care: Care) -> None:
    symposium = made(care)
    with pytest.raises(ValidationError):
        symposiums.notify_symposium(symposium, actor=care.staff)
    invitation = invited(care, symposium)
    assert (told(care), due("care.symposium_news")) == ([], [])
    symposiums.notify_symposium(symposium, actor=care.staff)
    assert due("care.symposium_news") == [(TODAY, care.file.pk, care.own.pk)]
    assert due("care.own_symposium") == []
    invitations.answer_invitation(invitation, answer="excused", answer_reason="下村走访", actor=care.own)
    assert (due("care.symposium_news"), due("care.own_symposium")) == ([], [])


def test_another_time_is_told_and_answered_anew(care: Care) -> None:
    invitation = notified(care)
    invitations.answer_invitation(invitation, answer="coming", actor=care.own)
    known = TYPED | {"day": NEXT, "starts_at": time(14), "ends_at": time(16), "unit": care.district.top}
    symposiums.change_symposium(invitation.symposium, **known, actor=care.staff)  # type: ignore[arg-type]
    invitation.refresh_from_db()
    assert (invitation.answer, told(care)) == ("", ["moved"])
    symposiums.cancel_symposium(invitation.symposium, reason="防汛", actor=care.staff)
    assert told(care) == ["cancelled"]
    rule = reminder_rules["care.symposium_news"]
    with translation.override("en"):
        words = rule.words(rule.rows().get(closed_at=None), TODAY, care.own)
    assert (words.title, words.why) == (
        "Cancelled: 下半年座谈会",
        "It was planned for 30 Nov 2026. Reason: 防汛",
    )


def test_whoever_is_taken_off_is_told(care: Care) -> None:
    invitations.take_off(notified(care), reason="名额所限", actor=care.staff)
    assert told(care) == ["taken_off"]
    assert due("care.own_symposium") == []


def test_a_cancelled_one_is_planned_again_and_notified_anew(care: Care) -> None:
    symposium = symposiums.cancel_symposium(notified(care).symposium, reason="防汛", actor=care.staff)
    symposium = symposiums.reopen_symposium(symposium, reason="汛情解除", actor=care.staff)
    assert (symposium.state, symposium.notified_on, symposium.cancel_reason, told(care)) == ("planned", None, "", [])


def test_leave_has_a_reason_and_no_answer_is_taken_once_it_has_begun(care: Care) -> None:
    invitation = notified(care)
    with pytest.raises(ValidationError) as error:
        invitations.answer_invitation(invitation, answer="excused", actor=care.own)
    assert list(codes(error)) == ["answer_reason"]
    with time_machine.travel("2026-11-30T09:30:00+08:00", tick=False), pytest.raises(ValidationError) as error:
        invitations.answer_invitation(invitation, answer="coming", actor=care.own)
    assert codes(error) == {"": ["not_asked"]}


def test_attendance_is_not_recorded_before_it_begins(care: Care, client_of: Any) -> None:
    invitation = notified(care)
    with pytest.raises(ValidationError) as error:
        invitations.record_attendance(invitation.symposium, presence={invitation.pk: "present"}, actor=care.staff)
    assert codes(error) == {"": ["future"]}
    page = client_of(care.user("staff")).post(
        reverse("care:symposium_attendance", kwargs={"pk": invitation.symposium_id}),
        {"version": invitation.symposium.version, f"presence_{invitation.pk.hex}": "present"},
    )
    assert (page.status_code, "Attendance is recorded once the symposium" in page.content.decode()) == (200, True)


def test_on_its_day_attendance_is_offered_once_it_has_begun(care: Care, client_of: Any) -> None:
    symposium = made(care, day=TODAY, starts_at=time(12, 5), ends_at=time(13))
    presence = {invited(care, symposium).pk: "present"}
    page, record = (reverse(f"care:symposium_{name}", kwargs={"pk": symposium.pk}) for name in ("detail", "attendance"))
    offered = []
    with pytest.raises(ValidationError) as error:
        invitations.record_attendance(symposium, presence=presence, actor=care.staff)
    assert codes(error) == {"": ["future"]}
    client = client_of(care.user("staff"))
    for minute in (1, 9):
        with time_machine.travel(f"2026-11-23T12:0{minute}:00+08:00", tick=False):
            offered.append(record in client.get(page).content.decode())
    assert offered == [False, True]


def test_it_is_not_closed_without_minutes(care: Care, client_of: Any) -> None:
    symposium = held(care)
    page, close = (reverse(f"care:symposium_{name}", kwargs={"pk": symposium.pk}) for name in ("detail", "close"))
    with pytest.raises(ValidationError) as error:
        symposiums.close_symposium(symposium, actor=care.staff)
    assert codes(error) == {"": ["no_minutes"]}
    assert close not in client_of(care.user("staff")).get(page).content.decode()
    symposiums.write_minutes(symposium, minutes="听取了交流。", actor=care.staff)
    assert close in client_of(care.user("staff")).get(page).content.decode()


def test_one_that_was_held_is_not_moved_into_the_future(care: Care) -> None:
    symposium = held(care)
    known = TYPED | {"day": NEXT, "starts_at": time(9), "ends_at": time(11), "unit": care.district.top}
    with pytest.raises(ValidationError) as error:
        symposiums.change_symposium(symposium, **known, actor=care.staff)  # type: ignore[arg-type]
    assert codes(error) == {"day": ["future"]}


def test_a_record_from_an_old_page_is_stale(care: Care, client_of: Any) -> None:
    symposium = held(care)
    with pytest.raises(Stale):
        symposiums.write_minutes(symposium, minutes="旧", version=symposium.version - 1, actor=care.staff)
    invitation = symposium.invitations.get()
    client = client_of(care.user("staff"))
    for name, data in (
        ("symposium_minutes", {"minutes": "旧"}),
        ("symposium_attendance", {f"presence_{invitation.pk.hex}": "absent"}),
    ):
        url = reverse(f"care:{name}", kwargs={"pk": symposium.pk})
        assert client.post(url, data | {"version": symposium.version - 1}).status_code == 409


def test_whoever_is_taken_at_that_time_is_named(care: Care, client_of: Any) -> None:
    notified(care)
    other = made(care, title="另一个会", starts_at=time(10), ends_at=time(12))
    client = client_of(care.user("staff"))
    url = reverse("care:symposium_place", kwargs={"pk": other.pk})
    page = client.post(url, {"pick": care.file.pk}).content.decode()
    assert ("1 of them is taken at that time" in page, "Symposium “下半年座谈会”" in page) == (True, True)
    invited(care, other)
    page = client.get(reverse("care:symposium_detail", kwargs={"pk": other.pk})).content.decode()
    assert "1 person is taken at that time otherwise; see the list." in page


@pytest.mark.parametrize(("length", "status"), [(1_500_000, 200), (3_500_000, 413)])
def test_a_huge_agenda_meets_a_clear_answer(care: Care, client_of: Any, length: int, status: int) -> None:
    agenda = "议" * length
    page = client_of(care.user("staff")).post(
        reverse("care:symposium_new"), TYPED | {"unit": care.district.top.pk, "agenda": agenda}
    )
    assert (page.status_code, agenda in page.content.decode()) == (status, status == 200)
    assert Symposium.objects.count() == 0


def test_an_entry_in_the_file_of_whoever_was_there(care: Care) -> None:
    absent = TraineeFactory.create(home_unit=care.district.town, arrived_on=date(2025, 7, 1))
    symposium = held(care, absent)
    presence = {symposium.invitations.get(trainee=absent).pk: "absent"}
    invitations.record_attendance(symposium, presence=presence, actor=care.staff)

    def entries(file: Any, who: str) -> list[tuple[str, bool]]:
        access = resolve(care.user(who), file)
        rows = Timeline(file, access).page(size=50, kind="symposium").rows
        words = [growth_sources[row.source].words(row, access) for row in rows]
        return [(each.title, bool(each.url)) for each in words]

    assert [entries(care.file, who) for who in ("staff", "own", "liaison")] == [
        [("下半年座谈会", True)],
        [("下半年座谈会", True)],
        [],
    ]
    assert entries(absent, "staff") == []


def test_the_paper_names_who_was_there_and_what_was_said(care: Care, client_of: Any) -> None:
    symposium = symposiums.write_minutes(held(care), minutes="听取了交流。", actor=care.staff)
    remarks.add_remark(symposium, text="少发问卷", trainee=care.file, actor=care.staff)
    paper = minutes_paper(care.user("staff"), symposium.pk)
    assert paper is not None
    assert {name: paper.values[name] for name in ("present", "agenda", "minutes", "remarks", "problems")} == {
        "present": "林知远",
        "agenda": ["1．学习传达有关精神", "2．意见建议"],
        "minutes": ["听取了交流。"],
        "remarks": ["林知远：少发问卷"],
        "problems": ["无"],
    }
    sheet = client_of(care.user("staff")).get(reverse("care:symposium_sheet", kwargs={"pk": symposium.pk}))
    assert "林知远" in sheet.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [("", 1), ("?q=座谈", 1), ("?q=无", 0), ("?month=2026-11", 1), ("?month=2026-12", 0), ("?state=planned", 0),
     ("?state=held", 1), ("?state=voided", 0), ("?kind=second_half", 1), ("?kind=topic", 0), ("?case=late", 0),
     ("?sort=note", 1)],
)  # fmt: skip
def test_what_the_list_is_narrowed_to(care: Care, client_of: Any, query: str, found: int) -> None:
    held(care)
    page = client_of(care.user("staff")).get(reverse("care:symposium_list") + query)
    assert len(page.context["table"].rows) == found


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_and_pages_cost_the_same_whatever_their_length(
    care: Care, client_of: Any, rows: int, django_assert_num_queries: Any
) -> None:
    others = [TraineeFactory.create(home_unit=care.district.town, arrived_on=date(2025, 7, 1)) for _ in range(rows)]
    symposium = held(care, *others)
    for number in range(rows):
        remarks.add_remark(symposium, text=f"发言{number}", trainee=others[number], actor=care.staff)
        problems.add_problem(
            symposium, text="诉求", trainee=others[number], due_on=date(2026, 12, 20), actor=care.staff
        )
    for _number in range(rows - 1):
        held(care)
    assert Remark.objects.count() == rows
    client = client_of(care.user("staff"))
    detail = {"pk": symposium.pk}
    for name, kwargs, queries in (
        ("symposium_list", {}, LIST_QUERIES),
        ("symposium_detail", detail, DETAIL_QUERIES),
        ("symposium_attendance", detail, ATTENDANCE_QUERIES),
        ("symposium_sheet", detail, SHEET_QUERIES),
        ("problem_list", {}, 9),
    ):
        client.get(reverse(f"care:{name}", kwargs=kwargs))
        with django_assert_num_queries(queries):
            client.get(reverse(f"care:{name}", kwargs=kwargs))


def test_a_day_that_has_passed_without_a_record_is_due(care: Care) -> None:
    made(care, day=TODAY - timedelta(days=3))
    assert due("care.symposium_record") == [(TODAY - timedelta(days=2), None, care.staff.pk)]
