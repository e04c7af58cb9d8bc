from pathlib import Path
from typing import Any

from django.utils import timezone

from cadre_app.jobs import services
from cadre_app.jobs.models import Job, JobState
from tests.access.harness import Route, World

OWN = {"staff": 200, "*": 404}


def extend(world: World) -> None:
    """Staff own one job of each state; the file and the conditions it was asked with are theirs alone."""
    staff = world.actors["staff"]
    asked = world.canary("job error", seen_by=("staff",))
    now = timezone.now()

    def job(state: str, number: int, **values: Any) -> Job:
        return Job.objects.create(
            kind="org.units", owner=staff, params={}, params_key=str(number), state=state, heartbeat_at=now, **values
        )

    world.objects["job_queued"] = job(JobState.QUEUED, 1)
    world.objects["job_failed"] = job(JobState.FAILED, 2, error=asked)
    done = job(JobState.DONE, 3, result_name="机构.xlsx", access=services.access_of(staff), finished_at=now)
    Job.objects.filter(pk=done.pk).update(result_path=f"{done.pk}.result")
    world.objects["job_done"] = Job.objects.get(pk=done.pk)
    path: Path = services.result_path(world.objects["job_done"])
    path.write_text(world.canary("job file", seen_by=("staff",)))


def job(key: str) -> Any:
    return lambda world: {"pk": world.objects[key].pk}


def start(world: World, actor: str) -> dict[str, Any]:
    return {"kind": "org.units", "query": ""}


BUSINESS = ("staff", "leader", "liaison", "other_staff", "moved_staff")

ROUTES = [
    Route("jobs:job_list", get=200),
    Route("jobs:job_start", post=dict.fromkeys(BUSINESS, 302) | {"*": 403}, data=start),
    Route("jobs:job_detail", kwargs=job("job_queued"), get=OWN),
    Route("jobs:job_detail", kwargs=job("job_failed"), get=OWN),
    Route(
        "jobs:job_cancel",
        kwargs=job("job_queued"),
        post={"staff": 302, "*": 404},
        data=lambda world, actor: {"version": "1"},
    ),
    Route(
        "jobs:job_retry",
        kwargs=job("job_failed"),
        post={"staff": 302, "*": 404},
        data=lambda world, actor: {"version": "1"},
    ),
    Route("jobs:job_download", kwargs=job("job_done"), get=OWN),
]
