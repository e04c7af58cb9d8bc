"""What a growth file lacks, and the dates that its stage follows from; for lists, from rows that are at hand."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from cadre_app.people.models import Education, PartyStage, Trainee, VillageTerm
from cadre_app.stages.rules import Facts, Missing, Stage

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

WANTED: "tuple[tuple[str, _StrPromise], ...]" = (
    ("sex", _("sex")),
    ("birth_month", _("month of birth")),
    ("ethnic_group", _("ethnic group")),
    ("native_place", _("native place")),
    ("political_status", _("political affiliation")),
    ("id_digest", _("ID number")),
)
SHORT: "dict[Missing, _StrPromise]" = {
    Missing.NO_TERM: _("village term"),
    Missing.TERM_OPEN: _("end of the village term"),
    Missing.TERM_UNCONFIRMED: _("end of the village term"),
}


def facts_of(trainee: Trainee, terms: Iterable[VillageTerm]) -> Facts:
    """The dates behind a stage; `terms` are the standing village terms of the trainee."""
    standing = list(terms)
    counted = trainee.term_ends_on
    return Facts(
        arrived_on=trainee.arrived_on,
        term_ends_on=counted,
        departed_on=trainee.departed_on,
        has_term=bool(standing),
        term_confirmed=any(term.ended_on == counted and not term.is_cut_short for term in standing if counted),
    )


def named_gaps(trainee: Trainee, stage: Stage, educations: Iterable[Education]) -> "list[tuple[str, _StrPromise]]":
    """What is missing, by key and name: identity, the admission of a probationary member, full-time education, post, and
    what the stage lacks.

    `trainee.person` is loaded; a key is the name of a field of Person, `education`, `post`, or one of Missing.
    """
    found = [(name, label) for name, label in WANTED if not getattr(trainee.person, name)]
    if trainee.person.party_stage == PartyStage.PROBATIONARY and trainee.person.party_joined_on is None:
        found.append(("party_joined_on", _("day on which the branch meeting admitted the person")))
    if not any(item.mode == Education.Mode.FULL_TIME for item in educations):
        found.append(("education", _("full-time education")))
    if not trainee.post:
        found.append(("post", _("post")))
    return found + [(key, SHORT[key]) for key in stage.missing]


def gaps_of(trainee: Trainee, stage: Stage, educations: Iterable[Education]) -> "list[_StrPromise]":
    """As `named_gaps`, the names alone."""
    return [label for _key, label in named_gaps(trainee, stage, educations)]
