import re

import pytest
from django.urls import reverse

from cadre_app.accounts.models import Grant, User
from cadre_app.history.models import Entry
from cadre_app.jobs import services
from cadre_app.jobs.models import Job, JobState
from cadre_app.jobs.tasks import run


@pytest.fixture
def sign_in(client):
    def as_(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_


def without_token(body: bytes) -> bytes:
    """The token against forged requests is masked anew in each answer."""
    return re.sub(rb"[A-Za-z0-9]{64}", b"", body)


def url(name: str, job: Job) -> str:
    return reverse(f"jobs:job_{name}", kwargs={"pk": job.pk})


@pytest.fixture
def done(owner, work) -> Job:
    work.writes()
    job = services.start_job("test.work", {}, owner)
    run(str(job.pk))
    return Job.objects.get(pk=job.pk)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_holds_ones_own_jobs_at_the_same_cost(
    sign_in, owner, elsewhere, work, rows, django_assert_num_queries
):
    services.start_job("test.work", {}, elsewhere)
    for number in range(rows):
        services.start_job("test.work", {"n": number}, owner)
    client = sign_in(owner)
    client.get(reverse("jobs:job_list"))
    with django_assert_num_queries(7):
        response = client.get(reverse("jobs:job_list"))
    assert {row.object.owner_id for row in response.context["table"].rows} == {owner.pk}
    assert len(response.context["table"].rows) == rows


def test_a_list_starts_its_export_with_its_own_conditions(sign_in, owner, work):
    response = sign_in(owner).post(reverse("jobs:job_start"), {"kind": "test.work", "query": "q=%E6%B2%A7&page=2"})
    job = Job.objects.get()
    assert (response.status_code, response["Location"]) == (302, url("detail", job))
    assert job.params["query"] == "q=%E6%B2%A7&page=2"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"kind": "no.such.kind"}, 404),
        ({}, 400),
        ({"kind": "test.work", "query": "a\x00b"}, 400),
        ({"kind": "test.work", "query": "长" * 4001}, 400),
    ],
)
def test_a_hostile_start_is_refused(sign_in, owner, work, data, status):
    assert sign_in(owner).post(reverse("jobs:job_start"), data).status_code == status
    assert Job.objects.count() == 0


def test_the_progress_asks_for_itself_only_while_the_job_is_active(sign_in, owner, done, work):
    waiting = services.start_job("test.work", {"n": 2}, owner)
    polls = [
        'hx-trigger="every 2s"'
        in sign_in(owner).get(url("detail", job), headers={"HX-Request": "true"}).content.decode()
        for job in (waiting, done)
    ]
    assert polls == [True, False]


def test_the_fragment_is_the_progress_alone(sign_in, owner, work):
    job = services.start_job("test.work", {}, owner)
    body = sign_in(owner).get(url("detail", job), headers={"HX-Request": "true"}).content.decode()
    assert body.lstrip().startswith('<section class="sheet" id="job"')


def test_a_download_is_recorded_before_it_leaves(sign_in, owner, done):
    response = sign_in(owner).get(url("download", done))
    assert list(Entry.objects.filter(kind="reading").values_list("verb", "actor", "object_id")) == [
        ("jobs.job.downloaded", owner.pk, done.pk)
    ]
    assert b"".join(response.streaming_content).decode() == "数据"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E7%BB%93%E6%9E%9C.txt"
    assert (response["X-Content-Type-Options"], response["Cache-Control"]) == ("nosniff", "no-store")


def test_nothing_is_sent_when_the_reading_cannot_be_recorded(sign_in, owner, done, monkeypatch):
    def refuse(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("cadre_app.history.services.record_reading", refuse)
    client = sign_in(owner)
    client.raise_request_exception = False
    response = client.get(url("download", done))
    assert (response.status_code, "数据" in response.content.decode()) == (500, False)


def test_a_foreign_job_and_no_job_look_alike(sign_in, elsewhere, done):
    foreign = sign_in(elsewhere).get(url("download", done))
    Job.objects.all().delete()
    none = sign_in(elsewhere).get(url("download", done))
    assert (foreign.status_code, none.status_code) == (404, 404)
    assert without_token(foreign.content) == without_token(none.content)


def test_a_result_is_withheld_once_its_owner_changed_places(sign_in, owner, elsewhere, done, tmp_path):
    Grant.objects.filter(user=owner).update(unit=elsewhere.unit)
    assert sign_in(owner).get(url("download", done)).status_code == 404
    assert list((tmp_path / "jobs").glob("*")) == []
    assert Job.objects.get().state == JobState.FAILED
    assert Entry.objects.filter(kind="reading").count() == 0


def test_a_disabled_owner_gets_nothing(sign_in, owner, done):
    client = sign_in(owner)
    User.objects.filter(pk=owner.pk).update(is_active=False)
    assert client.get(url("download", done)).status_code == 302


def test_a_missing_file_is_not_found(sign_in, owner, done, tmp_path):
    for path in (tmp_path / "jobs").glob("*"):
        path.unlink()
    assert sign_in(owner).get(url("download", done)).status_code == 404


def test_a_job_is_cancelled_and_started_again_by_its_owner(sign_in, owner, elsewhere, work):
    job = services.start_job("test.work", {}, owner)
    assert sign_in(elsewhere).post(url("cancel", job), {"version": "1"}).status_code == 404
    sign_in(owner).post(url("cancel", job), {"version": "1"})
    assert Job.objects.get().state == JobState.CANCELLED
    assert sign_in(owner).post(url("retry", job), {"version": "1"}).status_code == 409
    sign_in(owner).post(url("retry", job), {"version": "2"})
    assert Job.objects.get().state == JobState.QUEUED


def test_an_ended_job_is_not_cancelled_and_says_so(sign_in, owner, done):
    response = sign_in(owner).post(url("cancel", done), {"version": str(done.version)}, follow=True)
    assert len(list(response.context["messages"])) == 1


def test_a_job_without_a_file_leads_to_what_it_did_once_it_is_done(sign_in, owner, work):
    work.seen_at = "/units/?q=x"
    job = services.start_job("test.work", {}, owner)
    pages = [sign_in(owner).get(url("detail", job)).content.decode()]
    run(str(job.pk))
    pages.append(sign_in(owner).get(url("detail", job)).content.decode())
    assert ['href="/units/?q=x"' in page for page in pages] == [False, True]
