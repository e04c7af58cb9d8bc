"""The criteria check: who opens it, what it says and on which entries, what is on record of it; never a score, never a list."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from cadre_app.accounts.models import User
from cadre_app.advancement import comparison
from cadre_app.advancement.models import NamedLeader
from cadre_app.advancement.services import naming
from cadre_app.conduct.models import Admonition
from cadre_app.core.criteria import Standing, criteria
from cadre_app.core.registries import job_kinds, search_sources
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.people.models import Person, Relative, Trainee, VillageTerm
from cadre_app.people.services.terms import start_term
from tests.advancement.conftest import Town, graded, punished
from tests.factories import GrantFactory, PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import TODAY

TAG = re.compile("<[^>]*>")
CHECK = reverse("advancement:criteria_check")
PHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (iPhone) Mobile"}
KEYS = [
    "advancement.rank",
    "appraisal.annual",
    "assignments.front",
    "assignments.research",
    "assignments.term",
    "conduct.admonition",
    "conduct.discipline",
    "evaluation.valid",
    "people.graded",
    "people.party",
    "people.service",
    "training.hours",
]


@pytest.fixture
def security(town: Town) -> User:
    user = UserFactory.create(unit=town.district.top)
    GrantFactory.create(user=user, role=Role.SECURITY)
    return user


@pytest.fixture
def named(town: Town, security: User) -> NamedLeader:
    User.objects.filter(pk=town.leader.pk).update(language="en")
    return naming.name_leader(user=town.leader, reason="分管干部", actor=security)


def about(*trainees: Trainee) -> dict[str, list[str]]:
    return {"person": [str(one.pk) for one in trainees]}


def somebody(town: Town, name: str, **values: Any) -> Trainee:
    home = values.pop("home_unit", town.district.town)
    return TraineeFactory.create(
        person=PersonFactory.create(name=name), home_unit=home, **{"arrived_on": date(2020, 8, 3)} | values
    )


def found(trainee: Trainee, key: str) -> Any:
    fresh = Trainee.objects.select_related("person", "home_unit").get(pk=trainee.pk)
    with translation.override("en"):
        return criteria[key].find([fresh], TODAY)[trainee.pk]


@pytest.mark.django_db
def test_the_criteria_that_rooms_announce() -> None:
    assert sorted(criteria) == KEYS
    assert [key for key in KEYS if criteria[key].is_blocker] == ["conduct.admonition", "conduct.discipline"]
    assert all(one.source(TODAY) for one in criteria.values())
    assert len({one.order for one in criteria.values()}) == len(KEYS)


def test_it_opens_for_named_leaders_alone(town: Town, client_of: Any, security: User) -> None:
    def status(user: User) -> int:
        return client_of(user).get(CHECK, about(town.trainee)).status_code

    everybody = (town.leader, town.staff, town.liaison, town.own, security)
    assert [status(user) for user in everybody] == [404] * 5
    named = naming.name_leader(user=town.leader, reason="分管干部", actor=security)
    assert [status(user) for user in everybody] == [200, 404, 404, 404, 404]
    naming.withdraw_leader(named, reason="分工调整", actor=security)
    assert status(town.leader) == 404


@pytest.mark.usefixtures("named")
def test_each_opening_is_on_record_before_it_is_answered(town: Town, client_of: Any) -> None:
    client = client_of(town.leader)
    other = somebody(town, "甲同志")
    client.get(CHECK)
    client.get(CHECK, {"q": "甲"})
    assert not Entry.objects.filter(verb="advancement.criteria.read").exists()
    client.get(CHECK, about(town.trainee, other))
    client.get(CHECK, about(other))
    rows = Entry.objects.filter(verb="advancement.criteria.read").order_by("pk")
    assert sorted(row.object_id for row in rows) == sorted([town.trainee.pk, other.pk, other.pk])
    assert {(row.actor, row.kind, str(row.before), str(row.after), row.reason) for row in rows} == {
        (town.leader, "reading", "{}", "{}", "")
    }


@pytest.mark.usefixtures("named")
def test_nothing_is_answered_when_it_cannot_be_put_on_record(
    town: Town, client_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("cadre_app.history.services.record_readings", fails)
    with pytest.raises(RuntimeError):
        client_of(town.leader).get(CHECK, about(town.trainee))


@pytest.mark.usefixtures("named")
def test_blockers_come_first_and_nothing_is_counted(town: Town, client_of: Any) -> None:
    punished(town.trainee, ends_on=date(2027, 8, 31))
    answer = client_of(town.leader).get(CHECK, about(town.trainee))
    context, text = answer.context, answer.content.decode()
    assert [line.label for line in context["blockers"]] == [
        "Period of effect of discipline",
        "Period of effect of an admonition",
    ]
    assert "In effect until" in text
    assert text.index("Period of effect of discipline") < text.index("Minimum service")
    assert "table" not in context
    said = TAG.sub("|", text)  # addresses hold keys, which may begin with any figures
    assert not any(word in said for word in ("score", "rank of", "Export", "Print|", "/12", "12 of"))


@pytest.mark.usefixtures("named")
def test_people_stand_in_the_order_of_their_names(town: Town, client_of: Any) -> None:
    """However they were asked for, and whatever is on record of them."""
    others = [somebody(town, name) for name in ("丁一", "马二", "魏三")]
    client = client_of(town.leader)
    orders = [
        [one["trainee"].person.name for one in client.get(CHECK, about(*asked)).context["people"]]
        for asked in (others, others[::-1])
    ]
    assert orders[0] == orders[1] == ["丁一", "马二", "魏三"]


@pytest.mark.usefixtures("named")
def test_up_to_five_people_of_the_own_units(town: Town, client_of: Any) -> None:
    client = client_of(town.leader)

    def status(*trainees: Trainee) -> int:
        return client.get(CHECK, about(*trainees)).status_code

    five = [somebody(town, f"某同志{number}") for number in range(5)]
    assert (status(*five), status(*five, town.trainee)) == (200, 404)
    assert status(somebody(town, "他乡", home_unit=UserFactory.create().unit)) == 404
    assert status(somebody(town, "已调离", departed_on=date(2026, 1, 5))) == 404
    assert client.get(CHECK, {"person": "x"}).status_code == 404
    kin = PersonFactory.create(account=town.leader)
    Relative.objects.create(person=kin, relation="弟弟", name="林知远", other=town.trainee.person)
    assert client_of(town.leader).get(CHECK, about(town.trainee)).status_code == 404


@pytest.mark.usefixtures("named")
def test_people_are_found_by_name_and_added_to_the_address(town: Town, client_of: Any) -> None:
    client = client_of(town.leader)
    other = somebody(town, "甲同志")
    context = client.get(CHECK, about(town.trainee) | {"q": "甲"}).context
    assert [one["trainee"] for one in context["found"]] == [other]
    added = client.get(CHECK + context["found"][0]["query"]).context["people"]
    assert {one["trainee"] for one in added} == {town.trainee, other}
    assert client.get(CHECK + added[0]["without"]).context["people"][0]["trainee"] == added[1]["trainee"]
    assert client.get(CHECK, about(town.trainee) | {"q": "林"}).context["found"] == []


@pytest.mark.usefixtures("named")
def test_it_neither_opens_on_phones_nor_leaves_a_trace_there(town: Town, client_of: Any) -> None:
    assert client_of(town.leader).get(CHECK, about(town.trainee), **PHONE).status_code == 403
    assert not Entry.objects.filter(verb="advancement.criteria.read").exists()


def test_it_is_in_no_export_and_no_search() -> None:
    assert not [key for key in (*job_kinds, *search_sources) if "criteria" in key]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_same_queries_however_many_people(
    town: Town, client_of: Any, named: NamedLeader, rows: int, django_assert_num_queries: Any
) -> None:
    trainees = [somebody(town, f"某{number}", rank="10", rank_since=date(2024, 1, 1)) for number in range(rows)]
    for one in trainees:
        graded(one, 2025)
        punished(one)
    client = client_of(town.leader)
    client.get(CHECK, about(*trainees))
    with django_assert_num_queries(QUERIES):
        assert len(client.get(CHECK, about(*trainees)).context["people"]) == rows


QUERIES = 24


@pytest.mark.usefixtures("named")
def test_where_the_record_does_not_suffice_that_is_said_with_what_is_missing(town: Town, client_of: Any) -> None:
    lines = [
        comparison.Line("blocker", "rule", True, [cell(town.trainee, Standing.MET)]),
        comparison.Line("one", "rule", False, [cell(town.trainee, Standing.UNKNOWN)]),
    ]
    [lack] = comparison.lacks_of(lines)
    assert (lack.is_insufficient, [label for label, _gap in lack.items]) == (True, ["one"])
    lines.append(comparison.Line("two", "rule", False, [cell(town.trainee, Standing.NOT_MET)]))
    assert not comparison.lacks_of(lines)[0].is_insufficient
    context = client_of(town.leader).get(CHECK, about(town.trainee)).context
    assert "Valid community evaluation" in [label for label, _gap in context["lacks"][0].items]


def test_what_is_not_asked_of_somebody_is_not_missing(town: Town) -> None:
    asked = comparison.Finding(Standing.UNKNOWN, gap="没有")
    found = [cell(town.trainee, Standing.MET), replace(cell(town.trainee, Standing.UNKNOWN), finding=asked)]
    found.append(replace(found[1], finding=replace(asked, is_lack=False)))
    lines = [comparison.Line(name, "rule", False, [one]) for name, one in zip("abc", found, strict=True)]
    [lack] = comparison.lacks_of(lines)
    assert lack.items == [("b", "没有")]


def cell(trainee: Trainee, standing: Standing) -> comparison.Cell:
    return comparison.Cell(trainee, comparison.Finding(standing), "none", "")


def test_minimum_service_grading_and_party(town: Town) -> None:
    assert found(town.trainee, "people.service").standing is Standing.MET
    late = somebody(town, "乙", arrived_on=date(2024, 2, 29))
    assert found(late, "people.service").standing is Standing.NOT_MET
    assert "27 Feb 2029" in found(late, "people.service").gap
    assert found(town.trainee, "people.graded").evidence[0].day == date(2022, 8, 2)
    assert found(late, "people.graded").standing is Standing.UNKNOWN
    assert found(somebody(town, "丙", arrived_on=date(2026, 8, 1)), "people.graded").standing is Standing.NOT_MET
    assert found(late, "people.party").standing is Standing.UNKNOWN
    Person.objects.filter(pk=late.person_id).update(party_stage="full", party_full_on=date(2023, 7, 1))
    assert found(late, "people.party").standing is Standing.MET


def test_annual_results_of_three_years(town: Town) -> None:
    graded(town.trainee, 2023)
    graded(town.trainee, 2024, "excellent")
    assert found(town.trainee, "appraisal.annual").gap == "Without a result on record: 2025."
    last = graded(town.trainee, 2025)
    finding = found(town.trainee, "appraisal.annual")
    assert (finding.standing, len(finding.evidence)) == (Standing.MET, 3)
    type(last).objects.filter(pk=last.pk).update(grade="basic_competent")
    assert found(town.trainee, "appraisal.annual").standing is Standing.NOT_MET
    type(last).objects.filter(pk=last.pk).update(grade="", no_grade="transferred")
    assert found(town.trainee, "appraisal.annual").standing is Standing.UNKNOWN


def test_years_before_the_arrival_are_not_missed_and_one_on_probation_says_nothing(town: Town) -> None:
    late = somebody(town, "乙", arrived_on=date(2024, 7, 1))
    graded(late, 2024, "", no_grade="probation")
    assert found(late, "appraisal.annual").gap == "Without a result on record: 2025."
    last = graded(late, 2025)
    finding = found(late, "appraisal.annual")
    assert (finding.standing, len(finding.evidence), finding.gap) == (Standing.MET, 2, "")
    type(last).objects.filter(pk=last.pk).update(grade="", no_grade="probation")
    assert found(late, "appraisal.annual").gap == "No year after probation has a grade so far."


def test_periods_block_while_they_run(town: Town) -> None:
    assert found(town.trainee, "conduct.discipline").standing is Standing.MET
    sanction = punished(town.trainee, ends_on=TODAY)
    assert found(town.trainee, "conduct.discipline").standing is Standing.NOT_MET
    type(sanction).objects.filter(pk=sanction.pk).update(ends_on=None, months=None)
    assert found(town.trainee, "conduct.discipline").gap == "In effect; it has no end so far."
    type(sanction).objects.filter(pk=sanction.pk).update(lifted_on=TODAY)
    assert found(town.trainee, "conduct.discipline").standing is Standing.MET
    days = {"given_on": date(2026, 6, 1), "review_due_on": date(2026, 12, 1), "ends_on": date(2026, 11, 30)}
    texts = {"organ": "区委组织部", "approver_post": "部长", "document_number": "望组函〔2026〕1号"}
    Admonition.objects.create(trainee=town.trainee, way="7", matter="work", months=6, **days, **texts)
    assert found(town.trainee, "conduct.admonition").standing is Standing.NOT_MET


def test_years_in_the_rank_with_periods(town: Town) -> None:
    assert found(town.trainee, "advancement.rank").standing is Standing.MET
    punished(town.trainee, decided_on=date(2023, 1, 1), ends_on=date(2026, 12, 31), months=48)
    assert found(town.trainee, "advancement.rank").standing is Standing.NOT_MET
    other = somebody(town, "乙", status="institution", kind="introduced")
    assert found(other, "advancement.rank").standing is Standing.UNKNOWN


def test_who_is_named(town: Town, client_of: Any, security: User) -> None:
    client = client_of(security)
    new, listed = reverse("advancement:leader_new"), reverse("advancement:leader_list")
    assert client.post(new, {"user": str(town.staff.pk), "reason": "x"}).context["form"].errors["user"]
    assert client.post(new, {"user": str(town.leader.pk), "reason": ""}).context["form"].errors["reason"]
    assert client.post(new, {"user": str(town.leader.pk), "reason": "分管干部"})["Location"] == listed
    assert client.post(new, {"user": str(town.leader.pk), "reason": "再次"}).context["form"].errors
    named = NamedLeader.objects.get()
    assert list(client.get(listed).context["named"]) == [named]
    withdraw = reverse("advancement:leader_withdraw", kwargs={"pk": named.pk})
    assert client.post(withdraw, {"reason": "分工调整", "version": named.version})["Location"] == listed
    assert list(client.get(listed).context["named"]) == []
    assert client_of(town.leader).get(listed).status_code == 404
    assert client_of(town.staff).get(withdraw).status_code == 404


def test_a_village_term_whose_days_are_over_is_not_said_to_go_on(town: Town) -> None:
    term = start_term(town.trainee, village=town.district.village, started_on=date(2023, 10, 19), actor=None)
    VillageTerm.objects.filter(pk=term.pk).update(due_on=TODAY)
    assert found(town.trainee, "assignments.term").gap == "The village term is not over."
    VillageTerm.objects.filter(pk=term.pk).update(due_on=TODAY - timedelta(days=1))
    assert "its end and its assessment are not filed" in found(town.trainee, "assignments.term").gap
