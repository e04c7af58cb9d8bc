"""What is said at a symposium: remarks, what is raised, the restricted text, and what the person invited reads."""

from datetime import date, time
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from cadre_app.care.models import Problem, Symposium
from cadre_app.care.papers.minutes import minutes_paper
from cadre_app.care.services import invitations, notes, problems, remarks, symposiums
from cadre_app.core.registries import job_kinds
from cadre_app.history.models import Entry
from cadre_app.people.models import Relative
from tests.care.conftest import TODAY, Care
from tests.care.symposiums import SECRET, codes, due, held, invited, made
from tests.factories import PersonFactory, TraineeFactory

pytestmark = pytest.mark.django_db


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
    symposium = symposiums.write_minutes(symposium, minutes="听取了交流。", actor=care.staff)
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
    symposium = made(care, guests="王书记 梧岭镇", day=TODAY, starts_at=time(12, 5), ends_at=time(13))
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
    with time_machine.travel("2026-11-23T12:10:00+08:00", tick=False):
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


def test_a_declared_relative_of_somebody_on_the_list_does_not_work_on_it_either(care: Care, client_of: Any) -> None:
    symposium = notes.write_note(held(care, care.file), note=SECRET, actor=care.staff)
    symposium = notes.name_readers(symposium, readers=[care.colleague], actor=care.staff)
    kin = PersonFactory.create(name="林母", account=care.colleague)
    Relative.objects.create(person=care.file.person, relation="母亲", name="林母", other=kin)
    client = client_of(care.user("colleague"))
    invitation = symposium.invitations.get()
    asked = [
        client.get(reverse(f"care:symposium_{name}", kwargs={"pk": symposium.pk}))
        for name in ("detail", "edit", "attendance", "write", "sheet")
    ]
    asked += [
        client.get(reverse("care:invitation_remove", kwargs={"pk": invitation.pk})),
        client.post(reverse("care:symposium_read", kwargs={"pk": symposium.pk})),
        client.get(reverse("documents:paper", kwargs={"kind": "care.minutes", "pk": symposium.pk})),
    ]
    assert {answer.status_code for answer in asked} <= {403, 404}
    assert [SECRET in answer.content.decode() for answer in asked] == [False] * len(asked)
