"""The workbooks of what is restricted: not on phones, and not once its reader may no longer have it."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from cadre_app.conduct.models import NamedStaff
from cadre_app.conduct.services import naming
from cadre_app.jobs import services as jobs
from cadre_app.jobs.models import Job, JobState
from cadre_app.people.models import Relative
from tests.conduct.conftest import NUMBER, Conduct
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) MicroMessenger/8.0"
KINDS = ("conduct.sanctions", "conduct.admonitions")


@pytest.fixture(autouse=True)
def _private(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PRIVATE_ROOT = tmp_path
    monkeypatch.setattr(jobs.current_app, "send_task", lambda *args, **options: None)


def made(conduct: Conduct, kind: str) -> str:
    """The address of a workbook that the named staff had made at a desk."""
    job = jobs.start_job(kind, {"query": ""}, conduct.user("named"))
    jobs.run_job(job.pk)
    return reverse("jobs:job_download", kwargs={"pk": job.pk})


@pytest.mark.parametrize("kind", KINDS)
def test_no_workbook_of_it_is_made_or_fetched_on_a_phone(conduct: Conduct, client_of: Any, kind: str) -> None:
    conduct.decided()
    client, file = client_of(conduct.user("named")), made(conduct, kind)
    asked = client.post(reverse("jobs:job_start"), {"kind": kind, "query": ""}, HTTP_USER_AGENT=PHONE)
    fetched = client.get(file, HTTP_USER_AGENT=PHONE)
    again = client.post(file.replace("/file/", "/retry/"), {"version": "1"}, HTTP_USER_AGENT=PHONE)
    assert [asked.status_code, fetched.status_code, again.status_code, Job.objects.count()] == [403, 403, 403, 1]
    assert NUMBER not in fetched.content.decode()
    at_a_desk = client.get(file)
    at_a_desk.close()
    assert at_a_desk.status_code == 200


def test_a_workbook_is_withheld_once_one_of_its_namings_is_withdrawn(conduct: Conduct, client_of: Any) -> None:
    conduct.decided()
    first = NamedStaff.objects.get()
    naming.name_staff(conduct.file.home_unit, user=conduct.named, reason="专管该镇", actor=conduct.leader)
    file = made(conduct, "conduct.sanctions")
    naming.withdraw_naming(first, reason="分工调整", actor=conduct.leader)
    assert (client_of(conduct.user("named")).get(file).status_code, Job.objects.get().state) == (404, JobState.FAILED)


def test_a_workbook_is_withheld_once_somebody_in_it_is_declared_a_relative(conduct: Conduct, client_of: Any) -> None:
    conduct.decided()
    file = made(conduct, "conduct.sanctions")
    kin = PersonFactory.create(name="林大舅", account=conduct.named)
    Relative.objects.create(person=conduct.file.person, relation="舅父", name=kin.name, other=kin)
    assert client_of(conduct.user("named")).get(file).status_code == 404
