"""Starting, running, reporting, cancelling and delivering long work. The database is the truth; Celery rings."""

import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog
from celery import current_app
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections, transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from cadre_app.core.registries import access_terms, job_kinds
from cadre_app.history import services as history
from cadre_app.jobs import permissions
from cadre_app.jobs.models import Job, JobState
from cadre_app.policy.values import JOBS_RESULT_DAYS

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

logger = structlog.get_logger("qinglan.jobs")

TASK = "jobs.run"
REPORT_EVERY = timedelta(seconds=1)
ASIDE = "aside"
MAX_ATTEMPTS = 5


class Stopped(Exception):
    """The job was cancelled, or another worker has taken it up: stop without a result."""


class Refused(Exception):
    """The job cannot be done, for a reason that its owner is told in these words."""


def start_job(kind: str, params: Mapping[str, Any], actor: "User") -> Job:
    """Queue a job of `kind`; the same request that is still waiting or running is returned instead of a second one.

    Raises ValidationError for an unknown kind or one that `actor` may not run. `params` is JSON; the language of the
    page is added to it.
    """
    if not permissions.can_run(actor, kind):
        raise ValidationError(_("You may not have this done."), code="not_allowed")
    params = {"language": translation.get_language() or settings.LANGUAGE_CODE, **params}
    key = hashlib.sha256(json.dumps(params, sort_keys=True).encode()).hexdigest()
    same = Job.objects.active().filter(owner=actor, kind=kind, params_key=key)
    try:
        with transaction.atomic():
            if (running := same.first()) is not None:
                return running
            job = Job(kind=kind, owner=actor, params=params, params_key=key, heartbeat_at=timezone.now())
            with history.change(job, actor=actor, verb="jobs.job.started"):
                job.save()
            _enqueue(job)
            return job
    except IntegrityError:
        if (running := same.first()) is None:
            raise
        return running


@transaction.atomic
def cancel_job(job: Job, *, actor: "User", version: int | None = None) -> Job:
    """Cancel what waits or runs; a running worker notices at its next report. Raises ValidationError when it ended."""
    job = Job.objects.lock(job.pk, version)
    if not job.is_active:
        raise ValidationError(_("This task has already ended."), code="ended")
    with history.change(job, actor=actor, verb="jobs.job.cancelled"):
        job.state, job.finished_at = JobState.CANCELLED, timezone.now()
        job.save(update_fields=["state", "finished_at", "updated_at"])
    return job


@transaction.atomic
def retry_job(job: Job, *, actor: "User", version: int | None = None) -> Job:
    """Queue a failed or cancelled job once more; it goes on where its cursor stands.

    Raises ValidationError when it did not fail, or its owner may no longer run it.
    """
    job = Job.objects.lock(job.pk, version)
    if not job.can_be_retried:
        raise ValidationError(_("Only a task that was not completed can be started again."), code="not_ended")
    if not permissions.can_run(actor, job.kind):
        raise ValidationError(_("You may not have this done."), code="not_allowed")
    with history.change(job, actor=actor, verb="jobs.job.retried"):
        job.state, job.error, job.message, job.access, job.attempts = JobState.QUEUED, "", "", "", 0
        job.finished_at, job.heartbeat_at = None, timezone.now()
        job.full_clean()
        job.save()
    _enqueue(job)
    return job


def run_job(pk: uuid.UUID) -> None:
    """Do a queued job, or one that a worker has left; does nothing if another worker is at it or it has ended."""
    job = _claim(pk)
    if job is None:
        return
    with translation.override(str(job.params.get("language", settings.LANGUAGE_CODE))):
        try:
            _check_owner(job)
            _do(job)
            if (left := _fresh(job)).is_active:
                _check_owner(left)
                _end(job, state=JobState.DONE)
        except Stopped:
            discard_result(_fresh(job))
        except Refused as refusal:
            _fail(job, str(refusal))
        except ValidationError as refusal:
            _fail(job, " ".join(refusal.messages))
        except Exception:
            logger.exception("job failed", job=str(job.pk), kind=job.kind)
            _fail(job, _("The task could not be completed. Please start it again."))


def report(job: Job, done: int, total: int, message: str = "", *, cursor: Mapping[str, Any] | None = None) -> None:
    """Write progress (at most once a second, and always with a `cursor` or at the end) in a commit of its own.

    Raises Stopped if the job was cancelled or another worker has taken it up.
    """
    now = timezone.now()
    if not _is_due(job, now) and cursor is None and done < total:
        return
    values = _progress(done, total, message, now)
    if cursor is not None:
        values["cursor"] = job.cursor = dict(cursor)
    with transaction.atomic(durable=True):
        alive = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempt=job.attempt).update(**values)
    if not alive:
        raise Stopped
    job.heartbeat_at = now


@contextmanager
def aside(job: Job) -> Iterator[None]:
    """A second connection for `report_aside`, closed with the block."""
    connection = connections["default"].copy(ASIDE)
    connections[ASIDE] = connection
    try:
        with connection.cursor() as cursor:
            # The work's own transaction must not write to the job's row before `finish`: it would wait for itself.
            cursor.execute("SET lock_timeout = '5s'")
        yield
    finally:
        connection.close()
        del connections[ASIDE]


def report_aside(job: Job, done: int, total: int, message: str = "") -> None:
    """`report` from inside a transaction that is kept as a whole or not at all; within `aside(job)`."""
    now = timezone.now()
    if not _is_due(job, now) and done < total:
        return
    mine = Job.objects.using(ASIDE).filter(pk=job.pk, state=JobState.RUNNING, attempt=job.attempt)
    if not mine.update(**_progress(done, total, message, now)):
        raise Stopped
    job.heartbeat_at = now


def finish(job: Job) -> None:
    """End the job as the last step of its work's transaction: both are kept or neither, and nothing is done twice.

    Raises Stopped if the job was cancelled or another worker has taken it up, Refused if its owner lost the right.
    """
    _check_owner(_fresh(job))
    if not _end(job, state=JobState.DONE):
        raise Stopped


@contextmanager
def result_file(job: Job, *, name: str) -> Iterator[Path]:
    """A private file to write the result into; handed over under `name` when the block ends without an error."""
    folder = _folder()
    part = folder / f"{job.pk}-{job.attempt}.part"
    try:
        part.touch(mode=0o600)
        yield part
        final = folder / f"{job.pk}.result"
        alive = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempt=job.attempt).update(
            result_name=name[:200], result_path=final.name
        )
        if not alive:
            raise Stopped
        part.replace(final)
    finally:
        part.unlink(missing_ok=True)


def result_path(job: Job) -> Path:
    """Where the result lies."""
    return _folder() / job.result_path


def withhold_result(job: Job) -> None:
    """Take a result away whose owner may no longer have it, and say so on the job's page."""
    discard_result(job)
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, error=_access_changed())


def may_deliver(job: Job, user: "User") -> bool:
    """True while its owner still sees what they saw when the result was made."""
    return permissions.can_run(user, job.kind) and access_of(user) == job.access


def access_of(user: "User") -> str:
    """A digest of the roles in force today, the units they stand on, and what rooms add to them."""
    grants = sorted(f"{grant.role}:{grant.unit_id}" for grant in user.standing_grants)
    terms = sorted(f"{key}:{term}" for key, of in access_terms.items() for term in of(user))
    return hashlib.sha256("|".join(grants + terms).encode()).hexdigest()


def discard_result(job: Job) -> None:
    """Delete the file, and what an interrupted run may have left of it."""
    for path in _folder().glob(f"{job.pk}*"):
        path.unlink(missing_ok=True)
    Job.objects.filter(pk=job.pk).update(result_path="")


def sweep_jobs() -> int:
    """Queue again what lost its worker, and delete results older than the policy's days; returns how many rows."""
    now = timezone.now()
    lost = list(Job.objects.lost(now).values_list("pk", flat=True)[:200])
    for pk in lost:
        Job.objects.filter(pk=pk, state=JobState.QUEUED).update(heartbeat_at=now)
        _send(pk)
    limit = now - timedelta(days=JOBS_RESULT_DAYS.now())
    expired = list(Job.objects.exclude(result_path="").filter(finished_at__lt=limit)[:200])
    for job in expired:
        discard_result(job)
    return len(lost) + len(expired)


def _do(job: Job) -> None:
    from cadre_app.jobs.exports import write_table

    kind = job_kinds[job.kind]
    if kind.run is not None:
        kind.run(job)
    elif kind.table is not None:
        write_table(job, kind.table)


def _claim(pk: uuid.UUID) -> Job | None:
    now, attempt = timezone.now(), uuid.uuid4()
    claimed = (
        Job.objects.claimable(now)
        .filter(pk=pk)
        .update(state=JobState.RUNNING, attempt=attempt, attempts=F("attempts") + 1, heartbeat_at=now)
    )
    if not claimed:
        return None
    Job.objects.filter(pk=pk, started_at=None).update(started_at=now)
    return Job.objects.select_related("owner").get(pk=pk)


def _fresh(job: Job) -> Job:
    return Job.objects.select_related("owner").get(pk=job.pk)


def _check_owner(job: Job) -> None:
    """The owner may have been disabled or moved while the job waited or ran; a job that keeps failing is given up."""
    if job.attempts > MAX_ATTEMPTS:
        raise Refused(_("The task stopped several times without an end. Please tell the system administrator."))
    if not permissions.can_run(job.owner, job.kind):
        raise Refused(_access_changed())
    access = access_of(job.owner)
    if job.access and job.access != access:
        raise Refused(_access_changed())
    Job.objects.filter(pk=job.pk).update(access=access)


def _access_changed() -> str:
    return _("Your account or its roles changed since this was requested, so the result was not handed over.")


def _end(job: Job, *, state: str, error: str = "") -> bool:
    ended = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempt=job.attempt).update(
        state=state, error=error[:500], finished_at=timezone.now()
    )
    return bool(ended)


def _is_due(job: Job, now: datetime) -> bool:
    return job.heartbeat_at is None or now - job.heartbeat_at >= REPORT_EVERY


def _progress(done: int, total: int, message: str, now: datetime) -> dict[str, Any]:
    return {"done": min(done, total), "total": total, "message": message[:200], "heartbeat_at": now}


def _fail(job: Job, error: str) -> None:
    discard_result(job)
    _end(job, state=JobState.FAILED, error=error)


def _folder() -> Path:
    folder = Path(settings.PRIVATE_ROOT) / "jobs"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _enqueue(job: Job) -> None:
    transaction.on_commit(lambda: _send(job.pk), robust=True)


def _send(pk: uuid.UUID) -> None:
    """Ring; if the broker is away, the sweep rings again."""
    try:
        current_app.send_task(TASK, args=[str(pk)], retry=False)
    except (OSError, OperationalError, RedisError):
        logger.warning("broker away, job waits for the sweep", job=str(pk))
