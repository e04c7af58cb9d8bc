"""Who is told of a symposium, and who may open it: on its day, recorded afterwards, voided and restored; nameless remarks."""

from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from cadre_app.care.models import Remark, Symposium
from cadre_app.care.services import invitations, problems, remarks, symposiums
from cadre_app.core.growth import growth_kinds, growth_sources
from cadre_app.core.nav import groups_for
from cadre_app.core.reminding import reminder_rules
from cadre_app.history.describe import changes_of, names_in
from cadre_app.history.models import Entry
from cadre_app.reminders.models import Occurrence
from cadre_app.reminders.wording import state_of, when_text
from tests.care.conftest import TODAY, Care
from tests.care.symposiums import NEXT, TYPED, codes, due, held, invited, made, notified, told
from tests.factories import TraineeFactory

pytestmark = pytest.mark.django_db
LATER = {"day": TODAY, "starts_at": time(23), "ends_at": time(23, 30)}
DETAIL = "care:symposium_detail"


def url(name: str, symposium: Symposium) -> str:
    return reverse(f"care:{name}", kwargs={"pk": symposium.pk})


def changed(care: Care, symposium: Symposium, **values: Any) -> Symposium:
    known = TYPED | {"day": symposium.day, "starts_at": time(9), "ends_at": time(11), "unit": care.district.top}
    return symposiums.change_symposium(symposium, **known | values, actor=care.staff)  # type: ignore[arg-type]


def test_one_recorded_afterwards_is_open_to_those_who_were_there(care: Care, client_of: Any) -> None:
    other = TraineeFactory.create(home_unit=care.district.town, arrived_on=date(2025, 7, 1))
    symposium = held(care, other, day=TODAY - timedelta(days=3))
    symposium = symposiums.write_minutes(symposium, minutes="听取了交流。", actor=care.staff)
    remarks.add_remark(symposium, text="少发问卷", trainee=other, actor=care.staff)
    client = client_of(care.user("own"))
    page = client.get(url("symposium_detail", symposium))
    assert page.status_code == 200
    assert [word in page.content.decode() for word in ("听取了交流。", "少发问卷")] == [True, True]
    assert symposium.title in client.get(reverse("care:symposium_list")).content.decode()
    assert url("symposium_detail", symposium) in client.get(f"/people/{care.file.pk}/").content.decode()


def test_one_recorded_afterwards_stays_closed_to_whoever_was_not_there(care: Care, client_of: Any) -> None:
    symposium = held(care, day=TODAY - timedelta(days=3))
    presence = {symposium.invitations.get().pk: "absent"}
    invitations.record_attendance(symposium, presence=presence, actor=care.staff)
    assert client_of(care.user("own")).get(url("symposium_detail", symposium)).status_code == 404


def test_people_put_on_the_list_of_a_past_one_are_not_said_to_be_told(care: Care, client_of: Any) -> None:
    symposium = made(care, day=TODAY - timedelta(days=3))
    page = client_of(care.user("staff")).post(url("symposium_place", symposium), {"pick": care.file.pk})
    shown = [text in page.content.decode() for text in ("when you notify the list", "Nobody is told.")]
    assert shown == [False, True]


def test_notifying_is_offered_on_the_day_until_it_has_begun(care: Care, client_of: Any) -> None:
    symposium, over = made(care, **LATER), made(care, day=TODAY, starts_at=time(0, 10), ends_at=time(0, 20))
    for one in (symposium, over):
        invited(care, one)
    client = client_of(care.user("staff"))
    offered = [
        url("symposium_notify", one) in client.get(url("symposium_detail", one)).content.decode()
        for one in (symposium, over)
    ]
    assert offered == [True, False]
    symposiums.notify_symposium(symposium, actor=care.staff)
    with pytest.raises(ValidationError) as error:
        symposiums.notify_symposium(over, actor=care.staff)
    assert (told(care), codes(error)) == (["invited"], {"": ["past"]})


def test_whoever_was_notified_is_told_that_it_was_voided(care: Care, client_of: Any) -> None:
    symposium = notified(care).symposium
    page = client_of(care.user("staff")).get(url("symposium_void", symposium)).content.decode()
    assert "Whoever was notified is told, with the reason." in page
    symposium = symposiums.void_symposium(symposium, reason="误录", actor=care.staff)
    assert (told(care), due("care.symposium_news")) == (["cancelled"], [(TODAY, care.file.pk, care.own.pk)])
    rule = reminder_rules["care.symposium_news"]
    with translation.override("en"):
        words = rule.words(rule.rows().get(closed_at=None), TODAY, care.own)
    assert words.why == "It was planned for 30 Nov 2026. Reason: 误录"
    assert client_of(care.user("own")).get(words.url).status_code == 200
    symposiums.restore_symposium(symposium, actor=care.staff)
    assert told(care) == ["invited"]


def test_a_restored_one_asks_those_who_had_not_answered(care: Care) -> None:
    invitation = notified(care)
    other = TraineeFactory.create(home_unit=care.district.town, arrived_on=date(2025, 7, 1))
    invitations.invite_many(invitation.symposium, trainees=[other], actor=care.staff)
    invitations.answer_invitation(invitation, answer="coming", actor=care.own)
    symposium = symposiums.void_symposium(invitation.symposium, reason="误录", actor=care.staff)
    symposiums.restore_symposium(symposium, actor=care.staff)
    asked = [one.trainee_id for one in symposium.invitations.filter(news__closed_at=None, news__kind="invited")]
    invitation.refresh_from_db()
    assert (asked, told(care), invitation.answer) == ([other.pk], [], "coming")


def test_one_that_nobody_knew_of_is_voided_in_silence(care: Care) -> None:
    symposium = made(care)
    invited(care, symposium)
    symposiums.void_symposium(symposium, reason="误录", actor=care.staff)
    assert told(care) == []


def test_a_notified_one_is_corrected_after_its_day_and_answers_stay(care: Care) -> None:
    invitation = notified(care)
    invitations.answer_invitation(invitation, answer="coming", actor=care.own)
    with time_machine.travel("2026-12-01T12:00:00+08:00", tick=False):
        symposium = changed(care, invitation.symposium, chair="副部长", place="二楼会议室")
        with pytest.raises(ValidationError) as error:
            changed(care, symposium, day=NEXT - timedelta(days=1))
    invitation.refresh_from_db()
    assert (symposium.chair, invitation.answer, codes(error)) == ("副部长", "coming", {"day": ["too_early"]})


def test_the_history_of_a_remark_names_nobody(care: Care, client_of: Any) -> None:
    symposium = held(care)
    known: dict[str, Any] = {"text": "少发问卷", "actor": care.staff}
    named = remarks.add_remark(symposium, trainee=care.file, **known)
    guest = remarks.add_remark(symposium, speaker="王书记", **known)
    for one in (named, guest):
        remarks.change_remark(one, is_anonymous=True, **known)
    kept = str(list(Entry.objects.filter(object_id__in=[named.pk, guest.pk]).values("before", "after")))
    assert [word in kept for word in (str(care.file.pk), "王书记")] == [False, False]
    page = client_of(care.user("staff")).get(url("symposium_detail", symposium)).content.decode()
    assert [word in page for word in ("王书记", "Speaker", "speaker")] == [False, False, False]


def test_whoever_spoke_was_there(care: Care, client_of: Any) -> None:
    symposium = held(care)
    remark = remarks.add_remark(symposium, text="少发问卷", trainee=care.file, actor=care.staff)
    invitation = symposium.invitations.get()
    client = client_of(care.user("staff"))
    data = {f"presence_{invitation.pk.hex}": "absent", "version": symposium.version}
    page = client.post(url("symposium_attendance", symposium), data).content.decode()
    assert "A remark of 林知远 stands in the minutes: “少发问卷”. Change or void it first." in page
    with pytest.raises(ValidationError) as error:
        invitations.take_off(invitation, reason="误录", actor=care.staff)
    assert codes(error) == {"": ["spoke"]}
    remarks.void_remark(Remark.objects.get(pk=remark.pk), reason="误录", actor=care.staff)
    invitations.record_attendance(symposium, presence={invitation.pk: "absent"}, actor=care.staff)
    assert symposium.invitations.get().presence == "absent"


def test_the_return_visit_of_what_nobody_is_named_for_rings_whoever_prepared_it(care: Care) -> None:
    symposium = held(care)
    known: dict[str, Any] = {"handling_unit": "镇党政办", "due_on": NEXT, "actor": care.staff}
    problem = problems.add_problem(symposium, text="少发问卷", **known)
    problem = problems.answer_problem(problem, answer="已精简", answered_on=TODAY, actor=care.staff)
    assert due("care.problem_revisit") == [(NEXT, None, care.staff.pk)]
    problem = problems.revisit_problem(problem, revisited_on=TODAY, actor=care.staff)
    problems.close_problem(problem, actor=care.staff)
    assert due("care.problem_revisit") == []
    symposium = symposiums.write_minutes(symposium, minutes="听取了交流。", actor=care.staff)
    assert symposiums.close_symposium(symposium, actor=care.staff).state == "closed"


def test_kinds_of_the_growth_file_are_named_as_the_pages_are() -> None:
    assert [growth_kinds[key].order > growth_kinds["talks"].order for key in ("symposium", "visit")] == [True, True]
    assert [growth_sources[f"care.{key}"].kinds for key in ("symposium", "visit")] == [("symposium",), ("visit",)]


def test_a_cancellation_leaves_the_desk_after_two_days_and_an_answer_is_asked_until_it_begins(
    care: Care, client_of: Any
) -> None:
    symposium = notified(care, day=date(2027, 6, 18)).symposium
    symposiums.cancel_symposium(symposium, reason="防汛", actor=care.staff)
    notified(care, **LATER)
    assert len(due("care.symposium_news")) == 2
    with time_machine.travel("2026-11-23T23:10:00+08:00", tick=False):
        assert len(due("care.symposium_news")) == 1
        page = client_of(care.user("own")).get(reverse("care:symposium_list")).content.decode()
        assert "Please answer" not in page
    with time_machine.travel("2026-11-25T12:00:00+08:00", tick=False):
        assert due("care.symposium_news") == []


@pytest.mark.parametrize(
    ("now", "answer", "found"),
    [
        ("2026-11-24", "", ["Answer invitation"]),
        ("2026-11-24", "coming", ["Open place"]),
        ("2026-11-29", "", ["Answer place"]),
        ("2026-11-30", "coming", ["Open place"]),
        ("2026-11-30", "excused", []),
    ],
)
def test_one_symposium_is_one_line_of_the_desk(care: Care, now: str, answer: str, found: list[str]) -> None:
    invitation = notified(care)
    if answer:
        reason = "值班" if answer == "excused" else ""
        invitations.answer_invitation(invitation, answer=answer, answer_reason=reason, actor=care.own)
    with time_machine.travel(f"{now}T08:00:00+08:00", tick=False), translation.override("en"):
        lines = []
        for name, key in (("invitation", "care.symposium_news"), ("place", "care.own_symposium")):
            rule = reminder_rules[key]
            lines += [f"{rule.words(row, row.due_day, care.own).action} {name}" for row in rule.dues(NEXT)]
    assert lines == found


def test_what_was_told_a_while_ago_is_not_late(care: Care) -> None:
    for rule in ("care.symposium_news", "care.own_talk_off"):
        item = Occurrence(rule=rule, day=TODAY - timedelta(days=2))
        with translation.override("en"):
            words = (when_text(item, TODAY, care.own), state_of(item, TODAY, care.staff))
        assert words == ("told on 21 Nov 2026", "soon")


def test_numbers_that_were_typed_are_not_told_twice(care: Care) -> None:
    symposium = made(care, agenda="1. 学习\n２、交流\n（3）意见\n2026年安排")
    assert symposium.agenda_items == ["学习", "交流", "意见", "2026年安排"]


def test_a_new_one_is_of_this_half_of_the_year(care: Care, client_of: Any) -> None:
    page = client_of(care.user("staff")).get(reverse("care:symposium_new"))
    form = page.context["form"]
    assert (form["kind"].value(), form["title"].value()) == ("second_half", "望屿区引进生、选调生下半年座谈会")


@pytest.mark.parametrize("name", ["talk_list", "symposium_list", "visit_list", "problem_list"])
def test_the_line_of_the_room_is_the_current_one_on_each_of_its_lists(care: Care, name: str) -> None:
    groups = groups_for(care.user("staff"), reverse(f"care:{name}"))
    assert [link.url for group in groups for link in group.links if link.is_current] == [reverse("care:talk_list")]


def test_a_return_visit_follows_the_answer(care: Care, client_of: Any) -> None:
    symposium = held(care, day=TODAY - timedelta(days=9))
    known: dict[str, Any] = {"handling_unit": "镇党政办", "due_on": NEXT, "actor": care.staff}
    problem = problems.add_problem(symposium, text="少发问卷", trainee=care.file, **known)
    problem = problems.answer_problem(problem, answer="已精简", answered_on=TODAY, actor=care.staff)
    with pytest.raises(ValidationError) as error:
        problems.revisit_problem(problem, revisited_on=TODAY - timedelta(days=1), actor=care.staff)
    assert codes(error) == {"revisited_on": ["too_early"]}
    problems.revisit_problem(problem, revisited_on=TODAY, revisit_note="表格确实少了", actor=care.staff)
    assert "表格确实少了" in client_of(care.user("own")).get(url("symposium_detail", symposium)).content.decode()


def test_times_are_told_without_seconds(care: Care, client_of: Any) -> None:
    page = client_of(care.user("staff")).get(url("symposium_detail", made(care))).content.decode()
    assert ("09:00" in page, "09:00:00" in page) == (True, False)


def test_what_changed_is_told_in_the_order_of_the_form(care: Care) -> None:
    entry = Entry.objects.get(object_id=made(care).pk)
    names = [line.name for line in changes_of(entry, names_in([entry]))]
    assert [name for name in names if name in TYPED] == [name for name in TYPED if name != "guests"]


def test_whoever_may_not_be_put_on_the_list_is_not_said_to_be_on_it(care: Care) -> None:
    with pytest.raises(ValidationError) as error, translation.override("en"):
        invitations.invite_many(made(care), trainees=[], actor=care.staff)
    assert error.value.messages == [
        "Nobody is left: each of them is on the list already, or is not yours to put on it."
    ]


def test_the_form_of_the_restricted_text_speaks_of_no_talk(care: Care, client_of: Any) -> None:
    page = client_of(care.user("staff")).get(url("symposium_write", held(care))).content.decode()
    assert ("It is not kept as a draft" in page, "The person concerned" in page) == (True, False)


def test_the_sheet_bears_the_title_of_the_symposium(care: Care, client_of: Any) -> None:
    symposium = made(care, guests="王书记 梧岭镇")
    invited(care, symposium)
    page = client_of(care.user("staff")).get(url("symposium_sheet", symposium)).content.decode()
    assert ("下半年座谈会 · Sign-in sheet" in page, "colspan" in page) == (True, False)
