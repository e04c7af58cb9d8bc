"""What a row says about the person: identity, Party, contacts, schooling, and whether an account is wanted."""

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cadre_app.accounts.models import AccountRequest
from cadre_app.core import crypto
from cadre_app.people.importing.cases import Case, Setting
from cadre_app.people.importing.cells import day_text, is_missing, month_text, refuse_at, says
from cadre_app.people.models import Education, Person
from cadre_app.people.services.bulk import NewEducation
from cadre_app.people.services.identity import EARLIEST, STAGE_OF, STATUS_OF, check_identity, check_party
from cadre_app.people.writing import id_numbers, phones
from cadre_app.policy import codes

PLAIN = ("name", "sex", "ethnic_group", "birth_month", "native_place", "work_month", "phone", "id_number")
PARTY = ("political_status", "party_joined_on", "party_full_on")
# The cells at which an error of a column may stand: the first one that is filled.
CELLS = {
    "birth_month": "birth_month id_number",
    "sex": "sex id_number",
    "party_stage": "political_status party_joined_on party_full_on",
    "party_joined_on": "party_joined_on party_full_on political_status",
    "party_full_on": "party_full_on party_joined_on political_status",
    "party_full_why": "party_full_on party_joined_on political_status",
}
TABLES = {"sex": "sex", "ethnic_group": "ethnic_group", "political_status": "political_status"}
MASKS: dict[str, Callable[[str], str]] = {"id_number": id_numbers.masked, "phone": phones.masked}
SHOWN = ("name", "id_number", "sex", "ethnic_group", "birth_month", "native_place", *PARTY, "work_month", "phone")
MODES = {"full_time": Education.Mode.FULL_TIME, "on_the_job": Education.Mode.ON_THE_JOB}
SCHOOLING = {"level": "level", "degree": "degree", "school": "school", "major": "major", "month": "graduated_on"}


def examine_person(case: Case, setting: Setting) -> None:
    """Fill `merged` and `person_values`; errors at their cells, changes in the order of the columns."""
    row, before = case.row, case.person
    merged = case.merged = copy.copy(before) if before is not None else Person()
    for key in (*PLAIN, *PARTY):
        if key in row.values and not (before is not None and says(row, key, getattr(before, key))):
            setattr(merged, key, row.values[key])
    if merged.id_number and not (before is not None and before.id_number == merged.id_number):
        merged.id_digest = crypto.digest(merged.id_number)
    if "political_status" in row.values and merged.political_status != (before.political_status if before else ""):
        kept = merged.party_stage if merged.party_stage not in STATUS_OF else ""
        merged.party_stage = STAGE_OF.get(merged.political_status, kept)
    # Numbers and codes were checked by the reading: what is left is whether they agree.
    _refuse_where(case, lambda: check_identity(merged, before=merged, actor=None, may_be_taken=True))
    # An old record is not held against a row that says nothing of the Party; nor are dates against an unread affiliation.
    says_party = before is None or any(key in row.values for key in PARTY)
    if says_party and all(key != "political_status" for key, _message in row.unread):
        _refuse_where(case, lambda: check_party(merged, before=merged))
    _note_differences(case, setting)
    _examine_account(case, setting)


def examine_schooling(case: Case, setting: Setting) -> None:
    """Education of either mode that is new, or that corrects what is recorded of the same level."""
    recorded = setting.educations[case.person.pk] if case.person is not None else []
    for prefix, mode in MODES.items():
        given = {
            name: case.row.values[f"{prefix}_{part}"]
            for part, name in SCHOOLING.items()
            if f"{prefix}_{part}" in case.row.values
        }
        if given:
            _examine_mode(case, setting, prefix, mode, given, [one for one in recorded if one.mode == mode])


def _refuse_where(case: Case, check: Callable[[], None]) -> None:
    try:
        check()
    except ValidationError as error:
        for name, errors in error.error_dict.items():
            for single in errors:
                refuse_at(case.row, CELLS.get(name, name), " ".join(single.messages))


def _note_differences(case: Case, setting: Setting) -> None:
    before, merged = case.person, case.merged
    columns = (*SHOWN, "party_stage")
    if before is None:
        case.person_values = {name: value for name in columns if (value := getattr(merged, name))}
        return
    for name in columns:
        old, new = getattr(before, name), getattr(merged, name)
        if old != new:
            case.person_values[name] = new
            if name in setting.labels:
                case.row.changes.append((setting.labels[name], _shown(name, old), _shown(name, new)))
    if "name" in case.person_values:
        case.row.notes.append(_("The ID number belongs to %(name)s so far.") % {"name": before.name})


def _shown(name: str, value: Any) -> str:
    if name in TABLES:
        return codes.label(TABLES[name], value) if value else ""
    if name in MASKS:
        return MASKS[name](value)
    if name.endswith("_month"):
        return month_text(value)
    return day_text(value) if name.endswith("_on") else str(value)


def _examine_account(case: Case, setting: Setting) -> None:
    row, person = case.row, case.person
    if not row.get("wants_account"):
        return
    if person is not None and person.account_id is not None:
        row.notes.append(_("There is an account already."))
    elif person is not None and person.pk in setting.waiting:
        row.notes.append(_("An account has been asked for already."))
    else:
        case.asks_account = True
        if case.trainee is not None:
            row.changes.append((setting.labels["wants_account"], "", _("Yes")))


def is_waiting(request: AccountRequest | None) -> bool:
    """True for a request that nobody has answered."""
    return request is not None and request.status == AccountRequest.Status.WAITING and not request.is_voided


def _examine_mode(
    case: Case, setting: Setting, prefix: str, mode: str, given: dict[str, Any], recorded: list[Education]
) -> None:
    level = given.get("level")
    if level is None and len(recorded) != 1:
        if is_missing(case.row, f"{prefix}_level"):
            case.row.refuse(f"{prefix}_level", _("Say which education this is."))
        return
    _check_graduation(case, setting, f"{prefix}_month", given.get("graduated_on"))
    same = [one for one in recorded if level in (None, one.level)]
    if len(same) > 1:
        same = [one for one in same if one.school == given.get("school", one.school)][:1]
    if not same:
        case.educations.append(NewEducation(mode=mode, **given))
        if case.trainee is not None:
            case.row.changes.append((setting.labels[f"{prefix}_level"], "", codes.label("education", str(level))))
        return
    for part, name in SCHOOLING.items():
        key, old = f"{prefix}_{part}", getattr(same[0], name)
        if name in given and not says(case.row, key, old):
            case.changed_educations.setdefault(same[0].pk, {})[name] = given[name]
            shown = month_text if name == "graduated_on" else _school_text(part)
            case.row.changes.append((setting.labels[key], shown(old), shown(given[name])))


def _school_text(part: str) -> Callable[[Any], str]:
    tables = {"level": "education", "degree": "degree"}
    return lambda value: codes.label(tables[part], value) if part in tables and value else str(value)


def _check_graduation(case: Case, setting: Setting, key: str, month: date | None) -> None:
    if month is None:
        return
    if month > setting.today:
        case.row.refuse(key, _("This day has not come yet. Record it on that day."))
    elif month < (case.merged.birth_month or EARLIEST):
        case.row.refuse(key, _("This is before the month of birth."))
