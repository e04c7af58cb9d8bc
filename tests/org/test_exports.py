import openpyxl
import pytest
from django.http import QueryDict

from cadre_app.core.roles import Role
from cadre_app.jobs import services as jobs
from cadre_app.jobs.models import Job, JobState
from cadre_app.jobs.tasks import run
from cadre_app.org import exports
from cadre_app.org.models import Unit
from tests.factories import GrantFactory, UserFactory


@pytest.fixture(autouse=True)
def _private_folder(settings, tmp_path, monkeypatch):
    settings.PRIVATE_ROOT = tmp_path
    monkeypatch.setattr(jobs.current_app, "send_task", lambda *args, **options: None)


def exported(user, query: str) -> tuple[Job, list[list[object]]]:
    job = jobs.start_job("org.units", {"query": query}, user)
    run(str(job.pk))
    job = Job.objects.get(pk=job.pk)
    if job.state != JobState.DONE:
        return job, []
    with jobs.result_path(job).open("rb") as file:
        sheet = openpyxl.load_workbook(file).active
    return job, [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_workbook_holds_what_the_list_shows_with_its_conditions_columns_and_order(tree, actor):
    tree("沧浦镇", order=2)
    tree("潮音镇", order=1)
    tree("=SUM(A1)", order=3)
    job, rows = exported(actor, "columns=name,order&below=all&q=&sort=-order")
    assert (job.state, job.result_name.endswith(".xlsx")) == (JobState.DONE, True)
    assert rows[1:] == [["'=SUM(A1)", 3], ["沧浦镇", 2], ["潮音镇", 1]]


def test_the_workbook_of_a_reader_holds_their_own_branch_only(tree):
    town = tree("沧浦镇", order=1)
    tree("沧头村", under=town)
    tree("潮音镇", order=2)
    reader = UserFactory.create(unit=town)
    GrantFactory.create(user=reader, role=Role.LIAISON, unit=town)
    assert [row[0] for row in exported(reader, "below=all&columns=name")[1][1:]] == ["沧头村"]


def test_a_unit_out_of_sight_gives_no_workbook(tree):
    town, other = tree("沧浦镇", order=1), tree("潮音镇", order=2)
    reader = UserFactory.create(unit=town)
    GrantFactory.create(user=reader, role=Role.LIAISON, unit=town)
    assert exported(reader, f"unit={other.pk}")[0].state == JobState.FAILED


def test_page_and_export_agree_on_the_table(tree, actor, client):
    tree("沧浦镇", order=1)
    client.force_login(actor, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/units/").context["table"]
    table = exports.unit_table(actor, QueryDict(""))
    assert [column.key for column in table.columns] == [column.key for column in page.columns]
    assert list(table.queryset) == list(page.queryset) == list(Unit.objects.filter(depth=1))
