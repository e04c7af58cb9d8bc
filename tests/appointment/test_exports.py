"""The .lrmx of people picked on the roster: forms that were issued, a reason on record, and a list of who was left out."""

import zipfile
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from cadre_app.appointment.services import drafts
from cadre_app.history.models import Entry
from cadre_app.jobs import services as jobs
from cadre_app.jobs.models import Job, JobState
from cadre_app.jobs.tasks import run
from cadre_app.people.models import Trainee
from tests.appointment.conftest import District
from tests.factories import PersonFactory, TraineeFactory

pytestmark = pytest.mark.django_db

URL = reverse("appointment:form_export")
WHY = {"confirmed": "1", "reason": "报送区委组织部干部科"}


@pytest.fixture(autouse=True)
def _no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs.current_app, "send_task", lambda *args, **options: None)


@pytest.fixture
def another(file: Trainee, place: District) -> Trainee:
    person = PersonFactory.create(name="许哲宁")
    made: Trainee = TraineeFactory.create(person=person, home_unit=place.town, arrived_on=date(2022, 8, 2))
    return made


def picks(*people: Trainee) -> dict[str, Any]:
    return {"pick": [str(trainee.pk) for trainee in people]}


@translation.override("en")
def test_issued_forms_alone_leave_with_a_reason_and_who_was_left_out_is_named(
    file: Trainee, another: Trainee, place: District, client_of: Any
) -> None:
    drafts.issue_form(drafts.make_draft(file, actor=place.staff), actor=place.staff)
    later = drafts.issue_form(drafts.make_draft(file, actor=place.staff), actor=place.staff)
    drafts.make_draft(file, actor=place.staff)
    drafts.make_draft(another, actor=place.staff)
    client = client_of(place.staff)
    asked = client.post(URL, picks(file, another))
    assert (asked.status_code, asked.context["people_count"], asked.context["form_count"]) == (200, 2, 1)
    refused = client.post(URL, picks(file, another) | {"confirmed": "1", "reason": ""})
    assert set(refused.context["form"].errors) == {"reason"}
    assert not Job.objects.exists()
    assert client.post(URL, picks(file, another) | WHY).status_code == 302
    job = Job.objects.get()
    run(str(job.pk))
    job.refresh_from_db()
    assert job.state == JobState.DONE
    with zipfile.ZipFile(jobs.result_path(job)) as archive:
        told = {name: archive.read(name) for name in archive.namelist()}
    name = f"陈嘉穗（{file.file_number}）.lrmx"
    listed = next(text.decode("utf-8-sig") for each, text in told.items() if each.endswith(".txt"))
    assert told[name] == drafts.write(later)
    assert len(told) == 2
    assert f"许哲宁（{another.file_number}）" in listed
    assert place.staff.display_name in listed.splitlines()[0]
    entry = Entry.objects.get(verb="appointment.form.exported")
    assert (entry.object_id, entry.reason) == (file.pk, WHY["reason"])


def test_without_an_issued_form_there_is_nothing_to_take(file: Trainee, place: District, client_of: Any) -> None:
    drafts.make_draft(file, actor=place.staff)
    client = client_of(place.staff)
    asked = client.post(URL, picks(file))
    assert asked.context["form_count"] == 0
    assert 'name="reason"' not in asked.content.decode()
    client.post(URL, picks(file) | WHY)
    job = Job.objects.get()
    run(str(job.pk))
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert not Entry.objects.filter(verb="appointment.form.exported").exists()


def test_without_a_reason_nothing_leaves_by_another_way_either(file: Trainee, place: District, client_of: Any) -> None:
    drafts.issue_form(drafts.make_draft(file, actor=place.staff), actor=place.staff)
    asked = {"kind": "appointment.export", "query": ""}
    assert client_of(place.staff).post(reverse("jobs:job_start"), asked).status_code == 302
    job = Job.objects.get()
    run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.has_result) == (JobState.FAILED, False)
    assert job.error
    assert not Entry.objects.filter(verb="appointment.form.exported").exists()


@pytest.mark.parametrize("query", ["kind=x", "since=x", "case=left&until=0001-01-01"])
@pytest.mark.parametrize("told", [{}, WHY])
def test_conditions_that_cannot_be_asked_lead_back_to_the_list(
    file: Trainee, place: District, client_of: Any, query: str, told: dict[str, str]
) -> None:
    response = client_of(place.staff).post(URL, picks(file) | {"query": query} | told, follow=True)
    assert [address.partition("?")[0] for address, _status in response.redirect_chain] == [
        reverse("people:trainee_list")
    ]
    assert "One of the conditions names nothing that you can choose." in response.content.decode()
    assert not Job.objects.exists()


def test_nobody_picked_is_nobody_taken(file: Trainee, place: District, client_of: Any) -> None:
    assert client_of(place.staff).post(URL, WHY).status_code == 302
    assert not Job.objects.exists()
