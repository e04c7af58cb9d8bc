"""The pages of the rank timeline: the list without what is restricted, one person line by line, the head of the file."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation

from cadre_app.accounts.models import User
from cadre_app.advancement.lists.ranks import exported_ranks
from cadre_app.advancement.policies import RANK_YEARS
from cadre_app.appraisal.models import AnnualAssessment
from cadre_app.conduct.services import naming
from cadre_app.core.sheets import write_sheet
from cadre_app.history.models import Entry
from cadre_app.people.models import Relative, Trainee
from cadre_app.policy import services as policy
from tests.advancement.conftest import Town, graded, punished
from tests.factories import PersonFactory, TraineeFactory
from tests.people.conftest import TODAY

LIST = reverse("advancement:rank_list")
LIST_QUERIES = 11
PHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (iPhone) Mobile"}


def page(trainee: Trainee) -> str:
    return reverse("advancement:rank_detail", kwargs={"pk": trainee.pk})


def ranked(town: Town, name: str, since: date, **values: Any) -> Trainee:
    known = {"rank": "10", "rank_order": 10, "rank_since": since, "arrived_on": date(2018, 8, 1)}
    home = values.pop("home_unit", town.district.town)
    return TraineeFactory.create(person=PersonFactory.create(name=name), home_unit=home, **known | values)


def found(client: Any, **query: str) -> list[str]:
    return [row.object.person.name for row in client.get(LIST, query).context["table"].rows]


def test_the_reckoning_line_by_line(town: Town, sign_in: Any) -> None:
    """四级主任科员 since 2 August 2022; 2023 was excellent, 2024 basically competent."""
    for year, grade in ((2022, "competent"), (2023, "excellent"), (2024, "basic_competent"), (2025, "competent")):
        graded(town.trainee, year, grade)
    User.objects.update(language="en")
    context = sign_in(town.staff).get(page(town.trainee)).context
    lines = context["lines"]
    assert [str(line.due_on) for line in lines] == ["2024-08-02", "2024-02-02", "2025-02-02"]
    assert "shortened by 6 months" in lines[1].effect
    assert lines[2].effect == "12 months in the rank do not count"
    assert "Regulations on the parallel system" in lines[0].source
    assert context["lines"][1].url


def test_a_voided_year_and_a_changed_setting_change_the_day(town: Town, client_of: Any) -> None:
    assessment = graded(town.trainee, 2023, "excellent")
    client = client_of(town.staff)
    assert client.get(page(town.trainee)).context["reckoning"].due_on == date(2024, 2, 2)
    AnnualAssessment.objects.filter(pk=assessment.pk).update(voided_at=timezone.now())
    found = client.get(page(town.trainee)).context["reckoning"]
    assert (found.due_on, found.open_years) == (date(2024, 8, 2), (2022, 2023, 2024))
    policy.add_value(RANK_YEARS, value=3, valid_from=TODAY, source="新规定", reason="调整", actor=town.staff)
    found = client.get(page(town.trainee)).context
    assert (found["reckoning"].due_on, found["lines"][0].source) == (date(2025, 8, 2), "新规定")


def test_periods_are_reckoned_for_who_reads_them_and_that_is_on_record(town: Town, client_of: Any) -> None:
    punished(town.trainee)

    def due(user: Any, **headers: Any) -> date:
        return client_of(user).get(page(town.trainee), **headers).context["reckoning"].due_on

    read = Entry.objects.filter(verb="advancement.rank.read")
    assert (due(town.staff), due(town.own), read.count()) == (date(2024, 8, 2), date(2025, 2, 2), 0)
    assert (due(town.leader), read.get().actor) == (date(2025, 2, 2), town.leader)
    assert (due(town.leader, **PHONE), read.count()) == (date(2024, 8, 2), 1)
    assert due(town.own, **PHONE) == date(2024, 8, 2)
    assert "does not open on phones" in client_of(town.own).get(page(town.trainee), **PHONE).content.decode()
    naming.name_staff(town.district.top, user=town.staff, reason="分工", actor=town.leader)
    assert (due(town.staff), read.count()) == (date(2025, 2, 2), 2)


def test_a_decision_lifted_early_counts_until_the_day_before(town: Town, client_of: Any) -> None:
    punished(town.trainee, lifted_on=date(2023, 6, 1))
    context = client_of(town.leader).get(page(town.trainee)).context
    assert context["reckoning"].due_on == date(2024, 11, 2)


def test_the_list_shows_nothing_of_a_period(town: Town, client_of: Any) -> None:
    punished(town.trainee)
    for user in (town.staff, town.leader):
        row = client_of(user).get(LIST).context["table"].rows[0]
        assert row.object.due_on == date(2024, 8, 2)
    assert not Entry.objects.filter(verb="advancement.rank.read").exists()


def test_narrowed_by_unit_rank_and_quarter_ordered_by_day(town: Town, client_of: Any) -> None:
    ranked(town, "甲同志", date(2024, 10, 1))
    ranked(town, "乙同志", date(2024, 12, 31), home_unit=town.district.other_town)
    ranked(town, "丙同志", date(2025, 1, 1), rank="11", rank_order=11)
    ranked(town, "丁同志", date(2025, 1, 1), rank="06")
    ranked(town, "戊同志", date(2025, 1, 1), status="institution", kind="introduced")
    ranked(town, "己同志", date(2025, 1, 1), departed_on=date(2026, 1, 1))
    client = client_of(town.staff)
    assert found(client) == ["林知远", "甲同志", "乙同志", "丙同志"]
    assert found(client, sort="-due") == ["丙同志", "乙同志", "甲同志", "林知远"]
    assert found(client, quarter="2026-4") == ["甲同志", "乙同志"]
    assert (found(client, quarter="2027-1"), found(client, quarter="past")) == (["丙同志"], ["林知远"])
    assert found(client, unit=str(town.district.other_town.pk)) == ["乙同志"]
    assert (found(client, rank="11"), found(client, q="甲")) == (["丙同志"], ["甲同志"])
    answer = client.get(LIST, {"quarter": "2026-9"})
    assert answer.context["filter"].form.errors["quarter"]


def test_the_workbook_holds_the_rows_of_the_page(town: Town) -> None:
    ranked(town, "甲同志", date(2024, 10, 1))
    with translation.override("en"):
        rows = list(exported_ranks(town.staff, QueryDict("quarter=2026-4")).export_rows())
    assert [row[0] for row in rows[1:]] == ["甲同志"]
    assert rows[1][5] == date(2026, 10, 1)


def test_the_workbook_says_above_its_rows_what_the_day_is_not(town: Town, tmp_path: Path) -> None:
    ranked(town, "甲同志", date(2024, 10, 1))
    with translation.override("zh-hans"):
        table = exported_ranks(town.staff, QueryDict())
        heads, *rows = table.export_rows()
        write_sheet(tmp_path / "a.xlsx", heads, rows, watermark="内部资料", note=table.note)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert "不是到年限即晋升" in sheet["A1"].value
    assert "未计影响期" in sheet["A1"].value
    assert (sheet["A2"].value, sheet["A3"].value) == (heads[0], rows[0][0])
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$2", "A3")


def test_the_list_says_where_a_year_shortens_by_less_than_the_rule(town: Town, client_of: Any) -> None:
    """In the rank since 5 August 2024: two excellent years would lead into 2025, which has to be over."""
    graded(town.trainee, 2024, "excellent")
    graded(town.trainee, 2025, "excellent")
    Trainee.objects.filter(pk=town.trainee.pk).update(rank_since=date(2024, 8, 5))
    table = client_of(town.staff).get(LIST).context["table"]
    cell = next(cell for cell in table.rows[0].cells if cell.column.key == "basis")
    with translation.override("en"):
        assert cell.value == "24 months − 6 months − 6 months (not before 1 Jan 2026)"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_queries_however_many(
    town: Town, client_of: Any, rows: int, django_assert_num_queries: Any
) -> None:
    Trainee.objects.filter(pk=town.trainee.pk).update(rank="")
    for number in range(rows):
        graded(ranked(town, f"某{number}", date(2024, 10, 1)), 2025, "excellent")
    client = client_of(town.other)
    client.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        assert len(client.get(LIST).context["table"].rows) == rows


def test_who_is_off_the_steps_is_told_why(town: Town, sign_in: Any) -> None:
    User.objects.update(language="en")
    client = sign_in(town.staff)

    def told(**values: Any) -> str:
        trainee = ranked(town, "某同志", date(2024, 1, 1), **values)
        return str(client.get(page(trainee)).context["off_ladder"][0])

    assert told(status="institution", kind="introduced", rank="") == "Public institution staff have no rank."
    assert told(rank="", rank_since=None) == "No rank is on record."
    assert told(rank="06") == "This rank is the last step of the timeline."
    assert told(rank="01") == "This rank is not one of the steps of the timeline."


def test_who_may_not_read_it(town: Town, client_of: Any) -> None:
    assert client_of(town.liaison).get(page(town.trainee)).status_code == 403
    assert client_of(town.liaison).get(LIST).status_code == 404
    assert client_of(town.own).get(LIST).status_code == 404
    assert client_of(town.own).get(page(ranked(town, "某", date(2024, 1, 1)))).status_code == 404
    kin = PersonFactory.create(account=town.other)
    Relative.objects.create(person=kin, relation="弟弟", name="林知远", other=town.trainee.person)
    assert client_of(town.other).get(page(town.trainee)).status_code == 404
    assert found(client_of(town.other)) == ["某"]


def test_the_head_of_the_file_names_the_next_rank(town: Town, sign_in: Any) -> None:
    User.objects.update(language="en")

    def lines(user: Any) -> list[Any]:
        context = sign_in(user).get(reverse("growth:file", kwargs={"pk": town.trainee.pk})).context
        return [line for line in context["lines"] if line.url == page(town.trainee)]

    punished(town.trainee)
    [line] = lines(town.staff)
    assert line.text == "Principal section member, third class"
    assert lines(town.own) == lines(town.leader) == [line]
    assert lines(town.liaison) == []


def test_days_far_ahead_are_in_no_quarter(town: Town, client_of: Any) -> None:
    ranked(town, "甲同志", TODAY + timedelta(days=900))
    assert found(client_of(town.staff), sort="-due")[0] == "甲同志"
