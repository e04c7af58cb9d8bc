"""What rewards and discipline give to the growth file.

Rewards are told to business roles and the person. Of what is restricted leaders and named staff see only that there is
something, and open it there where the reading is put on record; the person reads the own entries.
"""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, F, Q, QuerySet
from django.urls import reverse
from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from cadre_app.appraisal.models import Grade
from cadre_app.conduct import kinds
from cadre_app.conduct.hinting import OpenHint, reward_hints
from cadre_app.conduct.kinds import ADMONITION, SanctionCategory
from cadre_app.conduct.models import Admonition, Matter, Reward, Sanction
from cadre_app.conduct.models.readers import named_above
from cadre_app.conduct.models.rewards import reward_words
from cadre_app.core.awards import AwardLevel
from cadre_app.core.growth import (
    Access,
    Entries,
    GrowthKind,
    GrowthSource,
    HeadLine,
    HeadPart,
    Row,
    Words,
    growth_kinds,
    growth_sources,
    head_parts,
)
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.core.tables import joined
from cadre_app.policy import codes

if TYPE_CHECKING:
    from cadre_app.people.models import Trainee

KIND = "reward"
OWN, OFFICE, NAMED = "own", "office", "named"


def announce() -> None:
    """Called once, when the app is ready."""
    label = pgettext_lazy("growth file", "Rewards and discipline")
    growth_kinds.register(KIND, GrowthKind(label, "award", 60, tone="l"))
    add = growth_sources.register
    add("conduct.reward", GrowthSource((KIND,), reward_entry, rewards_seen, rewards, order=84))
    add("conduct.sanction", GrowthSource((KIND,), sanction_entry, restricted_seen, sanctions, order=85))
    add("conduct.admonition", GrowthSource((KIND,), admonition_entry, restricted_seen, admonitions, order=86))
    head_parts.register("conduct.hints", HeadPart(order=60, lines=hint_lines))


def hint_lines(trainee: "Trainee", access: Access) -> list[HeadLine]:
    """Rewards that grades suggest and nobody entered, for business roles; one query."""
    if not access.works(*BUSINESS_ROLES) or trainee.is_read_only:
        return []
    return [_hint_line(one, access) for one in reward_hints(Q(trainee=trainee)).values()]


def _hint_line(one: OpenHint, access: Access) -> HeadLine:
    """To the entry for whoever enters rewards, else to the list of hints."""
    grade = _("%(years)s: %(grade)s") % {"years": joined(one.hint.years), "grade": Grade.EXCELLENT.label}
    enters = access.works(Role.STAFF, Role.LIAISON)
    url = reverse("conduct:reward_new", kwargs={"pk": one.trainee}) + "?" + urlencode({"kind": one.reward})
    return HeadLine(
        _("Hint of a reward"),
        kinds.label(one.reward),
        detail=grade,
        note=_("A hint; it does not replace the approval."),
        url=url if enters else reverse("conduct:hint_list"),
    )


def rewards_seen(access: Access) -> str | None:
    return "everything" if access.reads(*BUSINESS_ROLES) else None


def rewards(trainee: UUID, seen: str) -> Entries:
    data = {"kind": "kind", "title": "title", "by": "awarded_by", "document": "document_number"}
    rows = Reward.objects.standing().filter(trainee=trainee)
    return Entries(rows, day="awarded_on", kind=KIND, data=data, status=F("level"))


def reward_entry(row: Row, access: Access) -> Words:
    known = row.data
    return Words(
        reward_words(known["kind"], known["title"]),
        text=str(AwardLevel(row.status).label),
        by=f"{known['by']} {known['document']}".strip(),
        url=reverse("conduct:reward_detail", kwargs={"pk": row.id}),
    )


def restricted_seen(access: Access) -> tuple[str, str] | None:
    """Whose eyes they are; whether staff are named is asked by the rows themselves. On a phone nobody is told that there is
    something, nor when: it opens at a desk alone.
    """
    if access.on_phone:
        return None
    if access.is_own:
        return (OWN, "")
    if access.works(Role.LEADER):
        return (OFFICE, "")
    return (NAMED, str(access.user.pk)) if access.works(Role.STAFF) else None


def sanctions(trainee: UUID, seen: tuple[str, str]) -> Entries:
    rows = _seen(Sanction.objects.standing().filter(trainee=trainee), seen)
    data: dict[str, Any] = {}
    if seen[0] == OWN:
        data = {
            "kind": "kind",
            "organ": "organ",
            "document": "document_number",
            "ends": "ends_on",
            "lifted": "lifted_on",
        }
    return Entries(rows, day="decided_on", kind=KIND, data=data)


def sanction_entry(row: Row, access: Access) -> Words:
    known = row.data
    url = reverse("conduct:sanction_detail", kwargs={"pk": row.id})
    if not known:
        return Words(
            _("Disciplinary decision"), text=_("Restricted: opening it is put on record."), url=url, is_restricted=True
        )
    category = str(SanctionCategory(kinds.category_of(known["kind"])).label)
    lifted = _("lifted on %(day)s") % {"day": _day(known["lifted"])} if known["lifted"] else _until(known["ends"])
    title = f"{category}{pgettext('label and value', ': ')}{kinds.label(known['kind'])}"
    return Words(title, text=lifted, by=f"{known['organ']} {known['document']}", url=url, is_restricted=True)


def admonitions(trainee: UUID, seen: tuple[str, str]) -> Entries:
    rows = _seen(Admonition.objects.standing().filter(trainee=trainee), seen)
    data: dict[str, Any] = {}
    if seen[0] == OWN:
        data = {"way": "way", "matter": "matter", "organ": "organ", "document": "document_number", "ends": "ends_on"}
    return Entries(rows, day="given_on", kind=KIND, data=data)


def admonition_entry(row: Row, access: Access) -> Words:
    known = row.data
    url = reverse("conduct:admonition_detail", kwargs={"pk": row.id})
    if not known:
        text = _("Restricted: opening it is put on record.")
        return Words(_("Reminder, inquiry or admonition"), text=text, url=url, is_restricted=True)
    matter = str(Matter(known["matter"]).label)
    title = f"{codes.label(ADMONITION, known['way'])}{pgettext('label and value', ': ')}{matter}"
    return Words(
        title, text=_until(known["ends"]), by=f"{known['organ']} {known['document']}", url=url, is_restricted=True
    )


def _seen(rows: "QuerySet[Any]", seen: tuple[str, str]) -> "QuerySet[Any]":
    """Of the rows of one file what staff see who are named for its unit, or for one above it."""
    how, user = seen
    if how != NAMED:
        return rows
    return rows.filter(Exists(named_above("trainee__home_unit__path").filter(user_id=UUID(user))))


def _until(day: str) -> str:
    return _("counts until %(day)s") % {"day": _day(day)} if day else ""


def _day(text: str) -> str:
    return formats.date_format(parse_date(text)) if text else ""  # type: ignore[arg-type]
