"""The pages: the table of a unit, lists with the same cost for any length, the own page, desk, bell, growth file, figures."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from cadre_app.appraisal.hints import hints_of
from cadre_app.appraisal.lists.annual import exported_annual, state_chips
from cadre_app.appraisal.models import AnnualAssessment
from cadre_app.appraisal.panels import desk
from cadre_app.appraisal.services import corrections, course, decisions, entries, persons, years
from cadre_app.appraisal.services.entries import cell
from cadre_app.appraisal.services.quarterly import QuarterEntered, enter_quarter
from cadre_app.core.figures import Asked, count_all, figures
from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.people.models import Trainee, VillageTerm
from tests.appraisal.conftest import COMMENT, DAYS, Town
from tests.assignments.factories import make_leave
from tests.factories import PersonFactory, TraineeFactory
from tests.people.conftest import TODAY

ALL = ("annual_assessed", "annual_basic", "annual_excellent", "annual_without_grade")


def page(name: str, pk: Any = None) -> str:
    return reverse(f"appraisal:{name}", kwargs={"pk": pk} if pk is not None else None)


def table(town: Town, **changes: str) -> dict[str, str]:
    """What the page of the table sends; `outcome_0` and the like name the row by its place."""
    sent: dict[str, str] = {}
    for index in range(4):
        one = town.row(index)
        known = {
            "outcome": one.outcome,
            "case_note": one.case_note,
            "comment": one.comment,
            "version": str(one.version),
        }
        for name, value in known.items():
            sent[cell(name, one.pk)] = changes.get(f"{name}_{index}", value)
    return sent


def test_the_liaison_enters_a_table_and_every_error_stands_beside_its_cell(town: Town, client_of: Any) -> None:
    client, address = client_of(town.liaison), page("annual_grid", town.quota.pk)
    sent = table(town, outcome_0="qualified", comment_1="秘密★1年", outcome_2="away", comment_3="长" * 1001)
    form = client.post(address, sent).context["form"]
    wrong = [cell("comment", town.row(1).pk), cell("comment", town.row(3).pk)]
    assert sorted(form.errors) == sorted(wrong)
    assert form[cell("outcome", town.row(0).pk)].value() == "qualified"
    sent = table(town, outcome_0="qualified", outcome_1="competent", outcome_2="away")
    form = client.post(address, sent).context["form"]
    wrong = [cell("outcome", town.row(0).pk), cell("case_note", town.row(2).pk)]
    assert sorted(form.errors) == sorted(wrong)
    sent = table(town, outcome_0="competent", comment_0=COMMENT, outcome_2="away", case_note_2="病假")
    assert client.post(address, sent)["Location"] == page("unit_detail", town.quota.pk)
    assert [town.row(index).outcome for index in range(4)] == ["competent", "", "away", ""]


def test_a_row_that_changed_meanwhile_is_told_once_and_then_overwritten(town: Town, client_of: Any) -> None:
    sent = table(town, outcome_0="competent", comment_0=COMMENT)
    town.enter(0, "basic_competent", by=town.staff)
    client, address = client_of(town.liaison), page("annual_grid", town.quota.pk)
    answer = client.post(address, sent)
    form = answer.context["form"]
    assert list(form.errors) == [cell("outcome", town.row(0).pk)]
    again = {**sent, cell("version", town.row(0).pk): form[cell("version", town.row(0).pk)].value()}
    assert client.post(address, again).status_code == 302
    assert town.row(0).grade == "competent"


def test_a_stale_page_of_one_person_meets_both_texts(town: Town, client_of: Any) -> None:
    version = town.row(0).version
    town.enter(0, "competent", by=town.staff)
    sent = {"status": "civil_servant", "outcome": "basic_competent", "comment": "另一评语", "version": str(version)}
    answer = client_of(town.liaison).post(page("annual_edit", town.row(0).pk), sent)
    assert (answer.status_code, town.row(0).grade) == (409, "competent")
    assert "另一评语" in answer.content.decode()


def test_a_double_tap_signs_once(town: Town, client_of: Any) -> None:
    town.filed(0)
    client, address = client_of(town.own), page("annual_sign", town.row(0).pk)
    token = client.get(address).context["form"]["submission"].value()
    sent = {"submission": str(token), "version": str(town.row(0).version), "opinion": "同意"}
    assert [client.post(address, sent).status_code for _tap in range(2)] == [302, 302]
    assert (town.row(0).opinion, town.row(0).signed_on) == ("同意", TODAY)


@pytest.mark.parametrize("more", [0, 2])
@pytest.mark.parametrize("name", ["annual_list", "year_board", "quarter_list", "quarter_board"])
def test_lists_cost_the_same_at_one_and_three_rows(
    town: Town, client_of: Any, name: str, more: int, django_assert_num_queries: Any
) -> None:
    AnnualAssessment.objects.exclude(trainee__in=town.people[: 1 + more]).delete()
    given = {one.pk: QuarterEntered(grade="good") for one in town.people[: 1 + more]}
    enter_quarter(town.district.town, year=2026, quarter=3, given=given, actor=town.liaison)
    client = client_of(town.staff)
    client.get(page(name))
    with django_assert_num_queries({"annual_list": 9, "year_board": 9, "quarter_list": 8, "quarter_board": 7}[name]):
        assert client.get(page(name)).status_code == 200


@pytest.mark.parametrize("more", [0, 2])
def test_the_table_costs_the_same_at_one_and_three_rows(
    town: Town, client_of: Any, more: int, django_assert_num_queries: Any
) -> None:
    AnnualAssessment.objects.exclude(trainee__in=town.people[: 1 + more]).delete()
    client, address = client_of(town.liaison), page("annual_grid", town.quota.pk)
    client.get(address)
    with django_assert_num_queries(10):
        assert len(client.get(address).context["rows"]) == 1 + more


def test_every_chip_counts_the_list_it_opens(town: Town) -> None:
    town.confirmed(0)
    town.enter(1, "competent")
    chips = state_chips(town.staff, QueryDict("year=2025"))
    assert [(chip.count, exported_annual(town.staff, QueryDict(chip.query)).total) for chip in chips] == [
        (2, 2), (1, 1), (1, 1),
    ]  # fmt: skip


def test_the_person_reads_nothing_before_the_sign_off(town: Town, client_of: Any) -> None:
    town.checked(0)
    client = client_of(town.own)
    assert client.get(page("annual_detail", town.row(0).pk)).status_code == 404
    assert client.get(page("mine")).context["cards"] == []
    own = client.get(reverse("growth:file", kwargs={"pk": town.people[0].pk}), {"kind": "appraisal"})
    assert list(own.context["years"]) == []


def test_the_growth_file_tells_what_is_confirmed(town: Town, client_of: Any) -> None:
    town.filed(0)
    with translation.override("en"):
        answer = client_of(town.own).get(
            reverse("growth:file", kwargs={"pk": town.people[0].pk}), {"kind": "appraisal"}
        )
    entries = [entry for year in answer.context["years"] for entry in year.entries]
    assert [(entry.title, entry.text) for entry in entries] == [("Annual assessment 2025: Competent", COMMENT)]


def test_the_comment_stands_in_the_year_that_it_judges(town: Town, client_of: Any) -> None:
    row = town.filed(0)
    client = client_of(town.leader)
    told = {
        year: client.get(reverse("growth:year_print", kwargs={"pk": row.trainee_id, "year": year})).content.decode()
        for year in (2025, 2026)
    }
    assert {year: COMMENT in text for year, text in told.items()} == {2025: True, 2026: False}
    assert "2025年度考核" not in told[2026]


def dues(rule: str, until: date) -> list[tuple[Any, Any]]:
    return [(row.due_day, row.doer_key) for row in reminder_rules[f"appraisal.{rule}"].dues(until)]


def test_what_falls_due(town: Town) -> None:
    assert dues("entry", TODAY) == [(date(2026, 1, 31), None)] * 4
    town.approve(1)
    town.checked(1, "excellent")
    assert dues("notice", TODAY) == [(date(2026, 1, 22), None)]
    town.filed(0)
    due = TODAY + timedelta(days=15)
    assert (dues("signature", TODAY), dues("signature", due)) == ([], [(due, town.own.pk)])
    persons.sign_annual(town.row(0), actor=town.own)
    assert dues("signature", due) == []
    persons.ask_for_review(town.row(0), review_reason="核对", actor=town.own)
    assert dues("review", TODAY + timedelta(days=30)) == [(TODAY + timedelta(days=30), None)]


def queue(client: Any) -> list[str]:
    groups = client.get(reverse("desk:home")).context["desk"].groups
    return [item.title for group in groups for item in group.items if "ssessment" in item.title]


def test_the_desk_names_the_next_step_to_whoever_takes_it(town: Town, client_of: Any) -> None:
    assert queue(client_of(town.liaison)) == ["Annual assessment 2025 to be entered: 梧岭镇"]
    town.enter(0, "competent")
    assert queue(client_of(town.staff)) == ["Annual assessment 2025 to be checked: 梧岭镇"]
    town.checked(0)
    assert queue(client_of(town.leader)) == ["Annual assessment 2025 to be signed off: 梧岭镇"]
    town.confirmed(1)
    assert queue(client_of(town.staff)) == ["Annual assessment 2025 to be filed: 梧岭镇"]


def test_units_with_nothing_to_do_take_no_place_on_the_desk(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "SHOWN", 1)
    other = TraineeFactory.create(home_unit=town.district.other_town, arrived_on=date(2024, 7, 1))
    years.complete_year(town.campaign, actor=None)
    row = AnnualAssessment.objects.get(trainee=other)
    entries.edit_annual(row, status=row.status, outcome="competent", comment=COMMENT, actor=town.liaison)
    titles = [item.title for item in desk._annual(town.staff)]
    assert titles == [f"审核2025年度考核：{town.district.other_town.name}"]


def test_each_figure_counts_the_list_that_it_opens(town: Town) -> None:
    town.approve(1)
    town.confirmed(0, "excellent")
    town.confirmed(1, "basic_competent")
    town.enter(2, "competent")
    asked, before = (Asked.on(day, user=town.staff) for day in (TODAY, TODAY - timedelta(days=1)))
    assert counted_as_listed(asked) == [2, 1, 1, 0]
    assert counted_as_listed(before) == [0, 0, 0, 0]


def counted_as_listed(asked: Asked) -> list[int]:
    counts = count_all(asked, {key: figures[key] for key in ALL})
    assert asked.user is not None
    for key in ALL:
        query = QueryDict(figures[key].url(asked).partition("?")[2])
        assert exported_annual(asked.user, query).total == counts[key]
    return [counts[key] for key in ALL]


def test_whom_a_new_unit_assesses_is_counted_without_a_grade_nowhere(town: Town) -> None:
    town.approve(1)
    town.confirmed(0, "transferred", case_note="由新单位考核")
    town.confirmed(1, "away", case_note="全年病假七个月")
    assert counted_as_listed(Asked.on(TODAY, user=town.staff)) == [1, 0, 0, 1]


def test_hints_name_probation_absence_and_transfer(town: Town) -> None:
    leap = TraineeFactory.create(
        person=PersonFactory.create(), home_unit=town.district.town, arrived_on=date(2025, 2, 28)
    )
    Trainee.objects.filter(pk=town.people[1].pk).update(arrived_on=date(2024, 2, 29), probation_ends_on=None)
    term = VillageTerm.objects.create(
        trainee=town.people[2], village=town.district.village, started_on=date(2024, 9, 1), months=24
    )
    make_leave(
        town.people[2], on=date(2025, 1, 10), due_on=date(2025, 8, 10), ended_on=date(2025, 8, 10), kind="sick",
        state="returned", term=term,
    )  # fmt: skip
    late = AnnualAssessment.objects.create(trainee=leap, year=2025, quota=town.quota, status=leap.status)
    rows = [town.row(1), town.row(2), AnnualAssessment.objects.select_related("trainee").get(pk=late.pk)]
    with translation.override("en"):
        found = hints_of(rows)
    assert [found.get(row.pk, []) for row in rows] == [
        [],
        ["213 days of sick and personal leave in the year."],
        ["On probation at the end of the year, until 28 Feb 2026."],
    ]


def shown(town: Town, client: Any) -> dict[str, str]:
    """What a browser sends back of the table as it is shown."""
    form = client.get(page("annual_grid", town.quota.pk)).context["form"]
    return {name: str(form[name].value() or "") for name in form.fields if name != "submission"}


def test_rows_that_a_table_did_not_change_are_left_to_the_other_one(town: Town, client_of: Any) -> None:
    mine, others = client_of(town.staff), client_of(town.liaison)
    first, second = shown(town, mine), shown(town, others)
    keys = [town.row(index).pk for index in range(4)]
    sent = {**second, cell("outcome", keys[0]): "competent", cell("comment", keys[0]): "第一行\r\n第二行"}
    assert others.post(page("annual_grid", town.quota.pk), sent).status_code == 302
    assert (
        mine.post(page("annual_grid", town.quota.pk), {**first, cell("outcome", keys[1]): "competent"}).status_code
        == 302
    )
    assert [town.row(index).grade for index in (0, 1)] == ["competent", "competent"]
    again = shown(town, mine)
    again[cell("comment", keys[0])] = "第一行\r\n第二行"
    assert mine.post(page("annual_grid", town.quota.pk), again).status_code == 302
    assert town.row(0).entered_by == town.liaison


def test_after_a_conflict_the_rows_of_others_come_back_as_they_stand(town: Town, client_of: Any) -> None:
    client = client_of(town.staff)
    sent, keys = shown(town, client), [town.row(index).pk for index in range(4)]
    town.enter(0, "competent")
    town.enter(1, "competent", comment="联络员的评语")
    sent[cell("outcome", keys[1])] = "basic_competent"
    form = client.post(page("annual_grid", town.quota.pk), sent).context["form"]
    assert list(form.errors) == [cell("outcome", keys[1])]
    assert "联络员的评语" in form.errors[cell("outcome", keys[1])][0]
    assert (form[cell("outcome", keys[0])].value(), form[cell("comment", keys[0])].value()) == ("competent", COMMENT)
    assert form[cell("outcome", keys[1])].value() == "basic_competent"
    back = {name: str(form[name].value() or "") for name in form.fields if name != "submission"}
    assert client.post(page("annual_grid", town.quota.pk), back).status_code == 302
    assert [town.row(index).grade for index in (0, 1)] == ["competent", "basic_competent"]
    assert town.row(0).entered_by == town.liaison


def test_ten_megabytes_of_comment_meet_a_clear_answer(town: Town, client_of: Any) -> None:
    sent = table(town, outcome_0="competent", comment_0="评" * 1_200_000)
    answer = client_of(town.liaison).post(page("annual_grid", town.quota.pk), sent)
    assert list(answer.context["form"].errors) == [cell("comment", town.row(0).pk)]
    assert town.row(0).comment == ""


def test_whoever_checked_reads_that_another_leader_signs(town: Town, client_of: Any, rf: Any) -> None:
    chief = town.district.somebody(Role.LEADER, town.district.top)
    town.enter(0, "competent")
    course.record_course(town.row(0), **DAYS, actor=town.liaison)
    one = decisions.check_annual(town.row(0), actor=chief)
    seen = {}
    for user in (chief, town.leader):
        request = rf.get("/")
        request.user = user
        client = client_of(user)
        text = client.get(page("annual_detail", one.pk)).content.decode()
        listed = client.get(page("unit_sign", town.quota.pk)).context["listed"]
        waits = page("unit_sign", town.quota.pk) in [item.url for item in desk.desk_items(request)]
        status = client.get(page("annual_sign_off", one.pk)).status_code
        seen[user] = ("another leader signs it off" in text, len(listed), waits, status)
    assert seen == {chief: (True, 0, False, 403), town.leader: (False, 1, True, 200)}


def test_an_old_page_of_the_sign_off_says_that_the_assessment_was_changed(town: Town, client_of: Any) -> None:
    one = town.checked(0)
    sent = {"version": one.version}
    decisions.send_back_annual(one, reason="请核对", actor=town.leader)
    client = client_of(town.leader)
    assert client.post(page("annual_sign_off", one.pk), sent).status_code == 409
    assert client_of(town.liaison).post(page("annual_sign_off", one.pk), sent).status_code == 403


def test_an_old_page_of_a_correction_says_that_it_was_decided(town: Town, client_of: Any) -> None:
    given = {"outcome": "basic_competent", "comment": "更正", "reason": "复核", "actor": town.staff}
    correction = corrections.propose_correction(town.confirmed(0), **given)
    sent = {"version": correction.version, "reason": "不同意"}
    corrections.sign_correction(correction, actor=town.leader)
    answer = client_of(town.leader).post(page("correction_decline", correction.pk), sent)
    assert (answer.status_code, "不同意" in answer.content.decode()) == (409, True)
