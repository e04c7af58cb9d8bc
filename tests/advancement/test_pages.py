"""The pages of the register: entered, checked, signed off with a preview, listed, exported, found in the file and the bell."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from cadre_app.advancement.importing.outcomes import SHEET
from cadre_app.advancement.lists.outcomes import exported_outcomes
from cadre_app.advancement.models import Outcome, OutcomeState
from cadre_app.advancement.policies import FIGURES_SINCE
from cadre_app.advancement.services import decisions, outcomes
from cadre_app.core.figures import Asked, figures
from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.people.models import Relative
from cadre_app.people.services import persons, transfers
from cadre_app.policy import services as policy
from tests.advancement.conftest import ANNOUNCED, RESUME, Town
from tests.factories import PersonFactory, TraineeFactory
from tests.people.conftest import TODAY

TYPED = {
    key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in ANNOUNCED.items()
}  # fmt: skip


def page(name: str, outcome: Outcome | None = None) -> str:
    return reverse(f"advancement:{name}", kwargs={"pk": outcome.pk} if outcome is not None else None)


def new(town: Town) -> str:
    return f"{page('outcome_new')}?trainee={town.trainee.pk}"


def test_staff_choose_somebody_and_enter_what_was_announced(town: Town, client_of: Any) -> None:
    client = client_of(town.staff)
    assert client.get(page("outcome_new")).context["found"] == []
    assert list(client.get(page("outcome_new"), {"q": "林"}).context["found"]) == [town.trainee]
    shown = client.get(new(town)).content.decode()
    assert "Only results that were formally announced are entered here." in shown
    answer = client.post(new(town), TYPED)
    outcome = Outcome.objects.get()
    assert (answer["Location"], outcome.entered_by) == (page("outcome_detail", outcome), town.staff)


def test_form_and_sheet_ask_alike_for_the_post_without_its_unit(town: Town, client_of: Any) -> None:
    form = client_of(town.staff).get(new(town)).context["form"]
    columns = {column.key: column for column in SHEET.columns()}
    assert str(form.fields["post"].help_text) == str(columns["post"].help)
    with translation.override("en"):
        assert str(form.fields["post"].help_text).startswith("Without the unit before it.")


def test_the_notice_and_the_refusal_are_worded_as_agreed(town: Town, sign_in: Any) -> None:
    client = sign_in(town.staff)
    tomorrow = TYPED | {"published_on": (TODAY + timedelta(days=1)).isoformat()}
    answer = client.post(new(town), tomorrow)
    form = answer.context["form"]
    assert (list(form.errors), form["document_number"].value()) == (["published_on"], "望委干〔2026〕31号")
    assert not Outcome.objects.exists()


def test_a_double_tap_enters_one(town: Town, client_of: Any) -> None:
    client = client_of(town.staff)
    sent = TYPED | {"submission": str(client.get(new(town)).context["form"]["submission"].value())}
    first, second = client.post(new(town), sent), client.post(new(town), sent)
    assert (first["Location"], Outcome.objects.count()) == (second["Location"], 1)


def test_an_old_page_meets_the_other_change(town: Town, client_of: Any) -> None:
    outcome = town.enters()
    outcomes.change_outcome(outcome, **(ANNOUNCED | {"remark": "由区委公布"}), actor=town.staff)
    answer = client_of(town.other).post(page("outcome_check", outcome), {"version": "1"})
    assert answer.status_code == 409
    assert Outcome.objects.get().state == OutcomeState.ANNOUNCED


def test_the_leader_sees_what_will_change_before_signing(town: Town, client_of: Any) -> None:
    outcome = town.checked()
    client = client_of(town.leader)
    [post, resume] = client.get(page("outcome_sign", outcome)).context["changes"]
    assert "镇党委组织委员" in post.after
    assert resume.after.endswith("临澜市望屿区梧岭镇党委组织委员、四级主任科员")
    assert town.fresh().person.resume == RESUME
    assert client.post(page("outcome_sign", outcome), {"version": outcome.version}).status_code == 302
    assert town.fresh().post == "镇党委组织委员"
    lines = client.get(page("outcome_detail", outcome)).context["changes"]
    assert [line.note for line in lines] == ["", ""]


def test_whoever_checked_it_reads_that_another_leader_signs(town: Town, client_of: Any) -> None:
    chief = town.district.somebody(Role.LEADER, town.district.top)
    outcome = decisions.check_outcome(town.enters(), actor=chief)
    seen = {}
    for user in (chief, town.leader):
        text = client_of(user).get(page("outcome_detail", outcome)).content.decode()
        status = client_of(user).get(page("outcome_sign", outcome)).status_code
        seen[user] = ("another leader signs it off" in text, page("outcome_sign", outcome) in text, status)
    assert seen == {chief: (True, False, 403), town.leader: (False, True, 200)}


def test_an_old_page_of_the_sign_off_says_that_the_outcome_was_changed(town: Town, client_of: Any) -> None:
    outcome = town.checked()
    old = {"version": outcome.version, "reason": "文号有误"}
    outcomes.change_outcome(outcome, **(ANNOUNCED | {"remark": "由区委公布"}), actor=town.staff)
    client = client_of(town.leader)
    assert client.post(page("outcome_sign", outcome), old).status_code == 409
    decisions.check_outcome(outcome, actor=town.other)
    decisions.sign_outcome(outcome, actor=town.leader)
    answer = client.post(page("outcome_return", outcome), old)
    assert (answer.status_code, "文号有误" in answer.content.decode()) == (409, True)


def test_voiding_says_what_stays(town: Town, client_of: Any) -> None:
    outcome = town.signed()
    edited = town.fresh().person.resume + "（兼）"
    persons.change_resume(town.fresh().person, resume=edited, actor=town.staff)
    assert client_of(town.staff).get(page("outcome_void", outcome)).status_code == 403
    client = client_of(town.leader)
    notes = [line.note for line in client.get(page("outcome_void", outcome)).context["made"]]
    assert notes == ["", "Changed by somebody since: it stays as it is when the outcome is voided."]
    answer = client.post(page("outcome_void", outcome), {"reason": "公布有误", "version": outcome.version}, follow=True)
    assert "left as it is: Résumé" in answer.content.decode()
    assert client.post(page("outcome_void", outcome), {"reason": "再次"}).status_code == 403


def test_neither_the_subject_nor_a_relative_enters_or_decides(town: Town, client_of: Any) -> None:
    kin = PersonFactory.create(account=town.other)
    Relative.objects.create(person=kin, relation="弟弟", name="林知远", other=town.trainee.person)
    outcome = town.enters()
    client = client_of(town.other)
    assert client.get(page("outcome_detail", outcome)).status_code == 404
    assert client.post(new(town), TYPED).status_code == 404
    assert client.post(page("outcome_check", outcome), {"version": "1"}).status_code == 404
    assert client.get(page("outcome_list")).context["table"].rows == []


def test_the_person_reads_it_once_it_is_in_the_file(town: Town, client_of: Any) -> None:
    outcome = town.checked()
    assert client_of(town.own).get(page("outcome_detail", outcome)).status_code == 404
    decisions.sign_outcome(outcome, actor=town.leader)
    client = client_of(town.own)
    context = client.get(page("outcome_detail", outcome)).context
    assert (context["oversees"], any(context["may"].values()), "steps" in context) == (False, False, False)
    text = client.get(reverse("growth:file", kwargs={"pk": town.trainee.pk}), {"kind": "outcome"}).content.decode()
    assert "Promoted to a higher post" in text


@pytest.mark.parametrize("rows", [1, 3])
def test_list_and_page_cost_the_same_queries_however_many(
    town: Town, client_of: Any, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        file = TraineeFactory.create(
            person=PersonFactory.create(name=f"某{number}"),
            home_unit=town.district.town,
            arrived_on=TODAY.replace(year=2020),
        )
        outcomes.enter_outcome(file, **ANNOUNCED, actor=town.staff)
    client = client_of(town.other)
    client.get(page("outcome_list"))
    with django_assert_num_queries(LIST_QUERIES):
        assert len(client.get(page("outcome_list")).context["table"].rows) == rows


LIST_QUERIES = 8


def test_the_list_is_narrowed_and_exported(town: Town, client_of: Any) -> None:
    outcome = town.signed()
    client = client_of(town.liaison)

    def found(**query: str) -> list[Outcome]:
        return [row.object for row in client.get(page("outcome_list"), query).context["table"].rows]

    assert (
        found()
        == found(state="in_file", kind="promoted", q="林知远", since="2026-11-20", until="2026-11-20")
        == [outcome]
    )
    assert found(kind="further") == found(since="2026-11-21") == found(state="voided") == []
    assert found(unit=str(town.district.town.pk)) == [outcome]
    client = client_of(town.staff)
    assert found(unit=str(town.district.other_town.pk)) == []
    with translation.override("en"):
        table = exported_outcomes(town.staff, QueryDict("state=in_file"))
        assert [row.object.trainee for row in table.rows] == [town.trainee]


def test_each_step_is_in_the_bell_of_whoever_takes_it(town: Town) -> None:
    def due(key: str, user: Any) -> list[str]:
        rule = reminder_rules[key]
        with translation.override("en"):
            return [rule.words(row, row.due_day, user).action for row in rule.visible(rule.dues(TODAY), user)]

    outcome = town.enters()
    assert (due("advancement.check", town.other), due("advancement.check", town.staff)) == (["Check"], [])
    assert due("advancement.check", town.leader) == ["Check"]
    outcome = decisions.check_outcome(outcome, actor=town.other)
    assert (due("advancement.check", town.other), due("advancement.sign_off", town.leader)) == ([], ["Sign off"])
    decisions.return_outcome(outcome, reason="请核对", actor=town.leader)
    assert due("advancement.returned", town.staff) == ["Complete"]


def test_a_post_in_another_unit_rings_until_the_transfer_is_recorded(town: Town) -> None:
    def due() -> list[str]:
        rule = reminder_rules["advancement.transfer"]
        return [rule.words(row, row.due_day, town.staff).subject for row in rule.visible(rule.dues(TODAY), town.staff)]

    outcome = town.checked(unit=town.district.other_town)
    assert due() == []
    decisions.sign_outcome(outcome, actor=town.leader)
    assert due() == ["林知远"]
    transfers.transfer_trainee(
        town.fresh(),
        to_unit=town.district.other_town,
        effective_on=ANNOUNCED["effective_on"],
        document_number="望委干〔2026〕31号",
        actor=None,
    )
    assert due() == []


def test_a_sign_off_is_due_from_the_day_it_takes_effect(town: Town) -> None:
    decisions.check_outcome(town.enters(effective_on=TODAY + timedelta(days=10)), actor=town.other)
    rule = reminder_rules["advancement.sign_off"]
    assert not rule.dues(TODAY + timedelta(days=9)).exists()
    assert [row.due_day for row in rule.dues(TODAY + timedelta(days=10))] == [TODAY + timedelta(days=10)]


def test_what_counts_since_the_term_change(town: Town) -> None:
    town.signed()
    figure = figures["outcomes"]
    assert figure.count(Asked.on(TODAY)) == 1
    assert figure.count(Asked.on(ANNOUNCED["published_on"] - timedelta(days=1))) == 0
    asked = Asked.on(TODAY, user=town.staff)
    assert figure.url(asked) == "/advancement/outcomes/?state=in_file&since=2021-07-01&until=2026-11-23"
    policy.add_value(FIGURES_SINCE, value=TODAY, valid_from=TODAY, source="换届", reason="区委换届", actor=town.staff)
    assert figure.count(Asked.on(TODAY)) == 0
