"""A briefing over very many growth files is composed as long work, which can be left and found again."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre_app.briefings import permissions, services
from cadre_app.briefings.snapshots import asked_of
from cadre_app.jobs import services as jobs
from cadre_app.org.models import Unit
from cadre_app.people.figures import files_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.jobs.models import Job

COMPOSE = "briefings.compose"
AT_ONCE = 20_000


def is_long(unit: Unit, since: date, as_of: date) -> bool:
    """Whether it takes too long for a page to wait for it."""
    return bool(files_of(asked_of(unit, since, as_of))[AT_ONCE : AT_ONCE + 1].exists())


def start(*, unit: Unit, since: date, as_of: date, actor: "User") -> "Job":
    """Queue it. Raises ValidationError by field for what cannot be counted."""
    services.check_period(unit, since, as_of)
    asked = {"unit": str(unit.pk), "since": since.isoformat(), "as_of": as_of.isoformat()}
    return jobs.start_job(COMPOSE, {**asked, "key": str(uuid4())}, actor)


def compose(job: "Job") -> None:
    """Write the draft and end the job in one transaction. Raises Refused where its owner may no longer write it."""
    params: dict[str, Any] = job.params
    unit = Unit.objects.standing().filter(pk=params["unit"]).first() if "unit" in params else None
    if unit is None or not permissions.can_write(job.owner, unit):
        raise jobs.Refused(_("You may no longer write briefings of this unit."))
    with transaction.atomic():
        services.create_briefing(
            unit=unit,
            since=date.fromisoformat(params["since"]),
            as_of=date.fromisoformat(params["as_of"]),
            key=UUID(params["key"]),
            actor=job.owner,
        )
        jobs.finish(job)


def page_of(job: "Job") -> str:
    """The briefing that it wrote."""
    return reverse("briefings:briefing_detail", kwargs={"pk": job.params["key"]})
