"""Whoever enters, changes, verifies and scores a result are different people, and none of them has part in it."""

from typing import Any

import pytest
from django.urls import reverse

from cadre_app.assignments.models import Competition, CompetitionEntry, CompetitionReviewer, Posting
from cadre_app.assignments.panels.competitions import desk_items
from cadre_app.assignments.permissions import competitions as permissions
from cadre_app.assignments.rules import competitions as rules
from cadre_app.assignments.services import (
    competition_course,
    competition_entries,
    competition_reviewers,
    competition_scores,
)
from cadre_app.core.roles import Role
from cadre_app.core.signing import checked_text
from cadre_app.files import services as files
from cadre_app.people.models import Person, Relative
from tests.assignments.competing import make_scores
from tests.assignments.competitions.conftest import Arena, account_of
from tests.assignments.competitions.test_pages import titles, url
from tests.assignments.factories import front
from tests.assignments.postings.conftest import upload
from tests.assignments.postings.test_postings import codes
from tests.factories import PersonFactory, UserFactory
from tests.mentorship.notes.conftest import pairing_of
from tests.people.conftest import TODAY


def changed(arena: Arena, entry: CompetitionEntry, actor: Any, **values: Any) -> CompetitionEntry:
    known: dict[str, Any] = {
        "kind": "team", "front": front(), "name": entry.name, "unit": entry.unit,
        "members": [row.trainee for row in entry.members.standing()], "result": "更正", "numbers": "签约99户",
    }  # fmt: skip
    return competition_entries.change_result(entry, **known | values, actor=actor)


def handed_in(arena: Arena) -> None:
    for reviewer in arena.scored().reviewers.all():
        for entry in arena.competition.entries.all():
            make_scores(reviewer, entry, 30, 20)


def related(arena: Arena, person: Person) -> None:
    Relative.objects.create(person=arena.files[0].person, relation="姨妈", name=person.name, other=person)


def test_whoever_changed_a_result_does_not_verify_it_and_the_page_names_both(arena: Arena, sign_in: Any) -> None:
    entry = changed(arena, arena.entered(), arena.staff)
    assert (entry.entered_by, entry.changed_by, entry.changed_on) == (arena.liaison, arena.staff, TODAY)
    for actor in (arena.staff, arena.liaison):
        assert codes(lambda actor=actor: competition_entries.verify_result(entry, actor=actor)) == {"": ["own"]}
    client = sign_in(arena.staff)
    assert client.get(url("result_act", entry, act="verify")).status_code == 403
    body = client.get(url("competition_detail", arena.competition)).content.decode()
    assert all(user.display_name in body for user in (arena.liaison, arena.staff))
    assert competition_entries.verify_result(entry, actor=arena.leader).state == "verified"


def test_a_file_taken_off_a_result_is_a_change_of_it(arena: Arena) -> None:
    entry = arena.entered()
    file = files.store_file(kind=competition_entries.EVIDENCE, owner=entry, upload=upload(), actor=arena.liaison)
    competition_entries.remove_evidence(file, entry=entry, reason="传错", actor=arena.staff)
    assert CompetitionEntry.objects.get().changed_by == arena.staff


def test_the_leader_is_told_of_what_staff_have_entered_and_may_not_verify(arena: Arena, rf: Any) -> None:
    page = url("competition_detail", arena.competition)
    arena.entered()
    assert titles(arena.leader, rf) == []
    arena.entered(1, actor=arena.staff)
    assert titles(arena.leader, rf) == [page]


def test_whoever_entered_a_returned_result_finds_it_on_the_desk(arena: Arena, rf: Any) -> None:
    entry = arena.entered(kind="front", actor=arena.staff)
    competition_entries.return_result(entry, reason="缺少台账", actor=arena.leader)
    assert titles(arena.staff, rf) == [url("result_edit", entry)]
    assert titles(arena.liaison, rf) == [url("result_new", arena.competition)]


def test_liaisons_are_told_that_it_is_open_until_their_unit_has_a_result(arena: Arena, rf: Any) -> None:
    rows = rules.opened(TODAY)
    assert (titles(arena.liaison, rf), list(rows)) == ([url("result_new", arena.competition)], [arena.competition])
    assert list(rules.as_asked(rows, arena.liaison)) == [arena.competition]
    arena.entered()
    assert (titles(arena.liaison, rf), list(rules.as_asked(rows, arena.liaison))) == ([], [])


def test_the_result_of_a_whole_front_is_entered_by_staff_or_the_liaison_of_the_holder(
    arena: Arena, sign_in: Any
) -> None:
    data = {"kind": "front", "front": front().pk, "result": "全线完成", "numbers": "签约126户"}
    form = sign_in(arena.liaison).post(url("result_new", arena.competition), data).context["form"]
    assert list(form.errors) == ["kind"]
    above = arena.district.somebody(Role.LIAISON, arena.district.top)
    client = sign_in(above)
    assert client.post(url("result_new", arena.competition), data).status_code == 302
    entry = CompetitionEntry.objects.get()
    assert str(entry) in client.get(url("competition_detail", arena.competition)).content.decode()
    assert client.get(url("result_edit", entry)).status_code == 200


def test_the_front_of_one_person_is_no_result(arena: Arena, sign_in: Any) -> None:
    entry = arena.entered(kind="front", actor=arena.staff)
    assert competition_entries.why_too_few(arena.now()) == ""
    Posting.objects.exclude(trainee=arena.files[0]).delete()
    assert codes(lambda: competition_entries.verify_result(entry, actor=arena.leader)) == {"front": ["too_few"]}
    assert str(front()) in competition_entries.why_too_few(arena.now())
    competition_entries.void_result(entry, reason="只有一人", actor=arena.staff)
    assert codes(lambda: arena.entered(kind="front", actor=arena.staff)) == {"front": ["too_few"]}


@pytest.mark.parametrize("tie", ["entered", "mentors"])
def test_neither_who_entered_a_result_nor_the_mentor_of_a_member_reviews_it(arena: Arena, tie: str) -> None:
    arena.entered()
    person = PersonFactory.create(name="评审丁", account=arena.liaison if tie == "entered" else arena.leader)
    if tie == "mentors":
        pairing_of(arena.files[0], person)
    name = lambda: competition_reviewers.name_reviewers(arena.now(), persons=[person], actor=arena.staff)  # noqa: E731
    assert codes(name) == {"persons": ["partial"]}


def test_a_reviewer_enters_no_result_and_their_mentee_joins_no_team(arena: Arena) -> None:
    person = PersonFactory.create(name="联络", account=arena.liaison)
    competition_reviewers.name_reviewers(arena.now(), persons=[person], actor=arena.staff)
    assert codes(arena.entered) == {"": ["reviewer"]}
    pairing_of(arena.files[0], person)
    assert codes(lambda: arena.entered(actor=arena.staff)) == {"members": ["mentor"]}


def test_scores_of_a_relative_stand_in_the_way_until_the_sheet_is_set_aside(arena: Arena) -> None:
    handed_in(arena)
    related(arena, arena.reviewers[0])
    close = lambda: competition_course.close_review(arena.now(), actor=arena.staff)  # noqa: E731
    assert codes(close) == {"": ["not_ready"]}
    assert arena.reviewers[0].name in competition_course.why_not_closed(arena.now())
    gone = arena.now().reviewers.get(person=arena.reviewers[0])
    competition_reviewers.release_reviewer(gone, reason="亲属回避", actor=arena.staff)
    fourth = PersonFactory.create(name="评审丁", account=UserFactory.create())
    competition_reviewers.name_reviewers(arena.now(), persons=[fourth], actor=arena.staff)
    for entry in arena.competition.entries.all():
        make_scores(arena.now().reviewers.get(person=fourth), entry, 30, 20)
    assert close().state == "closed"


@pytest.mark.parametrize("step", ["sign", "publish"])
def test_a_relative_who_is_declared_late_stops_the_sign_off_and_the_publication(arena: Arena, step: str) -> None:
    handed_in(arena)
    competition_course.close_review(arena.now(), actor=arena.staff)
    sign = lambda: competition_course.sign_off_competition(arena.now(), actor=arena.leader)  # noqa: E731
    if step == "publish":
        sign()
    related(arena, arena.reviewers[0])
    publish = lambda: competition_course.publish_competition(arena.now(), actor=arena.staff)  # noqa: E731
    assert codes(sign if step == "sign" else publish) == {"": ["partial"]}


def test_a_reviewer_who_is_barred_meanwhile_reads_why_and_staff_are_asked_to_act(
    arena: Arena, sign_in: Any, rf: Any
) -> None:
    competition = arena.scored()
    related(arena, arena.reviewers[0])
    own, user = competition.reviewers.get(person=arena.reviewers[0]), account_of(arena.reviewers[0])
    entry = competition.entries.first()
    client = sign_in(user)
    page = client.get(url("scoring_sheet", own))
    assert (page.status_code, page.context["is_barred"], page.context["is_scored"]) == (200, True, False)
    assert url("score_write", own, entry=entry.pk) not in page.content.decode()
    assert client.get(url("score_write", own, entry=entry.pk)).status_code == 403
    assert titles(user, rf) == []
    assert own not in rules.unscored(TODAY)
    request = rf.get("/")
    request.user = arena.staff
    assert [item.url for item in desk_items(request)] == [url("competition_detail", competition)]


def test_a_leader_who_scores_reads_the_others_only_after_handing_in(arena: Arena, sign_in: Any) -> None:
    competition = arena.scored()
    own = PersonFactory.create(name="领导", account=arena.leader)
    competition_reviewers.name_reviewers(competition, persons=[own], actor=arena.staff)
    for entry in competition.entries.all():
        make_scores(competition.reviewers.get(person=arena.reviewers[0]), entry, 31, 20, comment="别人的意见")
    page = url("competition_detail", competition)
    before = sign_in(arena.leader).get(page)
    assert (before.context["sheets"], before.context["rows"]) == ([], [])
    assert "别人的意见" not in before.content.decode()
    CompetitionReviewer.objects.filter(person=own).update(handed_in_at=f"{TODAY}T10:00Z", declared_on=TODAY)
    after = sign_in(arena.leader).get(page).context
    assert (len(after["sheets"]), len(after["rows"])) == (1, 2)
    assert competition_scores.is_partial(CompetitionReviewer.objects.get(person=own)) is False


def test_whoever_verified_a_result_does_not_sign_off(arena: Arena, sign_in: Any) -> None:
    chief = arena.district.somebody(Role.LEADER, arena.district.top)
    handed_in(arena)
    competition_course.close_review(arena.now(), actor=arena.staff)
    CompetitionEntry.objects.filter(pk=arena.now().entries.first().pk).update(verified_by=chief)
    sign = lambda by: competition_course.sign_off_competition(arena.now(), actor=by)  # noqa: E731
    assert codes(lambda: sign(chief)) == {"": ["own_check"]}
    led = [Competition.objects.led_by(user).exists() for user in (chief, arena.leader)]
    assert led == [False, True]
    text = sign_in(chief).get(reverse("assignments:competition_detail", kwargs={"pk": arena.competition.pk}))
    assert checked_text() in text.content.decode()
    assert sign(arena.leader).state == "signed"


def test_whoever_changed_a_result_does_not_sign_the_comparison(arena: Arena) -> None:
    handed_in(arena)
    competition_course.close_review(arena.now(), actor=arena.staff)
    both = arena.district.somebody(Role.LEADER, arena.district.top)
    CompetitionEntry.objects.filter(pk=arena.now().entries.first().pk).update(changed_by=both, changed_on=TODAY)
    refused = codes(lambda: competition_course.sign_off_competition(arena.now(), actor=both))
    assert refused == {"": ["own_entry"]}
    led = [Competition.objects.led_by(user).exists() for user in (both, arena.leader)]
    assert (led, permissions.can_sign_competition(both, arena.now())) == ([False, True], False)


def test_the_review_is_not_closed_without_a_leader_who_may_sign(arena: Arena) -> None:
    handed_in(arena)
    CompetitionEntry.objects.filter(pk=arena.now().entries.first().pk).update(verified_by=arena.leader)
    close = lambda: competition_course.close_review(arena.now(), actor=arena.staff)  # noqa: E731
    assert codes(close) == {"": ["not_ready"]}
    arena.district.somebody(Role.LEADER, arena.district.top)
    assert close().state == "closed"
