"""An office's own sheet: its headings are matched once, kept under a name, and taken by themselves the next time."""

import re
from collections.abc import Sequence
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cadre_app.accounts.models import User
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.imports.models import Batch, BatchStatus, ColumnMapping
from cadre_app.imports.services import rename_mapping
from cadre_app.org.models import Unit
from tests.factories import GrantFactory, UnitFactory, UserFactory
from tests.imports.conftest import confirmed, names, run, workbook

OWN = ("序号", "机构", "性质", "隶属", "机构", "联系电话")
TOWN = (1, "梧岭镇", "镇", "", "梧岭", "19900001234")


@pytest.fixture
def sent(client: Client, district: Unit) -> Any:
    def upload(*rows: Sequence[Any], headings: Sequence[str] = OWN, as_: Client = client, **more: Any) -> Any:
        file = SimpleUploadedFile("台账.xlsx", workbook(rows, headings))
        return as_.post("/imports/new/units/", {"file": file, **more})

    return upload


def match(client: Client, batch: Batch, *keys: str, **more: Any) -> Any:
    columns = {f"column_{place}": key for place, key in enumerate(keys)}
    return client.post(f"/imports/{batch.pk}/columns/", {"version": batch.version, **columns, **more})


def test_headings_are_matched_kept_and_taken_the_next_time(client: Client, sent: Any, staff: User) -> None:
    response = sent(TOWN)
    batch = Batch.objects.get()
    assert response.headers["Location"] == f"/imports/{batch.pk}/columns/"
    assert (batch.status, batch.job) == (BatchStatus.UNMATCHED, None)
    page = client.get(f"/imports/{batch.pk}/columns/").content.decode()
    assert ("梧岭镇" in page, "19•••••••34" in page, "19900001234" in page) == (True, True, False)
    assert match(client, batch, "name", "kind", "parent", "short_name", "", keep_as="机构台账").status_code == 302
    batch = run(batch)
    assert (batch.status, batch.created_count, batch.columns) == (
        BatchStatus.READY, 1, ["name", "short_name", "kind", "parent"],
    )  # fmt: skip
    confirmed(client, batch)
    assert "梧岭镇" in names()
    assert Entry.objects.filter(verb="imports.columnmapping.kept").count() == 1
    sent((2, "潮音镇", "镇", "", "潮音", ""))
    again = run(Batch.objects.latest("created_at"))
    assert (again.status, again.created_count, again.mapping) == (BatchStatus.READY, 1, ColumnMapping.objects.get())
    assert "Read by the columns kept under “机构台账”." in client.get(f"/imports/{again.pk}/").content.decode()


def test_other_headings_are_asked_about_again(client: Client, sent: Any) -> None:
    sent(TOWN)
    match(client, Batch.objects.get(), "name", "kind", "parent", "short_name", "", keep_as="机构台账")
    response = sent(TOWN, headings=(*OWN[:-1], "备用"))
    assert response.headers["Location"].endswith("/columns/")


def test_what_does_not_fit_is_said_beside_its_field(client: Client, sent: Any) -> None:
    sent(TOWN)
    batch = Batch.objects.get()
    page = match(client, batch, "name", "name", "", "", "").content.decode()
    assert "Another heading is this column already." in page
    page = match(client, batch, "", "", "", "name", "").content.decode()
    assert "Say which headings are these columns: Kind" in page
    assert match(client, batch, "nonsense").status_code == 200
    assert Batch.objects.get().status == BatchStatus.UNMATCHED


def test_a_name_is_given_once(client: Client, sent: Any) -> None:
    sent(TOWN)
    keys = ("name", "kind", "parent", "short_name", "")
    match(client, Batch.objects.get(), *keys, keep_as="机构台账")
    sent(TOWN, headings=(*OWN[:-1], "备用"))
    batch = Batch.objects.latest("created_at")
    response = match(client, batch, *keys, keep_as="机构台账")
    assert list(response.context["form"].errors) == ["keep_as"]
    assert match(client, batch, *keys).status_code == 302


def test_a_template_is_matched_by_hand_on_request(client: Client, sent: Any) -> None:
    headings = ("单位名称", "类别", "机构")
    response = sent(("梧岭镇", "镇", "梧岭"), headings=headings, match="on")
    batch = Batch.objects.get()
    assert response.headers["Location"].endswith("/columns/")
    page = client.get(f"/imports/{batch.pk}/columns/").content.decode()
    assert re.findall(r'value="(\w+)" selected', page) == ["name", "kind"]
    match(client, batch, "name", "kind", "short_name")
    assert run(batch).columns == ["name", "short_name", "kind"]


def test_before_the_columns_are_matched_nothing_is_checked_and_it_can_be_withdrawn(client: Client, sent: Any) -> None:
    sent(TOWN)
    batch = Batch.objects.get()
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert "Match the columns" in page
    client.post(f"/imports/{batch.pk}/check/")
    assert Batch.objects.get().job is None
    assert client.post(f"/imports/{batch.pk}/withdraw/", {"version": batch.version}).status_code == 302
    assert match(client, batch, "name").status_code == 403


def test_what_is_kept_is_shared_by_the_staff_of_the_unit_renamed_and_removed(
    client: Client, sent: Any, district: Unit
) -> None:
    sent(TOWN)
    match(client, Batch.objects.get(), "name", "kind", "parent", "short_name", "", keep_as="机构台账")
    kept = ColumnMapping.objects.get()
    colleague, elsewhere = UserFactory.create(unit=district), UserFactory.create(unit=district)
    GrantFactory.create(user=colleague, role=Role.STAFF, unit=district)
    GrantFactory.create(user=elsewhere, role=Role.STAFF, unit=UnitFactory.create(parent=district))
    clients = []
    for user in (colleague, elsewhere):
        other = Client()
        other.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        clients.append(other)
    sent(TOWN, as_=clients[0])
    assert Batch.objects.latest("created_at").mapping == kept
    assert "机构台账" in clients[0].get("/imports/columns/").content.decode()
    assert "机构台账" not in clients[1].get("/imports/columns/").content.decode()
    assert clients[1].get(f"/imports/columns/{kept.pk}/rename/").status_code == 404
    url = f"/imports/columns/{kept.pk}/"
    assert client.post(f"{url}rename/", {"name": "各乡镇台账", "version": kept.version}).status_code == 302
    kept.refresh_from_db()
    assert kept.name == "各乡镇台账"
    assert client.post(f"{url}remove/", {"version": kept.version}).status_code == 302
    assert client.get(f"{url}rename/").status_code == 403
    sent((3, "石埕镇", "镇", "", "", ""))
    assert Batch.objects.latest("created_at").status == BatchStatus.UNMATCHED


def test_a_marked_sheet_is_refused_before_its_columns_are_asked_about(client: Client, sent: Any) -> None:
    response = sent(("", "机密★1年", "", "", "", ""), TOWN)
    assert response.status_code == 200
    assert Batch.objects.count() == 0


def test_renaming_twice_to_one_name_is_refused(client: Client, sent: Any, staff: User) -> None:
    keys = ("name", "kind", "parent", "short_name", "")
    sent(TOWN)
    match(client, Batch.objects.get(), *keys, keep_as="一")
    sent(TOWN, headings=(*OWN[:-1], "备用"))
    match(client, Batch.objects.latest("created_at"), *keys, keep_as="二")
    second = ColumnMapping.objects.get(name="二")
    response = client.post(f"/imports/columns/{second.pk}/rename/", {"name": "一", "version": second.version})
    assert list(response.context["form"].errors) == ["name"]
    assert rename_mapping(second, name="三", actor=staff).name == "三"


def test_one_heading_of_what_is_kept_is_mended(client: Client, sent: Any) -> None:
    """By hand it begins with what is kept, which the same headings replace under the same or another name."""
    sent(TOWN)
    match(client, Batch.objects.get(), "name", "kind", "parent", "", "", keep_as="机构台账")
    sent((2, "潮音镇", "镇", "", "潮音", ""), match="on")
    batch = Batch.objects.latest("created_at")
    page = client.get(f"/imports/{batch.pk}/columns/").content.decode()
    assert re.findall(r'value="(\w+)" selected', page) == ["name", "kind", "parent"]
    assert 'value="机构台账"' in page
    response = match(client, batch, "name", "kind", "parent", "short_name", "", keep_as="各乡镇台账")
    assert response.status_code == 302
    kept = ColumnMapping.objects.get()
    assert (kept.name, kept.version, sorted(kept.columns.values())) == (
        "各乡镇台账", 2, ["", "kind", "name", "parent", "short_name"],
    )  # fmt: skip
    sent((3, "石埕镇", "镇", "", "石埕", ""))
    again = run(Batch.objects.latest("created_at"))
    assert (again.mapping, again.columns) == (kept, ["name", "short_name", "kind", "parent"])


def test_where_a_heading_is_another_the_others_begin_with_what_is_kept(client: Client, sent: Any) -> None:
    headings = ("机构", "2025年的性质", "隶属", "叫法")
    sent(("梧岭镇", "镇", "", "梧岭"), headings=headings)
    match(client, Batch.objects.get(), "name", "kind", "parent", "short_name", keep_as="机构台账")
    sent(("潮音镇", "镇", "", "潮音", "无"), headings=("机构", "2026年的性质", "隶属", "叫法", "其他"))
    batch = Batch.objects.latest("created_at")
    page = client.get(f"/imports/{batch.pk}/columns/").content.decode()
    assert re.findall(r'value="(\w+)" selected', page) == ["name", "kind", "parent", "short_name"]
    assert "4 headings are as in the columns kept under “机构台账” and were matched as there" in page
    assert 'value="机构台账 2"' in page
    match(client, batch, "name", "kind", "parent", "short_name", "", keep_as="机构台账 2")
    assert sorted(ColumnMapping.objects.values_list("name", flat=True)) == ["机构台账", "机构台账 2"]
    sent(("石埕镇", "镇", "", "石埕", ""), headings=("机构", "2026年的性质", "隶属", "叫法", "其他"))
    assert run(Batch.objects.latest("created_at")).mapping == ColumnMapping.objects.get(name="机构台账 2")


def yearly(client: Client, *headings: str, sheet: str = "annual_assessments") -> tuple[Batch, str, list[str]]:
    """A sheet of these headings, sent; its page, and what is chosen for each heading."""
    values = ("林知远", f"{Batch.objects.count() + 1}镇", "2026", "优秀", "称职")
    file = SimpleUploadedFile("台账.xlsx", workbook([values[: len(headings)]], headings))
    assert client.post(f"/imports/new/{sheet}/", {"file": file, "match": "on"}).status_code == 302
    batch = Batch.objects.latest("created_at")
    response = client.get(f"/imports/{batch.pk}/columns/")
    chosen = [response.context["form"].fields[f"column_{place}"].initial for place in range(len(headings))]
    return batch, response.content.decode(), chosen


def test_of_two_years_beside_each_other_neither_is_chosen_by_what_is_kept(client: Client) -> None:
    """2025年评 was this year's column when it was kept; in the next sheet it is last year's."""
    first = ("同志", "在哪", "哪年", "2024年评", "2025年评")
    batch, _page, _chosen = yearly(client, *first)
    assert match(client, batch, "name", "unit", "year", "", "outcome", keep_as="壬评").status_code == 302
    assert yearly(client, *first)[2] == ["name", "unit", "year", "", "outcome"], "the same sheet stays as it was kept"
    _batch, page, chosen = yearly(client, "同志", "在哪", "哪年", "2025年评", "2026年评")
    assert chosen == ["name", "unit", "year", "", ""]
    assert "2025年评, 2026年评 differ in nothing but the year, so that nothing was chosen for them" in page
    assert "3 headings are as in the columns kept under “壬评”" in page
    assert yearly(client, "同志", "在哪", "哪年", "2026年评")[2] == ["name", "unit", "year", ""], "one of two was kept"


def test_the_one_heading_with_a_year_is_taken_as_that_of_another_year(client: Client) -> None:
    batch, _page, _chosen = yearly(client, "同志", "在哪", "哪年", "2025年评")
    match(client, batch, "name", "unit", "year", "outcome", keep_as="壬评")
    _batch, page, chosen = yearly(client, "同志", "在哪", "哪年", "2026年评")
    assert (chosen[-1], "nothing but the year" in page) == ("outcome", False)
    chosen = yearly(client, "同志", "在哪", "哪年", "评", "2026年评")[2]
    assert chosen == ["name", "unit", "year", "outcome", ""], "without a year it is always the one of this sheet"


def test_one_heading_alone_is_not_like_what_is_kept(client: Client, sent: Any) -> None:
    sent(TOWN)
    match(client, Batch.objects.get(), "name", "kind", "parent", "short_name", "", keep_as="机构台账")
    sent(("潮音镇", "镇"), headings=("隶属", "说法"))
    batch = Batch.objects.latest("created_at")
    assert "机构台账" not in client.get(f"/imports/{batch.pk}/columns/").content.decode()


@pytest.mark.parametrize(
    ("sheet", "headings"),
    [
        ("annual_assessments", ("姓名", "2023年度", "2024年度", "2025年度")),
        ("quarterly_assessments", ("姓名", "年份", "第一季度", "第二季度", "三季度", "四季度")),
        ("pairings", ("姓名", "政治淬炼导师", "群众工作导师", "开始", "文号", "备用")),
    ],
)
def test_columns_that_want_to_be_rows_are_told(client: Client, sheet: str, headings: tuple[str, ...]) -> None:
    file = SimpleUploadedFile("台账.xlsx", workbook([("林知远",) * len(headings)], headings))
    response = client.post(f"/imports/new/{sheet}/", {"file": file, "match": "on"})
    assert response.status_code == 302, response.content.decode()
    page = client.get(response.headers["Location"]).content.decode()
    assert "stand beside each other. This table wants one row for each of them" in page
    assert "year" not in re.findall(r'value="(\w+)" selected', page) or sheet == "quarterly_assessments"
