"""六线 the names of the fronts and the tasks that wait on each; postings keep the words they were given."""

from typing import TYPE_CHECKING

from django.db import transaction

from cadre_app.assignments.models import Front, FrontTask
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def change_front(
    front: Front, *, name_zh: str, name_en: str, tasks: str, version: int | None = None, actor: "User"
) -> Front:
    """Name a front and list its tasks, one a line in their order; what is left out is voided. Raises Stale,
    ValidationError by field.
    """
    front = Front.objects.lock(front.pk, version)
    with history.change(front, actor=actor, verb="assignments.front.changed"):
        front.name_zh, front.name_en = name_zh, name_en
        clean(front)
        front.save()
    _keep_tasks(front, lines_of(tasks), actor)
    return front


def lines_of(text: str) -> list[str]:
    """The filled lines, each once, without spaces around them."""
    return list(dict.fromkeys(line for line in (" ".join(raw.split()) for raw in text.splitlines()) if line))


def _keep_tasks(front: Front, lines: list[str], actor: "User") -> None:
    """Every line is one standing task in its place; one that was voided comes back with it."""
    known: dict[str, FrontTask] = {}
    for task in FrontTask.objects.select_for_update().filter(front=front).order_by("voided_at", "pk"):
        known.setdefault(task.text, task)
    for task in known.values():
        if task.text not in lines and not task.is_voided:
            history.void(task, actor=actor, reason="")
    for number, line in enumerate(lines, start=1):
        task = known.get(line) or FrontTask(front=front, text=line)
        with history.change(task, actor=actor, verb="assignments.fronttask.kept"):
            task.order, task.voided_at = number, None
            clean(task)
            task.save()
