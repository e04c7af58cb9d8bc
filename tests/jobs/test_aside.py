"""Work that is kept as a whole: its progress is seen meanwhile, and its end belongs to it."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction
from django.db.utils import ConnectionDoesNotExist
from django.utils import timezone

from cadre_app.accounts.models import User
from cadre_app.jobs import services
from cadre_app.jobs.models import Job, JobState
from cadre_app.jobs.tasks import run
from cadre_app.org.models import Unit
from tests.factories import UnitFactory


def started(owner: User) -> Job:
    return services.start_job("test.work", {}, owner)


def elsewhere_done(action) -> None:
    """Done by another person at the same time: in a thread, over its connection."""

    def act() -> None:
        try:
            action()
        finally:
            connection.close()

    thread = threading.Thread(target=act)
    thread.start()
    thread.join(timeout=20)


def as_seen_by_others(job: Job) -> tuple[int, int, str, int]:
    seen: list[tuple[int, int, str, int]] = []

    def look() -> None:
        found = Job.objects.get(pk=job.pk)
        seen.append((found.done, found.total, found.message, Unit.objects.filter(name="新单位").count()))

    elsewhere_done(look)
    return seen[0]


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_before_the_work_is(owner, work):
    seen = []

    def step(job: Job) -> None:
        with transaction.atomic(), services.aside(job):
            UnitFactory.create(name="新单位")
            services.report_aside(job, 2, 2, "写入单位")
            seen.append(as_seen_by_others(job))
            services.finish(job)

    work.steps.append(step)
    job = started(owner)
    run(str(job.pk))
    assert seen == [(2, 2, "写入单位", 0)]
    assert as_seen_by_others(job) == (2, 2, "写入单位", 1)
    assert Job.objects.get(pk=job.pk).state == JobState.DONE


@pytest.mark.django_db(transaction=True)
def test_the_connection_is_closed_with_the_block_even_after_an_error(owner, work):
    opened = []

    def step(job: Job) -> None:
        with services.aside(job):
            opened.append(connections[services.ASIDE])
            raise ValidationError("no")

    work.steps.append(step)
    run(str(started(owner).pk))
    assert opened[0].connection is None
    with pytest.raises(ConnectionDoesNotExist):
        connections[services.ASIDE]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("last", ["report_aside", "finish"])
def test_a_cancelled_job_leaves_nothing_of_its_work(owner, work, last):
    after = []

    def step(job: Job) -> None:
        with transaction.atomic(), services.aside(job):
            UnitFactory.create(name="新单位")
            elsewhere_done(lambda: services.cancel_job(job, actor=owner))
            if last == "report_aside":
                services.report_aside(job, 1, 1)
            else:
                services.finish(job)
            after.append(1)

    work.steps.append(step)
    job = started(owner)
    run(str(job.pk))
    assert (Job.objects.get(pk=job.pk).state, after) == (JobState.CANCELLED, [])
    assert not Unit.objects.filter(name="新单位").exists()


@pytest.mark.django_db(transaction=True)
def test_a_cancel_that_comes_after_the_end_is_refused(owner, work):
    def step(job: Job) -> None:
        with transaction.atomic():
            UnitFactory.create(name="新单位")
            services.finish(job)

    work.steps.append(step)
    job = started(owner)
    run(str(job.pk))
    with pytest.raises(ValidationError):
        services.cancel_job(job, actor=owner)
    assert Unit.objects.filter(name="新单位").count() == 1


@pytest.mark.usefixtures("aside_here")
def test_progress_aside_is_written_at_most_once_a_second_and_always_at_the_end(owner, work):
    seen = []

    def step(job: Job) -> None:
        with services.aside(job):
            for number in range(1, 101):
                services.report_aside(job, number, 100)
                if number in (50, 100):
                    seen.append((number, Job.objects.get(pk=job.pk).done))

    work.steps.append(step)
    run(str(started(owner).pk))
    assert seen == [(50, 0), (100, 100)]


def test_a_finished_job_whose_worker_was_lost_at_once_is_not_done_again(owner, work):
    runs = []

    def step(job: Job) -> None:
        runs.append(1)
        with transaction.atomic():
            services.finish(job)
        raise KeyboardInterrupt

    work.steps.append(step)
    job = started(owner)
    with pytest.raises(KeyboardInterrupt):
        run(str(job.pk))
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - services.timedelta(minutes=5))
    run(str(job.pk))
    assert (runs, Job.objects.get(pk=job.pk).state) == ([1], JobState.DONE)


def test_work_of_an_owner_who_lost_the_right_is_taken_back(owner, work):
    def step(job: Job) -> None:
        with transaction.atomic():
            UnitFactory.create(name="新单位")
            work.allowed = lambda user: False
            services.finish(job)

    work.steps.append(step)
    job = started(owner)
    run(str(job.pk))
    assert Job.objects.get(pk=job.pk).state == JobState.FAILED
    assert not Unit.objects.filter(name="新单位").exists()
