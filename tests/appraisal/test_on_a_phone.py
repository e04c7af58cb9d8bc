"""On a phone nobody is told that a case is open: it reads as "away" does, and is entered and decided at a desk."""

from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse

from cadre_app.appraisal.filters.annual import annual_of
from cadre_app.appraisal.lists.annual import EXPORT, exported_annual
from cadre_app.appraisal.models import AnnualAssessment, NoGrade
from cadre_app.appraisal.services import corrections, decisions
from cadre_app.appraisal.services.years import _begin_anew
from cadre_app.core.registries import job_kinds
from cadre_app.core.reminding import reminder_rules
from tests.appraisal.conftest import COMMENT, Town
from tests.people.conftest import TODAY

pytestmark = pytest.mark.django_db

PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 14; Mobile) Chrome/120"}
CASES = ("case_open", "away")
LABELS = ("Case open: neither comment nor grade", "Away for more than half the year: no grade")
NOTE = "区纪委立案"


def page(name: str, pk: Any = None) -> str:
    return reverse(f"appraisal:{name}", kwargs={"pk": pk} if pk is not None else None)


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest, town: Town) -> NoGrade:
    """The first person has no grade for this reason, which is signed off and filed."""
    town.enter(0, request.param, comment="", case_note=NOTE)
    decisions.check_annual(town.row(0), actor=town.staff)
    decisions.sign_off_annual(town.row(0), actor=town.leader)
    decisions.file_annual(town.row(0), filed_on=TODAY, actor=town.staff)
    return NoGrade(request.param)


def test_pages_name_the_case_at_a_desk_alone(town: Town, client_of: Any, case: NoGrade) -> None:
    one = town.row(0)
    detail = page("annual_detail", one.pk)
    read = [(town.staff, page("annual_list")), (town.staff, page("unit_detail", one.quota_id)), (town.staff, detail)]
    for reader, address in [*read, (town.own, page("mine")), (town.own, detail)]:
        at_desk = client_of(reader).get(address).content.decode()
        on_phone = client_of(reader).get(address, headers=PHONE).content.decode()
        told = LABELS[CASES.index(case)]
        said = [text for text in (*LABELS, NOTE) if text in on_phone]
        assert (told in at_desk, said, "No grade" in on_phone) == (True, [], True), address


def test_what_shows_the_case_opens_at_a_desk(town: Town, client_of: Any, case: NoGrade) -> None:
    one = town.row(0)
    address = page("annual_sign", one.pk)
    assert [client_of(town.own).get(address, headers=headers).status_code for headers in ({}, PHONE)] == [200, 403]
    correction = corrections.propose_correction(
        one, outcome="competent", comment=COMMENT, reason=NOTE, actor=town.staff, self_report_on=TODAY,
        survey_on=TODAY, appraised_on=TODAY,
    )  # fmt: skip
    for name in ("correction_sign", "correction_decline"):
        address = page(name, correction.pk)
        answers = [client_of(town.leader).get(address, headers=headers).status_code for headers in ({}, PHONE)]
        assert answers == [200, 403], name
    body = client_of(town.leader).get(page("annual_detail", one.pk), headers=PHONE).content.decode()
    assert (NOTE in body, page("correction_sign", correction.pk) in body) == (False, False)
    told = reminder_rules["appraisal.correction_sign"].words(correction, TODAY, town.leader)
    assert told.why.startswith("No grade → Competent.")


def test_neither_case_is_entered_on_a_phone(town: Town, client_of: Any) -> None:
    client, one = client_of(town.liaison), town.row(1)
    address = page("annual_edit", one.pk)
    assert client.get(page("annual_grid", town.quota.pk), headers=PHONE).status_code == 403
    assert client.get(page("annual_grid", town.quota.pk)).status_code == 200
    offered = [client.get(address, headers=headers).context["form"]["outcome"] for headers in ({}, PHONE)]
    assert [[case for case in CASES if f'value="{case}"' in str(field)] for field in offered] == [list(CASES), []]
    sent = {"status": one.status, "outcome": "case_open", "case_note": NOTE, "comment": "", "version": one.version}
    refused = client.post(address, sent, headers=PHONE)
    assert (list(refused.context["form"].errors), town.row(1).outcome) == (["outcome"], "")
    sent |= {"outcome": "competent", "comment": COMMENT}
    client.post(address, sent, headers=PHONE)
    assert town.row(1).outcome == "competent"


@pytest.mark.parametrize("case", CASES)
def test_a_unit_is_signed_off_on_a_phone_without_them(town: Town, client_of: Any, case: str) -> None:
    town.enter(0, case, comment="", case_note=NOTE)
    decisions.check_annual(town.row(0), actor=town.staff)
    town.checked(1)
    client, address = client_of(town.leader), page("unit_sign", town.quota.pk)
    assert len(client.get(address).context["listed"]) == 2
    asked = client.get(address, headers=PHONE)
    assert [one.trainee_id for one in asked.context["listed"]] == [town.people[1].pk]
    assert "is not always told" in asked.content.decode()
    form = asked.context["form"]
    client.post(address, {"listed": form["listed"].value(), "version": ""}, headers=PHONE)
    assert [town.row(number).confirmed_on is not None for number in (0, 1)] == [False, True]


def test_what_the_unit_before_wrote_stays_at_the_desk(town: Town, client_of: Any) -> None:
    one = town.enter(0, "case_open", comment="", case_note=NOTE)
    _begin_anew(one)
    one.save()
    address = page("annual_edit", one.pk)
    told = [client_of(town.liaison).get(address, headers=headers).content.decode() for headers in ({}, PHONE)]
    assert ["From the unit before: " in text for text in told] == [True, False]
    assert [LABELS[0] in text for text in told] == [True, False]


def test_a_list_that_is_kept_or_taken_away_does_not_single_out_a_case(town: Town, case: NoGrade) -> None:
    table = exported_annual(town.staff, QueryDict("columns=outcome"))
    [column] = table.columns
    [row] = [one for one in table.rows if one.object.trainee_id == town.people[0].pk]
    assert (str(case.label) in str(column.html(row.object)), column.value(row.object)) == (False, str(case.label))
    assert job_kinds[EXPORT].desk_alone
    asked = [annual_of(town.staff, QueryDict(f"outcome={outcome}")) for outcome in (*CASES, "away_or_case")]
    assert [found.is_valid() for found in asked] == [False, False, True]
    assert list(asked[-1].qs) == list(AnnualAssessment.objects.filter(trainee=town.people[0]))
