"""Sections of the person page that are plain facts: identity, contacts, Party, programme; education, posts, relatives, résumé."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.people import permissions
from cadre_app.people.models import (
    Education,
    Person,
    PostRecord,
    Relative,
    Trainee,
)
from cadre_app.people.writing import id_numbers, phones, resume
from cadre_app.policy import codes

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

PARTY_DAYS = (
    "party_applied_on",
    "party_activist_on",
    "party_candidate_on",
    "party_joined_on",
    "party_extended_to",
    "party_full_on",
)


@dataclass(frozen=True)
class Fact:
    """A label with its value in words; `reveal` names the number that can be shown in clear."""

    label: str
    value: str
    reveal: str = ""


@dataclass(frozen=True)
class Section:
    """A list of facts under a heading; `key` is its anchor and the name of its form."""

    key: str
    title: str
    facts: list[Fact]


def sections_of(user: "User", trainee: Trainee) -> list[Section]:
    """Identity, contacts and Party membership of the person, for whoever reads the identity; no query."""
    person, sees = trainee.person, permissions.can_reveal(user, trainee)
    return [
        Section("identity", _("Identity"), _identity(person, sees_numbers=sees)),
        Section("contacts", _("Contacts"), _contacts(person, sees_numbers=sees)),
        Section("party", _("Political affiliation"), _party(person)),
    ]


def facts_of_programme(user: "User", trainee: Trainee) -> list[Fact]:
    """What the programme knows of the file; the remark is the office's own and not for the person."""
    village = trainee.linked_village
    remark = [] if permissions.is_own(user, trainee) else [Fact(_("Remark"), trainee.remark)]
    return [
        Fact(_("File number"), trainee.file_number),
        Fact(_("Kind"), trainee.get_kind_display()),
        Fact(_("Sub-kind"), trainee.get_sub_kind_display() if trainee.sub_kind else ""),
        Fact(_("Personnel status"), trainee.get_status_display()),
        Fact(_("Scheme or batch"), trainee.scheme),
        Fact(_("Reported for duty on"), _day(trainee.arrived_on)),
        Fact(_("Probation ends on"), _day(trainee.probation_ends_on)),
        Fact(_("Linked village"), village.name if village is not None else ""),
        *remark,
    ]


def education_rows(educations: list[Education]) -> list[Education]:
    """Each stretch of schooling with its words (`level_text`, `degree_text`), the highest first."""
    for item in educations:
        item.level_text = codes.label("education", item.level)  # type: ignore[attr-defined]
        item.degree_text = codes.label("degree", item.degree) if item.degree else ""  # type: ignore[attr-defined]
    return educations


def post_rows(user: "User", trainee: Trainee) -> list[PostRecord]:
    """Posts and ranks, newest first, with the rank in words (`rank_text`); one query."""
    found = PostRecord.objects.visible_to(user).standing().filter(trainee=trainee).order_by("-started_on")
    rows = list(found)
    for row in rows:
        row.rank_text = codes.label("rank", row.rank) if row.rank else row.post_grade  # type: ignore[attr-defined]
    return rows


def relative_rows(trainee: Trainee) -> list[Relative]:
    """Declared relatives with their political affiliation in words (`status_text`); one query.

    For those whom permissions.can_read_relatives lets read them.
    """
    found = Relative.objects.standing().filter(person=trainee.person_id).order_by("created_at")
    rows = list(found)
    for row in rows:
        row.status_text = codes.label("political_status", row.political_status) if row.political_status else ""  # type: ignore[attr-defined]
    return rows


def resume_lines(person: Person) -> list[resume.ResumeLine]:
    """The résumé line by line; empty where it cannot be read (the page then shows it as written)."""
    try:
        return resume.parse(person.resume) if person.resume else []
    except ValidationError:
        return []


def _identity(person: Person, *, sees_numbers: bool) -> list[Fact]:
    def word(table: str, code: str) -> str:
        return codes.label(table, code) if code else ""

    number = id_numbers.masked(person.id_number) if sees_numbers else _entered(person.id_number)
    return [
        Fact(_("Full name"), person.name),
        Fact(_("Sex"), word("sex", person.sex)),
        Fact(_("Ethnic group"), word("ethnic_group", person.ethnic_group)),
        Fact(_("Month of birth"), _month(person.birth_month)),
        Fact(_("ID number"), number, "id_number" if sees_numbers and person.id_number else ""),
        Fact(_("Native place"), person.native_place),
        Fact(_("Place of birth"), person.birth_place),
        Fact(_("State of health"), person.health),
        Fact(_("Began work in"), _month(person.work_month)),
        Fact(_("Professional title"), person.technical_post),
        Fact(_("Professional strengths"), person.specialty),
    ]


def _contacts(person: Person, *, sees_numbers: bool) -> list[Fact]:
    number = phones.masked(person.phone) if sees_numbers else _entered(person.phone)
    return [
        Fact(_("Phone number"), number, "phone" if sees_numbers and person.phone else ""),
        Fact(_("E-mail"), person.email),
    ]


def _party(person: Person) -> list[Fact]:
    status = codes.label("political_status", person.political_status) if person.political_status else ""
    stage = person.get_party_stage_display() if person.party_stage else ""
    labels = {name: str(Person._meta.get_field(name).verbose_name) for name in PARTY_DAYS}  # type: ignore[union-attr]
    known = [
        Fact(labels[name][:1].upper() + labels[name][1:], _day(getattr(person, name)))
        for name in PARTY_DAYS
        if getattr(person, name) is not None
    ]
    if person.party_full_why:
        known.append(Fact(_("Why a full member within a year"), person.party_full_why))
    return [Fact(_("Political affiliation"), status), Fact(_("Party stage"), stage), *known]


def _entered(value: str) -> str:
    return _("entered") if value else ""


def _day(day: date | None) -> str:
    return formats.date_format(day, "DATE_FORMAT") if day is not None else ""


def _month(day: date | None) -> str:
    return formats.date_format(day, "YEAR_MONTH_FORMAT") if day is not None else ""
