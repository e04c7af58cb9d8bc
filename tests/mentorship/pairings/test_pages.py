from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.http import QueryDict
from django.urls import reverse

from cadre_app.core.roles import Role
from cadre_app.mentorship.models import CheckIn, MentorKind, Pairing
from cadre_app.mentorship.pairing_lists import pairing_table
from cadre_app.mentorship.services import check_ins, notes, pairings
from cadre_app.people.models import Person, Trainee
from cadre_app.people.services import transfers
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.mentorship.pairings.conftest import STARTED, account_of, newcomer, suggested
from tests.people.conftest import TODAY

BOARD = reverse("mentorship:pairing_list")
LIST = reverse("mentorship:pairing_table")
SUGGESTIONS = reverse("mentorship:suggestion_list")
CONFIRM = reverse("mentorship:suggestion_confirm")


def url(name, pairing):
    return reverse(f"mentorship:pairing_{name}", kwargs={"pk": pairing.pk})


@pytest.fixture
def staff(client_of, place):
    return client_of(place.staff)


def shown(client, query=""):
    """Names of the mentees in the list."""
    return [row.object.trainee.person.name for row in client.get(f"{LIST}?{query}").context["table"].rows]


def text(response):
    return response.content.decode()


def note(pairing, day=TODAY, visibility="shared", said="谈了村里的水渠"):
    return notes.add_note(
        pairing, happened_on=day, way="face", topic="角色转变", text=said, visibility=visibility, actor=None
    )


def test_the_board_has_a_lane_for_each_way_to_go(staff, place, pairing):
    lanes = {lane.key: lane.count for lane in staff.get(BOARD).context["lanes"]}
    assert lanes == {"behind": 1, "ending": 0, "quiet": 0, "on_track": 0}
    note(pairing)
    [card] = next(lane for lane in staff.get(BOARD).context["lanes"] if lane.count).cards
    assert [month.css for month in card.months] == ["off"] * 8 + ["gap", "gap", "gap", "one"]
    assert card.pairing.noted_on == TODAY


def test_a_private_note_moves_nothing_and_a_department_note_not_the_liaisons_sight(client_of, staff, place, pairing):
    note(pairing, visibility="private")
    note(pairing, date(2026, 10, 1), visibility="department")
    liaison = client_of(place.somebody(Role.LIAISON, place.town))
    [row] = liaison.get(LIST).context["table"].rows
    assert row.object.noted_on is None


def test_a_department_note_does_not_tell_the_liaison_by_how_the_pairing_goes(client_of, staff, place, trainee, elder):
    kind = {"kind": MentorKind.COMMUNITY, "choice_reason": "熟悉村情", "started_on": STARTED}
    made = pairings.create_pairing(trainee, mentor=elder.person, **kind, actor=place.staff)
    known = {"happened_on": TODAY, "way": "phone", "text": "谈了村里的水渠"}
    notes.add_note(made, **known, visibility="department", actor=None)
    Pairing.objects.update(next_check_in_on=TODAY)

    def seen(client):
        [lane] = [lane.key for lane in client.get(BOARD).context["lanes"] if lane.count]
        mark, _word = client.get(url("detail", made)).context["mark"]
        file = text(client.get(reverse("growth:file", kwargs={"pk": trainee.pk})))
        return lane, mark, shown(client, "health=on_track"), "On track" in file

    assert seen(staff) == ("on_track", "ok", ["林知远"], True)
    assert seen(client_of(place.somebody(Role.LIAISON, place.town))) == ("behind", "over", [], False)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_costs_the_same_queries_however_many_run(staff, place, head, rows, django_assert_num_queries):
    for number in range(rows):
        made = pairings.create_pairing(
            newcomer(place, f"林同志{number}"), kind=MentorKind.POLITICAL, mentor=head.person, office=head.office,
            started_on=STARTED, actor=place.staff,
        )  # fmt: skip
        note(made)
    staff.get(BOARD)
    with django_assert_num_queries(13):
        staff.get(BOARD)
    with django_assert_num_queries(9):
        assert len(staff.get(LIST).context["table"].rows) == rows
    with django_assert_num_queries(16):
        assert len(staff.get(SUGGESTIONS).context["found"].lines) == rows


def test_the_list_is_narrowed_by_each_condition(staff, place, pairing, elder):
    other = newcomer(place, "陈嘉穗")
    Trainee.objects.filter(pk=other.pk).update(home_unit=place.other_town)
    second = pairings.create_pairing(
        other, kind=MentorKind.COMMUNITY, mentor=elder.person, office=elder.office, started_on=TODAY, actor=place.staff
    )
    both = ["陈嘉穗", "林知远"]
    assert shown(staff) == both
    assert shown(staff, f"unit={place.town.pk}") == ["林知远"]
    assert shown(staff, "kind=community") == ["陈嘉穗"]
    assert shown(staff, "health=behind") == ["林知远"]
    assert shown(staff, f"mentor={elder.person.pk}") == ["陈嘉穗"]
    assert [shown(staff, f"q={typed}") for typed in ("林", "cjs", "吴茂", "zsh", "王")] == [
        ["林知远"], ["陈嘉穗"], ["陈嘉穗"], ["林知远"], [],
    ]  # fmt: skip
    pairings.end_pairing(second, ended_on=TODAY, end_kind="early", reason="调动", actor=place.staff)
    assert [shown(staff, f"state={state}") for state in ("early", "completed", "all", "voided")] == [
        ["陈嘉穗"], [], both, [],
    ]  # fmt: skip
    pairings.void_pairing(pairing, reason="误录", actor=place.staff)
    assert shown(staff, "state=voided") == ["林知远"]


def test_what_is_past_its_day_not_begun_or_of_somebody_who_left_is_found(staff, place, trainee, pairing):
    Pairing.objects.update(due_on=TODAY - timedelta(days=1))
    assert shown(staff, "case=over") == ["林知远"]
    Pairing.objects.update(started_on=TODAY + timedelta(days=3), due_on=date(2028, 1, 1))
    assert (shown(staff), shown(staff, "state=planned")) == ([], ["林知远"])
    Pairing.objects.update(started_on=STARTED)
    assert shown(staff, "case=left") == []
    transfers.record_departure(
        Trainee.objects.get(pk=trainee.pk), kind="other", effective_on=TODAY, document_number="一", approval="同意",
        actor=place.staff,
    )  # fmt: skip
    assert shown(staff, "case=left") == ["林知远"]
    assert "The trainee left on 23 Nov 2026" in text(staff.get(url("detail", pairing)))
    page = staff.post(
        url("end", pairing), {"ended_on": str(TODAY), "end_kind": "early", "reason": "离开", "version": 1}
    )
    assert page.status_code == 302


@pytest.mark.parametrize("query", ["unit=x", "kind=x", "health=x", "state=x", "case=x", "mentor=x", "q=%00", "after=x"])
def test_odd_conditions_get_an_answer(staff, pairing, query):
    assert [staff.get(f"{address}?{query}").status_code for address in (BOARD, LIST, SUGGESTIONS)] == [200] * 3


def test_the_workbook_holds_what_the_page_shows(place, pairing):
    headings, row = pairing_table(place.staff, QueryDict("columns=trainee,mentor,kind,due")).export_rows()
    assert (len(headings), row[0], row[2], row[3]) == (4, "林知远", "庄世恒", date(2028, 8, 19))


def test_somebody_elsewhere_sees_neither_board_rows_nor_the_name_behind_a_key(client_of, place, pairing):
    stranger = client_of(place.somebody(Role.STAFF, place.other_town))
    page = stranger.get(f"{LIST}?mentor={pairing.mentor_id}")
    assert (page.context["table"].rows, "庄世恒" in text(page)) == ([], False)
    assert stranger.get(url("detail", pairing)).status_code == 404


def test_a_suggestion_is_confirmed_after_one_question(staff, place, trainee, head, elder):
    lines = staff.get(SUGGESTIONS).context["found"].lines
    picks = [line.suggestion.key for line in lines]
    asked = staff.post(CONFIRM, {"pick": picks})
    assert (len(asked.context["wanted"]), Pairing.objects.count()) == (2, 0)
    data = {"pick": picks, "confirmed": "1", "started_on": str(TODAY), "months": "24", "check_in_days": "30"}
    sent = staff.post(CONFIRM, data)
    assert (sent.status_code, sent["Location"], Pairing.objects.count()) == (302, BOARD, 2)
    assert [str(message) for message in get_messages(sent.wsgi_request)] == ["2 pairings were confirmed."]


def test_a_double_tap_confirms_once(staff, place, trainee, head, elder):
    picks = [each.key for each in suggested()]
    token = "0b0b7c43-5ad1-4d5f-8d7c-5a3f0d7a8a11"
    data = {"pick": picks, "confirmed": "1", "started_on": str(TODAY), "months": "24", "check_in_days": "30"}
    answers = [staff.post(CONFIRM, data | {"submission": token}).status_code for _ in range(2)]
    assert (answers, Pairing.objects.count()) == ([302, 302], 2)


def test_the_second_staff_reads_what_happened_and_confirms_the_rest(staff, place, trainee, head, elder):
    picks = [each.key for each in suggested()]
    pairings.create_pairing(
        trainee, kind=MentorKind.POLITICAL, mentor=head.person, office=head.office, started_on=STARTED,
        actor=place.staff,
    )  # fmt: skip
    data = {"confirmed": "1", "started_on": str(TODAY), "months": "24", "check_in_days": "14"}
    page = staff.post(CONFIRM, data | {"pick": picks})
    assert "林知远: 庄世恒 is already the Political mentor, since 20 Aug 2026." in text(page)
    rest = [each.key for each in page.context["wanted"]]
    assert (len(rest), page.context["form"]["check_in_days"].value()) == (1, "14")
    assert staff.post(CONFIRM, data | {"pick": rest}).status_code == 302


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-29", "x", ""])
def test_odd_days_get_an_answer_beside_the_field(staff, place, trainee, head, elder, day):
    data = {"pick": [each.key for each in suggested()], "confirmed": "1", "months": "24", "check_in_days": "30"}
    form = staff.post(CONFIRM, data | {"started_on": day}).context["form"]
    assert (list(form.errors), Pairing.objects.count()) == (["started_on"], 0)


def test_odd_picks_confirm_nothing(staff, place):
    page = staff.post(CONFIRM, {"pick": ["x", "..", "\x00"], "confirmed": "1"})
    assert (page.status_code, page.context["wanted"]) == (200, [])


def test_what_stands_against_a_suggestion_leads_to_where_it_is_mended(staff, place, elder):
    trainee = newcomer(place, village=False)
    lines = staff.get(SUGGESTIONS).context["found"].lines
    assert [line.url for line in lines] == [
        f"{reverse('people:office_list')}?unit={place.town.pk}",
        reverse("people:term_start", kwargs={"pk": trainee.pk}),
    ]


def test_somebody_else_is_chosen_with_a_reason(staff, place, trainee):
    other = PersonFactory.create(name="陆怀谦")
    other_file = TraineeFactory.create(person=other, home_unit=place.town)
    address = reverse("mentorship:pairing_new", kwargs={"pk": trainee.pk, "kind": "political"})
    data = {"started_on": str(TODAY), "months": "12", "check_in_days": "30", "version": str(trainee.version)}
    form = staff.post(address, data | {"mentor": str(other.pk), "choice_reason": ""}).context["form"]
    assert list(form.errors) == ["choice_reason"]
    form = staff.post(address, data | {"mentor": str(trainee.person_id), "choice_reason": "一"}).context["form"]
    assert list(form.errors) == ["mentor"]
    assert staff.post(address, data | {"mentor": str(other.pk), "choice_reason": "熟悉业务"}).status_code == 302
    made = Pairing.objects.get()
    assert (made.mentor, made.office, made.choice_reason) == (other_file.person, None, "熟悉业务")
    assert "Chosen: 熟悉业务" in text(staff.get(url("detail", made)))
    odd = reverse("mentorship:pairing_new", kwargs={"pk": trainee.pk, "kind": "other"})
    assert staff.get(odd).status_code == 404


def test_a_pairing_is_changed_ended_and_taken_back(staff, place, pairing):
    data = {"due_on": "2027-01-01", "check_in_days": "14", "version": "1"}
    assert staff.post(url("edit", pairing), data).status_code == 302
    assert staff.post(url("edit", pairing), data).status_code == 409
    end = {"ended_on": str(TODAY), "end_kind": "early", "version": "2"}
    assert list(staff.post(url("end", pairing), end | {"reason": ""}).context["form"].errors) == ["reason"]
    assert staff.post(url("end", pairing), end | {"reason": "工作调动"}).status_code == 302
    assert staff.get(url("edit", pairing)).status_code == 403
    assert staff.post(url("reopen", pairing), {"reason": "误录", "version": "3"}).status_code == 302
    assert staff.post(url("void", pairing), {"reason": "误录", "version": "4"}).status_code == 302
    assert staff.post(url("restore", pairing), {"reason": "", "version": "5"}).status_code == 302
    assert Pairing.objects.get().is_running


def test_the_end_proposes_the_day_planned_where_it_has_passed(staff, place, pairing):
    form = staff.get(url("end", pairing)).context["form"]
    assert (form["ended_on"].value(), form["end_kind"].value(), form["reason"].value()) == (TODAY, "early", "")
    Pairing.objects.update(due_on=date(2026, 11, 1))
    form = staff.get(url("end", pairing)).context["form"]
    assert (form["ended_on"].value(), form["end_kind"].value()) == (date(2026, 11, 1), "completed")


def test_check_ins_and_notes_stand_in_one_line_of_time(staff, place, pairing):
    note(pairing, date(2026, 9, 5))
    note(pairing, date(2026, 9, 6), visibility="private")
    held = CheckIn.objects.create(pairing=pairing, planned_on=date(2026, 10, 5), place="村部")
    check_ins.hold_check_in(held, held_on=date(2026, 10, 6), actor=None)
    check_ins.arrange_check_in(pairing, planned_on=date(2026, 12, 1), actor=None)
    [(year, steps)] = staff.get(url("detail", pairing)).context["years"]
    assert year == 2026
    assert [(step.day, step.title) for step in steps] == [
        (date(2026, 12, 1), "Arranged"),
        (date(2026, 10, 6), "Held"),
        (date(2026, 9, 5), "角色转变"),
        (STARTED, "The pairing began"),
    ]
    assert CheckIn.objects.count() == 2


def test_a_liaison_sees_that_a_note_was_written_and_not_what(client_of, place, pairing):
    note(pairing, said="谈了家里的事")
    page = client_of(place.somebody(Role.LIAISON, place.town)).get(url("detail", pairing))
    [(_year, steps)] = page.context["years"]
    assert ([step.title for step in steps], "家里的事" in text(page)) == (["Face to face", "The pairing began"], False)
    assert not any(page.context["may"].values())


def test_the_mentor_sees_the_own_pairing_while_it_runs_and_no_mark(client_of, place, trainee, pairing, head):
    note(pairing, visibility="private", said="自己记下的话")
    Person.objects.filter(pk=trainee.person_id).update(phone="13900001111")
    mentor = client_of(account_of(head.person))
    page = mentor.get(url("detail", pairing))
    assert (page.context["mark"], page.context["phone"], page.context["entries"]) == (None, "139****1111", None)
    assert "自己记下的话" in text(page)
    assert [mentor.get(address).status_code for address in (BOARD, LIST, SUGGESTIONS)] == [404] * 3
    pairings.end_pairing(pairing, ended_on=TODAY, end_kind="early", reason="调动", actor=place.staff)
    assert mentor.get(url("detail", pairing)).status_code == 404


def test_the_trainee_sees_the_own_pairing_with_shared_notes_only(client_of, place, trainee, pairing):
    note(pairing, visibility="department", said="只给组织部看")
    user = UserFactory.create(kind="trainee")
    Person.objects.filter(pk=trainee.person_id).update(account=user)
    own = client_of(user)
    page = own.get(url("detail", pairing))
    assert ("只给组织部看" in text(page), page.context["mark"], "庄世恒" in text(page)) == (False, None, True)
    pairings.end_pairing(pairing, ended_on=TODAY, end_kind="early", reason="内部原因", actor=place.staff)
    page = own.get(url("detail", pairing))
    assert ("内部原因" in text(page), page.context["mark"]) == (False, ("idle", "Ended early"))


def test_the_desk_tells_who_lacks_a_mentor_and_what_is_past_its_day(staff, place, pairing):
    Pairing.objects.update(due_on=TODAY - timedelta(days=1))
    desk = text(staff.get(reverse("desk:home")))
    assert ("1 person lacks a mentor" in desk, "1 pairing is past its planned last day" in desk) == (True, True)


def test_the_growth_file_names_the_mentors_and_what_is_missing(staff, place, trainee, pairing):
    page = text(staff.get(reverse("growth:file", kwargs={"pk": trainee.pk})))
    assert [words in page for words in ("Paired with 庄世恒, Political mentor", "No Community mentor yet")] == [
        True
    ] * 2
    pairings.end_pairing(pairing, ended_on=TODAY, end_kind="early", reason="工作调动", actor=place.staff)
    page = text(staff.get(reverse("growth:file", kwargs={"pk": trainee.pk})))
    assert "Pairing with 庄世恒 (Political mentor) ended early" in page


def test_who_arrived_long_ago_is_suggested_when_everybody_is_asked_for(staff, place, head):
    newcomer(place, "新来", arrived=TODAY.replace(year=2024), village=False)
    newcomer(place, "早来", arrived=TODAY.replace(year=2024) - timedelta(days=1), village=False)

    def named(query=""):
        lines = staff.get(SUGGESTIONS + query).context["found"].lines
        return {line.suggestion.trainee.person.name for line in lines}

    assert (named(), named("?who=all")) == ({"新来"}, {"新来", "早来"})
    assert staff.get(SUGGESTIONS + "?who=nobody").status_code == 200


def test_without_anybody_new_the_page_leads_to_everybody(staff, place, head):
    page = text(staff.get(SUGGESTIONS))
    assert ("All new arrivals have both mentors." in page, 'href="?who=all"' in page) == (True, True)
