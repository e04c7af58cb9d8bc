"""What the rows of postings and field research are about; made first, so that those of their nouns find them.

The actor `host` supervises the posting of the posted file and reviews the report of the same person; both know them by
name. The trainee has a posting and a report of their own, which the host does not see.
"""

from cadre_app.assignments.models import PostingMode, ProjectState
from tests.access.harness import Route, World
from tests.access.rows_a_people import READERS, person_of
from tests.assignments.factories import make_leave, make_posting, make_project, make_review, make_version
from tests.factories import PersonFactory, TraineeFactory

ROUTES: list[Route] = []
OFFICE = ("staff", "leader", "liaison")


def extend(world: World) -> None:
    def told(key: str, *seen_by: str) -> str:
        return world.canary(key, seen_by=seen_by or READERS)

    staff, host = world.actors["staff"], person_of(world, "host")
    world.objects["host person"] = host
    posted = PersonFactory.create(name=told("sent away", *OFFICE, "host"))
    world.objects["posted"] = TraineeFactory.create(person=posted, home_unit=world.town)
    world.objects["hosted posting"] = make_posting(
        world.objects["posted"],
        actor=staff,
        supervisor=host,
        tasks=told("hosted tasks", *OFFICE, "host"),
        reason=told("hosted reason", *OFFICE),
    )
    world.objects["own posting"] = make_posting(
        world.objects["trainee"],
        actor=staff,
        mode=PostingMode.BESIDE,  # so that its own days clash with nothing that other rows plan
        tasks=told("own tasks"),
        reason=told("own reason", *OFFICE),
        document_number=told("posting document"),
    )
    world.objects["own leave"] = make_leave(world.objects["trainee"], actor=staff, reason=told("reason of leave"))
    world.objects["foreign posting"] = make_posting(world.objects["foreign trainee"], actor=world.actors["other_staff"])
    title = told("own project", "staff", "leader", "trainee")
    world.objects["own project"] = make_project(world.objects["trainee"], title=title)
    world.objects["reviewed project"] = make_project(
        world.objects["posted"], title=told("reviewed project", "staff", "leader", "host"), state=ProjectState.REVIEW
    )
    world.objects["reviewed version"] = make_version(world.objects["reviewed project"], actor=staff)
    world.objects["host review"] = make_review(world.objects["reviewed version"], host)
    world.objects["own version"] = make_version(
        world.objects["own project"], actor=world.actors["trainee"], body=told("own body", "staff", "leader", "trainee")
    )
