from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cadre_app.accounts.models import Grant, User
from cadre_app.core.models import Stale
from cadre_app.jobs import services
from cadre_app.jobs.models import Job, JobState
from cadre_app.jobs.tasks import run

LONG_AGO = timedelta(minutes=3)


def started(owner: User, **params: object) -> Job:
    return services.start_job("test.work", params, owner)


def fresh(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def files(tmp_path) -> list[str]:
    return sorted(path.read_text() for path in (tmp_path / "jobs").glob("*"))


def test_a_job_is_rung_after_its_commit(owner, work, rung, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = started(owner)
        assert rung == []
    assert rung == [str(job.pk)]


def test_a_broker_that_is_away_leaves_the_job_to_the_sweep(
    owner, work, monkeypatch, django_capture_on_commit_callbacks
):
    def away(*args: object, **kwargs: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(services.current_app, "send_task", away)
    with django_capture_on_commit_callbacks(execute=True):
        job = started(owner)
    assert fresh(job).state == JobState.QUEUED


def test_the_same_request_twice_is_one_job(owner, elsewhere, work):
    first, again, other = started(owner, query="a"), started(owner, query="a"), started(owner, query="b")
    assert (first == again, first == other, first == started(elsewhere, query="a")) == (True, False, False)


def test_a_request_after_the_first_one_ended_is_a_new_job(owner, work):
    first = started(owner)
    run(str(first.pk))
    assert started(owner) != first


@pytest.mark.parametrize("kind", ["test.work", "no.such.kind"])
def test_what_one_may_not_run_is_not_queued(owner, work, kind):
    work.allowed = lambda user: False
    with pytest.raises(ValidationError):
        services.start_job(kind, {}, owner)
    assert Job.objects.count() == 0


def test_a_job_runs_once_even_when_delivered_twice(owner, work, tmp_path):
    work.writes()
    runs: list[int] = []
    work.steps.append(lambda job: runs.append(1))
    job = started(owner)
    run(str(job.pk))
    run(str(job.pk))
    done = fresh(job)
    assert (runs, done.state, done.result_name, files(tmp_path)) == ([1], JobState.DONE, "结果.txt", ["数据"])


def test_a_delivery_while_another_worker_is_at_it_does_nothing(owner, work):
    runs: list[int] = []
    work.steps += [lambda job: runs.append(1), lambda job: run(str(job.pk))]
    run(str(started(owner).pk))
    assert runs == [1]


def test_an_error_is_told_in_plain_words_and_leaves_no_file(owner, work, tmp_path):
    work.writes()
    work.steps.append(lambda job: 1 / 0)
    job = started(owner)
    run(str(job.pk))
    failed = fresh(job)
    assert (failed.state, failed.has_result, files(tmp_path)) == (JobState.FAILED, False, [])
    assert "ZeroDivision" not in failed.error


def test_progress_is_written_at_most_once_a_second_and_always_at_the_end(owner, work, django_assert_num_queries):
    seen: list[tuple[int, int]] = []

    def step(job: Job) -> None:
        for number in range(1, 101):
            services.report(job, number, 100, "第%d行" % number)
            if number in (50, 100):
                seen.append((number, fresh(job).done))

    work.steps.append(step)
    run(str(started(owner).pk))
    assert seen == [(50, 0), (100, 100)]


def test_a_cancelled_job_stops_at_its_next_report_and_keeps_nothing(owner, work, tmp_path):
    after: list[int] = []

    def step(job: Job) -> None:
        with services.result_file(job, name="x.txt") as path:
            path.write_text("半")
            services.cancel_job(job, actor=owner)
            services.report(job, 1, 2, cursor={"row": 1})
            after.append(1)

    work.steps.append(step)
    job = started(owner)
    run(str(job.pk))
    assert (fresh(job).state, after, files(tmp_path)) == (JobState.CANCELLED, [], [])


def test_a_worker_given_up_for_lost_cannot_write_any_more(owner, work):
    outcomes: list[str] = []

    def step(job: Job) -> None:
        if outcomes:
            outcomes.append("second")
            return
        outcomes.append("first")
        Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - LONG_AGO)
        run(str(job.pk))
        services.report(job, 1, 1)
        outcomes.append("the first went on")

    work.steps.append(step)
    job = started(owner)
    run(str(job.pk))
    assert (outcomes, fresh(job).state) == (["first", "second"], JobState.DONE)


def test_a_run_that_was_broken_off_goes_on_where_its_cursor_stands(owner, work):
    rows: list[int] = []

    def step(job: Job) -> None:
        for number in range(int(job.cursor.get("row", 0)), 4):
            rows.append(number)
            services.report(job, number + 1, 4, cursor={"row": number + 1})
            if rows == [0, 1]:
                raise KeyboardInterrupt

    work.steps.append(step)
    job = started(owner)
    with pytest.raises(KeyboardInterrupt):
        run(str(job.pk))
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - LONG_AGO)
    run(str(job.pk))
    assert (rows, fresh(job).state) == ([0, 1, 2, 3], JobState.DONE)


def test_the_sweep_rings_again_for_jobs_that_lost_their_worker_and_no_others(owner, work, rung):
    now = timezone.now()
    ages = {"running, silent": (JobState.RUNNING, 3), "running": (JobState.RUNNING, 1), "queued": (JobState.QUEUED, 3)}
    ages |= {"queued, unheard": (JobState.QUEUED, 11), "done": (JobState.DONE, 60)}
    keys = {}
    for name, (state, minutes) in ages.items():
        job = started(owner, name=name)
        Job.objects.filter(pk=job.pk).update(state=state, heartbeat_at=now - timedelta(minutes=minutes))
        keys[str(job.pk)] = name
    assert services.sweep_jobs() == 2
    assert sorted(keys[key] for key in rung) == ["queued, unheard", "running, silent"]


def test_a_job_that_keeps_losing_its_worker_is_given_up(owner, work):
    job = started(owner)
    Job.objects.filter(pk=job.pk).update(attempts=services.MAX_ATTEMPTS)
    run(str(job.pk))
    assert fresh(job).state == JobState.FAILED


def test_the_sweep_removes_results_that_are_too_old(owner, work, tmp_path):
    work.writes()
    old, young = started(owner, n=1), started(owner, n=2)
    for job in (old, young):
        run(str(job.pk))
    Job.objects.filter(pk=old.pk).update(finished_at=timezone.now() - timedelta(days=60))
    services.sweep_jobs()
    assert (fresh(old).has_result, fresh(young).has_result, len(files(tmp_path))) == (False, True, 1)


@pytest.mark.parametrize("when", ["before", "during"])
@pytest.mark.parametrize("what", ["disabled", "not allowed", "other grant"])
def test_an_owner_who_lost_the_right_gets_nothing(owner, elsewhere, work, tmp_path, when, what):
    def lose(job: Job | None = None) -> None:
        if what == "disabled":
            User.objects.filter(pk=owner.pk).update(is_active=False)
        elif what == "not allowed":
            work.allowed = lambda user: False
        else:
            Grant.objects.filter(user=owner).update(unit=elsewhere.unit)

    work.writes("机要不入")
    job = started(owner)
    if when == "during":
        work.steps.append(lose)
    else:
        lose()
    run(str(job.pk))
    gone = (JobState.FAILED, False, [])
    kept = (JobState.DONE, True, ["机要不入"])
    found = fresh(job)
    expected = kept if (when, what) == ("before", "other grant") else gone
    assert (found.state, found.has_result, files(tmp_path)) == expected


def test_only_what_did_not_end_well_is_started_again(owner, work, rung, django_capture_on_commit_callbacks):
    work.steps.append(lambda job: 1 / 0)
    job = started(owner)
    with pytest.raises(ValidationError):
        services.retry_job(job, actor=owner)
    run(str(job.pk))
    work.steps.clear()
    with django_capture_on_commit_callbacks(execute=True):
        services.retry_job(job, actor=owner, version=1)
    assert rung == [str(job.pk)]
    run(str(job.pk))
    assert fresh(job).state == JobState.DONE


def test_cancel_and_retry_refuse_an_old_version_and_an_ended_job(owner, work):
    job = started(owner)
    services.cancel_job(job, actor=owner, version=1)
    with pytest.raises(ValidationError):
        services.cancel_job(job, actor=owner)
    with pytest.raises(Stale):
        services.retry_job(job, actor=owner, version=1)


def test_words_of_the_worker_are_in_the_language_of_the_page(owner, work):
    from django.utils import translation

    seen: list[str | None] = []
    work.steps.append(lambda job: seen.append(translation.get_language()))
    for language in ("en", "zh-hans"):
        with translation.override(language):
            job = started(owner)
        run(str(job.pk))
    assert seen == ["en", "zh-hans"]
