"""The head of the person page: who this is in a few lines, the stage by its rule, what comes next, what is missing."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cadre_app.core.growth import Coming
from cadre_app.core.tables import joined
from cadre_app.files.models import StoredFile
from cadre_app.people import permissions
from cadre_app.people.file.gaps import facts_of, gaps_of
from cadre_app.people.file.ruler import ruler_of, steps_of
from cadre_app.people.file.sections import TermRow
from cadre_app.people.models import Education, Person, Trainee
from cadre_app.people.services.arrival import NO_LONGER_CHASED
from cadre_app.people.services.transfers import Service
from cadre_app.people.writing import id_numbers, phones
from cadre_app.policy import codes
from cadre_app.stages import texts
from cadre_app.stages.labels import full_label
from cadre_app.stages.rules import stage_on

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

SOON = 30


def head_of(
    user: "User",
    trainee: Trainee,
    *,
    terms: list[TermRow],
    educations: list[Education],
    arrival: dict[str, Any],
    service: Service,
    photo: StoredFile | None,
) -> dict[str, Any]:
    """Everything above the sections, for whoever reads the identity; no query of its own but settings and codes."""
    today = timezone.localdate()
    stage = stage_on(facts_of(trainee, [row.term for row in terms]), today)
    running = next((row for row in terms if row.term.ended_on is None), None)
    drawn = [(row.term, row.interruptions) for row in terms]
    person = trainee.person
    return {
        "photo": photo,
        "may_change_photo": permissions.can_edit(user, trainee),
        "basics": basics_of(person, educations, today),
        "post": post_of(trainee),
        "running": running,
        "numbers": numbers_of(user, trainee),
        "stage": stage,
        "stage_label": full_label(stage.stage, stage.grade),
        "rule": texts.rule_text(stage),
        "basis": texts.basis_text(stage),
        "missing": [*texts.missing_texts(stage)],
        "gaps": joined(gaps_of(trainee, stage, educations)),
        "ruler": ruler_of(trainee, stage, drawn, service.minimum_until),
        "steps": steps_of(stage),
        "coming": [] if trainee.is_read_only else coming_of(trainee, running, arrival, service, today),
    }


def basics_of(person: Person, educations: list[Education], today: date) -> str:
    """女，1999年8月生（27岁），汉族，中共党员，硕士研究生: what is known of it."""
    parts = [codes.label("sex", person.sex)] if person.sex else []
    if person.birth_month is not None:
        known = {
            "month": formats.date_format(person.birth_month, "YEAR_MONTH_FORMAT"),
            "age": age_on(person.birth_month, today),
        }
        parts.append(_("born %(month)s (aged %(age)d)") % known)
    parts += [
        codes.label(table, code)
        for table, code in (("ethnic_group", person.ethnic_group), ("political_status", person.political_status))
        if code
    ]
    highest = min(educations, key=lambda item: item.level, default=None)
    if highest is not None:
        parts.append(
            _("%(level)s (%(major)s)") % {"level": codes.label("education", highest.level), "major": highest.major}
            if highest.major
            else codes.label("education", highest.level)
        )
    return pgettext("between facts about a person", ", ").join(str(part) for part in parts)


def age_on(birth_month: date, day: date) -> int:
    """Years completed by the month alone, as forms of the cadre office count."""
    return day.year - birth_month.year - (day.month < birth_month.month)


def post_of(trainee: Trainee) -> str:
    """Post and rank, or the post grade of public institutions."""
    rank = codes.label("rank", trainee.rank) if trainee.rank else trainee.post_grade
    return joined(part for part in (trainee.post, rank) if part)


def numbers_of(user: "User", trainee: Trainee) -> dict[str, Any]:
    """ID number and phone masked, for those who may show them; for others only whether they are entered."""
    person = trainee.person
    if not permissions.can_reveal(user, trainee):
        entered = {True: _("entered"), False: ""}
        return {"id_number": entered[bool(person.id_number)], "phone": entered[bool(person.phone)], "may_reveal": False}
    return {"id_number": id_numbers.masked(person.id_number), "phone": phones.masked(person.phone), "may_reveal": True}


def coming_of(
    trainee: Trainee, running: TermRow | None, arrival: dict[str, Any], service: Service, today: date
) -> list[Coming]:
    """Days that follow from what is recorded, soonest first; what is past and settled is left out."""
    days: list[tuple[str, date | None, str]] = []
    if arrival["state"] != "ok" and today <= trainee.arrived_on + NO_LONGER_CHASED:
        days.append(
            (
                _("Arrival checklist"),
                arrival["due_on"],
                _("%(done)d of %(all)d items done") % {"done": arrival["done"], "all": len(arrival["rows"])},
            )
        )
    if trainee.probation_ends_on is not None and trainee.probation_ends_on >= today:
        days.append(
            (
                _("Probation ends"),
                trainee.probation_ends_on,
                _("Assess within 30 days; induction training is a condition."),
            )
        )
    if running is not None:
        days.append((_("Village term ends"), running.term.due_on, running.term.village.name))
    party_ends_on = trainee.person.party_probation_ends_on
    if party_ends_on is not None:
        is_extended = trainee.person.party_extended_to is not None
        why = _("Extended by the branch meeting.") if is_extended else _("One year from the branch meeting.")
        days.append((_("Party probation ends"), party_ends_on, why))
    if not service.is_complete:
        days.append((_("Minimum service ends"), service.minimum_until, _("Including probation.")))
    found = [coming_on(title, day, why, today) for title, day, why in days if day is not None]
    return sorted(found, key=lambda item: item.day)


def coming_on(title: str, day: date, why: str, today: date, *, url: str = "", on_paper: bool = True) -> Coming:
    """A day in words: how far it is away where it is near, the day itself where it is not."""
    days = (day - today).days
    if days < 0:
        state, when = "over", ngettext("%(days)d day over", "%(days)d days over", -days) % {"days": -days}
    elif days <= SOON:
        state, when = "soon", ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
    else:
        state, when = "none", formats.date_format(day)
    return Coming(title, day, why, state, when, url, on_paper)
