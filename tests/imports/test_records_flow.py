"""Sheets of records through the room: from an office's own file to the undoing, as staff do it."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cadre_app.imports.models import Batch, BatchStatus
from cadre_app.org.models import Unit
from cadre_app.people.models import Office, OfficeHolding, Trainee
from tests.factories import PersonFactory, TraineeFactory, UnitFactory
from tests.imports.conftest import confirmed, post, result_rows, run, workbook


@pytest.fixture
def file(district: Unit) -> Trainee:
    town = UnitFactory.create(name="梧岭镇", parent=district)
    office = Office.objects.create(unit=town, name="党委书记", order=1, is_political_source=True)
    OfficeHolding.objects.create(office=office, person=PersonFactory.create(name="庄世恒"), since=date(2020, 1, 1))
    return TraineeFactory.create(
        person=PersonFactory.create(name="林知远"), home_unit=town, arrived_on=date(2023, 7, 1)
    )


def sent(client: Client, sheet: str, headings: tuple[str, ...], *rows: tuple[Any, ...]) -> Batch:
    upload = SimpleUploadedFile("台账.xlsx", workbook(rows, headings))
    assert client.post(f"/imports/new/{sheet}/", {"file": upload}).status_code == 302
    return run(Batch.objects.latest("created_at"))


SHEETS: dict[str, tuple[tuple[str, ...], tuple[Any, ...]]] = {
    "pairings": (
        ("姓名", "现单位", "导师类别", "导师姓名", "结对日期", "结束日期"),
        ("林知远", "梧岭镇", "政治导师", "庄世恒", "２０２３年９月１日", "2025.08.31"),
    ),
    "training_history": (
        ("姓名", "课程名称", "主办单位", "开始日期", "学时", "培训方式"),
        ("林知远", "专题班", "市委党校", "2025-06-09", "６学时", "线下"),
    ),
    "postings": (
        ("姓名", "派遣类型", "接收单位", "文号", "发文日期", "批准单位", "开始日期", "结束日期"),
        ("林知远", "抽调", "指挥部", "望委组〔2024〕2号", "2024.03.01", "区委组织部", "2024.03.11", "2024.06.10"),
    ),
    "rewards": (
        ("姓名", "奖励", "级别", "授予单位", "授予日期"),
        ("林知远", "嘉奖", "区级", "区委", "2025.03.18"),
    ),
    "quarterly_assessments": (
        ("姓名", "考核年度", "季度", "考核等次", "确定单位", "确定日期"),
        ("林知远", "2024年", "4", "较好", "区委组织部", "2025年1月10日"),
    ),
}


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_goes_from_the_upload_to_the_undoing(client: Client, file: Trainee, sheet: str) -> None:
    batch = sent(client, sheet, *SHEETS[sheet])
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert (batch.status, batch.created_count) == (BatchStatus.READY, 1), page
    done = confirmed(client, batch)
    assert (done.status, result_rows(done.result_job)[1][0]) == (BatchStatus.DONE, 2)
    assert post(client, done, "undo", version=done.version, reason="误导入") == 302
    assert run(done).status == BatchStatus.UNDONE


def test_formulas_and_merged_cells_are_told_at_their_cells(client: Client, file: Trainee) -> None:
    headings, row = SHEETS["training_history"]
    batch = sent(client, "training_history", headings, (*row[:4], "=1+1", row[5]))
    assert batch.status == BatchStatus.FAULTY
    assert "formula" in client.get(f"/imports/{batch.pk}/").content.decode()
