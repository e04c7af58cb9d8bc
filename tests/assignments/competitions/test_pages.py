"""Pages, list, desk, bell and growth file of comparisons of results."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from cadre_app.assignments.lists.competitions import exported_competitions
from cadre_app.assignments.models import Competition, CompetitionEntry, CompetitionReviewer, CompetitionScore
from cadre_app.assignments.panels.competitions import desk_items
from cadre_app.assignments.rules import competitions as rules
from cadre_app.assignments.services import competition_course, competition_entries, competition_reviewers
from tests.assignments.competing import make_competition, make_entry, make_reviewer, make_scores
from tests.assignments.competitions.conftest import Arena, account_of
from tests.assignments.factories import front
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import TODAY


def url(name: str, obj: Any, **more: Any) -> str:
    return reverse(f"assignments:{name}", kwargs={"pk": obj.pk} | more)


def queries(client: Any, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def published(arena: Arena, *teams: Any, title: str = "已公布的比拼") -> Competition:
    """With a result for each team, scored by one reviewer."""
    competition = make_competition(arena.district.top, state="published", title=title)
    reviewer = make_reviewer(competition)
    for number, team in enumerate(teams):
        entry = make_entry(competition, *team, unit=arena.district.other_town, name=f"第{number + 1}组")
        make_scores(reviewer, entry, 30 - number, 20, comment="材料扎实")
    return competition


def grown(arena: Arena, number: int) -> None:
    """One more comparison for the list; one more team and reviewer in the one that is scored."""
    make_competition(arena.district.top, title=f"比拼{number}")
    competition = Competition.objects.filter(title="评审中的比拼").first() or make_competition(
        arena.district.top, state="review", title="评审中的比拼"
    )
    mates = [
        TraineeFactory.create(person=PersonFactory.create(name=f"队员{number}{one}"), home_unit=arena.district.town)
        for one in "甲乙"
    ]
    entry = make_entry(competition, *mates, unit=arena.district.town, name=f"第{number}组")
    make_scores(make_reviewer(competition, PersonFactory.create(name=f"评审{number}")), entry, 30, 20)
    reviewer = CompetitionReviewer.objects.filter(person=arena.reviewers[0]).first()
    if reviewer is None:
        make_reviewer(competition, arena.reviewers[0])


def costs(arena: Arena, sign_in: Any) -> list[int]:
    competition = Competition.objects.get(title="评审中的比拼")
    own = CompetitionReviewer.objects.get(person=arena.reviewers[0])
    entry = competition.entries.order_by("name").first()
    client = sign_in(arena.staff)
    found = [
        queries(client, reverse("assignments:competition_list")),
        queries(client, url("competition_detail", competition)),
    ]
    client = sign_in(account_of(arena.reviewers[0]))
    return [
        *found,
        queries(client, url("scoring_sheet", own)),
        queries(client, url("score_write", own, entry=entry.pk)),
    ]


def test_lists_and_pages_cost_the_same_however_many_rows(arena: Arena, sign_in: Any) -> None:
    grown(arena, 1)
    one = costs(arena, sign_in)
    grown(arena, 2)
    grown(arena, 3)
    assert (one, costs(arena, sign_in)) == ([9, 18, 15, 16], [9, 18, 15, 16])


def test_the_list_narrows_by_front_year_state_and_text_and_its_workbook_with_it(arena: Arena, sign_in: Any) -> None:
    arena.entered()
    days = {"started_on": date(2024, 1, 1), "ended_on": date(2024, 12, 31)}
    make_competition(arena.district.top, title="防汛比拼", front_keys=["relief"], state="draft", **days)
    client = sign_in(arena.staff)

    def titles(**query: str) -> list[str]:
        rows = client.get("/postings/competitions/", query).context["table"].rows
        return [row.object.title for row in rows]

    assert titles() == ["第三季度项目攻坚实绩比拼", "防汛比拼"]
    assert titles(front="relief") == ["防汛比拼"]
    assert titles(year="2024") == ["防汛比拼"]
    assert titles(state="open") == ["第三季度项目攻坚实绩比拼"]
    assert titles(q="攻坚1组") == ["第三季度项目攻坚实绩比拼"]
    rows = list(
        exported_competitions(arena.staff, QueryDict("columns=title,results,verified&state=open")).export_rows()
    )
    assert rows[1:] == [["第三季度项目攻坚实绩比拼", 1, 0]]


def result_data(arena: Arena, **values: Any) -> dict[str, Any]:
    return {
        "kind": "team", "front": front().pk, "name": "攻坚一组", "unit": arena.district.town.pk,
        "members": [str(file.pk) for file in arena.files[:2]], "result": "完成征迁", "numbers": "签约126户",
    } | values  # fmt: skip


def test_a_liaison_enters_a_result_of_the_own_unit_alone(arena: Arena, sign_in: Any) -> None:
    client, address = sign_in(arena.liaison), url("result_new", arena.competition)
    form = client.post(address, result_data(arena, unit=arena.district.other_town.pk)).context["form"]
    assert (list(form.errors), form["result"].value()) == (["unit"], "完成征迁")
    form = client.post(address, result_data(arena, members=[str(arena.files[0].pk)])).context["form"]
    assert list(form.errors) == ["members"]
    assert client.post(address, result_data(arena)).status_code == 302
    entry = CompetitionEntry.objects.get()
    assert (entry.entered_by, entry.members.count(), entry.state) == (arena.liaison, 2, "entered")
    assert client.get(url("result_act", entry, act="verify")).status_code == 403
    assert sign_in(arena.staff).post(url("result_act", entry, act="verify"), {"version": 1}).status_code == 302


def test_an_old_tab_meets_what_stands_now(arena: Arena, sign_in: Any) -> None:
    entry = arena.verified()
    data = result_data(arena, version=1, result="旧页面的文字")
    response = sign_in(arena.staff).post(url("result_edit", entry), data)
    assert response.status_code == 409
    assert "旧页面的文字" in response.content.decode()


def test_a_member_of_a_team_is_refused_as_reviewer_beside_the_field(arena: Arena, sign_in: Any) -> None:
    arena.entered()
    data = {"persons": arena.files[0].person_id, "version": arena.now().version}
    form = sign_in(arena.staff).post(url("competition_reviewers", arena.competition), data).context["form"]
    assert list(form.errors) == ["persons"]
    assert arena.files[0].person.name in form.errors["persons"][0]
    assert "3" in form.fields["persons"].help_text


def test_publishing_before_the_sign_off_says_why_not(arena: Arena, sign_in: Any) -> None:
    data = {"version": arena.competition.version}
    response = sign_in(arena.staff).post(url("competition_act", arena.competition, act="publish"), data)
    assert response.context["form"].has_error("__all__", "not_signed")
    assert arena.now().state == "open"


def test_whoever_set_it_up_or_scores_in_it_does_not_sign(arena: Arena, sign_in: Any) -> None:
    competition = make_competition(arena.district.top, actor=arena.leader, state="closed", title="自己拟定")
    assert sign_in(arena.leader).get(url("competition_act", competition, act="sign")).status_code == 403
    other = make_competition(arena.district.top, state="closed", title="自己评审")
    make_reviewer(other, PersonFactory.create(name="领导", account=arena.leader))
    assert sign_in(arena.leader).get(url("competition_act", other, act="sign")).status_code == 403


def test_a_reviewer_scores_each_result_then_hands_in_on_the_phone(arena: Arena, sign_in: Any) -> None:
    competition = arena.scored()
    reviewer = competition.reviewers.get(person=arena.reviewers[0])
    client = sign_in(account_of(arena.reviewers[0]))
    first, second = competition.entries.order_by("name")
    keys = list(competition.criteria.order_by("order").values_list("pk", flat=True))
    too_much = {f"points_{keys[0]}": 41, f"points_{keys[1]}": 10, "version": reviewer.version}
    form = client.post(url("score_write", reviewer, entry=first.pk), too_much).context["form"]
    assert list(form.errors) == [f"points_{keys[0]}"]
    assert client.get(url("scores_hand_in", reviewer)).status_code == 200
    given = too_much | {f"points_{keys[0]}": 40, f"comment_{keys[0]}": "按期"}
    response = client.post(url("score_write", reviewer, entry=first.pk), given)
    assert response["Location"] == url("score_write", reviewer, entry=second.pk)
    # The other tab still shows the sheet as it was.
    assert client.post(url("score_write", reviewer, entry=first.pk), given).status_code == 409
    response = client.post(url("score_write", reviewer, entry=second.pk), given | {"version": reviewer.version + 1})
    assert response["Location"] == url("scoring_sheet", reviewer)
    undeclared = client.post(url("scores_hand_in", reviewer), {"version": reviewer.version + 2})
    assert list(undeclared.context["form"].errors) == ["is_free"]
    declared = {"version": reviewer.version + 2, "is_free": "on"}
    assert client.post(url("scores_hand_in", reviewer), declared).status_code == 302
    assert client.get(url("scoring_sheet", reviewer)).context["is_open"] is False
    assert CompetitionScore.objects.filter(reviewer=reviewer).count() == 4


def test_before_the_publication_a_reviewer_sees_own_scores_and_no_average(arena: Arena, sign_in: Any) -> None:
    competition = arena.scored()
    entry = competition.entries.order_by("name").first()
    for number, person in enumerate(arena.reviewers[:2]):
        make_scores(competition.reviewers.get(person=person), entry, 30 + number, 20, comment=f"意见{number}")
    context = sign_in(account_of(arena.reviewers[0])).get(url("competition_detail", competition)).context
    assert [sheet.reviewer.person for sheet in context["sheets"]] == [arena.reviewers[0]]
    assert (context["rows"], context["entries"]) == ([], None)
    context = sign_in(arena.staff).get(url("competition_detail", competition)).context
    means = [[outcome.mean for _criterion, outcome in row.cells if outcome] for row in context["rows"]]
    assert (len(context["sheets"]), means) == (2, [[30.5, 20], []])


def test_members_read_averages_in_order_only_by_the_criterion_that_says_so(arena: Arena, sign_in: Any) -> None:
    competition = published(arena, arena.files[:2], arena.files[2:])
    response = sign_in(arena.own).get(url("competition_detail", competition))
    orders = response.context["orders"]
    assert [order.criterion.name for order in orders] == ["任务完成"]
    places = [[(place, str(entry), mean) for place, entry, mean in order.places] for order in orders]
    assert places == [[(1, "第1组", 30), (2, "第2组", 29)]]
    body = response.content.decode()
    assert "材料扎实" not in body
    assert [name for name in ("林知远", "陈予安", "郑一川") if name in body.split('id="results"')[1]] == ["林知远"]


def test_whoever_is_in_a_team_runs_nothing_of_it(arena: Arena, sign_in: Any) -> None:
    file = TraineeFactory.create(
        person=PersonFactory.create(name="干部本人", account=arena.staff), home_unit=arena.district.town
    )
    competition = make_competition(arena.district.top, state="review", title="有本人的比拼")
    entry = make_entry(competition, file, arena.files[0], unit=arena.district.town)
    make_scores(make_reviewer(competition), entry, 30, 20, comment="不给本人看")
    response = sign_in(arena.staff).get(url("competition_detail", competition))
    assert (response.context["steps"], response.context["sheets"], response.context["rows"]) == ([], [], [])
    assert "不给本人看" not in response.content.decode()
    assert sign_in(arena.staff).get(url("competition_act", competition, act="close")).status_code == 403


@pytest.mark.parametrize(("who", "seen"), [("staff", 1), ("own", 1), ("liaison", 1), ("stranger", 0)])
def test_the_growth_file_says_that_somebody_took_part_and_no_more(
    arena: Arena, sign_in: Any, who: str, seen: int
) -> None:
    published(arena, arena.files[:2], arena.files[2:])
    make_entry(arena.competition, *arena.files[:2], unit=arena.district.town, name="未公布组")
    user = {"staff": arena.staff, "own": arena.own, "liaison": arena.liaison, "stranger": UserFactory.create()}[who]
    response = sign_in(user).get(reverse("growth:file", kwargs={"pk": arena.files[0].pk}) + "?kind=posting")
    # Without tags: an address in them holds digits of its own.
    shown = strip_tags(response.content.decode())
    place = shown.split("已公布的比拼")[-1][:30]
    assert (shown.count("已公布的比拼"), shown.count("未公布组")) == (seen, 0)
    assert not seen or ("30" not in place and "29" not in place)


def titles(user: Any, rf: Any) -> list[str]:
    request = rf.get("/")
    request.user = type(user).objects.get(pk=user.pk)
    return [item.url for item in desk_items(request)]


def test_the_desk_tells_each_what_waits_for_them(arena: Arena, rf: Any) -> None:
    page = url("competition_detail", arena.competition)
    arena.entered()
    assert (titles(arena.staff, rf), titles(arena.leader, rf)) == ([page], [])
    entry = CompetitionEntry.objects.get()
    competition_entries.return_result(entry, reason="请补充清单", actor=arena.staff)
    assert (titles(arena.staff, rf), titles(arena.liaison, rf)) == ([], [url("result_edit", entry)])
    CompetitionEntry.objects.filter(pk=entry.pk).update(state="verified", verified_on=TODAY)
    assert titles(arena.staff, rf) == []
    arena.verified(1)
    competition_reviewers.name_reviewers(arena.now(), persons=arena.reviewers, actor=arena.staff)
    competition_course.start_review(arena.now(), scores_until=TODAY, actor=arena.staff)
    reviewer = arena.now().reviewers.get(person=arena.reviewers[0])
    assert titles(account_of(arena.reviewers[0]), rf) == [url("scoring_sheet", reviewer)]
    assert titles(arena.staff, rf) == []
    CompetitionReviewer.objects.update(handed_in_at=TODAY.isoformat() + "T10:00Z", declared_on=TODAY)
    assert titles(arena.staff, rf) == [page]
    competition_course.close_review(arena.now(), actor=arena.staff)
    assert (titles(arena.staff, rf), titles(arena.leader, rf)) == ([], [page])
    competition_course.sign_off_competition(arena.now(), actor=arena.leader)
    assert (titles(arena.staff, rf), titles(arena.leader, rf)) == ([page], [])


def due(rows: Any) -> list[tuple[date, Any]]:
    return list(rows.values_list("due_day", "doer_key").order_by("doer_key"))


def test_scores_fall_due_until_they_are_in_and_news_for_thirty_days(arena: Arena, rf: Any) -> None:
    far = TODAY + timedelta(days=60)
    competition = arena.scored()
    doers = sorted((person.account_id for person in arena.reviewers), key=str)
    assert due(rules.unscored(TODAY)) == [(TODAY, doer) for doer in doers]
    assert (due(rules.unscored(TODAY - timedelta(days=1))), due(rules.unclosed(far))) == ([], [(TODAY, None)])
    make_scores(competition.reviewers.get(person=arena.reviewers[0]), competition.entries.first(), 30, 20)
    assert len(due(rules.unscored(far))) == 2
    Competition.objects.filter(pk=competition.pk).update(state="closed")
    assert (due(rules.unscored(far)), due(rules.unclosed(far)), due(rules.news(far))) == ([], [], [])
    done = published(arena, arena.files[:2])
    assert due(rules.news(far)) == [(TODAY, arena.own.pk)]
    done.entries.get().members.update(shown_on=TODAY - timedelta(days=31))
    assert due(rules.news(far)) == []
