"""上级报表: counted by fixed rules, submitted by staff, frozen by a leader for good."""

from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from cadre_app.core.models import Stale
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.org import services as org
from cadre_app.org.models import UnitKind
from cadre_app.people.models import Education, Kind, PostRecord, SubKind, Trainee
from cadre_app.rosters.models import ReportState, SuperiorReport
from cadre_app.rosters.services import reports
from cadre_app.training.models import HoursEntry, OutsideCourse
from tests.access.harness import readable
from tests.factories import GrantFactory, UnitFactory
from tests.rosters.reported import DAY, graduate, numbers, page_of, submitted

LIST, NEW = reverse("rosters:report_list"), reverse("rosters:report_new")

pytestmark = pytest.mark.django_db


def test_a_draft_follows_the_files_until_it_is_submitted(staff, place, draft):
    assert numbers(staff.get(page_of(draft)), "here")["all"] == 0
    graduate(place, kind=Kind.SELECTED, sub_kind=SubKind.TARGETED)
    assert numbers(staff.get(page_of(draft)), "here") == {
        "all": 1, "selected": 1, "central": 0, "targeted": 1, "ordinary": 0, "introduced": 0, "provincial": 0, "city": 0,
    }  # fmt: skip
    kept = submitted(draft, place)
    graduate(place, sub_kind=SubKind.CENTRAL)
    page = staff.get(page_of(kept))
    assert (numbers(page, "here")["all"], "In service on the day" in page.context["shown"].moved) == (1, True)


def test_what_is_frozen_stays_whatever_happens_to_the_files(client_of, place, draft, leader):
    trainee = graduate(place, sub_kind=SubKind.CENTRAL)
    frozen = reports.freeze_report(submitted(draft, place), actor=leader)
    Trainee.objects.filter(pk=trainee.pk).update(arrived_on=date(2026, 1, 1))
    page = client_of(leader).get(page_of(frozen))
    assert (numbers(page, "here")["all"], page.context["shown"].moved) == (1, [])
    for act in (reports.submit_report, reports.change_report, reports.freeze_report):
        with pytest.raises(ValidationError) as caught:
            act(frozen, actor=place.staff)
        assert caught.value.code == "not_waiting"


def test_the_database_deletes_nothing_that_is_frozen(place, draft, leader):
    frozen = reports.freeze_report(submitted(draft, place), actor=leader)
    with pytest.raises(IntegrityError), transaction.atomic():
        SuperiorReport.objects.filter(pk=frozen.pk).delete()


@pytest.mark.parametrize("change", [{"numbers": {"title": "x"}}, {"as_of": date(2024, 12, 31)}, {"state": "submitted"}])
def test_the_database_keeps_what_is_frozen(place, draft, leader, change):
    frozen = reports.freeze_report(submitted(draft, place), actor=leader)
    with pytest.raises(IntegrityError), transaction.atomic():
        SuperiorReport.objects.filter(pk=frozen.pk).update(**change)
    assert reports.number_report(frozen, filing_number="望委组〔2026〕3号", actor=place.staff).filing_number


def test_nobody_freezes_what_they_filled_in_part_of(place, draft, client_of, leader):
    GrantFactory.create(user=leader, role=Role.STAFF, unit=place.top)
    reports.change_report(draft, remark="已核对", actor=leader)
    report = submitted(SuperiorReport.objects.get(), place)
    with pytest.raises(ValidationError) as caught:
        reports.freeze_report(report, actor=leader)
    assert caught.value.code == "own_entry"
    page = client_of(leader).get(page_of(report))
    assert (page.context["may"]["freeze"], page.context["is_own"]) == (False, True)
    with pytest.raises(IntegrityError), transaction.atomic():
        SuperiorReport.objects.update(
            state=ReportState.FROZEN, frozen_by=place.staff, frozen_on=DAY, entered_by=place.staff
        )


def test_a_returned_report_is_a_draft_that_says_why(client_of, place, draft, leader):
    report = submitted(draft, place)
    client = client_of(leader)
    assert [item.title for item in desk(client)] == ["Yearly return of introduced and selected graduates · 望屿区"]
    client.post(page_of(report, "return"), {"reason": "学历有缺", "version": report.version})
    report.refresh_from_db()
    assert (report.state, report.return_reason, report.numbers) == (ReportState.DRAFT, "学历有缺", {})
    staff = client_of(place.staff)
    assert [item.why for item in desk(staff)] == ["Returned: 学历有缺"]
    staff.post(page_of(report, "submit"), {"version": report.version})
    report.refresh_from_db()
    assert (report.state, report.return_reason, desk(staff)) == (ReportState.SUBMITTED, "", [])


def desk(client):
    """What the desk asks of the reader about reports."""
    items = [item for group in client.get(reverse("desk:home")).context["desk"].groups for item in group.items]
    return [item for item in items if "/rosters/" in item.url]


def test_a_page_that_was_read_before_the_report_moved_on_gets_409(client_of, place, draft, leader):
    report = submitted(draft, place)
    read = report.version
    reports.return_report(report, reason="再核", actor=place.staff)
    answer = client_of(leader).post(page_of(report, "freeze"), {"version": read})
    assert answer.status_code == 409
    with pytest.raises(Stale):
        reports.change_report(report, remark="x", version=read, actor=place.staff)


def test_a_sub_kind_that_is_missing_is_warned_of(staff, place, draft):
    graduate(place, kind=Kind.SELECTED, sub_kind="")
    texts = [warned.text for warned in staff.get(page_of(draft)).context["sheet"].warnings]
    assert (
        "In service on the day: the columns below “Selected graduate” add up to 0, not 1. Look for files without a "
        "sub-kind." in texts
    )


def test_warnings_that_were_kept_are_told_in_the_language_of_the_page(staff, place, draft):
    graduate(place, kind=Kind.SELECTED, sub_kind="")
    drafted = [warned.text for warned in staff.get(page_of(draft)).context["sheet"].warnings]
    report = submitted(draft, place)
    assert [warned.text for warned in staff.get(page_of(report)).context["sheet"].warnings] == drafted
    assert all(not text.isascii() for text, _line, _column in report.numbers["warnings"])


def test_people_who_are_in_no_line_are_warned_of_and_opened(staff, place, draft):
    whole = graduate(place, sub_kind=SubKind.CENTRAL)
    type(whole.person).objects.filter(pk=whole.person_id).update(
        sex="1", birth_month=date(1998, 1, 1), political_status="01"
    )
    lacking = graduate(place, sub_kind=SubKind.CENTRAL)
    warnings = staff.get(page_of(draft)).context["sheet"].warnings
    [sexless] = [one for one in warnings if one.line == "rest-sex"]
    assert sexless.text == "Sex: 1 person of “In service on the day” stands in none of its lines."
    cell = staff.get(page_of(draft, "cell", f"?line={sexless.line}&column={sexless.column}"))
    assert [row.object.pk for row in cell.context["table"].rows] == [lacking.pk]


def test_each_number_opens_whom_it_counts(staff, place, draft):
    seen = graduate(place, sub_kind=SubKind.CENTRAL)
    assert numbers(staff.get(page_of(draft)), "here")["central"] == 1
    cell = staff.get(page_of(draft, "cell", "?line=here&column=central"))
    assert ([row.object.pk for row in cell.context["table"].rows], cell.context["unseen"]) == ([seen.pk], 0)
    assert staff.get(page_of(draft, "cell", "?line=here&column=introduced")).context["counted"] == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_a_report_costs_the_same_queries_however_many_it_counts(staff, place, draft, rows, django_assert_num_queries):
    for _ in range(rows):
        graduate(place, sub_kind=SubKind.CENTRAL)
    staff.get(page_of(draft))
    with django_assert_num_queries(DETAIL):
        staff.get(page_of(draft))
    with django_assert_num_queries(CELL):
        staff.get(page_of(draft, "cell", "?line=here&column=all"))


DETAIL, CELL = 23, 23


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_queries_however_long_it_is(staff, place, rows, django_assert_num_queries):
    for number in range(rows):
        reports.start_report(unit=place.top, as_of=date(2020 + number, 12, 31), actor=place.staff)
    staff.get(LIST)
    with django_assert_num_queries(LISTED):
        assert len(staff.get(LIST).context["table"].rows) == rows


LISTED = 8


def test_the_list_is_narrowed_by_unit_year_and_state(staff, place, leader):
    made = {
        (unit.name, year): reports.start_report(unit=unit, as_of=date(year, 12, 31), actor=place.staff)
        for unit in (place.top, place.town) for year in (2024, 2025)
    }  # fmt: skip
    reports.freeze_report(submitted(made["望屿区", 2024], place), actor=leader)

    def listed(**query):
        found = [row.object for row in staff.get(LIST, query).context["table"].rows]
        return {(one.unit.name, one.as_of.year) for one in found}

    assert listed(year="2024") == {("望屿区", 2024), ("梧岭镇", 2024)}
    assert listed(unit=str(place.town.pk), year="2025") == {("梧岭镇", 2025)}
    assert (listed(state="frozen"), listed(state="voided")) == ({("望屿区", 2024)}, set())
    page = staff.get(LIST, {"year": "x"})
    assert list(page.context["filter"].form.errors) == ["year"]


def test_names_of_a_frozen_report_are_those_of_its_time(staff, place, draft, leader):
    frozen = reports.freeze_report(submitted(draft, place), actor=leader)
    by, checked = place.staff.display_name, leader.display_name
    type(place.top).objects.filter(pk=place.top.pk).update(name="临望区")
    type(leader).objects.update(display_name="新名")
    facts = dict(staff.get(page_of(frozen)).context["facts"])
    assert (facts["Reporting unit"], facts["Filled in by"], facts["Checked by"]) == ("望屿区", by, checked)
    assert "填报单位：望屿区" in readable(staff.get(page_of(frozen, "workbook")))


def test_units_that_were_moved_are_named_beside_what_they_change(staff, place, leader):
    coming = UnitFactory.create(name="新港社区", kind=UnitKind.COMMUNITY, parent=place.other_town)
    before = reports.start_report(unit=place.town, as_of=date(2024, 12, 31), actor=place.staff)
    frozen = reports.freeze_report(submitted(before, place), actor=leader)
    shown = staff.get(page_of(frozen)).context["shown"]
    assert (shown.units, shown.other_units) == (None, None)
    for unit, parent in ((place.village, place.other_town), (coming, place.town)):
        org.move_unit(unit, parent=parent, version=unit.version, actor=place.staff)
    page = staff.get(page_of(frozen))
    assert (page.context["shown"].units.added, page.context["shown"].units.gone) == (["新港社区"], ["梧头村"])
    for said in ("Other units stand below this one by now", "Only now: 新港社区.", "Only then: 梧头村."):
        assert said in page.text
    later = reports.start_report(unit=place.town, as_of=DAY, actor=place.staff)
    compared = staff.get(page_of(later))
    assert (compared.context["shown"].units, compared.context["shown"].other_units.gone) == (None, ["梧头村"])
    assert "counted other units" in compared.content.decode()


def test_schooling_and_hours_are_judged_by_the_day(staff, place, draft, leader):
    one = graduate(place, sub_kind=SubKind.CENTRAL, post_level="132", rank="06", rank_order=6)
    for on, level, rank in ((date(2024, 7, 1), "142", "10"), (date(2026, 3, 1), "132", "06")):
        PostRecord.objects.create(trainee=one, started_on=on, post="干事", post_level=level, rank=rank)
    for level, month in (("21", date(2024, 6, 1)), ("14", date(2026, 6, 1))):
        Education.objects.create(person=one.person, mode="on_the_job", level=level, graduated_on=month)
    known = {"trainee": one, "hours": Decimal(90), "mode": "classroom"}
    day = date(2025, 5, 6)
    course = OutsideCourse.objects.create(
        **known, started_on=day, ended_on=day, submitted_on=day, verified_on=day, verified_by=leader, state="verified",
        title="干部网络学习", organiser="市委党校",
    )  # fmt: skip
    HoursEntry.objects.create(**known, source="outside", outside=course, earned_on=day)
    page = staff.get(page_of(draft))
    lines = ("hours_reached", "hours_short", "university", "postgraduate", "level_deputy")
    assert [numbers(page, line)["all"] for line in lines] == [1, 0, 1, 0, 1]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"closed_on": date(2025, 8, 1)}, "was closed on 1 Aug 2025."),
        ({"opened_on": date(2026, 3, 1)}, "was opened on 1 Mar 2026."),
    ],
)
def test_that_the_unit_was_not_there_on_the_day_is_told_on_page_and_paper(staff, client_of, place, leader, days, said):
    type(place.town).objects.filter(pk=place.town.pk).update(**days)
    place.town.refresh_from_db()
    report = reports.start_report(unit=place.town, as_of=DAY, actor=place.staff)
    for name in ("detail", "print", "submit"):
        assert said in staff.get(page_of(report, name)).text
    for name in ("pdf", "workbook"):
        text = readable(staff.get(page_of(report, name)))
        assert f"{next(iter(days.values())).year}年" in text
    paper = staff.get(page_of(report, "print")).text
    assert paper.index(said) < paper.index("<table")  # before all the numbers that are 0
    report = submitted(report, place)
    assert said in client_of(leader).get(page_of(report, "freeze")).text
    frozen = reports.freeze_report(report, actor=leader)
    type(place.town).objects.filter(pk=place.town.pk).update(opened_on=date(1990, 1, 1), closed_on=None)
    assert said in client_of(place.staff).get(page_of(frozen, "print")).text


def test_one_report_of_a_unit_and_day_and_the_voided_one_comes_back_when_its_place_is_free(staff, place, leader, draft):
    typed = {"kind": "yearly", "unit": str(place.top.pk), "as_of": str(DAY)}
    again = staff.post(NEW, typed)
    assert dict(again.context["form"].errors) == {"as_of": ["This unit has this report as of this day already."]}
    frozen = reports.freeze_report(submitted(draft, place), actor=leader)
    voided = reports.void_report(frozen, reason="学历漏填", actor=leader)
    second = reports.start_report(unit=place.top, as_of=DAY, actor=place.staff)
    with pytest.raises(ValidationError):
        reports.restore_report(voided, actor=leader)
    reports.void_report(second, reason="以原表为准", actor=place.staff)
    assert reports.restore_report(voided, reason="核对无误", actor=leader).state == ReportState.FROZEN
    assert [row.object.pk for row in staff.get(LIST, {"state": "voided"}).context["table"].rows] == [second.pk]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"as_of": "2026-11-24"}, "as_of"),
        ({"as_of": "1999-12-31"}, "as_of"),
        ({"unit": "x"}, "unit"),
        ({"kind": "x"}, "kind"),
    ],
)
def test_bad_input_gets_its_message_beside_the_field(staff, place, typed, field):
    page = staff.post(NEW, {"kind": "yearly", "unit": str(place.top.pk), "as_of": str(DAY)} | typed)
    assert list(page.context["form"].errors) == [field]
    assert not SuperiorReport.objects.exists()


def test_whoever_left_in_the_year_counts_among_departures_alone(staff, place, draft):
    from cadre_app.people.models import Transfer

    left = graduate(place, sub_kind=SubKind.CENTRAL, departed_on=date(2025, 9, 1))
    Transfer.objects.create(
        trainee=left, kind="resignation", effective_on=date(2025, 9, 1), from_unit=place.town,
        document_number="望组干〔2025〕1号", served_months=14,
    )  # fmt: skip
    graduate(place, sub_kind=SubKind.CENTRAL, departed_on=date(2024, 9, 1))
    page = staff.get(page_of(draft))
    found = [numbers(page, line)["all"] for line in ("here", "left", "left_resignation", "left_outside")]
    assert found == [0, 1, 1, 0]


def test_a_closed_unit_still_has_its_report(staff, place):
    graduate(place, sub_kind=SubKind.CENTRAL)
    type(place.town).objects.filter(pk=place.town.pk).update(closed_on=date(2026, 6, 1))
    report = reports.start_report(unit=place.town, as_of=DAY, actor=place.staff)
    assert numbers(staff.get(page_of(report)), "here")["all"] == 1


def test_papers_are_in_chinese_bear_that_they_are_not_checked_and_go_on_record(staff, place, draft):
    graduate(place, sub_kind=SubKind.CENTRAL)
    book = staff.get(page_of(draft, "workbook"))
    text = readable(book)
    assert "引进生、选调生情况年报（未经审核）" in text
    assert "填报单位：望屿区" in text
    printed = staff.get(page_of(draft, "print"))
    pdf = staff.get(page_of(draft, "pdf"))
    assert (printed.status_code, pdf["Content-Type"], "填报单位：望屿区" in readable(pdf)) == (
        200,
        "application/pdf",
        True,
    )
    verbs = Entry.objects.filter(verb__startswith="rosters.superiorreport.", kind="reading").values_list(
        "verb", flat=True
    )
    assert sorted(verbs) == [
        "rosters.superiorreport.exported", "rosters.superiorreport.exported", "rosters.superiorreport.printed",
    ]  # fmt: skip


def test_the_workbook_holds_rules_and_numbers(staff, place, draft, tmp_path):
    graduate(place, sub_kind=SubKind.CENTRAL)
    path = tmp_path / "report.xlsx"
    path.write_bytes(staff.get(page_of(draft, "workbook")).content)
    sheet = openpyxl.load_workbook(path).active
    assert [cell.value for cell in sheet[5]][3:6] == [1, 1, 1]
    assert sheet.page_setup.paperSize == 9


def test_wechat_sees_pictures_of_the_pages(staff, draft):
    wechat = {"user-agent": "Mozilla/5.0 MicroMessenger/8.0"}
    shown = staff.get(page_of(draft, "pdf"), headers=wechat)
    assert shown.text.count('src="data:image/jpeg;base64,') == len(shown.context["pages"]) > 0
    assert Entry.objects.filter(verb="rosters.superiorreport.exported").count() == 1
    saved = staff.get(f"{page_of(draft, 'pdf')}?download", headers=wechat)
    assert saved["Content-Type"] == "application/pdf"
