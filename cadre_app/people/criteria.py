"""What growth files say against a rule: minimum service, the end of probation with its grading, Party membership."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cadre_app.core.criteria import Criterion, Evidence, Finding, Standing, criteria
from cadre_app.core.days import add_months, add_years
from cadre_app.core.probation import ranks_not_yet
from cadre_app.people.models import PartyStage, Status, Trainee
from cadre_app.people.policies import MINIMUM_SERVICE_YEARS, PROBATION_MONTHS
from cadre_app.people.services.identity import STAGE_OF
from cadre_app.policy import codes

PARTY_RULE = gettext_lazy("Constitution of the Party: probation of one year from the branch meeting")


def announce() -> None:
    """Called once, when the app is ready."""
    criteria.register(
        "people.service",
        Criterion(gettext_lazy("Minimum service"), 100, MINIMUM_SERVICE_YEARS.source_on, services_of),
    )
    criteria.register(
        "people.graded",
        Criterion(gettext_lazy("Probation ended and graded"), 110, PROBATION_MONTHS.source_on, gradings_of),
    )
    criteria.register(
        "people.party",
        Criterion(gettext_lazy("Full Party member"), 190, lambda day: str(PARTY_RULE), memberships_of),
    )


def services_of(trainees: Collection[Trainee], day: date) -> dict[UUID, Finding]:
    """Years since reporting for duty, probation included."""
    return {one.pk: _service(one, day) for one in trainees}


def gradings_of(trainees: Collection[Trainee], day: date) -> dict[UUID, Finding]:
    """Probation is over, its assessment concluded where there is one, and rank or post grade are on record. Asks the room of probations."""
    not_yet = ranks_not_yet(trainees, None)
    return {one.pk: _grading(one, day, not_yet.get(one.pk, "")) for one in trainees}


def memberships_of(trainees: Collection[Trainee], day: date) -> dict[UUID, Finding]:
    """By the steps of the person to the Party."""
    return {one.pk: _membership(one) for one in trainees}


def _service(trainee: Trainee, day: date) -> Finding:
    years = MINIMUM_SERVICE_YEARS.on(day)
    reached = add_years(trainee.arrived_on, years)
    evidence = (Evidence(_("Reported for duty"), trainee.arrived_on, _file(trainee)),)
    if reached <= day:
        return Finding(Standing.MET, evidence)
    text = ngettext(
        "Minimum service of %(count)d year: until %(day)s.", "Minimum service of %(count)d years: until %(day)s.", years
    )
    last = reached - timedelta(days=1)
    return Finding(Standing.NOT_MET, evidence, text % {"count": years, "day": formats.date_format(last)})


def _grading(trainee: Trainee, day: date, not_yet: str) -> Finding:
    ends_on = trainee.probation_ends_on or add_months(trainee.arrived_on, PROBATION_MONTHS.on(day))
    if ends_on > day:
        return Finding(Standing.NOT_MET, gap=_("On probation until %(day)s.") % {"day": formats.date_format(ends_on)})
    if not_yet:
        return Finding(Standing.NOT_MET, gap=not_yet)
    is_civil_servant = trainee.status == Status.CIVIL_SERVANT
    held = codes.label("rank", trainee.rank) if is_civil_servant and trainee.rank else trainee.post_grade
    if not held:
        return Finding(Standing.UNKNOWN, gap=_("No rank or post grade is on record since probation ended."))
    return Finding(Standing.MET, (Evidence(held, trainee.rank_since, _file(trainee)),))


def _membership(trainee: Trainee) -> Finding:
    person = trainee.person
    if not person.party_stage and person.political_status not in {"", *STAGE_OF}:
        label = codes.label("political_status", person.political_status)
        return Finding(Standing.NOT_MET, (Evidence(label, None, _file(trainee)),), _("Not a full member yet."))
    if not person.party_stage:
        return Finding(Standing.UNKNOWN, gap=_("No step to the Party is on record."))
    label = str(PartyStage(person.party_stage).label)
    if person.party_stage == PartyStage.FULL:
        return Finding(Standing.MET, (Evidence(label, person.party_full_on or person.party_joined_on, _file(trainee)),))
    evidence = (Evidence(label, person.party_joined_on, _file(trainee)),)
    return Finding(Standing.NOT_MET, evidence, _("Not a full member yet."))


def _file(trainee: Trainee) -> str:
    return reverse("people:trainee_detail", kwargs={"pk": trainee.pk})
