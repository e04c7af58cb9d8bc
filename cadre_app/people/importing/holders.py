"""Who holds an office as a row says: somebody entered already, or somebody new, and since when."""

import copy
from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.core.tables import joined
from cadre_app.people.importing.cells import is_missing, refuse_at
from cadre_app.people.importing.identity import MASKS, is_waiting
from cadre_app.people.importing.office_cases import Case, Setting
from cadre_app.people.models import OfficeHolding, Person
from cadre_app.people.services.identity import check_identity

IDENTITY = ("id_number", "phone", "sex", "birth_month")
OF_A_HOLDER = ("phone", "id_number", "since", "document_number", "wants_account")


def find_holders(cases: Sequence[Case], setting: Setting) -> None:
    """Give each row that names a holder its person, or the earlier row that enters the same one."""
    for case in cases:
        if case.unit is not None and case.row.get("holder"):
            _find_person(case, setting)
    by_digest: dict[str, Case] = {}
    by_name: defaultdict[tuple[UUID, str], list[Case]] = defaultdict(list)
    by_phone: defaultdict[tuple[str, str], list[Case]] = defaultdict(list)
    for case in cases:
        if case.unit is None or case.person is not None or not case.row.get("holder") or case.row.is_unchosen:
            continue
        digest = setting.digests.get(case.row.number)
        named = by_name[case.unit.pk, case.row.values["holder"]]
        called = by_phone[case.row.values["holder"], case.row.get("phone", "")] if "phone" in case.row.values else []
        first = by_digest.get(digest or "")
        first = first or next((each for each in (*called, *named) if not _differ(case, each)), None)
        if first is None:
            named.append(case)
            called.append(case)
        else:
            _join(case, first)
        if digest is not None:
            by_digest.setdefault(digest, case.leader)


def examine_holder(case: Case, setting: Setting) -> None:
    """What the row says about the holder: errors at their cells, and what would change."""
    row = case.row
    if "holder" not in row.values:
        if is_missing(row, "holder") and any(row.get(key) not in (None, False) for key in OF_A_HOLDER):
            row.refuse("holder", _("Say who holds the office."))
        return
    if case.unit is None or row.is_unchosen:
        return
    _examine_identity(case, setting)
    _examine_since(case, setting)
    _examine_account(case, setting)


def _find_person(case: Case, setting: Setting) -> None:
    row, name = case.row, case.row.values["holder"]
    person = setting.by_digest.get(setting.digests.get(row.number, ""))
    if person is not None:
        if person.pk not in setting.seen:
            row.refuse("id_number", _("This person is already entered elsewhere, outside your scope."))
        elif person.name != name:
            row.refuse("holder", _("The ID number belongs to %(name)s so far.") % {"name": person.name})
        case.person = person
        return
    same = [each for each in setting.by_phone[name, row.get("phone")] if _may_be(each, case, setting)]
    if len(same) == 1:
        case.person = same[0]
        return
    now = setting.holding_now(case.office) if case.office is not None else None
    if now is not None and _may_be(now.person, case, setting):
        case.person = now.person
        return
    found: dict[UUID, OfficeHolding] = {}
    for holding in setting.present[case.unit.pk] if case.unit is not None else ():
        if _may_be(holding.person, case, setting):
            found.setdefault(holding.person_id, holding)
    _choose(case, found)


def _may_be(person: Person, case: Case, setting: Setting) -> bool:
    digest = setting.digests.get(case.row.number)
    is_other = bool(digest and person.id_digest) and digest != person.id_digest
    return person.name == case.row.get("holder") and not is_other


def _choose(case: Case, found: dict[UUID, OfficeHolding]) -> None:
    row = case.row
    if len(found) > 1:
        row.candidates = [(key, joined([each.person.name, each.office.name])) for key, each in found.items()]
        text = ngettext(
            "Row %(row)s: %(count)s person in this unit is called “%(name)s”. Choose whether it is the same one.",
            "Row %(row)s: %(count)s people in this unit are called “%(name)s”. Choose one of them.",
            len(found),
        )
        row.question = text % {"row": row.number, "count": len(found), "name": row.get("holder")}
        found = {key: each for key, each in found.items() if key == row.chosen}
    for holding in found.values():
        case.person = holding.person
        told = {"name": holding.person.name, "office": holding.office.name}
        row.notes.append(_("%(name)s is already entered, as %(office)s of this unit: the same person.") % told)


def _differ(case: Case, other: Case) -> bool:
    """True where both rows give an ID number, or both a phone, and these are not the same."""
    given = ((case.row.get(key), other.row.get(key)) for key in ("id_number", "phone"))
    return any(one and two and one != two for one, two in given)


def _join(case: Case, first: Case) -> None:
    if case.row.get("holder") != first.row.get("holder"):
        case.row.refuse("id_number", _("Row %(row)s has the same ID number.") % {"row": first.row.number})
        first.row.refuse("id_number", _("Row %(row)s has the same ID number.") % {"row": case.row.number})
    case.same_as = first.leader
    case.row.notes.append(_("The same new person as in row %(row)s.") % {"row": first.leader.row.number})


def _examine_identity(case: Case, setting: Setting) -> None:
    row, before = case.row, case.person
    merged = case.merged = copy.copy(before) if before is not None else Person()
    given = {key: row.values[key] for key in ("phone", "id_number") if key in row.values}
    if before is not None and not setting.may_write(before):
        if any(getattr(before, key) != value for key, value in given.items()):
            row.notes.append(_("Phone and ID number of %(name)s stay as they are recorded.") % {"name": before.name})
        return
    merged.name = row.values["holder"]
    for key, value in given.items():
        setattr(merged, key, value)
    try:
        check_identity(merged, before=before or Person(), actor=None, may_be_taken=True)
    except ValidationError as error:
        for messages in error.message_dict.values():
            refuse_at(row, "id_number", " ".join(messages))
    old = before or Person()
    case.person_values = {
        name: getattr(merged, name) for name in IDENTITY if getattr(merged, name) != getattr(old, name)
    }
    if before is not None:
        for key, value in given.items():
            if key in case.person_values:
                mask = MASKS[key]
                row.changes.append((setting.labels[key], mask(getattr(before, key)), mask(value)))


def _examine_since(case: Case, setting: Setting) -> None:
    row, since = case.row, case.row.get("since")
    if is_missing(row, "since"):
        row.refuse("since", _("Say since when."))
    if since is not None and since > setting.today:
        row.refuse("since", _("This day has not come yet. Record it on that day."))
    now = setting.holding_now(case.office) if case.office is not None else None
    if now is not None and case.person is not None and now.person_id == case.person.pk:
        if since is not None and since != now.since:
            told = {"name": now.person.name, "day": formats.date_format(now.since)}
            row.notes.append(_("%(name)s holds this office since %(day)s; that stays as it is recorded.") % told)
        return
    case.starts_holding = True
    if case.office is not None:
        row.changes.append((setting.labels["holder"], now.person.name if now is not None else "", row.get("holder")))
    if since is not None:
        _follow(case, now, setting)


def _follow(case: Case, now: OfficeHolding | None, setting: Setting) -> None:
    since = case.row.values["since"]
    if now is not None:
        case.predecessor = now
        told = {"name": now.person.name, "day": formats.date_format(now.since)}
        if since <= now.since:
            text = _("%(name)s holds this office since %(day)s; a successor follows after that day.")
            case.row.refuse("since", text % told)
        else:
            told["day"] = formats.date_format(case.ends_on)
            case.row.notes.append(_("%(name)s leaves this office on %(day)s.") % told)
    past = setting.holdings[case.office.pk] if case.office is not None else ()
    if any(each.until is not None and each.until >= since for each in past):
        text = _("Somebody else holds this office in that period. Enter their last day first.")
        case.row.refuse("since", text)


def _examine_account(case: Case, setting: Setting) -> None:
    row, person = case.row, case.person
    if not row.get("wants_account"):
        return
    if person is not None and person.account_id is not None:
        row.notes.append(_("There is an account already."))
    elif person is not None and is_waiting(person.account_request):
        row.notes.append(_("An account has been asked for already."))
    elif person is not None and setting.is_elsewhere(person):
        row.notes.append(_("This person is already entered elsewhere, outside your scope."))
    else:
        case.asks_account = True
        if case.office is not None:
            row.changes.append((setting.labels["wants_account"], "", _("Yes")))
