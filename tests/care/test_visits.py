"""Visits from the plan to their closing, for one and for many; sums, family changes, restricted text, what is raised."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from cadre_app.care.models import CareVisit
from cadre_app.care.services import notes, problems, visits
from cadre_app.core.growth import growth_sources
from cadre_app.core.models import Stale
from cadre_app.core.registries import job_kinds
from cadre_app.core.reminding import reminder_rules
from cadre_app.growth.timeline import Timeline
from cadre_app.history.models import Entry
from cadre_app.people.access import resolve
from tests.care.conftest import TODAY, Care
from tests.care.symposiums import codes
from tests.factories import TraineeFactory

pytestmark = pytest.mark.django_db
NEXT, SECRET = date(2026, 12, 10), "家中老人病情较重，请勿外传"
FAMILY = "03"


def planned(care: Care, **values: Any) -> CareVisit:
    known = {"occasion": "01", "subject": "春节前走访慰问", "planned_on": NEXT, "visitor": care.leader}
    return visits.plan_visit(care.file, **known | values, actor=care.staff)  # type: ignore[arg-type]


def went(care: Care, **values: Any) -> CareVisit:
    known = {"occasion": "02", "held_on": TODAY, "visitor": care.leader, "brought": "慰问品一份", "summary": "恢复良好"}
    return visits.add_held_visit(care.file, **known | values, actor=care.staff)  # type: ignore[arg-type]


def recorded(care: Care, visit: CareVisit, **values: Any) -> CareVisit:
    known = {"held_on": TODAY, "visitor": care.leader}
    return visits.record_visit(visit, **known | values, actor=care.staff)  # type: ignore[arg-type]


def due() -> list[tuple[Any, ...]]:
    rows = reminder_rules["care.visit_due"].dues(date(2099, 1, 1))
    return list(rows.values_list("due_day", "trainee_key", "doer_key"))


def test_the_way_from_the_plan_to_the_closing(care: Care) -> None:
    visit = planned(care)
    assert due() == [(NEXT, care.file.pk, None)]  # leaders record nothing: it is the office's
    visit = recorded(care, visit, brought="慰问金", amount=Decimal(500), basis="工会经费管理办法", summary="一切安好")
    assert due() == []
    visit = visits.close_visit(visit, actor=care.staff)
    assert (visit.state, visit.closed_on) == ("closed", TODAY)
    verbs = Entry.objects.filter(object_id=visit.pk).values_list("verb", flat=True)
    assert sorted(verbs) == ["care.carevisit.closed", "care.carevisit.planned", "care.carevisit.recorded"]


def test_one_of_staff_who_visits_is_reminded(care: Care) -> None:
    planned(care, visitor=care.colleague)
    assert due() == [(NEXT, care.file.pk, care.colleague.pk)]


def test_the_visitor_is_reminded_in_words_that_name_the_rule(care: Care) -> None:
    planned(care)
    rule = reminder_rules["care.visit_due"]
    with translation.override("en"):
        words = rule.words(rule.rows().get(), NEXT, care.user("leader"))
        source = str(rule.source)
    assert (words.why, source) == (
        "Please visit 林知远 by 10 Dec 2026 (春节前走访慰问) and record it.",
        "The department's arrangement for care",
    )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"planned_on": TODAY - timedelta(days=1)}, "planned_on"),
        ({"planned_on": date(2028, 1, 1)}, "planned_on"),
        ({"occasion": "99"}, "occasion"),
        ({"occasion": FAMILY}, "subject"),
        ({"occasion": FAMILY, "subject": "", "companions": "其兄（患者家属）"}, "companions"),
        ({"subject": "长" * 61}, "subject"),
    ],
)
def test_what_is_wrong_with_a_plan_stands_beside_its_field(care: Care, values: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as error:
        planned(care, **values)
    assert list(codes(error)) == [field]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"held_on": TODAY + timedelta(days=1)}, "held_on"),
        ({"held_on": date(2020, 1, 1)}, "held_on"),
        ({"amount": Decimal(1001), "basis": "工会经费管理办法"}, "amount"),
        ({"amount": Decimal(100)}, "basis"),
        ({"amount": Decimal(0), "basis": "工会经费管理办法"}, "basis"),
        ({"occasion": FAMILY}, "summary"),
        ({"occasion": FAMILY, "summary": "", "brought": "看望其父亲，肺癌晚期"}, "brought"),
        ({"summary": "长" * 501}, "summary"),
    ],
)
def test_what_is_wrong_with_a_record_stands_beside_its_field(care: Care, values: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as error:
        went(care, **values)
    assert list(codes(error)) == [field]


def test_whoever_visits_works_for_the_unit_and_is_no_relative(care: Care) -> None:
    for visitor in (care.other_staff, care.own):
        with pytest.raises(ValidationError) as error:
            planned(care, visitor=visitor)
        assert codes(error) == {"visitor": ["not_a_worker"]}


def test_visits_for_many_leave_out_whoever_has_one_planned(care: Care, client_of: Any) -> None:
    others = [TraineeFactory.create(home_unit=care.district.town, arrived_on=date(2025, 7, 1)) for _ in range(2)]
    outside = TraineeFactory.create(home_unit=care.district.other_town, arrived_on=date(2025, 7, 1))
    planned(care)
    data = {"occasion": "01", "subject": "春节前走访慰问", "planned_on": "2026-12-10", "visitor": care.leader.pk}
    data |= {"pick": [file.pk for file in (care.file, *others)], "confirmed": "1", "submission": uuid4()}
    client = client_of(care.user("staff"))
    assert client.post(reverse("care:visit_plan_many"), data).status_code == 302
    assert CareVisit.objects.filter(state="planned").count() == 3
    again = client.post(reverse("care:visit_plan_many"), data | {"submission": uuid4()})
    assert "Nobody is left: each of them has such a visit planned already." in again.content.decode()
    town = client_of(care.user("other_staff"))
    page = town.get(reverse("care:visit_people"))
    assert [row.cells[0].value for row in page.context["table"].rows] == [outside.person.name]


def test_an_old_page_is_stale(care: Care, client_of: Any) -> None:
    visit = planned(care)
    with pytest.raises(Stale):
        recorded(care, visit, version=visit.version + 1)
    url = reverse("care:visit_cancel", kwargs={"pk": visit.pk})
    assert client_of(care.user("staff")).post(url, {"version": visit.version + 1, "reason": "出差"}).status_code == 409


def test_a_cancelled_and_a_closed_visit_are_taken_up_again(care: Care) -> None:
    visit = visits.cancel_visit(planned(care), reason="出差", actor=care.staff)
    assert (visit.state, due()) == ("cancelled", [])
    assert visits.reopen_visit(visit, reason="已返回", actor=care.staff).state == "planned"
    closed = visits.close_visit(went(care), actor=care.staff)
    assert visits.reopen_visit(closed, reason="补录", actor=care.staff).state == "held"
    with pytest.raises(ValidationError):
        visits.cancel_visit(went(care), reason="甲", actor=care.staff)


def test_a_voided_visit_leaves_the_list_and_is_restored(care: Care) -> None:
    visit = visits.void_visit(went(care), reason="误录", actor=care.staff)
    assert CareVisit.objects.went().count() == 0
    with pytest.raises(ValidationError):
        visits.close_visit(visit, actor=care.staff)
    assert not visits.restore_visit(visit, actor=care.staff).is_voided


def test_what_is_raised_holds_the_visit_open(care: Care) -> None:
    visit = went(care)
    problem = problems.add_problem(visit, text="宿舍漏水", due_on=date(2026, 12, 20), actor=care.staff)
    assert (problem.trainee, problem.source_kind) == (care.file, "visit")
    with pytest.raises(ValidationError) as error:
        visits.close_visit(visit, actor=care.staff)
    assert codes(error) == {"": ["unsettled"]}
    problems.void_problem(problem, reason="误录", actor=care.staff)
    assert visits.close_visit(visit, actor=care.staff).state == "closed"


def test_the_return_visit_is_due_and_then_the_visit_closes(care: Care, client_of: Any) -> None:
    visit = went(care)
    page = client_of(care.user("staff")).get(reverse("care:visit_detail", kwargs={"pk": visit.pk})).content.decode()
    assert "Nothing was raised that needs to be taken care of." in page
    due_on, revisits = date(2026, 12, 5), reminder_rules["care.problem_revisit"]
    known: dict[str, Any] = {"handling_unit": "镇党政办", "due_on": due_on, "handler": care.colleague}
    problem = problems.add_problem(visit, text="交通不便", **known, actor=care.staff)
    assert not revisits.dues(date(2099, 1, 1)).exists()
    problems.answer_problem(problem, answer="已协调", answered_on=TODAY, actor=care.staff)
    row = revisits.dues(date(2099, 1, 1)).get()
    assert (row.due_day, row.trainee_key, row.doer_key) == (due_on, care.file.pk, care.colleague.pk)
    with translation.override("en"):
        words = revisits.words(revisits.rows().get(), due_on, care.user("staff"))
    assert words.why == "“交通不便”, raised by 林知远, was answered and waits for the return visit, by 5 Dec 2026."
    assert words.url.startswith(reverse("care:visit_detail", kwargs={"pk": visit.pk}))
    problem = problems.revisit_problem(problem, revisited_on=TODAY, actor=care.staff)
    assert not revisits.dues(date(2099, 1, 1)).exists()
    problems.close_problem(problem, actor=care.staff)
    assert visits.close_visit(visit, actor=care.staff).state == "closed"


def test_the_restricted_text_is_read_on_record_and_stands_nowhere_else(care: Care, client_of: Any) -> None:
    with pytest.raises(ValidationError):
        notes.write_note(planned(care), note=SECRET, actor=care.staff)
    visit = notes.write_note(went(care), note=SECRET, actor=care.staff)
    client = client_of(care.user("staff"))
    read = client.post(reverse("care:visit_read", kwargs={"pk": visit.pk})).content.decode()
    assert SECRET in read
    pages = [
        client_of(care.user(who)).get(reverse(name, kwargs={"pk": key})).content.decode()
        for who in ("staff", "leader", "own")
        for name, key in (
            ("care:visit_detail", visit.pk),
            ("growth:file", care.file.pk),
            ("growth:print", care.file.pk),
        )
    ]
    table = job_kinds["care.visits"].table
    assert table is not None
    query = QueryDict("columns=planned_on,name,subject,place,brought,amount,basis,summary,state")
    exported = [str(row) for row in table(care.user("staff"), query).export_rows()]
    pages += exported + [str(row) for row in Entry.objects.values_list("before", "after", "reason")]
    assert [page for page in pages if SECRET in page] == []
    assert any("林知远" in line for line in exported)
    assert list(
        Entry.objects.filter(kind=Entry.Kind.READING, verb__startswith="care.").values_list("verb", flat=True)
    ) == ["care.carevisit.read"]


@pytest.mark.parametrize("who", ["staff", "leader", "own"])
def test_an_entry_in_the_file(care: Care, who: str) -> None:
    planned(care)
    went(care)
    access = resolve(care.user(who), care.file)
    rows = Timeline(care.file, access).page(size=50, kind="visit").rows
    with translation.override("en"):
        words = [growth_sources[row.source].words(row, access) for row in rows]
    assert [(each.title, each.text, each.label) for each in words] == [
        ("Visit: In hospital", "慰问品一份 · 恢复良好", "Held")
    ]


def test_the_person_sees_the_own_visits_that_were_made(care: Care, client_of: Any) -> None:
    waiting, visit = planned(care), went(care)
    problems.add_problem(visit, text="宿舍漏水", due_on=date(2026, 12, 20), actor=care.staff)
    client = client_of(care.user("own"))
    page = client.get(reverse("care:visit_list")).content.decode()
    assert (str(visit.pk) in page, str(waiting.pk) in page) == (True, False)
    assert client.get(reverse("care:visit_detail", kwargs={"pk": waiting.pk})).status_code == 404
    page = client.get(reverse("care:visit_detail", kwargs={"pk": visit.pk})).content.decode()
    assert [word in page for word in ("恢复良好", "慰问品一份", "宿舍漏水")] == [True, True, True]


@pytest.mark.parametrize(
    ("query", "found"),
    [("", 2), ("?q=林知", 2), ("?q=陈", 0), ("?month=2026-12", 1), ("?state=held", 1), ("?state=voided", 0),
     ("?occasion=01", 1), ("?occasion=xx", 2), ("?case=late", 0), ("?case=mine", 0), ("?sort=note", 2)],
)  # fmt: skip
def test_what_the_list_is_narrowed_to(care: Care, client_of: Any, query: str, found: int) -> None:
    planned(care)
    went(care)
    page = client_of(care.user("staff")).get(reverse("care:visit_list") + query)
    assert len(page.context["table"].rows) == found


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_cost_the_same_whatever_their_length(
    care: Care, client_of: Any, rows: int, django_assert_num_queries: Any
) -> None:
    for _number in range(rows):
        TraineeFactory.create(home_unit=care.district.town, arrived_on=date(2025, 7, 1))
        visit = went(care)
        problems.add_problem(visit, text="宿舍漏水", due_on=date(2026, 12, 20), actor=care.staff)
    client = client_of(care.user("staff"))
    for name, queries in (("visit_list", 10), ("visit_people", 8)):
        client.get(reverse(f"care:{name}"))
        with django_assert_num_queries(queries):
            client.get(reverse(f"care:{name}"))


@pytest.mark.parametrize(("length", "status"), [(1_500_000, 200), (3_500_000, 413)])
def test_a_huge_summary_meets_a_clear_answer(care: Care, client_of: Any, length: int, status: int) -> None:
    visit, summary = planned(care), "安" * length
    page = client_of(care.user("staff")).post(
        reverse("care:visit_record", kwargs={"pk": visit.pk}),
        {"version": visit.version, "held_on": "2026-11-23", "visitor": care.leader.pk, "summary": summary},
    )
    assert (page.status_code, summary in page.content.decode()) == (status, status == 200)


def test_of_a_serious_change_in_the_family_not_even_the_place_is_kept(care: Care) -> None:
    with pytest.raises(ValidationError) as raised:
        visits.add_held_visit(
            care.file, occasion="03", held_on=TODAY, place="医院", visitor=care.leader, actor=care.staff
        )
    assert list(raised.value.error_dict) == ["place"]
