import io
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from cadre_app.accounts.models import User
from cadre_app.core.roles import Role
from cadre_app.imports.models import Batch
from cadre_app.jobs import services as jobs
from cadre_app.jobs.models import Job
from cadre_app.org.models import Unit, UnitKind
from tests.factories import GrantFactory, UnitFactory, UserFactory

HEADINGS = ("单位名称", "简称", "类别", "上级单位", "排序号", "成立日期")
TOWN = ("梧岭镇", "", "镇", "", 4, "1990-01-01")
VILLAGE = ("梧头村", "梧头", "村", "梧岭镇", 1, "")


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any, aside_here: None) -> Iterator[None]:
    """Files go to a folder of this test, nothing is sent to the broker: tests run the jobs themselves, in English."""
    settings.PRIVATE_ROOT = tmp_path
    monkeypatch.setattr(jobs.current_app, "send_task", lambda name, args, **options: None)
    with translation.override("en"):
        yield


@pytest.fixture
def district(db: None) -> Unit:
    return UnitFactory.create(name="望屿区", kind=UnitKind.DISTRICT)


@pytest.fixture
def staff(district: Unit) -> User:
    user = UserFactory.create(display_name="程昱晗", unit=district, language="en")
    GrantFactory.create(user=user, role=Role.STAFF, unit=district)
    return user


@pytest.fixture
def client(staff: User) -> Client:
    client = Client()
    client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
    return client


def workbook(rows: Sequence[Sequence[Any]], headings: Sequence[str] = HEADINGS) -> bytes:
    """An .xlsx with `headings` and `rows`."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001  # the same rows are the same file
        sheet = book.add_worksheet()
        for number, line in enumerate((headings, *rows)):
            for column, value in enumerate(line):
                sheet.write(number, column, value)
    return content.getvalue()


def upload_of(rows: Sequence[Sequence[Any]], name: str = "单位.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, workbook(rows))


def run(batch: Batch) -> Batch:
    """Do the job that the batch waits for."""
    batch = Batch.objects.get(pk=batch.pk)
    assert batch.job_id is not None
    jobs.run_job(batch.job_id)
    return Batch.objects.select_related("job", "result_job").get(pk=batch.pk)


Upload = Callable[..., Batch]


@pytest.fixture
def uploaded(client: Client) -> Upload:
    """Upload rows of units by the page, and have them checked."""

    def upload(*rows: Sequence[Any], name: str = "单位.xlsx") -> Batch:
        response = client.post("/imports/new/units/", {"file": upload_of(rows, name)})
        assert response.status_code == 302, response.content.decode()
        return run(Batch.objects.latest("created_at"))

    return upload


def names() -> list[str]:
    return list(Unit.objects.standing().order_by("path").values_list("name", flat=True))


def post(client: Client, batch: Batch, step: str, **data: Any) -> int:
    return client.post(f"/imports/{batch.pk}/{step}/", data).status_code


def confirmed(client: Client, batch: Batch) -> Batch:
    assert post(client, batch, "confirm", version=batch.version) == 302
    return run(batch)


def result_rows(job: Job | None) -> list[tuple[Any, ...]]:
    assert job is not None
    content = jobs.result_path(job).read_bytes()
    return list(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))
