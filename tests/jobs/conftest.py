from collections.abc import Callable, Iterator

import pytest

from cadre_app.accounts.models import User
from cadre_app.core.registries import JobKind, job_kinds
from cadre_app.core.roles import Role
from cadre_app.jobs import services
from cadre_app.jobs.models import Job
from tests.factories import GrantFactory, UnitFactory, UserFactory


@pytest.fixture(autouse=True)
def rung(monkeypatch: pytest.MonkeyPatch, settings, tmp_path) -> list[str]:
    """What was sent to the broker; files go to a folder of this test."""
    settings.PRIVATE_ROOT = tmp_path
    sent: list[str] = []
    monkeypatch.setattr(services.current_app, "send_task", lambda name, args, **options: sent.append(args[0]))
    return sent


@pytest.fixture
def owner(db: None) -> User:
    user = UserFactory.create()
    GrantFactory.create(user=user, role=Role.STAFF, unit=user.unit)
    return user


class Work:
    """A kind of job whose `steps` and permission a test decides."""

    def __init__(self) -> None:
        self.steps: list[Callable[[Job], None]] = []
        self.allowed: Callable[[User], bool] = lambda user: True
        self.seen_at = ""

    def run(self, job: Job) -> None:
        for step in self.steps:
            step(job)

    def writes(self, text: str = "数据") -> None:
        def step(job: Job) -> None:
            with services.result_file(job, name="结果.txt") as path:
                path.write_text(text)

        self.steps.append(step)


@pytest.fixture
def work() -> Iterator[Work]:
    found = Work()
    kind = JobKind(
        "Work",
        may_run=lambda user: found.allowed(user),  # noqa: PLW0108  # asked anew each time: tests change it
        run=found.run,
        done_url=lambda job: found.seen_at,
    )
    job_kinds.register("test.work", kind)
    yield found
    job_kinds._items.pop("test.work")


@pytest.fixture
def elsewhere(db: None) -> User:
    """Another person with the same role, in another place."""
    user = UserFactory.create(unit=UnitFactory.create())
    GrantFactory.create(user=user, role=Role.STAFF, unit=user.unit)
    return user
