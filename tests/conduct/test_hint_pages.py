"""The pages of hints: what stands there, what makes it go, who sees which, and the way to the entry."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from cadre_app.accounts.models import User
from cadre_app.appraisal.models import AnnualAssessment
from cadre_app.conduct.services import rewards
from cadre_app.history.models import Entry
from cadre_app.people.models import Trainee
from tests.advancement.conftest import graded
from tests.conduct.conftest import Conduct
from tests.factories import PersonFactory, TraineeFactory

LIST, ADMONITIONS = reverse("conduct:hint_list"), reverse("conduct:admonition_hint_list")
LIST_QUERIES = 10
PHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (iPhone) Mobile"}


def shown(client: Any, url: str = LIST) -> list[tuple[str, str]]:
    table = client.get(url).context["table"]
    return [(row.object.trainee.person.name, row.cells[2].value) for row in table.rows]


def run_of(file: Trainee, *grades: str) -> None:
    """The years up to 2025, one grade each."""
    for number, grade in enumerate(reversed(grades)):
        graded(file, 2025 - number, grade)


def somebody(conduct: Conduct, name: str, **values: Any) -> Trainee:
    known = {"home_unit": conduct.district.town, "arrived_on": date(2020, 7, 1)} | values
    return TraineeFactory.create(person=PersonFactory.create(name=name), **known)


def test_one_excellent_year_suggests_a_commendation_until_it_is_entered(conduct: Conduct, client_of: Any) -> None:
    run_of(conduct.file, "competent", "excellent")
    client = client_of(conduct.user("staff"))
    assert shown(client) == [("林知远", "Commendation")]
    early = conduct.rewarded(awarded_on=date(2025, 11, 30), document_number="望委〔2025〕1号")
    assert shown(client) == [("林知远", "Commendation")]
    given = conduct.rewarded(awarded_on=date(2026, 3, 5))
    assert shown(client) == []
    rewards.void_reward(given, reason="误录", actor=conduct.staff)
    assert shown(client) == [("林知远", "Commendation")]
    assert early.kind == given.kind == "civil_servant-1"


def test_each_reward_answers_one_year_the_earliest_that_it_can(conduct: Conduct, client_of: Any) -> None:
    """The reward of 2024, given late in 2025, leaves the hint of 2025 open."""
    run_of(conduct.file, "excellent", "excellent")
    client = client_of(conduct.user("staff"))
    conduct.rewarded(awarded_on=date(2025, 12, 5), document_number="望委〔2025〕9号")
    assert shown(client) == [("林知远", "Commendation")]
    conduct.rewarded(awarded_on=date(2026, 3, 5))
    assert shown(client) == []


def test_three_years_running_suggest_merit_and_no_commendation(conduct: Conduct, client_of: Any) -> None:
    file = somebody(conduct, "甲同志")
    run_of(file, "excellent", "excellent", "excellent")
    client = client_of(conduct.user("staff"))
    assert shown(client) == [("甲同志", "Merit, third class")]
    conduct.rewarded(file=file)
    assert shown(client) == [("甲同志", "Merit, third class")]
    conduct.rewarded(file=file, kind="civil_servant-2", document_number="望委〔2026〕4号")
    assert shown(client) == []


def test_the_count_begins_anew(conduct: Conduct, client_of: Any) -> None:
    run_of(somebody(conduct, "甲同志"), *["excellent"] * 4)
    assert shown(client_of(conduct.user("staff"))) == [("甲同志", "Commendation")]


def test_public_institutions_have_a_commendation_of_their_own(conduct: Conduct, client_of: Any) -> None:
    file = somebody(conduct, "甲同志", status="institution", kind="introduced")
    run_of(file, *["excellent"] * 3)
    client = client_of(conduct.user("staff"))
    assert shown(client) == [("甲同志", "Commendation")]
    conduct.rewarded(file=file, kind="institution-1")
    assert shown(client) == []


def test_a_grade_that_is_voided_or_of_a_closed_file_suggests_nothing(conduct: Conduct, client_of: Any) -> None:
    run_of(conduct.file, "excellent")
    gone = somebody(conduct, "甲同志", departed_on=date(2026, 5, 1))
    run_of(gone, "excellent")
    client = client_of(conduct.user("staff"))
    assert shown(client) == [("林知远", "Commendation")]
    AnnualAssessment.objects.update(confirmed_on=None)
    assert shown(client) == []


def test_the_way_to_the_entry_knows_the_kind(conduct: Conduct, client_of: Any) -> None:
    run_of(conduct.file, "excellent")
    client = client_of(conduct.user("liaison"))
    link = f"{reverse('conduct:reward_new', kwargs={'pk': conduct.file.pk})}?kind=civil_servant-1"
    assert link in client.get(LIST).content.decode()
    assert client.get(link).context["form"]["kind"].value() == "civil_servant-1"
    assert "it does not replace the approval" in client.get(LIST).content.decode()
    assert link not in client_of(conduct.user("leader")).get(LIST).content.decode()
    assert shown(client_of(conduct.user("leader"))) == [("林知远", "Commendation")]


def test_admonitions_are_hinted_to_who_reads_them_and_that_is_on_record(conduct: Conduct, client_of: Any) -> None:
    run_of(conduct.file, "basic_competent")
    assert shown(client_of(conduct.user("staff"))) == []
    for who in ("staff", "liaison", "own"):
        assert client_of(conduct.user(who)).get(ADMONITIONS).status_code == 404
    listed = Entry.objects.filter(verb="conduct.admonition.listed")
    client = client_of(conduct.user("named"))
    assert client.get(ADMONITIONS, **PHONE).status_code == 403
    assert not listed.exists()
    [(name, what)] = shown(client, ADMONITIONS)
    assert (name, "Admonition" in what, listed.get().actor) == ("林知远", True, conduct.named)
    conduct.warned(way="1", given_on=date(2026, 4, 1))
    assert shown(client, ADMONITIONS) == []


def test_nobody_reads_hints_about_other_units_or_without_a_role(conduct: Conduct, client_of: Any) -> None:
    run_of(conduct.file, "excellent")
    assert shown(client_of(conduct.user("other_staff"))) == []
    assert client_of(conduct.user("own")).get(LIST).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_same_queries_however_many(
    conduct: Conduct, client_of: Any, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        run_of(somebody(conduct, f"某{number}"), "excellent")
    client = client_of(User.objects.get(pk=conduct.staff.pk))
    client.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        assert len(shown(client)) == rows


def test_the_head_of_the_file_leads_to_the_entry(conduct: Conduct, client_of: Any) -> None:
    run_of(conduct.file, "excellent")
    entry = f"{reverse('conduct:reward_new', kwargs={'pk': conduct.file.pk})}?kind=civil_servant-1"

    def hints(who: str) -> list[str]:
        context = client_of(conduct.user(who)).get(reverse("growth:file", kwargs={"pk": conduct.file.pk})).context
        return [line.url for line in context["lines"] if line.label == "Hint of a reward"]

    assert (hints("staff"), hints("leader"), hints("own")) == ([entry], [LIST], [])
    conduct.rewarded()
    assert hints("staff") == []
