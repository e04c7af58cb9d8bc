"""The pages of a talk: what each reader gets, bad input beside its field, and what is never kept or sent back."""

import re
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse

from cadre_app.accounts.services import drafts
from cadre_app.care.models import Problem, Talk, TalkPlan, TalkState, TalkTrigger
from cadre_app.care.services import recording, talks, triggers
from cadre_app.history.models import Entry
from cadre_app.people.models import Relative
from tests.care.conftest import ANSWER, SECRET, Care
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148 MicroMessenger/8.0"


def url(name: str, obj: Any) -> str:
    return reverse(f"care:{name}", kwargs={"pk": obj.pk})


def errors(response: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = response.context["form"].errors
    return found


def test_staff_plan_book_record_and_close_a_talk(care: Care, client_of: Any) -> None:
    client = client_of(care.user("staff"))
    facts = {"kind": "routine", "occasion": "routine", "planned_on": "2026-12-01", "topics": ["village"]}
    client.post(url("talk_new", care.file), facts)
    talk = Talk.objects.get()
    when = {"booked_on": "2026-11-23", "booked_time": "15:30", "place": "部里", "interviewer": care.leader.pk}
    client.post(url("talk_book", talk), when | {"version": 1})
    held = {"held_on": "2026-11-23", "interviewer": care.leader.pk, "topics": ["village", "plans"], "content": SECRET}
    client.post(url("talk_record", talk), held | {"version": 2, "readers": [care.colleague.pk]})
    client.post(url("talk_close", talk), {"version": Talk.objects.get().version})
    talk = Talk.objects.get()
    assert (talk.state, talk.topics, talk.content, list(talk.readers.all())) == (
        TalkState.CLOSED,
        ["village", "plans"],
        SECRET,
        [care.colleague],
    )


def test_the_page_of_staff_holds_no_text_until_it_is_opened(care: Care, client_of: Any) -> None:
    talk = care.held()
    client = client_of(care.user("staff"))
    page = client.get(url("talk_detail", talk)).content.decode()
    opened = client.post(url("talk_read", talk)).content.decode()
    assert (SECRET in page, ANSWER in page, SECRET in opened, ANSWER in opened) == (False, False, True, True)
    assert Entry.objects.filter(verb="care.talk.read", actor=care.staff, object_id=talk.pk).count() == 1


def test_a_reader_who_was_named_reads_and_another_does_not(care: Care, client_of: Any) -> None:
    talk = care.held(readers=[care.colleague])
    assert client_of(care.user("colleague")).post(url("talk_read", talk)).status_code == 200
    recording.name_readers(talk, readers=[], actor=care.staff)
    assert client_of(care.user("colleague")).post(url("talk_read", talk)).status_code == 403


def test_a_leader_opens_it_with_a_reason_on_record(care: Care, client_of: Any) -> None:
    talk = care.held()
    client = client_of(care.user("leader"))
    assert client.post(url("talk_read", talk)).status_code == 403
    unsaid = client.post(url("talk_reveal", talk), {"reason": " "})
    assert (list(errors(unsaid)), SECRET in unsaid.content.decode()) == (["reason"], False)
    assert SECRET in client.post(url("talk_reveal", talk), {"reason": "了解思想动态"}).content.decode()
    assert Entry.objects.get(verb="care.talk.revealed").reason == "了解思想动态"


def test_nothing_is_shown_where_the_reading_cannot_be_put_on_record(
    care: Care, client_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = care.held()
    client = client_of(care.user("staff"))
    client.raise_request_exception = False

    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the record cannot be written")

    monkeypatch.setattr("cadre_app.history.services.record_reading", broken)
    response = client.post(url("talk_read", talk))
    assert (response.status_code, SECRET in response.content.decode()) == (500, False)


def test_on_a_phone_no_restricted_text_is_offered_or_opened(care: Care, client_of: Any) -> None:
    talk, planned = care.held(), care.planned()
    client = client_of(care.user("staff"))
    form = client.get(url("talk_record", planned), headers={"user-agent": PHONE}).context["form"]
    assert [name for name in ("content", "response", "readers") if name in form.fields] == []
    statuses = [
        client.post(url("talk_read", talk), headers={"user-agent": PHONE}).status_code,
        client.get(url("talk_write", talk), headers={"user-agent": PHONE}).status_code,
        client_of(care.user("leader")).get(url("talk_reveal", talk), headers={"user-agent": PHONE}).status_code,
    ]
    assert statuses == [403, 403, 403]
    assert Entry.objects.filter(kind=Entry.Kind.READING).count() == 0


def test_a_form_never_sends_the_present_text_and_its_fields_are_no_draft(care: Care, client_of: Any) -> None:
    talk = care.held()
    page = client_of(care.user("staff")).get(url("talk_write", talk))
    text = page.content.decode()
    assert (SECRET in text, 'data-restricted="1"' in text) == (False, True)
    typed = QueryDict(mutable=True)
    typed.update({"content": "私密", "response": "私密", "restricted": page.context["form"]["restricted"].value()})
    assert drafts.save_draft(care.user("staff"), page=url("talk_write", talk), data=typed) is False


def test_a_stale_page_shows_neither_the_present_text_nor_loses_the_typed_one(care: Care, client_of: Any) -> None:
    talk = care.held()
    recording.write_texts(talk, content="同事刚写的内容", actor=care.staff)
    response = client_of(care.user("staff")).post(url("talk_write", talk), {"version": 1, "content": "我写的内容"})
    text = response.content.decode()
    assert (response.status_code, "同事刚写的内容" in text, "我写的内容" in text) == (409, False, True)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"held_on": "2026-11-24"}, "held_on"),
        ({"held_on": "31.02.2026"}, "held_on"),
        ({"held_on": "0001-01-01"}, "held_on"),
        ({"topics": []}, "topics"),
        ({"topics": ["gossip"]}, "topics"),
        ({"interviewer": ""}, "interviewer"),
        ({"interviewer": "5"}, "interviewer"),
        ({"place": "会" * 61}, "place"),
        ({"content": "谈" * 5001}, "content"),
        ({"content": "谈话\x00内容"}, "content"),
        ({"content": "谈\u202e话"}, "content"),
        ({"content": "机密★10年"}, "content"),
        ({"readers": ["7"]}, "readers"),
    ],
)
def test_bad_input_is_said_beside_its_field(care: Care, client_of: Any, values: dict[str, Any], field: str) -> None:
    talk = care.planned()
    known = {"held_on": "2026-11-20", "interviewer": care.leader.pk, "topics": ["village"], "content": "谈了工作"}
    response = client_of(care.user("staff")).post(url("talk_record", talk), known | values | {"version": 1})
    assert (response.status_code, list(errors(response))) == (200, [field])
    talk.refresh_from_db()
    assert talk.state == TalkState.PLANNED


def test_a_double_tap_records_one_problem(care: Care, client_of: Any) -> None:
    talk = care.held()
    client = client_of(care.user("staff"))
    token = str(client.get(url("problem_new", talk)).context["form"]["submission"].value())
    sent = {"text": "办公电脑老旧", "due_on": "2026-12-05", "submission": token}
    assert [client.post(url("problem_new", talk), sent).status_code for _tap in range(2)] == [302, 302]
    assert Problem.objects.count() == 1


def test_a_problem_goes_from_hand_to_hand(care: Care, client_of: Any) -> None:
    problem = care.raised(care.held(), handling_unit="")
    client = client_of(care.user("staff"))
    steps: list[tuple[str, dict[str, Any], str]] = [
        ("assign", {"text": "办公电脑老旧", "handling_unit": "党政办", "due_on": "2026-12-08"}, "in_hand"),
        ("answer", {"answer": "已更换", "answered_on": "2026-11-23"}, "answered"),
        ("revisit", {"revisited_on": "2026-11-23", "revisit_note": "满意"}, "revisited"),
        ("close", {}, "closed"),
        ("reopen", {"reason": "又坏了"}, "in_hand"),
        ("void", {"reason": "误录"}, "in_hand"),
        ("restore", {}, "in_hand"),
    ]
    states = []
    for step, values, _state in steps:
        problem = Problem.objects.get()
        client.post(url(f"problem_{step}", problem), values | {"version": problem.version})
        states.append(Problem.objects.get().state)
    assert states == [state for _step, _values, state in steps]


def test_an_occasion_is_answered_by_a_talk_or_set_aside(care: Care, client_of: Any) -> None:
    client = client_of(care.user("staff"))
    client.post(
        url("trigger_new", care.file), {"occasion": "setback", "happened_on": "2026-11-10", "subject": "未立项"}
    )
    trigger = TalkTrigger.objects.get()
    assert trigger.due_on == date(2026, 12, 10)
    held = {
        "kind": "care",
        "occasion": "setback",
        "held_on": "2026-11-22",
        "interviewer": care.leader.pk,
        "topics": ["stress"],
    }
    client.post(f"{url('talk_add_held', care.file)}?trigger={trigger.pk}", held)
    trigger.refresh_from_db()
    assert trigger.answered_on == date(2026, 11, 22)
    refused = client.post(url("trigger_set_aside", trigger), {"reason": "不必", "version": trigger.version})
    assert refused.status_code == 200


def test_an_occasion_that_was_set_aside_can_be_taken_up_again(care: Care, client_of: Any) -> None:
    client = client_of(care.user("staff"))
    client.post(url("trigger_new", care.file), {"occasion": "commended", "happened_on": "2026-11-10"})
    trigger = TalkTrigger.objects.get()
    client.post(url("trigger_set_aside", trigger), {"reason": "已电话祝贺", "version": 1})
    assert client.get(url("plan_edit", care.plan)).context["occasions"] == [trigger]
    client.post(url("trigger_take_up", trigger), {"reason": "仍需面谈", "version": 2})
    assert TalkTrigger.objects.open().get() == trigger


def test_of_a_change_in_the_family_nothing_is_described(care: Care, client_of: Any) -> None:
    sent = {"occasion": "family", "happened_on": "2026-11-10", "subject": "父亲住院"}
    response = client_of(care.user("staff")).post(url("trigger_new", care.file), sent)
    assert (list(errors(response)), TalkTrigger.objects.count()) == (["subject"], 0)


def test_an_occasion_of_the_year_one_is_a_slip_of_the_pen(care: Care, client_of: Any) -> None:
    sent = {"occasion": "setback", "happened_on": "0001-01-01"}
    response = client_of(care.user("staff")).post(url("trigger_new", care.file), sent)
    assert (list(errors(response)), TalkTrigger.objects.count()) == (["happened_on"], 0)


@pytest.mark.parametrize("key", ["x", "00000000-0000-0000-0000-000000000000"])
def test_an_occasion_of_somebody_else_is_not_found(care: Care, client_of: Any, key: str) -> None:
    response = client_of(care.user("staff")).get(f"{url('talk_new', care.file)}?trigger={key}")
    assert response.status_code == 404


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"cadence_months": "25"}, "cadence_months"),
        ({"cadence_months": "半年"}, "cadence_months"),
        ({"paused_until": "2026-11-01", "pause_reason": "产假"}, "paused_until"),
        ({"paused_until": "2027-02-01"}, "pause_reason"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(care: Care, client_of: Any, values: dict[str, str], field: str) -> None:
    response = client_of(care.user("staff")).post(url("plan_edit", care.plan), values | {"version": 1})
    assert list(errors(response)) == [field]


def test_talks_are_planned_for_those_who_were_picked_once_it_is_confirmed(care: Care, client_of: Any) -> None:
    client = client_of(care.user("staff"))
    picked = {"pick": care.plan.pk}
    asked = client.post(reverse("care:talk_plan_many"), picked)
    assert (asked.context["names"], Talk.objects.count()) == (["林知远"], 0)
    facts = {"planned_on": "2026-12-15", "kind": "routine", "occasion": "routine", "confirmed": "1"}
    client.post(reverse("care:talk_plan_many"), picked | facts)
    assert [(talk.trainee, talk.planned_on) for talk in Talk.objects.all()] == [(care.file, date(2026, 12, 15))]


def test_what_was_picked_in_another_unit_is_left_out(care: Care, client_of: Any) -> None:
    asked = client_of(care.user("other_staff")).post(reverse("care:talk_plan_many"), {"pick": care.plan.pk})
    assert asked.context["names"] == []


def test_a_closed_file_says_so(care: Care, client_of: Any) -> None:
    talk = care.planned()
    type(care.file).objects.filter(pk=care.file.pk).update(departed_on=date(2026, 11, 20))
    response = client_of(care.user("staff")).get(url("talk_cancel", talk))
    assert (response.status_code, "errors/refused.html" in [one.name for one in response.templates]) == (403, True)


def test_one_who_does_not_exist_is_as_one_out_of_sight(care: Care, client_of: Any) -> None:
    client = client_of(care.user("other_staff"))
    hidden = client.get(url("talk_detail", care.planned()))
    unknown = client.get(reverse("care:talk_detail", kwargs={"pk": TalkPlan().pk}))
    assert (hidden.status_code, unknown.status_code) == (404, 404)


def test_a_declared_relative_finds_neither_talk_nor_problem(care: Care, client_of: Any) -> None:
    talk = care.held(readers=[care.colleague])
    problem = care.raised(talk)
    kin = PersonFactory.create(name="林母", account=care.colleague)
    Relative.objects.create(person=care.file.person, relation="母亲", name="林母", other=kin)
    client = client_of(care.user("colleague"))
    statuses = [
        client.get(url("talk_detail", talk)).status_code,
        client.post(url("talk_read", talk)).status_code,
        client.get(url("problem_answer", problem)).status_code,
        client.get(url("plan_edit", care.plan)).status_code,
    ]
    rows = [len(client.get(reverse(f"care:{name}")).context["table"].rows) for name in ("talk_list", "problem_list")]
    assert (statuses, rows) == ([404, 404, 404, 404], [0, 0])


def test_a_talk_is_recorded_although_its_occasion_was_set_aside_meanwhile(care: Care) -> None:
    trigger = triggers.add_trigger(care.file, occasion="setback", happened_on=date(2026, 11, 10), actor=care.staff)
    talk = care.planned(trigger=trigger)
    triggers.set_aside_trigger(trigger, reason="已了解", actor=care.staff)
    held = {"held_on": date(2026, 11, 20), "interviewer": care.leader, "topics": ["stress"], "actor": care.staff}
    assert recording.record_talk(talk, **held).state == TalkState.HELD  # type: ignore[arg-type]


def test_leaders_are_led_to_no_page_that_they_may_not_open(care: Care, client_of: Any) -> None:
    triggers.add_trigger(care.file, occasion="setback", happened_on=date(2026, 11, 10), actor=care.staff)
    care.raised(care.held())
    client = client_of(care.user("leader"))
    pages = [reverse("care:talk_list"), reverse("care:plan_list"), reverse("care:problem_list")]
    pages.append(url("talk_detail", Talk.objects.get()))
    found = {link for page in pages for link in re.findall(r'href="(/care/[^"#]*)', client.get(page).content.decode())}
    assert [link for link in sorted(found) if client.get(link.replace("&amp;", "&")).status_code != 200] == []


def test_who_restores_a_talk_is_told_of_another_that_waits(care: Care, client_of: Any) -> None:
    talk = talks.void_talk(care.planned(), reason="误录", actor=care.staff)
    page, told = reverse("care:talk_restore", kwargs={"pk": talk.pk}), []
    for _time in range(2):
        shown = client_of(care.user("staff")).get(page).content.decode()
        told.append("Another talk with this person waits, for 8 Dec 2026 (Planned)." in shown)
        care.planned(planned_on=date(2026, 12, 8))
    assert told == [False, True]
