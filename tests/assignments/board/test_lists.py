"""The list of postings, the coverage of the fronts, the weekly list of notes; and their workbooks."""

from datetime import date, timedelta

import openpyxl
import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from cadre_app.assignments.lists import compliance
from cadre_app.assignments.lists.compliance import weekly_list
from cadre_app.assignments.lists.coverage import exported_coverage, in_village
from cadre_app.assignments.lists.posting_list import exported_postings
from cadre_app.assignments.models import Posting, PostingKind, PostingMode, PostingState
from cadre_app.assignments.search import find_postings
from cadre_app.jobs import services as jobs
from cadre_app.jobs.models import Job, JobState
from cadre_app.jobs.tasks import run
from cadre_app.people.models import Interruption, Kind
from tests.assignments.board.conftest import TODAY
from tests.assignments.factories import front, make_posting

pytestmark = pytest.mark.django_db

LIST, COVERAGE, NOTES, WHERE = (
    reverse(f"assignments:{name}") for name in ("posting_list", "coverage", "compliance", "where")
)
DAY = timedelta(days=1)
OVER = {"due_on": date(2025, 12, 31), "ended_on": date(2025, 12, 31), "state": PostingState.CLOSED}


def found(client, **asked):
    return sorted(row.object.trainee.person.name for row in client.get(LIST, asked).context["table"].rows)


CONDITIONS = (
    ({}, ["甲", "乙", "丙"]),
    ({"q": "环湾"}, ["甲"]),
    ({"q": "发展"}, ["乙"]),
    ({"q": "77号"}, ["丙"]),
    ({"q": "乙"}, ["乙"]),
    ({"stage": "here"}, ["甲"]),
    ({"stage": "sent"}, ["丙", "甲"]),
    ({"stage": "proposed"}, ["乙"]),
    ({"kind": "shadow"}, ["乙"]),
    ({"level": "above"}, ["乙"]),
    ({"mode": "half"}, ["丙"]),
    ({"front": "hygiene"}, ["丙"]),
    ({"front": "none"}, ["乙"]),
    ({"year": "2025"}, ["丙"]),
    ({"notes": "any"}, ["甲"]),
    ({"notes": "document"}, ["甲"]),
    ({"notes": "overstay"}, []),
    ({"since": "2026-10-24", "until": "2026-10-24"}, ["甲"]),
    ({"stage": "voided"}, []),
)


def test_conditions_narrow_the_list(staff, somebody):
    make_posting(somebody("甲"), document_number="")
    make_posting(
        somebody("乙"), on=TODAY + DAY, state=PostingState.PROPOSED, kind=PostingKind.SHADOW, front=None,
        host_name="市发展和改革委员会", host_level="city",
    )  # fmt: skip
    values = OVER | {
        "mode": PostingMode.HALF,
        "front": front("hygiene"),
        "host_name": "创城办",
        "document_number": "77号",
    }
    make_posting(somebody("丙"), on=date(2025, 1, 1), **values)
    assert [(asked, found(staff, **asked)) for asked, _names in CONDITIONS] == [
        (asked, sorted(names)) for asked, names in CONDITIONS
    ]


def test_unit_and_voided_ones(staff, place, somebody):
    make_posting(somebody("甲"))
    Posting.objects.update(voided_at="2026-11-01T00:00:00Z")
    make_posting(somebody("乙", unit=place.other_town))
    assert (found(staff, stage="voided"), found(staff, unit=str(place.other_town.pk))) == (["甲"], ["乙"])


def test_the_workbook_has_the_columns_of_the_page(place, somebody):
    make_posting(somebody("甲"), on=TODAY - 40 * DAY, due_on=TODAY - DAY)
    with translation.override("en"):
        rows = list(exported_postings(place.staff, QueryDict("columns=person,front,stage,notes")).export_rows())
    assert rows == [
        ["Full name", "Front", "Stage", "Compliance notes"],
        ["甲", "Project construction headquarters", "Overstay", "Overstay"],
    ]


@pytest.mark.parametrize(("page", "queries"), [(LIST, 9), (COVERAGE, 11), (NOTES, 7)])
def test_queries_do_not_grow_with_the_rows(staff, somebody, page, queries):
    counted = []
    for many in (1, 2):
        for number in range(many):
            make_posting(somebody(f"某{many}{number}"), on=TODAY - 40 * DAY, due_on=TODAY - DAY)
        staff.get(page)
        with CaptureQueriesContext(connection) as asked:
            staff.get(page)
        counted.append(len(asked))
    assert counted == [queries, queries]


def cells(place, *fronts):
    query = QueryDict("columns=" + ",".join(("person", *fronts)))
    return [row[1:] for row in exported_coverage(place.staff, query).export_rows()][1:]


def test_coverage_counts_completed_months_of_each_front(place, somebody, term):
    person = somebody("甲")
    term(person, date(2024, 7, 1), date(2026, 6, 30), ended_on=date(2026, 6, 30))
    make_posting(person, on=date(2025, 1, 1), **OVER | {"due_on": date(2025, 3, 31), "ended_on": date(2025, 3, 31)})
    make_posting(person, on=date(2025, 9, 1), **OVER | {"mode": PostingMode.HALF})
    make_posting(person, on=date(2025, 10, 1), **OVER)
    make_posting(person, on=TODAY - 5 * DAY, front=front("hygiene"))
    make_posting(person, on=TODAY + 300 * DAY, front=front("relief"))
    with translation.override("en"):
        assert cells(place, "village", "headquarters", "relief", "hygiene", "shadow") == [["24", "7", "", "<1", ""]]


def test_coverage_takes_the_days_of_interruption_off_the_village(place, somebody, term):
    row = term(somebody("甲"), date(2024, 6, 1), None)
    Interruption.objects.create(term=row, started_on=date(2025, 1, 1), ended_on=date(2025, 12, 31), reason="借调")
    served = in_village(coverage_row(place), date(2026, 5, 31))
    assert (served.months, served.is_here) == (12, True)
    Interruption.objects.create(term=row, started_on=date(2026, 5, 1), reason="病假")
    served = in_village(coverage_row(place), date(2026, 5, 31))
    assert (served.months, served.is_here) == (11, False)


def coverage_row(place):
    (row,) = exported_coverage(place.staff, QueryDict("")).rows
    return row.object


def test_coverage_shows_empty_cells_and_never_orders_by_amount(staff, somebody):
    make_posting(somebody("甲"))
    page = staff.get(COVERAGE)
    assert page.content.decode().count("cov none") == 8
    keys = [heading.column.key for heading in page.context["table"].headings if heading.sort_param]
    assert keys == ["person", "unit"]


def test_notes_stand_by_kind_with_the_rule(staff, place, somebody):
    make_posting(somebody("甲"), on=date(2026, 11, 12), document_number="")
    make_posting(somebody("乙"), on=date(2026, 11, 11), document_number="")
    make_posting(somebody("丙"), on=date(2026, 1, 1), due_on=date(2026, 11, 22))
    Posting.objects.update(created_at=timezone.now() - 10 * DAY)
    make_posting(somebody("丁"), on=date(2026, 11, 11), document_number="")
    with translation.override("en"):
        weekly = weekly_list(place.staff, TODAY)
        told = [
            (chapter.label, [(row.posting.trainee.person.name, row.is_new) for row in chapter.rows])
            for chapter in weekly.chapters
        ]
    assert told == [("Document missing", [("乙", False), ("丁", True), ("甲", True)]), ("Overstay", [("丙", True)])]
    page = staff.get(NOTES).content.decode()
    assert [len(chapter.rules) for chapter in weekly.chapters] == [1, 1]
    assert ("Week 48" in page, page.count("New this week")) == (True, 3)


def test_of_closed_ones_only_what_can_be_mended_is_said(place, somebody):
    make_posting(somebody("甲"), on=date(2025, 1, 1), document_number="", **OVER)
    make_posting(somebody("丙", kind=Kind.SELECTED), on=date(2025, 1, 1), **OVER)
    make_posting(somebody("乙"), document_number="", state=PostingState.DECLINED, decline_reason="人手不足")
    weekly = weekly_list(place.staff, TODAY)
    assert [(chapter.key, len(chapter.rows)) for chapter in weekly.chapters] == [("document", 1)]


@pytest.mark.parametrize(
    ("page", "row"),
    [
        (WHERE, ["梧岭镇", "甲", "Task force"]),
        (NOTES, ["Overstay", "甲", "梧岭镇"]),
    ],
)
def test_workbooks_are_what_the_page_shows(staff, somebody, page, row):
    make_posting(somebody("甲"), on=TODAY - 40 * DAY, due_on=TODAY - DAY)
    shown = staff.get(page).context
    staff.post(reverse("jobs:job_start"), {"kind": shown["export_kind"], "query": shown["query"]})
    job = Job.objects.get()
    run(str(job.pk))
    with jobs.result_path(Job.objects.get(pk=job.pk)).open("rb") as file:
        rows = list(openpyxl.load_workbook(file).active.iter_rows(values_only=True))
    assert [list(each[:3]) for each in rows[1:]] == [row]


def test_a_workbook_of_a_unit_that_cannot_be_chosen_is_refused(staff, somebody):
    staff.post(reverse("jobs:job_start"), {"kind": compliance.EXPORT, "query": "unit=x"})
    job = Job.objects.get()
    run(str(job.pk))
    assert Job.objects.get(pk=job.pk).state == JobState.FAILED


def test_the_search_finds_hosts_and_documents_in_scope(place, somebody):
    make_posting(somebody("甲"), document_number="望委组〔2026〕77号")
    stranger = place.somebody("staff", place.other_town)
    assert [len(find_postings(place.staff, text, 5)) for text in ("环湾", "77号", "没有")] == [1, 1, 0]
    assert find_postings(stranger, "环湾", 5) == []
