"""Symposiums from the plan to their closing: lists, answers, attendance, remarks, minutes, what is raised, restricted text."""

from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cadre_app.care.models import Invitation, Problem, Remark, Symposium, SymposiumNews
from cadre_app.care.papers.minutes import minutes_paper
from cadre_app.care.services import invitations, notes, problems, remarks, symposiums
from cadre_app.core.growth import growth_sources
from cadre_app.core.models import Stale
from cadre_app.core.registries import job_kinds
from cadre_app.core.reminding import reminder_rules
from cadre_app.growth.timeline import Timeline
from cadre_app.history.models import Entry
from cadre_app.people.access import resolve
from tests.care.conftest import TODAY, Care
from tests.factories import PersonFactory, TraineeFactory

pytestmark = pytest.mark.django_db
NEXT, SECRET = date(2026, 11, 30), "对个别同志的思想波动另行了解"
FAR = date(2099, 1, 1)
LIST_QUERIES, DETAIL_QUERIES, ATTENDANCE_QUERIES, SHEET_QUERIES = 8, 17, 8, 7
TYPED = {
    "title": "下半年座谈会", "kind": "second_half", "day": "2026-11-30", "starts_at": "09:00", "ends_at": "11:00",
    "place": "部会议室", "chair": "部长", "agenda": "学习传达有关精神\n意见建议", "guests": "",
}  # fmt: skip


def made(care: Care, **values: Any) -> Symposium:
    known = TYPED | {"day": NEXT, "starts_at": time(9), "ends_at": time(11), "unit": care.district.top}
    return symposiums.plan_symposium(**known | values, actor=care.staff)  # type: ignore[arg-type]


def invited(care: Care, symposium: Symposium, *files: Any) -> Invitation:
    invitations.invite_many(symposium, trainees=[care.file, *files], actor=care.staff)
    return Invitation.objects.get(symposium=symposium, trainee=care.file)


def notified(care: Care, **values: Any) -> Invitation:
    symposium = made(care, **values)
    invitation = invited(care, symposium)
    invitation.symposium = symposiums.notify_symposium(symposium, actor=care.staff)
    return invitation


def held(care: Care, *files: Any, **values: Any) -> Symposium:
    symposium = made(care, **{"day": TODAY} | values)
    invited(care, symposium, *files)
    presence = dict.fromkeys(symposium.invitations.values_list("pk", flat=True), "present")
    return invitations.record_attendance(symposium, presence=presence, actor=care.staff)


def codes(error: pytest.ExceptionInfo[ValidationError]) -> dict[str, list[str]]:
    found = error.value.error_dict if hasattr(error.value, "error_dict") else {"": error.value.error_list}
    return {name: [str(one.code) for one in errors] for name, errors in found.items()}


def due(key: str) -> list[tuple[Any, ...]]:
    return list(reminder_rules[key].dues(FAR).values_list("due_day", "trainee_key", "doer_key"))


def told(care: Care) -> list[str]:
    rows = SymposiumNews.objects.filter(closed_at=None, invitation__trainee=care.file)
    return list(rows.values_list("kind", flat=True))


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
    assert due("care.own_symposium") == [(NEXT, care.file.pk, care.own.pk)]
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


def test_attendance_is_not_recorded_before_the_day(care: Care, client_of: Any) -> None:
    invitation = notified(care)
    with pytest.raises(ValidationError) as error:
        invitations.record_attendance(invitation.symposium, presence={invitation.pk: "present"}, actor=care.staff)
    assert codes(error) == {"": ["future"]}
    page = client_of(care.user("staff")).post(
        reverse("care:symposium_attendance", kwargs={"pk": invitation.symposium_id}),
        {"version": invitation.symposium.version, f"presence_{invitation.pk.hex}": "present"},
    )
    assert (page.status_code, "Attendance is recorded from the day" in page.content.decode()) == (200, True)


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


def test_a_remark_has_one_speaker_or_nobody_and_an_anonymous_one_keeps_no_name(care: Care) -> None:
    symposium = held(care)
    one = remarks.add_remark(symposium, text="少发问卷", trainee=care.file, is_anonymous=True, actor=care.staff)
    assert (one.trainee, one.speaker) == (None, "")
    assert str(care.file.pk) not in str(Entry.objects.filter(object_id=one.pk).values_list("after", flat=True))
    for values in ({}, {"trainee": care.file, "speaker": "村书记"}):
        with pytest.raises(ValidationError):
            remarks.add_remark(symposium, text="少发问卷", **values, actor=care.staff)  # type: ignore[arg-type]
    absent = TraineeFactory.create(home_unit=care.district.town)
    with pytest.raises(ValidationError) as error:
        remarks.add_remark(symposium, text="少发问卷", trainee=absent, actor=care.staff)
    assert codes(error) == {"trainee": ["not_there"]}


def test_what_is_raised_stands_in_the_one_list_of_problems(care: Care, client_of: Any) -> None:
    talk_problem = care.raised(care.held())
    symposium = held(care)
    known = {"due_on": date(2026, 12, 20), "actor": care.staff}
    named = problems.add_problem(symposium, text="多安排交流", trainee=care.file, **known)  # type: ignore[arg-type]
    unnamed = problems.add_problem(symposium, text="少发问卷", **known)  # type: ignore[arg-type]
    client = client_of(care.user("staff"))
    url = reverse("care:problem_list")
    found = {
        query: [row.cells[0].value for row in client.get(url + query).context["table"].rows]
        for query in ("?columns=text", "?columns=text&source=symposium", "?columns=text&source=talk", "?source=visit")
    }
    assert [sorted(texts) for texts in found.values()] == [
        sorted([talk_problem.text, named.text, unnamed.text]),
        sorted([named.text, unnamed.text]),
        [talk_problem.text],
        [],
    ]
    assert Problem.objects.visible_to(care.user("other_staff")).count() == 0
    outsider = TraineeFactory.create(home_unit=care.district.town)
    with pytest.raises(ValidationError) as error:
        problems.add_problem(symposium, text="甲", trainee=outsider, **known)  # type: ignore[arg-type]
    assert codes(error) == {"trainee": ["not_there"]}


def test_a_problem_without_a_name_goes_its_way_and_holds_the_symposium_open(care: Care) -> None:
    symposium = held(care)
    problem = problems.add_problem(symposium, text="少发问卷", due_on=date(2026, 12, 20), actor=care.staff)
    assert due("care.problem_due") == [(date(2026, 12, 20), None, care.staff.pk)]
    with pytest.raises(ValidationError) as error:
        symposiums.close_symposium(symposium, actor=care.staff)
    assert codes(error) == {"": ["unsettled"]}
    given = {"text": problem.text, "handling_unit": "部办公室", "due_on": problem.due_on, "handler": care.leader}
    problem = problems.assign_problem(problem, **given, actor=care.staff)  # type: ignore[arg-type]
    problem = problems.answer_problem(problem, answer="已精简", answered_on=TODAY, actor=care.staff)
    problem = problems.revisit_problem(problem, revisited_on=TODAY, actor=care.staff)
    problems.close_problem(problem, actor=care.staff)
    assert symposiums.close_symposium(symposium, actor=care.staff).state == "closed"


def test_the_restricted_text_is_read_on_record_by_its_readers_alone(care: Care, client_of: Any) -> None:
    symposium = notes.write_note(held(care), note=SECRET, actor=care.staff)
    read, reveal = (reverse(f"care:symposium_{name}", kwargs={"pk": symposium.pk}) for name in ("read", "reveal"))
    assert client_of(care.user("colleague")).post(read).status_code == 403
    assert SECRET in client_of(care.user("staff")).post(read).content.decode()
    assert SECRET in client_of(care.user("leader")).post(reveal, {"reason": "了解情况"}).content.decode()
    readings = Entry.objects.filter(object_id=symposium.pk, kind=Entry.Kind.READING)
    assert sorted(readings.values_list("verb", "reason")) == [
        ("care.symposium.read", ""),
        ("care.symposium.revealed", "了解情况"),
    ]
    symposium = notes.name_readers(symposium, readers=[care.colleague], actor=care.staff)
    assert SECRET in client_of(care.user("colleague")).post(read).content.decode()


@pytest.mark.parametrize("agent", ["Mozilla/5.0 (Linux; Android 14) Mobile"])
def test_it_does_not_open_on_a_phone(care: Care, client_of: Any, agent: str) -> None:
    symposium = notes.write_note(held(care), note=SECRET, actor=care.staff)
    client = client_of(care.user("staff"))
    for name in ("read", "write", "readers"):
        url = reverse(f"care:symposium_{name}", kwargs={"pk": symposium.pk})
        assert client.post(url, {"note": "甲"}, headers={"User-Agent": agent}).status_code == 403
    assert Entry.objects.filter(kind=Entry.Kind.READING).count() == 0


def test_it_stands_nowhere_else(care: Care, client_of: Any) -> None:
    symposium = notes.write_note(held(care), note=SECRET, actor=care.staff)
    pages = [
        client_of(care.user(who)).get(reverse(f"care:{name}", kwargs={"pk": symposium.pk})).content.decode()
        for who, name in (
            ("staff", "symposium_detail"),
            ("staff", "symposium_write"),
            ("staff", "symposium_edit"),
            ("leader", "symposium_detail"),
            ("own", "symposium_detail"),
        )
    ]
    table = job_kinds["care.symposiums"].table
    assert table is not None
    query = QueryDict("columns=day,title,agenda,place,chair,state,invited,present,raised")
    pages += [str(row) for row in table(care.user("staff"), query).export_rows()]
    pages += [str(row) for row in Entry.objects.values_list("before", "after", "reason")]
    paper = minutes_paper(care.user("staff"), symposium.pk)
    assert paper is not None
    pages.append(str(paper.values))
    assert [page for page in pages if SECRET in page] == []


def test_the_person_invited_answers_and_reads_the_shared_minutes_later(care: Care, client_of: Any) -> None:
    other = TraineeFactory.create(home_unit=care.district.town)
    symposium = made(care, guests="王书记 梧岭镇", day=TODAY, starts_at=time(14), ends_at=time(16))
    invitation = invited(care, symposium, other)
    client: Client = client_of(care.user("own"))
    detail = reverse("care:symposium_detail", kwargs={"pk": symposium.pk})
    assert client.get(detail).status_code == 404
    symposiums.notify_symposium(symposium, actor=care.staff)
    page = client.get(detail).content.decode()
    shown = [word in page for word in ("部会议室", "意见建议", "王书记", other.person.name)]
    assert shown == [True, True, False, False]
    answer = reverse("care:invitation_answer", kwargs={"pk": invitation.pk})
    refused = client.post(answer, {"answer": "excused", "version": 1})
    assert (refused.status_code, "Say why you ask for leave." in refused.content.decode()) == (200, True)
    assert client.post(answer, {"answer": "coming", "version": 1}).status_code == 302
    presence = dict.fromkeys(symposium.invitations.values_list("pk", flat=True), "present")
    symposium = invitations.record_attendance(symposium, presence=presence, actor=care.staff)
    symposium = symposiums.write_minutes(symposium, minutes="听取了到村任职情况。", actor=care.staff)
    remarks.add_remark(symposium, text="少发问卷", is_anonymous=True, actor=care.staff)
    problems.add_problem(symposium, text="别人的诉求", trainee=other, due_on=date(2026, 12, 20), actor=care.staff)
    page = client.get(detail).content.decode()
    shown = [word in page for word in ("听取了到村任职情况。", "少发问卷", "Without a name", "别人的诉求")]
    assert shown == [True, True, True, False]


def test_a_worker_on_the_list_takes_part_and_does_not_work_on_it(care: Care, client_of: Any) -> None:
    file = TraineeFactory.create(
        person=PersonFactory.create(account=care.colleague), home_unit=care.district.town, arrived_on=date(2025, 7, 1)
    )
    symposium = notes.write_note(held(care, file), note=SECRET, actor=care.staff)
    user = care.user("colleague")
    assert not Symposium.objects.worked_on(user).exists()
    for name in ("edit", "attendance", "write", "sheet"):
        url = reverse(f"care:symposium_{name}", kwargs={"pk": symposium.pk})
        assert client_of(user).get(url).status_code in (403, 404)


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
