"""档案完整度检查: what a growth file lacks, each with the page where it is entered, for those who may enter it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cadre_app.core.growth import Gap
from cadre_app.people import permissions
from cadre_app.people.file.gaps import named_gaps
from cadre_app.people.models import Education, Trainee
from cadre_app.stages.rules import Missing, Stage
from cadre_app.stages.texts import MISSING

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

SECTION = {"political_status": "party", "party_joined_on": "party"}
PAGES = {
    "education": "people:education_add",
    "post": "people:post_record_add",
    Missing.NO_TERM: "people:term_start",
}


def missing_of(user: "User", trainee: Trainee, stage: Stage, educations: Iterable[Education]) -> list[Gap]:
    """What `named_gaps` finds; staff are led to the form, the trainee and the liaison to the proposal; no query."""
    found = named_gaps(trainee, stage, educations)
    if permissions.can_edit(user, trainee):
        return [_gap(key, str(label), _entered_at(trainee, key), _("Enter")) for key, label in found]
    if permissions.can_propose(user, trainee):
        return [_gap(key, str(label), _proposed_at(trainee, key), _("Propose")) for key, label in found]
    return [_gap(key, str(label), "", "") for key, label in found]


def _gap(key: str, label: str, url: str, action: str) -> Gap:
    why = str(MISSING[Missing(key)]) if key in MISSING else ""
    return Gap(capfirst(label), why=why, url=url, action=action if url else "")


def _entered_at(trainee: Trainee, key: str) -> str:
    if key in PAGES:
        return reverse(PAGES[key], kwargs={"pk": trainee.pk})
    if key in MISSING:
        return reverse("people:trainee_detail", kwargs={"pk": trainee.pk}) + "#terms"
    return reverse("people:section_edit", kwargs={"pk": trainee.pk, "section": SECTION.get(key, "identity")})


def _proposed_at(trainee: Trainee, key: str) -> str:
    """Empty where nobody proposes: posts and village terms are the department's own."""
    if key == "post" or key in MISSING:
        return ""
    section = "education" if key == "education" else SECTION.get(key, "identity")
    return reverse("people:section_propose", kwargs={"pk": trainee.pk, "section": section})
