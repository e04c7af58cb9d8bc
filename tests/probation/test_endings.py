"""How a probation ends by personnel status, and the departure after one that was not passed."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from cadre_app.core.reminding import reminder_rules
from cadre_app.handover.models import Material
from cadre_app.history.models import Entry
from cadre_app.people.models import Kind, Status, Trainee, Transfer, TransferKind
from cadre_app.people.services import transfers
from cadre_app.probation.models import Probation
from cadre_app.probation.papers import assessment_values, grading_values
from cadre_app.probation.services import conclusions, decisions
from cadre_app.training.induction import before_grading
from tests.people.conftest import TODAY
from tests.probation.conftest import COMMENT, FAILURE, GRADING, UNWRITTEN, Town

POSTED = {**GRADING, "rank": "", "post_grade": "管理九级"}


def at_an_institution(town: Town) -> None:
    Trainee.objects.filter(pk=town.trainee.pk).update(kind=Kind.INTRODUCED, status=Status.INSTITUTION)
    town.trainee.refresh_from_db()


def failed(town: Town) -> Probation:
    one = conclusions.conclude_failed(town.opened(), **FAILURE, **UNWRITTEN, actor=town.staff)
    return decisions.sign_conclusion(decisions.check_conclusion(one, actor=town.other), actor=town.leader)


def leave(town: Town, kind: str, **values: Any) -> Transfer:
    known = {"effective_on": TODAY, "document_number": FAILURE["document_number"]} | values
    return transfers.record_departure(town.fresh(), kind=kind, **known, actor=town.staff)


def refused(town: Town, kind: str, **values: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        leave(town, kind, **values)
    return {name: [str(error.code) for error in errors] for name, errors in caught.value.error_dict.items()}


def page(name: str, town: Town) -> str:
    return reverse(f"probation:{name}", kwargs={"pk": town.one.pk})


def test_the_departure_after_a_cancelling_asks_for_no_approval(town: Town) -> None:
    assert refused(town, TransferKind.CANCELLED) == {"kind": ["not_cancelled"]}
    failed(town)
    assert refused(town, TransferKind.RESIGNATION) == {"approval": ["within_service"]}
    assert refused(town, TransferKind.CONTRACT) == {"kind": ["other_status"]}
    early = FAILURE["document_on"].replace(day=19)
    assert refused(town, TransferKind.CANCELLED, effective_on=early) == {"effective_on": ["too_early"]}
    assert leave(town, TransferKind.CANCELLED).approval == ""
    assert town.fresh().departed_on == TODAY


def test_a_contract_ends_at_an_institution(town: Town) -> None:
    at_an_institution(town)
    failed(town)
    assert refused(town, TransferKind.CANCELLED) == {"kind": ["other_status"]}
    assert leave(town, TransferKind.CONTRACT).kind == TransferKind.CONTRACT


def test_the_page_of_a_cancelled_one_leads_to_the_departure_which_knows_its_document(
    town: Town, client_of: Any
) -> None:
    departure = reverse("people:depart", kwargs={"pk": town.trainee.pk})
    client = client_of(town.staff)
    kinds = {kind for kind, _label in client.get(departure).context["form"].fields["kind"].choices}
    assert kinds.isdisjoint({TransferKind.CANCELLED, TransferKind.CONTRACT})
    failed(town)
    acts = client.get(page("detail", town)).context["acts"]
    assert ("Record the departure", departure, True) in acts
    form = client.get(departure).context["form"]
    assert (form["kind"].value(), form["document_number"].value()) == ("cancelled", FAILURE["document_number"])
    assert TransferKind.CONTRACT not in dict(form.fields["kind"].choices)
    led = client_of(town.leader).get(page("detail", town)).context["acts"]
    assert departure not in [url for _label, url, _next in led]
    client = client_of(town.staff)
    sent = {"kind": "cancelled", "effective_on": TODAY.isoformat(), "document_number": "望委组〔2026〕32号"}
    sent |= {"version": str(town.fresh().version)}
    assert client.post(departure, sent).status_code == 302
    acts = client.get(page("detail", town)).context["acts"]
    assert departure not in [url for _label, url, _next in acts]


def test_an_institution_gives_a_post_grade_in_words_of_its_own(town: Town, client_of: Any) -> None:
    at_an_institution(town)
    one = conclusions.conclude_passed(town.opined(), **POSTED, actor=town.staff)
    labels = [label for label, _url, _next in client_of(town.staff).get(page("detail", town)).context["acts"]]
    assert {"Qualified: give a post grade", "Not qualified: end the contract"} <= set(labels)
    one = decisions.sign_conclusion(decisions.check_conclusion(one, actor=town.other), actor=town.leader)
    shown = client_of(town.staff).get(page("detail", town))
    assert shown.context["mark"][1] == "Post grade given"
    assert str(shown.context["source"]) == "Regulations on personnel management of public institutions"
    assert "Training before taking up the post" in [step.label for step in shown.context["steps"]]
    with translation.override("en"):
        growth = reverse("growth:file", kwargs={"pk": town.trainee.pk})
        assert "First post and post grade" in client_of(town.staff).get(growth).content.decode()
    values = grading_values(one)
    assert (values["act"], values["since_of"]) == ("岗位聘用", "聘用时间")
    assert values["wanted"] == "聘用为党建办公室工作人员，岗位等级为管理九级"
    assert assessment_values(one)["training"] == "岗前培训"
    assert Material.objects.filter(trainee=town.trainee).count() == 2


def test_the_paper_of_an_institution_names_no_grading(town: Town, client_of: Any) -> None:
    at_an_institution(town)
    one = conclusions.conclude_passed(town.opined(), **POSTED, actor=town.staff)
    text = client_of(town.staff).get(reverse("documents:paper", kwargs={"kind": "probation.grading", "pk": one.pk}))
    paper = text.content.decode()
    assert "岗位聘用呈批表" in paper
    assert "任职定级" not in paper.replace(COMMENT, "")


def test_a_civil_servant_keeps_the_words_of_civil_servants(town: Town, client_of: Any) -> None:
    town.opined()
    shown = client_of(town.staff).get(page("detail", town))
    assert str(shown.context["source"]).startswith("Measures for the probation")
    labels = [label for label, _url, _next in shown.context["acts"]]
    assert {"Qualified: grade", "Not qualified: cancel"} <= set(labels)


def test_history_tells_no_field_that_only_accounts_for_the_sign_off(town: Town) -> None:
    names = {change.name for entry in Entry.objects.about(town.signed()) for change in entry.changes}
    assert names.isdisjoint({"round", "wrote_record", "post_record", "was_unsigned"})
    assert "conclusion" in names


def test_induction_training_is_not_asked_of_whoever_was_cancelled(town: Town) -> None:
    assert before_grading(TODAY).filter(pk=town.trainee.pk).exists()
    failed(town)
    assert not before_grading(TODAY).filter(pk=town.trainee.pk).exists()


def test_the_departure_rings_until_it_is_recorded(town: Town) -> None:
    rule = reminder_rules["probation.departure"]
    assert not rule.dues(TODAY).exists()
    one = failed(town)
    assert [row.due_day for row in rule.dues(TODAY)] == [TODAY]
    told = {user: rule.visible(rule.dues(TODAY), user).count() for user in (town.staff, town.leader, town.liaison)}
    assert list(told.values()) == [1, 1, 0]
    with translation.override("en"):
        words = rule.words(rule.rows().get(pk=one.pk), TODAY, town.staff)
    assert (words.why, words.url) == (
        "Employment is cancelled. Enter the departure in the growth file next.", page("detail", town),
    )  # fmt: skip
    leave(town, TransferKind.CANCELLED)
    assert not rule.dues(TODAY).exists()
