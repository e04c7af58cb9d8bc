"""花名册: official columns and orders, a day in the past as it was, the kept layout, print, workbook and PDF."""

from datetime import date
from io import BytesIO
from types import SimpleNamespace

import openpyxl
import pytest
from django.http import QueryDict
from django.urls import reverse

from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.jobs import services as jobs
from cadre_app.jobs.models import Job, JobState
from cadre_app.jobs.tasks import run
from cadre_app.people.models import Kind, PostRecord, Relative, Transfer, TransferKind, VillageTerm
from cadre_app.people.services import posts
from cadre_app.rosters import exports
from cadre_app.rosters.columns import place_post_and_rank
from cadre_app.rosters.models import RosterLayout
from tests.access.harness import pdf_text
from tests.factories import GrantFactory, PersonFactory, TraineeFactory

ROSTER, PRINT, LAYOUT = (reverse(f"rosters:{name}") for name in ("roster", "roster_print", "layout_save"))
JOBS = reverse("jobs:job_start")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private_folder(settings, tmp_path, monkeypatch):
    settings.PRIVATE_ROOT = tmp_path
    monkeypatch.setattr(jobs.current_app, "send_task", lambda *args, **options: None)


@pytest.fixture
def staff(client_of, place):
    return client_of(place.staff)


def somebody(place, name, **fields):
    """A file of the town."""
    return TraineeFactory.create(person=PersonFactory.create(name=name), **{"home_unit": place.town} | fields)


def column(page, label):
    """The cells below a heading."""
    at = page.context["roster"].headings.index(label)
    return [row[at][0] for row in page.context["rows"]]


def made(staff, kind, query=""):
    """The job of this kind, done."""
    staff.post(JOBS, {"kind": kind, "query": query})
    job = Job.objects.get()
    run(str(job.pk))
    return Job.objects.get(pk=job.pk)


def test_the_official_columns_stand_in_their_order(staff, place, trainee):
    page = staff.get(ROSTER)
    assert page.context["roster"].headings == [
        "No.", "Full name", "Sex", "Ethnic group", "Month of birth (age)", "Native place", "Political affiliation (since)",
        "Began work in", "Education and degree", "School and major", "Kind", "Year of arrival", "Unit, post and rank",
        "In this rank since", "Village and period", "Political mentor", "Community mentor",
        "Annual assessments of three years", "Remark",
    ]  # fmt: skip
    assert column(page, "Full name") == [trainee.person.name]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_queries_however_many_it_lists(staff, place, rows, django_assert_num_queries):
    for _ in range(rows):
        TraineeFactory.create(home_unit=place.town)
    staff.get(ROSTER)
    with django_assert_num_queries(QUERIES_TODAY):
        assert len(staff.get(ROSTER).context["rows"]) == rows
    with django_assert_num_queries(QUERIES_PAST):
        assert len(staff.get(ROSTER, {"as_of": "2025-12-31"}).context["rows"]) == rows


QUERIES_TODAY, QUERIES_PAST = 17, 18


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("unit", ["王五", "丁一", "石二"]),
        ("year", ["石二", "丁一", "王五"]),
        ("rank", ["石二", "王五", "丁一"]),
        ("strokes", ["丁一", "王五", "石二"]),
    ],
)
def test_the_four_official_orders(staff, place, order, names):
    somebody(place, "石二", home_unit=place.other_town, rank="09", rank_order=9, arrived_on=date(2023, 7, 1))
    somebody(place, "丁一", rank="12", rank_order=12, arrived_on=date(2024, 7, 1))
    somebody(place, "王五", rank="11", rank_order=11, arrived_on=date(2024, 8, 1))
    assert column(staff.get(ROSTER, {"order": order}), "Full name") == names


def ranked(place, name, *records):
    """A file with these records of post level, rank and day; the latest is what it repeats."""
    file = somebody(place, name)
    for on, level, rank in records:
        posts.add_post_record(file, started_on=on, post=f"{name}的职务", post_level=level, rank=rank, actor=None)
    return file


@pytest.mark.parametrize("day", ["2026-11-23", "2026-11-20"])
def test_posts_and_ranks_stand_in_the_order_of_their_levels(staff, place, day):
    def on(month):
        return date(2025, month, 1)

    people = (
        ("九", []),
        ("八", [(on(1), "", "12")]),
        ("七", [(on(1), "", "10")]),
        ("六", [(on(3), "142", "")]),
        ("五", [(on(1), "142", ""), (on(6), "142", "10")]),
        ("四", [(on(1), "", "07")]),
        ("三", [(on(1), "142", "07")]),
        ("二", [(on(4), "141", "")]),
        ("一", [(on(2), "141", "")]),
        ("零", [(on(1), "", "06")]),
    )
    for name, records in people:
        ranked(place, f"丁{name}", *records)
    expected = [f"丁{name}" for name in "零一二三四五六七八九"]
    for order in ("rank", "unit"):
        assert column(staff.get(ROSTER, {"order": order, "as_of": day}), "Full name") == expected


def test_a_post_that_was_left_and_taken_again_counts_from_the_second_time(staff, place):
    days = (date(2024, 8, 1), date(2025, 1, 1), date(2025, 6, 1))
    back = somebody(place, "丁一")
    for on, post, level in zip(days, ("副镇长", "干事", "副镇长"), ("142", "", "142"), strict=True):
        posts.add_post_record(back, started_on=on, post=post, post_level=level, actor=None)
    other = somebody(place, "王五")
    posts.add_post_record(other, started_on=date(2025, 3, 1), post="副镇长", post_level="142", actor=None)
    for day in ("2026-11-23", "2026-11-20"):
        assert column(staff.get(ROSTER, {"order": "rank", "as_of": day}), "Full name") == ["王五", "丁一"]


def test_conditions_of_the_list_of_today_are_not_offered(staff, place, trainee):
    page = staff.get(ROSTER, {"since": "2090-01-01", "until": "1990-01-01"})
    assert not {"since", "until", "case", "state"} & set(page.context["filter"].form.fields)
    assert not {"since", "until"} & set(QueryDict(page.context["roster"].query))


def test_a_past_day_shows_unit_post_term_and_departed_as_they_were(staff, place):
    moved = somebody(place, "丁一", home_unit=place.other_town, rank="11", rank_order=11, departed_on=date(2026, 9, 1))
    Transfer.objects.create(
        trainee=moved, kind=TransferKind.INTERNAL, effective_on=date(2026, 3, 1), from_unit=place.town,
        to_unit=place.other_town, document_number="望组干〔2026〕1号", served_months=20,
    )  # fmt: skip
    for day, post, rank in ((date(2025, 7, 1), "组织干事", "12"), (date(2026, 4, 1), "办公室主任", "11")):
        PostRecord.objects.create(trainee=moved, started_on=day, post=post, rank=rank)
    VillageTerm.objects.create(
        trainee=moved, village=place.village, role="director", started_on=date(2024, 8, 1), months=24,
        due_on=date(2026, 7, 31), ended_on=date(2026, 7, 20),
    )  # fmt: skip
    then = staff.get(ROSTER, {"as_of": "2025-12-31", "unit": str(place.town.pk)})
    assert column(then, "Unit, post and rank") == ["梧岭镇组织干事、Section member, second class"]
    assert column(then, "In this rank since") == ["Jul 2025"]
    assert column(then, "Village and period") == ["梧头村 (Aug 2024 to Jul 2026)"]
    assert column(staff.get(ROSTER, {"as_of": "2025-12-31", "rank": "12"}), "Full name") == ["丁一"]
    other = {"as_of": "2025-12-31", "unit": str(place.other_town.pk)}
    assert (staff.get(ROSTER, other).context["rows"], staff.get(ROSTER).context["rows"]) == ([], [])


def test_nobody_stands_in_it_before_they_came(staff, trainee):
    days = ("2024-06-30", "2024-07-01")
    assert [len(staff.get(ROSTER, {"as_of": day}).context["rows"]) for day in days] == [0, 1]


def test_the_own_file_and_those_of_relatives_are_left_out(client_of, place):
    own = somebody(place, "丁一")
    relative = somebody(place, "丁二")
    somebody(place, "王五")
    type(own.person).objects.filter(pk=own.person_id).update(account=place.staff)
    Relative.objects.create(person=own.person, relation="哥哥", name="丁二", other=relative.person)
    client = client_of(place.staff)
    page = client.get(ROSTER)
    assert column(page, "Full name") == ["王五"]
    note = "Whoever made this list and their declared relatives are not in it"
    nobody = client.get(PRINT, {"kind": "introduced", "q": "王"}).context["roster"]
    assert note in nobody.left_out
    assert note in client.get(PRINT).content.decode()
    sheet = openpyxl.load_workbook(BytesIO(jobs.result_path(made(client, exports.WORKBOOK)).read_bytes())).active
    assert any(note in str(cell.value) for cell in sheet["A"])
    assert "丁" not in "".join(str(cell.value) for row in sheet for cell in row)


def test_paper_of_somebody_without_an_own_file_says_nothing_of_it(staff, place, trainee):
    page = staff.get(PRINT)
    assert page.context["roster"].left_out == ""
    assert "their declared relatives" not in page.content.decode()


def test_the_layout_is_kept_and_the_address_goes_before_it(staff, place, trainee):
    sent = staff.post(
        f"{LAYOUT}?kind=selected&order=unit", {"columns": ["sex", "unit"], "order": "rank", "paper": "a3"}
    )
    assert sent["Location"] == f"{ROSTER}?kind=selected"
    page = staff.get(ROSTER)
    found = page.context["roster"]
    assert (found.headings, found.order, found.paper) == (["No.", "Full name", "Sex", "Unit"], "rank", "a3")
    named = staff.get(ROSTER, {"columns": "remark", "order": "strokes"}).context["roster"]
    assert (named.headings, named.order, named.paper) == (["No.", "Full name", "Remark"], "strokes", "a3")
    staff.post(LAYOUT, {"columns": ["sex"], "order": "year", "paper": "a4"})
    assert [(one.columns, one.order) for one in RosterLayout.objects.all()] == [(["sex"], "year")]


@pytest.mark.parametrize(
    "typed", [{"columns": ["x"], "order": "rank", "paper": "a3"}, {"order": "rank", "paper": "a9"}]
)
def test_a_layout_that_cannot_be_is_not_kept(staff, place, typed):
    page = staff.post(LAYOUT, typed, follow=True)
    assert "The layout was not kept" in page.content.decode()
    assert not RosterLayout.objects.exists()


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("2026-11-24", "This day has not come yet. Lists and reports stand as of today or an earlier day."),
        ("1999-12-31", "Choose a day from 1 Jan 2000 on."),
        ("2026-02-29", "Enter a valid date."),
        ("\x00", "Enter a valid date."),
    ],
)
def test_a_day_that_cannot_be_told_is_said_beside_the_field(staff, trainee, typed, problem):
    page = staff.get(ROSTER, {"as_of": typed})
    assert dict(page.context["form"].errors) == {"as_of": [problem]}
    assert "Nothing is listed as long as" in page.content.decode()
    assert staff.get(PRINT, {"as_of": typed}).status_code == 302


def test_the_title_names_the_unit_and_a_kind_that_is_asked_for(staff, place):
    somebody(place, "丁一", kind=Kind.INTRODUCED)
    asked = ({}, {"unit": str(place.town.pk)}, {"unit": str(place.town.pk), "kind": "introduced"})
    assert [staff.get(ROSTER, query).context["roster"].title for query in asked] == [
        "Roster of introduced and selected graduates of 望屿区",
        "Roster of introduced and selected graduates of 梧岭镇",
        "Roster of introduced graduates of 梧岭镇",
    ]


def test_of_whoever_works_for_a_part_the_title_names_that_part(client_of, place, trainee):
    """Nobody takes it for the whole district."""
    liaison = place.somebody(Role.LIAISON, place.town)
    roster = client_of(liaison).get(PRINT).context["roster"]
    assert (roster.title, roster.made_by) == ("Roster of introduced and selected graduates of 梧岭镇", "梧岭镇")
    GrantFactory.create(user=liaison, role=Role.LIAISON, unit=place.village)
    assert client_of(liaison).get(PRINT).context["roster"].made_by == "梧岭镇"
    GrantFactory.create(user=liaison, role=Role.LIAISON, unit=place.other_town)
    assert client_of(liaison).get(PRINT).context["roster"].made_by == "梧岭镇, 潮音镇"


def test_what_it_is_narrowed_by_stands_on_paper(staff, place, trainee):
    trainee.person.sex = "1"
    trainee.person.save()
    query = {"sex": "1", "kind": "selected", "order": "unit", "columns": ["name"]}
    assert "Narrowed by Sex: Male." in staff.get(PRINT, query).text
    assert "Narrowed" not in staff.get(PRINT).text


def test_printing_goes_on_record_before_it_is_shown(staff, place, trainee):
    page = staff.get(PRINT, {"unit": str(place.town.pk)})
    assert (page.status_code, len(page.context["rows"])) == (200, 1)
    assert list(Entry.objects.filter(verb="rosters.roster.printed").values_list("actor_id", "kind")) == [
        (place.staff.pk, "reading")
    ]


def test_a_list_that_is_too_long_for_paper_says_so(staff, place, monkeypatch):
    monkeypatch.setattr("cadre_app.rosters.views.rosters.MOST_PRINTED", 1)
    TraineeFactory.create_batch(2, home_unit=place.town)
    assert "More than 1 row does not go on paper" in staff.get(PRINT).content.decode()


def test_the_workbook_is_a_form_with_title_heads_that_repeat_and_no_formula(staff, place):
    somebody(place, "丁一", remark="=HYPERLINK(1)")
    job = made(staff, exports.WORKBOOK, "order=unit&columns=year&columns=remark&paper=a3")
    sheet = openpyxl.load_workbook(BytesIO(jobs.result_path(job).read_bytes())).active
    assert [cell.value for cell in sheet["A"]][:2] == [
        "Roster of introduced and selected graduates of 望屿区",
        "(as of 23 Nov 2026)",
    ]
    assert [cell.value for cell in sheet[3]] == ["No.", "Full name", "Year of arrival", "Remark"]
    assert [cell.value for cell in sheet[4]] == [1, "丁一", 2024, "'=HYPERLINK(1)"]
    assert place.staff.display_name in sheet["A5"].value
    assert (sheet.print_title_rows, sheet.page_setup.paperSize, sheet.page_setup.orientation) == (
        "$3:$3",
        8,
        "landscape",
    )
    assert place.staff.display_name in sheet.oddHeader.right.text
    assert sheet.oddFooter.center.text == "Page &P of &N"
    assert job.result_name == "Roster of introduced and selected graduates of 望屿区20261123.xlsx"


def test_the_pdf_lies_across_and_bears_reader_and_pages(staff, place):
    somebody(place, "丁一")
    job = made(staff, exports.PDF, "columns=unit")
    content = jobs.result_path(job).read_bytes()
    text = pdf_text(content)
    assert all(part in text for part in ("丁一", "梧岭镇", "—1/1—", place.staff.display_name.replace(" ", "")))


def test_a_pdf_that_would_be_too_long_is_refused_in_words(staff, place, monkeypatch):
    monkeypatch.setattr(exports, "MOST_IN_PDF", 1)
    TraineeFactory.create_batch(2, home_unit=place.town)
    job = made(staff, exports.PDF)
    assert (job.state, job.error) == (
        JobState.FAILED, "A PDF holds 1 row at most. Narrow the list, or export it to Excel.",
    )  # fmt: skip


def test_a_unit_that_is_out_of_sight_by_then_is_refused(staff, place, client_of):
    job = made(staff, exports.WORKBOOK, "unit=00000000-0000-4000-8000-000000000000")
    assert (job.state, job.error.startswith("This unit cannot be chosen here")) == (JobState.FAILED, True)


def test_a_liaison_lists_the_own_units_only(client_of, place, trainee):
    TraineeFactory.create(home_unit=place.other_town)
    liaison = client_of(place.somebody(Role.LIAISON, place.town))
    assert column(liaison.get(ROSTER), "Full name") == [trainee.person.name]


@pytest.mark.parametrize(
    ("days", "day", "said"),
    [
        ({"closed_on": date(2026, 8, 1)}, "2026-10-31", "was closed on 1 Aug 2026."),
        ({"opened_on": date(2026, 3, 1)}, "2025-12-31", "was opened on 1 Mar 2026."),
    ],
)
def test_that_the_unit_was_not_there_on_the_day_is_told_on_page_and_paper(staff, place, trainee, days, day, said):
    type(place.town).objects.filter(pk=place.town.pk).update(**days)
    query = {"unit": str(place.town.pk), "as_of": day}
    assert said in staff.get(ROSTER, query).text
    assert said in staff.get(PRINT, query).text
    job = made(staff, exports.WORKBOOK, f"unit={place.town.pk}&as_of={day}")
    sheet = openpyxl.load_workbook(BytesIO(jobs.result_path(job).read_bytes())).active
    assert any(said in str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert "was closed" not in staff.get(ROSTER, query | {"as_of": "2026-07-31"}).text


def test_a_rank_that_the_post_names_is_said_once(staff, place):
    row = somebody(place, "石一", post="试用期公务员")
    read = SimpleNamespace(rank=lambda row: "试用期")
    assert place_post_and_rank(read, row) == "梧岭镇试用期公务员"
    row.post = "党建办公室主任"
    read = SimpleNamespace(rank=lambda row: "三级主任科员")
    assert place_post_and_rank(read, row) == "梧岭镇党建办公室主任、三级主任科员"
