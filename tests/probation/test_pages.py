"""The pages: list, record, forms, own page, papers, growth file, bell and export."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from cadre_app.accounts.models import User
from cadre_app.core.nav import groups_for
from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.core.signing import another_needed_text, checked_text, gives_up_text
from cadre_app.people.models import Relative, Trainee
from cadre_app.people.services import posts
from cadre_app.probation.lists import exported_probations
from cadre_app.probation.models import Probation, State
from cadre_app.probation.services import conclusions, decisions, records, steps
from tests.factories import PersonFactory
from tests.people.conftest import TODAY
from tests.probation.conftest import COMMENT, ENDS, EXTENSION, FAILURE, GRADING, UNWRITTEN, Town, on_probation

TYPED = {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in GRADING.items()}


def page(name: str, one: Probation | None = None) -> str:
    return reverse(f"probation:{name}", kwargs={"pk": one.pk} if one is not None else None)


def test_the_person_writes_the_summary_on_the_own_page(town: Town, client_of: Any) -> None:
    one = town.opened()
    client = client_of(town.own)
    [card] = client.get(page("mine")).context["cards"]
    assert (card["one"], card["may_write"]) == (one, True)
    assert "summary_on" not in client.get(page("summary", one)).context["form"].fields
    answer = client.post(page("summary", one), {"summary": "到岗一年。", "version": one.version})
    assert (answer["Location"], town.one.summary) == (page("detail", one), "到岗一年。")
    steps.write_opinion(town.one, opinion="学习认真。", opinion_on=TODAY, actor=town.liaison)
    text = client.get(page("detail", one)).content.decode()
    assert "到岗一年。" in text
    assert "学习认真。" not in text
    assert client.get(page("summary", one)).status_code == 403


def test_staff_enter_the_summary_from_paper_only_while_the_person_did_not(town: Town, client_of: Any) -> None:
    one = town.opened()
    other = records.open_probation(on_probation(town.district.town, "某"), actor=None)
    client = client_of(town.staff)
    sent = {"summary": "纸质总结", "summary_on": TODAY.isoformat(), "version": other.version}
    assert client.post(page("summary", other), sent).status_code == 302
    assert client.get(page("summary", other)).status_code == 200
    steps.write_summary(one, summary="本人总结", actor=town.own)
    assert client.get(page("summary", one)).status_code == 403


def test_the_liaison_writes_the_opinion_of_the_own_unit(town: Town, client_of: Any) -> None:
    one = town.written()
    client = client_of(town.liaison)
    shown = client.get(page("opinion", one)).content.decode()
    assert "走遍全村农户" in shown
    sent = {"opinion": "同意转正。", "opinion_on": TODAY.isoformat(), "version": one.version}
    assert client.post(page("opinion", one), sent).status_code == 302
    assert (town.one.opinion, town.one.opinion_by) == ("同意转正。", town.liaison)
    conclusions.conclude_passed(town.one, **GRADING, actor=town.staff)
    text = client.get(page("detail", one)).content.decode()
    assert GRADING["comment"] not in text
    assert GRADING["document_number"] not in text


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(town: Town, sign_in: Any, language: str) -> None:
    one = town.opined()
    type(town.staff).objects.filter(pk=town.staff.pk).update(language=language)
    client = sign_in(type(town.staff).objects.get(pk=town.staff.pk))
    sent = TYPED | {"post": "\u3000", "rank": "10", "version": str(one.version)}
    form = client.post(page("passed", one), sent).context["form"]
    assert list(form.errors) == ["post"]
    assert form["document_number"].value() == GRADING["document_number"]
    form = client.post(page("passed", one), sent | {"post": "科员", "document_on": "2026-02-31"}).context["form"]
    assert list(form.errors) == ["document_on"]
    form = client.post(page("passed", one), sent | {"post": "科员\x00"}).context["form"]
    assert list(form.errors) == ["post"]
    form = client.post(page("passed", one), sent | {"post": "科员"}).context["form"]
    assert list(form.errors) == ["rank_reason"]
    assert town.one.state == State.UNDER_WAY


def test_the_form_begins_with_the_rank_that_education_gives(town: Town, client_of: Any) -> None:
    form = client_of(town.staff).get(page("passed", town.opined())).context["form"]
    assert (form["rank"].value(), form["post"].value()) == ("11", "")
    assert "Source" in form.fields["rank"].help_text


def test_a_leader_reads_what_will_follow_and_signs(town: Town, client_of: Any) -> None:
    one = town.checked()
    client = client_of(town.leader)
    shown = client.get(page("sign", one)).content.decode()
    assert "党建办公室工作人员" in shown
    assert client.post(page("sign", one), {"version": one.version}).status_code == 302
    assert town.fresh().rank == "11"
    assert client.post(page("sign", one), {"version": one.version}).status_code == 409


def test_a_double_tap_enters_one_and_an_old_page_meets_the_other_change(town: Town, client_of: Any) -> None:
    one = town.opined()
    client = client_of(town.staff)
    form = client.get(page("passed", one)).context["form"]
    sent = TYPED | {"version": one.version, "submission": str(form["submission"].value())}
    first, second = client.post(page("passed", one), sent), client.post(page("passed", one), sent)
    assert first["Location"] == second["Location"]
    old = client_of(town.other).post(page("check", one), {"version": one.version})
    assert (old.status_code, town.one.checked_on) == (409, None)


def test_whoever_checked_it_reads_that_another_leader_signs(town: Town, client_of: Any) -> None:
    chief = town.district.somebody(Role.LEADER, town.district.top)
    one = decisions.check_conclusion(town.concluded(), actor=chief)
    seen = {}
    for user in (chief, town.leader):
        shown = client_of(user).get(page("detail", one))
        offers = page("sign", one) in shown.content.decode()
        refused = client_of(user).get(page("sign", one)).status_code
        seen[user] = ("another leader signs it off" in shown.content.decode(), offers, refused)
    assert seen == {chief: (True, False, 403), town.leader: (False, True, 200)}


def test_an_old_page_says_that_the_record_was_changed_and_keeps_what_was_typed(town: Town, client_of: Any) -> None:
    one = town.opined()
    old = {"version": one.version, "opinion": "再补充一句", "opinion_on": TODAY.isoformat()}
    one = conclusions.conclude_passed(one, **GRADING, actor=town.staff)
    answer = client_of(town.liaison).post(page("opinion", one), old)
    assert (answer.status_code, "再补充一句" in answer.content.decode()) == (409, True)
    one = decisions.check_conclusion(one, actor=town.other)
    sign = {"version": one.version, "document_number": "望委组〔2026〕66号"}
    one = conclusions.conclude_passed(one, **GRADING, actor=town.staff)
    answer = client_of(town.leader).post(page("sign", one), sign)
    body = answer.content.decode()
    assert (answer.status_code, "望委组〔2026〕66号" in body, page("detail", one) in body) == (409, True, True)
    assert client_of(town.liaison).post(page("sign", one), sign).status_code == 403
    assert client_of(town.leader).post(page("sign", one), {"version": one.version}).status_code == 403


def test_neither_the_subject_nor_a_relative_decides(town: Town, client_of: Any) -> None:
    kin = PersonFactory.create(account=town.other)
    Relative.objects.create(person=kin, relation="弟弟", name="林知远", other=town.trainee.person)
    one = town.concluded()
    client = client_of(town.other)
    assert client.get(page("detail", one)).status_code == 404
    assert client.post(page("check", one), {"version": one.version}).status_code == 404
    assert client.get(page("list")).context["table"].rows == []


def test_the_person_reads_the_result_once_it_is_signed_off(town: Town, client_of: Any) -> None:
    one = town.checked()
    client = client_of(town.own)
    assert GRADING["comment"] not in client.get(page("detail", one)).content.decode()
    decisions.sign_conclusion(one, actor=town.leader)
    shown = client.get(page("detail", one))
    text = shown.content.decode()
    assert GRADING["comment"] in text
    assert town.leader.display_name not in text
    assert [label for label, _url in shown.context["papers"]] == [
        "Registration form",
        "Approval form of first appointment and grading",
    ]
    growth = client.get(reverse("growth:file", kwargs={"pk": town.trainee.pk}), {"kind": "appraisal"}).content.decode()
    assert "First appointment and grading" in growth


def test_the_growth_file_tells_how_far_it_is_and_what_is_missing(town: Town, client_of: Any) -> None:
    url = reverse("growth:file", kwargs={"pk": town.trainee.pk})
    client = client_of(town.staff)
    text = client.get(url).content.decode()
    assert reverse("probation:open", kwargs={"pk": town.trainee.pk}) in text
    one = town.opened()
    text = client.get(url).content.decode()
    assert page("detail", one) in text
    assert "End-of-probation assessment due" in text
    one = conclusions.conclude_failed(one, **FAILURE, **UNWRITTEN, actor=town.staff)
    one = decisions.sign_conclusion(decisions.check_conclusion(one, actor=town.other), actor=town.leader)
    assert "Employment cancelled: departure not recorded" in client.get(url).content.decode()
    assert list(reminder_rules["people.probation"].dues(TODAY)) == []
    assert not any(step.is_next for step in client.get(page("detail", one)).context["steps"])
    paper = reverse("documents:paper", kwargs={"kind": "probation.assessment", "pk": one.pk})
    text = client.get(paper).content.decode()
    assert all(FAILURE[name] in text for name in ("reason", "document_number"))
    assert UNWRITTEN["missing_reason"] in text


def test_the_form_of_a_conclusion_asks_for_what_is_missing(town: Town, client_of: Any) -> None:
    one = town.opened()
    client = client_of(town.staff)
    sent = FAILURE | {"document_on": TODAY.isoformat(), "version": one.version}
    assert list(client.post(page("failed", one), sent).context["form"].errors) == ["missing_reason"]
    assert client.post(page("failed", one), sent | UNWRITTEN).status_code == 302
    assert town.one.missing_reason == UNWRITTEN["missing_reason"]


def test_a_first_grading_offers_the_ranks_it_gives(town: Town, client_of: Any) -> None:
    field = client_of(town.staff).get(page("passed", town.opined())).context["form"].fields["rank"]
    assert [code for code, _label in field.choices if code] == ["08", "09", "10", "11", "12"]


def test_the_sign_off_asks_for_a_document_that_is_not_known(town: Town, client_of: Any) -> None:
    posts.add_post_record(town.trainee, started_on=TODAY, post="四级主任科员", rank="10", actor=town.staff)
    one = town.checked(document_number="", document_on=None)
    client = client_of(town.leader)
    shown = client.get(page("sign", one))
    assert {"document_number", "document_on"} <= set(shown.context["form"].fields)
    assert "A later record of post and rank stands" in shown.content.decode()
    assert list(client.post(page("sign", one), {"version": one.version}).context["form"].errors) == [
        "document_number", "document_on",
    ]  # fmt: skip
    sent = {"document_number": "望委组〔2026〕31号", "document_on": TODAY.isoformat(), "version": one.version}
    assert client.post(page("sign", one), sent).status_code == 302
    assert town.one.state == State.GRADED


def test_what_was_taken_back_is_not_said_to_be_incomplete(town: Town, client_of: Any) -> None:
    one = decisions.take_sign_off_back(town.signed(), reason="误签", actor=town.leader)
    shown = client_of(town.staff).get(page("detail", one))
    assert "To be completed" not in shown.content.decode()
    assert "sign-off taken back" in shown.context["mark"][1]


def test_its_pages_stand_under_the_line_of_assessments(town: Town) -> None:
    for path in (page("list"), page("detail", town.opened())):
        links = [link for group in groups_for(town.staff, path) for link in group.links if link.is_current]
        assert [link.item.url_name for link in links] == ["appraisal:year_board"]


def test_a_record_is_opened_by_one_press(town: Town, client_of: Any) -> None:
    client = client_of(town.staff)
    url = reverse("probation:open", kwargs={"pk": town.trainee.pk})
    assert client.get(url).status_code == 200
    assert client.post(url, {})["Location"] == page("detail", town.one)
    assert client.get(url)["Location"] == page("detail", town.one)


def test_the_list_is_narrowed_and_exported(town: Town, client_of: Any) -> None:
    one = town.opened()
    other = on_probation(town.district.other_town, "未培训", arrived=date(2026, 2, 1))
    records.open_probation(other, actor=None)
    client = client_of(town.staff)

    def found(**query: str) -> list[str]:
        return [str(row.object) for row in client.get(page("list"), query).context["table"].rows]

    assert found() == ["林知远", "未培训"]
    assert found(sort="-ends_on") == ["未培训", "林知远"]
    assert found(stage="due") == found(month="2026-11") == found(induction="done") == found(q="林") == ["林知远"]
    assert found(stage="not_due") == found(induction="missing") == ["未培训"]
    assert found(unit=str(town.district.other_town.pk)) == ["未培训"]
    assert found(stage="graded") == found(stage="voided") == []
    Trainee.objects.filter(pk=other.pk).update(departed_on=TODAY)
    assert found() == ["林知远"]
    assert found(stage="not_due") == []
    assert found(stage="all") == ["林知远", "未培训"]
    records.void_probation(one, reason="误开", actor=town.staff)
    assert found(stage="voided") == ["林知远"]
    with translation.override("en"):
        table = exported_probations(town.staff, QueryDict("stage=all"))
        assert [str(row.object) for row in table.rows] == ["未培训"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_queries_however_many(
    town: Town, client_of: Any, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        on_probation(town.district.town, f"某{number}")
    records.sweep_probations()
    Probation.objects.filter(trainee=town.trainee).delete()
    client = client_of(town.other)
    client.get(page("list"))
    with django_assert_num_queries(LIST_QUERIES):
        assert len(client.get(page("list")).context["table"].rows) == rows


LIST_QUERIES = 8


def test_each_step_is_in_the_bell_of_whoever_takes_it(town: Town) -> None:
    def due(key: str, user: Any, until: date = TODAY) -> list[str]:
        rule = reminder_rules[f"probation.{key}"]
        with translation.override("en"):
            return [rule.words(row, row.due_day, user).action for row in rule.visible(rule.dues(until), user)]

    one = town.opened()
    assert due("summary", town.own) == ["Write the summary"]
    [row] = reminder_rules["probation.end"].dues(TODAY)
    with translation.override("en"):
        words = reminder_rules["probation.end"].words(row, ENDS, town.staff)
    assert "The probation of 林知远 ended on" in words.why
    assert list(reminder_rules["people.probation"].dues(TODAY)) == []
    one = steps.write_summary(one, summary="总结", actor=town.own)
    assert due("summary", town.own) == []
    assert due("opinion", town.liaison) == []
    assert due("opinion", town.liaison, TODAY + timedelta(days=7)) == ["Write the opinion"]
    one = steps.write_opinion(one, opinion="意见", opinion_on=TODAY, actor=town.liaison)
    one = conclusions.conclude_passed(one, **GRADING, actor=town.staff)
    assert (due("check", town.other), due("check", town.staff), due("end", town.staff)) == (["Check"], [], [])
    one = decisions.check_conclusion(one, actor=town.other)
    assert (due("check", town.other), due("sign_off", town.leader)) == ([], ["Sign off"])
    decisions.return_conclusion(one, reason="请核对", actor=town.leader)
    assert due("returned", town.staff) == ["Open the assessment"]


def test_without_a_liaison_staff_are_told_that_the_opinion_is_missing(town: Town) -> None:
    town.written()
    until = TODAY + timedelta(days=7)
    due = {key: reminder_rules[f"probation.{key}"].dues(until).count() for key in ("opinion", "opinion_from_paper")}
    assert due == {"opinion": 1, "opinion_from_paper": 0}
    User.objects.filter(pk=town.liaison.pk).update(is_active=False)
    due = {key: reminder_rules[f"probation.{key}"].dues(until).count() for key in ("opinion", "opinion_from_paper")}
    assert due == {"opinion": 0, "opinion_from_paper": 1}
    assert reminder_rules["probation.opinion_from_paper"].roles == (Role.STAFF,)


@pytest.mark.parametrize("kind", ["assessment", "grading"])
def test_the_papers_are_made(town: Town, client_of: Any, kind: str) -> None:
    one = town.signed()
    client = client_of(town.staff)
    known = {"kind": f"probation.{kind}", "pk": one.pk}
    text = client.get(reverse("documents:paper", kwargs=known)).content.decode()
    assert {"assessment": "试用期人员考核登记表", "grading": "任职定级呈批表"}[kind] in text
    assert {"assessment": "学习认真，遵守纪律。", "grading": "任党建办公室工作人员，定为一级科员"}[kind] in text
    assert GRADING["comment"] in text


def test_an_extension_shows_both_rounds(town: Town, client_of: Any) -> None:
    one = conclusions.conclude_deferred(town.opined(), **EXTENSION, actor=town.staff)
    decisions.sign_conclusion(decisions.check_conclusion(one, actor=town.other), actor=town.leader)
    client = client_of(town.own)
    assert len(client.get(page("mine")).context["cards"]) == 2
    shown = client.get(page("detail", town.one))
    assert [row["object"] for row in shown.context["earlier"]] == [one]
    assert EXTENSION["reason"] in client.get(page("detail", one)).content.decode()


def test_a_leader_is_told_before_the_check_that_another_one_signs_and_after_an_old_page_too(
    town: Town, client_of: Any
) -> None:
    one = town.concluded()
    chief = town.district.somebody(Role.LEADER, town.district.top)
    shown = {user: client_of(user).get(page("check", one)).content.decode() for user in (chief, town.other)}
    assert [gives_up_text() in body for body in shown.values()] == [True, False]
    one = decisions.check_conclusion(one, actor=chief)
    answer = client_of(chief).post(page("sign", one), {"version": one.version})
    assert (answer.status_code, checked_text() in answer.content.decode()) == (403, True)


def test_what_was_taken_back_says_what_it_is_and_no_other_conclusion_takes_its_words(
    town: Town, client_of: Any
) -> None:
    one = decisions.take_sign_off_back(town.signed(), reason="误签", actor=town.leader)
    client = client_of(town.staff)
    for name, comment in (("passed", COMMENT), ("deferred", None), ("failed", None)):
        shown = client.get(page(name, one))
        assert "The sign-off was taken back: 误签" in shown.content.decode()
        assert (shown.context["form"]["comment"].value() or None) == comment


def test_staff_see_to_it_that_another_leader_signs(town: Town) -> None:
    town.checked()
    rule = reminder_rules["probation.sign_off"]
    told = {user: list(rule.visible(rule.dues(TODAY), user)) for user in (town.staff, town.leader, town.liaison)}
    assert [len(rows) for rows in told.values()] == [1, 1, 0]
    words = {user: rule.words(told[user][0], TODAY, user) for user in (town.staff, town.leader)}
    assert (rule.attention, rule.supervisors) == (3, (Role.STAFF,))
    assert (words[town.staff].why, words[town.staff].url) == (another_needed_text(), page("detail", town.one))
    assert words[town.leader].url == page("sign", town.one)
